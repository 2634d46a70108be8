//! One language's words and their meanings, looked up both ways.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::language::anchor_keys::meaning_key;
use crate::language::anchors::is_unspaced_language;
use crate::language::stem;

/// Words of a translation that may stand together and still be one meaning.
const MAX_ENGLISH_WORDS: usize = 3;

/// Words and meanings of one language.
#[derive(Debug, Clone, Default)]
pub struct Table {
    counts: HashMap<Arc<str>, Vec<(u64, u32)>>,
    by_word: HashMap<Arc<str>, Vec<u64>>,
    by_meaning: HashMap<u64, Vec<Arc<str>>>,
    mark: u64,
}

impl Table {
    /// Adds an entry: a word of the language, and English that translates it.
    pub fn add(&mut self, language: &str, word: &str, english: &str) {
        let word = word.trim();
        if word.is_empty() || word.contains(' ') {
            return;
        }
        let head: Arc<str> =
            if is_unspaced_language(language) { word.into() } else { stem(language, word).into() };
        let stems = english_keys(english);
        if stems.is_empty() || stems.len() > MAX_ENGLISH_WORDS {
            return;
        }
        let counts = self.counts.entry(head).or_default();
        for key in stems {
            match counts.iter_mut().find(|(known, _)| *known == key) {
                Some((_, count)) => *count += 1,
                None => counts.push((key, 1)),
            }
        }
    }

    /// Orders each word's meanings, the most often given first.
    pub fn settle(&mut self) {
        static MARKS: AtomicU64 = AtomicU64::new(1);
        self.mark = MARKS.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        for (word, mut meanings) in self.counts.drain() {
            meanings.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
            for (key, _) in &meanings {
                self.by_meaning.entry(*key).or_default().push(Arc::clone(&word));
            }
            self.by_word.insert(word, meanings.into_iter().map(|(key, _)| key).collect());
        }
        self.by_meaning.values_mut().for_each(|words| words.sort());
    }

    pub fn meanings(&self, word: &str) -> &[u64] {
        self.by_word.get(word).map_or(&[], Vec::as_slice)
    }

    pub fn words(&self, meaning: u64) -> &[Arc<str>] {
        self.by_meaning.get(&meaning).map_or(&[], Vec::as_slice)
    }

    /// What tells this table from any other of the process; 0 for an empty one.
    pub fn mark(&self) -> u64 {
        self.mark
    }

    /// How many words it has.
    pub fn len(&self) -> usize {
        self.by_word.len()
    }

    pub fn is_empty(&self) -> bool {
        self.by_word.is_empty()
    }
}

/// Keys of the English stems that a translation is made of.
pub(super) fn english_keys(english: &str) -> Vec<u64> {
    let english = english.to_lowercase();
    english
        .split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| word.len() > 2 && !is_filler(word))
        .map(|word| meaning_key(&stem("en", word)))
        .collect()
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
