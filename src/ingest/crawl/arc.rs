//! Owns ARC, the crawl format before WARC.

use std::{
    io::{self, BufRead, Read},
    ops::ControlFlow,
};

use super::{
    super::format::{Desk, Format, Head, Source},
    pages::{Record, Tally, finish},
    warc::line,
};
use crate::model::FormatRow;

/// ARC.
pub(crate) struct Arc;

impl Format for Arc {
    fn row(&self) -> FormatRow {
        FormatRow {
            name: "arc",
            description: "ARC 1 crawls, plain or gzip by record",
            told_by: "filedesc:// at the beginning",
        }
    }

    fn recognises(&self, head: &Head) -> bool {
        head.text.starts_with("filedesc://")
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
            match next(&mut stream, desk.limits.max_bytes) {
                Ok(None) => return finish(&name, &tally, desk),
                Ok(Some((head, bytes))) => {
                    number += 1;
                    if head.url.starts_with("filedesc:") {
                        continue;
                    }
                    let record = Record {
                        file: &name,
                        number,
                        url: &head.url,
                        taken: Some(&head.taken),
                        kind: "application/http",
                        bytes: &bytes,
                    };
                    record.hand_over(&mut tally, desk)?;
                }
                Err(error) => {
                    let reason = format!("{error}; the records behind it are read");
                    desk.refuse(&name, Some(number + 1), reason)?;
                }
            }
        }
    }
}

struct Heading {
    url: String,
    taken: String,
}

/// The next record: "URL IP-address date type length" and that many bytes; lines that are no such heading are
/// skipped.
fn next(stream: &mut impl BufRead, limit: u64) -> io::Result<Option<(Heading, Vec<u8>)>> {
    loop {
        let Some(line) = line(stream)? else { return Ok(None) };
        let mut words: Vec<&str> = line.split(' ').collect();
        let Some(length) = words.pop().and_then(|length| length.parse::<u64>().ok()) else {
            continue;
        };
        let (_kind, taken, _ip) = (words.pop(), words.pop(), words.pop());
        let url = words.join(" ");
        let Some(taken) = taken.filter(|taken| taken.len() == 14 && url.contains("://")) else {
            continue;
        };
        let heading = Heading { url, taken: taken.to_owned() };
        if length > limit {
            io::copy(&mut stream.by_ref().take(length), &mut io::sink())?;
            return Err(io::Error::other(format!(
                "{} is larger than the limit for one page",
                heading.url
            )));
        }
        let mut bytes = Vec::new();
        stream.by_ref().take(length).read_to_end(&mut bytes)?;
        return Ok(Some((heading, bytes)));
    }
}
