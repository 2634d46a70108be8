//! Bylines: which part of "Felix Schröder und Jörg Soldwisch, dpa" is people, which an agency.

use super::line::{Line, Named};
use super::list::{Context, Slot, parties};
use super::phrases::{after_byline, after_source, around_material, is_staff};
use super::tables::Known;
use crate::model::CreditRole;

/// Reads one value of a byline or of a field that holds authors.
///
/// A person bound to an agency by a stroke ("Kappeler/dpa") is a photographer unless "Von" or its like stands before.
pub(super) fn read(value: &str, context: Context) -> Line {
    let value = value.trim().trim_matches(['-', '–', '—', '−', '|', '(', ')', ' ']);
    let labelled = Context { slot: Slot::Labelled, ..context };
    let (mut rest, mut opened, mut reworked) = (value, false, false);
    while let Some(inner) = after_byline(rest) {
        (rest, opened) = (inner, true);
    }
    if let Some(inner) = after_source(rest) {
        rest = inner;
    } else if let Some(inner) = around_material(rest) {
        (rest, reworked) = (inner, true);
    }
    let list = parties(rest, labelled);
    let picture = list.picture || (list.tight_person && !opened);
    let named = if picture {
        Vec::new()
    } else {
        list.known.iter().map(|k| Named::from(*k)).collect::<Vec<_>>()
    };
    let told_apart = !list.known.is_empty() || list.own || list.other.is_empty();
    let people = if list.picture {
        list.people.iter().map(|p| (*p).to_owned()).collect()
    } else if told_apart {
        let sentence = |o: &str| {
            o.starts_with(char::is_lowercase)
                || o.contains(['@', ':'])
                || o.contains(|c: char| c.is_ascii_digit())
                || !o.contains(char::is_alphanumeric)
        };
        let strangers = list.other.iter().filter(|o| !sentence(o));
        list.people.iter().chain(strangers).map(|p| (*p).to_owned()).collect()
    } else if rest.is_empty() || is_staff(rest) {
        Vec::new()
    } else {
        vec![rest.to_owned()]
    };
    Line {
        role: CreditRole::Byline,
        named,
        initials: list.initials.iter().map(|i| (*i).to_owned()).collect(),
        people,
        reworked,
    }
}

/// Whether an outlet in a byline is more than a word that happens to be a paper's name: an agency stands beside it, or
/// it is all that the byline says.
pub(super) fn outlet_counts(line: &Line) -> bool {
    let agency = line.named.iter().any(|n| matches!(n.known, Some(Known::Agency(_))));
    agency || (line.people.is_empty() && line.initials.is_empty() && line.named.len() == 1)
}
