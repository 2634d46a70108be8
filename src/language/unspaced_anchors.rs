//! Anchors of text without spaces between words: runs of digits, Latin letters and katakana, and the longest words of a
//! lexicon; no morphological analyser is needed.

use super::anchor_keys::{is_digit, number_key, skeleton_key, skeleton_keys, stem_key};
use super::anchors::{Anchor, AnchorClass, Found, MIN_SKELETON, add_meanings};
use super::lexicon::Table;
use super::{is_unspaced, skeleton};

/// Meanings of one Chinese or Japanese word that count.
const MAX_UNSPACED_MEANINGS: usize = 8;
/// Characters of the longest lexicon word that is looked for.
const LONGEST_WORD: usize = 8;

pub(super) fn unspaced(text: &str, lexicon: &Table, found: &mut Found) {
    for (start, end, number) in tokens_unspaced(text) {
        let word = &text[start..end];
        let at = |(key, folded), class| Anchor {
            key,
            folded,
            class,
            weight: 1.0,
            start: u32::try_from(start).unwrap_or(u32::MAX),
            end: u32::try_from(end).unwrap_or(u32::MAX),
        };
        if number {
            let key = number_key(word);
            found.add(at((key, key), AnchorClass::Number));
        } else {
            let outline = skeleton(word);
            if outline.len() >= MIN_SKELETON {
                found.add(at(skeleton_keys(&outline), AnchorClass::Name));
            }
        }
    }
    longest_matches(text, lexicon, found);
    for (start, pair) in bigrams(text) {
        let key = stem_key(pair);
        found.add(Anchor {
            key,
            folded: key,
            class: AnchorClass::Stem,
            weight: 0.7,
            start: u32::try_from(start).unwrap_or(u32::MAX),
            end: u32::try_from(start + pair.len()).unwrap_or(u32::MAX),
        });
    }
}

/// Runs of Latin letters, katakana, or digits in unspaced text.
fn tokens_unspaced(text: &str) -> Vec<(usize, usize, bool)> {
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
            add_meanings(&meanings, (start, end), MAX_UNSPACED_MEANINGS, found);
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

/// Keys of the skeletons in which r stands for l.
pub(super) fn folded_skeletons(text: &str) -> impl Iterator<Item = u64> + '_ {
    tokens_unspaced(text)
        .into_iter()
        .filter(|&(_, _, number)| !number)
        .map(|(start, end, _)| skeleton(&text[start..end]))
        .filter(|outline| outline.len() >= MIN_SKELETON && outline.contains('l'))
        .map(|outline| skeleton_key(&outline, true))
}
