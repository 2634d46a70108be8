//! Owns WACZ, the ZIP archives that web archives hand out: the crawls inside are streamed one by one.

use std::ops::ControlFlow;

use super::{
    super::{
        format::{Desk, Format, Head, Source},
        read_source,
    },
    begins_with, members,
};
use crate::model::FormatRow;

/// Bytes of an archive that comes through a pipe or compressed, and is copied to be read from its end.
const MAX_COPY: u64 = 16_000_000_000;

/// WACZ.
pub(crate) struct Wacz;

impl Format for Wacz {
    fn row(&self) -> FormatRow {
        FormatRow {
            name: "wacz",
            description: "WACZ archives of web pages: the WARC crawls inside, with the time of each capture",
            told_by: "a ZIP archive with datapackage.json, archive/ or pages/",
        }
    }

    fn recognises(&self, head: &Head) -> bool {
        begins_with(head, &["datapackage.json", "archive/", "pages/pages.jsonl", "indexes/index"])
    }

    fn framed(&self) -> bool {
        true
    }

    fn read(&self, source: Source, desk: &mut Desk<'_>) -> ControlFlow<()> {
        let name = source.name.clone();
        let file = match source.seekable(MAX_COPY) {
            Ok(file) => file,
            Err(error) => return desk.refuse(&name, None, format!("cannot be read: {error}")),
        };
        let members = match members(&file) {
            Ok(members) => members,
            Err(reason) => return desk.refuse(&name, None, reason),
        };
        let crawls: Vec<_> = members
            .iter()
            .filter(|member| {
                let name = member.name.to_lowercase();
                [".warc", ".warc.gz", ".arc", ".arc.gz"].iter().any(|ending| name.ends_with(ending))
            })
            .collect();
        if crawls.is_empty() {
            return desk.refuse(
                &name,
                None,
                "is a ZIP archive without WARC files; there is nothing to read",
            );
        }
        for crawl in crawls {
            let inside = format!("{name}!/{}", crawl.name);
            match crawl.stream(&file).and_then(|stream| Source::new(&inside, stream)) {
                Ok(source) => read_source(source, desk)?,
                Err(error) => desk.refuse(&inside, None, format!("cannot be read: {error}"))?,
            }
        }
        ControlFlow::Continue(())
    }
}
