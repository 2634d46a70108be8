//! Owns tables of articles, CSV and TSV: a record a row, keys as in JSON lines, streamed.

use std::{io::Read, ops::ControlFlow};

use csv::{ReaderBuilder, StringRecord};
use serde_json::{Map, Value};

use super::{
    encoding,
    format::{Desk, Format, Head, Source},
    record,
};
use crate::model::FormatRow;

/// CSV and TSV.
pub(crate) struct Table;

/// Columns of what trafilatura writes as CSV: separated by tabs, without a first line that names them.
const BARE: [&str; 11] = [
    "url",
    "id",
    "fingerprint",
    "hostname",
    "title",
    "image",
    "date",
    "text",
    "comments",
    "license",
    "pagetype",
];

/// Separators that are tried, in this order.
const SEPARATORS: [u8; 4] = [b',', b'\t', b';', b'|'];

impl Format for Table {
    fn row(&self) -> FormatRow {
        FormatRow {
            name: "csv",
            description: "a table with an article a row; columns named as the keys of jsonl; comma, tab, semicolon or stroke between them",
            told_by: "a first line of column names, among them url, text, title or the like",
        }
    }

    fn recognises(&self, head: &Head) -> bool {
        is_bare(&head.text) || separator(&head.text).is_some()
    }

    fn read(&self, source: Source, desk: &mut Desk<'_>) -> ControlFlow<()> {
        let name = source.name.clone();
        let bare = is_bare(&source.head().text);
        let separator = if bare { Some(b'\t') } else { separator(&source.head().text) };
        let Some(separator) = separator else {
            return desk.refuse(&name, None, "is no table: its first line names no columns");
        };
        let utf8 = std::str::from_utf8(source.head_bytes())
            .is_ok_and(|text| !text.starts_with('\u{feff}'))
            || source.head_bytes().starts_with(b"\xef\xbb\xbf")
            || std::str::from_utf8(source.head_bytes()).is_err_and(|e| e.error_len().is_none());
        let max_bytes = desk.limits.max_bytes;
        if utf8 {
            return rows(&name, Bounded::new(source.stream(), max_bytes), (separator, bare), desk);
        }
        match source.bytes(desk.limits) {
            Ok(bytes) => {
                let text = encoding::decode(&bytes, None).into_bytes();
                rows(
                    &name,
                    Bounded::new(std::io::Cursor::new(text), max_bytes),
                    (separator, bare),
                    desk,
                )
            }
            Err(refusal) => desk.refuse(&refusal.file, None, refusal.reason),
        }
    }
}

/// Whether a table is one of trafilatura's: its first row has an address, a fingerprint in hexadecimal and a host.
fn is_bare(text: &str) -> bool {
    let first: Vec<&str> = text.split('\t').take(7).collect();
    let [url, _, print, host, ..] = first.as_slice() else { return false };
    let hexadecimal = print.len() == 16 && print.bytes().all(|byte| byte.is_ascii_hexdigit());
    first.len() == 7
        && (record::is_address(url) || *url == "null")
        && hexadecimal
        && (host.contains('.') || *host == "null")
}

/// The separator by which the first line is a list of distinct names, one of which makes a record.
fn separator(text: &str) -> Option<u8> {
    let (line, _) = text.trim_start_matches('\u{feff}').split_once('\n')?;
    SEPARATORS.into_iter().find(|separator| {
        let names = header(line, *separator);
        let plain = |name: &String| {
            !name.is_empty() && name.len() < 60 && !name.contains(['.', '{', '<', ':', '/'])
        };
        let object: Map<String, Value> =
            names.iter().map(|name| (name.clone(), Value::Null)).collect();
        // Tables of pandas begin with a column of numbers that has no name.
        let stated = names.strip_prefix(&[String::new()]).unwrap_or(&names);
        stated.len() >= 2
            && stated.iter().all(plain)
            && object.len() == names.len()
            && record::is_record(&object)
    })
}

fn header(line: &str, separator: u8) -> Vec<String> {
    let names = line.trim_end_matches('\r').split(char::from(separator));
    names.map(|name| name.trim().trim_matches('"').trim().to_owned()).collect()
}

fn rows(
    name: &str,
    stream: Bounded<impl Read>,
    (separator, bare): (u8, bool),
    desk: &mut Desk<'_>,
) -> ControlFlow<()> {
    let mut builder = ReaderBuilder::new();
    let mut reader =
        builder.delimiter(separator).has_headers(!bare).flexible(true).from_reader(stream);
    let names: Vec<String> = if bare {
        BARE.map(str::to_owned).to_vec()
    } else {
        match reader.headers() {
            Ok(names) => {
                names.iter().map(|n| n.trim_start_matches('\u{feff}').trim().to_owned()).collect()
            }
            Err(error) => return desk.refuse(name, None, format!("cannot be read: {error}")),
        }
    };
    let mut row = StringRecord::new();
    let mut number = 0;
    loop {
        number += 1;
        reader.get_mut().refill();
        match reader.read_record(&mut row) {
            Ok(false) => return ControlFlow::Continue(()),
            Ok(true) => read_row(name, number, (&names, &row), desk)?,
            Err(error) => {
                let ends = !matches!(error.kind(), csv::ErrorKind::Utf8 { .. });
                let reason = format!("cannot be read: {error}; mend or drop the row");
                desk.refuse(name, Some(number), reason)?;
                if ends {
                    return ControlFlow::Continue(());
                }
            }
        }
    }
}

fn read_row(
    file: &str,
    number: usize,
    (names, row): (&[String], &StringRecord),
    desk: &mut Desk<'_>,
) -> ControlFlow<()> {
    if row.len() > names.len() {
        let reason = format!(
            "has {} cells under {} columns; quote the cell that holds the separator",
            row.len(),
            names.len()
        );
        return desk.refuse(file, Some(number), reason);
    }
    let cells = names.iter().zip(row.iter());
    let object: Map<String, Value> = cells
        .filter(|(name, _)| !name.is_empty())
        .map(|(name, cell)| (name.clone(), Value::String(cell.to_owned())))
        .collect();
    let bytes = Value::Object(object.clone()).to_string().into_bytes();
    match record::draft_of(object, file, Some(number)) {
        Ok(draft) => desk.hand_over(draft.captured(bytes)),
        Err(reason) => desk.refuse(file, Some(number), reason),
    }
}

/// A stream of which one row may take no more than a limit: a quote that is never closed would swallow the rest.
struct Bounded<R> {
    inner: R,
    limit: u64,
    left: u64,
}

impl<R: Read> Bounded<R> {
    fn new(inner: R, limit: u64) -> Self {
        Self { inner, limit, left: limit }
    }

    fn refill(&mut self) {
        self.left = self.limit;
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.left == 0 {
            return Err(std::io::Error::other(
                "a row is longer than the limit; a quote is not closed",
            ));
        }
        let room = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        let read = self.inner.read(&mut buffer[..room])?;
        self.left -= read as u64;
        Ok(read)
    }
}
