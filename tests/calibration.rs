//! Slow
//! Of what is said with 0.9, nine in ten are right: the reliability table over generated cascades that nothing was fitted on.
//!
//! `cargo test --release --test calibration -- --nocapture` prints it; `CASCADES=2000` takes more stories, `CASCADES_SEED` others.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod cascades;

use std::collections::BTreeMap;

use cascades::Cascades;
use cascades::judge::{Claim, claims, traced, truths};

/// The seed of these stories; db/model is fitted on another (tests/fit.rs).
const SEED: u64 = 20_251_124;
/// Stories, some four articles each: fewer, and chance alone comes near the largest error.
const STORIES: u64 = 700;
/// Largest expected calibration error (Naeini et al. 2015, ten bins of equal width).
const MOST_ERROR: f64 = 0.03;
/// Claims of a kind from which on its error is more than chance.
const ENOUGH: usize = 150;
const BINS: usize = 10;

/// Claims of a bin: how many, the sum of their probabilities, how many are right.
type Bin = (usize, f64, usize);

#[test]
fn what_is_said_with_nine_tenths_is_right_nine_times_in_ten() {
    let wished = |name: &str| std::env::var(name).ok().and_then(|number| number.parse().ok());
    let stories = wished("CASCADES").unwrap_or(STORIES);
    let seed = wished("CASCADES_SEED").unwrap_or(SEED);
    let articles = Cascades::new(seed).stories(stories);
    let truths = truths(&articles);
    let said: Vec<Claim> =
        traced(&articles).iter().flat_map(|trace| claims(trace, &truths)).collect();
    assert!(!said.is_empty(), "the traces make no claims");
    println!("{stories} stories, seed {seed}");
    let mut kinds: BTreeMap<&str, Vec<(f64, bool)>> = BTreeMap::new();
    let is_said = |claim: &&Claim| claim.kind != "verdict" || claim.verdict != "unknown";
    for claim in said.iter().filter(is_said) {
        kinds.entry(claim.kind).or_default().push((claim.confidence, claim.right));
    }
    assert_eq!(kinds.keys().copied().collect::<Vec<_>>(), ["edge", "origin", "verdict"]);
    for (kind, claims) in kinds {
        let error = table(kind, &claims);
        assert!(
            error <= MOST_ERROR || claims.len() < ENOUGH,
            "{kind}: expected calibration error {error:.3}, above {MOST_ERROR}"
        );
    }
}

/// Prints the reliability table of a kind and gives its expected calibration error.
fn table(kind: &str, claims: &[(f64, bool)]) -> f64 {
    let mut bins: [Bin; BINS] = [(0, 0.0, 0); BINS];
    for &(confidence, right) in claims {
        let at = (1..BINS).take_while(|bin| confidence * BINS as f64 >= *bin as f64).count();
        let bin = &mut bins[at];
        *bin = (bin.0 + 1, bin.1 + confidence, bin.2 + usize::from(right));
    }
    let error = |&(_, said, right): &Bin| (said - right as f64).abs();
    let total = bins.iter().map(error).sum::<f64>() / claims.len() as f64;
    println!("\n{kind}: {} claims, expected calibration error {total:.4}", claims.len());
    println!("  claims   said  right");
    for (count, said, right) in bins.iter().filter(|bin| bin.0 > 0) {
        let of = |sum: f64| sum / *count as f64;
        println!("  {count:6}  {:.3}  {:.3}", of(*said), of(*right as f64));
    }
    total
}
