//! Chains from an article up to where its text started, through what is on file and what is only credited.

use super::calibration;
use super::derivation::is_party;
use super::ending::{self, Ending, Start};
use super::lineage::Lineage;
use super::story::{Story, only};
use super::strands::{self, FURTHER_WORDS, Way};
use crate::model::{ChainNode, Credit, Dossier, Origin, Relation};

/// A copy has at least this share of its words from its source to be the same text.
const SAME_TEXT: f64 = 0.999;
/// From this share of the child's words on, the source is the whole of it and not an excerpt.
const WHOLE: f64 = 0.6;

/// A chain and the origin it ends in, where one can be named.
#[derive(Debug, Clone, Default)]
pub struct Path {
    pub nodes: Vec<ChainNode>,
    pub origin: Option<Origin>,
    /// What the origin's probability was made from: the kind of reason, and the share of the ways that lead there.
    pub basis: (&'static str, f64),
}

/// The chains of a member, one for each source text in it, that of the largest share first.
pub fn paths(story: &Story, lineage: &Lineage, member: usize) -> Vec<Path> {
    let mut ways = strands::ways(story, lineage, member);
    if ways.is_empty() {
        ways.push(Way::default());
    }
    let mut paths: Vec<Path> = Vec::new();
    for (number, way) in ways.iter().enumerate() {
        let elsewhere: Vec<usize> = ways
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != number)
            .flat_map(|(_, other)| other.stations.iter().map(|(station, _)| *station))
            .collect();
        let path = path(story, lineage, member, way, &elsewhere);
        let new = path.origin.is_some() && !paths.iter().any(|known| same_end(known, &path));
        if number == 0 || new {
            paths.push(path);
        }
    }
    paths.extend(only_credited(story, member, &paths));
    paths.retain(|path| !path.nodes.is_empty());
    paths
}

/// The chain of the query where its own credits are ruled out: straight to the item that has its text.
pub fn of_item(story: &Story, lineage: &Lineage, item: usize) -> Path {
    let reason = "contradicted";
    let confidence = calibration::reason(reason);
    let tokens: Vec<usize> = (0..)
        .zip(&story.told[0].has)
        .filter(|(_, has)| **has & only(item) != 0)
        .map(|(at, _)| at)
        .collect();
    let share = story.coverage(0, item);
    let parts = paragraphs(story, 0, &tokens);
    let mut nodes = vec![on_file_node(story, item, 0, confidence)];
    let mut child = item;
    for at in lineage.ancestors(item) {
        nodes.push(on_file_node(story, at, child, lineage.confidence[child]));
        child = at;
    }
    let origin = on_file_origin(story, child, confidence, share, parts);
    Path { nodes, origin: Some(origin), basis: (reason, 1.0) }
}

/// Whether two paths end in the same origin, be it through different papers.
fn same_end(a: &Path, b: &Path) -> bool {
    let end = |path: &Path| {
        path.origin.as_ref().map(|o| (o.url.clone(), o.agency.clone(), o.outlet.clone()))
    };
    end(a) == end(b)
}

fn path(story: &Story, lineage: &Lineage, member: usize, way: &Way, elsewhere: &[usize]) -> Path {
    let mut nodes = Vec::new();
    let mut child = member;
    for &(station, confidence) in &way.stations {
        nodes.push(on_file_node(story, station, child, confidence));
        child = station;
    }
    let stations: Vec<usize> = way.stations.iter().map(|(station, _)| *station).collect();
    let end = ending::of(story, lineage, member, &stations, elsewhere);
    match end.start {
        Some(Start::Member(item)) if item != child => {
            let outlets = end.credited.iter().filter(|(credit, _)| credit.agency.is_none());
            nodes.extend(outlets.map(|(credit, sure)| credited_node(credit, *sure)));
            nodes.push(on_file_node(story, item, child, calibration::reason(end.reason)));
        }
        _ => nodes.extend(end.credited.iter().map(|(credit, sure)| credited_node(credit, *sure))),
    }
    if end.unseen {
        nodes.push(unseen_node(lineage, child));
    }
    let Some(start) = &end.start else { return Path { nodes, ..Path::default() } };
    let first = stations.first().copied();
    let sure = ending::share_of_choices(story, lineage, member, (first, elsewhere), start);
    let origin = origin(story, member, way, &end, calibration::origin(end.reason, sure));
    Path { nodes, origin, basis: (end.reason, sure) }
}

/// Where a way started, as an origin with the words that took it.
fn origin(
    story: &Story,
    member: usize,
    way: &Way,
    end: &Ending,
    confidence: f64,
) -> Option<Origin> {
    let start = end.start.as_ref()?;
    let share = match (way.stations.is_empty(), start) {
        (true, Start::Member(item)) => story.coverage(member, *item),
        (true, Start::Party(_)) => 1.0,
        (false, _) => way.tokens.len() as f64 / story.members[member].body.len().max(1) as f64,
    };
    let paragraphs = paragraphs(story, member, &way.tokens);
    Some(match start {
        Start::Member(item) => on_file_origin(story, *item, confidence, share, paragraphs),
        Start::Party(_) => {
            let (credit, _) = end.credited.last()?;
            Origin { paragraphs, ..credited_origin(credit, confidence, share) }
        }
    })
}

/// The member's paragraphs of which these tokens are the most.
fn paragraphs(story: &Story, member: usize, tokens: &[usize]) -> Vec<usize> {
    let body = &story.members[member].body;
    let of = |range: &std::ops::Range<usize>| {
        let first = tokens.partition_point(|token| *token < range.start);
        let behind = tokens.partition_point(|token| *token < range.end);
        behind - first
    };
    let numbered = body.paragraphs.iter().enumerate();
    numbered
        .filter(|(_, range)| !range.is_empty() && 2 * of(range) > range.len())
        .map(|(number, _)| number)
        .collect()
}

/// Agencies that a member credits together with others, for the part of it that nothing on file has
/// ("mit Material von AFP" over an item of dpa's).
fn only_credited(story: &Story, member: usize, paths: &[Path]) -> Vec<Path> {
    let dossier = story.members[member].dossier;
    let named = |credit: &Credit| {
        let nodes = paths.iter().flat_map(|path| &path.nodes);
        nodes.into_iter().any(|node| node.agency == credit.agency)
    };
    let agencies = || dossier.article.credits.iter().filter(|credit| credit.agency.is_some());
    let others: Vec<&Credit> = agencies().filter(|credit| !named(credit)).collect();
    let own = strands::in_rows(
        (0..).zip(&story.told[member].has).filter(|(_, has)| **has == 0).map(|(at, _)| at),
    );
    let on_file = paths.iter().any(|path| path.origin.as_ref().is_some_and(|o| o.on_file));
    if others.is_empty()
        || others.len() == agencies().count()
        || !on_file
        || own.len() < FURTHER_WORDS
    {
        return Vec::new();
    }
    let share = own.len() as f64 / story.members[member].body.len().max(1) as f64;
    let sure = calibration::reason("own_credit");
    let each = share / others.len() as f64;
    others
        .into_iter()
        .map(|credit| Path {
            nodes: vec![credited_node(credit, sure)],
            origin: Some(credited_origin(credit, sure, each)),
            ..Path::default()
        })
        .collect()
}

fn on_file_node(story: &Story, parent: usize, child: usize, confidence: f64) -> ChainNode {
    let dossier = story.members[parent].dossier;
    ChainNode {
        outlet: Some(dossier.outlet.name.clone()),
        agency: dossier.outlet.agency.clone(),
        url: Some(dossier.address()),
        id: dossier.id,
        published: dossier.article.published.as_ref().map(|moment| moment.text.clone()),
        on_file: true,
        relation: relation(story.coverage(child, parent), story.coverage(parent, child)),
        confidence,
    }
}

/// How a child with these shares stands to its parent.
pub fn relation(of_child: f64, of_parent: f64) -> Relation {
    if of_child >= SAME_TEXT && of_parent >= SAME_TEXT {
        Relation::Exact
    } else if of_child >= WHOLE {
        Relation::Edited
    } else {
        Relation::Excerpt
    }
}

/// A party that is known from a credit alone.
pub fn credited_node(credit: &Credit, confidence: f64) -> ChainNode {
    ChainNode {
        outlet: Some(credit.name.clone()),
        agency: credit.agency.clone(),
        url: None,
        id: None,
        published: None,
        on_file: false,
        relation: Relation::Credited,
        confidence,
    }
}

/// A text that nobody credits and that is not on file: siblings agree in it against all others.
fn unseen_node(lineage: &Lineage, child: usize) -> ChainNode {
    ChainNode {
        outlet: None,
        agency: None,
        url: None,
        id: None,
        published: None,
        on_file: false,
        relation: Relation::Edited,
        confidence: lineage.confidence[child],
    }
}

/// A credited party as the origin.
pub fn credited_origin(credit: &Credit, confidence: f64, share: f64) -> Origin {
    Origin {
        outlet: Some(credit.name.clone()),
        agency: credit.agency.clone(),
        url: None,
        id: None,
        published: None,
        on_file: false,
        confidence,
        share,
        paragraphs: Vec::new(),
    }
}

/// An article that has no parent as the origin itself, where it is known as its author's own.
pub fn own_origin(story: &Story, member: usize, sure: f64) -> Option<Origin> {
    let reason = ending::own_work(story, member, &[])?;
    let confidence = calibration::origin(reason, sure);
    Some(on_file_origin(story, member, confidence, 1.0, Vec::new()))
}

fn on_file_origin(
    story: &Story,
    item: usize,
    confidence: f64,
    share: f64,
    paragraphs: Vec<usize>,
) -> Origin {
    let dossier = story.members[item].dossier;
    Origin {
        outlet: Some(dossier.outlet.name.clone()),
        agency: dossier.outlet.agency.clone(),
        url: Some(dossier.address()),
        id: dossier.id,
        published: dossier.article.published.as_ref().map(|moment| moment.text.clone()),
        on_file: true,
        confidence,
        share,
        paragraphs,
    }
}

/// Whether a dossier is one of those that credits name.
pub fn is_named_by(dossier: &Dossier, credits: &[Credit]) -> bool {
    credits.iter().any(|credit| is_party(dossier, credit))
}

/// The chain of an article that shares its text with nothing on file: what its credits say.
pub fn from_credits(query: &Dossier) -> Vec<Path> {
    let mut outlets: Vec<&Credit> = Vec::new();
    let mut agencies: Vec<&Credit> = Vec::new();
    for credit in &query.article.credits {
        if credit.agency.is_some() { agencies.push(credit) } else { outlets.push(credit) }
    }
    let stations: Vec<ChainNode> =
        outlets.iter().map(|credit| credited_node(credit, own_credit())).collect();
    let share = 1.0 / agencies.len().max(1) as f64;
    if agencies.is_empty() {
        let origin = outlets.last().map(|credit| credited_origin(credit, own_credit(), 1.0));
        return origin
            .map(|origin| Path { nodes: stations, origin: Some(origin), ..Path::default() })
            .into_iter()
            .collect();
    }
    agencies
        .iter()
        .map(|credit| {
            let mut nodes = stations.clone();
            nodes.push(credited_node(credit, own_credit()));
            Path {
                nodes,
                origin: Some(credited_origin(credit, own_credit(), share)),
                ..Path::default()
            }
        })
        .collect()
}

/// Probability that a credit read from the article itself is true.
fn own_credit() -> f64 {
    calibration::reason("own_credit")
}
