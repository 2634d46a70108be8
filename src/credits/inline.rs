//! Credits at the end of a paragraph: "… 65 Prozent. dpa", "… (APA, 18.3.2016)".

use super::glance::may_name_agency;
use super::line::{Line, list_line};
use super::list::{Context, is_person};
use super::phrases::is_picture;
use super::tables::{Known, find};

/// The longest such credit, in bytes.
const LONGEST: usize = 90;

/// Where the credit at a paragraph's end begins, and what it says.
pub(super) fn read(paragraph: &str, context: Context) -> Option<(usize, Line)> {
    let text = paragraph.trim_end();
    let (at, line) = bracketed(text, context).or_else(|| bare(text, context))?;
    // "… in Berlin. Foto: Brandt (dpa)": the last sentence speaks of a picture.
    let before = text.get(..at)?.trim_end_matches(['.', '!', '?', ' ']);
    let last = before.rsplit(['.', '!', '?', '\n']).next().unwrap_or(before);
    (!is_picture(last)).then_some((at, line))
}

fn is_wire(line: &Line) -> bool {
    line.people.is_empty() && line.named.iter().any(|n| n.party.agency.is_some())
}

/// "… sagte er. (APA/dpa, 23.8.2015)"; never the short form behind a name: "die Deutsche Presse-Agentur (dpa)."
fn bracketed(text: &str, context: Context) -> Option<(usize, Line)> {
    let closed = text.trim_end_matches(['.', ' ']);
    let (open, close) = if closed.ends_with(']') { ('[', ']') } else { ('(', ')') };
    let inner = closed.strip_suffix(close)?;
    let at = inner.rfind(open)?;
    let inner = inner.get(at + 1..)?;
    let before = text.get(..at)?.trim_end();
    // "Karla Brandt (Reuters)" is a photographer or a reporter, no sentence.
    let name = is_person(before) || before.split_whitespace().count() < 2;
    if inner.len() > LONGEST || name || !may_name_agency(inner) || abbreviates(before, inner) {
        return None;
    }
    let line = list_line(inner, context).filter(is_wire)?;
    Some((cut(before), line))
}

/// Whether brackets hold the short form of the words before them ("American Psychological Association (APA)").
fn abbreviates(before: &str, inner: &str) -> bool {
    let words: Vec<&str> = before.split_whitespace().rev().take(6).collect();
    let long = (1..=words.len().min(5)).any(|n| {
        let name =
            words.get(..n).unwrap_or_default().iter().rev().copied().collect::<Vec<_>>().join(" ");
        !name.ends_with(['.', '!', '?']) && matches!(find(&name), Some((Known::Agency(_), _)))
    });
    if long
        || before.to_lowercase().ends_with("agentur")
        || before.to_lowercase().ends_with("agency")
    {
        return true;
    }
    if inner.chars().count() > 6
        || !inner.chars().all(char::is_alphabetic)
        || before.ends_with(['.', '!', '?', '"', '“', '”', '«', '»'])
    {
        return false;
    }
    let initials: Vec<char> =
        words.iter().filter_map(|w| w.trim_start_matches(['"', '„', '“']).chars().next()).collect();
    let mut left = inner.to_lowercase().chars().rev().collect::<Vec<char>>().into_iter().peekable();
    for initial in initials {
        left.next_if(|c| initial.to_lowercase().eq([*c]));
    }
    left.peek().is_none()
}

/// The end of the story's words: spaces and a dash before the credit are the credit's.
fn cut(before: &str) -> usize {
    before.trim_end_matches(|c: char| c.is_whitespace() || DASHES.contains(&c)).len()
}

/// Dashes that a credit can stand behind.
const DASHES: [char; 4] = ['–', '—', '−', '-'];

/// What ends a sentence.
const STOPS: [char; 12] = ['.', '!', '?', '"', '“', '”', '«', '»', '’', ')', '…', '\n'];

/// The same where no space follows.
const CLOSED_STOPS: [char; 2] = ['。', '」'];

/// "… 65 Prozent. dpa", "… − afp", "… Quelle: dpa".
fn bare(text: &str, context: Context) -> Option<(usize, Line)> {
    let from = text.floor_char_boundary(text.len().saturating_sub(LONGEST));
    let end = text.get(from..).filter(|end| may_name_agency(end))?;
    end.char_indices().find_map(|(n, c)| {
        let at = from + n;
        let behind = at + c.len_utf8();
        let start = if DASHES.contains(&c) && text.get(..at)?.ends_with(char::is_whitespace) {
            at
        } else if CLOSED_STOPS.contains(&c)
            || (STOPS.contains(&c) && text.get(behind..)?.starts_with(char::is_whitespace))
        {
            behind
        } else {
            return None;
        };
        let tail = text.get(start..)?;
        if tail.trim().is_empty() {
            return None;
        }
        let line = list_line(tail, context).filter(is_wire)?;
        Some((cut(text.get(..start).unwrap_or_default()), line))
    })
}
