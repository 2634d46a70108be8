//! One language's words and their meanings, looked up both ways.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use xxhash_rust::xxh3::xxh3_64;

use crate::language::anchor_keys::meaning_key;
use crate::language::anchors::is_unspaced_language;
use crate::language::stem;

/// Words of a translation that may stand together and still be one meaning.
const MAX_ENGLISH_WORDS: usize = 3;

/// Keys are hashes already.
#[derive(Debug, Clone, Copy, Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64(bytes);
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

type ByKey<V> = HashMap<u64, V, BuildHasherDefault<AsItIs>>;

/// What a word means, the most often given first once the table is settled.
#[derive(Debug, Clone)]
struct Meanings {
    word: Box<str>,
    /// How many words came before it: those of the built-in lexicon come first.
    order: usize,
    keys: Vec<u64>,
    /// How often each is given; empty once the table is settled.
    times: Vec<u32>,
}

/// Words and meanings of one language.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// By the hash of the word's stem.
    by_word: ByKey<Meanings>,
    /// Made when first asked for: a query's language is never asked for its words.
    by_meaning: OnceLock<ByKey<Vec<Arc<str>>>>,
    mark: u64,
}

impl Table {
    /// Adds an entry: a word of the language, and English that translates it.
    pub fn add(&mut self, language: &str, word: &str, english: &str) {
        let mut known = HashMap::new();
        if let Some((head, stems)) = prepared(language, word, english, &mut known) {
            self.count(&head, stems.iter().map(|stem| (stem.as_str(), 1)));
        }
    }

    /// Adds a stem that was made before, with its English stems and how often each was given.
    pub fn add_prepared(&mut self, stem: &str, meanings: &[(&str, u32)]) {
        self.count(stem, meanings.iter().copied());
    }

    fn count<'m>(&mut self, word: &str, given: impl ExactSizeIterator<Item = (&'m str, u32)>) {
        let size = given.len();
        let order = self.by_word.len();
        let entry = self.by_word.entry(xxh3_64(word.as_bytes()));
        let entry = entry.or_insert_with(|| Meanings::of_size(word, order, size));
        for (english, count) in given {
            entry.add(meaning_key(english), count);
        }
    }

    /// Orders each word's meanings, the most often given first.
    pub fn settle(&mut self) {
        static MARKS: AtomicU64 = AtomicU64::new(1);
        self.mark = MARKS.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.by_word.values_mut().for_each(Meanings::settle);
    }

    pub fn meanings(&self, word: &str) -> &[u64] {
        self.by_word.get(&xxh3_64(word.as_bytes())).map_or(&[], |held| held.keys.as_slice())
    }

    /// Words with this meaning, those that news uses first: a large dictionary has hundreds, most of
    /// them rare.
    pub fn words(&self, meaning: u64) -> &[Arc<str>] {
        let words = self.by_meaning.get_or_init(|| {
            let mut by_meaning: ByKey<Vec<Arc<str>>> = ByKey::default();
            let mut all: Vec<&Meanings> = self.by_word.values().collect();
            all.sort_unstable_by_key(|held| held.order);
            for held in all {
                let word: Arc<str> = held.word.as_ref().into();
                for key in &held.keys {
                    by_meaning.entry(*key).or_default().push(Arc::clone(&word));
                }
            }
            by_meaning
        });
        words.get(&meaning).map_or(&[], Vec::as_slice)
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

impl Meanings {
    fn of_size(word: &str, order: usize, size: usize) -> Self {
        Self {
            word: word.into(),
            order,
            keys: Vec::with_capacity(size),
            times: Vec::with_capacity(size),
        }
    }

    fn add(&mut self, key: u64, times: u32) {
        if let Some(at) = self.keys.iter().position(|known| *known == key) {
            self.times[at] += times;
        } else {
            self.keys.push(key);
            self.times.push(times);
        }
    }

    fn settle(&mut self) {
        if self.times.windows(2).any(|pair| matches!(pair, [one, next] if one < next)) {
            let mut ordered: Vec<(u64, u32)> =
                self.keys.iter().copied().zip(self.times.drain(..)).collect();
            ordered.sort_by_key(|&(_, times)| std::cmp::Reverse(times));
            self.keys = ordered.into_iter().map(|(key, _)| key).collect();
        }
        self.times = Vec::new();
    }
}

/// The meaning of a translation that is one word of English.
pub(super) fn only_meaning(english: &str) -> Option<u64> {
    let english = english.to_lowercase();
    let mut words = content_words(&english);
    let word = words.next()?;
    words.next().is_none().then(|| meaning_key(&stem("en", word)))
}

/// A word's stem and the English stems of its translation, which are kept in `known`; `None` for phrases, grammar and
/// explanations.
pub(super) fn prepared<'k, 'e>(
    language: &str,
    word: &str,
    english: &'e str,
    known: &'k mut HashMap<&'e str, Vec<String>>,
) -> Option<(String, &'k [String])> {
    let word = word.trim();
    if word.is_empty() || word.contains(' ') {
        return None;
    }
    let stems = known.entry(english).or_insert_with(|| english_stems(english));
    if stems.is_empty() || stems.len() > MAX_ENGLISH_WORDS {
        return None;
    }
    let head = if is_unspaced_language(language) { word.to_owned() } else { stem(language, word) };
    // Greek endings alone have no stem.
    (!head.is_empty()).then_some((head, stems))
}

fn english_stems(english: &str) -> Vec<String> {
    content_words(&english.to_lowercase()).map(|word| stem("en", word)).collect()
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
