//! Datelines: "Berlin (dpa) - ", "LONDON, May 12 (Reuters) -", "SYDNEY March 22 AAP -", "(서울=연합뉴스)".

use super::glance::may_name_agency;
use super::list::{Context, Parties, is_date, is_person, parties};
use super::tables::{Known, find};

/// A dateline at the head of a paragraph.
#[derive(Debug, Clone)]
pub(super) struct Dateline {
    /// Bytes it takes, the dash and the space behind it included.
    pub len: usize,
    /// The agencies in it; none where it names only place and day.
    pub known: Vec<Known>,
    pub initials: Vec<String>,
}

/// How far into a paragraph a dateline reaches, in bytes.
const REACH: usize = 130;

/// Reads the dateline that a paragraph opens with.
pub(super) fn read(paragraph: &str, context: Context) -> Option<Dateline> {
    let start = paragraph.len()
        - paragraph
            .trim_start_matches(|c: char| {
                c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '*' | '+')
            })
            .len();
    let text = paragraph.get(start..)?;
    let head = text.get(..text.floor_char_boundary(REACH.min(text.len())))?;
    let mut line = bracketed(head, context)
        .or_else(|| slashed(head, context))
        .or_else(|| east_asian(head, context))
        .or_else(|| unbracketed(head, context))
        .or_else(|| placed(head))?;
    line.len = start + extend(head, &line);
    Some(line)
}

/// "ANSA) - ROMA, 12 GEN - ": the place stands behind the agency.
fn extend(head: &str, line: &Dateline) -> usize {
    let more = head.get(line.len..).and_then(placed).filter(|_| !line.known.is_empty());
    line.len + more.map_or(0, |m| m.len)
}

/// The parties of a list that may be a wire's credit.
fn wire<'a>(text: &'a str, context: Context) -> Option<Parties<'a>> {
    may_name_agency(text).then(|| parties(text, context))
}

fn dateline(len: usize, list: &Parties) -> Dateline {
    Dateline {
        len,
        known: list.known.clone(),
        initials: list.initials.iter().map(|s| (*s).to_owned()).collect(),
    }
}

/// Whether words before an agency can be a place and a day: no word of a sentence among them.
fn is_place_and_day(text: &str) -> bool {
    const SMALL: &[&str] = &[
        "am", "im", "an", "der", "den", "de", "do", "di", "la", "le", "las", "los", "el", "al",
        "sur", "sous", "en", "upon", "on", "of", "bei", "in", "und", "and", "ob", "aan", "het",
        "mai", "juin", "juillet", "août", "mars", "avril", "février", "janvier", "sept", "nov",
        "déc", "e", "y", "et", "a", "da", "du", "der", "a.d", "a.m", "v", "d", "h", "st", "des",
        "dem", "vor", "taz", "th", "rd", "nd",
    ];
    let words: Vec<&str> =
        text.split([' ', '\u{a0}', '/', ',', '\u{202f}']).filter(|w| !w.is_empty()).collect();
    words.len() < 9
        && words.iter().all(|w| {
            let bare = w.trim_matches(['.', ',', ':', '-', '–', '—']);
            !bare.contains(['!', '?', '"', ';', ':'])
                && (bare
                    .chars()
                    .next()
                    .is_none_or(|c| c.is_uppercase() || c.is_ascii_digit() || !c.is_lowercase())
                    || SMALL.contains(&bare)
                    || is_month_word(bare))
        })
}

fn is_month_word(word: &str) -> bool {
    is_date(&format!("1 {word}"))
}

/// Bytes of the dash, stop or colon behind an agency, and the spaces around it; `None` where no such mark stands there.
fn mark(rest: &str) -> Option<usize> {
    let gap =
        |s: &str| s.len() - s.trim_start_matches([' ', '\u{a0}', '\u{202f}', '\u{2009}']).len();
    let before = gap(rest);
    let dashes = rest.get(before..)?;
    let len = dashes.len()
        - dashes
            .trim_start_matches([
                '-', '–', '—', '−', '‒', '―', '|', '=', '*', ':', '.', '\u{ad}', '•', '~', '_',
            ])
            .len();
    if len == 0 {
        return None;
    }
    Some(before + len + gap(dashes.get(len..)?))
}

/// Place and day, then the agency in brackets, then a dash; the dash may be missing where a capital follows.
fn bracketed(head: &str, context: Context) -> Option<Dateline> {
    let (open, close) = (head.find('(')?, head.find(')')?);
    let place = head.get(..open)?.trim().trim_end_matches(['-', '–', '—', ' ', ':']);
    let list = wire(head.get(open + 1..close)?, context)?;
    if !list.is_wire_credit() || !is_place_and_day(place) {
        return None;
    }
    let rest = head.get(close + 1..)?;
    if let Some(n) = mark(rest) {
        return Some(dateline(close + 1 + n, &list));
    }
    // "(Reuters), 12. Mai - "
    if let Some(dash) =
        rest.find([' ', ',']).and_then(|_| rest.find(['-', '–', '—'])).filter(|d| *d < 30)
        && rest.get(..dash).is_some_and(|day| is_date(day.trim_matches([' ', ','])))
    {
        return Some(dateline(close + 1 + dash + mark(rest.get(dash..)?)?, &list));
    }
    let next = rest.trim_start();
    let capital = next.starts_with(|c: char| {
        c.is_uppercase() || matches!(c, '„' | '"' | '«' | '“' | '»') || c.is_ascii_digit()
    });
    let few = place.split_whitespace().count() < 6 && !is_person(place);
    (capital && few && rest.len() != next.len())
        .then(|| dateline(close + 1 + (rest.len() - next.len()), &list))
}

/// "МОСКВА, 12 мая. /ТАСС/. ", "København /ritzau/ ".
fn slashed(head: &str, context: Context) -> Option<Dateline> {
    let open = head.find(['/', '／'])?;
    if open > 0 && !head.get(..open)?.ends_with([' ', '\u{a0}', '.']) {
        return None;
    }
    let rest = head.get(open + 1..)?;
    let close = rest.find(['/', '／'])?;
    let list = wire(rest.get(..close)?, context)?;
    if !list.is_wire_credit() || !is_place_and_day(head.get(..open)?) {
        return None;
    }
    let end = open + 1 + close + 1;
    let rest = head.get(end..)?;
    let gap = rest.len() - rest.trim_start().len();
    Some(dateline(end + mark(rest).unwrap_or(gap), &list))
}

/// "SYDNEY March 22 AAP - ", "BERLIN taz/dpa | ", "ANSA - ROMA, 01 LUG - ", "dpa Berlin - ".
fn unbracketed(head: &str, context: Context) -> Option<Dateline> {
    let at = head.find([' ', '\u{a0}']).and_then(|_| first_dash(head))?;
    let before = head.get(..at)?.trim();
    let len = at + mark(head.get(at..)?)?;
    if before.len() > 60 || before.is_empty() || !may_name_agency(before) {
        return None;
    }
    let (place, name) = before.rsplit_once([' ', '\u{a0}']).unwrap_or(("", before));
    let list = parties(name, context);
    // "Bloomberg – the former mayor – said": a name alone has to be a code.
    let code = !(name.contains(char::is_lowercase) && name.contains(char::is_uppercase));
    let shouted = (place.is_empty() && code)
        || place.split(' ').next().is_some_and(is_capitals)
        || is_date(place);
    if list.is_wire_credit() && shouted && is_place_and_day(place) {
        return Some(dateline(len, &list));
    }
    let (name, place) = before.split_once(' ')?;
    let list = parties(name, context);
    (list.is_wire_credit() && place.split(' ').all(is_capitals)).then(|| dateline(len, &list))
}

/// Where the first dash stands that is no hyphen.
fn first_dash(head: &str) -> Option<usize> {
    let dash = head.find(['–', '—', '−', '|']);
    let spaced = [" - ", " -- ", "\u{a0}- ", " -\u{a0}"].iter().filter_map(|d| head.find(d)).min();
    let end = head.find(" -").filter(|n| n + 2 == head.len());
    [dash, spaced, end].into_iter().flatten().min()
}

fn is_capitals(word: &str) -> bool {
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    letters.len() > 2 && letters.iter().all(|c| c.is_uppercase())
}

/// "SALVADOR, Feb 26 - ", "WASHINGTON — ": place and day alone.
fn placed(head: &str) -> Option<Dateline> {
    let at = first_dash(head)?;
    let before = head.get(..at)?.trim();
    let (place, day) = before.split_once(',').unwrap_or((before, ""));
    let shouted = place
        .split([' ', '/', '-'])
        .all(|w| is_capitals(w) || w.len() < 4 && w.chars().all(char::is_uppercase));
    let dated =
        day.trim().is_empty() || is_date(day.trim()) || is_place_and_day(day) && day.len() < 20;
    if place.is_empty() || place.len() > 40 || !shouted || !dated || find(place).is_some() {
        return None;
    }
    Some(Dateline { len: at + mark(head.get(at..)?)?, known: vec![], initials: vec![] })
}

/// "新华社北京1月2日电", "【ワシントン共同】", "(서울=연합뉴스) 홍길동 기자 = ".
fn east_asian(head: &str, context: Context) -> Option<Dateline> {
    let bracket =
        [('【', '】'), ('（', '）'), ('(', ')'), ('[', ']')].iter().find_map(|(open, close)| {
            let inner = head.strip_prefix(*open)?;
            let inner = inner.get(..inner.find(*close)?)?;
            Some((inner, open.len_utf8() + inner.len() + close.len_utf8()))
        });
    let ends = ["电", "電", "讯"].iter().filter_map(|d| head.find(d).map(|n| n + d.len()));
    let (inner, len) = match (bracket, ends.min()) {
        (Some(found), _) => found,
        (None, Some(end)) => (head.get(..end)?, end),
        (None, None) => return None,
    };
    // CJK, kana or Hangul: Latin brackets are read as lists.
    if !inner.chars().any(|c| c >= '\u{2e80}') || inner.len() > 70 {
        return None;
    }
    let known = cut_names(inner).or_else(|| parties(inner, context).known.first().copied())?;
    let rest = head.get(len..)?;
    let gap = rest.len() - rest.trim_start().len();
    Some(Dateline { len: len + mark(rest).unwrap_or(gap), known: vec![known], initials: vec![] })
}

/// An agency's name at the head or end of words that are written without spaces.
fn cut_names(inner: &str) -> Option<Known> {
    let inner = inner.trim().trim_end_matches(['电', '電']);
    let cuts: Vec<usize> = inner.char_indices().map(|(n, _)| n).collect();
    let heads = cuts.iter().rev().filter_map(|n| inner.get(..*n));
    let tails = cuts.iter().filter_map(|n| inner.get(*n..));
    heads.chain(tails).filter(|name| !name.is_ascii() && name.chars().count() > 1).find_map(
        |name| match find(name.trim_matches('='))? {
            (known @ Known::Agency(_), _) => Some(known),
            _ => None,
        },
    )
}
