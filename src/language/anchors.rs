//! Anchors: what of a sentence survives a translation or a rewriting.
//!
//! Numbers, consonant skeletons of names and cognates, meanings that a lexicon gives for words, and
//! the stems of the text's own language. Chance and a second report of the same event keep some of
//! them, only a derived text keeps them in order and detail.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::hashes::Hashed;
use super::lexicon::Table;
use super::{is_unspaced, skeleton, stem};

/// Version of the anchors that are kept in an index.
pub const ANCHOR_VERSION: i64 = 1;
/// Letters that a word needs to be an anchor.
const MIN_LETTERS: usize = 3;
/// Meanings of one word that count, the most frequent first.
const MAX_MEANINGS: usize = 6;
/// Meanings of one Chinese or Japanese word that count.
const MAX_UNSPACED_MEANINGS: usize = 8;
/// Characters of the longest lexicon word that is looked for in unspaced text.
const LONGEST_WORD: usize = 8;
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

#[derive(Default)]
struct Found(HashMap<u64, Anchor, Hashed>);

impl Found {
    fn add(&mut self, anchor: Anchor) {
        let held = self.0.entry(anchor.key).or_insert(anchor);
        if held.class == AnchorClass::Word && anchor.class == AnchorClass::Name {
            *held = anchor;
        }
    }

    fn sorted(self) -> Vec<Anchor> {
        let mut all: Vec<Anchor> = self.0.into_values().collect();
        all.sort_unstable_by_key(|anchor| anchor.key);
        all
    }
}

/// What tells the classes' keys apart; between meaning and stem of English only this differs.
const NUMBER: u64 = 0x1b87_3593_cc9e_2d51;
const SKELETON: u64 = 0x85eb_ca6b_27d4_eb2f;
const MEANING: u64 = 0xc2b2_ae35_1656_67b1;
const STEM: u64 = 0x9e37_79b1_85eb_ca77;

fn key(class: u64, content: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64(content.as_bytes()) ^ class
}

/// Key of a number's digits.
pub(super) fn number_key(word: &str) -> u64 {
    let digits: String = word
        .chars()
        .filter_map(|c| c.to_digit(10).or_else(|| fullwidth_digit(c)))
        .filter_map(|digit| char::from_digit(digit, 10))
        .collect();
    key(NUMBER, &digits)
}

fn fullwidth_digit(c: char) -> Option<u32> {
    ('０'..='９').contains(&c).then(|| c as u32 - '０' as u32)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || fullwidth_digit(c).is_some()
}

/// Key of a name's skeleton; with `folded`, r stands for l too.
pub fn skeleton_key(skeleton: &str, folded: bool) -> u64 {
    if folded { key(SKELETON, &skeleton.replace('l', "r")) } else { key(SKELETON, skeleton) }
}

/// Key of a meaning: an English stem.
pub fn meaning_key(english_stem: &str) -> u64 {
    key(MEANING, english_stem)
}

/// Key of a stem of the text's own language.
pub fn stem_key(stem: &str) -> u64 {
    key(STEM, stem)
}

/// Key of the English stem that a meaning is.
pub fn english_stem_key(meaning: u64) -> u64 {
    meaning ^ MEANING ^ STEM
}

/// An anchor's key where the other language does not tell l from r; `text` is what it was read from.
pub fn folded_key(text: &str, anchor: &Anchor) -> u64 {
    match anchor.class {
        AnchorClass::Name | AnchorClass::Word => text
            .get(anchor.start as usize..anchor.end as usize)
            .map_or(anchor.key, |word| skeleton_key(&skeleton(word), true)),
        _ => anchor.key,
    }
}

/// An anchor's key in the index of a language.
pub fn index_key(language: &str, key: u64) -> u64 {
    let mut bytes = [0u8; 16];
    bytes[..8].copy_from_slice(&key.to_be_bytes());
    for (slot, byte) in bytes[8..].iter_mut().zip(language.bytes()) {
        *slot = byte;
    }
    xxhash_rust::xxh3::xxh3_64(&bytes)
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
    for (start, end, number) in tokens(text) {
        let word = &text[start..end];
        let at = |key, class, weight| Anchor {
            key,
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
        if let Some(outline) = read.skeleton {
            // German capitalises every noun, so a capital says nothing there.
            let name = language != "de" && word.chars().next().is_some_and(char::is_uppercase);
            let class = if name { AnchorClass::Name } else { AnchorClass::Word };
            found.add(at(outline, class, 1.0));
        }
        let share = (read.meanings.len().max(1) as f32).sqrt().recip();
        for &meaning in &read.meanings {
            found.add(at(meaning, AnchorClass::Meaning, share));
        }
        if let Some(meaning) = read.own_meaning {
            found.add(at(meaning, AnchorClass::Meaning, 1.0));
        }
        if let Some(stem) = read.stem {
            found.add(at(stem, AnchorClass::Stem, 1.0));
        }
    }
}

/// What a word of a spaced language is an anchor for.
pub(super) struct WordAnchors {
    pub skeleton: Option<u64>,
    pub stem: Option<u64>,
    /// Of an English word: the meaning that it is itself.
    own_meaning: Option<u64>,
    meanings: Vec<u64>,
}

/// Words that are remembered by a thread; news has few that are not.
const REMEMBERED: usize = 200_000;

thread_local! {
    /// Stemming and transliteration cost more than all the rest of reading a sentence.
    static READ: RefCell<HashMap<u64, Option<Rc<WordAnchors>>, Hashed>> = RefCell::default();
}

pub(super) fn word_anchors(word: &str, language: &str, lexicon: &Table) -> Option<Rc<WordAnchors>> {
    let mark = index_key(language, xxhash_rust::xxh3::xxh3_64(word.as_bytes())) ^ lexicon.mark();
    READ.with_borrow_mut(|known| {
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known.entry(mark).or_insert_with(|| read_word(word, language, lexicon).map(Rc::new)).clone()
    })
}

fn read_word(word: &str, language: &str, lexicon: &Table) -> Option<WordAnchors> {
    if word.chars().count() < MIN_LETTERS {
        return None;
    }
    let outline = skeleton(word);
    let own = stem(language, word);
    let english = language == "en";
    let content = !english || !is_english_function_word(&own);
    Some(WordAnchors {
        skeleton: (outline.len() >= MIN_SKELETON).then(|| skeleton_key(&outline, false)),
        stem: content.then(|| stem_key(&own)),
        own_meaning: (english && content).then(|| meaning_key(&own)),
        meanings: lexicon.meanings(&own).iter().take(MAX_MEANINGS).copied().collect(),
    })
}

fn unspaced(text: &str, lexicon: &Table, found: &mut Found) {
    for (start, end, number) in tokens_unspaced(text) {
        let word = &text[start..end];
        let at = |key, class| Anchor {
            key,
            class,
            weight: 1.0,
            start: u32::try_from(start).unwrap_or(u32::MAX),
            end: u32::try_from(end).unwrap_or(u32::MAX),
        };
        if number {
            found.add(at(number_key(word), AnchorClass::Number));
        } else {
            let outline = skeleton(word);
            if outline.len() >= MIN_SKELETON {
                found.add(at(skeleton_key(&outline, false), AnchorClass::Name));
            }
        }
    }
    longest_matches(text, lexicon, found);
    for (start, pair) in bigrams(text) {
        found.add(Anchor {
            key: stem_key(pair),
            class: AnchorClass::Stem,
            weight: 0.7,
            start: u32::try_from(start).unwrap_or(u32::MAX),
            end: u32::try_from(start + pair.len()).unwrap_or(u32::MAX),
        });
    }
}

/// Runs of Latin letters, katakana, or digits in unspaced text.
pub(super) fn tokens_unspaced(text: &str) -> Vec<(usize, usize, bool)> {
    let class = |c: char| {
        if is_digit(c) {
            Some(0)
        } else if c.is_ascii_alphabetic() || ('Ａ'..='ｚ').contains(&c) {
            Some(1)
        } else if ('\u{30a0}'..='\u{30ff}').contains(&c) && c != '・' {
            Some(2)
        } else {
            None
        }
    };
    let mut found: Vec<(usize, usize, bool)> = Vec::new();
    let mut last: Option<i32> = None;
    for (at, c) in text.char_indices() {
        let now = class(c);
        match (now, last, found.last_mut()) {
            (Some(a), Some(b), Some(open)) if a == b => open.1 = at + c.len_utf8(),
            (Some(a), _, _) => found.push((at, at + c.len_utf8(), a == 0)),
            (None, _, _) => {}
        }
        last = now;
    }
    found.retain(|&(start, end, number)| number || text[start..end].chars().nth(1).is_some());
    found
}

/// Meanings of the longest lexicon words that stand in a text; no morphological analyser is needed.
fn longest_matches(text: &str, lexicon: &Table, found: &mut Found) {
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let count = starts.len() - 1;
    let mut at = 0;
    while at < count {
        let mut step = 1;
        for length in (2..=LONGEST_WORD.min(count - at)).rev() {
            let (start, end) = (starts[at], starts[at + length]);
            let meanings = lexicon.meanings(&text[start..end]);
            if meanings.is_empty() {
                continue;
            }
            let counted = meanings.len().min(MAX_UNSPACED_MEANINGS);
            let share = (counted as f32).sqrt().recip();
            for &meaning in &meanings[..counted] {
                found.add(Anchor {
                    key: meaning,
                    class: AnchorClass::Meaning,
                    weight: share,
                    start: u32::try_from(start).unwrap_or(u32::MAX),
                    end: u32::try_from(end).unwrap_or(u32::MAX),
                });
            }
            step = length;
            break;
        }
        at += step;
    }
}

/// Overlapping pairs of unspaced characters, each with its byte offset.
fn bigrams(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let chars = text.char_indices();
    let next = text.char_indices().skip(1);
    chars
        .zip(next)
        .filter(|((_, a), (_, b))| is_unspaced(*a) && is_unspaced(*b))
        .map(|((start, _), (second, b))| (start, &text[start..second + b.len_utf8()]))
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
