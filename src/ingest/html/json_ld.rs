//! Owns schema.org statements in `application/ld+json`, however they are nested, listed or broken.

use serde_json::{Map, Value};
use trafilatura::dom::Document;

/// Types whose object describes the page's own article, by ending.
const ARTICLE_TYPES: &[&str] = &["Article", "Posting", "Report", "ReportageNewsArticle", "Review"];

/// The object that describes the article, where the page has one.
pub(crate) fn article(document: &Document) -> Option<Map<String, Value>> {
    let mut best: Option<(usize, Map<String, Value>)> = None;
    for value in statements(document) {
        for object in objects(value) {
            if !is_article(&object) {
                continue;
            }
            let weight = ["headline", "datePublished", "articleBody", "author", "publisher"]
                .iter()
                .filter(|key| object.contains_key(**key))
                .count();
            if best.as_ref().is_none_or(|(most, _)| weight > *most) {
                best = Some((weight, object));
            }
        }
    }
    best.map(|(_, object)| object)
}

fn statements(document: &Document) -> Vec<Value> {
    document
        .scripts_with_type(&["application/ld+json", "application/settings+json"])
        .into_iter()
        .filter_map(|script| parse(&document.text_content(script)))
        .collect()
}

/// Parses JSON as pages write it: with comments around it, raw line ends in strings, a comma too many.
fn parse(text: &str) -> Option<Value> {
    let text = text
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//<![CDATA[")
        .trim_start_matches("<![CDATA[");
    let text = text
        .trim_end_matches("-->")
        .trim_end_matches("//]]>")
        .trim_end_matches("]]>")
        .trim()
        .trim_end_matches(';');
    if let Ok(value) = serde_json::from_str(text) {
        return Some(value);
    }
    let repaired = repair(text);
    if let Ok(value) = serde_json::from_str(&repaired) {
        return Some(value);
    }
    // Something stands behind a whole value: the first value counts.
    serde_json::Deserializer::from_str(&repaired).into_iter::<Value>().next()?.ok()
}

/// Raw control characters become spaces, backslashes that escape nothing go, commas before a closing bracket go.
fn repair(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut in_string = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if in_string => {
                if let Some('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u') = chars.peek() {
                    out.push(c);
                    out.extend(chars.next());
                }
            }
            '"' => {
                in_string = !in_string;
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            '}' | ']' if !in_string => {
                let kept = out.trim_end();
                if let Some(stem) = kept.strip_suffix(',') {
                    out.truncate(stem.len());
                }
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// All objects in a value, outermost first; serde bounds the depth.
fn objects(value: Value) -> Vec<Map<String, Value>> {
    let mut out = Vec::new();
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(list) => open.extend(list.into_iter().rev()),
            Value::Object(mut object) => {
                for key in [
                    "@graph",
                    "mainEntity",
                    "mainEntityOfPage",
                    "itemListElement",
                    "item",
                    "subjectOf",
                ] {
                    if object.get(key).is_some_and(|inner| inner.is_array() || inner.is_object()) {
                        open.extend(object.get(key).cloned());
                    }
                }
                object.remove("@graph");
                out.push(object);
            }
            _ => {}
        }
    }
    out
}

fn is_article(object: &Map<String, Value>) -> bool {
    let types: Vec<&str> = match object.get("@type") {
        Some(Value::String(name)) => vec![name.as_str()],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        _ => return false,
    };
    types.iter().any(|name| ARTICLE_TYPES.iter().any(|ending| name.ends_with(ending)))
}

/// Strings in a value: a string, an object's `name` (or `@id`, `url` where it has none), or a list of such.
pub(crate) fn names(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => one(text),
        Some(Value::Array(list)) => list.iter().flat_map(|value| names(Some(value))).collect(),
        Some(Value::Object(object)) => ["name", "url", "@id"]
            .iter()
            .find_map(|key| object.get(*key).filter(|value| !value.is_null()))
            .map(|value| match value {
                Value::Object(_) => Vec::new(),
                value => names(Some(value)),
            })
            .unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn one(text: &str) -> Vec<String> {
    let text = super::metadata::clean(text);
    if text.is_empty() { Vec::new() } else { vec![text] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headline(script: &str) -> Option<String> {
        let page = format!(
            "<html><head><script type=\"application/ld+json\">{script}</script></head></html>"
        );
        names(article(&Document::parse(&page))?.get("headline")).into_iter().next()
    }

    #[test]
    fn wherever_the_article_stands() {
        for script in [
            r#"{"@type":"NewsArticle","headline":"A"}"#,
            r#"[{"@type":"WebSite","name":"x"},{"@type":["Thing","ReportageNewsArticle"],"headline":"A"}]"#,
            r#"{"@graph":[{"@type":"Person","name":"x"},{"@type":"BlogPosting","headline":"A"}]}"#,
            r#"{"@type":"WebPage","mainEntity":{"@type":"Article","headline":"A"}}"#,
            "{\"@type\":\"NewsArticle\",\n\"description\":\"two\nlines\",\"headline\":\"A\",}",
            r#"<![CDATA[{"@type":"NewsArticle","headline":"A"};]]>"#,
        ] {
            assert_eq!(headline(script).as_deref(), Some("A"), "{script}");
        }
        assert_eq!(headline(r#"{"@type":"WebSite","headline":"A"}"#), None);
        assert_eq!(headline("{{{"), None);
        assert_eq!(headline(&"[".repeat(100_000)), None);
    }
}
