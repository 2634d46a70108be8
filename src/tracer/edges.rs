//! How far a stretch of the same words goes on at its ends, in runs too short for a seed.

use std::ops::Range;

use super::align::Stretch;
use super::body::Body;

/// Changed words in a row beyond which a stretch does not go on.
const MISSED_AT_EDGE: usize = 2;

/// How many words a stretch goes on for at its ends within the paragraphs: a changed word near the end of a copied
/// paragraph leaves runs that no seed fits into.
pub(super) fn edges(stretch: &Stretch, query: &Body, source: &Body) -> usize {
    let Some((ours, theirs)) = stretch.extent() else { return 0 };
    let before = |from: &Range<usize>, body: &Body| {
        let paragraph = body.tokens.get(from.start).map(|token| token.paragraph);
        let words = body.tokens[..from.start].iter().rev();
        words
            .take_while(move |t| Some(t.paragraph) == paragraph)
            .map(|t| t.hash)
            .collect::<Vec<_>>()
    };
    let after = |to: &Range<usize>, body: &Body| {
        let paragraph =
            to.end.checked_sub(1).and_then(|at| body.tokens.get(at)).map(|t| t.paragraph);
        let words = body.tokens[to.end..].iter();
        words
            .take_while(move |t| Some(t.paragraph) == paragraph)
            .map(|t| t.hash)
            .collect::<Vec<_>>()
    };
    goes_on(&before(&ours, query), &before(&theirs, source))
        + goes_on(&after(&ours, query), &after(&theirs, source))
}

/// Words up to the last that both have, with no more than so many in a row that they have not.
fn goes_on(ours: &[u64], theirs: &[u64]) -> usize {
    let (mut reached, mut missed) = (0, 0);
    for (at, (a, b)) in ours.iter().zip(theirs).enumerate() {
        if a == b {
            (reached, missed) = (at + 1, 0);
        } else {
            missed += 1;
            if missed > MISSED_AT_EDGE {
                break;
            }
        }
    }
    reached
}
