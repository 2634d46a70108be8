//! Sources in another language or in other words, beside those that share the query's words.

use std::collections::HashSet;

use super::chain::{self, Path, is_named_by};
use super::crossing::{Crossed, Crossing, FEATURE_NAMES, judge, judge_known};
use super::derivation::{hours_between, is_wire, names_outlet};
use super::lineage::Lineage;
use super::sources::is_source;
use super::story::{Member, Story};
use super::trace::{is_own, named as named_figures};
use super::witness::Witness;
use crate::language::{AnchorClass, Table, anchors};
use crate::model::{
    ChainNode, Dossier, Figures, RelatedArticle, Relation, SourceMatch, Thresholds,
};
use crate::tracer::align::align;

/// From this share of its words on, an article's source is among those that share its words.
pub const EXPLAINED: f64 = 0.6;
/// Log-likelihood ratio of its best stretch from which an article tells of the same event.
const SAME_EVENT: f64 = 12.0;
/// Hours by which a source's clock may be ahead.
const CLOCK_SLACK_HOURS: f64 = 0.5;

/// What was found across languages and wordings.
#[derive(Default)]
pub struct Across<'a> {
    /// Sources that are named, best first.
    pub named: Vec<Crossed<'a>>,
    pub related: Vec<RelatedArticle>,
    /// The figures of every candidate that was judged.
    pub figures: Vec<Figures>,
}

impl Across<'_> {
    /// Probability that the query was made from the best of them; 0 where there is none.
    pub fn probability(&self) -> f64 {
        self.named.first().map_or(0.0, |crossed| crossed.probability)
    }

    /// Share of the query that the best of them accounts for.
    pub fn copied(&self) -> f64 {
        self.named.iter().map(|crossed| crossed.aligned.of_query).fold(0.0, f64::max)
    }
}

/// Looks across languages and wordings for what the shared words do not explain.
pub fn look<'a>(
    query: &'a Dossier,
    same_words: &[SourceMatch],
    crossing: Option<&Crossing<'a>>,
) -> Across<'a> {
    let Some(crossing) = crossing else { return Across::default() };
    let known: HashSet<&str> = same_words.iter().map(|source| source.url.as_str()).collect();
    let window = crossing.thresholds.source_window_days.map_or(f64::INFINITY, |d| d as f64 * 24.0);
    let candidates: Vec<&Witness> = crossing
        .candidates
        .iter()
        .map(AsRef::as_ref)
        .filter(|source| crossing.wants(query, source) && !is_own(query, source))
        .filter(|source| !known.contains(source.address().as_str()))
        .filter(|source| {
            let hours = hours_between(source, query);
            hours.is_none_or(|hours| (-CLOCK_SLACK_HOURS..=window).contains(&hours))
        })
        .collect();
    let judged = judge(query, &candidates, crossing);
    let figures = judged
        .iter()
        .map(|found| Figures {
            kind: "crossing".into(),
            about: found.source.address(),
            result: found.probability,
            values: named_figures(&FEATURE_NAMES, &found.features),
        })
        .collect();
    let (named, others): (Vec<Crossed>, Vec<Crossed>) =
        judged.into_iter().partition(|found| found.probability >= crossing.thresholds.name_source);
    let related = others
        .into_iter()
        .filter(|found| found.aligned.best.score >= SAME_EVENT)
        .map(|found| related(&found))
        .collect();
    Across { named, related, figures }
}

fn related(found: &Crossed) -> RelatedArticle {
    let dossier = found.source;
    RelatedArticle {
        url: dossier.address(),
        id: dossier.id,
        outlet: Some(dossier.outlet.name.clone()),
        title: dossier.article.title.clone(),
        published: dossier.article.published.as_ref().map(|moment| moment.text.clone()),
        language: dossier.article.language.clone(),
        says: "It shares names, numbers and meanings, but not their order and detail: another report of the event, or too little to tell.".into(),
    }
}

/// A source across languages or wordings, as reported.
pub fn source_match(found: &Crossed) -> SourceMatch {
    let dossier = found.source;
    SourceMatch {
        url: dossier.address(),
        id: dossier.id,
        outlet: Some(dossier.outlet.name.clone()),
        title: dossier.article.title.clone(),
        published: dossier.article.published.as_ref().map(|moment| moment.text.clone()),
        language: dossier.article.language.clone(),
        relation: found.relation,
        copied: found.aligned.of_query,
        of_source: found.aligned.of_source,
        score: found.probability,
        paragraphs: found.paragraphs.clone(),
    }
}

/// The chain through a source in another language or other words: of those that carry the same text,
/// the one whose cuts the query shares, and from there through its own story.
pub fn path<'a>(query: &Dossier, across: &Across<'a>, crossing: &Crossing<'a>) -> Option<Path> {
    let (parent, share) = immediate(query, across, crossing)?;
    let sure = parent.probability;
    let named: Vec<&Witness> = across.named.iter().map(|found| found.source).collect();
    let mut path = beyond(parent.source, sure, (crossing, &named), MOST_STATIONS);
    if let Some(origin) = &mut path.origin {
        origin.share = parent.aligned.of_query;
    }
    path.nodes.insert(0, node(parent.source, parent.relation, sure * share));
    credited_beyond(query, &mut path);
    Some(path)
}

/// The named source that a query was made from itself, and how sure that is against the others: the best fitting one,
/// unless another is a retelling of it whose own words the query has. Where its words do not tell, the latest retelling
/// is taken, at half the probability.
fn immediate<'c, 'a>(
    query: &Dossier,
    across: &'c Across<'a>,
    crossing: &Crossing<'a>,
) -> Option<(&'c Crossed<'a>, f64)> {
    let by_fit = |a: &&Crossed, b: &&Crossed| fit(query, a).total_cmp(&fit(query, b));
    let mut parent = across.named.iter().max_by(by_fit)?;
    if names_outlet(query, parent.source) {
        return Some((parent, 1.0));
    }
    let mut share = 1.0;
    let ours = stems(query);
    let mut had = stems(parent.source);
    for other in &across.named {
        let later = hours_between(parent.source, other.source).is_some_and(|hours| hours > 0.0);
        // The words of two languages do not tell which of them a third text had.
        let comparable = other.source.article.language == parent.source.article.language;
        if !later || !comparable || !is_retelling(other.source, parent.source, crossing) {
            continue;
        }
        let has = stems(other.source);
        let told = inherited(&ours, &has, &had);
        let z = told.difference(&inherited(&ours, &had, &has));
        if z > -TELLING {
            share = if z > TELLING { 1.0 } else { UNTOLD };
            (parent, had) = (other, has);
        }
    }
    Some((parent, share))
}

/// Standard deviations from which the words that a copy inherited tell which of two sources it had.
const TELLING: f64 = 1.64;
/// Probability of the latest of two retellings where they do not.
const UNTOLD: f64 = 0.5;

/// Whether an article is another's text in other words, of two that are both named as a query's sources.
fn is_retelling<'a>(copy: &'a Witness, source: &'a Witness, crossing: &Crossing<'a>) -> bool {
    let judged = judge_known(copy, &[source], crossing);
    judged.first().is_some_and(|found| found.probability >= crossing.thresholds.name_source)
}

/// Words that a source has and another article has not, and how many of them a query has: a copy inherits them, where
/// both tell the same only chance gives them.
struct Inherited {
    of: f64,
    kept: f64,
}

impl Inherited {
    /// By how many standard deviations the share kept here is above the other's.
    fn difference(&self, other: &Self) -> f64 {
        let share = |one: &Self| one.kept / one.of.max(1.0);
        let pooled = (self.kept + other.kept) / (self.of + other.of).max(1.0);
        let variance = pooled * (1.0 - pooled) * (1.0 / self.of.max(1.0) + 1.0 / other.of.max(1.0));
        (share(self) - share(other)) / variance.sqrt().max(f64::EPSILON)
    }
}

/// Of the stems of a query, a source and another article.
fn inherited(ours: &HashSet<u64>, theirs: &HashSet<u64>, others: &HashSet<u64>) -> Inherited {
    let own: Vec<&u64> = theirs.difference(others).collect();
    let kept = own.iter().filter(|stem| ours.contains(**stem)).count();
    Inherited { of: own.len() as f64, kept: kept as f64 }
}

/// Keys of the stems of an article's story.
fn stems(dossier: &Dossier) -> HashSet<u64> {
    let language = dossier.article.language.as_deref().unwrap_or("und");
    let no_lexicon = Table::default();
    let paragraphs = dossier.article.paragraphs.iter().map(|paragraph| paragraph.text.as_str());
    paragraphs
        .flat_map(|text| anchors(text, language, &no_lexicon))
        .filter(|anchor| anchor.class == AnchorClass::Stem)
        .map(|anchor| anchor.key)
        .collect()
}

/// Stations in other languages or words that a chain may have.
const MOST_STATIONS: usize = 4;

/// The chain from an article on: through those that share its words, and where there are none through the one that it
/// retells itself. `sure`: probability that the way up to it is right.
fn beyond<'a>(
    article: &'a Witness,
    sure: f64,
    (crossing, named): (&Crossing<'a>, &[&'a Witness]),
    most: usize,
) -> Path {
    let thresholds = crossing.thresholds;
    let member = Member::of(article);
    let matches = crossing
        .candidates
        .iter()
        .filter(|other| other.address() != article.address() && !is_own(article, other))
        .filter_map(|witness| {
            let other = Member::of(witness);
            let matched = align(member.body, other.body, thresholds);
            is_source(member.body.len(), &matched, thresholds).then_some((other, matched))
        })
        .collect();
    let story = Story::gather(member, matches, thresholds);
    let lineage = Lineage::infer(&story);
    let mut path = if is_wire(article) {
        Path::default()
    } else {
        chain::paths(&story, &lineage, 0).into_iter().next().unwrap_or_default()
    };
    let on_file = path.nodes.iter().any(|node| node.on_file);
    let further = if on_file || is_wire(article) || most == 0 {
        None
    } else {
        retold_from(article, crossing, named)
    };
    if let Some((source, relation, probability)) = further {
        let mut onward = beyond(source, sure * probability, (crossing, named), most - 1);
        onward.nodes.insert(0, node(source, relation, probability));
        return onward;
    }
    if path.origin.is_none() && path.nodes.is_empty() {
        path.origin = chain::own_origin(&story, 0, 1.0);
    }
    if let Some(origin) = &mut path.origin {
        origin.confidence *= sure;
    }
    path
}

/// What a station of the chain was itself made from, in another language or other words, among the query's sources.
fn retold_from<'a>(
    article: &'a Witness,
    crossing: &Crossing<'a>,
    named: &[&'a Witness],
) -> Option<(&'a Witness, Relation, f64)> {
    let earlier = named.iter().copied().filter(|source| {
        let hours = hours_between(source, article);
        let own = source.address() == article.address() || is_own(article, source);
        // Two without times would each be the other's source.
        crossing.wants(article, source)
            && !own
            && hours.is_some_and(|hours| hours >= -CLOCK_SLACK_HOURS)
    });
    let earlier: Vec<&Witness> = earlier.collect();
    let best = judge_known(article, &earlier, crossing).into_iter().next();
    best.filter(|found| found.probability >= crossing.thresholds.name_source)
        .map(|found| (found.source, found.relation, found.probability))
}

/// Where nothing on file goes further, what the query itself credits does.
fn credited_beyond(query: &Dossier, path: &mut Path) {
    if path.origin.is_some() {
        return;
    }
    for own in chain::from_credits(query).into_iter().take(1) {
        let on_way = |node: &ChainNode| path.nodes.iter().any(|known| known.outlet == node.outlet);
        let further: Vec<ChainNode> =
            own.nodes.iter().filter(|node| !on_way(node)).cloned().collect();
        path.nodes.extend(further);
        path.origin = own.origin;
    }
}

/// How well a named source fits as the immediate one: what both have of one another, and a credit.
fn fit(query: &Dossier, found: &Crossed) -> f64 {
    let credited = is_named_by(found.source, &query.article.credits);
    let agency = found.source.outlet.agency.is_some();
    let named = if credited && !agency { 0.5 } else { 0.0 };
    found.aligned.of_query + found.aligned.of_source + found.probability + named
}

fn node(dossier: &Dossier, relation: Relation, confidence: f64) -> ChainNode {
    ChainNode {
        outlet: Some(dossier.outlet.name.clone()),
        agency: dossier.outlet.agency.clone(),
        url: Some(dossier.address()),
        id: dossier.id,
        published: dossier.article.published.as_ref().map(|moment| moment.text.clone()),
        on_file: true,
        relation,
        confidence,
    }
}

/// The sentence for a source across languages or wordings.
pub fn says(found: &Crossed, thresholds: &Thresholds) -> String {
    let name = &found.source.outlet.name;
    let percent = (100.0 * found.aligned.of_query).round();
    let how = match found.relation {
        Relation::Translated => "in another language",
        _ => "in other words",
    };
    format!(
        "{} of its {} sentences, {percent} % of its text, follow {name}'s article {how} in names, numbers and order (probability {:.2}, named from {:.2}).",
        found.aligned.hits.iter().map(|hit| hit.query.len()).sum::<usize>(),
        found.aligned.query_sentences,
        found.probability,
        thresholds.name_source,
    )
}
