//! Passages that are nobody's copy since everybody has them: phrases, disclaimers, official statements.
//!
//! Told by the store's own statistics and not by a list: either more articles on file hold the words than any story has
//! copies, or the words stand in several articles that have nothing else in common and that are about something else.

use std::collections::HashMap;
use std::ops::Range;

use super::align::{Matched, Stretch};
use super::body::Body;
use super::rejected::Rejected;
use super::story::Member;
use crate::model::Thresholds;

/// Share of a passage's words that a carrier must have.
const CARRIED: f64 = 0.8;
/// Share of a passage's words that are marked as frequent in a passage that is: one shingle in three is kept.
const FREQUENT: f64 = 0.6;
/// Share of a text from which a passage is what the text is about.
pub(super) const MAIN: f64 = 0.25;
/// Share of the shorter of two texts that they have in common besides the passage, from which they are one story.
const ONE_STORY: f64 = 0.2;
/// Carriers that are looked at: a budget.
const LOOKED_AT: usize = 16;

/// A part of one of the query's paragraphs: its number, and byte offsets in its text.
pub type Part = (usize, Range<usize>);

/// Takes out of the matches what is commonplace; it stands among their `rejected` then. `frequent`: parts of the query
/// that more articles on file hold than a story has copies.
pub fn set_aside(
    query: &Member,
    matches: &mut [(Member, Matched)],
    frequent: &[Part],
    thresholds: &Thresholds,
) {
    let marked = marked(query.body, frequent);
    let found = {
        let mut look = Look::new(query, matches, thresholds);
        look.all(&marked)
    };
    for ((_, matched), why) in matches.iter_mut().zip(found) {
        if why.iter().any(Option::is_some) {
            matched.leave_out(&why);
        }
    }
}

/// For each match, whether enough articles of other outlets than its own have all that it shares with the query, so
/// that this was everybody's without the two.
pub(super) fn everybodys(
    query: &Member,
    matches: &[(Member, Matched)],
    thresholds: &Thresholds,
) -> Vec<bool> {
    let look = Look::new(query, matches, thresholds);
    let mut known: HashMap<(&str, Range<usize>), bool> = HashMap::new();
    matches
        .iter()
        .map(|(member, matched)| {
            let outlet = member.dossier.outlet.key.as_str();
            matched.extents().all(|(words, _)| {
                let common = || look.is_common(&words, Some(outlet));
                *known.entry((outlet, words.clone())).or_insert_with(common)
            })
        })
        .collect()
}

/// Which of the query's words lie in the given parts of it.
fn marked(body: &Body, parts: &[Part]) -> Vec<bool> {
    let mut marked = vec![false; body.len()];
    for (paragraph, bytes) in parts {
        let Some(range) = body.paragraphs.get(*paragraph).cloned() else { continue };
        for at in range {
            let token = &body.tokens[at];
            marked[at] |= bytes.start <= token.start as usize && token.end as usize <= bytes.end;
        }
    }
    marked
}

/// The matches as carriers of what the query's passages are.
struct Look<'l, 'a> {
    query: &'l Member<'a>,
    matches: &'l [(Member<'a>, Matched)],
    thresholds: &'l Thresholds,
    /// For each word of the query: in how many of the matches it is.
    depth: Vec<u32>,
    /// By the query's words: whether they are a commonplace.
    known: HashMap<Range<usize>, bool>,
}

impl<'l, 'a> Look<'l, 'a> {
    fn new(
        query: &'l Member<'a>,
        matches: &'l [(Member<'a>, Matched)],
        thresholds: &'l Thresholds,
    ) -> Self {
        let mut depth = vec![0; query.body.len()];
        for (_, matched) in matches {
            for (count, at) in depth.iter_mut().zip(&matched.to_source) {
                *count += u32::from(*at > 0);
            }
        }
        Self { query, matches, thresholds, depth, known: HashMap::new() }
    }

    /// For each stretch of each match, why it does not count.
    fn all(&mut self, marked: &[bool]) -> Vec<Vec<Option<Rejected>>> {
        let matches = self.matches;
        matches
            .iter()
            .map(|(source, matched)| {
                matched.stretches.iter().map(|s| self.why(s, source.body, marked)).collect()
            })
            .collect()
    }

    fn why(&mut self, stretch: &Stretch, source: &Body, marked: &[bool]) -> Option<Rejected> {
        let (ours, _) = stretch.extent()?;
        let frequent = stretch.query_words().filter(|at| marked[*at]).count();
        if frequent as f64 >= FREQUENT * stretch.words as f64 {
            return Some(Rejected::Frequent);
        }
        let main = |body: &Body| stretch.words as f64 >= MAIN * body.len() as f64;
        if main(self.query.body) || main(source) {
            return None;
        }
        let least = u32::try_from(self.thresholds.common_stories).unwrap_or(u32::MAX);
        let deep = stretch.query_words().filter(|at| self.depth[*at] >= least).count();
        if (deep as f64) < CARRIED * stretch.words as f64 {
            return None;
        }
        let known = self.known.get(&ours).copied();
        let common = known.unwrap_or_else(|| {
            let found = self.is_common(&ours, None);
            self.known.insert(ours.clone(), found);
            found
        });
        common.then_some(Rejected::Commonplace)
    }

    /// Whether enough articles carry these words of the query that have nothing else in common, and none of them is
    /// about them; `but`: the key of an outlet whose articles do not count.
    fn is_common(&self, words: &Range<usize>, but: Option<&str>) -> bool {
        let mut stories: Vec<&Body> = Vec::new();
        let others = self.matches.iter();
        let others = others.filter(|(member, _)| Some(member.dossier.outlet.key.as_str()) != but);
        let carriers = others.filter_map(|(member, matched)| {
            let carried = matched.to_source[words.clone()].iter().filter(|at| **at > 0).count();
            (carried as f64 >= CARRIED * words.len() as f64).then_some((member.body, matched))
        });
        for (body, matched) in carriers.take(LOOKED_AT) {
            // Who shares much more with the query tells its story, of which the passage is a part.
            if matched.source_words as f64 >= MAIN * body.len() as f64 {
                return false;
            }
            let known = stories.iter().any(|other| {
                let beside = body.shared_seeds(other).saturating_sub(words.len());
                beside as f64 >= ONE_STORY * body.len().min(other.len()) as f64
            });
            if !known {
                stories.push(body);
            }
        }
        stories.len() >= self.thresholds.common_stories
    }
}
