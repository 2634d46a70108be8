//! The search line: an article's rarest names, numbers and words, as another language writes them.

use super::material::{self, Sort, Term};
use super::spelling;
use crate::language::Lexicons;
use crate::language::lexicon::Spellings;
use crate::model::{Article, Residue};

/// Names, numbers and meanings in a line.
const PARTS: usize = 14;
/// Words in a line; search engines read some thirty.
const MAX_WORDS: usize = 24;
/// Rarity of years, times of day and numbers of two digits.
const COMMON: f64 = 4.5;
/// Letters of a short word.
const SHORT: usize = 5;
/// Names in a line that has words enough.
const MAX_NAMES: usize = 10;
/// Numbers in a line that has words enough.
const MAX_NUMBERS: usize = 4;
/// Words of one meaning.
const VARIANTS: usize = 2;
/// Rarity of what no lexicon knows, on the scale of [`rarity`].
const UNKNOWN: f64 = 7.0;
/// What a name counts for that stands in the spelling of the source's language.
const LEFT_BEHIND: f64 = 1.5;
/// Names among the key words: the rest says what it is about.
const KEY_NAMES: usize = 3;

/// The words to search for an article's source in a language: names first, then numbers, then the rarest of its words
/// with up to two translations each; at most 14 names, numbers and words, and 24 with the translations.
pub fn search_line(article: &Article, target_language: &str, lexicons: &Lexicons) -> Vec<String> {
    Searcher::new(article, lexicons).line(target_language)
}

/// An article read once, to be searched for in several languages.
pub struct Searcher<'a> {
    language: &'a str,
    terms: Vec<Term>,
    lexicons: &'a Lexicons,
}

/// A part of the line: one name, number or meaning.
struct Part {
    words: Vec<String>,
    value: f64,
    sort: Sort,
    order: usize,
}

impl<'a> Searcher<'a> {
    pub fn new(article: &'a Article, lexicons: &'a Lexicons) -> Self {
        let language = article.language.as_deref().unwrap_or("und");
        Self { language, terms: material::terms(article, lexicons), lexicons }
    }

    /// Puts the names first that a translation left in its source's spelling.
    pub fn prefer(&mut self, residue: &[Residue]) {
        let left = |term: &Term| {
            residue.iter().any(|sign| sign.text.split(' ').any(|word| word == term.text))
        };
        for term in self.terms.iter_mut().filter(|term| term.sort == Sort::Name) {
            if left(term) {
                term.weight *= LEFT_BEHIND;
            }
        }
    }

    /// See [`search_line`].
    pub fn line(&self, target: &str) -> Vec<String> {
        let mut chosen: Vec<Part> = Vec::new();
        let mut line: Vec<String> = Vec::new();
        let (within, beyond) = within_shares(self.parts(target));
        for mut part in within.into_iter().chain(beyond) {
            part.words.retain(|word| !has(&line, word));
            if part.words.is_empty() || line.len() + part.words.len() > MAX_WORDS {
                continue;
            }
            line.extend(part.words.iter().cloned());
            chosen.push(part);
            if chosen.len() == PARTS {
                break;
            }
        }
        chosen.sort_by_key(|part| (part.sort, part.order));
        chosen.into_iter().flat_map(|part| part.words).collect()
    }

    /// The few best words of the line, one a meaning and no numbers, for engines that want every word in the article.
    pub fn key_words(&self, target: &str, count: usize) -> String {
        let mut words: Vec<String> = Vec::new();
        let mut names = 0;
        for part in self.parts(target) {
            let name = part.sort == Sort::Name;
            if part.sort == Sort::Number || words.len() >= count || (name && names >= KEY_NAMES) {
                continue;
            }
            match part.words.into_iter().next() {
                Some(word) if !has(&words, &word) => words.push(word),
                _ => continue,
            }
            names += usize::from(name);
        }
        words.join(" ")
    }

    /// Everything that can be searched for, best first.
    fn parts(&self, target: &str) -> Vec<Part> {
        let writer = Writer {
            language: self.language,
            target,
            own: &self.lexicons.spellings(self.language),
            theirs: &self.lexicons.spellings(target),
        };
        let mut parts: Vec<Part> = self.terms.iter().filter_map(|term| writer.part(term)).collect();
        parts.sort_by(|a, b| b.value.total_cmp(&a.value).then(a.order.cmp(&b.order)));
        parts
    }
}

/// Parts in their order, and behind them the names and numbers that would leave no room for words.
fn within_shares(parts: Vec<Part>) -> (Vec<Part>, Vec<Part>) {
    let (mut names, mut numbers) = (0, 0);
    parts.into_iter().partition(|part| match part.sort {
        Sort::Name => {
            names += 1;
            names <= MAX_NAMES
        }
        Sort::Number => {
            numbers += 1;
            numbers <= MAX_NUMBERS
        }
        Sort::Word => true,
    })
}

struct Writer<'a> {
    language: &'a str,
    target: &'a str,
    own: &'a Spellings,
    theirs: &'a Spellings,
}

impl Writer<'_> {
    /// A part's value: how rare it is, how likely its source has it, how much the article is about it.
    fn part(&self, term: &Term) -> Option<Part> {
        let rank = self.rank(term);
        // A name that a lexicon knows ("Japan", "President") is no more telling than a word.
        let sort = if rank.is_some() && term.sort == Sort::Name { Sort::Word } else { term.sort };
        let (words, found) = self.written(term, sort)?;
        let value = rarity(term, rank)? * found * term.weight;
        Some(Part { words, value, sort, order: term.order })
    }

    /// The term in the target language, and how likely its source has one of the words.
    fn written(&self, term: &Term, sort: Sort) -> Option<(Vec<String>, f64)> {
        if sort == Sort::Number {
            let found = if digits(&term.text) > 2 { 0.7 } else { 0.4 };
            return Some((vec![spelling::number(&term.text, self.language, self.target)], found));
        }
        // Names are translated in one way, words in many.
        let known = if term.sort == Sort::Name { 0.8 } else { 0.5 };
        if self.language == self.target {
            return Some((vec![term.text.clone()], if sort == Sort::Name { 0.9 } else { known }));
        }
        let translated = self.translated(term);
        if !translated.is_empty() {
            return Some((translated, known));
        }
        if term.sort != Sort::Name {
            return None;
        }
        let name = spelling::name(&term.text, self.target)?;
        let found = if name == term.text { 0.9 } else { 0.6 };
        Some((vec![name], found))
    }

    /// Words of its first meaning, then of the next.
    fn translated(&self, term: &Term) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        for &meaning in &term.meanings {
            // A meaning is an English word: the lexicon of English has only its synonyms.
            let english = self.own.english(meaning).filter(|_| self.target == "en");
            let theirs = self.theirs.words(meaning).iter().map(String::as_str);
            for word in english.into_iter().chain(theirs) {
                if words.len() < VARIANTS && !has(&words, word) {
                    words.push(word.to_owned());
                }
            }
        }
        words
    }

    /// Place by frequency of the most frequent of its meanings, from 0.
    fn rank(&self, term: &Term) -> Option<u32> {
        let (first, second) =
            if self.target == "en" { (self.own, self.theirs) } else { (self.theirs, self.own) };
        let rank = |meaning: &u64| first.rank(*meaning).or_else(|| second.rank(*meaning));
        term.meanings.iter().filter_map(rank).min()
    }
}

/// Natural logarithm of a term's place by frequency, about 1 for the most frequent; `None` for what is in every article.
fn rarity(term: &Term, rank: Option<u32>) -> Option<f64> {
    match (term.sort, rank) {
        (Sort::Number, _) => number_rarity(&term.text),
        (_, Some(rank)) => Some((f64::from(rank) + 20.0).ln() - 2.0),
        // A short word that no lexicon knows is grammar ("make", "three") more often than rare.
        (Sort::Word, None) if term.text.chars().count() <= SHORT => Some(COMMON - 2.0),
        (_, None) => Some(UNKNOWN),
    }
}

/// As [`rarity`]: years and times of day are in many articles, a lone digit in all.
fn number_rarity(text: &str) -> Option<f64> {
    let year = text.len() == 4 && (text.starts_with("19") || text.starts_with("20"));
    match digits(text) {
        0 | 1 => None,
        count if count == 2 || year || text.contains(':') => Some(COMMON),
        _ => Some(UNKNOWN),
    }
}

/// Whether a word is among others; engines search in any case.
fn has(words: &[String], word: &str) -> bool {
    words.iter().any(|known| known.to_lowercase() == word.to_lowercase())
}

fn digits(text: &str) -> usize {
    text.chars().filter(|c| c.is_numeric()).count()
}
