//! How often an anchor stands in a sentence of a language by chance.

use std::collections::HashMap;

use crate::language::{AnchorClass, Hashed};

/// Sentences in an article, on average: turns the share of articles into that of sentences.
const SENTENCES: f64 = 18.0;
/// Articles that the general expectation counts as, against what is on file.
const PRIOR_ARTICLES: f64 = 40.0;
/// Share of articles in which an anchor stands at least. What would put the rarest name into a text by chance is another
/// report of the same event; were it as rare as a large store makes it, a few names would make that report a source.
const RAREST: f64 = 0.002;
/// No anchor is surer to stand in an article than this.
const MAX_SHARE: f64 = 0.98;

/// Document frequencies of a language's anchors, as far as a query asks for them.
#[derive(Debug, Clone, Default)]
pub struct Frequencies {
    articles: f64,
    counts: HashMap<u64, f64, Hashed>,
}

impl Frequencies {
    /// `articles` on file in that language.
    pub fn new(articles: u64) -> Self {
        Self { articles: articles as f64, counts: HashMap::default() }
    }

    /// Sets in how many articles an anchor stands.
    pub fn set(&mut self, key: u64, articles: u64) {
        self.counts.insert(key, articles as f64);
    }

    /// Whether the anchor is one that the query asked for.
    pub fn knows(&self, key: u64) -> bool {
        self.counts.contains_key(&key)
    }

    /// Articles of the language that hold this anchor.
    pub fn count(&self, key: u64) -> f64 {
        self.counts.get(&key).copied().unwrap_or(0.0)
    }

    /// Articles on file in that language.
    pub fn articles(&self) -> f64 {
        self.articles
    }

    /// Probability that a sentence of the language holds the anchor, 0..1.
    pub fn in_sentence(&self, key: u64, class: AnchorClass) -> f64 {
        let expected = PRIOR_ARTICLES * expectation(class);
        let share = (self.count(key) + expected) / (self.articles + PRIOR_ARTICLES);
        // Occurrences as a Poisson process over the article's sentences.
        -(1.0 - share.clamp(RAREST, MAX_SHARE)).ln() / SENTENCES
    }

    /// Inverse document frequency, natural log.
    pub fn idf(&self, key: u64) -> f64 {
        ((self.articles + 1.0) / (self.count(key) + 0.5)).ln().max(0.0)
    }
}

/// Share of articles in which an anchor of a class stands where nothing is known of it.
fn expectation(class: AnchorClass) -> f64 {
    match class {
        AnchorClass::Number | AnchorClass::Stem => 0.03,
        AnchorClass::Name => 0.01,
        AnchorClass::Word => 0.02,
        AnchorClass::Meaning => 0.08,
    }
}
