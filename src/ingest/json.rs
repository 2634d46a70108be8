//! Owns JSON documents: one record, a list of them, or Fundus' lists by publisher; lists are streamed.

use std::{fmt, io::Read, ops::ControlFlow};

use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::{
    format::{Desk, Format, Head, Source},
    record,
};
use crate::model::FormatRow;

/// A JSON document.
pub(crate) struct Json;

impl Format for Json {
    fn row(&self) -> FormatRow {
        FormatRow {
            name: "json",
            description: "an article, a list of articles, or lists of articles by publisher, keys as in jsonl",
            told_by: "begins with { or [ and a JSON value",
        }
    }

    fn recognises(&self, head: &Head) -> bool {
        let mut chars = head.text.chars().filter(|c| !c.is_whitespace());
        match (chars.next(), chars.next()) {
            (Some('{'), Some('"' | '}')) | (Some('['), Some('{' | ']' | '[')) => true,
            _ => matches!(head.ending.as_str(), "json") && head.text.starts_with(['{', '[']),
        }
    }

    fn read(&self, source: Source, desk: &mut Desk<'_>) -> ControlFlow<()> {
        let name = source.name.clone();
        let head = source.head();
        if head.text.starts_with('[') && std::str::from_utf8(source.head_bytes()).is_ok() {
            let mut walk = Walk {
                name: &name,
                outlet: None,
                number: 0,
                flow: ControlFlow::Continue(()),
                desk,
            };
            let stream = source.stream();
            let mut deserializer = serde_json::Deserializer::from_reader(skip_mark(stream));
            let result = Elements(&mut walk).deserialize(&mut deserializer);
            return finish(result, &mut walk);
        }
        let bytes = match source.bytes(desk.limits) {
            Ok(bytes) => bytes,
            Err(refusal) => return desk.refuse(&name, None, refusal.reason),
        };
        let text = super::encoding::decode(&bytes, None);
        whole(&name, &text, bytes, desk)
    }
}

/// A byte order mark is no JSON.
fn skip_mark(stream: impl Read) -> impl Read {
    let mut stream = stream;
    let mut first = [0u8; 3];
    let mut filled = 0;
    while filled < 3 {
        match stream.read(&mut first[filled..]) {
            Ok(0) | Err(_) => break,
            Ok(read) => filled += read,
        }
    }
    let kept = if first == *b"\xef\xbb\xbf" { Vec::new() } else { first[..filled].to_vec() };
    std::io::Cursor::new(kept).chain(stream)
}

/// A document that is an object (or a list in another encoding).
fn whole(name: &str, text: &str, bytes: Vec<u8>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let value = match serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')) {
        Ok(value) => value,
        Err(error) => {
            return desk.refuse(
                name,
                None,
                format!("is broken JSON: {error}; mend it and add it again"),
            );
        }
    };
    if let Value::Object(object) = value {
        if record::is_record(&object) && !holds_lists(&object) {
            return match record::draft_of(object, name, None) {
                Ok(draft) => desk.hand_over(draft.captured(bytes)),
                Err(reason) => desk.refuse(name, None, reason),
            };
        }
        let mut walk =
            Walk { name, outlet: None, number: 0, flow: ControlFlow::Continue(()), desk };
        for (key, value) in object {
            // "articles", "items" name the list; any other key is the publisher that Fundus files texts under.
            let listing = matches!(
                key.as_str(),
                "articles" | "items" | "results" | "data" | "stories" | "docs"
            );
            if let Value::Array(list) = value {
                walk.outlet = (!listing && list.iter().any(holds_text)).then_some(key);
                for value in list {
                    walk.element(value);
                }
            }
        }
        if walk.number == 0 {
            let reason = "holds no articles; its keys are not those of a record";
            return walk.desk.refuse(name, None, reason);
        }
        return finish(Ok::<(), String>(()), &mut walk);
    }
    let mut walk = Walk { name, outlet: None, number: 0, flow: ControlFlow::Continue(()), desk };
    if let Value::Array(list) = value {
        for value in list {
            walk.element(value);
        }
    }
    finish(Ok::<(), String>(()), &mut walk)
}

/// Whether an entry is an article with its text: what only lists addresses is nobody's output.
fn holds_text(entry: &Value) -> bool {
    ["body", "text", "html", "paragraphs"].iter().any(|key| entry.get(*key).is_some())
}

fn holds_lists(object: &Map<String, Value>) -> bool {
    ["articles", "items", "results"].iter().any(|key| {
        object
            .get(*key)
            .and_then(Value::as_array)
            .is_some_and(|list| list.iter().any(Value::is_object))
    })
}

fn finish<E: fmt::Display>(result: Result<(), E>, walk: &mut Walk<'_, '_>) -> ControlFlow<()> {
    walk.flow?;
    match result {
        Ok(()) if walk.number == 0 => {
            walk.desk.refuse(walk.name, None, "is an empty list; there is nothing to read")
        }
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => {
            let line = (walk.number > 0).then_some(walk.number + 1);
            walk.desk.refuse(
                walk.name,
                line,
                format!("is broken JSON: {error}; mend it and add it again"),
            )
        }
    }
}

/// The way through a list.
struct Walk<'a, 'd> {
    name: &'a str,
    outlet: Option<String>,
    number: usize,
    flow: ControlFlow<()>,
    desk: &'a mut Desk<'d>,
}

impl Walk<'_, '_> {
    fn element(&mut self, value: Value) {
        if self.flow.is_break() {
            return;
        }
        self.number += 1;
        let number = Some(self.number);
        let bytes = value.to_string().into_bytes();
        self.flow = match value {
            Value::Object(mut object) => {
                if let (Some(outlet), false) = (&self.outlet, object.contains_key("outlet")) {
                    object.insert("outlet".to_owned(), Value::String(outlet.clone()));
                }
                match record::draft_of(object, self.name, number) {
                    Ok(draft) => self.desk.hand_over(draft.captured(bytes)),
                    Err(reason) => self.desk.refuse(self.name, number, reason),
                }
            }
            _ => self.desk.refuse(
                self.name,
                number,
                "is no JSON object; give {\"url\": …, \"text\": …}",
            ),
        };
    }
}

/// Elements of a list one by one, so that a list of any size goes through.
struct Elements<'w, 'a, 'd>(&'w mut Walk<'a, 'd>);

impl<'de> DeserializeSeed<'de> for Elements<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Elements<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a list of articles")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(value) = list.next_element::<Value>()? {
            self.0.element(value);
            if self.0.flow.is_break() {
                return Err(serde::de::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}
