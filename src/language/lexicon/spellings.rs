//! A language's words as they are written, by what they mean: what a person types into a search box.

use std::collections::HashMap;

use super::Source;
use super::table::only_meaning;

/// The words of a language by meaning, in the order of their sources, and how rare each meaning is.
#[derive(Debug, Clone, Default)]
pub struct Spellings {
    words: HashMap<u64, Vec<String>>,
    english: HashMap<u64, String>,
    ranks: HashMap<u64, u32>,
}

impl Spellings {
    pub(super) fn read(language: &str, sources: &[Box<dyn Source>]) -> Self {
        let mut spellings = Self::default();
        for source in sources {
            source.entries(language, &mut |word, english| spellings.add(word.trim(), english));
        }
        spellings
    }

    /// Only where one English word is the whole meaning: of "peace agreement" neither half is the word's.
    fn add(&mut self, word: &str, english: &str) {
        let Some(meaning) = only_meaning(english) else { return };
        if word.is_empty() || word.contains(' ') {
            return;
        }
        let next = u32::try_from(self.ranks.len()).unwrap_or(u32::MAX);
        self.ranks.entry(meaning).or_insert(next);
        self.english.entry(meaning).or_insert_with(|| english.to_lowercase());
        let words = self.words.entry(meaning).or_default();
        if !words.iter().any(|known| known == word) {
            words.push(word.to_owned());
        }
    }

    /// Words that have this meaning (a key of `Table::meanings`), the most usual first.
    pub fn words(&self, meaning: u64) -> &[String] {
        self.words.get(&meaning).map_or(&[], Vec::as_slice)
    }

    /// The English word that a meaning is, as the sources write it.
    pub fn english(&self, meaning: u64) -> Option<&str> {
        self.english.get(&meaning).map(String::as_str)
    }

    /// Place of a meaning in the order of the sources, from 0: the built-in lexicon starts with the most frequent in news.
    pub fn rank(&self, meaning: u64) -> Option<u32> {
        self.ranks.get(&meaning).copied()
    }

    /// How many meanings there are: rarer ones are in no source.
    pub fn len(&self) -> usize {
        self.ranks.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ranks.is_empty()
    }
}
