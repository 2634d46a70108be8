//! Probabilities that hold what they say: of what is called nine in ten sure, nine in ten are right.
//!
//! Three tables of db/model, all fitted by tests/fit.rs from numbers beside them. `calibration.tsv` bends the raw
//! probabilities of origins (Platt 1999: a logistic curve over log-odds), `edge.tsv` those of edges by their kind
//! as well, `verdicts.tsv` holds how often each kind of reason was right (with Laplace's rule of succession).
//! tests/calibration.rs prints how well they hold on cascades that nothing was fitted on.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A curve's slope and shift by its name.
static CURVES: LazyLock<HashMap<&str, (f64, f64)>> = LazyLock::new(|| {
    rows(include_str!("../../db/model/calibration.tsv"))
        .filter_map(|(name, rest)| {
            let (slope, shift) = rest.split_once('\t')?;
            Some((name, (slope.parse().ok()?, shift.parse().ok()?)))
        })
        .collect()
});

/// How often each kind of reason is right.
static REASONS: LazyLock<HashMap<&str, f64>> = LazyLock::new(|| {
    rows(include_str!("../../db/model/verdicts.tsv"))
        .filter_map(|(name, share)| Some((name, share.parse().ok()?)))
        .collect()
});

fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

/// Weights of an edge's figures.
static EDGE: LazyLock<[f64; EDGE_NAMES.len()]> = LazyLock::new(|| {
    let table: HashMap<&str, f64> = rows(include_str!("../../db/model/edge.tsv"))
        .filter_map(|(name, weight)| Some((name, weight.parse().ok()?)))
        .collect();
    EDGE_NAMES.map(|name| table.get(name).copied().unwrap_or(0.0))
});

/// What the probability of an edge is made from.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Edge {
    /// Share of the parent among all that was possible, 0..1.
    pub share: f64,
    /// The parent is its issuer's own item: an agency's, or a press release.
    pub of_item: bool,
    /// The child credits somebody.
    pub credited: bool,
    /// Articles on file that it may have been made from.
    pub choices: usize,
}

/// Names of an edge's figures, in the order of their values.
pub const EDGE_NAMES: [&str; 8] = [
    "log_odds",
    "of_item",
    "credited",
    "credited_item",
    "log_choices",
    "log_odds_of_item",
    "log_odds_of_credited",
    "bias",
];

impl Edge {
    /// As numbers.
    pub fn values(&self) -> [f64; EDGE_NAMES.len()] {
        let flag = |holds: bool| f64::from(u8::from(holds));
        let (odds, item, credited) =
            (log_odds(self.share), flag(self.of_item), flag(self.credited));
        let choices = (self.choices.max(1) as f64).ln();
        [odds, item, credited, item * credited, choices, odds * item, odds * credited, 1.0]
    }

    /// Probability that the edge is right.
    pub fn probability(&self) -> f64 {
        logistic(self.values().iter().zip(EDGE.iter()).map(|(x, weight)| x * weight).sum())
    }
}

/// Probability of an origin, from the kind of reason and the share of the ways that lead to it.
pub fn origin(reason: &str, share: f64) -> f64 {
    bent(reason, share)
}

fn bent(curve: &str, probability: f64) -> f64 {
    let (slope, shift) = CURVES.get(curve).copied().unwrap_or((1.0, 0.0));
    logistic(slope * log_odds(probability) + shift)
}

fn log_odds(probability: f64) -> f64 {
    let bounded = probability.clamp(0.000_1, 0.999_9);
    (bounded / (1.0 - bounded)).ln()
}

fn logistic(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// Probability that a verdict, or a credit, that rests on this kind of reason is right; half where none is known.
pub fn reason(kind: &str) -> f64 {
    REASONS.get(kind).copied().unwrap_or(0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edge_keeps_the_order_and_the_bounds() {
        for (of_item, credited) in [(false, false), (false, true), (true, false), (true, true)] {
            let edge = |share| Edge { share, of_item, credited, choices: 3 }.probability();
            let curve: Vec<f64> = (0..=20).map(|step| edge(f64::from(step) / 20.0)).collect();
            assert!(curve.windows(2).all(|pair| pair[0] < pair[1]), "{curve:?}");
            assert!(curve.iter().all(|p| (0.0..=1.0).contains(p)));
        }
    }

    #[test]
    fn every_kind_of_reason_that_is_asked_for_is_in_the_table() {
        let sources =
            [include_str!("accusation.rs"), include_str!("chain.rs"), include_str!("verdict.rs")];
        let asked = sources.iter().flat_map(|source| {
            ["reason(\"", "Reading::of(\""]
                .map(|call| source.split(call).skip(1))
                .into_iter()
                .flatten()
        });
        for after in asked {
            let kind = after.split('"').next().unwrap_or_default();
            assert!(REASONS.contains_key(kind), "{kind} is in no row of db/model/verdicts.tsv");
        }
    }
}
