//! Owns what a format is to this room: how it is told from content, and how it hands over articles one by one.

use std::{
    fs::File,
    io::{BufRead, BufReader, Read, Seek},
    ops::ControlFlow,
};

use rayon::prelude::*;

use super::{Given, Item, Limits, draft::Draft, encoding};
use crate::model::{Article, FormatRow, Refusal};

/// Bytes looked at to tell a format.
const HEAD: usize = 64 * 1024;

/// A format that inputs come in. A new one is one file and one row of [`FORMATS`].
pub(crate) trait Format: Sync {
    /// What `formats` prints.
    fn row(&self) -> FormatRow;
    /// Whether the beginning of an input is of this format.
    fn recognises(&self, head: &Head) -> bool;
    /// Whether its bytes are not all text (control characters, compression), so that it is told before such bytes
    /// are refused.
    fn framed(&self) -> bool {
        false
    }
    /// Hands over what the input holds, in order and in bounded memory; `Break` when the sink wants no more.
    fn read(&self, source: Source, desk: &mut Desk<'_>) -> ControlFlow<()>;
}

/// All formats, the surest to tell first.
pub(crate) const FORMATS: &[&dyn Format] = &[
    &super::pack::Pack,
    &super::crawl::Warc,
    &super::crawl::Arc,
    &super::parquet::Parquet,
    &super::zipped::Wacz,
    &super::zipped::Docx,
    &super::pdf::Pdf,
    &super::mail::Mhtml,
    &super::mail::Eml,
    &super::wire::Iptc7901,
    &super::wire::Anpa,
    &super::wire::NewsMlG2,
    &super::wire::NewsMl1,
    &super::wire::Nitf,
    &super::wire::Digitalwires,
    &super::wire::Ninjs,
    &super::feed::Syndication,
    &super::feed::Sitemap,
    &super::feed::JsonFeed,
    &super::cdx::Cdx,
    &super::feed::WordPress,
    &super::jsonl::Jsonl,
    &super::json::Json,
    &super::ads_txt::AdsTxt,
    &super::saved::SingleFile,
    &super::saved::SavedPage,
    &super::html::Html,
    &super::table::Table,
    &super::markdown::Markdown,
    &super::plain::Plain,
];

/// The beginning of an input.
pub(crate) struct Head {
    /// As they came.
    pub bytes: Vec<u8>,
    /// Decoded leniently, without leading white space.
    pub text: String,
    /// Whether this is all there is.
    pub whole: bool,
    /// Lower-case ending of the name: a hint between readings that the content allows alike, never a proof.
    pub ending: String,
}

/// An opened input.
pub(crate) struct Source {
    /// Path or address, as it goes into `Article::file`.
    pub name: String,
    head: Vec<u8>,
    rest: Box<dyn Read>,
}

impl Source {
    /// Opens a stream and looks at its beginning.
    pub fn new(name: &str, mut stream: Box<dyn Read>) -> std::io::Result<Self> {
        let mut head = Vec::new();
        let read = stream.by_ref().take(HEAD as u64).read_to_end(&mut head);
        let rest: Box<dyn Read> = match read {
            Ok(_) => stream,
            // Damage behind a readable beginning is told where the reading comes to it.
            Err(error) if !head.is_empty() => Box::new(Damage(Some(error)).chain(stream)),
            Err(error) => return Err(error),
        };
        Ok(Self { name: name.to_owned(), head, rest })
    }

    pub fn head_bytes(&self) -> &[u8] {
        &self.head
    }

    pub fn head(&self) -> Head {
        let text = encoding::decode(&self.head, None);
        let ending =
            self.name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
        Head {
            bytes: self.head.clone(),
            text: text.trim_start().to_owned(),
            whole: self.head.len() < HEAD,
            ending,
        }
    }

    /// All of it from the beginning, unbounded.
    pub fn stream(self) -> impl BufRead {
        BufReader::with_capacity(1 << 16, std::io::Cursor::new(self.head).chain(self.rest))
    }

    /// The same bytes as a file that can be read from anywhere: the file itself where the name leads to it, else a
    /// temporary copy of at most `limit` bytes.
    pub fn seekable(self, limit: u64) -> std::io::Result<File> {
        let mut start = Vec::new();
        if let Ok(file) = File::open(&self.name)
            && file.metadata().is_ok_and(|meta| meta.is_file())
            && (&file).take(self.head.len() as u64).read_to_end(&mut start).is_ok()
            && start == self.head
        {
            (&file).rewind()?;
            return Ok(file);
        }
        let mut copy = tempfile::tempfile()?;
        let copied = std::io::copy(&mut self.stream().take(limit + 1), &mut copy)?;
        if copied > limit {
            let reason = format!("is larger than {} MB; give it as a file", limit / 1_000_000);
            return Err(std::io::Error::other(reason));
        }
        copy.rewind()?;
        Ok(copy)
    }

    /// All bytes, or why not: too many, or unreadable.
    pub fn bytes(self, limits: &Limits) -> Result<Vec<u8>, Refusal> {
        let name = self.name.clone();
        let mut bytes = self.head;
        let room = (limits.max_bytes + 1).saturating_sub(bytes.len() as u64);
        let read = self.rest.take(room).read_to_end(&mut bytes);
        let reason = match read {
            Err(error) => format!("cannot be read: {error}; check the file and try again"),
            Ok(_) if bytes.len() as u64 > limits.max_bytes => format!(
                "is larger than {} MB, the limit for one text or page; split it, or give many articles as JSONL, which has no limit",
                limits.max_bytes / 1_000_000
            ),
            Ok(_) => return Ok(bytes),
        };
        Err(Refusal { file: name, line: None, reason })
    }
}

/// An error that is met once.
struct Damage(Option<std::io::Error>);

impl Read for Damage {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

fn finished(mut draft: Draft, given: &Given, format: &'static str) -> Article {
    if !format.is_empty() {
        draft.article.format = format;
    }
    draft.finish(given)
}

/// Where readers put what they find.
pub(crate) struct Desk<'a> {
    pub given: &'a Given,
    pub limits: &'a Limits,
    pub sink: &'a mut dyn FnMut(Item) -> ControlFlow<()>,
    /// The outermost format at hand; empty until it is told.
    pub format: &'static str,
}

impl Desk<'_> {
    /// Completes a draft and hands it over.
    pub fn hand_over(&mut self, draft: Draft) -> ControlFlow<()> {
        (self.sink)(Item::Article(Box::new(finished(draft, self.given, self.format))))
    }

    /// Makes drafts of parts of an input side by side, completes them, and hands them over in order. `read` gives a
    /// part's draft or why there is none, and `None` where there is nothing to it. `parts`: with their numbers.
    pub fn hand_over_all<T: Send>(
        &mut self,
        file: &str,
        parts: Vec<(usize, T)>,
        read: impl Fn(usize, T) -> Option<Result<Draft, String>> + Sync,
    ) -> ControlFlow<()> {
        let (given, format) = (self.given, self.format);
        let items: Vec<Item> = parts
            .into_par_iter()
            .filter_map(|(number, part)| {
                Some(match read(number, part)? {
                    Ok(draft) => Item::Article(Box::new(finished(draft, given, format))),
                    Err(reason) => {
                        Item::Refused(Refusal { file: file.to_owned(), line: Some(number), reason })
                    }
                })
            })
            .collect();
        items.into_iter().try_for_each(|item| (self.sink)(item))
    }

    pub fn refuse(
        &mut self,
        file: &str,
        line: Option<usize>,
        reason: impl Into<String>,
    ) -> ControlFlow<()> {
        (self.sink)(Item::Refused(Refusal { file: file.to_owned(), line, reason: reason.into() }))
    }
}
