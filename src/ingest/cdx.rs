//! Owns the indexes of crawls and archives, CDX and CDXJ: each capture of a page is a sighting of its address.

use std::{io::BufRead, ops::ControlFlow};

use serde_json::{Map, Value};

use super::{
    draft::Draft,
    format::{Desk, Format, Head, Source},
    jsonl::{Line, next_line},
    parse_moment,
    record::{is_address, text_of},
};
use crate::model::{FormatRow, Kind};

/// CDX and CDXJ.
pub(crate) struct Cdx;

/// Longest line of an index, in bytes.
const MAX_LINE: u64 = 64 * 1024;
/// Columns where the file does not name them: CDX of 11, 9 and 7 columns begin alike.
const USUAL: &str = "N b a m s k";
/// Letters of the legend and the keys of CDXJ and of the archive's answers that mean the same.
const KEYS: &[(&str, &str)] = &[
    ("N", "urlkey"),
    ("b", "timestamp"),
    ("a", "url"),
    ("original", "url"),
    ("m", "mime"),
    ("mimetype", "mime"),
    ("s", "status"),
    ("statuscode", "status"),
    ("k", "digest"),
];

impl Format for Cdx {
    fn row(&self) -> FormatRow {
        FormatRow {
            name: "cdx",
            description: "CDX and CDXJ indexes and the answers of archives' CDX servers: each capture of a page is a sighting",
            told_by: "a CDX legend, or lines of key, 14 digits and address or JSON",
        }
    }

    fn recognises(&self, head: &Head) -> bool {
        let Some(first) = head.text.lines().find(|line| !line.trim().is_empty()) else {
            return false;
        };
        first.starts_with("CDX ")
            || first.starts_with("[[\"urlkey\"")
            || capture(first, &legend(USUAL)).is_some()
    }

    fn read(&self, source: Source, desk: &mut Desk<'_>) -> ControlFlow<()> {
        let name = source.name.clone();
        let mut index = Index { file: &name, legend: legend(USUAL), number: 0, others: 0, seen: 0 };
        let mut stream = source.stream();
        loop {
            match index.step(&mut stream, desk) {
                ControlFlow::Continue(true) => {}
                ControlFlow::Continue(false) => break,
                ControlFlow::Break(()) => return ControlFlow::Break(()),
            }
        }
        if index.seen > 0 {
            return ControlFlow::Continue(());
        }
        let reason = format!(
            "is an index without captures of pages ({} lines of other kinds); there is nothing to read",
            index.others
        );
        desk.refuse(&name, None, reason)
    }
}

struct Index<'a> {
    file: &'a str,
    legend: Vec<String>,
    number: usize,
    others: usize,
    seen: usize,
}

impl Index<'_> {
    /// Reads a line; false at the end.
    fn step(&mut self, stream: &mut impl BufRead, desk: &mut Desk<'_>) -> ControlFlow<(), bool> {
        self.number += 1;
        let number = Some(self.number);
        let bytes = match next_line(stream, MAX_LINE) {
            Ok(Line::Whole(bytes)) => bytes,
            Ok(Line::End) => return ControlFlow::Continue(false),
            Ok(Line::TooLong) => {
                desk.refuse(self.file, number, "is longer than any line of an index")?;
                return ControlFlow::Continue(true);
            }
            Err(error) => {
                desk.refuse(self.file, number, format!("cannot be read: {error}"))?;
                return ControlFlow::Continue(false);
            }
        };
        let line = String::from_utf8_lossy(&bytes);
        if let Some(named) = line.trim().strip_prefix("CDX ") {
            self.legend = legend(named);
        } else if let Some(named) = row(&line).filter(|row| row.iter().any(|cell| cell == "urlkey"))
        {
            self.legend = named.iter().map(|name| meaning(name)).collect();
        } else if let Some(found) = capture(&line, &self.legend) {
            self.sighting(found, bytes.clone(), desk)?;
        } else if !line.trim().is_empty() && !line.starts_with('!') {
            self.others += 1;
            desk.refuse(self.file, number, "is no line of an index; mend or drop it")?;
        }
        ControlFlow::Continue(true)
    }

    /// Hands a capture over, where it is one of a page that was there.
    fn sighting(
        &mut self,
        mut found: Map<String, Value>,
        bytes: Vec<u8>,
        desk: &mut Desk<'_>,
    ) -> ControlFlow<()> {
        let mut text = |key: &str| found.remove(key).as_ref().and_then(text_of);
        let (url, timestamp) = (text("url"), text("timestamp"));
        let (kind, status) = (text("mime").unwrap_or_default(), text("status").unwrap_or_default());
        // "warc/revisit" repeats a page that was seen before; "-" says nothing.
        let page =
            kind.contains("html") || matches!(kind.as_str(), "" | "-" | "unk" | "warc/revisit");
        let there = matches!(status.as_str(), "" | "-" | "200");
        let Some(url) = url.filter(|url| page && there && is_address(url)) else {
            self.others += 1;
            return ControlFlow::Continue(());
        };
        self.seen += 1;
        let mut draft = Draft::new(self.file, Some(self.number));
        draft.article.url = Some(url);
        draft.article.kind = Kind::Sighting;
        draft.article.first_seen = timestamp.as_deref().and_then(parse_moment);
        draft.article.read_from.insert("first_seen".to_owned(), "input".to_owned());
        found.remove("urlkey");
        draft.article.extra =
            found.into_iter().map(|(key, value)| (key, value.to_string())).collect();
        desk.hand_over(draft.captured(bytes))
    }
}

fn legend(letters: &str) -> Vec<String> {
    letters.split_whitespace().map(meaning).collect()
}

fn meaning(name: &str) -> String {
    KEYS.iter().find(|(short, _)| *short == name).map_or(name, |(_, key)| key).to_owned()
}

/// A capture as keys and values; nothing where the line is none.
fn capture(line: &str, legend: &[String]) -> Option<Map<String, Value>> {
    if let Some(cells) = row(line) {
        return keyed(legend, cells.iter().map(String::as_str));
    }
    let mut words = line.split_whitespace();
    let (key, timestamp) = (words.next()?, words.next()?);
    if !is_timestamp(timestamp) {
        return None;
    }
    if let Some(at) = line.find(" {") {
        let Ok(Value::Object(mut object)) = serde_json::from_str(line.get(at..)?) else {
            return None;
        };
        for (short, key) in KEYS {
            if let Some(value) = object.remove(*short) {
                object.entry(*key).or_insert(value);
            }
        }
        object.insert("timestamp".to_owned(), timestamp.into());
        return object.contains_key("url").then_some(object);
    }
    key.contains([')', ',', '.']).then(|| keyed(legend, line.split_whitespace()))?
}

fn keyed<'a>(
    legend: &[String],
    cells: impl Iterator<Item = &'a str>,
) -> Option<Map<String, Value>> {
    let object: Map<String, Value> = legend
        .iter()
        .zip(cells)
        .filter(|(_, cell)| *cell != "-")
        .map(|(name, cell)| (name.clone(), Value::from(cell)))
        .collect();
    let text = |key: &str| object.get(key).and_then(Value::as_str).unwrap_or_default();
    (is_timestamp(text("timestamp")) && text("url").contains("://")).then_some(object)
}

/// A line of a CDX server's JSON answer: a list of strings, in a list.
fn row(line: &str) -> Option<Vec<String>> {
    let line = line.trim().trim_end_matches(',');
    let line = line.strip_prefix('[').filter(|rest| rest.starts_with('[')).unwrap_or(line);
    let line = line.strip_suffix("]]").map_or_else(|| line.to_owned(), |start| format!("{start}]"));
    line.starts_with("[\"").then(|| serde_json::from_str(&line).ok())?
}

fn is_timestamp(text: &str) -> bool {
    text.len() == 14 && text.bytes().all(|byte| byte.is_ascii_digit())
}
