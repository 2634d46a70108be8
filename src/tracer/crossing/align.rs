//! Monotone alignment of two stories' sentences: one to one, one to two, two to one, skips free.

use super::ratio::{length, ratio};
use super::sentence::Sentence;

/// A merged pair costs this, since it has more chances.
const MERGE_COST: f64 = 1.5;
/// Pairs below this are never part of an alignment.
const HOPELESS: f64 = -5.0;
/// A pair counts as found above this.
const FOUND: f64 = 1.0;
/// What a skipped sentence inside a stretch costs.
const GAP_COST: f64 = 2.5;

/// Sentences of the source (`source`) that became sentences of the query (`query`).
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    pub source: std::ops::Range<usize>,
    pub query: std::ops::Range<usize>,
    /// Log-likelihood ratio.
    pub score: f64,
}

/// The best stretch of an alignment.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Stretch {
    pub score: f64,
    /// Share of the query's characters inside it.
    pub of_query: f64,
    /// Share of its characters that are paired, on the source's and the query's side.
    pub source_density: f64,
    pub query_density: f64,
}

/// The alignment of a source's sentences with the query's.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Aligned {
    /// Sum of the pairs' ratios.
    pub score: f64,
    /// Shares of characters that are paired.
    pub of_query: f64,
    pub of_source: f64,
    pub hits: Vec<Hit>,
    pub best: Stretch,
    pub source_sentences: usize,
    pub query_sentences: usize,
}

/// Aligns; `expansion` is the usual log ratio of query to source length in characters.
pub fn align(source: &[Sentence], query: &[Sentence], expansion: f64) -> Aligned {
    let (score, moves) = table(source, query, expansion);
    let hits = follow(&moves, source.len(), query.len());
    let size = |side: &[Sentence]| side.iter().map(|s| s.length).sum::<usize>().max(1) as f64;
    let (source_size, query_size) = (size(source), size(query));
    let paired = |hits: &[Hit]| {
        let theirs: f64 = hits.iter().map(|hit| size(&source[hit.source.clone()])).sum();
        let ours: f64 = hits.iter().map(|hit| size(&query[hit.query.clone()])).sum();
        (theirs, ours)
    };
    let (theirs, ours) = paired(&hits);
    let mut best = Stretch::default();
    for first in 0..hits.len() {
        let mut sum = 0.0;
        for last in first..hits.len() {
            sum += hits[last].score;
            let inside = &hits[first..=last];
            let in_source = inside[0].source.start..hits[last].source.end;
            let in_query = inside[0].query.start..hits[last].query.end;
            let used: usize = inside.iter().map(|hit| hit.source.len() + hit.query.len()).sum();
            let total = sum - GAP_COST * (in_source.len() + in_query.len() - used) as f64;
            if total > best.score {
                let (theirs, ours) = paired(inside);
                let (in_source, in_query) = (size(&source[in_source]), size(&query[in_query]));
                best = Stretch {
                    score: total,
                    of_query: in_query / query_size,
                    source_density: theirs / in_source,
                    query_density: ours / in_query,
                };
            }
        }
    }
    Aligned {
        score,
        of_query: ours / query_size,
        of_source: theirs / source_size,
        hits,
        best,
        source_sentences: source.len(),
        query_sentences: query.len(),
    }
}

/// How the best alignment up to a pair of positions ends: sentences of source and query, and the
/// ratio where they are paired.
#[derive(Debug, Clone, Copy)]
struct Move {
    source: usize,
    query: usize,
    ratio: Option<f64>,
}

fn table(source: &[Sentence], query: &[Sentence], expansion: f64) -> (f64, Vec<Vec<Move>>) {
    let skip = Move { source: 1, query: 0, ratio: None };
    let mut best = vec![vec![0.0f64; query.len() + 1]; source.len() + 1];
    let mut moves = vec![vec![skip; query.len() + 1]; source.len() + 1];
    let chars = |side: &[Sentence]| side.iter().map(|sentence| sentence.length).sum::<usize>();
    for i in 1..=source.len() {
        for j in 1..=query.len() {
            let (mut value, mut step) = if best[i - 1][j] >= best[i][j - 1] {
                (best[i - 1][j], skip)
            } else {
                (best[i][j - 1], Move { source: 0, query: 1, ratio: None })
            };
            let single = ratio(&source[i - 1..i], &query[j - 1..j]);
            if single > HOPELESS {
                for (a, b) in [(1, 1), (1, 2), (2, 1)] {
                    if a > i || b > j {
                        continue;
                    }
                    let (theirs, ours) = (&source[i - a..i], &query[j - b..j]);
                    let words = if a == b { single } else { ratio(theirs, ours) - MERGE_COST };
                    let x = words + length(chars(theirs), chars(ours), expansion);
                    if best[i - a][j - b] + x > value {
                        value = best[i - a][j - b] + x;
                        step = Move { source: a, query: b, ratio: Some(x) };
                    }
                }
            }
            best[i][j] = value;
            moves[i][j] = step;
        }
    }
    (best[source.len()][query.len()], moves)
}

/// The pairs of the best alignment, in order.
fn follow(moves: &[Vec<Move>], source: usize, query: usize) -> Vec<Hit> {
    let (mut i, mut j) = (source, query);
    let mut hits = Vec::new();
    while i > 0 && j > 0 {
        let step = moves[i][j];
        if let Some(score) = step.ratio.filter(|&ratio| ratio > FOUND) {
            hits.push(Hit { source: i - step.source..i, query: j - step.query..j, score });
        }
        i -= step.source;
        j -= step.query;
    }
    hits.reverse();
    hits
}
