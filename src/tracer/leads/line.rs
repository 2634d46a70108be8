//! The search line: an article's rarest names, numbers and words, as another language writes them.

use super::material::{self, Sort, Term};
use super::spelling;
use crate::language::lexicon::Spellings;
use crate::language::Lexicons;
use crate::model::Article;

/// Names, numbers and meanings in a line.
const PARTS: usize = 14;
/// Words in a line; search engines read some thirty.
const MAX_WORDS: usize = 24;
/// Words of one meaning.
const VARIANTS: usize = 3;
/// Rarity of what no lexicon knows, on the scale of [`rarity`].
const UNKNOWN: f64 = 9.0;

/// A part of the line: one name, number or meaning.
struct Part {
    words: Vec<String>,
    value: f64,
    sort: Sort,
    order: usize,
}

/// The words to search for an article's source in a language: names first, then numbers, then the rarest of its words
/// with up to three translations each; at most 14 names, numbers and words, and 24 with the translations.
pub fn search_line(article: &Article, target_language: &str, lexicons: &Lexicons) -> Vec<String> {
    let mut chosen: Vec<Part> = Vec::new();
    let mut line: Vec<String> = Vec::new();
    for mut part in parts(article, target_language, lexicons) {
        part.words.retain(|word| !line.contains(word));
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

/// The few best words of the line, one a meaning, for engines that want every word in the article.
pub fn key_words(
    article: &Article,
    target_language: &str,
    lexicons: &Lexicons,
    count: usize,
) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in parts(article, target_language, lexicons).into_iter().filter_map(first_word) {
        if words.len() < count && !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

fn first_word(part: Part) -> Option<String> {
    part.words.into_iter().next()
}

/// Everything that can be searched for, best first.
fn parts(article: &Article, target_language: &str, lexicons: &Lexicons) -> Vec<Part> {
    let language = article.language.as_deref().unwrap_or("und");
    let writer = Writer {
        language,
        target: target_language,
        own: &lexicons.spellings(language),
        theirs: &lexicons.spellings(target_language),
    };
    let terms = material::terms(article, lexicons);
    let mut parts: Vec<Part> = terms.iter().filter_map(|term| writer.part(term)).collect();
    parts.sort_by(|a, b| b.value.total_cmp(&a.value).then(a.order.cmp(&b.order)));
    parts
}

struct Writer<'a> {
    language: &'a str,
    target: &'a str,
    own: &'a Spellings,
    theirs: &'a Spellings,
}

impl Writer<'_> {
    fn part(&self, term: &Term) -> Option<Part> {
        let (words, found) = self.written(term)?;
        let value = self.rarity(term)? * found * term.weight;
        Some(Part { words, value, sort: term.sort, order: term.order })
    }

    /// The term in the target language, and how likely its source has one of the words.
    fn written(&self, term: &Term) -> Option<(Vec<String>, f64)> {
        let as_it_stands = || vec![term.text.clone()];
        if term.sort == Sort::Number {
            let digits = term.text.chars().filter(char::is_ascii_digit).count();
            let found = if digits > 2 { 0.7 } else { 0.4 };
            return Some((vec![spelling::number(&term.text, self.language, self.target)], found));
        }
        if self.language == self.target {
            return Some((as_it_stands(), if term.sort == Sort::Word { 0.5 } else { 0.9 }));
        }
        let translated = self.translated(term);
        match term.sort {
            _ if !translated.is_empty() => {
                Some((translated, if term.sort == Sort::Proper { 0.8 } else { 0.5 }))
            }
            Sort::Name | Sort::Proper => {
                let name = spelling::name(&term.text, self.target)?;
                let found = if name == term.text { 0.9 } else { 0.6 };
                Some((vec![name], found))
            }
            _ => None,
        }
    }

    /// The words of its meanings, a word of each in turn.
    fn translated(&self, term: &Term) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        for meaning in &term.meanings {
            for word in self.theirs.words(*meaning) {
                if words.len() < VARIANTS && !words.contains(word) {
                    words.push(word.clone());
                }
            }
        }
        words
    }

    /// Natural logarithm of a word's place by frequency; `None` for what is in every article.
    fn rarity(&self, term: &Term) -> Option<f64> {
        if term.sort == Sort::Number {
            let digits = term.text.chars().filter(char::is_ascii_digit).count();
            return match digits {
                0 | 1 => None,
                2 => Some(6.0),
                _ => Some(UNKNOWN),
            };
        }
        let rank = |meaning: &u64| self.theirs.rank(*meaning).or_else(|| self.own.rank(*meaning));
        match term.meanings.iter().filter_map(rank).min() {
            Some(rank) => Some((f64::from(rank) + 20.0).ln()),
            None => Some(UNKNOWN),
        }
    }
}
