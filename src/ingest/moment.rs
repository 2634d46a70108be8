//! Owns how a date is read from what people and machines write, without adding what was not stated.

use std::fmt::Write as _;

use jiff::{civil::DateTime, tz::Offset};

use super::month_names::month_of;
use crate::model::{Moment, Precision};

/// Reads a moment from one statement of it: RFC 3339, RFC 2822, SQL, compact and CDX digits, epoch seconds or
/// milliseconds, and dates as papers write them in some thirty languages.
///
/// The offset is kept as given. Without an offset `text` carries none and `seconds` take the time as UTC.
/// Without a time of day the precision is a day. `None` where it is no date, or where day and month cannot be
/// told apart ("05/02/2024").
#[must_use]
pub fn parse_moment(text: &str) -> Option<Moment> {
    let text = text.trim();
    if text.len() < 6 || text.len() > 160 {
        return None;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return from_digits(text);
    }
    let tokens = tokens(text);
    let stated = numeric_date(&tokens).or_else(|| worded_date(&tokens))?;
    stated.moment()
}

/// What a statement holds.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Stated {
    pub year: i16,
    month: i8,
    day: i8,
    /// Hour, minute, second.
    time: Option<(i8, i8, i8)>,
    /// Seconds east of UTC; `Some(0)` with `zulu` prints as `Z`.
    offset: Option<i32>,
    zulu: bool,
}

impl Stated {
    pub(super) fn day(year: i16, month: i8, day: i8) -> Self {
        Self { year, month, day, ..Self::default() }
    }

    pub(super) fn moment(self) -> Option<Moment> {
        if !(1800..=2200).contains(&self.year) {
            return None;
        }
        let (hour, minute, second) = self.time.unwrap_or_default();
        let civil =
            DateTime::new(self.year, self.month, self.day, hour, minute, second.min(59), 0).ok()?;
        let offset = Offset::from_seconds(self.offset.unwrap_or(0)).ok()?;
        let seconds = offset.to_timestamp(civil).ok()?.as_second();
        let mut text = format!("{:04}-{:02}-{:02}", self.year, self.month, self.day);
        if self.time.is_some() {
            let _ = write!(text, "T{hour:02}:{minute:02}:{:02}", second.min(59));
            match self.offset {
                Some(_) if self.zulu => text.push('Z'),
                Some(east) => {
                    let sign = if east < 0 { '-' } else { '+' };
                    let _ =
                        write!(text, "{sign}{:02}:{:02}", east.abs() / 3600, east.abs() / 60 % 60);
                }
                None => {}
            }
        }
        let precision = if self.time.is_some() { Precision::Instant } else { Precision::Day };
        Some(Moment { text, seconds, precision })
    }
}

/// A run of digits, a word, or a mark.
#[derive(Debug, Clone, PartialEq)]
enum Token {
    Number(i64, usize),
    Word(String),
    Mark(char),
}

fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(&first) = chars.peek() {
        if first.is_ascii_digit() {
            let mut run = String::new();
            while let Some(digit) = chars.next_if(char::is_ascii_digit) {
                run.push(digit);
            }
            out.push(Token::Number(run.parse().unwrap_or(-1), run.len()));
        } else if first.is_alphabetic() {
            let mut word = String::new();
            while let Some(letter) = chars
                .next_if(|c| c.is_alphabetic() && !"年月日년월일".contains(*c) || *c == '\u{301}')
            {
                word.push(letter);
            }
            if word.is_empty() {
                word.extend(chars.next());
            }
            out.push(Token::Word(word.to_lowercase()));
        } else {
            chars.next();
            if !first.is_whitespace() {
                out.push(Token::Mark(first));
            }
        }
    }
    out
}

/// 8 digits are a day, 12 and 14 a CDX time stamp in UTC, 10 and 13 an epoch.
fn from_digits(text: &str) -> Option<Moment> {
    let part =
        |from: usize, to: usize| text.get(from..to).and_then(|digits| digits.parse::<i8>().ok());
    match text.len() {
        8 => Stated::day(text[..4].parse().ok()?, part(4, 6)?, part(6, 8)?).moment(),
        12 | 14 => {
            let mut stated = Stated::day(text[..4].parse().ok()?, part(4, 6)?, part(6, 8)?);
            stated.time = Some((part(8, 10)?, part(10, 12)?, part(12, 14).unwrap_or(0)));
            stated.offset = Some(0);
            stated.zulu = true;
            stated.moment()
        }
        10 | 13 => {
            let number: i64 = text.parse().ok()?;
            let seconds = if text.len() == 13 { number / 1000 } else { number };
            let civil = Offset::UTC.to_datetime(jiff::Timestamp::from_second(seconds).ok()?);
            let mut stated = Stated::day(civil.year(), civil.month(), civil.day());
            stated.time = Some((civil.hour(), civil.minute(), civil.second()));
            stated.offset = Some(0);
            stated.zulu = true;
            stated.moment()
        }
        _ => None,
    }
}

/// Three numbers with the same mark between them: `2024-05-02`, `2.5.2024`, `13/5/2024`, `2024年5月2日`.
fn numeric_date(tokens: &[Token]) -> Option<Stated> {
    for at in 0..tokens.len().saturating_sub(2) {
        if let Some((stated, used)) = compact_date(&tokens[at..]) {
            return Some(with_time(stated, &tokens[at + used..]));
        }
        let Some(window) = tokens.get(at..at + 5) else { continue };
        let (Token::Number(one, one_len), Token::Number(two, _), Token::Number(three, three_len)) =
            (&window[0], &window[2], &window[4])
        else {
            continue;
        };
        let separators = (&window[1], &window[3]);
        let east_asian = matches!(separators, (Token::Word(y), Token::Word(m)) if matches!((y.as_str(), m.as_str()), ("年", "月") | ("년", "월")));
        let same = matches!(separators, (Token::Mark(x), Token::Mark(y)) if x == y && matches!(x, '-' | '.' | '/' | '‑' | '–'));
        if !east_asian && !same {
            continue;
        }
        let slash = separators.0 == &Token::Mark('/');
        let ordered = if *one_len == 4 {
            Some((*one, *two, *three))
        } else if *three_len == 4 {
            day_first(*one, *two, slash).map(|(day, month)| (*three, month, day))
        } else if *three_len == 2 && separators.0 == &Token::Mark('.') && *three < 60 {
            // "25.04.24": dots are day first everywhere.
            day_first(*one, *two, slash).map(|(day, month)| (2000 + *three, month, day))
        } else {
            None
        };
        if let Some((year, month, day)) = ordered {
            let stated = Stated::day(
                i16::try_from(year).ok()?,
                i8::try_from(month).ok()?,
                i8::try_from(day).ok()?,
            );
            return Some(with_time(stated, &tokens[at + 5..]));
        }
    }
    None
}

/// `20240502T101500Z` and `20240502 10:15`.
fn compact_date(tokens: &[Token]) -> Option<(Stated, usize)> {
    let Some(Token::Number(number, 8)) = tokens.first() else { return None };
    let stated = Stated::day(
        i16::try_from(number / 10_000).ok()?,
        i8::try_from(number / 100 % 100).ok()?,
        i8::try_from(number % 100).ok()?,
    );
    stated.moment().map(|_| (stated, 1))
}

/// A slash is month-first in the United States and day-first elsewhere: only a number above 12 tells.
fn day_first(a: i64, b: i64, slash: bool) -> Option<(i64, i64)> {
    match (a > 12, b > 12) {
        (true, false) => Some((a, b)),
        (false, true) => Some((b, a)),
        (false, false) if !slash || a == b => Some((a, b)),
        _ => None,
    }
}

/// A month's name with a day and a year near it: "2. Mai 2024, 14:05 Uhr", "May 2, 2024 at 3:07 pm",
/// "Thu, 02 May 2024 14:05:00 +0200".
fn worded_date(tokens: &[Token]) -> Option<Stated> {
    for (at, token) in tokens.iter().enumerate() {
        let Token::Word(word) = token else { continue };
        let Some(month) = month_of(word) else { continue };
        let before = number_before(tokens, at);
        // "2 May 2024", "May 2, 2024" and "2024 May 2".
        let ((Some((day, 1..=2)), Some((year, 4, end, _)))
        | (_, Some((day, 1..=2, _, Some((year, end)))))
        | (Some((year, 4)), Some((day, 1..=2, end, _)))) = (before, numbers_after(tokens, at))
        else {
            continue;
        };
        if !(1..=31).contains(&day) {
            continue;
        }
        let stated = Stated::day(i16::try_from(year).ok()?, month, i8::try_from(day).ok()?);
        return Some(with_time(stated, &tokens[end..]));
    }
    None
}

/// The number in front of token `at`, over full stops, ordinal endings and particles ("2 de mayo", "2nd May").
fn number_before(tokens: &[Token], at: usize) -> Option<(i64, usize)> {
    let from = at.saturating_sub(3);
    tokens[from..at].iter().rev().find_map(|token| match token {
        Token::Number(number, digits) => Some((*number, *digits)),
        _ => None,
    })
}

/// The first number after token `at`, and the four-digit year after it where one stands.
#[allow(
    clippy::type_complexity,
    reason = "number, digits, index behind it, year with the index behind it"
)]
fn numbers_after(tokens: &[Token], at: usize) -> Option<(i64, usize, usize, Option<(i64, usize)>)> {
    let number_from = |from: usize| {
        tokens.iter().enumerate().skip(from).take(4).find_map(|(index, token)| match token {
            Token::Number(number, digits) => Some((*number, *digits, index + 1)),
            _ => None,
        })
    };
    let (first, digits, end) = number_from(at + 1)?;
    let year =
        number_from(end).and_then(|(year, digits, end)| (digits == 4).then_some((year, end)));
    Some((first, digits, end, year))
}

/// Adds the time of day and the zone that follow a date.
fn with_time(mut stated: Stated, rest: &[Token]) -> Stated {
    let window = &rest[..rest.len().min(14)];
    for at in 0..window.len() {
        let Some((time, used)) = clock(&window[at..]) else { continue };
        let after = &window[at + used..];
        stated.time = Some(half_day(time, after));
        if let Some((offset, zulu)) = zone(after) {
            stated.offset = Some(offset);
            stated.zulu = zulu;
        }
        break;
    }
    stated
}

/// `14:05`, `14:05:33`, `14.05 Uhr`, `14h05`, `140533` after a `T`.
fn clock(tokens: &[Token]) -> Option<((i8, i8, i8), usize)> {
    let small =
        |number: i64, limit: i64| i8::try_from(number).ok().filter(|n| i64::from(*n) < limit);
    if let [Token::Word(t), Token::Number(number, 6), ..] = tokens
        && t == "t"
    {
        let time =
            (small(number / 10_000, 24)?, small(number / 100 % 100, 60)?, small(number % 100, 61)?);
        return Some((time, 2));
    }
    let [Token::Number(hour, 1..=2), mark, Token::Number(minute, 2), rest @ ..] = tokens else {
        return None;
    };
    let is_clock = match mark {
        Token::Mark(':') => true,
        Token::Mark('.') => {
            rest.iter().take(2).any(|t| matches!(t, Token::Word(w) if w == "uhr" || w == "klo"))
        }
        Token::Word(word) => matches!(word.as_str(), "h" | "u" | "시" | "时" | "時"),
        _ => false,
    };
    if !is_clock {
        return None;
    }
    let (hour, minute) = (small(*hour, 24)?, small(*minute, 60)?);
    if let [Token::Mark(':'), Token::Number(second, 2), rest @ ..] = rest {
        let fraction = matches!(rest, [Token::Mark('.' | ','), Token::Number(..), ..]);
        return Some(((hour, minute, small(*second, 61)?), if fraction { 7 } else { 5 }));
    }
    Some(((hour, minute, 0), 3))
}

fn half_day(time: (i8, i8, i8), after: &[Token]) -> (i8, i8, i8) {
    let mark = after.iter().take(3).find_map(|token| match token {
        Token::Word(word) if matches!(word.as_str(), "am" | "pm" | "a" | "p") => {
            Some(word.as_str())
        }
        _ => None,
    });
    match (mark, time.0) {
        (Some("pm" | "p"), hour @ 1..=11) => (hour + 12, time.1, time.2),
        (Some("am" | "a"), 12) => (0, time.1, time.2),
        _ => time,
    }
}

/// Whether the sign at a place of what follows a time can be that of an offset: right behind the time, its half of
/// the day, or the name of the zone that it counts from.
fn is_offset_sign(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    match before {
        None => true,
        Some(Token::Word(word)) => matches!(word.as_str(), "utc" | "gmt" | "am" | "pm"),
        Some(_) => false,
    }
}

/// Seconds east of UTC, and whether it was written as `Z`, `UTC` or `GMT`. Only names that mean one offset.
fn zone(tokens: &[Token]) -> Option<(i32, bool)> {
    for (at, token) in tokens.iter().take(5).enumerate() {
        match token {
            Token::Word(word) => {
                let hours = match word.as_str() {
                    "z" | "utc" | "gmt"
                        if !matches!(tokens.get(at + 1), Some(Token::Mark('+' | '-'))) =>
                    {
                        return Some((0, true));
                    }
                    "est" => -5,
                    "edt" => -4,
                    "pst" => -8,
                    "pdt" => -7,
                    "cest" | "mesz" => 2,
                    "cet" | "mez" => 1,
                    "jst" | "kst" => 9,
                    _ => continue,
                };
                return Some((hours * 3600, false));
            }
            Token::Mark(sign @ ('+' | '-' | '−')) if is_offset_sign(tokens, at) => {
                let (hours, minutes) = match tokens.get(at + 1..)? {
                    [Token::Number(number, 4), ..] => (number / 100, number % 100),
                    [
                        Token::Number(hours, 1..=2),
                        Token::Mark(':'),
                        Token::Number(minutes, 2),
                        ..,
                    ] => (*hours, *minutes),
                    // "14:05 - 12 comments" states none.
                    [Token::Number(hours, 1..=2), rest @ ..] if at > 0 || rest.is_empty() => {
                        (*hours, 0)
                    }
                    _ => return None,
                };
                let east = i32::try_from(hours * 3600 + minutes * 60).ok()?;
                let known = east <= 15 * 3600 && minutes % 15 == 0;
                return known.then_some((if *sign == '+' { east } else { -east }, false));
            }
            // What follows another number belongs to that: a second date, a count.
            Token::Number(..) => return None,
            Token::Mark(_) => {}
        }
    }
    None
}
