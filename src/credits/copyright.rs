//! Copyright lines that are a text's: "Copyright 2025 AP. All rights reserved.", "© dpa-infocom, dpa:230428-99-483045/5".

use super::line::Line;
use super::list::{Context, Parties, Slot, parties};
use super::phrases::{Kind, lowered, phrases};
use super::tables::Known;
use crate::model::CreditRole;

/// Letters of an agency's name from which on it is its full one, as stands under a text; a picture's is short ("© AFP").
const FULL_NAME: usize = 11;

/// Reads a copyright line of the text's: one with a year, a reservation of rights, an item's code or an agency's full name.
pub(super) fn read(text: &str, context: Context) -> Option<Line> {
    let (mut rest, mut marks) = (text, 0);
    while let Some(inner) = after_mark(rest) {
        (rest, marks) = (inner, marks + 1);
    }
    if marks == 0 {
        return None;
    }
    let (rest, year) = without_year(rest);
    let lower = lowered(text);
    let reserved = phrases(Kind::Rights).longest_first.iter().any(|r| lower.contains(r));
    let coded = lower.contains("dpa-infocom") || lower.contains(" dpa:");
    let holder = holder(rest);
    let full = holder.len() >= FULL_NAME && !holder.contains(['/', '|', ',']);
    let list = parties(holder, Context { slot: Slot::Labelled, ..context });
    let nobody_else = !list.picture && list.other.is_empty() && list.people.is_empty();
    let theirs = list.agency() || (year && is_anothers(&list, context));
    (nobody_else && theirs && (year || reserved || coded || full))
        .then(|| Line::new(CreditRole::CreditLine, &list))
}

/// The text behind a copyright mark, or behind a reservation of rights that stands before it.
fn after_mark(text: &str) -> Option<&str> {
    let lower = lowered(text);
    let marks = ["copyright", "©", "(c)", "by "].iter().chain(&phrases(Kind::Rights).longest_first);
    let mark = marks.filter(|m| lower.starts_with(**m)).map(|m| m.len()).max()?;
    Some(text.get(mark..)?.trim_start_matches([' ', ':', '\u{a0}', '.', '-', '–']))
}

/// A holder without the year before or behind it.
fn without_year(text: &str) -> (&str, bool) {
    let is_year = |y: &str| y.len() == 4 && y.bytes().all(|b| b.is_ascii_digit());
    if text.get(..4).is_some_and(is_year) {
        let rest =
            text.get(4..).unwrap_or_default().trim_start_matches([' ', ',', '-', '–', '\u{a0}']);
        return (rest.strip_prefix("by ").unwrap_or(rest), true);
    }
    let holder = holder(text);
    match holder.rsplit_once(' ') {
        Some((name, year)) if is_year(year) => (name, true),
        _ => (text, false),
    }
}

/// The first sentence, which names the holder.
fn holder(text: &str) -> &str {
    let stop = text.match_indices(". ").map(|(n, _)| n).find(|n| *n > 4).unwrap_or(text.len());
    let lower = lowered(text);
    let rights = phrases(Kind::Rights).longest_first.iter().filter_map(|r| lower.find(r)).min();
    let end = stop.min(rights.unwrap_or(text.len()));
    text.get(..end).unwrap_or(text).trim().trim_end_matches(['.', ',', ' '])
}

/// Whether the holder is an outlet of another publisher.
fn is_anothers(list: &Parties, context: Context) -> bool {
    let sister = |k: &Known| context.own.is_some_and(|own| own.is_sister(*k));
    !list.known.is_empty() && !list.known.iter().any(sister)
}
