//! Whom a text that came later could matter to: whose trace might say something else now.
//!
//! A trace rests on stretches of words: a text that has none with another changes nothing of what is said of that one.
//! A passage that everybody had before it came was left out of the other's trace then and is left out now.

use std::sync::Arc;

use super::align::align;
use super::commonplace::{MAIN, everybodys};
use super::sources::is_source;
use super::story::Member;
use super::witness::Witness;
use crate::model::Thresholds;

/// What a newcomer has in common with an article that was traced before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touch {
    /// No stretch of words.
    Nothing,
    /// A passage in passing: no large part of either.
    Passage,
    /// A large part of one of them.
    Story,
}

/// What a newcomer has in common with an article on file.
#[must_use]
pub fn touch(known: &Witness, newcomer: &Witness, thresholds: &Thresholds) -> Touch {
    let (ours, theirs) = (known.body(), newcomer.body());
    if ours.shared_seeds(theirs) < least_seeds(thresholds) {
        return Touch::Nothing;
    }
    let matched = align(ours, theirs, thresholds);
    if matched.stretches.is_empty() {
        return Touch::Nothing;
    }
    let shortest = ours.len().min(theirs.len());
    if matched.words() as f64 >= MAIN * shortest as f64 { Touch::Story } else { Touch::Passage }
}

/// Seeds of three words that any stretch has: those of its longest run, and one in three of its other words.
fn least_seeds(thresholds: &Thresholds) -> usize {
    let others = thresholds.min_stretch_words.saturating_sub(thresholds.min_run_words);
    thresholds.min_run_words.saturating_sub(2) + others / 3
}

/// What a newcomer's passages can change of the traces of articles that share them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Nothing: everybody had them before.
    Nothing,
    /// Something, where the article shares more than that with others: then nothing shows that the passage is
    /// everybody's and not its story's.
    AmongCarriers,
    /// Possibly something.
    Possible,
}

/// What a newcomer can change of the traces of these articles, of which each has a passage of it.
#[must_use]
pub fn changes(newcomer: &Witness, known: &[Arc<Witness>], thresholds: &Thresholds) -> Vec<Change> {
    let query = Member::of(newcomer);
    let matches: Vec<_> = known
        .iter()
        .map(|other| (Member::of(other), align(query.body, other.body(), thresholds)))
        .collect();
    let had = everybodys(&query, &matches, thresholds);
    known
        .iter()
        .zip(had)
        .map(|(other, had)| {
            let mine = align(other.body(), query.body, thresholds);
            match (had, is_source(other.body().len(), &mine, thresholds)) {
                (false, _) => Change::Possible,
                (true, true) => Change::AmongCarriers,
                (true, false) => Change::Nothing,
            }
        })
        .collect()
}
