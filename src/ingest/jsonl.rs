//! Owns JSON lines: a record a line, streamed; a bad line is refused by number and the rest goes in.

use std::{io::BufRead, ops::ControlFlow};

use serde_json::Value;

use super::{
    draft::Draft,
    encoding,
    format::{Desk, Format, Head, Source},
    record,
};
use crate::model::FormatRow;

/// JSON lines.
pub(crate) struct Jsonl;

impl Format for Jsonl {
    fn row(&self) -> FormatRow {
        FormatRow {
            name: "jsonl",
            description: "an object a line, keys as trafilatura, news-please, Fundus, newspaper4k and Media Cloud write them",
            told_by: "lines that are JSON objects",
        }
    }

    fn recognises(&self, head: &Head) -> bool {
        let lines: Vec<&str> =
            head.text.lines().map(str::trim).filter(|line| !line.is_empty()).take(50).collect();
        let opening = |line: &&&str| line.starts_with('{') && line.len() > 1;
        let whole = |line: &&&str| {
            opening(line) && serde_json::from_str::<Value>(line).is_ok_and(|v| v.is_object())
        };
        let starts = lines.iter().filter(opening).count();
        let named = matches!(head.ending.as_str(), "jsonl" | "ndjson" | "jl");
        match lines.as_slice() {
            [] => false,
            // One line is one document, unless it is longer than what was looked at.
            [only] => only.starts_with("{\"") && (named || !head.whole),
            [first, ..] => {
                (first.starts_with('{') && starts * 2 > lines.len() && starts >= 2)
                    || (named && lines.iter().filter(whole).count() >= 1)
            }
        }
    }

    fn read(&self, source: Source, desk: &mut Desk<'_>) -> ControlFlow<()> {
        let name = source.name.clone();
        let mut stream = source.stream();
        let mut number = 0;
        let mut ended = false;
        while !ended {
            let (mut lines, mut bytes) = (Vec::with_capacity(LINES), 0);
            while !ended && lines.len() < LINES && bytes < BYTES {
                number += 1;
                let line = match next_line(&mut stream, desk.limits.max_bytes) {
                    Ok(Line::End) => {
                        ended = true;
                        break;
                    }
                    Ok(Line::Whole(line)) => {
                        bytes += line.len();
                        Ok(line)
                    }
                    Ok(Line::TooLong) => {
                        let limit = desk.limits.max_bytes / 1_000_000;
                        Err(format!(
                            "is longer than {limit} MB; split the article or leave the line out"
                        ))
                    }
                    Err(error) => {
                        ended = true;
                        Err(format!("cannot be read: {error}; check the file and add it again"))
                    }
                };
                lines.push((number, line));
            }
            desk.hand_over_all(&name, lines, |number, line| match line {
                Ok(bytes) => read_line(&name, number, bytes),
                Err(reason) => Some(Err(reason)),
            })?;
        }
        ControlFlow::Continue(())
    }
}

/// Lines that are read side by side, and bytes from which on no further one joins them.
const LINES: usize = 128;
const BYTES: usize = 4_000_000;

pub(crate) enum Line {
    Whole(Vec<u8>),
    TooLong,
    End,
}

/// The next line without its end; one that is longer than `limit` is skipped without being kept.
pub(crate) fn next_line(stream: &mut impl BufRead, limit: u64) -> std::io::Result<Line> {
    let mut bytes = Vec::new();
    let mut seen = false;
    let mut too_long = false;
    loop {
        let chunk = stream.fill_buf()?;
        if chunk.is_empty() {
            break;
        }
        seen = true;
        let (part, used, ended) = match chunk.iter().position(|byte| *byte == b'\n') {
            Some(at) => (&chunk[..at], at + 1, true),
            None => (chunk, chunk.len(), false),
        };
        too_long |= (bytes.len() + part.len()) as u64 > limit;
        if too_long {
            bytes = Vec::new();
        } else {
            bytes.extend_from_slice(part);
        }
        stream.consume(used);
        if ended {
            break;
        }
    }
    Ok(match (seen, too_long) {
        (false, _) => Line::End,
        (true, true) => Line::TooLong,
        (true, false) => Line::Whole(bytes),
    })
}

/// The draft of a line, or why there is none; `None` for an empty one.
fn read_line(name: &str, number: usize, bytes: Vec<u8>) -> Option<Result<Draft, String>> {
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => text.to_owned(),
        Err(_) if encoding::not_text(&bytes).is_some() => {
            let reason = "holds binary data; each line must be a JSON object in UTF-8";
            return Some(Err(reason.to_owned()));
        }
        Err(_) => encoding::decode(&bytes, None),
    };
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if text.is_empty() {
        return None;
    }
    let object = match serde_json::from_str::<Value>(text) {
        Ok(Value::Object(object)) => object,
        Ok(_) => {
            return Some(Err("is no JSON object; give {\"url\": …, \"text\": …}".to_owned()));
        }
        Err(error) => {
            return Some(Err(format!("is no JSON: {error}; mend or drop the line")));
        }
    };
    Some(record::draft_of(object, name, Some(number)).map(|draft| draft.captured(bytes)))
}
