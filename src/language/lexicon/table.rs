//! One language's words and their meanings, looked up both ways.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};

use xxhash_rust::xxh3::xxh3_64;

use super::layer::{Draft, Layer};
use crate::language::anchor_keys::meaning_key;
use crate::language::anchors::{is_hyphen, is_unspaced_language};
use crate::language::stem;

/// Words of a translation that may stand together and still be one meaning.
const MAX_ENGLISH_WORDS: usize = 3;

/// Words and meanings of one language, a layer a source.
#[derive(Debug, Clone, Default)]
pub struct Table {
    layers: Vec<Layer>,
    draft: Draft,
    mark: u64,
}

impl Table {
    /// Adds an entry: a word of the language, and English that translates it.
    pub fn add(&mut self, language: &str, word: &str, english: &str) {
        let mut known = HashMap::new();
        enter(&mut self.draft, (language, word, english), &mut known);
    }

    /// Adds what a source has, behind what was added before.
    pub fn add_layer(&mut self, layer: Layer) {
        self.finish_layer();
        self.layers.push(layer);
    }

    /// What was added one by one since the last layer becomes a layer of its own.
    pub fn finish_layer(&mut self) {
        if !self.draft.is_empty() {
            self.layers.push(self.draft.settle());
        }
    }

    /// To be called when all is added.
    pub fn settle(&mut self) {
        static MARKS: AtomicU64 = AtomicU64::new(1);
        self.finish_layer();
        self.mark = MARKS.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    /// Keys of what a word means, the most often given first, over all sources.
    pub fn meanings(&self, word: &str) -> Vec<u64> {
        let hash = xxh3_64(word.as_bytes());
        let mut found: Vec<(u64, u32)> = Vec::new();
        for layer in &self.layers {
            for (meaning, times) in layer.meanings(hash) {
                match found.iter_mut().find(|(known, _)| *known == meaning) {
                    Some((_, sum)) => *sum += times,
                    None => found.push((meaning, times)),
                }
            }
        }
        found.sort_by_key(|&(_, times)| std::cmp::Reverse(times));
        found.into_iter().map(|(meaning, _)| meaning).collect()
    }

    /// Whether any source has the word.
    pub fn has(&self, word: &str) -> bool {
        let hash = xxh3_64(word.as_bytes());
        self.layers.iter().any(|layer| layer.has(hash))
    }

    /// What an article's index has of the words with this meaning, each once; those of the first source, which news
    /// uses, come first: a large dictionary has hundreds, most of them rare.
    pub fn indexed(&self, meaning: u64, most: usize) -> Vec<u64> {
        let mut found: Vec<u64> = Vec::new();
        for hash in self.layers.iter().flat_map(|layer| layer.indexed(meaning)) {
            if found.len() >= most {
                break;
            }
            if !found.contains(&hash) {
                found.push(hash);
            }
        }
        found
    }

    /// What tells this table from any other of the process; 0 for an empty one.
    pub fn mark(&self) -> u64 {
        self.mark
    }

    /// How many words its sources have, one after the other.
    pub fn sizes(&self) -> Vec<usize> {
        self.layers.iter().map(Layer::len).collect()
    }

    pub fn is_empty(&self) -> bool {
        self.layers.is_empty()
    }
}

/// Enters a word of a language and English that translates it, unless it is a phrase, grammar or explanation. `known`
/// keeps the stems of what was translated before.
pub(super) fn enter<'e>(
    draft: &mut Draft,
    (language, word, english): (&str, &str, &'e str),
    known: &mut HashMap<&'e str, Vec<u64>>,
) {
    let word = word.trim();
    if word.is_empty() || word.contains(' ') {
        return;
    }
    let meanings = known.entry(english).or_insert_with(|| english_meanings(english));
    if meanings.is_empty() || meanings.len() > MAX_ENGLISH_WORDS {
        return;
    }
    let unspaced = is_unspaced_language(language);
    let head = if unspaced { word.to_owned() } else { stem(language, word) };
    // Greek endings alone have no stem.
    if head.is_empty() {
        return;
    }
    let hash = xxh3_64(head.as_bytes());
    let indexed = match indexed(language, word, unspaced) {
        Some(part) => xxh3_64(part.as_bytes()),
        None => hash,
    };
    draft.count(hash, indexed, meanings.iter().copied());
}

/// What an article's index has of a word where that is not its stem: of a word of an unspaced text its first two
/// characters, of a hyphenated one the stem of its longest part.
fn indexed(language: &str, word: &str, unspaced: bool) -> Option<String> {
    if unspaced {
        return word.char_indices().nth(2).map(|(second, _)| word[..second].to_owned());
    }
    let part = word.split(is_hyphen).max_by_key(|part| part.chars().count())?;
    (part.len() < word.len()).then(|| stem(language, part))
}

/// The meaning of a translation that is one word of English.
pub(super) fn only_meaning(english: &str) -> Option<u64> {
    let english = english.to_lowercase();
    let mut words = content_words(&english);
    let word = words.next()?;
    words.next().is_none().then(|| meaning_key(&stem("en", word)))
}

fn english_meanings(english: &str) -> Vec<u64> {
    content_words(&english.to_lowercase()).map(|word| meaning_key(&stem("en", word))).collect()
}

fn content_words(english: &str) -> impl Iterator<Item = &str> {
    let words = english.split(|c: char| !c.is_ascii_alphabetic());
    words.filter(|word| word.len() > 2 && !is_filler(word))
}

/// Words of dictionary English that are grammar, not meaning.
fn is_filler(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "the",
        "for",
        "and",
        "are",
        "was",
        "that",
        "this",
        "with",
        "from",
        "not",
        "one",
        "sth",
        "somebody",
        "something",
        "someone",
        "out",
        "off",
        "over",
        "into",
        "about",
        "have",
        "make",
        "get",
        "take",
        "come",
        "very",
        "more",
        "most",
        "than",
        "also",
        "all",
        "any",
        "some",
        "adj",
        "adv",
    ];
    WORDS.contains(&word)
}
