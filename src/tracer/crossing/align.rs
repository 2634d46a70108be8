//! Monotone alignment of two stories' sentences: one to one, one to two, two to one, skips free.

use std::ops::Range;

use super::grid::Grid;
use super::ratio::length;
use super::sentence::Sentence;

/// A merged pair costs this, since it has more chances.
const MERGE_COST: f64 = 1.5;
/// Pairs below this are never part of an alignment.
const HOPELESS: f64 = -5.0;
/// A pair counts as found above this.
const FOUND: f64 = 1.0;
/// What a stretch costs.
#[derive(Clone, Copy)]
struct Costs {
    /// For each sentence of either side that is skipped inside it.
    gap: f64,
    /// For each of the query's sentences in it.
    sentence: f64,
}

/// Of the whole article as a stretch.
const WHOLE: Costs = Costs { gap: 2.5, sentence: 0.0 };
/// Of a part of an article: chance pairs sentences at half of this and more, all the way through two reports of an event;
/// only what is worth more by itself makes a stretch longer.
const PART: Costs = Costs { gap: 4.0, sentence: 6.0 };

/// Sentences of the source (`source`) that became sentences of the query (`query`).
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    pub source: Range<usize>,
    pub query: Range<usize>,
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
    /// The query's sentences in it, and its pairs.
    pub sentences: usize,
    pub pairs: usize,
    /// Sum of its pairs' ratios, its costs not counted off.
    pub sum: f64,
}

impl Stretch {
    /// Log of what a sentence of the query brings in it.
    pub fn per_sentence(&self) -> f64 {
        (self.sum / self.sentences.max(1) as f64).max(0.0).ln_1p()
    }
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
    /// The part of the query that is densest in pairs.
    pub local: Stretch,
    pub source_sentences: usize,
    pub query_sentences: usize,
}

/// Aligns; `expansion` is the usual log ratio of query to source length in characters.
pub fn align(source: &[Sentence], query: &[Sentence], grid: &Grid, expansion: f64) -> Aligned {
    let (theirs, ours) = (Lengths::of(source), Lengths::of(query));
    let (score, hits) = Moves::best(&theirs, &ours, grid, expansion);
    let paired = |hits: &[Hit]| {
        let of_source: f64 = hits.iter().map(|hit| theirs.size(&hit.source)).sum();
        let of_query: f64 = hits.iter().map(|hit| ours.size(&hit.query)).sum();
        (of_source, of_query)
    };
    let (in_source, in_query) = paired(&hits);
    Aligned {
        score,
        of_query: in_query / ours.size(&(0..query.len())),
        of_source: in_source / theirs.size(&(0..source.len())),
        best: best_stretch(&hits, (&theirs, &ours), WHOLE),
        local: best_stretch(&hits, (&theirs, &ours), PART),
        hits,
        source_sentences: source.len(),
        query_sentences: query.len(),
    }
}

/// The stretch with the highest sum of ratios, its costs counted off.
fn best_stretch(hits: &[Hit], (theirs, ours): (&Lengths, &Lengths), costs: Costs) -> Stretch {
    let mut best = Stretch::default();
    for first in 0..hits.len() {
        let mut sum = 0.0;
        for last in first..hits.len() {
            sum += hits[last].score;
            let inside = &hits[first..=last];
            let in_source = inside[0].source.start..hits[last].source.end;
            let in_query = inside[0].query.start..hits[last].query.end;
            let used: usize = inside.iter().map(|hit| hit.source.len() + hit.query.len()).sum();
            let skipped = (in_source.len() + in_query.len() - used) as f64;
            let total = sum - costs.gap * skipped - costs.sentence * in_query.len() as f64;
            if total > best.score {
                let of_source: f64 = inside.iter().map(|hit| theirs.size(&hit.source)).sum();
                let of_query: f64 = inside.iter().map(|hit| ours.size(&hit.query)).sum();
                let sentences = in_query.len();
                let (in_source, in_query) = (theirs.size(&in_source), ours.size(&in_query));
                best = Stretch {
                    sentences,
                    pairs: inside.len(),
                    sum,
                    score: total,
                    of_query: in_query / ours.size(&(0..ours.len())),
                    source_density: of_source / in_source,
                    query_density: of_query / in_query,
                };
            }
        }
    }
    best
}

/// Characters up to each sentence.
struct Lengths(Vec<usize>);

impl Lengths {
    fn of(side: &[Sentence]) -> Self {
        let mut up_to = vec![0];
        let mut sum = 0;
        up_to.extend(side.iter().map(|sentence| {
            sum += sentence.length;
            sum
        }));
        Self(up_to)
    }

    fn len(&self) -> usize {
        self.0.len() - 1
    }

    fn chars(&self, range: &Range<usize>) -> usize {
        self.0[range.end] - self.0[range.start]
    }

    fn size(&self, range: &Range<usize>) -> f64 {
        self.chars(range).max(1) as f64
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

const SKIP_SOURCE: Move = Move { source: 1, query: 0, ratio: None };
const SKIP_QUERY: Move = Move { source: 0, query: 1, ratio: None };

/// The last moves to every pair of positions, row by row.
struct Moves {
    moves: Vec<Move>,
    columns: usize,
}

impl Moves {
    /// Score and pairs of the best alignment.
    fn best(theirs: &Lengths, ours: &Lengths, grid: &Grid, expansion: f64) -> (f64, Vec<Hit>) {
        let columns = ours.len() + 1;
        let mut best = vec![0.0f64; (theirs.len() + 1) * columns];
        let mut moves = Self { moves: vec![SKIP_SOURCE; best.len()], columns };
        for i in 1..=theirs.len() {
            for j in 1..=ours.len() {
                let at = i * columns + j;
                let (mut value, mut step) = if best[at - columns] >= best[at - 1] {
                    (best[at - columns], SKIP_SOURCE)
                } else {
                    (best[at - 1], SKIP_QUERY)
                };
                let single = grid.ratio(i - 1..i, j - 1..j);
                if single > HOPELESS {
                    for (a, b) in [(1, 1), (1, 2), (2, 1)] {
                        if a > i || b > j {
                            continue;
                        }
                        let (source, query) = (i - a..i, j - b..j);
                        let lengths = length(theirs.chars(&source), ours.chars(&query), expansion);
                        let words =
                            if a == b { single } else { grid.ratio(source, query) - MERGE_COST };
                        let total = best[(i - a) * columns + j - b] + words + lengths;
                        if total > value {
                            value = total;
                            step = Move { source: a, query: b, ratio: Some(words + lengths) };
                        }
                    }
                }
                best[at] = value;
                moves.moves[at] = step;
            }
        }
        let hits = moves.follow(theirs.len(), ours.len());
        (best.last().copied().unwrap_or_default(), hits)
    }

    /// The pairs of the best alignment, in order.
    fn follow(&self, source: usize, query: usize) -> Vec<Hit> {
        let (mut i, mut j) = (source, query);
        let mut hits = Vec::new();
        while i > 0 && j > 0 {
            let step = self.moves[i * self.columns + j];
            if let Some(score) = step.ratio.filter(|&ratio| ratio > FOUND) {
                hits.push(Hit { source: i - step.source..i, query: j - step.query..j, score });
            }
            i -= step.source;
            j -= step.query;
        }
        hits.reverse();
        hits
    }
}
