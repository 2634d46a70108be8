//! What every sentence of a source shares with every sentence of a query, found in one pass over the source's anchors.

use std::collections::HashMap;
use std::ops::Range;

use super::frequency::Frequencies;
use super::ratio::{NOTHING_SHARED, gain, log_kept};
use super::sentence::{Sentence, Weighed};
use crate::language::Hashed;

/// A query's sentences, and where each anchor stands in them.
#[derive(Debug, Clone, Default)]
pub struct Query {
    pub sentences: Vec<Sentence>,
    /// By key: where the anchor's entries in `entries` begin and end.
    places: HashMap<u64, (u32, u32), Hashed>,
    entries: Vec<Entry>,
}

/// An anchor of a query's sentence.
#[derive(Debug, Clone, Copy)]
struct Entry {
    key: u64,
    sentence: u32,
    anchor: u32,
    /// Log probability that a sentence of the query's language holds it by chance.
    log_chance: f64,
}

impl Query {
    /// `frequencies`: of the query's own language.
    pub fn new(sentences: Vec<Sentence>, frequencies: &Frequencies) -> Self {
        let mut entries: Vec<Entry> = Vec::new();
        for (sentence, read) in (0u32..).zip(&sentences) {
            for (anchor, weighed) in (0u32..).zip(&read.anchors) {
                let log_chance = frequencies.in_sentence(weighed.key, weighed.class).ln();
                entries.push(Entry { key: weighed.key, sentence, anchor, log_chance });
            }
        }
        entries.sort_by_key(|entry| entry.key);
        let mut places: HashMap<u64, (u32, u32), Hashed> = HashMap::default();
        for (at, entry) in (0u32..).zip(&entries) {
            places.entry(entry.key).or_insert((at, at)).1 = at + 1;
        }
        Self { sentences, places, entries }
    }

    fn holding(&self, key: u64) -> &[Entry] {
        let place = self.places.get(&key).map(|&(from, to)| from as usize..to as usize);
        place.and_then(|place| self.entries.get(place)).unwrap_or_default()
    }
}

/// An anchor that a sentence of the source and one of the query share; pairs are of source and query.
#[derive(Debug, Clone, Copy)]
struct Shared {
    key: u64,
    query_sentence: u32,
    anchors: (u32, u32),
    log_kept: (f64, f64),
    log_chance: (f64, f64),
    /// What the two would cost if they were missed.
    missed: f64,
}

/// The shared anchors of all pairs of sentences.
pub struct Grid<'s> {
    source: &'s [Sentence],
    query: &'s [Sentence],
    /// Row by row, in a row by the query's sentence, in a pair by key.
    shared: Vec<Shared>,
    /// Where each pair's anchors stand in `shared`.
    pairs: Vec<Range<usize>>,
}

impl<'s> Grid<'s> {
    /// `frequencies`: of the source's language.
    pub fn new(source: &'s [Sentence], query: &'s Query, frequencies: &Frequencies) -> Self {
        let mut shared: Vec<Shared> = Vec::new();
        let mut pairs = Vec::with_capacity(source.len() * query.sentences.len());
        for sentence in source {
            let row = shared.len();
            for (at, theirs) in (0u32..).zip(&sentence.anchors) {
                let entries = query.holding(theirs.key);
                if entries.is_empty() {
                    continue;
                }
                let chance = frequencies.in_sentence(theirs.key, theirs.class).ln();
                let kept = log_kept(theirs.class, theirs.weight);
                for entry in entries {
                    let read = &query.sentences[entry.sentence as usize];
                    let ours = &read.anchors[entry.anchor as usize];
                    shared.push(Shared {
                        key: theirs.key,
                        query_sentence: entry.sentence,
                        anchors: (at, entry.anchor),
                        log_kept: (kept, log_kept(ours.class, ours.weight)),
                        log_chance: (chance, entry.log_chance),
                        missed: theirs.missed + ours.missed,
                    });
                }
            }
            shared[row..].sort_by_key(|shared| shared.query_sentence);
            let mut from = row;
            for number in 0..query.sentences.len() {
                let is_mine = |s: &&Shared| s.query_sentence as usize == number;
                let to = from + shared[from..].iter().take_while(is_mine).count();
                pairs.push(from..to);
                from = to;
            }
        }
        Self { source, query: &query.sentences, shared, pairs }
    }

    fn of(&self, source: usize, query: usize) -> &[Shared] {
        let pair = self.pairs.get(source * self.query.len() + query).cloned();
        pair.and_then(|pair| self.shared.get(pair)).unwrap_or_default()
    }

    /// Log-likelihood ratio of one or two sentences against one or two others: derived from one another, or chance?
    pub fn ratio(&self, source: Range<usize>, query: Range<usize>) -> f64 {
        let merged = source.len() + query.len() > 2;
        if !merged && self.of(source.start, query.start).is_empty() {
            return NOTHING_SHARED;
        }
        let (theirs, ours) = (&self.source[source.clone()], &self.query[query.clone()]);
        let log_size = |side: &[Sentence]| side.iter().map(|s| s.size).sum::<f64>().ln();
        let (source_size, query_size) = (log_size(theirs), log_size(ours));
        let mut sum: f64 = theirs.iter().chain(ours).map(|sentence| sentence.missed).sum();
        let mut seen: Vec<u64> = Vec::new();
        let mut any = false;
        for at in source {
            for shared in query.clone().flat_map(|query| self.of(at, query)) {
                if merged {
                    if seen.contains(&shared.key) {
                        continue;
                    }
                    seen.push(shared.key);
                }
                any = true;
                sum += gain(shared.log_kept.0, shared.log_chance.1 + query_size)
                    + gain(shared.log_kept.1, shared.log_chance.0 + source_size)
                    - shared.missed;
            }
        }
        if any { sum } else { NOTHING_SHARED }
    }

    /// The anchors that a sentence of the source and one of the query share, each with the log of how likely chance
    /// would put them there: the lower, the more telling.
    pub fn anchors(
        &self,
        source: usize,
        query: usize,
    ) -> impl Iterator<Item = (&Weighed, &Weighed, f64)> {
        self.of(source, query).iter().filter_map(move |shared| {
            let theirs = self.source[source].anchors.get(shared.anchors.0 as usize)?;
            let ours = self.query[query].anchors.get(shared.anchors.1 as usize)?;
            Some((theirs, ours, shared.log_chance.0 + shared.log_chance.1))
        })
    }
}
