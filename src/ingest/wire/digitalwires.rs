//! Owns dpa's digitalwires JSON: one entry, or a list of entries.

use std::ops::ControlFlow;

use serde_json::{Map, Value};

use super::{
    super::{
        format::{Desk, Format, Head, Source},
        html,
    },
    item::WireItem,
    ninjs::{self, string},
};
use crate::model::FormatRow;

/// dpa digitalwires.
pub(crate) struct Digitalwires;

impl Format for Digitalwires {
    fn row(&self) -> FormatRow {
        FormatRow {
            name: "digitalwires",
            description: "dpa digitalwires JSON, one entry or many, with version, status, credit line and notes",
            told_by: "JSON with \"format\": \"digitalwires@…\"",
        }
    }

    fn recognises(&self, head: &Head) -> bool {
        head.text.starts_with(['{', '[']) && head.text.contains("\"digitalwires@")
    }

    fn read(&self, source: Source, desk: &mut Desk<'_>) -> ControlFlow<()> {
        let is_entry = |object: &Map<String, Value>| {
            string(object, &["format"]).is_some_and(|format| format.starts_with("digitalwires@"))
        };
        ninjs::read_json(source, desk, &is_entry, &item)
    }
}

fn item(entry: &Map<String, Value>) -> Result<WireItem, String> {
    let text = |key: &str| string(entry, &[key]);
    let mut wire = WireItem {
        guid: text("urn"),
        language: text("language"),
        title: text("headline"),
        byline: text("byline").into_iter().collect(),
        dateline: text("dateline"),
        created: text("content_created"),
        versioned: text("version_created"),
        creditline: text("creditline"),
        summary: text("teaser"),
        ..WireItem::default()
    };
    for key in [
        "version",
        "pubstatus",
        "urgency",
        "embargoed",
        "signal",
        "kicker",
        "subhead",
        "copyrightnotice",
        "usageterms",
    ] {
        wire.keep(key, text(key));
    }
    if let Some(html) = text("article_html") {
        wire.pieces = html::fragment(&html);
    }
    if wire.pieces.is_empty() && wire.summary.is_none() {
        let media =
            entry.get("associations").and_then(Value::as_array).and_then(|list| list.first());
        if let Some(kind) = media.and_then(Value::as_object).and_then(|m| string(m, &["type"])) {
            return Err(format!("is an item of kind {kind}; its caption is no article"));
        }
    }
    Ok(wire)
}
