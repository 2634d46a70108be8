//! Owns mails and the pages that browsers save as mails (MHTML): the HTML part is read as a page, its date is a
//! bound on publication.

use std::ops::ControlFlow;

use mail_parser::{HeaderName, Message, MessageParser, MimeHeaders, PartType};
use serde_json::Value;

use super::{
    contained::contained,
    draft::Draft,
    encoding,
    format::{Desk, Format, Head, Source},
    html, paragraphs, parse_moment,
    record::is_address,
    shape::{Piece, Shape, set_story},
};
use crate::model::FormatRow;

/// A page saved as MHTML.
pub(crate) struct Mhtml;

/// A mail.
pub(crate) struct Eml;

impl Format for Mhtml {
    fn row(&self) -> FormatRow {
        FormatRow {
            name: "mhtml",
            description: "a page that a browser saved with its pictures in one file: address and time of saving from its headers",
            told_by: "headers of a mail, among them multipart/related and a Content-Location or a browser's mark",
        }
    }

    fn recognises(&self, head: &Head) -> bool {
        let lower = head.text.to_ascii_lowercase();
        let marks = [
            "snapshot-content-location:",
            "saved by blink",
            "saved by windows internet explorer",
            "\ncontent-location:",
        ];
        encoding::is_mail(&head.text)
            && lower.contains("multipart/related")
            && marks.iter().any(|mark| lower.contains(mark))
    }

    fn framed(&self) -> bool {
        true
    }

    fn read(&self, source: Source, desk: &mut Desk<'_>) -> ControlFlow<()> {
        read(source, desk, &page)
    }
}

impl Format for Eml {
    fn row(&self) -> FormatRow {
        FormatRow {
            name: "eml",
            description: "a mail: its HTML part as a page, else its text without quoted lines and signature",
            told_by: "headers of a mail (From, Subject, Received, MIME-Version …)",
        }
    }

    fn recognises(&self, head: &Head) -> bool {
        encoding::is_mail(&head.text)
    }

    fn framed(&self) -> bool {
        true
    }

    fn read(&self, source: Source, desk: &mut Desk<'_>) -> ControlFlow<()> {
        read(source, desk, &letter)
    }
}

fn read(
    source: Source,
    desk: &mut Desk<'_>,
    draft: &dyn Fn(&Message<'_>, &str, Option<&str>) -> Draft,
) -> ControlFlow<()> {
    let name = source.name.clone();
    let bytes = match source.bytes(desk.limits) {
        Ok(bytes) => bytes,
        Err(refusal) => return desk.refuse(&refusal.file, None, refusal.reason),
    };
    let given = desk.given.url.clone();
    let read = contained(|| {
        let message = MessageParser::default().parse(bytes.trim_ascii_start())?;
        Some(draft(&message, &name, given.as_deref()))
    });
    match read.flatten() {
        Some(draft) if draft.article.paragraphs.is_empty() => {
            desk.refuse(&name, None, "is a mail without text; save the page that it shows")
        }
        Some(draft) => desk.hand_over(draft.captured(bytes)),
        None => desk.refuse(&name, None, "is a mail or saved page that is broken; save it again"),
    }
}

fn page(message: &Message<'_>, file: &str, given: Option<&str>) -> Draft {
    let html = message.parts.iter().find_map(|part| match &part.body {
        PartType::Html(html) => Some((part, html)),
        _ => None,
    });
    let Some((part, html)) = html else { return letter(message, file, given) };
    let snapshot = message.header_raw(HeaderName::Other("Snapshot-Content-Location".into()));
    let stated = [snapshot, part.content_location(), message.content_location()];
    let url = stated.into_iter().flatten().map(str::trim).find(|url| is_address(url));
    let mut draft = html::draft_of(html, file, given.or(url));
    draft.see(moment(message));
    draft
}

fn letter(message: &Message<'_>, file: &str, given: Option<&str>) -> Draft {
    let html = message.html_part(0).and_then(|part| match &part.body {
        PartType::Html(html) => Some(html),
        _ => None,
    });
    let mut draft = match html {
        Some(html) => html::draft_of(html, file, given),
        None => Draft::new(file, None),
    };
    let article = &mut draft.article;
    if article.title.is_none() {
        article.title =
            message.subject().map(str::trim).filter(|s| !s.is_empty()).map(str::to_owned);
        article.read_from.insert("title".to_owned(), "input".to_owned());
    }
    if article.paragraphs.is_empty()
        && let Some(text) = message.body_text(0)
    {
        let pieces = paragraphs::split(&own_lines(&text)).into_iter().map(Piece::text).collect();
        set_story(article, pieces, Shape::Field);
    }
    let sender = message.from().and_then(|from| from.first());
    let sender = sender.map(|from| {
        let parts = [from.name(), from.address()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    });
    for (key, value) in [("from", sender), ("message_id", message.message_id().map(str::to_owned))]
    {
        if let Some(value) = value {
            article.extra.insert(key.to_owned(), Value::String(value).to_string());
        }
    }
    draft.see(moment(message));
    draft
}

fn moment(message: &Message<'_>) -> Option<crate::model::Moment> {
    parse_moment(&message.date()?.to_rfc3339())
}

/// The writer's own text: no quoted lines, nothing from the signature on.
fn own_lines(text: &str) -> String {
    let lines = text.lines().take_while(|line| *line != "-- ");
    lines.filter(|line| !line.starts_with('>')).collect::<Vec<_>>().join("\n")
}
