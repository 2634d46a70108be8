//! Owns NITF: documents of their own, and those inside other wire formats.

use std::ops::ControlFlow;

use super::{
    super::{
        format::{Desk, Format, Head, Source},
        xml::{self, Element},
    },
    hand_over,
    item::WireItem,
    markup, read_xml,
};
use crate::model::FormatRow;

/// NITF.
pub(crate) struct Nitf;

impl Format for Nitf {
    fn row(&self) -> FormatRow {
        FormatRow {
            name: "nitf",
            description: "News Industry Text Format 2.5 to 3.6, with distributor, byline, dateline and rights",
            told_by: "the root element nitf",
        }
    }

    fn recognises(&self, head: &Head) -> bool {
        xml::root(&head.text) == Some("nitf")
    }

    fn read(&self, source: Source, desk: &mut Desk<'_>) -> ControlFlow<()> {
        let name = source.name.clone();
        read_xml(source, desk, &mut |root, bytes, desk| {
            let mut wire = WireItem::default();
            fill(root, &mut wire);
            hand_over(wire.draft(&name, None), (&name, None), bytes, desk)
        })
    }
}

/// Fills an item with what a document states; what the item has already stays.
pub(super) fn fill(document: &Element, wire: &mut WireItem) {
    let set = |slot: &mut Option<String>, value: Option<String>| {
        if slot.is_none() {
            *slot = value.filter(|value| !value.trim().is_empty());
        }
    };
    if let Some(data) = document.at(&["head", "docdata"]) {
        docdata(data, wire);
    }
    set(&mut wire.language, document.attribute("baselang").map(str::to_owned));
    set(&mut wire.language, document.attribute("lang").map(str::to_owned));
    let publication = document.at(&["head", "pubdata"]);
    set(
        &mut wire.created,
        publication.and_then(|d| d.attribute("date.publication")).map(str::to_owned),
    );
    if let Some(head) = document.at(&["body", "body.head"]) {
        body_head(head, wire);
    }
    set(&mut wire.title, document.text_at(&["head", "title"]));
    let credit = document.at(&["body", "body.end", "tagline"]).map(Element::text);
    wire.keep("tagline", credit);
    if let Some(body) = document.child("body") {
        wire.pieces.extend(markup::pieces(body.child("body.content").unwrap_or(body)));
    }
}

fn docdata(data: &Element, wire: &mut WireItem) {
    let id = data.child("doc-id");
    wire.guid = wire.guid.take().or_else(|| id?.attribute("id-string").map(str::to_owned));
    let attribute = |name: &str, key: &str| data.child(name)?.attribute(key).map(str::to_owned);
    wire.holder = wire.holder.take().or_else(|| attribute("doc.copyright", "holder"));
    wire.provider = wire.provider.take().or_else(|| attribute("doc-id", "regsrc"));
    wire.created = wire.created.take().or_else(|| attribute("date.issue", "norm"));
    wire.versioned = wire.versioned.take().or_else(|| attribute("date.release", "norm"));
    wire.keep("urgency", attribute("urgency", "ed-urg"));
    wire.keep("ednote", attribute("ed-msg", "info"));
    wire.keep("version", attribute("du-key", "version"));
    wire.keep("pubstatus", data.attribute("management-status"));
    let from = data.all("from-src").into_iter().filter_map(|e| e.attribute("src-name"));
    wire.sources.extend(from.map(str::to_owned));
}

fn body_head(head: &Element, wire: &mut WireItem) {
    wire.title = head.text_at(&["hedline", "hl1"]).or(wire.title.take());
    if wire.byline.is_empty() {
        let lines = head.children().filter(|e| e.is("byline")).map(byline);
        wire.byline = lines.filter(|line| !line.is_empty()).collect();
    }
    // Who distributes it is whose item it is.
    wire.provider = head.text_at(&["distributor"]).or(wire.provider.take());
    let dateline = head.child("dateline").map(|line| {
        let day = line.child("story.date").map(Element::text).unwrap_or_default();
        line.text().replace(&day, "").trim().to_owned()
    });
    wire.dateline = wire.dateline.take().or(dateline);
    wire.holder = wire.holder.take().or_else(|| head.text_at(&["rights", "rights.owner"]));
    wire.summary = wire.summary.take().or_else(|| head.text_at(&["abstract"]));
}

/// The names of a byline; the rank under a name ("AP Sports Writer") is no name.
fn byline(line: &Element) -> String {
    let people: Vec<String> =
        line.all("person").into_iter().map(Element::text).filter(|t| !t.is_empty()).collect();
    if people.is_empty() {
        let rank = line.child("byttl").map(Element::text).unwrap_or_default();
        return line.text().replace(&rank, "").trim().to_owned();
    }
    people.join(", ")
}
