//! A line that is nothing but a credit: "(dpa)", "sak/Reuters", "Quelle: APA/sda", "Mit Material von AFP".

use super::copyright;
use super::glance::may_name_agency;
use super::list::{Context, Parties, Slot, is_initials, parties};
use super::note;
use super::phrases::{after_byline, after_source, around_material, is_picture, is_title};
use super::tables::{Known, find, registrable};
use crate::model::{CreditRole, Party};

/// A party named by a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Named {
    pub party: Party,
    /// Its row in the tables, where it has one.
    pub known: Option<Known>,
}

impl From<Known> for Named {
    fn from(known: Known) -> Self {
        Named { party: known.party(), known: Some(known) }
    }
}

/// What a credit line says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub role: CreditRole,
    pub named: Vec<Named>,
    pub initials: Vec<String>,
    pub people: Vec<String>,
    pub reworked: bool,
}

impl Line {
    pub fn new(role: CreditRole, parties: &Parties) -> Self {
        Line {
            role,
            named: parties.known.iter().map(|k| Named::from(*k)).collect(),
            initials: parties.initials.iter().map(|s| (*s).to_owned()).collect(),
            people: parties.people.iter().map(|s| (*s).to_owned()).collect(),
            reworked: false,
        }
    }
}

/// The longest line that is read as a list, in bytes; what is longer can only be a note.
const LONGEST_LIST: usize = 160;

/// Reads a line that is nothing but a credit.
pub(super) fn credit_line(text: &str, context: Context) -> Option<Line> {
    list_line(text, context).or_else(|| {
        let bare = unwrap(text);
        let named = note::cross_publication(bare, context)?;
        Some(Line {
            role: CreditRole::SourceLine,
            named,
            initials: vec![],
            people: vec![],
            reworked: note::is_reworked(bare),
        })
    })
}

/// Reads a line of parties, with or without a label; no sentence.
pub(super) fn list_line(text: &str, context: Context) -> Option<Line> {
    let bare = unwrap(text);
    if bare.is_empty() || bare.len() > LONGEST_LIST {
        return None;
    }
    if let Some(value) = after_source(bare) {
        return source_line(value, context);
    }
    let labelled = material_line(bare, context).or_else(|| copyright::read(bare, context));
    if labelled.is_some() || !may_name_agency(bare) {
        return labelled;
    }
    let labelled = after_byline(bare)
        .and_then(|value| byline_line(value, context))
        .or_else(|| unlabelled_source(bare, context));
    if labelled.is_some() {
        return labelled;
    }
    let list = parties(bare, context);
    let reporter = !list.people.is_empty() && !list.tight_person && bare.contains(',');
    let clean = list.agency() && !list.picture && list.other.is_empty();
    (clean && (list.people.is_empty() || reporter) && list.known.len() < 9)
        .then(|| Line::new(CreditRole::CreditLine, &list))
}

/// A line without the brackets, dashes and stars that enclose it.
fn unwrap(text: &str) -> &str {
    let mut bare = text;
    loop {
        let cut = bare.trim_matches(|c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    '*' | '+' | '–' | '—' | '−' | '-' | '|' | '•' | '\u{200b}' | '\u{feff}' | '_'
                )
        });
        let cut = cut.strip_suffix("</p>").unwrap_or(cut);
        let inner = enclosed(cut, '(', ')')
            .or_else(|| enclosed(cut, '[', ']'))
            .or_else(|| enclosed(cut, '（', '）'));
        let inner = inner.unwrap_or(cut);
        if inner.len() == bare.len() {
            return bare;
        }
        bare = inner;
    }
}

fn enclosed(text: &str, open: char, close: char) -> Option<&str> {
    let text = text.strip_suffix('.').unwrap_or(text);
    let inner = text.strip_prefix(open)?.strip_suffix(close)?;
    (!inner.contains([open, close])).then_some(inner)
}

/// "Quelle: APA/sda/dpa", "Source: Stern", "Source: morgen-post.de".
fn source_line(value: &str, context: Context) -> Option<Line> {
    let value = value.trim_end_matches(['.', ' ']);
    let list = parties(value, Context { slot: Slot::Source, ..context });
    let stranger = !list.other.is_empty() || !list.people.is_empty();
    if !list.known.is_empty() && !list.picture && !stranger {
        return Some(Line::new(CreditRole::SourceLine, &list));
    }
    if is_picture(value) || list.agency() || list.own {
        return None;
    }
    let mut line = Line::new(CreditRole::SourceLine, &Parties::default());
    line.named.push(stranger_named(value)?);
    Some(line)
}

/// "Source AFP": the colon may be missing where nothing but agencies follows.
fn unlabelled_source(text: &str, context: Context) -> Option<Line> {
    let (label, value) = text.split_once([' ', '\u{a0}'])?;
    if !["source", "quelle", "fuente", "fonte"].contains(&label.to_lowercase().as_str()) {
        return None;
    }
    let list = parties(value, context);
    list.is_wire_credit().then(|| Line::new(CreditRole::SourceLine, &list))
}

/// An outlet that no table knows, where its name leaves no doubt: a domain, or words of which one is the trade's own.
fn stranger_named(value: &str) -> Option<Named> {
    let value = value.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '„' | '“' | '”' | '«' | '»' | '.')
    });
    let words = value.split_whitespace().count();
    if words == 1 && value.contains('.') {
        let domain = registrable(value)?;
        return Some(Named {
            party: Party { agency: None, name: domain.clone(), domain: Some(domain) },
            known: None,
        });
    }
    let proper = value.chars().next().is_some_and(char::is_uppercase)
        && !value.contains([',', ':', ';', '/', '?']);
    // "Zeitung" alone is any paper, "Lautertal-Zeitung" is one.
    let one_name = (2..=5).contains(&words) || words == 1 && value.contains('-');
    (proper && one_name && is_title(value)).then(|| Named {
        party: Party { agency: None, name: value.to_owned(), domain: None },
        known: None,
    })
}

/// "Mit Material von dpa", "With reporting by Reuters", "AFP contributed to this report".
fn material_line(text: &str, context: Context) -> Option<Line> {
    let value = around_material(text)?.trim_end_matches('.');
    let list = parties(value, Context { slot: Slot::Labelled, ..context });
    if list.known.is_empty() || list.picture || !list.other.is_empty() {
        return None;
    }
    Some(Line { reworked: true, ..Line::new(CreditRole::CreditLine, &list) })
}

/// "Von dpa", "By Rich Miller, Reuters": a byline that stands in the text.
fn byline_line(value: &str, context: Context) -> Option<Line> {
    let list = parties(value, Context { slot: Slot::Labelled, ..context });
    let strangers = list.other.len();
    (list.agency() && !list.picture && strangers == 0).then(|| Line::new(CreditRole::Byline, &list))
}

/// Whether a line is an editor's initials and nothing else, as stands under an agency's name.
pub(super) fn is_initials_line(text: &str) -> bool {
    let bare = unwrap(text);
    is_initials(bare) && find(bare).is_none()
}
