//! Word alignment of two stories: seed, extend, chain.
//!
//! Runs of the same words are found from shared seeds and extended as far as they go. Runs that
//! follow one another closely in both texts are chained into stretches, wherever these stand, so
//! that moved, merged and split paragraphs, and dropped, changed and inserted words, are no obstacle.
//! After Smith & Cordell's passim and the chaining of Li's minimap2 (2018); tiles do not overlap, as
//! in Wise's greedy string tiling (1993).

use std::collections::HashMap;
use std::ops::Range;

use super::body::Body;
use super::edges::edges;
use super::rejected::{LeftStretch, Rejected, rejection};
use crate::model::{Alignment, ParagraphMatch, Relation, Span, Thresholds};

/// Words that may stand between two runs of one stretch, in either text.
const MAX_GAP: usize = 16;
/// What a word of gap costs, in matched words.
const GAP_COST: f64 = 0.2;
/// Occurrences of one seed that are followed; more are a refrain, and its neighbours decide.
const MAX_OCCURRENCES: usize = 12;
/// Share of a paragraph's words from which it is nearly the same.
const NEAR_SCORE: f64 = 0.7;

/// A run of the same words: where it begins in query and source, and its length in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub query: usize,
    pub source: usize,
    pub length: usize,
}

/// Runs that follow one another in both texts.
#[derive(Debug, Clone, Default)]
pub struct Stretch {
    pub(super) runs: Vec<Run>,
    /// Same words in it.
    pub words: usize,
    /// Words that it goes on for at either end, past a changed word, in runs too short for a seed.
    edges: usize,
}

impl Stretch {
    /// The query's tokens that are in it, gaps left out.
    pub(super) fn query_words(&self) -> impl Iterator<Item = usize> + '_ {
        self.runs.iter().flat_map(|run| run.query..run.query + run.length)
    }

    /// Its token ranges in query and source, gaps included.
    pub(super) fn extent(&self) -> Option<(Range<usize>, Range<usize>)> {
        let (first, last) = (self.runs.first()?, self.runs.last()?);
        Some((first.query..last.query + last.length, first.source..last.source + last.length))
    }
}

/// Two stories aligned, on token positions.
#[derive(Debug, Clone, Default)]
pub struct Matched {
    pub stretches: Vec<Stretch>,
    /// For each token of the query, the source's token plus one; 0 where none.
    pub to_source: Vec<u32>,
    /// Tokens of the source that are matched.
    pub source_words: usize,
    /// Stretches that would be copy, but for what they are.
    pub rejected: Vec<LeftStretch>,
}

impl Matched {
    /// Query tokens that are matched.
    pub fn words(&self) -> usize {
        self.to_source.iter().filter(|&&at| at > 0).count()
    }

    /// Token ranges of each stretch in query and source, gaps included.
    pub fn extents(&self) -> impl Iterator<Item = (Range<usize>, Range<usize>)> + '_ {
        self.stretches.iter().filter_map(Stretch::extent)
    }

    /// Takes out the stretches for which there is a reason, in their order.
    pub(super) fn leave_out(&mut self, reasons: &[Option<Rejected>]) {
        let mut reasons = reasons.iter().copied();
        let mut left = Vec::new();
        let (to_source, source_words) = (&mut self.to_source, &mut self.source_words);
        self.stretches.retain(|stretch| {
            let Some(why) = reasons.next().flatten() else { return true };
            for word in stretch.query_words() {
                to_source[word] = 0;
            }
            *source_words -= stretch.words;
            left.extend(LeftStretch::of(stretch, why));
            false
        });
        self.rejected.append(&mut left);
    }

    /// The same seen from the source, which has `length` tokens.
    fn turned(mut self, length: usize) -> Self {
        let mut to_source = vec![0; length];
        for (query, &source) in (1u32..).zip(&self.to_source) {
            if let Some(token) =
                (source as usize).checked_sub(1).and_then(|at| to_source.get_mut(at))
            {
                *token = query;
            }
        }
        for run in self.stretches.iter_mut().flat_map(|stretch| &mut stretch.runs) {
            std::mem::swap(&mut run.query, &mut run.source);
        }
        self.stretches.sort_by_key(|stretch| stretch.runs.first().map(|run| run.query));
        for left in &mut self.rejected {
            std::mem::swap(&mut left.query, &mut left.source);
        }
        let (stretches, rejected) = (self.stretches, self.rejected);
        Self {
            source_words: self.to_source.iter().filter(|&&at| at > 0).count(),
            stretches,
            to_source,
            rejected,
        }
    }

    /// Words of the query in the longest stretch, those changed inside it counted.
    pub fn longest_stretch(&self) -> usize {
        let length = |stretch: &Stretch| stretch.extent().map(|(q, _)| q.len() + stretch.edges);
        self.stretches.iter().filter_map(length).max().unwrap_or(0)
    }
}

/// Aligns two stories on their words: the same from both sides.
pub fn align(query: &Body, source: &Body, thresholds: &Thresholds) -> Matched {
    // Where two chains are as good as one another, the first wins: which text comes first must not be the caller's.
    if query.comes_before(source) {
        aligned(query, source, thresholds)
    } else {
        aligned(source, query, thresholds).turned(query.len())
    }
}

fn aligned(query: &Body, source: &Body, thresholds: &Thresholds) -> Matched {
    let mut matched = Matched { to_source: vec![0; query.len()], ..Matched::default() };
    let mut taken = vec![false; source.len()];
    for chain in chains(&runs(query, source)) {
        let mut stretch = settle(&chain, &matched.to_source, &taken);
        if !is_long_and_dense(&stretch, thresholds) {
            continue;
        }
        if let Some(why) = rejection(&stretch, query, source, thresholds) {
            matched.rejected.extend(LeftStretch::of(&stretch, why));
            continue;
        }
        for run in &stretch.runs {
            for step in 0..run.length {
                matched.to_source[run.query + step] =
                    u32::try_from(run.source + step + 1).unwrap_or(u32::MAX);
                taken[run.source + step] = true;
            }
        }
        stretch.edges = edges(&stretch, query, source);
        matched.stretches.push(stretch);
    }
    matched.source_words = taken.iter().filter(|taken| **taken).count();
    matched.stretches.sort_by_key(|stretch| stretch.runs.first().map(|run| run.query));
    matched
}

/// All maximal runs of at least a seed's length, in the query's order.
fn runs(query: &Body, source: &Body) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut reached: HashMap<isize, usize> = HashMap::new();
    for (seed, at) in source.seeds() {
        let at = at as usize;
        for start in query.seed_positions(seed).take(MAX_OCCURRENCES) {
            let diagonal = at.cast_signed() - start.cast_signed();
            if reached.get(&diagonal).is_some_and(|&end| start < end) {
                continue;
            }
            let same = query.tokens[start..]
                .iter()
                .zip(&source.tokens[at..])
                .take_while(|(a, b)| a.hash == b.hash)
                .count();
            reached.insert(diagonal, start + same);
            runs.push(Run { query: start, source: at, length: same });
        }
    }
    runs.sort_unstable_by_key(|run| (run.query, run.source));
    runs
}

/// Chains of runs, those with the most words less the cost of their gaps first; a run is in one only.
fn chains(runs: &[Run]) -> Vec<Vec<Run>> {
    let longest = runs.iter().map(|run| run.length).max().unwrap_or(0);
    let mut score: Vec<f64> = Vec::with_capacity(runs.len());
    let mut before: Vec<Option<usize>> = Vec::with_capacity(runs.len());
    let mut first = 0;
    for (at, run) in runs.iter().enumerate() {
        while runs[first].query + longest + MAX_GAP < run.query {
            first += 1;
        }
        let (mut best, mut link) = (run.length as f64, None);
        for earlier in first..at {
            if let Some(gain) = gain(&runs[earlier], run)
                && score[earlier] + gain > best
            {
                (best, link) = (score[earlier] + gain, Some(earlier));
            }
        }
        score.push(best);
        before.push(link);
    }
    let mut ends: Vec<usize> = (0..runs.len()).collect();
    ends.sort_by(|&a, &b| score[b].total_cmp(&score[a]).then(a.cmp(&b)));
    let mut used = vec![false; runs.len()];
    let mut chains = Vec::new();
    for end in ends {
        let mut chain = Vec::new();
        let mut next = Some(end);
        while let Some(at) = next.filter(|&at| !used[at]) {
            used[at] = true;
            chain.push(runs[at]);
            next = before[at];
        }
        if !chain.is_empty() {
            chain.reverse();
            chains.push(chain);
        }
    }
    chains
}

/// What a run adds to a chain that ends in `earlier`; `None` where it does not follow it.
fn gain(earlier: &Run, run: &Run) -> Option<f64> {
    let overlap = (earlier.query + earlier.length)
        .saturating_sub(run.query)
        .max((earlier.source + earlier.length).saturating_sub(run.source));
    if run.source <= earlier.source || overlap >= run.length {
        return None;
    }
    let gap = run
        .query
        .saturating_sub(earlier.query + earlier.length)
        .max(run.source.saturating_sub(earlier.source + earlier.length));
    (gap <= MAX_GAP).then(|| (run.length - overlap) as f64 - GAP_COST * gap as f64)
}

/// A chain without the words that it shares with itself or that are matched already.
fn settle(chain: &[Run], to_source: &[u32], taken: &[bool]) -> Stretch {
    let mut stretch = Stretch::default();
    let (mut query_end, mut source_end) = (0, 0);
    for run in chain {
        let skip = query_end.max(run.query) - run.query;
        let skip = skip.max(source_end.max(run.source) - run.source);
        let mut open: Option<Run> = None;
        for step in skip.min(run.length)..run.length {
            let (query, source) = (run.query + step, run.source + step);
            if to_source[query] > 0 || taken[source] {
                stretch.runs.extend(open.take());
            } else if let Some(run) = &mut open {
                run.length += 1;
            } else {
                open = Some(Run { query, source, length: 1 });
            }
        }
        stretch.runs.extend(open);
        query_end = query_end.max(run.query + run.length);
        source_end = source_end.max(run.source + run.length);
    }
    stretch.words = stretch.runs.iter().map(|run| run.length).sum();
    stretch
}

/// Whether a stretch is no phrase and no chance.
fn is_long_and_dense(stretch: &Stretch, thresholds: &Thresholds) -> bool {
    let Some((query, source)) = stretch.extent() else { return false };
    let longest = stretch.runs.iter().map(|run| run.length).max().unwrap_or(0);
    longest >= thresholds.min_run_words
        && stretch.words >= thresholds.min_stretch_words
        && stretch.words as f64 / query.len().max(source.len()) as f64 >= thresholds.min_density
}

/// The alignment on the texts themselves: spans by paragraph with byte offsets, and shares.
pub fn report(query: &Body, source: &Body, matched: &Matched) -> Alignment {
    let spans = spans(query, source, &matched.to_source);
    let words = matched.words();
    let extent: usize = matched.extents().map(|(query, _)| query.len()).sum();
    Alignment {
        paragraphs: paragraphs(query, source, matched),
        copied: share(words, query.len()),
        of_source: share(matched.source_words, source.len()),
        density: share(words, extent.max(words)),
        words,
        spans,
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Maximal runs within one paragraph of each text.
fn spans(query: &Body, source: &Body, to_source: &[u32]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut last: Option<usize> = None;
    for (token, &at) in query.tokens.iter().zip(to_source) {
        let Some(at) = (at as usize).checked_sub(1) else {
            last = None;
            continue;
        };
        let (ours, theirs) = (token, &source.tokens[at]);
        match spans.last_mut() {
            Some(span)
                if last == at.checked_sub(1)
                    && last.is_some()
                    && span.query_paragraph == ours.paragraph as usize
                    && span.source_paragraph == theirs.paragraph as usize =>
            {
                span.query.1 = ours.end as usize;
                span.source.1 = theirs.end as usize;
                span.words += 1;
            }
            _ => spans.push(Span {
                query_paragraph: ours.paragraph as usize,
                source_paragraph: theirs.paragraph as usize,
                query: (ours.start as usize, ours.end as usize),
                source: (theirs.start as usize, theirs.end as usize),
                words: 1,
            }),
        }
        last = Some(at);
    }
    spans
}

/// For each paragraph of the query the source's paragraph that gave most of it.
fn paragraphs(query: &Body, source: &Body, matched: &Matched) -> Vec<ParagraphMatch> {
    let mut found = Vec::new();
    for (number, range) in query.paragraphs.iter().enumerate() {
        let mut given: HashMap<u32, usize> = HashMap::new();
        for &at in &matched.to_source[range.clone()] {
            if let Some(at) = (at as usize).checked_sub(1) {
                *given.entry(source.tokens[at].paragraph).or_default() += 1;
            }
        }
        let words: usize = given.values().sum();
        let Some((&most, _)) =
            given.iter().max_by_key(|&(number, words)| (*words, std::cmp::Reverse(*number)))
        else {
            continue;
        };
        let score = share(words, range.len());
        let theirs = source.paragraphs.get(most as usize).map_or(0, ExactSizeIterator::len);
        let relation = if words == range.len() && given.len() == 1 && theirs == words {
            Relation::Exact
        } else if score >= NEAR_SCORE {
            Relation::Near
        } else {
            Relation::Partial
        };
        found.push(ParagraphMatch {
            query: number,
            source: most as usize,
            relation,
            score,
            anchors: Vec::new(),
        });
    }
    found
}
