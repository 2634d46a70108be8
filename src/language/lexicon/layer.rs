//! The words and meanings of one source as sorted arrays of hashes: kept on disk as they stand in memory, and looked up
//! without a map being built.

use std::collections::HashMap;

use crate::language::Hashed;

/// How often a meaning is given for a word, at most.
const MOST_TIMES: u32 = 255;
/// Meanings of one word that are kept, the most often given first.
const MAX_MEANINGS: usize = 16;
/// Numbers in front of the arrays: how long they are.
const LENGTHS: usize = 4;

/// One source's part of a language's table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layer {
    /// Hashes of the words, ascending.
    words: Sorted,
    /// Where each word's meanings begin in `given`, and the end.
    starts: Vec<u32>,
    /// Places in `meanings`, a word's most often given first.
    given: Vec<u32>,
    /// How often each is given.
    times: Vec<u8>,
    /// Keys of the meanings, ascending.
    meanings: Sorted,
    /// Where each meaning's words begin in `had_by`, and the end.
    heads: Vec<u32>,
    /// Places in `words`, those for which it is the first meaning first, then in the order of the source.
    had_by: Vec<u32>,
    /// For each word the hash that an article's index has of it; empty where that is the word's own.
    indexed: Vec<u64>,
}

/// Ascending hashes with a table of where each first byte or two begin.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Sorted {
    hashes: Vec<u64>,
    /// By the uppermost bits.
    begins: Vec<u32>,
    shift: u32,
}

impl Sorted {
    fn new(hashes: Vec<u64>) -> Self {
        let bits = usize::BITS - hashes.len().leading_zeros();
        let shift = 64 - bits.clamp(1, 20);
        let mut begins = vec![0u32; (1usize << (64 - shift)) + 1];
        for hash in &hashes {
            begins[usize::try_from(hash >> shift).unwrap_or_default() + 1] += 1;
        }
        let mut sum = 0;
        for begin in &mut begins {
            sum += *begin;
            *begin = sum;
        }
        Self { hashes, begins, shift }
    }

    fn find(&self, hash: u64) -> Option<usize> {
        let bucket = usize::try_from(hash.checked_shr(self.shift)?).ok()?;
        let from = *self.begins.get(bucket)? as usize;
        let to = *self.begins.get(bucket + 1)? as usize;
        let found = self.hashes.get(from..to)?.iter().position(|&held| held == hash)?;
        Some(from + found)
    }
}

impl Layer {
    /// The meanings of a word with how often each is given, the most often given first.
    pub fn meanings(&self, word: u64) -> impl Iterator<Item = (u64, u32)> + '_ {
        let range = self.words.find(word).and_then(|at| between(&self.starts, at));
        let range = range.unwrap_or_default();
        let given = self.given.get(range.clone()).unwrap_or_default();
        let times = self.times.get(range).unwrap_or_default();
        given.iter().zip(times).filter_map(|(&place, &times)| {
            Some((*self.meanings.hashes.get(place as usize)?, u32::from(times)))
        })
    }

    pub fn has(&self, word: u64) -> bool {
        self.words.find(word).is_some()
    }

    /// What an article's index has of the words with a meaning: hashes of stems, or of what stands for them.
    pub fn indexed(&self, meaning: u64) -> impl Iterator<Item = u64> + '_ {
        let range = self.meanings.find(meaning).and_then(|at| between(&self.heads, at));
        let places = range.and_then(|range| self.had_by.get(range)).unwrap_or_default();
        let hashes = if self.indexed.is_empty() { &self.words.hashes } else { &self.indexed };
        places.iter().filter_map(move |&place| hashes.get(place as usize).copied())
    }

    pub fn is_empty(&self) -> bool {
        self.words.hashes.is_empty()
    }

    /// How many words it has.
    pub fn len(&self) -> usize {
        self.words.hashes.len()
    }

    /// The kept form: lengths, then the arrays, all numbers little-endian.
    pub fn to_bytes(&self) -> Vec<u8> {
        let lengths = [
            self.words.hashes.len(),
            self.given.len(),
            self.meanings.hashes.len(),
            self.indexed.len(),
        ];
        let mut bytes = Vec::new();
        for length in lengths {
            bytes.extend((length as u64).to_le_bytes());
        }
        for hash in self.words.hashes.iter().chain(&self.meanings.hashes).chain(&self.indexed) {
            bytes.extend(hash.to_le_bytes());
        }
        for number in [&self.starts, &self.given, &self.heads, &self.had_by].into_iter().flatten() {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend(&self.times);
        bytes
    }

    /// `None` where the bytes are not of this form.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let lengths = hashes(&mut rest, LENGTHS)?;
        let mut lengths = lengths.iter().map(|&length| usize::try_from(length).ok());
        let (words, given) = (lengths.next()??, lengths.next()??);
        let (meanings, indexed) = (lengths.next()??, lengths.next()??);
        let layer = Self {
            words: Sorted::new(hashes(&mut rest, words)?),
            meanings: Sorted::new(hashes(&mut rest, meanings)?),
            indexed: hashes(&mut rest, indexed)?,
            starts: numbers(&mut rest, words.checked_add(1)?)?,
            given: numbers(&mut rest, given)?,
            heads: numbers(&mut rest, meanings.checked_add(1)?)?,
            had_by: numbers(&mut rest, given)?,
            times: rest.to_vec(),
        };
        (layer.times.len() == given).then_some(layer)
    }
}

fn between(starts: &[u32], at: usize) -> Option<std::ops::Range<usize>> {
    Some(*starts.get(at)? as usize..*starts.get(at + 1)? as usize)
}

fn hashes(rest: &mut &[u8], count: usize) -> Option<Vec<u64>> {
    let (mine, others) = rest.split_at_checked(count.checked_mul(8)?)?;
    *rest = others;
    let read = mine.as_chunks::<8>().0;
    Some(read.iter().map(|bytes| u64::from_le_bytes(*bytes)).collect())
}

fn numbers(rest: &mut &[u8], count: usize) -> Option<Vec<u32>> {
    let (mine, others) = rest.split_at_checked(count.checked_mul(4)?)?;
    *rest = others;
    let read = mine.as_chunks::<4>().0;
    Some(read.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect())
}

/// A layer in the making.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    places: HashMap<u64, usize, Hashed>,
    words: Vec<Drafted>,
}

#[derive(Debug, Clone)]
struct Drafted {
    word: u64,
    indexed: u64,
    /// Meanings with how often each was given.
    given: Vec<(u64, u32)>,
}

impl Draft {
    /// Counts meanings of a word; `indexed` is the hash that an article's index has of it.
    pub fn count(&mut self, word: u64, indexed: u64, meanings: impl Iterator<Item = u64>) {
        let at = *self.places.entry(word).or_insert_with(|| {
            self.words.push(Drafted { word, indexed, given: Vec::new() });
            self.words.len() - 1
        });
        let Some(drafted) = self.words.get_mut(at) else { return };
        for meaning in meanings {
            match drafted.given.iter_mut().find(|(known, _)| *known == meaning) {
                Some((_, times)) => *times += 1,
                None => drafted.given.push((meaning, 1)),
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The layer, and the draft empty again.
    pub fn settle(&mut self) -> Layer {
        self.places.clear();
        let mut words = std::mem::take(&mut self.words);
        for drafted in &mut words {
            drafted.given.sort_by_key(|&(_, times)| std::cmp::Reverse(times));
            drafted.given.truncate(MAX_MEANINGS);
        }
        let mut keys: Vec<u64> = words.iter().flat_map(|w| w.given.iter().map(|g| g.0)).collect();
        keys.sort_unstable();
        keys.dedup();
        let meanings = Sorted::new(keys);
        let place = |meaning: u64| count(meanings.find(meaning).unwrap_or_default());
        // Whose meaning it is, its place among the word's meanings, and the word's in the source.
        let mut had: Vec<(u32, usize, usize)> = Vec::new();
        for (order, drafted) in words.iter().enumerate() {
            let ranked = drafted.given.iter().enumerate();
            had.extend(ranked.map(|(rank, given)| (place(given.0), rank, order)));
        }
        had.sort_unstable();
        let mut sorted: Vec<usize> = (0..words.len()).collect();
        sorted.sort_unstable_by_key(|&order| words[order].word);
        let mut place_of = vec![0u32; words.len()];
        for (at, &order) in sorted.iter().enumerate() {
            place_of[order] = count(at);
        }
        let mut layer = Self::of_words(&words, &sorted, &place);
        layer.had_by = had.iter().map(|&(_, _, order)| place_of[order]).collect();
        layer.heads = starts(meanings.hashes.len(), had.iter().map(|&(meaning, _, _)| meaning));
        layer.meanings = meanings;
        layer
    }

    /// The half of a layer that leads from words to meanings.
    fn of_words(words: &[Drafted], sorted: &[usize], place: &dyn Fn(u64) -> u32) -> Layer {
        let mut layer = Layer { starts: vec![0], ..Layer::default() };
        for &order in sorted {
            let drafted = &words[order];
            for &(meaning, times) in &drafted.given {
                layer.given.push(place(meaning));
                layer.times.push(u8::try_from(times.min(MOST_TIMES)).unwrap_or(u8::MAX));
            }
            layer.starts.push(count(layer.given.len()));
        }
        let hashes: Vec<u64> = sorted.iter().map(|&order| words[order].word).collect();
        let indexed: Vec<u64> = sorted.iter().map(|&order| words[order].indexed).collect();
        layer.indexed = if indexed == hashes { Vec::new() } else { indexed };
        layer.words = Sorted::new(hashes);
        layer
    }
}

/// Where each of `count` owners' entries begin, and the end; `owners` ascending.
fn starts(owners: usize, of: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut starts = vec![0u32; owners + 1];
    for owner in of {
        starts[owner as usize + 1] += 1;
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    starts
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn layer(given: &[(u64, u64)]) -> Layer {
        let mut draft = Draft::default();
        for &(word, meaning) in given {
            draft.count(word, word, std::iter::once(meaning));
        }
        draft.settle()
    }

    #[test]
    fn the_most_often_given_meaning_and_the_word_that_mostly_means_it_come_first() {
        let layer = layer(&[(7, 1), (7, 2), (7, 2), (u64::MAX, 1)]);
        assert_eq!(layer.meanings(7).collect::<Vec<_>>(), [(2, 2), (1, 1)]);
        assert_eq!(layer.indexed(1).collect::<Vec<_>>(), [u64::MAX, 7]);
        assert!(layer.meanings(3).next().is_none() && !layer.has(3) && layer.has(7));
    }

    #[test]
    fn an_empty_layer_has_nothing() {
        assert_eq!(Layer::default().meanings(0).count(), 0);
        assert_eq!(layer(&[]).indexed(9).count(), 0);
    }

    proptest! {
        #[test]
        fn what_is_kept_is_what_was_made(given in prop::collection::vec((any::<u64>(), 0u64..50), 0..80)) {
            let made = layer(&given);
            let kept = Layer::from_bytes(&made.to_bytes());
            prop_assert_eq!(kept.as_ref(), Some(&made));
            for (word, meaning) in given {
                prop_assert!(made.meanings(word).any(|(held, _)| held == meaning));
                prop_assert!(made.indexed(meaning).any(|held| held == word));
            }
        }

        #[test]
        fn no_bytes_bring_it_down(bytes in prop::collection::vec(any::<u8>(), 0..300), word in any::<u64>()) {
            if let Some(layer) = Layer::from_bytes(&bytes) {
                let _ = (layer.meanings(word).count(), layer.indexed(word).count());
            }
        }
    }
}
