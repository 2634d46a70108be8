//! dictd dictionaries, FreeDict's among them: an index of headwords with places, and one file of texts.
//!
//! Format: dictfmt(1) and dictd(8); places and lengths are numbers of base 64 with the digits of RFC 1421.

use std::collections::HashSet;

use super::gloss::{head_of, translations};
use super::languages::direction;
use super::licence::{licence_of, version_of};
use super::{Bundle, DictionaryError, Draft, Format};

pub(super) struct Dictd;

/// Headwords that hold facts about the dictionary.
const FACTS: &str = "00database";

impl Format for Dictd {
    fn name(&self) -> &'static str {
        "dictd"
    }

    fn fits(&self, bundle: &Bundle) -> bool {
        let index = bundle.part("index").map(String::from_utf8_lossy);
        index.is_some_and(|index| index.lines().take(20).filter_map(row).count() > 0)
    }

    fn read(&self, bundle: &Bundle) -> Result<Draft, DictionaryError> {
        let index = bundle.part("index").ok_or(DictionaryError::MissingPart(".index"))?;
        let texts = bundle.part("dict").ok_or(DictionaryError::MissingPart(".dict or .dict.dz"))?;
        let index = String::from_utf8_lossy(index);
        let rows: Vec<Row> = index.lines().filter_map(row).collect();
        let fact = |name: &str| {
            let found = rows.iter().find(|row| row.head.replace('-', "") == name);
            found.map(|row| row.text(texts)).unwrap_or_default()
        };
        let (title, notice) = (fact("00databaseshort"), fact("00databaseinfo"));
        let title = title
            .lines()
            .find(|line| !line.starts_with("00") && !line.is_empty())
            .unwrap_or("")
            .trim();
        let direction = direction(&[&bundle.name, title])?;
        let mut draft = Draft {
            title: title.to_owned(),
            version: version_of(title),
            licence: licence_of(&notice),
            language: direction.language,
            pairs: Vec::new(),
        };
        let mut seen = HashSet::new();
        for row in rows.iter().filter(|row| !row.head.replace('-', "").starts_with(FACTS)) {
            // Several headwords may share a text, whose first line has the one as it is written.
            if seen.insert((row.start, row.length)) {
                entry(row.head, &row.text(texts), direction.from_english, &mut draft);
            }
        }
        Ok(draft)
    }
}

fn entry(head: &str, text: &str, from_english: bool, draft: &mut Draft) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let (head, body) = match head_of(first) {
        Some(written) => (written, rest),
        None if first.trim().to_lowercase() == head.to_lowercase() => (first.trim(), rest),
        None => (head, text),
    };
    translations(body, &mut |gloss| {
        if from_english { draft.add(gloss, head) } else { draft.add(head, gloss) }
    });
}

struct Row<'i> {
    head: &'i str,
    start: usize,
    length: usize,
}

impl Row<'_> {
    fn text(&self, texts: &[u8]) -> String {
        let end = self.start.saturating_add(self.length);
        String::from_utf8_lossy(texts.get(self.start..end).unwrap_or_default()).into_owned()
    }
}

fn row(line: &str) -> Option<Row<'_>> {
    let mut cells = line.split('\t');
    let (head, start, length) = (cells.next()?, cells.next()?, cells.next()?);
    Some(Row { head, start: number(start)?, length: number(length)? })
}

fn number(digits: &str) -> Option<usize> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    if digits.is_empty() || digits.len() > 8 {
        return None;
    }
    digits.bytes().try_fold(0usize, |sum, byte| {
        let digit = DIGITS.iter().position(|&known| known == byte)?;
        sum.checked_mul(64)?.checked_add(digit)
    })
}
