//! Probabilities that hold what they say: of what is called nine in ten sure, nine in ten are right.
//!
//! Two tables of db/model, both fitted by tests/fit.rs from numbers beside them. `calibration.tsv` bends raw
//! probabilities (Platt 1999: a logistic curve over log-odds), `verdicts.tsv` holds how often each kind of
//! reason was right (with Laplace's rule of succession).

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

/// Probability of an edge, from its share among the parents that were possible.
pub fn edge(share: f64) -> f64 {
    bent("edge", share)
}

/// Probability of an origin, from the kind of reason and the share of the ways that lead to it.
pub fn origin(reason: &str, share: f64) -> f64 {
    bent(reason, share)
}

fn bent(curve: &str, probability: f64) -> f64 {
    let (slope, shift) = CURVES.get(curve).copied().unwrap_or((1.0, 0.0));
    let bounded = probability.clamp(0.000_1, 0.999_9);
    let log_odds = slope * (bounded / (1.0 - bounded)).ln() + shift;
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
    fn a_curve_keeps_the_order_and_the_bounds() {
        let curve: Vec<f64> = (0..=20).map(|step| edge(f64::from(step) / 20.0)).collect();
        assert!(curve.windows(2).all(|pair| pair[0] < pair[1]), "{curve:?}");
        assert!(curve.iter().all(|p| (0.0..=1.0).contains(p)));
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
