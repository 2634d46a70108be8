//! One calibrated score: the probability that a candidate is the source.
//!
//! Raw ratios grow with length and shrink with the distance between languages, so no one threshold
//! serves; a logistic regression over what surrounds the ratio does. Its weights are data, in
//! `db/model/crossing.tsv`, and `tests/fit.rs` refits them from the table of numbers beside it.

use std::sync::LazyLock;

use super::align::{Aligned, Stretch};

/// What the regression is over, in the order of the weights.
pub const FEATURE_NAMES: [&str; 29] = [
    "log_stretch",
    "stretch_of_query",
    "stretch_source_density",
    "stretch_query_density",
    "stretch_margin",
    "log_score",
    "score_per_sentence",
    "score_per_root",
    "of_query",
    "of_source",
    "paired_sentences",
    "margin",
    "margin_per_root",
    "log_sentences",
    "log_length_ratio",
    "same_language",
    "same_of_query",
    "same_of_source",
    "local_score",
    "local_sentences",
    "local_source_density",
    "local_query_density",
    "local_per_sentence",
    "local_margin",
    "beside_local",
    "same_local_score",
    "same_local_per_sentence",
    "log_articles",
    "bias",
];

/// A candidate's alignment with the figures that surround it.
#[derive(Debug, Clone, Copy)]
pub struct Scored<'a> {
    pub aligned: &'a Aligned,
    /// The best other candidate that does not carry the same text.
    pub runner_up: Rival,
    pub same_language: bool,
    /// Articles on file in the candidate's language, among which chance had its choice.
    pub articles: f64,
}

/// What a candidate's scores are held against; by default there is none.
#[derive(Debug, Clone, Copy)]
pub struct Rival {
    score: f64,
    stretch: f64,
    local: f64,
}

impl Default for Rival {
    fn default() -> Self {
        Self { score: 1.0, stretch: 1.0, local: 1.0 }
    }
}

impl Rival {
    pub fn of(aligned: &Aligned) -> Self {
        Self { score: aligned.score, stretch: aligned.best.score, local: aligned.local.score }
    }
}

/// The figures of a candidate, in the order of [`FEATURE_NAMES`].
pub type Features = [f64; FEATURE_NAMES.len()];

/// Articles from which the figures were collected; of fewer it is not known that they are less of a choice.
const FEWEST_ARTICLES: f64 = 50.0;

/// The figures of a candidate.
pub fn features(scored: &Scored) -> Features {
    let a = scored.aligned;
    let sentences = a.query_sentences.max(1) as f64;
    let root = sentences.sqrt();
    let score = a.score.max(0.1);
    let rival = scored.runner_up;
    let (second, second_stretch) = (rival.score.max(1.0), rival.stretch);
    let same = f64::from(u8::from(scored.same_language));
    let local = &a.local;
    let local_score = local.score.max(1.0).ln();
    let per_sentence = local.per_sentence();
    [
        a.best.score.max(0.5).ln(),
        a.best.of_query,
        a.best.source_density,
        a.best.query_density,
        (a.best.score.max(1.0) / second_stretch.max(1.0)).ln(),
        score.ln(),
        score / sentences,
        score / root,
        a.of_query,
        a.of_source,
        a.hits.len() as f64 / sentences,
        (score / second).ln(),
        (score - second) / root,
        sentences.ln(),
        (a.source_sentences.max(1) as f64 / sentences).ln(),
        same,
        same * a.of_query,
        same * a.of_source,
        local_score,
        (local.sentences.max(1) as f64).ln(),
        local.source_density,
        local.query_density,
        per_sentence,
        local_score - rival.local.max(1.0).ln(),
        beside(a, local),
        same * local_score,
        same * per_sentence,
        scored.articles.max(FEWEST_ARTICLES).ln(),
        1.0,
    ]
}

/// Share of the query's sentences beside a stretch that are paired all the same: another report of an event is met all
/// over, what was put into an own article only there.
fn beside(aligned: &Aligned, local: &Stretch) -> f64 {
    let pairs = aligned.hits.len().saturating_sub(local.pairs) as f64;
    let sentences = aligned.query_sentences.saturating_sub(local.sentences) as f64;
    (pairs + 1.0) / (sentences + 2.0)
}

/// The weights, in the order of `FEATURE_NAMES`.
static WEIGHTS: LazyLock<Vec<f64>> = LazyLock::new(|| {
    let rows = include_str!("../../../db/model/crossing.tsv").lines();
    let table: Vec<(&str, f64)> = rows
        .filter(|row| !row.starts_with('#'))
        .filter_map(|row| row.split_once('\t'))
        .filter_map(|(name, weight)| Some((name, weight.parse().ok()?)))
        .collect();
    let weight = |name: &&str| table.iter().find(|(row, _)| row == name).map_or(0.0, |(_, w)| *w);
    FEATURE_NAMES.iter().map(weight).collect()
});

/// Probability, 0..1, that a candidate with these figures is the source.
pub fn probability(features: &Features) -> f64 {
    let odds: f64 = features.iter().zip(WEIGHTS.iter()).map(|(x, weight)| x * weight).sum();
    1.0 / (1.0 + (-odds).exp())
}
