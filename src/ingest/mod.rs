//! Owns the way from an input to [`Article`]s: the only room that knows formats, encodings and where files lie.

mod address;
mod address_day;
mod ads_txt;
mod blurb;
mod cdx;
mod contained;
mod crawl;
mod draft;
mod encoding;
mod feed;
mod fetch;
mod format;
mod html;
mod identity;
mod inputs;
mod json;
mod jsonl;
mod mail;
mod markdown;
mod mirror;
mod moment;
mod month_names;
mod pack;
mod paragraphs;
mod parquet;
mod pdf;
mod plain;
mod prose;
mod record;
mod rooms;
mod saved;
mod shape;
mod shown;
pub mod site;
mod table;
mod unpack;
mod wire;
mod xml;
mod zipped;

use std::{fs::File, ops::ControlFlow, sync::Arc, time::Duration};

use jiff::Timestamp;

pub use address::{normalise_address, registrable_domain};
pub use fetch::{Answer, FetchError, Manners, Validators, Visitor, ask_authority};
pub use moment::parse_moment;
pub use shown::shown;

use crate::model::{Article, FormatRow, Moment, Refusal};
use format::{Desk, FORMATS, Format, Source};

/// Version of all that turns bytes into text and metadata; a revision records the one it was read with.
pub const EXTRACTOR_VERSION: i64 = 1;

/// What the user says of inputs; it fills what an input lacks and overrides nothing.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// A domain or a name.
    pub outlet: Option<String>,
    pub url: Option<String>,
    pub published: Option<Moment>,
    /// BCP 47 primary subtag.
    pub language: Option<String>,
    /// Outlets that a credit may name, beside those built in.
    pub names: rooms::Names,
}

/// Bounds on what is read at once.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes of one text, page or line; inputs of many articles may be of any size.
    pub max_bytes: u64,
    /// Redirects that are followed when an address is fetched.
    pub max_hops: u32,
    /// How long the fetching of one address may take, redirects and robots.txt included.
    pub max_time: Duration,
    /// Whether an address is fetched although the site's robots.txt closes it to programs: the user's own word for
    /// a single page.
    pub ignore_robots: bool,
    /// Whether addresses inside (loopback, private, link-local, metadata networks) are fetched too: the user's own
    /// word, since a page or feed from outside could name them.
    pub allow_private: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 32_000_000,
            max_hops: 10,
            max_time: Duration::from_mins(1),
            ignore_robots: false,
            allow_private: false,
        }
    }
}

/// What an input holds.
#[derive(Debug, Clone)]
pub enum Item {
    /// An article, or the sighting of one (`Kind::Sighting`).
    Article(Box<Article>),
    /// An index pack: no article, but where there are some.
    Pack { file: String, content: Arc<File> },
    /// A part of the input, or all of it, that cannot be taken in.
    Refused(Refusal),
}

/// Why an input as a whole cannot be looked at.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    #[error(
        "{input}: no such file, folder or pattern; check the spelling, or quote a pattern that the shell must not expand"
    )]
    NoSuchInput { input: String },
    #[error("{input}: holds no files that could be read; hidden ones are left out")]
    NothingThere { input: String },
    #[error("{input}: cannot be opened: {cause}; check its permissions")]
    Unreadable { input: String, cause: std::io::Error },
    #[error(
        "{input}: the pattern is wrong: {cause}; `*` stands for any name, `**` for any folders"
    )]
    BadPattern { input: String, cause: glob::PatternError },
    /// The address could not be had; `cause` says why and what to do.
    #[error("{input}: {cause}")]
    NotFetched { input: String, cause: FetchError },
}

/// Reads INPUT — a file, a folder (all files below it, sorted, hidden ones left out), a glob, an http(s) address, or
/// `-` for the standard input — and hands each article or refusal to `sink`, in order, until it breaks.
///
/// Inputs of many articles are streamed: memory stays bounded whatever their size.
///
/// # Errors
/// Where there is nothing to read at all; whatever is wrong inside becomes a refusal.
pub fn read(
    input: &str,
    given: &Given,
    limits: &Limits,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> Result<(), IngestError> {
    let mut desk = Desk { given, limits, sink, format: "" };
    if is_address(input) {
        return fetch::read(input, &mut desk).map(|_| ());
    }
    inputs::each(input, &mut |name, opened| open_source(name, opened, &mut desk))
}

fn open_source(name: &str, opened: inputs::Opened, desk: &mut Desk<'_>) -> ControlFlow<()> {
    match opened.and_then(|stream| Source::new(name, stream)) {
        Ok(source) => read_source(source, desk),
        Err(error) => desk.refuse(name, None, unreadable(&error)),
    }
}

/// Reads what an answer of a server brought, as [`read`] does the same address.
pub fn read_answer(
    address: &str,
    answer: Answer,
    given: &Given,
    limits: &Limits,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) {
    let _ = fetch::read_answer(address, answer, &mut Desk { given, limits, sink, format: "" });
}

/// The files of INPUT in the order in which [`read`] takes them, so that many can be read at once: a folder or a
/// glob gives its files; a file, an address and `-` give themselves.
///
/// # Errors
/// As [`read`], where there is nothing to read at all.
pub fn expand(input: &str) -> Result<Vec<String>, IngestError> {
    inputs::expand(input)
}

/// Whether an input is an http(s) address, so that reading it is fetching it.
#[must_use]
pub fn is_address(input: &str) -> bool {
    inputs::is_address(input)
}

/// This moment, to the second.
#[must_use]
pub fn now() -> Option<Moment> {
    moment_at(Timestamp::now().as_second())
}

/// The moment that lies so many seconds after 1970-01-01T00:00:00Z; `None` beyond the years that are written.
#[must_use]
pub fn moment_at(seconds: i64) -> Option<Moment> {
    parse_moment(&Timestamp::from_second(seconds).ok()?.to_string())
}

/// Whether INPUT names files that [`expand`] lists: a file, a folder or a glob; no pipe, address or standard input.
pub fn is_files(input: &str) -> bool {
    !is_address(input) && inputs::is_files(input)
}

/// Reads one of the files that [`expand`] lists, as [`read`] does; one that cannot be opened is refused.
pub fn read_file(
    name: &str,
    given: &Given,
    limits: &Limits,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut desk = Desk { given, limits, sink, format: "" };
    open_source(name, inputs::open(name.as_ref()), &mut desk)
}

/// Reads bytes as [`read`] reads the file that they are of; `name` stands where its path would.
pub fn read_bytes(
    name: &str,
    bytes: Vec<u8>,
    given: &Given,
    limits: &Limits,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut desk = Desk { given, limits, sink, format: "" };
    open_source(name, Ok(Box::new(std::io::Cursor::new(bytes))), &mut desk)
}

/// The formats that inputs may have.
#[must_use]
pub fn formats() -> Vec<FormatRow> {
    FORMATS.iter().map(|format| format.row()).collect()
}

fn unreadable(error: &std::io::Error) -> String {
    format!("cannot be read: {error}; check that it is a readable file")
}

fn read_source(source: Source, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let name = source.name.clone();
    if !unpack::is_packed(source.head_bytes()) {
        return read_unpacked(source, desk);
    }
    let head = source.head_bytes().to_vec();
    let inner = unpack::unpacked(&head, source.stream());
    match inner.and_then(|stream| Source::new(&name, stream)) {
        Ok(source) => read_unpacked(source, desk),
        Err(error) => desk.refuse(&name, None, unreadable(&error)),
    }
}

fn read_unpacked(source: Source, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let name = source.name.clone();
    if source.head_bytes().iter().all(u8::is_ascii_whitespace) && source.head().whole {
        return desk.refuse(&name, None, "is empty; there is nothing to read");
    }
    let head = source.head();
    if let Some(format) = FORMATS.iter().find(|format| format.framed() && format.recognises(&head))
    {
        return read_as(*format, source, desk);
    }
    if let Some(what) = encoding::not_text(source.head_bytes()) {
        let reason =
            format!("is {what}, which this version does not read; give it as text, HTML or JSONL");
        return desk.refuse(&name, None, reason);
    }
    if let Some(format) = FORMATS.iter().find(|format| format.recognises(&head)) {
        return read_as(*format, source, desk);
    }
    let reason = match xml::root(&head.text) {
        Some(root) => format!("is XML of a kind not known here (its root is <{root}>)"),
        None => "is of no format known here".to_owned(),
    };
    desk.refuse(&name, None, format!("{reason}; `copytrail formats` lists those that are"))
}

fn read_as(format: &dyn Format, source: Source, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let outer = desk.format;
    if outer.is_empty() {
        desk.format = format.row().name;
    }
    let flow = format.read(source, desk);
    desk.format = outer;
    flow
}
