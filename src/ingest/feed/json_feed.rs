//! Owns JSON Feed 1.0 and 1.1.

use std::ops::ControlFlow;

use serde_json::{Map, Value};

use super::{
    super::{
        encoding,
        format::{Desk, Format, Head, Source},
        record::text_of,
    },
    entry::Entry,
};
use crate::model::FormatRow;

/// JSON Feed.
pub(crate) struct JsonFeed;

impl Format for JsonFeed {
    fn row(&self) -> FormatRow {
        FormatRow {
            name: "json-feed",
            description: "JSON Feed 1.x, entries as in feed",
            told_by: "JSON with \"version\": \"https://jsonfeed.org/version/…\"",
        }
    }

    fn recognises(&self, head: &Head) -> bool {
        let start = head.text.get(..head.text.len().min(4096)).unwrap_or(&head.text);
        let start = start.replace("\\/", "/");
        start.starts_with('{') && start.contains("://jsonfeed.org/version/")
    }

    fn read(&self, source: Source, desk: &mut Desk<'_>) -> ControlFlow<()> {
        let name = source.name.clone();
        let bytes = match source.bytes(desk.limits) {
            Ok(bytes) => bytes,
            Err(refusal) => return desk.refuse(&refusal.file, None, refusal.reason),
        };
        let text = encoding::decode(&bytes, None);
        let feed =
            match serde_json::from_str::<Map<String, Value>>(text.trim_start_matches('\u{feff}')) {
                Ok(feed) => feed,
                Err(error) => {
                    let reason = format!("is broken JSON: {error}; mend it and add it again");
                    return desk.refuse(&name, None, reason);
                }
            };
        let items = feed.get("items").and_then(Value::as_array).map(Vec::as_slice);
        let items = items.unwrap_or_default();
        if items.is_empty() {
            return desk.refuse(&name, None, "is a feed without entries; there is nothing to read");
        }
        for (at, item) in items.iter().enumerate() {
            let draft = match item.as_object() {
                Some(item) => read_entry(item, &feed).draft(&name, at + 1),
                None => Err("is no entry: it is not a JSON object".to_owned()),
            };
            match draft {
                Ok(draft) => desk.hand_over(draft.captured(item.to_string().into_bytes()))?,
                Err(reason) => desk.refuse(&name, Some(at + 1), reason)?,
            }
        }
        ControlFlow::Continue(())
    }
}

fn read_entry(item: &Map<String, Value>, feed: &Map<String, Value>) -> Entry {
    let text = |key: &str| item.get(key).and_then(text_of);
    let of_feed = |key: &str| feed.get(key).and_then(text_of);
    let authors = item.get("authors").or_else(|| item.get("author"));
    let authors = match authors {
        Some(Value::Array(list)) => list.iter().filter_map(text_of).collect(),
        Some(one) => text_of(one).into_iter().collect(),
        None => Vec::new(),
    };
    let tags = item.get("tags").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    Entry {
        id: text("id"),
        link: text("url").or_else(|| text("external_url")),
        base: of_feed("home_page_url"),
        title: text("title"),
        authors,
        published: text("date_published"),
        updated: text("date_modified"),
        language: text("language").or_else(|| of_feed("language")),
        content: text("content_html").or_else(|| text("content_text").as_deref().map(as_html)),
        summary: text("summary"),
        feed: of_feed("title"),
        // An external address is the page that the entry is about: it says nothing of its text's source.
        sources: Vec::new(),
        tags: tags.iter().filter_map(text_of).collect(),
    }
}

/// Plain text as HTML, a paragraph for each blank line.
fn as_html(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    format!("<p>{}</p>", escaped.replace("\n\n", "</p><p>"))
}
