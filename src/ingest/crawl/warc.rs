//! Owns WARC 1.0 and 1.1: records one by one in constant memory; a damaged one is refused and the next one found.

use std::{
    collections::HashMap,
    io::{self, BufRead, Read},
    ops::ControlFlow,
};

use super::{
    super::format::{Desk, Format, Head, Source},
    pages::{Record, Tally, finish},
};
use crate::model::FormatRow;

/// Bytes of one record's headers.
const MAX_HEADERS: usize = 64 * 1024;

/// WARC.
pub(crate) struct Warc;

impl Format for Warc {
    fn row(&self) -> FormatRow {
        FormatRow {
            name: "warc",
            description: "WARC 1.0 and 1.1, plain, gzip by record or zstd: HTML pages that were served whole, with the time of the crawl",
            told_by: "WARC/1 at the beginning",
        }
    }

    fn recognises(&self, head: &Head) -> bool {
        head.text.starts_with("WARC/1") || head.text.starts_with("WARC/0")
    }

    fn framed(&self) -> bool {
        true
    }

    fn read(&self, source: Source, desk: &mut Desk<'_>) -> ControlFlow<()> {
        let name = source.name.clone();
        let mut stream = source.stream();
        let mut tally = Tally::default();
        let mut number = 0;
        loop {
            let headers = match next_headers(&mut stream) {
                Ok(Some(headers)) => headers,
                Ok(None) => return finish(&name, &tally, desk),
                Err(error) => {
                    let reason = format!("{error}; the records behind it are read");
                    desk.refuse(&name, Some(number + 1), reason)?;
                    continue;
                }
            };
            number += 1;
            match body(&mut stream, &headers, desk.limits.max_bytes) {
                Ok(Some(bytes)) => {
                    let text = |key: &str| headers.get(key).map(String::as_str);
                    let record = Record {
                        file: &name,
                        number,
                        url: text("warc-target-uri").unwrap_or_default(),
                        taken: text("warc-date"),
                        kind: text("content-type").unwrap_or_default(),
                        bytes: &bytes,
                    };
                    record.hand_over(&mut tally, desk)?;
                }
                Ok(None) => tally.others += 1,
                Err(error) => desk.refuse(&name, Some(number), error.to_string())?,
            }
        }
    }
}

/// The headers of the next record: lines before "WARC/" are skipped.
fn next_headers(stream: &mut impl BufRead) -> io::Result<Option<HashMap<String, String>>> {
    loop {
        let Some(line) = line(stream)? else { return Ok(None) };
        if line.starts_with("WARC/") {
            break;
        }
    }
    let mut headers = HashMap::new();
    let mut size = 0;
    while let Some(line) = line(stream)? {
        if line.is_empty() {
            break;
        }
        size += line.len();
        if size > MAX_HEADERS {
            return Err(io::Error::other("has longer headers than any record"));
        }
        if let Some((name, value)) = line.split_once(':') {
            headers.insert(name.trim().to_lowercase(), value.trim().to_owned());
        }
    }
    Ok(Some(headers))
}

/// The next line without its end, cut at the limit of headers; `None` at the end of the stream.
pub(super) fn line(stream: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    let read = stream.by_ref().take(MAX_HEADERS as u64).read_until(b'\n', &mut bytes)?;
    if read == 0 {
        return Ok(None);
    }
    Ok(Some(String::from_utf8_lossy(&bytes).trim_end_matches(['\r', '\n']).to_owned()))
}

/// The record's block where it may hold a page; others are skipped unread.
fn body(
    stream: &mut impl BufRead,
    headers: &HashMap<String, String>,
    limit: u64,
) -> io::Result<Option<Vec<u8>>> {
    let length: u64 = headers
        .get("content-length")
        .and_then(|length| length.parse().ok())
        .ok_or_else(|| io::Error::other("states no length; the records behind it are read"))?;
    let kind = headers.get("warc-type").map(|kind| kind.to_lowercase()).unwrap_or_default();
    let may_hold_page = matches!(kind.as_str(), "response" | "resource" | "conversion");
    if !may_hold_page {
        io::copy(&mut stream.by_ref().take(length), &mut io::sink())?;
        return Ok(None);
    }
    if length > limit {
        io::copy(&mut stream.by_ref().take(length), &mut io::sink())?;
        let reason = format!("is larger than {} MB, the limit for one page", limit / 1_000_000);
        return Err(io::Error::other(reason));
    }
    let mut bytes = Vec::new();
    let read = stream.by_ref().take(length).read_to_end(&mut bytes)? as u64;
    if read < length {
        return Err(io::Error::other(format!("is cut after {read} of {length} bytes")));
    }
    Ok(Some(bytes))
}
