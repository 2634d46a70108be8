//! Owns the story of pages that a script fills: the longest piece of HTML among the strings of their scripts.

use trafilatura::dom::Document;

/// Bytes of one script that are looked at.
const MOST: usize = 3_000_000;
/// Shorter strings are no story.
const LEAST: usize = 400;

/// HTML of the story, where a script's strings hold any.
pub(super) fn story_html(document: &Document) -> Option<String> {
    let scripts = document.get_elements_by_tag_name(document.root(), "script");
    let mut best: Option<String> = None;
    for script in scripts {
        let text = document.text_content(script);
        if text.len() < LEAST || text.len() > MOST {
            continue;
        }
        for literal in literals(&text).into_iter().flat_map(unfolded) {
            let paragraphs = literal.matches("</p>").count();
            if paragraphs >= 2 && best.as_ref().is_none_or(|best| literal.len() > best.len()) {
                best = Some(literal);
            }
        }
    }
    best
}

/// A string, and the long strings inside it where it is itself a piece of JSON.
fn unfolded(literal: String) -> Vec<String> {
    if !literal.contains("\\u003c") && !literal.contains("\":\"") {
        return vec![literal];
    }
    let mut out = literals(&literal);
    out.push(literal);
    out
}

/// The long string literals of a script, unescaped.
fn literals(script: &str) -> Vec<String> {
    let mut out = Vec::new();
    let bytes = script.as_bytes();
    let mut at = 0;
    while let Some(start) = script.get(at..).and_then(|rest| rest.find('"')).map(|found| at + found)
    {
        let mut end = start + 1;
        while end < bytes.len() && bytes[end] != b'"' {
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        if end >= bytes.len() {
            break;
        }
        if end - start > LEAST {
            let text = script
                .get(start..=end)
                .and_then(|literal| serde_json::from_str::<String>(literal).ok());
            out.extend(text);
        }
        at = end + 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_inside_a_script_is_found_however_often_it_is_escaped() {
        let story = format!(
            "<p>{}</p><p>{}</p>",
            "Der Hafen bleibt zu. ".repeat(20),
            "Der Kran liegt im Fluss. ".repeat(20)
        );
        let once = serde_json::json!({ "body": story }).to_string();
        let twice = serde_json::json!([1, once]).to_string();
        for json in [once, twice.replace('<', "\\u003c")] {
            let page = format!(
                "<html><body><div id=root></div><script>push({json})</script></body></html>"
            );
            let page = page.replace("</p>", "\\u003c/p>");
            assert!(
                story_html(&Document::parse(&page)).is_some_and(|html| html.contains("Kran liegt")),
                "{page}"
            );
        }
        assert_eq!(story_html(&Document::parse("<script>var a = \"short\";</script>")), None);
    }
}
