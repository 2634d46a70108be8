//! Owns NewsML 1.x: items inside an envelope, the longest text content of each.

use std::ops::ControlFlow;

use super::{
    super::{
        format::{Desk, Format, Head, Source},
        shape::Piece,
        xml::{self, Element},
    },
    hand_over,
    item::WireItem,
    markup, nitf, read_xml,
};
use crate::model::FormatRow;

/// NewsML 1.
pub(crate) struct NewsMl1;

impl Format for NewsMl1 {
    fn row(&self) -> FormatRow {
        FormatRow {
            name: "newsml-1",
            description: "NewsML 1.0 to 1.2 items with NITF, XHTML or plain text inside",
            told_by: "the root element NewsML",
        }
    }

    fn recognises(&self, head: &Head) -> bool {
        xml::root(&head.text) == Some("NewsML")
    }

    fn read(&self, source: Source, desk: &mut Desk<'_>) -> ControlFlow<()> {
        let name = source.name.clone();
        read_xml(source, desk, &mut |root, bytes, desk| {
            let items: Vec<&Element> = root.children().filter(|e| e.is("NewsItem")).collect();
            if items.is_empty() {
                return desk.refuse(&name, None, "is a NewsML envelope without items");
            }
            let many = items.len() > 1;
            for (at, item) in items.into_iter().enumerate() {
                let line = many.then_some(at + 1);
                let draft = read_item(item).draft(&name, line);
                hand_over(draft, (&name, line), bytes.clone(), desk)?;
            }
            ControlFlow::Continue(())
        })
    }
}

fn read_item(item: &Element) -> WireItem {
    let mut wire = WireItem::default();
    let text = |name: &str| item.first(name).map(Element::text).filter(|t| !t.is_empty());
    let formal = |name: &str| item.first(name)?.attribute("FormalName").map(str::to_owned);
    let party = |name: &str| {
        let party = item.first(name)?.first("Party")?;
        party.attribute("FormalName").map(str::to_owned)
    };
    wire.guid = guid(item);
    wire.keep("version", text("RevisionId"));
    wire.created = text("FirstCreated");
    wire.versioned = text("ThisRevisionCreated");
    wire.keep("pubstatus", formal("Status").map(|status| status.to_lowercase()));
    wire.keep("urgency", formal("Urgency"));
    wire.keep("slugline", text("SlugLine"));
    wire.keep("copyrightnotice", text("CopyrightLine"));
    wire.title = text("HeadLine");
    wire.dateline = text("DateLine");
    wire.byline = text("ByLine").into_iter().collect();
    wire.creditline = text("CreditLine");
    wire.provider = party("Provider").or_else(|| text("ProviderId"));
    wire.sources = party("Source").into_iter().collect();
    wire.language = formal("Language");
    wire.pieces = body(item, &mut wire);
    wire
}

/// The provider, day and number of an item; the revision behind them is no part of which item it is.
fn guid(item: &Element) -> Option<String> {
    let part = |name: &str| item.first(name).map(Element::text).filter(|t| !t.is_empty());
    let number = part("NewsItemId")?;
    match (part("ProviderId"), part("DateId")) {
        (Some(provider), Some(day)) => Some(format!("urn:newsml:{provider}:{day}:{number}")),
        _ => Some(number),
    }
}

/// The longest text among the contents: others are subheads, style sheets, captions.
fn body(item: &Element, wire: &mut WireItem) -> Vec<Piece> {
    let mut best: Vec<Piece> = Vec::new();
    let mut length = 0;
    for content in item.all("ContentItem") {
        let kind = |name: &str| {
            let stated = content.child(name).and_then(|e| e.attribute("FormalName"));
            stated.unwrap_or_default().to_lowercase()
        };
        let other = ["photo", "picture", "graphic", "video", "audio", "complexdata"];
        if other.iter().any(|what| kind("MediaType").contains(what)) || kind("Format") == "css" {
            continue;
        }
        let Some(data) = content.child("DataContent") else { continue };
        let mut inner = WireItem::default();
        match data.first("nitf") {
            Some(document) => nitf::fill(document, &mut inner),
            None => inner.pieces = markup::pieces(data.first("body").unwrap_or(data)),
        }
        let size: usize = inner.pieces.iter().map(|piece| piece.text.len()).sum();
        if size > length {
            length = size;
            best = std::mem::take(&mut inner.pieces);
            wire.title = wire.title.take().or(inner.title);
            if wire.byline.is_empty() {
                wire.byline = inner.byline;
            }
        }
    }
    best
}
