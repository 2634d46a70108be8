//! Owns ninjs 1 to 3 as IPTC defines it and as agencies write it; and how JSON items of wires are walked.

use std::ops::ControlFlow;

use serde_json::{Map, Value};

use super::{
    super::{
        encoding,
        format::{Desk, Format, Head, Source},
        record::text_of,
        shape::Piece,
        xml,
    },
    hand_over,
    item::WireItem,
    markup, nitf,
};
use crate::model::FormatRow;

/// ninjs.
pub(crate) struct Ninjs;

type Object = Map<String, Value>;

/// How deep items lie in a service's answer, or in one another.
const MAX_INSIDE: usize = 4;

/// Keys that only news items in JSON have, beside `uri` or `guid`.
const MARKS: &[&str] = &[
    "versioncreated",
    "body_xhtml",
    "body_richtext",
    "body_main",
    "bodies",
    "headlines",
    "pubstatus",
    "headline_main",
    "eventdetails",
    "description_caption_xhtml",
    "embargoedreason",
    "firstversion",
    "eventsdetails",
];

impl Format for Ninjs {
    fn row(&self) -> FormatRow {
        FormatRow {
            name: "ninjs",
            description: "ninjs 1.x to 3.x, one item, a list, or an item a line, and wires' JSON of its kind",
            told_by: "JSON with uri or guid beside keys of ninjs (versioncreated, bodies, pubstatus …)",
        }
    }

    fn recognises(&self, head: &Head) -> bool {
        let has = |key: &str| head.text.contains(&format!("\"{key}\""));
        if !head.text.starts_with(['{', '[']) || !(has("uri") || has("guid")) {
            return false;
        }
        let lower = head.text.to_lowercase();
        MARKS.iter().any(|key| lower.contains(&format!("\"{key}\"")))
    }

    fn read(&self, source: Source, desk: &mut Desk<'_>) -> ControlFlow<()> {
        let is_item = |object: &Object| {
            ["uri", "guid"].iter().any(|key| object.get(*key).is_some_and(Value::is_string))
                && object.keys().any(|key| MARKS.contains(&key.to_lowercase().as_str()))
        };
        read_json(source, desk, &is_item, &item)
    }
}

/// Walks one document, a list, a list under a key, or a document a line; hands each item over.
pub(super) fn read_json(
    source: Source,
    desk: &mut Desk<'_>,
    is_item: &dyn Fn(&Object) -> bool,
    item: &dyn Fn(&Object) -> Result<WireItem, String>,
) -> ControlFlow<()> {
    let name = source.name.clone();
    let bytes = match source.bytes(desk.limits) {
        Ok(bytes) => bytes,
        Err(refusal) => return desk.refuse(&refusal.file, None, refusal.reason),
    };
    let text = encoding::decode(&bytes, None);
    let documents = serde_json::Deserializer::from_str(text.trim_start_matches('\u{feff}'));
    let mut items = Vec::new();
    for document in documents.into_iter::<Value>() {
        match document {
            Ok(value) => collect(value, is_item, 0, &mut items),
            Err(error) => {
                desk.refuse(
                    &name,
                    None,
                    format!("is broken JSON: {error}; mend it and add it again"),
                )?;
                break;
            }
        }
    }
    if items.is_empty() {
        return desk.refuse(&name, None, "holds no news items that could be read");
    }
    let many = items.len() > 1;
    for (at, object) in items.into_iter().enumerate() {
        let line = many.then_some(at + 1);
        let captured = if many {
            Value::Object(object.clone()).to_string().into_bytes()
        } else {
            bytes.clone()
        };
        let draft = item(&object).and_then(|item| item.draft(&name, line));
        hand_over(draft, (&name, line), captured, desk)?;
    }
    ControlFlow::Continue(())
}

/// Items lie at the top, in lists, or under a key or two of a service's answer.
fn collect(value: Value, is_item: &dyn Fn(&Object) -> bool, depth: usize, out: &mut Vec<Object>) {
    match value {
        Value::Object(object) if is_item(&object) => {
            let inside = associated(&object);
            out.push(object);
            for value in inside.into_iter().filter(|_| depth < MAX_INSIDE) {
                collect(value, &|object| is_item(object) && is_text(object), depth + 1, out);
            }
        }
        Value::Object(object) if depth < MAX_INSIDE => {
            for (_, value) in object {
                collect(value, is_item, depth + 1, out);
            }
        }
        Value::Array(list) if depth < MAX_INSIDE => {
            for value in list {
                collect(value, is_item, depth + 1, out);
            }
        }
        _ => {}
    }
}

/// What an item is associated with: other items under names of their own, or in a list.
fn associated(object: &Object) -> Vec<Value> {
    match object.get("associations") {
        Some(Value::Object(named)) => named.values().cloned().collect(),
        Some(Value::Array(list)) => list.clone(),
        _ => Vec::new(),
    }
}

/// Whether an associated item is an article of its own, not a picture or a reference.
fn is_text(object: &Object) -> bool {
    let kind = string(object, &["type"]).unwrap_or_default().to_lowercase();
    matches!(kind.as_str(), "" | "text" | "composite")
        && object.keys().any(|key| key.to_lowercase().starts_with("bod"))
}

/// The first of the keys, in any case, that holds a string or number.
pub(super) fn string(object: &Object, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| {
        let exact = object.get(*key);
        let value = exact.or_else(|| {
            object.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| value)
        });
        value.and_then(text_of)
    })
}

fn item(object: &Object) -> Result<WireItem, String> {
    let text = |keys: &[&str]| string(object, keys);
    let kind = text(&["type"]).unwrap_or_default().to_lowercase();
    if ["picture", "photo", "image", "audio", "video", "graphic"].contains(&kind.as_str()) {
        return Err(format!("is an item of kind {kind}; its caption is no article"));
    }
    let mut wire = WireItem {
        guid: text(&["guid", "uri"]),
        language: text(&["language"]),
        title: valued(object, "headlines").or_else(|| text(&["headline", "headline_main"])),
        byline: text(&["byline", "by"]).into_iter().collect(),
        created: text(&["firstcreated", "contentcreated", "firstversion"]),
        versioned: text(&["versioncreated"]),
        provider: text(&["provider", "source"]),
        creditline: text(&["creditline", "credit"]),
        holder: text(&["copyrightholder"]),
        dateline: text(&["dateline"]),
        ..WireItem::default()
    };
    wire.title =
        wire.title.take().or_else(|| prefixed(object, "headline_")).or_else(|| text(&["title"]));
    wire.sources = sources(object);
    wire.pieces = body(object, &mut wire.language);
    wire.summary = valued(object, "descriptions")
        .or_else(|| text(&["description_text", "description_xhtml", "description_richtext"]))
        .map(|html| plain(&html));
    keep_rest(object, &mut wire);
    if wire.pieces.is_empty() && object.keys().any(|key| key.eq_ignore_ascii_case("eventdetails")) {
        return Err("is an event; it holds no article".to_owned());
    }
    Ok(wire)
}

/// Keys without a meaning here, where they are plain values.
fn keep_rest(object: &Object, wire: &mut WireItem) {
    const TAKEN: &[&str] =
        &["uri", "guid", "type", "language", "byline", "by", "provider", "dateline", "title"];
    const TAKEN_BEGIN: &[&str] = &["body", "headline", "description"];
    for (key, value) in object {
        let lower = key.to_lowercase();
        let taken = TAKEN.contains(&lower.as_str())
            || TAKEN_BEGIN.iter().any(|start| lower.starts_with(start));
        if !taken && (value.is_string() || value.is_number() || value.is_boolean()) {
            let value = text_of(value);
            wire.keep(&lower, value);
        }
    }
}

/// `infosources`: a list of parties, of which those who only own or pass on are none.
fn sources(object: &Object) -> Vec<String> {
    let list = object.iter().find(|(key, _)| key.eq_ignore_ascii_case("infosources"));
    let list = list.and_then(|(_, value)| value.as_array()).map(Vec::as_slice).unwrap_or_default();
    list.iter()
        .filter_map(Value::as_object)
        .filter_map(|source| string(source, &["name"]))
        .collect()
}

/// The main value of a list of `{role, value}`: `headlines`, `descriptions`.
fn valued(object: &Object, key: &str) -> Option<String> {
    let list = object.iter().find(|(name, _)| name.eq_ignore_ascii_case(key))?.1.as_array()?;
    let objects = || list.iter().filter_map(Value::as_object);
    let main = objects().find(|entry| string(entry, &["role"]).is_some_and(|role| role == "main"));
    main.or_else(|| objects().next()).and_then(|entry| string(entry, &["value"]))
}

fn prefixed(object: &Object, start: &str) -> Option<String> {
    object
        .iter()
        .find(|(key, _)| key.to_lowercase().starts_with(start))
        .and_then(|(_, v)| text_of(v))
}

fn plain(html: &str) -> String {
    let texts: Vec<String> =
        markup::text_pieces(html).into_iter().map(|piece| piece.text).collect();
    texts.join(" ")
}

/// The text: marked up before plain.
fn body(object: &Object, language: &mut Option<String>) -> Vec<Piece> {
    let mut bodies: Vec<(String, String)> = Vec::new();
    for (key, value) in object {
        let lower = key.to_lowercase();
        if let (true, Some(text)) = (lower.starts_with("body"), text_of(value)) {
            bodies.push((lower.clone(), text));
        }
        let list = value.as_array().filter(|_| lower == "bodies").map(Vec::as_slice);
        for entry in list.unwrap_or_default().iter().filter_map(Value::as_object) {
            let kind = string(entry, &["contenttype", "role"]).unwrap_or_default();
            bodies.extend(string(entry, &["value"]).map(|text| (kind.to_lowercase(), text)));
        }
    }
    let marked = |kind: &str| ["html", "xml", "richtext", "nitf"].iter().any(|m| kind.contains(m));
    bodies.sort_by_key(|(kind, _)| !marked(kind));
    let mut found = bodies.iter().map(|(_, text)| pieces_of(text, language));
    found.find(|pieces| !pieces.is_empty()).unwrap_or_default()
}

fn pieces_of(text: &str, language: &mut Option<String>) -> Vec<Piece> {
    if xml::root(text) == Some("nitf")
        && let Ok(document) = xml::parse_text(text)
    {
        let mut inner = WireItem::default();
        nitf::fill(&document, &mut inner);
        *language = language.take().or(inner.language);
        return inner.pieces;
    }
    markup::text_pieces(text)
}
