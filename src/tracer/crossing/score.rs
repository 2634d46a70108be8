//! One calibrated score: the probability that a candidate is the source.
//!
//! Raw ratios grow with length and shrink with the distance between languages, so no one threshold
//! serves; a logistic regression over what surrounds the ratio does. Its weights are data, in
//! `db/model/crossing.tsv`, and `tests/fit.rs` refits them from the table of numbers beside it.

use std::sync::LazyLock;

use super::align::Aligned;

/// What the regression is over, in the order of the weights.
pub const FEATURE_NAMES: [&str; 19] = [
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
    "bias",
];

/// A candidate's alignment with the figures that surround it.
#[derive(Debug, Clone, Copy)]
pub struct Scored<'a> {
    pub aligned: &'a Aligned,
    /// Score and best stretch of the best other candidate that does not carry the same text.
    pub runner_up: (f64, f64),
    pub same_language: bool,
}

/// The figures of a candidate.
pub fn features(scored: &Scored) -> [f64; 19] {
    let a = scored.aligned;
    let sentences = a.query_sentences.max(1) as f64;
    let root = sentences.sqrt();
    let score = a.score.max(0.1);
    let (second, second_stretch) = (scored.runner_up.0.max(1.0), scored.runner_up.1);
    let same = f64::from(u8::from(scored.same_language));
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
        1.0,
    ]
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
pub fn probability(features: &[f64; 19]) -> f64 {
    let odds: f64 = features.iter().zip(WEIGHTS.iter()).map(|(x, weight)| x * weight).sum();
    1.0 / (1.0 + (-odds).exp())
}
