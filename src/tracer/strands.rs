//! Which source gave which part of an article.
//!
//! The tree names one parent for the article as a whole. What that parent does not explain is a group of spans
//! of its own: take the source that is the likeliest parent of it, subtract what it explains, repeat (the
//! `gather` of sourmash; Irber et al. 2022). Then every word goes to one of the sources found, with a cost for
//! switching between them (the Viterbi pass of passim; Smith, Cordell & Mullen 2015), and each strand is followed
//! through its source's own strands up to where it started.

use super::calibration::Edge;
use super::derivation::{features, is_issuer};
use super::lineage::Lineage;
use super::story::{Story, only};
use super::weights;

/// Words that only a further source gave, from which it counts as one.
pub const FURTHER_WORDS: usize = 40;
/// Words in a row below which what is left over is an edit, and no part of another source.
const ROW: usize = 12;
/// What going over to another source costs, in words.
const SWITCH: i64 = 8;
/// What a word costs that the source at hand has not.
const FOREIGN: i64 = 1;
/// Stations on one way; more is a loop that dates do not rule out.
const MAX_STATIONS: usize = 8;

/// A part of a member that came from one source.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Strand {
    /// The member that gave it.
    pub source: usize,
    /// Probability that it did, against the other members and "not on file", 0..1.
    pub confidence: f64,
    /// The tokens it gave.
    pub tokens: Vec<usize>,
}

/// A way that a part of the query took: its stations, nearest first, and the query's tokens that took it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Way {
    pub stations: Vec<(usize, f64)>,
    pub tokens: Vec<usize>,
}

/// The sources of a member, the tree's own parent first; none where its source is not on file.
pub fn strands(story: &Story, lineage: &Lineage, member: usize) -> Vec<Strand> {
    let sources = sources(story, lineage, member);
    let Some((main, _)) = sources.first().copied() else { return Vec::new() };
    let given = assign(story, member, &sources);
    let strands = sources.into_iter().zip(given);
    strands
        .map(|((source, edge), tokens)| Strand { source, confidence: edge.probability(), tokens })
        .filter(|strand| strand.source == main || strand.tokens.len() >= FURTHER_WORDS)
        .collect()
}

/// What the probability of a member's main source is made from.
pub fn main_edge(story: &Story, lineage: &Lineage, member: usize) -> Option<Edge> {
    sources(story, lineage, member).first().map(|(_, edge)| *edge)
}

/// The sources of a member, the tree's own parent first, and what the probability of each is made from.
fn sources(story: &Story, lineage: &Lineage, member: usize) -> Vec<(usize, Edge)> {
    let Some(parent) = lineage.parent[member] else { return Vec::new() };
    let mut sources = vec![(parent, lineage.edges[member])];
    let mut left = vec![true; story.members[member].body.len()];
    subtract(story, lineage, member, parent, &mut left);
    while let Some((source, edge)) = further(story, lineage, member, &left, &sources) {
        sources.push((source, edge));
        subtract(story, lineage, member, source, &mut left);
    }
    sources[0].1.share = main_share(lineage, member, &sources);
    sources
}

/// The share of the main source among the choices for its part: the sources of the other parts are no rivals of it.
fn main_share(lineage: &Lineage, member: usize, sources: &[(usize, Edge)]) -> f64 {
    let of_other_part =
        |parent: Option<usize>| sources[1..].iter().any(|(source, _)| Some(*source) == parent);
    let choices = lineage.choices(member).into_iter().filter(|(parent, _)| !of_other_part(*parent));
    let all: f64 = choices.map(|(_, share)| share).sum();
    let own = lineage.edges[member].share;
    if all > 0.0 { own / all } else { own }
}

/// Takes away what a source and its ancestors explain.
fn subtract(story: &Story, lineage: &Lineage, member: usize, source: usize, left: &mut [bool]) {
    let explained =
        lineage.ancestors(source).into_iter().fold(only(source), |set, at| set | only(at));
    for (left, has) in left.iter_mut().zip(&story.told[member].has) {
        *left &= has & explained == 0;
    }
}

/// The likeliest source of what is left, with what its probability is made from; the tree of this group of spans.
fn further(
    story: &Story,
    lineage: &Lineage,
    member: usize,
    left: &[bool],
    known: &[(usize, Edge)],
) -> Option<(usize, Edge)> {
    let has = &story.told[member].has;
    let count = |bits| in_rows((0..has.len()).filter(|&at| left[at] && has[at] & bits != 0)).len();
    let may_give = |other: &usize| {
        *other != member
            && story.not_later[member] & only(*other) != 0
            && known.iter().all(|(source, _)| source != other)
            && !lineage.ancestors(*other).contains(&member)
    };
    let group = count(!0).max(1);
    let weighed: Vec<(usize, f64)> = (0..story.members.len())
        .filter(may_give)
        .filter_map(|other| {
            let given = count(only(other));
            if given < FURTHER_WORDS {
                return None;
            }
            let mut figures = features(story, other, member, Some(left))?;
            figures.coverage = given as f64 / group as f64;
            Some((other, weights::derivation(&figures) + story.prior(other, member)))
        })
        .collect();
    let (best, log_odds) = *weighed.iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
    let unseen = lineage.unseen[member].exp();
    let total: f64 = unseen + weighed.iter().map(|(_, weight)| weight.exp()).sum::<f64>();
    let edge = Edge {
        share: log_odds.exp() / total,
        of_item: is_issuer(story.members[best].dossier),
        choices: weighed.len(),
        ..lineage.edges[member]
    };
    Some((best, edge))
}

/// Of ascending numbers, those that stand in rows of some length.
pub fn in_rows(tokens: impl Iterator<Item = usize>) -> Vec<usize> {
    let tokens: Vec<usize> = tokens.collect();
    let rows = tokens.chunk_by(|a, b| a + 1 == *b);
    rows.filter(|row| row.len() >= ROW).flatten().copied().collect()
}

/// For each source the tokens of the member that are best taken as its own.
fn assign(story: &Story, member: usize, sources: &[(usize, Edge)]) -> Vec<Vec<usize>> {
    let has = &story.told[member].has;
    let mut given = vec![Vec::new(); sources.len()];
    if let [(source, _)] = sources {
        given[0] = (0..has.len()).filter(|&at| has[at] & only(*source) != 0).collect();
        return given;
    }
    let path = viterbi(has.len(), sources.len(), |at, state| {
        if has[at] & only(sources[state].0) != 0 { 1 } else { -FOREIGN }
    });
    for (at, state) in path.into_iter().enumerate() {
        if has[at] & only(sources[state].0) != 0 {
            given[state].push(at);
        }
    }
    given
}

/// The best sequence of states under the gain of each and the cost of a switch; the first of equals.
fn viterbi(length: usize, states: usize, gain: impl Fn(usize, usize) -> i64) -> Vec<usize> {
    let mut score = vec![0i64; states];
    let mut came: Vec<Vec<usize>> = Vec::with_capacity(length);
    for at in 0..length {
        let best = (0..states).rev().max_by_key(|&state| score[state]).unwrap_or(0);
        let from: Vec<usize> = (0..states)
            .map(|state| if score[best] - SWITCH > score[state] { best } else { state })
            .collect();
        score = (0..states)
            .map(|state| {
                let cost = if from[state] == state { 0 } else { SWITCH };
                score[from[state]] - cost + gain(at, state)
            })
            .collect();
        came.push(from);
    }
    let mut state = (0..states).rev().max_by_key(|&state| score[state]).unwrap_or(0);
    let mut path = vec![0; length];
    for at in (0..length).rev() {
        path[at] = state;
        state = came[at][state];
    }
    path
}

/// The ways of all parts of a member, the one that most of its words took first.
pub fn ways(story: &Story, lineage: &Lineage, member: usize) -> Vec<Way> {
    let all: Vec<(usize, usize)> =
        (0..story.members[member].body.len()).map(|token| (token, token)).collect();
    let mut found = Vec::new();
    follow(&Walk { story, lineage }, member, &all, &mut Vec::new(), &mut found);
    found.sort_by_key(|way| std::cmp::Reverse(way.tokens.len()));
    found
}

/// What a walk up the strands goes over.
struct Walk<'a> {
    story: &'a Story<'a>,
    lineage: &'a Lineage,
}

/// Follows pairs of a query's token and the token of `member` that it is.
fn follow(
    walk: &Walk,
    member: usize,
    pairs: &[(usize, usize)],
    behind: &mut Vec<(usize, f64)>,
    found: &mut Vec<Way>,
) {
    let strands = if behind.len() < MAX_STATIONS {
        strands(walk.story, walk.lineage, member)
    } else {
        Vec::new()
    };
    let mut rest: Vec<(usize, usize)> = pairs.to_vec();
    let mut went_on = false;
    for (number, strand) in strands.iter().enumerate() {
        let seen = behind.iter().any(|(station, _)| *station == strand.source);
        let Some(shared) = walk.story.between(member, strand.source).filter(|_| !seen) else {
            continue;
        };
        let taken: Vec<(usize, usize)> = pairs
            .iter()
            .filter(|(_, token)| strand.tokens.binary_search(token).is_ok())
            .filter_map(|&(query, token)| {
                Some((query, (*shared.to.get(token)? as usize).checked_sub(1)?))
            })
            .collect();
        let enough = if number == 0 { 1 } else { FURTHER_WORDS };
        if taken.len() < enough {
            continue;
        }
        rest.retain(|(_, token)| strand.tokens.binary_search(token).is_err());
        behind.push((strand.source, strand.confidence));
        follow(walk, strand.source, &taken, behind, found);
        behind.pop();
        went_on = true;
    }
    let mut tokens: Vec<usize> = rest.into_iter().map(|(query, _)| query).collect();
    if went_on {
        tokens = in_rows(tokens.into_iter());
    }
    if behind.is_empty() || (went_on && tokens.len() < FURTHER_WORDS) {
        return;
    }
    found.push(Way { stations: behind.clone(), tokens });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_in_common_does_not_switch_the_source() {
        // The first half is of source 0, the second of 1, and one word of the first is in 1 only.
        let has =
            |at: usize, state: usize| if at == 20 { state == 1 } else { (at < 50) == (state == 0) };
        let path = viterbi(100, 2, |at, state| if has(at, state) { 1 } else { -FOREIGN });
        assert!(path[..50].iter().all(|state| *state == 0), "{path:?}");
        assert!(path[50..].iter().all(|state| *state == 1), "{path:?}");
    }

    #[test]
    fn where_two_sources_have_the_same_the_first_is_taken() {
        assert_eq!(viterbi(10, 2, |_, _| 1), vec![0; 10]);
        assert!(viterbi(0, 2, |_, _| 1).is_empty());
    }
}
