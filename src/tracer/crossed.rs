//! Sources in another language or in other words, beside those that share the query's words.

use std::collections::HashSet;

use super::chain::{self, Path, is_named_by};
use super::crossing::{Crossed, Crossing, FEATURE_NAMES, judge};
use super::derivation::{hours_between, is_wire};
use super::lineage::Lineage;
use super::sources::is_source;
use super::story::{Member, Story};
use super::trace::{is_own, named as named_figures};
use crate::model::{
    ChainNode, Dossier, Figures, RelatedArticle, Relation, SourceMatch, Thresholds,
};
use crate::tracer::align::align;
use crate::tracer::body::Body;

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
    copied: f64,
    same_words: &[SourceMatch],
    crossing: Option<&Crossing<'a>>,
) -> Across<'a> {
    let Some(crossing) = crossing.filter(|_| copied < EXPLAINED) else { return Across::default() };
    let known: HashSet<&str> = same_words.iter().map(|source| source.url.as_str()).collect();
    let window = crossing.thresholds.source_window_days.map_or(f64::INFINITY, |d| d as f64 * 24.0);
    let candidates: Vec<&Dossier> = crossing
        .candidates
        .iter()
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
pub fn path(query: &Dossier, across: &Across, crossing: &Crossing) -> Option<Path> {
    let parent = across.named.iter().max_by(|a, b| fit(query, a).total_cmp(&fit(query, b)))?;
    let thresholds = crossing.thresholds;
    let member = Member { dossier: parent.source, body: Body::new(&parent.source.article) };
    let matches = crossing
        .candidates
        .iter()
        .filter(|other| other.address() != parent.source.address())
        .filter_map(|dossier| {
            let other = Member { dossier, body: Body::new(&dossier.article) };
            let matched = align(&member.body, &other.body, thresholds);
            is_source(member.body.len(), &matched, thresholds).then_some((other, matched))
        })
        .collect();
    let story = Story::gather(member, matches, thresholds);
    let lineage = Lineage::infer(&story);
    let mut path = if is_wire(parent.source) {
        Path::default()
    } else {
        chain::path(&story, &lineage, 0, lineage.parent[0])
    };
    if path.origin.is_none() && path.nodes.is_empty() {
        path.origin = chain::own_origin(&story, 0, parent.probability);
    }
    if let Some(origin) = &mut path.origin {
        origin.confidence *= parent.probability;
        origin.share = parent.aligned.of_query;
    }
    path.nodes.insert(0, node(parent));
    credited_beyond(query, &mut path);
    Some(path)
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

fn node(found: &Crossed) -> ChainNode {
    let dossier = found.source;
    ChainNode {
        outlet: Some(dossier.outlet.name.clone()),
        agency: dossier.outlet.agency.clone(),
        url: Some(dossier.address()),
        id: dossier.id,
        published: dossier.article.published.as_ref().map(|moment| moment.text.clone()),
        on_file: true,
        relation: found.relation,
        confidence: found.probability,
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
