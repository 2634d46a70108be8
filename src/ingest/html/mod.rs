//! Owns HTML pages: one parse, then story, metadata and what kind of page it is.

mod around;
mod blocks;
mod consent;
mod dates;
mod fragment;
mod furniture;
mod imprint;
mod json_ld;
mod metadata;
mod notices;
mod page_kind;
mod scripted;
mod signs;
mod story;
mod titles;
mod wrappers;

pub(crate) use fragment::pieces as fragment;

use std::ops::ControlFlow;

use trafilatura::dom::Document;

use super::{
    blurb,
    draft::Draft,
    encoding,
    format::{Desk, Format, Head, Source},
    mirror,
    shape::{Shape, set_story},
    xml,
};
use crate::model::{Claim, FormatRow, Kind, SignKind};

/// An HTML page.
pub(crate) struct Html;

impl Format for Html {
    fn row(&self) -> FormatRow {
        FormatRow {
            name: "html",
            description: "a saved page: main text, title, byline, dates, language, address, outlet and credits",
            told_by: "a doctype or HTML tags at the beginning",
        }
    }

    fn recognises(&self, head: &Head) -> bool {
        let start: String = head.text.chars().take(2048).collect::<String>().to_ascii_lowercase();
        let start = start.trim_start_matches('\u{feff}').trim_start();
        let tags = [
            "<!doctype html",
            "<html",
            "<head",
            "<body",
            "<article",
            "<title",
            "<meta ",
            "<p>",
            "<div",
            "<h1",
        ];
        // XML names its elements in both cases; pages in one.
        let mixed = |name: &str| {
            name.chars().any(char::is_uppercase) && name.chars().any(char::is_lowercase)
        };
        if xml::root(&head.text).is_some_and(mixed) {
            return false;
        }
        if start.starts_with("<?xml") || start.starts_with("<!--") {
            return start.contains("<html") || start.contains("<!doctype html");
        }
        start.starts_with('<') && tags.iter().any(|tag| start.contains(tag))
    }

    fn read(&self, source: Source, desk: &mut Desk<'_>) -> ControlFlow<()> {
        let name = source.name.clone();
        let bytes = match source.bytes(desk.limits) {
            Ok(bytes) => bytes,
            Err(refusal) => return desk.refuse(&refusal.file, None, refusal.reason),
        };
        let draft = draft_of_bytes(&bytes, None, &name, desk.given.url.as_deref());
        if draft.says_nothing() {
            return desk.refuse(&name, None, NO_TEXT);
        }
        desk.hand_over(draft.captured(bytes))
    }
}

/// The refusal of a page that has no story.
pub(crate) const NO_TEXT: &str = "is an HTML page without text, or nested beyond any page; it may be filled by a script: save it from the browser";

/// The draft of a page that is still bytes; `charset` is what the server said of them.
pub(crate) fn draft_of_bytes(
    bytes: &[u8],
    charset: Option<&str>,
    file: &str,
    url: Option<&str>,
) -> Draft {
    draft_of(&text_of_bytes(bytes, charset), file, url)
}

/// The markup of a page that is still bytes.
pub(crate) fn text_of_bytes(bytes: &[u8], charset: Option<&str>) -> String {
    let declared = charset.map(str::to_owned).or_else(|| declared_encoding(bytes));
    encoding::decode(bytes, declared.as_deref())
}

/// The draft of a page; `url` is its address where the input tells it.
pub(crate) fn draft_of(page: &str, file: &str, url: Option<&str>) -> Draft {
    let mut draft = Draft::new(file, None);
    draft.article.format = "html";
    if is_nested_beyond_parsing(page) {
        return draft;
    }
    let seen = mirror::see(page, url);
    let document = Document::parse(&seen.page);
    if is_deep(&document) {
        return draft;
    }
    draft.article.signs = signs::on_page(&seen.page);
    // What the page says of its own address is read after what is known of it.
    draft.see_through(seen);
    let mut facts = metadata::read(&document, &mut draft);
    signs::add_owners(&mut draft.article.signs, std::mem::take(&mut facts.owners));
    let found = story::find(document, &mut facts);
    draft.article.links.extend(found.links);
    draft.article.kind = page_kind::tell(&draft.article, &found.pieces, &facts);
    let titles = draft.article.title.as_deref().or(facts.window_title.as_deref());
    if let Some(told) = imprint::signs(draft.article.url.as_deref(), titles, &facts.page_text) {
        draft.article.kind = Kind::Operator;
        draft.article.signs.retain(|sign| sign.kind != SignKind::Owner);
        draft.article.signs.extend(told);
    }
    for value in found.boxes {
        let claim = Claim { field: "byline".to_owned(), value };
        if !draft.claims.contains(&claim) {
            draft.claims.push(claim);
        }
    }
    if draft.article.published.is_none() && found.stamp.is_some() {
        draft.article.published = found.stamp;
        draft.article.read_from.insert("published".to_owned(), "text".to_owned());
    }
    set_story(&mut draft.article, found.pieces, Shape::Field);
    blurb::take_note(&mut draft.article, &draft.byline);
    draft.article.signs.extend(signs::blurbs(&draft.article.furniture));
    draft
}

/// Elements nested deeper than this are no page but an attack: what follows walks the tree recursively.
const MAX_DEPTH: usize = 512;

/// Open elements from which on parsing itself takes quadratic time.
const MAX_OPEN: usize = 5_000;

/// Whether more elements are opened inside one another than any parser should be asked to take; those that are
/// mostly left open, being closed by the next of their kind, do not count.
pub(crate) fn is_nested_beyond_parsing(page: &str) -> bool {
    const NOT_COUNTED: &[&str] = &[
        "p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "br", "img",
        "hr", "input", "link", "meta", "source", "wbr", "col", "area", "base", "embed", "param",
        "track", "html", "head", "body",
    ];
    let (mut open, mut rest) = (0usize, page);
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let closes = rest.starts_with('/');
        let start = rest.trim_start_matches('/');
        let end = start.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(start.len());
        let name = &start[..end];
        if !name.starts_with(|c: char| c.is_ascii_alphabetic())
            || NOT_COUNTED.iter().any(|known| known.eq_ignore_ascii_case(name))
        {
            continue;
        }
        open = if closes { open.saturating_sub(1) } else { open + 1 };
        if open > MAX_OPEN {
            return true;
        }
    }
    false
}

/// Whether any element is nested deeper than [`MAX_DEPTH`].
fn is_deep(document: &Document) -> bool {
    let mut open = vec![(document.root(), 0)];
    while let Some((id, depth)) = open.pop() {
        if depth > MAX_DEPTH {
            return true;
        }
        open.extend(document.children(id).into_iter().map(|child| (child, depth + 1)));
    }
    false
}

/// `charset=…` in the first bytes of a page.
pub(crate) fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let after = head
        .split("charset=")
        .nth(1)
        .or_else(|| head.starts_with("<?xml").then(|| head.split("encoding=").nth(1)).flatten())?;
    let label: String = after
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))
        .collect();
    (!label.is_empty()).then_some(label)
}
