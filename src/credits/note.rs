//! Sentences that say where a text ran first: "Dieser Artikel ist zuerst bei "Capital" erschienen".

use super::line::Named;
use super::list::Context;
use super::phrases::{Kind, earliest, is_title, lowered, opens, phrases};
use super::tables::{Known, Strength, find};
use crate::model::Party;

/// Whether a text says where it ran first or who delivered it, named or not.
pub(super) fn is_note(text: &str) -> bool {
    subject(text).is_some()
}

/// Whether such a sentence says that copy was worked in, not run as it came.
pub(super) fn is_reworked(text: &str) -> bool {
    earliest(&lowered(text), Kind::Material).is_some()
}

/// Where such a sentence names the text; `None` where it says nothing of the kind.
fn subject(text: &str) -> Option<usize> {
    if text.len() > 400 || !text.contains(' ') {
        return None;
    }
    let lower = lowered(text);
    // The sentence has to be about the text from its beginning.
    let head = lower.get(..lower.floor_char_boundary(HEAD)).unwrap_or(&lower);
    let subject = earliest(head, Kind::Text).or_else(|| {
        // "The article" is another's article in a story about it, unless it says that it ran before.
        let elsewhere = text.len() < SHORT && earliest(&lower, Kind::First).is_some();
        (elsewhere && opens(&lower, Kind::Definite)).then_some(0)
    })?;
    earliest(&lower, Kind::Ran).map(|_| subject)
}

/// How far into a paragraph it has to name its text, in bytes.
const HEAD: usize = 80;

/// The longest note that names it as "the article", in bytes.
const SHORT: usize = 220;

/// Who is named by a sentence that says where the text ran first or who delivered it.
///
/// A party of the tables counts wherever the sentence names it; a stranger only in quotation marks, or where its name
/// is a paper's.
pub(super) fn cross_publication(text: &str, context: Context) -> Option<Vec<Named>> {
    let subject = subject(text)?;
    let first = text.split_inclusive(['.', '!']).scan(0, |at, s| {
        let from = *at;
        *at += s.len();
        Some((from, s))
    });
    let sentence = first
        .filter(|(from, s)| from + s.len() > subject + 20)
        .map(|(from, s)| text.get(..from + s.len()).unwrap_or(text))
        .find(|s| ends_sentence(s, text))
        .unwrap_or(text);
    let mut named: Vec<Named> = Vec::new();
    for known in known_in(sentence).filter(|k| !context.own.is_some_and(|o| o.is_known(*k))) {
        if !named.iter().any(|n| n.known == Some(known)) {
            named.push(known.into());
        }
    }
    if named.is_empty() {
        named.extend(quoted(sentence, context));
    }
    (!named.is_empty()).then_some(named)
}

/// Whether a sentence really ends where it was cut, and not inside "stern.de".
fn ends_sentence(sentence: &str, text: &str) -> bool {
    let rest = text.get(sentence.len()..).unwrap_or_default();
    rest.is_empty() || rest.starts_with(char::is_whitespace)
}

/// Parties of the tables in running words, longest name first, capitalised ones only.
fn known_in(sentence: &str) -> impl Iterator<Item = Known> {
    let words: Vec<(usize, &str)> = words(sentence);
    let mut found = Vec::new();
    let mut n = 0;
    while let Some((from, first)) = words.get(n).copied() {
        let hit = (1..=5).rev().find_map(|len| {
            let (at, last) = words.get(n + len - 1)?;
            let name = sentence.get(from..at + last.len())?;
            let proper =
                first.starts_with(char::is_uppercase) || first.len() < 5 || first.contains('.');
            match find(name) {
                Some((known, strength))
                    if proper && counts(known, strength, (name, from), sentence) =>
                {
                    Some((known, len))
                }
                _ => None,
            }
        });
        if let Some((known, len)) = hit {
            found.push(known);
            n += len;
        } else {
            n += 1;
        }
    }
    found.into_iter()
}

/// An outlet's name that is also a word counts behind a preposition or in quotation marks only.
fn counts(known: Known, strength: Strength, (name, from): (&str, usize), sentence: &str) -> bool {
    // "has not been edited by NDTV staff": the page's own people.
    let staff = |word: &str| {
        ["staff", "redaktion", "rédaction", "redacción"].contains(&word.to_lowercase().as_str())
    };
    let after = sentence.get(from + name.len()..).unwrap_or_default();
    if name.rsplit(' ').next().is_some_and(staff)
        || after.trim_start_matches([' ', '-']).split([' ', ',', '.']).next().is_some_and(staff)
    {
        return false;
    }
    let before = sentence.get(..from).unwrap_or_default().trim_end();
    let marked = before.ends_with(['"', '„', '“', '«', '»', '\'', '‚']);
    let word = before.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let behind = phrases(Kind::At).has(&word);
    match known {
        Known::Agency(_) => strength == Strength::Strong && name.chars().count() > 2,
        Known::Outlet(_) => {
            marked
                || (behind && name.starts_with(char::is_uppercase))
                || name.contains('.')
                || (behind && name.contains('-'))
        }
    }
}

fn words(sentence: &str) -> Vec<(usize, &str)> {
    let edge = |c: char| !(c.is_alphanumeric());
    let mut out = Vec::new();
    let mut at = 0;
    for raw in sentence.split([' ', '\u{a0}']) {
        let start = raw.find(|c: char| !edge(c)).unwrap_or(raw.len());
        let word = raw.get(start..).unwrap_or_default().trim_end_matches(edge);
        if !word.is_empty() {
            out.push((at + start, word));
        }
        at += raw.len() + raw_gap(sentence, at + raw.len());
    }
    out
}

/// Bytes of the space at this place.
fn raw_gap(sentence: &str, at: usize) -> usize {
    sentence.get(at..).and_then(|s| s.chars().next()).map_or(1, char::len_utf8)
}

/// A name in quotation marks, or a paper's name behind a preposition.
fn quoted(sentence: &str, context: Context) -> Option<Named> {
    let open = sentence.find(['"', '„', '“', '«'])?;
    let inner = sentence.get(open..)?;
    let inner = inner.get(inner.chars().next()?.len_utf8()..)?;
    let name = inner.get(..inner.find(['"', '“', '”', '»'])?)?.trim();
    let words = name.split_whitespace().count();
    let own = context.own.is_some_and(|o| o.is(name));
    let fits =
        (1..=5).contains(&words) && name.starts_with(char::is_uppercase) && !own && is_title(name);
    fits.then(|| Named {
        party: Party { agency: None, name: name.to_owned(), domain: None },
        known: None,
    })
}
