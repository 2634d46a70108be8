//! Owns the keys of JSON records: which of the common news tools' names means what.

use serde_json::{Map, Value};

use super::{
    draft::Draft,
    html, paragraphs, parse_moment,
    shape::{Piece, Shape, set_story},
};
use crate::model::{Claim, Kind, Moment};

const URL: &[&str] = &["url", "source"];
const ID: &[&str] = &["id"];
const OUTLET: &[&str] = &[
    "outlet",
    "hostname",
    "source-hostname",
    "sitename",
    "source_domain",
    "media_name",
    "publisher",
    "meta_site_name",
];
const TITLE: &[&str] = &["title", "headline"];
const TEXT: &[&str] = &["text", "maintext", "plaintext", "body", "raw_text"];
const PUBLISHED: &[&str] =
    &["published", "date", "date_publish", "publish_date", "publishing_date", "date_published"];
const MODIFIED: &[&str] = &["modified", "date_modify"];
const FIRST_SEEN: &[&str] = &["first_seen", "date_download", "crawl_date", "indexed_date"];
/// newspaper4k writes its own setting as `language`, what the page states as `meta_lang`.
const LANGUAGE: &[&str] = &["meta_lang", "language", "lang"];
const AUTHOR: &[&str] = &["author", "authors", "byline"];
const CREDIT: &[&str] = &["credit"];

/// Whether an object has any key that makes it a record.
pub(crate) fn is_record(object: &Map<String, Value>) -> bool {
    [URL, TEXT, TITLE, &["paragraphs", "html"]]
        .iter()
        .any(|keys| keys.iter().any(|key| object.contains_key(*key)))
}

/// The draft of one record, or the reason why it is none.
pub(crate) fn draft_of(
    mut object: Map<String, Value>,
    file: &str,
    line: Option<usize>,
) -> Result<Draft, String> {
    let page = match object.remove("html") {
        Some(Value::String(page)) if stated(&page).is_some() => Some(page),
        _ => None,
    };
    let url =
        URL.iter().find_map(|key| object.get(*key).and_then(text_of).filter(|url| is_address(url)));
    let mut draft = match &page {
        Some(page) => html::draft_of(page, file, url.as_deref()),
        None => Draft::new(file, line),
    };
    draft.article.line = line;
    let pieces = story(&mut object);
    take_metadata(&mut draft, &mut object);
    if !pieces.is_empty() {
        draft.article.paragraphs.clear();
        set_story(&mut draft.article, pieces, Shape::Field);
        draft.article.kind = Kind::Article;
    }
    for (key, value) in object {
        if stated_value(&value) {
            draft.article.extra.insert(key, value.to_string());
        }
    }
    if draft.article.paragraphs.is_empty() {
        if draft.article.url.is_none() {
            return Err(
                "has neither text nor an address; give `text` (or `paragraphs`, `html`) or `url`"
                    .to_owned(),
            );
        }
        draft.article.kind = Kind::Sighting;
    }
    Ok(draft)
}

/// Metadata of front matter and the like.
pub(crate) fn take_fields(draft: &mut Draft, fields: Vec<(String, String)>) {
    let mut object: Map<String, Value> =
        fields.into_iter().map(|(key, value)| (key, Value::String(value))).collect();
    take_metadata(draft, &mut object);
    for (key, value) in object {
        if stated_value(&value) {
            draft.article.extra.insert(key, value.to_string());
        }
    }
}

fn take_metadata(draft: &mut Draft, object: &mut Map<String, Value>) {
    let article = &mut draft.article;
    let note = |field: &str, found: bool, from: &mut std::collections::BTreeMap<String, String>| {
        if found {
            from.insert(field.to_owned(), "input".to_owned());
        }
    };
    if let Some(url) = take(object, URL, is_address) {
        article.url = Some(url);
    }
    if let Some(id) = take(object, ID, |_| true) {
        article.user_id = Some(id);
    }
    for (field, keys, slot) in [
        ("outlet", OUTLET, &mut article.outlet),
        ("title", TITLE, &mut article.title),
        ("language", LANGUAGE, &mut article.language),
    ] {
        let found = take(object, keys, |_| true);
        note(field, found.is_some(), &mut article.read_from);
        *slot = found.or(slot.take());
    }
    for (field, keys, slot) in [
        ("published", PUBLISHED, &mut article.published),
        ("modified", MODIFIED, &mut article.modified),
        ("first_seen", FIRST_SEEN, &mut article.first_seen),
    ] {
        let found = take_moment(object, keys);
        note(field, found.is_some(), &mut article.read_from);
        *slot = found.or(slot.take());
    }
    let authors = take_list(object, AUTHOR);
    if !authors.is_empty() {
        draft.byline = authors;
    }
    let credits = take_list(object, CREDIT);
    draft
        .claims
        .extend(credits.into_iter().map(|value| Claim { field: "credit".to_owned(), value }));
}

/// Pieces of the story, from `paragraphs` or the first text key that holds any; all text keys are used up.
fn story(object: &mut Map<String, Value>) -> Vec<Piece> {
    let mut pieces = match object.remove("paragraphs") {
        Some(Value::Array(list)) => {
            list.iter().filter_map(text_of).map(|text| Piece::text(text.trim())).collect()
        }
        Some(other) => {
            object.insert("paragraphs".to_owned(), other);
            Vec::new()
        }
        None => Vec::new(),
    };
    for key in TEXT {
        match object.remove(*key) {
            Some(_) if !pieces.is_empty() => {}
            Some(Value::Object(body)) => pieces = nested_body(&body),
            Some(value) => {
                pieces = text_of(&value)
                    .map(|text| paragraphs::split(&text).into_iter().map(Piece::text).collect())
                    .unwrap_or_default();
            }
            None => {}
        }
    }
    pieces
}

/// Fundus: `{"summary": […], "sections": [{"headline": […], "paragraphs": […]}]}`.
fn nested_body(body: &Map<String, Value>) -> Vec<Piece> {
    let texts = |value: Option<&Value>| -> Vec<String> {
        match value {
            Some(Value::Array(list)) => list.iter().filter_map(text_of).collect(),
            Some(value) => text_of(value).into_iter().collect(),
            None => Vec::new(),
        }
    };
    let mut pieces: Vec<Piece> = texts(body.get("summary")).into_iter().map(Piece::text).collect();
    let sections =
        body.get("sections").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    for section in sections.iter().filter_map(Value::as_object) {
        pieces.extend(texts(section.get("headline")).into_iter().map(Piece::heading));
        pieces.extend(texts(section.get("paragraphs")).into_iter().map(Piece::text));
    }
    pieces
}

/// The first of `keys` that holds a value that passes; only that key is used up.
fn take(
    object: &mut Map<String, Value>,
    keys: &[&str],
    passes: impl Fn(&str) -> bool,
) -> Option<String> {
    for key in keys {
        if let Some(text) = object.get(*key).and_then(text_of).filter(|text| passes(text)) {
            object.remove(*key);
            return Some(text);
        }
    }
    None
}

fn take_moment(object: &mut Map<String, Value>, keys: &[&str]) -> Option<Moment> {
    for key in keys {
        if let Some(moment) =
            object.get(*key).and_then(text_of).and_then(|text| parse_moment(&text))
        {
            object.remove(*key);
            return Some(moment);
        }
    }
    None
}

/// A list as Python prints it into the cell of a table: `['Ida Beck', "Jan O'Hara"]`.
fn printed_list(text: &str) -> Option<Vec<String>> {
    let mut rest = text.trim().strip_prefix('[')?.strip_suffix(']')?.trim();
    let mut out = Vec::new();
    while let Some(quote) = rest.chars().next() {
        let (item, after) = rest.strip_prefix(['\'', '"'])?.split_once(quote)?;
        out.push(item.to_owned());
        let after = after.trim_start();
        rest = after.strip_prefix(',').unwrap_or(after).trim_start();
    }
    out.retain(|item| !item.trim().is_empty());
    Some(out)
}

/// People or lines: a list, or one string parted by semicolons.
fn take_list(object: &mut Map<String, Value>, keys: &[&str]) -> Vec<String> {
    for key in keys {
        let list: Vec<String> = match object.get(*key) {
            Some(Value::Array(list)) => list.iter().filter_map(text_of).collect(),
            Some(value) => text_of(value)
                .map(|text| {
                    let parts = || text.split(';').map(|part| part.trim().to_owned());
                    printed_list(&text)
                        .unwrap_or_else(|| parts().filter(|p| !p.is_empty()).collect())
                })
                .unwrap_or_default(),
            None => Vec::new(),
        };
        if !list.is_empty() {
            object.remove(*key);
            return list;
        }
    }
    Vec::new()
}

/// A string, a number, or the `name` or `text` of an object. "None", "null" and "" are no value.
pub(crate) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => stated(text).map(str::to_owned),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(object) => ["name", "text"].iter().find_map(|key| match object.get(*key) {
            Some(Value::String(text)) => stated(text).map(str::to_owned),
            _ => None,
        }),
        _ => None,
    }
}

fn stated(text: &str) -> Option<&str> {
    let text = text.trim();
    (!matches!(text, "" | "None" | "null" | "NULL" | "nan" | "NaN" | "NaT" | "[]")).then_some(text)
}

fn stated_value(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => stated(text).is_some(),
        Value::Array(list) => !list.is_empty(),
        Value::Object(object) => !object.is_empty(),
        _ => true,
    }
}

pub(crate) fn is_address(text: &str) -> bool {
    super::normalise_address(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Draft, String> {
        let Value::Object(object) = serde_json::from_str(json).unwrap() else {
            panic!("an object")
        };
        draft_of(object, "in.jsonl", Some(1))
    }

    #[test]
    fn keys_of_other_tools() {
        let draft = read(r#"{"source":"https://nord.example/a","source-hostname":"nord.example","date":"2024-05-02","raw_text":"One.\nTwo.","author":"Ida Beck; Jan Ott","categories":["x"],"image":null}"#).unwrap();
        let article = &draft.article;
        assert_eq!(article.url.as_deref(), Some("https://nord.example/a"));
        assert_eq!(article.outlet.as_deref(), Some("nord.example"));
        assert_eq!(article.paragraphs.len(), 2);
        assert_eq!(draft.byline, ["Ida Beck", "Jan Ott"]);
        assert_eq!(article.extra.get("categories").map(String::as_str), Some(r#"["x"]"#));
        assert!(!article.extra.contains_key("image"));
    }

    #[test]
    fn nested_bodies_and_words_for_nothing() {
        let draft = read(r#"{"url":"https://n.example/a","title":"None","body":{"summary":["Lead."],"sections":[{"headline":["Head"],"paragraphs":["One.","Two."]}]},"publishing_date":"2024-05-02 10:00:00+02:00"}"#).unwrap();
        assert_eq!(draft.article.title, None);
        assert_eq!(draft.article.text(), "Lead.\n\nHead\n\nOne.\n\nTwo.");
    }

    #[test]
    fn no_text_is_a_sighting_and_no_address_either_is_refused() {
        let seen = read(
            r#"{"url":"https://n.example/a","media_name":"n.example","indexed_date":"2024-05-02"}"#,
        )
        .unwrap();
        assert_eq!(seen.article.kind, Kind::Sighting);
        assert!(seen.article.first_seen.is_some());
        assert!(read(r#"{"title":"x"}"#).is_err());
    }
}
