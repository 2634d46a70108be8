//! Owns NewsML-G2: messages and single items, their versions, status and the hops that they came through.

use std::ops::ControlFlow;

use serde_json::{Value, json};

use super::{
    super::{
        format::{Desk, Format, Head, Source},
        xml::{self, Element},
    },
    hand_over,
    item::WireItem,
    markup, nitf, read_xml,
};
use crate::model::FormatRow;

/// NewsML-G2.
pub(crate) struct NewsMlG2;

/// Items of the standard that hold no article, and what they are.
const OTHER_ITEMS: &[(&str, &str)] = &[
    ("packageItem", "a package, which lists other items"),
    ("conceptItem", "a concept or event"),
    ("knowledgeItem", "a list of concepts"),
    ("planningItem", "a planning item"),
    ("catalogItem", "a catalogue of codes"),
];

impl Format for NewsMlG2 {
    fn row(&self) -> FormatRow {
        FormatRow {
            name: "newsml-g2",
            description: "IPTC NewsML-G2 messages and items: text as XHTML, NITF or plain, with version, status, credit line and hop history",
            told_by: "the root element newsMessage, newsItem, packageItem …",
        }
    }

    fn recognises(&self, head: &Head) -> bool {
        xml::root(&head.text).is_some_and(|root| {
            ["newsMessage", "newsItem"]
                .iter()
                .chain(OTHER_ITEMS.iter().map(|(name, _)| name))
                .any(|name| *name == root)
        })
    }

    fn read(&self, source: Source, desk: &mut Desk<'_>) -> ControlFlow<()> {
        let name = source.name.clone();
        read_xml(source, desk, &mut |root, bytes, desk| {
            let items: Vec<&Element> = match root.child("itemSet") {
                Some(set) => set.children().collect(),
                None if root.is("newsMessage") => Vec::new(),
                None => vec![root],
            };
            if items.is_empty() {
                return desk.refuse(&name, None, "is a news message without items");
            }
            let many = items.len() > 1;
            for (at, item) in items.into_iter().enumerate() {
                let line = many.then_some(at + 1);
                let draft = read_item(item).and_then(|item| item.draft(&name, line));
                hand_over(draft, (&name, line), bytes.clone(), desk)?;
            }
            ControlFlow::Continue(())
        })
    }
}

fn read_item(item: &Element) -> Result<WireItem, String> {
    if let Some((_, what)) = OTHER_ITEMS.iter().find(|(name, _)| item.is(name)) {
        return Err(format!("is {what}; it holds no article"));
    }
    let class = item.at(&["itemMeta", "itemClass"]).and_then(party).unwrap_or_default();
    if let Some(what) = ["picture", "photo", "graphic", "video", "audio", "animation"]
        .iter()
        .find(|what| class.eq_ignore_ascii_case(what))
    {
        return Err(format!("is an item of kind {what}; its caption is no article"));
    }
    let mut wire = WireItem::default();
    body(item, &mut wire);
    item_meta(item, &mut wire);
    content_meta(item, &mut wire);
    rights(item, &mut wire);
    hops(item, &mut wire);
    Ok(wire)
}

/// The text: inline XML before inline data.
fn body(item: &Element, wire: &mut WireItem) {
    let Some(set) = item.child("contentSet") else { return };
    for inline in set.all("inlineXML") {
        let before = wire.pieces.len();
        if let Some(document) = inline.first("nitf") {
            nitf::fill(document, wire);
        } else if let Some(body) = inline.first("body") {
            wire.pieces.extend(markup::pieces(body));
        } else if inline.first("p").is_some() {
            wire.pieces.extend(markup::pieces(inline));
        }
        wire.language = wire.language.take().or_else(|| {
            let stated = inline.first("html").and_then(|html| html.attribute("lang"));
            stated.map(str::to_owned)
        });
        // Further inline contents are renditions of the same text.
        if wire.pieces.len() > before {
            return;
        }
    }
    for inline in set.all("inlineData") {
        let kind = inline.attribute("contenttype").unwrap_or("text/plain");
        if kind.starts_with("text/") && wire.pieces.is_empty() {
            wire.pieces = markup::pieces(inline);
        }
    }
}

fn item_meta(item: &Element, wire: &mut WireItem) {
    wire.guid = item.attribute("guid").map(str::to_owned);
    wire.keep("version", item.attribute("version"));
    if let Some(lang) = item.attribute("lang") {
        wire.language.get_or_insert_with(|| lang.to_owned());
    }
    let Some(meta) = item.child("itemMeta") else { return };
    wire.provider = meta.child("provider").and_then(party);
    wire.created = meta.text_at(&["firstCreated"]);
    wire.versioned = meta.text_at(&["versionCreated"]);
    wire.keep("embargoed", meta.text_at(&["embargoed"]));
    let status = meta.child("pubStatus").and_then(|status| status.attribute("qcode"));
    wire.keep("pubstatus", status.map(code));
    let signals: Vec<&str> =
        meta.children().filter(|e| e.is("signal")).filter_map(|e| e.attribute("qcode")).collect();
    wire.keep("signal", Some(signals.join(" ")));
    let note = meta.children().find(|e| e.is("edNote") && e.attribute("pubconstraint").is_none());
    wire.keep("ednote", note.map(Element::text));
}

fn content_meta(item: &Element, wire: &mut WireItem) {
    let Some(meta) = item.child("contentMeta") else { return };
    let texts = |name: &str| -> Vec<String> {
        let all = meta.children().filter(|e| e.is(name)).map(Element::text);
        all.filter(|text| !text.is_empty()).collect()
    };
    let first = |name: &str| texts(name).into_iter().next();
    let stated = meta.child("language").and_then(|language| language.attribute("tag"));
    wire.language = stated.map(str::to_owned).or(wire.language.take());
    wire.title = first("headline").or(wire.title.take());
    wire.byline = texts("by");
    wire.dateline = first("dateline").or(wire.dateline.take());
    wire.creditline = first("creditline");
    wire.created = first("contentCreated").or(wire.created.take());
    wire.sources = meta.children().filter(|e| e.is("infoSource")).filter_map(party).collect();
    wire.summary = meta
        .children()
        .filter(|e| e.is("description"))
        .filter(|e| {
            e.attribute("role")
                .is_none_or(|role| role.contains("teaser") || role.contains("summary"))
        })
        .map(Element::text)
        .find(|text| !text.is_empty());
    wire.keep("urgency", first("urgency"));
    wire.keep("slugline", first("slugline"));
}

fn rights(item: &Element, wire: &mut WireItem) {
    let Some(rights) = item.child("rightsInfo") else { return };
    wire.holder = rights.child("copyrightHolder").and_then(party);
    wire.keep("copyrightnotice", rights.text_at(&["copyrightNotice"]));
    wire.keep("usageterms", rights.text_at(&["usageTerms"]));
}

/// The parties that an item went through, the first hop first. Whoever made the content is a source of it;
/// whoever only passed it on or marked it up is none.
fn hops(item: &Element, wire: &mut WireItem) {
    let Some(history) = item.child("hopHistory") else { return };
    let mut hops: Vec<&Element> = history.children().filter(|e| e.is("hop")).collect();
    hops.sort_by_key(|hop| hop.attribute("seq").and_then(|seq| seq.parse::<u64>().ok()));
    let mut chain: Vec<Value> = Vec::new();
    for hop in hops {
        let named = hop.child("party").and_then(party);
        let actions: Vec<&Element> = hop.children().filter(|e| e.is("action")).collect();
        let of_content = |action: &&Element| {
            let target = action.attribute("target").map(code).unwrap_or_default();
            action.attribute("qcode").map(code) == Some("created") && target != "metadata"
        };
        if let Some(name) = named.clone().filter(|_| actions.iter().any(of_content)) {
            wire.sources.push(name);
        }
        let codes: Vec<String> = actions
            .iter()
            .filter_map(|a| a.attribute("qcode"))
            .map(|q| code(q).to_owned())
            .collect();
        chain.push(json!({
            "party": named, "at": hop.attribute("timestamp"), "actions": codes,
        }));
    }
    wire.extra.insert("hop_history".to_owned(), Value::Array(chain));
}

/// Who an element stands for: a name inside, else a literal, else the code or the end of an address.
fn party(element: &Element) -> Option<String> {
    let name = element.children().filter(|e| e.is("name")).map(Element::text);
    let name = name.into_iter().find(|name| !name.is_empty());
    name.or_else(|| element.attribute("literal").map(str::to_owned))
        .or_else(|| element.attribute("qcode").map(|qcode| code(qcode).to_owned()))
        .or_else(|| element.attribute("uri").map(str::to_owned))
        .or_else(|| Some(element.text()).filter(|text| !text.is_empty()))
}

/// `stat:usable` → `usable`.
fn code(qcode: &str) -> &str {
    qcode.rsplit_once(':').map_or(qcode, |(_, code)| code)
}
