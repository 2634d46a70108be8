//! StarDict dictionaries: `.ifo` with facts, `.idx` with headwords and places, `.dict` with texts.
//!
//! Format: "Format for StarDict dictionary files" of the project, versions 2.4.2 and 3.0.0.

use super::gloss::{head_of, translations, without_tags};
use super::languages::direction;
use super::licence::licence_of;
use super::{Bundle, DictionaryError, Draft, Format};

pub(super) struct StarDict;

const MAGIC: &[u8] = b"StarDict's dict ifo file";

impl Format for StarDict {
    fn name(&self) -> &'static str {
        "StarDict"
    }

    fn fits(&self, bundle: &Bundle) -> bool {
        bundle.part("ifo").is_some_and(|ifo| ifo.starts_with(MAGIC))
    }

    fn read(&self, bundle: &Bundle) -> Result<Draft, DictionaryError> {
        let ifo = bundle.part("ifo").ok_or(DictionaryError::MissingPart(".ifo"))?;
        let index = bundle.part("idx").ok_or(DictionaryError::MissingPart(".idx"))?;
        let texts = bundle.part("dict").ok_or(DictionaryError::MissingPart(".dict or .dict.dz"))?;
        let ifo = String::from_utf8_lossy(ifo);
        let fact = |key: &str| {
            ifo.lines()
                .find_map(|line| line.strip_prefix(key)?.strip_prefix('='))
                .unwrap_or("")
                .trim()
        };
        let direction = direction(&[fact("bookname"), &bundle.name])?;
        let mut draft = Draft {
            title: fact("bookname").to_owned(),
            version: fact("date").to_owned(),
            licence: licence_of(
                &[fact("description"), fact("copyright"), fact("license")].join(" "),
            ),
            language: direction.language,
            pairs: Vec::new(),
        };
        let wide = fact("idxoffsetbits") == "64";
        let types = fact("sametypesequence");
        let mut rest = index;
        while let Some((head, start, length, after)) = row(rest, wide) {
            rest = after;
            let bytes = texts.get(start..start.saturating_add(length)).unwrap_or_default();
            let head = String::from_utf8_lossy(head);
            for text in fields(bytes, types) {
                entry(&head, &text, direction.from_english, &mut draft);
            }
        }
        Ok(draft)
    }
}

fn entry(head: &str, text: &str, from_english: bool, draft: &mut Draft) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let named = head_of(first).unwrap_or(first).trim();
    let body = if named.to_lowercase() == head.to_lowercase() { rest } else { text };
    translations(body, &mut |gloss| {
        if from_english { draft.add(gloss, head) } else { draft.add(head, gloss) }
    });
}

/// A row of the index: headword, place, length, and the rows after it.
fn row(bytes: &[u8], wide: bool) -> Option<(&[u8], usize, usize, &[u8])> {
    let end = bytes.iter().position(|&byte| byte == 0)?;
    let (head, rest) = (bytes.get(..end)?, bytes.get(end + 1..)?);
    let place = if wide { 8 } else { 4 };
    let start = number(rest.get(..place)?)?;
    let length = number(rest.get(place..place + 4)?)?;
    Some((head, start, length, rest.get(place + 4..)?))
}

fn number(big_endian: &[u8]) -> Option<usize> {
    let sum = big_endian.iter().fold(0u64, |sum, &byte| (sum << 8) | u64::from(byte));
    usize::try_from(sum).ok()
}

/// The texts of an entry. With one type for all entries the last field has no end mark; without, each field opens with
/// its type. Upper-case types are pictures and sounds.
fn fields(bytes: &[u8], types: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = bytes;
    let mut same = types.bytes();
    while !rest.is_empty() {
        let kind = match (types.is_empty(), rest) {
            (false, _) => match same.next() {
                Some(kind) => kind,
                None => break,
            },
            (true, [kind, after @ ..]) => {
                rest = after;
                *kind
            }
            (true, []) => break,
        };
        if kind.is_ascii_uppercase() {
            break;
        }
        let end = rest.iter().position(|&byte| byte == 0).unwrap_or(rest.len());
        let text = String::from_utf8_lossy(rest.get(..end).unwrap_or_default()).into_owned();
        rest = rest.get(end + 1..).unwrap_or_default();
        match kind {
            b'm' | b'l' => found.push(text),
            b'g' | b'h' | b'x' => found.push(without_tags(&text)),
            _ => {}
        }
    }
    found
}
