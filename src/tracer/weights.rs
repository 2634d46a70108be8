//! Log-odds of a derivation, from the measurements on a pair of articles.
//!
//! A conditional logistic regression: of all that an article may have been made from, and "something
//! that is not on file", which was it? The weights are data, in `db/model/derivation.tsv`, and
//! `tests/fit.rs` refits them from the table of numbers beside it.

use std::sync::LazyLock;

use super::derivation::{DERIVATION_NAMES, Features};
use crate::model::Credit;

/// What the weights of "its source is not on file" are over.
pub const UNSEEN_NAMES: [&str; 3] = ["unseen", "unseen_credits", "unseen_credits_nobody"];

/// An agency's own item is not made from papers' articles; the fit has no pair that says otherwise.
const WIRE_COPIES: f64 = -6.0;

struct Weights {
    derivation: Vec<f64>,
    unseen: Vec<f64>,
}

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
    let rows = include_str!("../../db/model/derivation.tsv").lines();
    let table: Vec<(&str, f64)> = rows
        .filter(|row| !row.starts_with('#'))
        .filter_map(|row| row.split_once('\t'))
        .filter_map(|(name, weight)| Some((name, weight.parse().ok()?)))
        .collect();
    let weight = |name: &&str| table.iter().find(|(row, _)| row == name).map_or(0.0, |(_, w)| *w);
    Weights {
        derivation: DERIVATION_NAMES.iter().map(weight).collect(),
        unseen: UNSEEN_NAMES.iter().map(weight).collect(),
    }
});

/// Natural-log odds that the child was made from the parent, against any other way.
pub fn derivation(features: &Features) -> f64 {
    let values = features.values();
    let fitted: f64 = values.iter().zip(&WEIGHTS.derivation).map(|(x, weight)| x * weight).sum();
    if features.child_is_wire { fitted + WIRE_COPIES } else { fitted }
}

/// Natural-log odds that an article's source is not on file; `nobody` says that none of the parties
/// it credits has an article in the story.
pub fn unseen(credits: &[Credit], nobody: bool) -> f64 {
    unseen_values(credits, nobody).iter().zip(&WEIGHTS.unseen).map(|(x, weight)| x * weight).sum()
}

/// The figures of "its source is not on file".
pub fn unseen_values(credits: &[Credit], nobody: bool) -> [f64; 3] {
    let flag = |holds: bool| f64::from(u8::from(holds));
    [1.0, flag(!credits.is_empty()), flag(nobody && !credits.is_empty())]
}

/// What the hours from parent to child are worth.
pub fn time(features: &Features) -> f64 {
    let values = features.values();
    DERIVATION_NAMES
        .iter()
        .zip(values)
        .zip(&WEIGHTS.derivation)
        .filter(|((name, _), _)| matches!(**name, "before" | "after" | "near"))
        .map(|((_, x), weight)| x * weight)
        .sum()
}

/// What one named figure adds.
pub fn of(features: &Features, name: &str) -> f64 {
    let at = DERIVATION_NAMES.iter().position(|known| *known == name);
    at.map_or(0.0, |at| features.values()[at] * WEIGHTS.derivation[at])
}
