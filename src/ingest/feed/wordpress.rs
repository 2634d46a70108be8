//! Owns `WordPress`' list of posts (`/wp-json/wp/v2/posts`): each post with its whole text.

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

/// `WordPress`' posts.
pub(crate) struct WordPress;

impl Format for WordPress {
    fn row(&self) -> FormatRow {
        FormatRow {
            name: "wordpress",
            description: "posts as WordPress' own interface lists them, entries as in feed",
            told_by: "JSON posts with \"link\" and \"rendered\" texts",
        }
    }

    fn recognises(&self, head: &Head) -> bool {
        let start: String = head.text.chars().filter(|c| !c.is_whitespace()).take(2).collect();
        matches!(start.as_str(), "[{" | "{\"")
            && ["\"rendered\":", "\"link\":", "\"guid\":"]
                .iter()
                .filter(|key| head.text.contains(**key))
                .count()
                >= 2
            && head.text.contains("\"rendered\":")
            && (head.text.contains("\"date_gmt\":") || head.text.contains("\"modified_gmt\":"))
    }

    fn read(&self, source: Source, desk: &mut Desk<'_>) -> ControlFlow<()> {
        let name = source.name.clone();
        let bytes = match source.bytes(desk.limits) {
            Ok(bytes) => bytes,
            Err(refusal) => return desk.refuse(&refusal.file, None, refusal.reason),
        };
        let text = encoding::decode(&bytes, None);
        let posts = match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
            Ok(Value::Array(posts)) => posts,
            Ok(one) => vec![one],
            Err(error) => {
                let reason = format!("is broken JSON: {error}; mend it and add it again");
                return desk.refuse(&name, None, reason);
            }
        };
        for (at, post) in posts.iter().enumerate() {
            let draft = match post.as_object() {
                Some(post) => entry(post).draft(&name, at + 1),
                None => Err("is no post: it is not a JSON object".to_owned()),
            };
            match draft {
                Ok(draft) => desk.hand_over(draft.captured(post.to_string().into_bytes()))?,
                Err(reason) => desk.refuse(&name, Some(at + 1), reason)?,
            }
        }
        ControlFlow::Continue(())
    }
}

fn entry(post: &Map<String, Value>) -> Entry {
    let rendered = |key: &str| {
        let field = post.get(key)?;
        // What a password keeps is not there.
        if field.get("protected").and_then(Value::as_bool) == Some(true) {
            return None;
        }
        field.get("rendered").and_then(text_of)
    };
    // Times of the interface have no offset; those named so are Greenwich's.
    let moment = |key: &str| {
        let universal = post.get(&format!("{key}_gmt")).and_then(text_of).map(|time| time + "Z");
        universal.or_else(|| post.get(key).and_then(text_of))
    };
    Entry {
        id: post.get("guid").and_then(|guid| guid.get("rendered")).and_then(text_of),
        link: post.get("link").and_then(text_of),
        title: rendered("title"),
        published: moment("date"),
        updated: moment("modified"),
        content: rendered("content"),
        summary: rendered("excerpt"),
        ..Entry::default()
    }
}
