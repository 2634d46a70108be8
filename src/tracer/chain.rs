//! Chains from an article up to where its text started, through what is on file and what is only credited.

use super::derivation::{is_party, is_wire};
use super::lineage::Lineage;
use super::story::Story;
use crate::model::{ChainNode, Credit, Dossier, Origin, Relation};

/// Share of an article's words from which another one tells the same story.
const SAME_STORY: f64 = 0.5;
/// Probability that a credit read from the article itself is true.
const OWN_CREDIT: f64 = 0.95;
/// Probability that a credit of other copies of the same text holds for this one.
const SIBLINGS_CREDIT: f64 = 0.85;
/// Probability that an agency's own item on file is where the text started.
const WIRE_ITEM: f64 = 0.98;
/// Probability that an article which others credit, or which names its author, is where it started.
const NAMED_WORK: f64 = 0.85;
/// Share of a copy's words that the credited agency's item must have to be the one that is meant.
const WIRE_COVERAGE: f64 = 0.3;
/// A copy has at least this share of its words from its source to be the same text.
const SAME_TEXT: f64 = 0.999;
/// From this share of the child's words on, the source is the whole of it and not an excerpt.
const WHOLE: f64 = 0.6;

/// A chain and the origin it ends in, where one can be named.
#[derive(Debug, Clone, Default)]
pub struct Path {
    pub nodes: Vec<ChainNode>,
    pub origin: Option<Origin>,
}

/// The chain of a member that begins with this parent, or with what is credited where there is none.
pub fn path(story: &Story, lineage: &Lineage, member: usize, first: Option<usize>) -> Path {
    let mut nodes = Vec::new();
    let (mut child, mut sure) = (member, 1.0);
    let mut next = first;
    while let Some(parent) = next {
        let confidence = lineage.confidence[child];
        sure *= confidence;
        nodes.push(on_file_node(story, parent, child, confidence));
        child = parent;
        next = lineage.parent[parent];
    }
    let share = if child == member { 1.0 } else { story.coverage(member, child) };
    let credited = if nodes.iter().any(|node| node.agency.is_some()) {
        Vec::new()
    } else {
        credited_parties(story, lineage, member, child)
    };
    if let Some((wire, probability)) = wire_on_file(story, &credited, child) {
        nodes.extend(
            credited.iter().filter(|(c, _)| c.agency.is_none()).map(|(c, p)| credited_node(c, *p)),
        );
        nodes.push(on_file_node(story, wire, child, probability));
        let origin = on_file_origin(story, wire, probability * sure, story.coverage(member, wire));
        return Path { nodes, origin };
    }
    let origin = match credited.last() {
        Some((credit, probability)) => Some(credited_origin(credit, probability * sure, share)),
        None if child != member => on_file_origin(story, child, sure, share),
        None => None,
    };
    nodes.extend(credited.iter().map(|(credit, probability)| credited_node(credit, *probability)));
    Path { nodes, origin }
}

/// The credited agency's own item, where it is in the story: what the credit speaks of.
fn wire_on_file(story: &Story, credited: &[(&Credit, f64)], child: usize) -> Option<(usize, f64)> {
    let (credit, probability) = credited.iter().find(|(credit, _)| credit.agency.is_some())?;
    (0..story.members.len())
        .filter(|&other| other != child && story.coverage(child, other) >= WIRE_COVERAGE)
        .find(|&other| {
            let outlet = &story.members[other].dossier.outlet;
            is_wire(story.members[other].dossier) && outlet.agency == credit.agency
        })
        .map(|wire| (wire, *probability))
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
    }
}

/// An article that has no parent as the origin itself, where it is known as its author's own.
pub fn own_origin(story: &Story, member: usize, sure: f64) -> Option<Origin> {
    on_file_origin(story, member, sure, 1.0)
}

/// Whether a dossier is one of those that credits name.
pub fn is_named_by(dossier: &Dossier, credits: &[Credit]) -> bool {
    credits.iter().any(|credit| is_party(dossier, credit))
}

/// The top of a chain as the origin: an agency's item, or an article that is known as its author's
/// own. The earliest copy on file is not the origin for being earliest.
fn on_file_origin(story: &Story, top: usize, sure: f64, share: f64) -> Option<Origin> {
    let dossier = story.members[top].dossier;
    let own = if is_wire(dossier) {
        WIRE_ITEM
    } else if is_named_work(story, top) {
        NAMED_WORK
    } else {
        return None;
    };
    Some(Origin {
        outlet: Some(dossier.outlet.name.clone()),
        agency: dossier.outlet.agency.clone(),
        url: Some(dossier.address()),
        id: dossier.id,
        published: dossier.article.published.as_ref().map(|moment| moment.text.clone()),
        on_file: true,
        confidence: sure * own,
        share,
    })
}

/// Whether others credit this outlet, or the article names its author and credits nobody.
fn is_named_work(story: &Story, member: usize) -> bool {
    let dossier = story.members[member].dossier;
    let credited_by_others = story.members.iter().enumerate().any(|(other, m)| {
        other != member && m.dossier.article.credits.iter().any(|credit| is_party(dossier, credit))
    });
    credited_by_others || (dossier.article.credits.is_empty() && !dossier.article.byline.is_empty())
}

/// Parties beyond the last article on file, nearest first: outlets before agencies, since papers
/// take from agencies and aggregators from papers. Without a credit of its own on the way, what
/// most other copies of the same text credit.
fn credited_parties<'a>(
    story: &Story<'a>,
    lineage: &Lineage,
    member: usize,
    top: usize,
) -> Vec<(&'a Credit, f64)> {
    if is_wire(story.members[top].dossier) && top != member {
        return Vec::new();
    }
    let mut on_way = vec![member];
    on_way.extend(lineage.ancestors(member));
    on_way.reverse();
    let is_on_file =
        |credit: &Credit| on_way.iter().any(|&at| is_party(story.members[at].dossier, credit));
    for at in &on_way {
        let mut own: Vec<(&Credit, f64)> = story.members[*at]
            .dossier
            .article
            .credits
            .iter()
            .filter(|credit| !is_on_file(credit))
            .map(|credit| (credit, OWN_CREDIT))
            .collect();
        if !own.is_empty() {
            own.sort_by_key(|(credit, _)| credit.agency.is_some());
            return own;
        }
    }
    if is_wire(story.members[top].dossier) {
        return Vec::new();
    }
    siblings_agency(story, &on_way, top)
        .into_iter()
        .map(|credit| (credit, SIBLINGS_CREDIT))
        .collect()
}

/// The agency that most other copies of this member's text credit.
pub fn siblings_agency<'a>(
    story: &Story<'a>,
    apart_from: &[usize],
    member: usize,
) -> Option<&'a Credit> {
    let mut named: Vec<(usize, &Credit)> = Vec::new();
    for other in (0..story.members.len()).filter(|other| !apart_from.contains(other)) {
        if story.coverage(member, other) < SAME_STORY {
            continue;
        }
        for credit in &story.members[other].dossier.article.credits {
            if credit.agency.is_none() {
                continue;
            }
            match named.iter_mut().find(|(_, known)| known.agency == credit.agency) {
                Some((count, _)) => *count += 1,
                None => named.push((1, credit)),
            }
        }
    }
    named.into_iter().max_by_key(|(count, _)| *count).map(|(_, credit)| credit)
}

/// The chain of an article that shares its text with nothing on file: what its credits say.
pub fn from_credits(query: &Dossier) -> Vec<Path> {
    let mut outlets: Vec<&Credit> = Vec::new();
    let mut agencies: Vec<&Credit> = Vec::new();
    for credit in &query.article.credits {
        if credit.agency.is_some() { agencies.push(credit) } else { outlets.push(credit) }
    }
    let stations: Vec<ChainNode> =
        outlets.iter().map(|credit| credited_node(credit, OWN_CREDIT)).collect();
    let share = 1.0 / agencies.len().max(1) as f64;
    if agencies.is_empty() {
        let origin = outlets.last().map(|credit| credited_origin(credit, OWN_CREDIT, 1.0));
        return origin
            .map(|origin| Path { nodes: stations, origin: Some(origin) })
            .into_iter()
            .collect();
    }
    agencies
        .iter()
        .map(|credit| {
            let mut nodes = stations.clone();
            nodes.push(credited_node(credit, OWN_CREDIT));
            Path { nodes, origin: Some(credited_origin(credit, OWN_CREDIT, share)) }
        })
        .collect()
}
