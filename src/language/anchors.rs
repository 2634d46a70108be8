//! Anchors: what of a sentence survives a translation or a rewriting.
//!
//! Numbers, consonant skeletons of names and cognates, meanings that a lexicon gives for words, and
//! the stems of the text's own language. Chance and a second report of the same event keep some of
//! them, only a derived text keeps them in order and detail.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::anchor_keys::{index_key, is_digit, meaning_key, number_key, skeleton_keys, stem_key};
use super::hashes::Hashed;
use super::lexicon::Table;
use super::unspaced_anchors::unspaced;
use super::{skeleton, stem};

/// Version of the anchors that are kept in an index.
pub const ANCHOR_VERSION: i64 = 1;
/// Letters that a word needs to be an anchor.
const MIN_LETTERS: usize = 3;
/// Meanings of one word that count, the most frequent first.
const MAX_MEANINGS: usize = 6;
/// Consonants that a skeleton needs.
pub(super) const MIN_SKELETON: usize = 2;

/// Kinds of anchors, by how often they are found again in a true copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AnchorClass {
    Number,
    /// A capitalised word's skeleton, or a katakana word's: likely a name.
    Name,
    /// Any other word's skeleton: a cognate, perhaps.
    Word,
    /// An English stem that the word means.
    Meaning,
    /// The word's own stem: only within one language.
    Stem,
}

/// An anchor of a sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Anchor {
    /// Hash of class prefix and content.
    pub key: u64,
    /// The same where the other language does not tell l from r: of a skeleton with r for l.
    pub folded: u64,
    pub class: AnchorClass,
    /// 1, or less where a word has several meanings.
    pub weight: f32,
    /// Byte offsets of its word in the text it was read from.
    pub start: u32,
    pub end: u32,
}

/// The anchors of a sentence, each key once, sorted by key.
pub fn anchors(text: &str, language: &str, lexicon: &Table) -> Vec<Anchor> {
    let mut found = Found::default();
    if is_unspaced_language(language) {
        unspaced(text, lexicon, &mut found);
    } else {
        spaced(text, language, lexicon, &mut found);
    }
    found.sorted()
}

/// Whether a language is written without spaces between words.
pub fn is_unspaced_language(language: &str) -> bool {
    matches!(language, "ja" | "zh" | "th" | "lo" | "km" | "my")
}

/// Whether a language's names lose the difference of l and r.
pub fn folds_l(language: &str) -> bool {
    matches!(language, "ja" | "zh" | "ko")
}

/// Whether a character joins the parts of one word: hyphens, and the non-joiner of Persian.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{200c}')
}

#[derive(Default)]
pub(super) struct Found(Vec<Anchor>);

impl Found {
    pub(super) fn add(&mut self, anchor: Anchor) {
        self.0.push(anchor);
    }

    /// By key, each once: what stands first, but a name before a mere word.
    fn sorted(self) -> Vec<Anchor> {
        let mut all = self.0;
        let not_a_name = |anchor: &Anchor| anchor.class == AnchorClass::Word;
        all.sort_by_key(|anchor| (anchor.key, not_a_name(anchor)));
        all.dedup_by_key(|anchor| anchor.key);
        all
    }
}

/// Words of a spaced text: byte offsets of runs of letters or of digits with inner separators.
pub(super) fn tokens(text: &str) -> Vec<(usize, usize, bool)> {
    let mut found: Vec<(usize, usize, bool)> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let number = is_digit(c);
        if !number && !c.is_alphabetic() {
            continue;
        }
        let mut end = start + c.len_utf8();
        while let Some(&(at, next)) = chars.peek() {
            let inside = if number {
                is_digit(next) || (matches!(next, '.' | ',' | ':') && digit_follows(text, at))
            } else {
                next.is_alphabetic()
                    || (matches!(next, '\'' | '’') && letter_follows(text, at + next.len_utf8()))
                    || is_mark(next)
            };
            if !inside {
                break;
            }
            end = at + next.len_utf8();
            chars.next();
        }
        found.push((start, end, number));
    }
    found
}

fn digit_follows(text: &str, at: usize) -> bool {
    text[at..].chars().nth(1).is_some_and(is_digit)
}

fn letter_follows(text: &str, at: usize) -> bool {
    text[at..].chars().next().is_some_and(char::is_alphabetic)
}

/// Combining marks inside words (Hindi vowel signs, Hebrew and Arabic points).
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

fn spaced(text: &str, language: &str, lexicon: &Table, found: &mut Found) {
    let tokens = tokens(text);
    hyphenated(text, &tokens, language, lexicon, found);
    for (start, end, number) in tokens {
        let word = &text[start..end];
        let at = |key, class, weight| Anchor {
            key,
            folded: key,
            class,
            weight,
            start: u32::try_from(start).unwrap_or(u32::MAX),
            end: u32::try_from(end).unwrap_or(u32::MAX),
        };
        if number {
            found.add(at(number_key(word), AnchorClass::Number, 1.0));
            continue;
        }
        let Some(read) = word_anchors(word, language, lexicon) else { continue };
        if let Some((outline, folded)) = read.skeleton {
            // German capitalises every noun, so a capital says nothing there.
            let name = language != "de" && word.chars().next().is_some_and(char::is_uppercase);
            let class = if name { AnchorClass::Name } else { AnchorClass::Word };
            found.add(Anchor { folded, ..at(outline, class, 1.0) });
        }
        add_meanings(&read.meanings, (start, end), MAX_MEANINGS, found);
        if let Some(meaning) = read.own_meaning {
            found.add(at(meaning, AnchorClass::Meaning, 1.0));
        }
        if let Some(stem) = read.stem {
            found.add(at(stem, AnchorClass::Stem, 1.0));
        }
    }
}

/// Meanings of words that are written with a hyphen, which else are read part by part.
fn hyphenated(
    text: &str,
    tokens: &[(usize, usize, bool)],
    language: &str,
    lexicon: &Table,
    found: &mut Found,
) {
    if lexicon.is_empty() || !text.contains(is_hyphen) {
        return;
    }
    let joined = |a: &(usize, usize, bool), b: &(usize, usize, bool)| {
        let between = text.get(a.1..b.0).unwrap_or_default();
        !a.2 && !b.2 && between.chars().count() == 1 && between.contains(is_hyphen)
    };
    for run in tokens.chunk_by(joined).filter(|run| run.len() > 1) {
        for (at, &(start, _, _)) in run.iter().enumerate() {
            for &(_, end, _) in &run[at + 1..] {
                let meanings = lexicon.meanings(&stem(language, &text[start..end]));
                add_meanings(&meanings, (start, end), MAX_MEANINGS, found);
            }
        }
    }
}

/// Adds what a word means; the more it may mean, the less each counts.
pub(super) fn add_meanings(
    meanings: &[u64],
    (start, end): (usize, usize),
    most: usize,
    found: &mut Found,
) {
    let counted = meanings.len().min(most);
    let weight = (counted.max(1) as f32).sqrt().recip();
    for &key in &meanings[..counted] {
        found.add(Anchor {
            key,
            folded: key,
            class: AnchorClass::Meaning,
            weight,
            start: u32::try_from(start).unwrap_or(u32::MAX),
            end: u32::try_from(end).unwrap_or(u32::MAX),
        });
    }
}

/// What a word of a spaced language is an anchor for.
pub(super) struct WordAnchors {
    /// Key of its skeleton, and the same with r for l.
    pub skeleton: Option<(u64, u64)>,
    pub stem: Option<u64>,
    /// Of an English word: the meaning that it is itself.
    own_meaning: Option<u64>,
    meanings: Vec<u64>,
}

/// Words that are remembered by a thread; news has few that are not.
pub(super) const REMEMBERED: usize = 200_000;

thread_local! {
    /// Stemming and transliteration cost more than all the rest of reading a sentence.
    static READ: RefCell<HashMap<u64, Option<Rc<WordAnchors>>, Hashed>> = RefCell::default();
}

fn word_anchors(word: &str, language: &str, lexicon: &Table) -> Option<Rc<WordAnchors>> {
    let mark = index_key(language, xxhash_rust::xxh3::xxh3_64(word.as_bytes())) ^ lexicon.mark();
    READ.with_borrow_mut(|known| {
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known.entry(mark).or_insert_with(|| read_word(word, language, lexicon).map(Rc::new)).clone()
    })
}

pub(super) fn read_word(word: &str, language: &str, lexicon: &Table) -> Option<WordAnchors> {
    if word.chars().count() < MIN_LETTERS {
        return None;
    }
    let outline = skeleton(word);
    let own = stem(language, word);
    let english = language == "en";
    let content = !english || !is_english_function_word(&own);
    Some(WordAnchors {
        skeleton: (outline.len() >= MIN_SKELETON).then(|| skeleton_keys(&outline)),
        stem: content.then(|| stem_key(&own)),
        own_meaning: (english && content).then(|| meaning_key(&own)),
        meanings: lexicon.meanings(&own),
    })
}

/// Function words of English carry no meaning across languages.
fn is_english_function_word(stem: &str) -> bool {
    const WORDS: &[&str] = &[
        "the", "and", "for", "are", "was", "were", "that", "this", "with", "from", "not", "one",
        "out", "off", "over", "into", "about", "have", "has", "had", "his", "her", "their", "its",
        "they", "them", "she", "him", "who", "whom", "which", "what", "when", "where", "will",
        "would", "could", "should", "can", "may", "might", "been", "being", "but", "than", "then",
        "there", "here", "also", "all", "ani", "any", "some", "more", "most", "veri", "very",
        "such", "onli", "only", "other", "you", "your", "our", "these", "those", "after", "befor",
        "becaus", "while", "dure", "between", "against", "through", "under", "again", "did", "doe",
        "does",
    ];
    WORDS.contains(&stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hyphenated_word_of_a_lexicon_is_met_in_a_text() {
        let mut lexicon = Table::default();
        lexicon.add("fr", "entre-temps", "meanwhile");
        lexicon.settle();
        let text = "Entre-temps, la ministre est partie";
        let read = anchors(text, "fr", &lexicon);
        let meant = read.iter().find(|anchor| anchor.class == AnchorClass::Meaning);
        assert_eq!(meant.map(|a| &text[a.start as usize..a.end as usize]), Some("Entre-temps"));
        let apart = anchors("entre, temps", "fr", &lexicon);
        assert!(apart.iter().all(|anchor| anchor.class != AnchorClass::Meaning));
    }
}
