//! Everything that a page shows or states, as lines: its texts, the values of its attributes and the strings of its
//! scripts and metadata, however deep they stand. For the last look before an accusation, where nothing may be
//! overlooked; for reading a story there is `html`.

use super::encoding::decode;

/// Bytes at the head of a page among which its first tag stands.
const HEAD: usize = 1_024;
/// Longest line that is kept, in bytes: what credits is short.
const LONGEST: usize = 600;

/// The lines of a captured page; `None` where the bytes are no HTML.
pub fn shown(bytes: &[u8]) -> Option<Vec<String>> {
    let head = bytes.get(..HEAD.min(bytes.len()))?.to_ascii_lowercase();
    let is_page = [&b"<!doctype html"[..], b"<html", b"<head", b"<body", b"<article"]
        .iter()
        .any(|tag| head.windows(tag.len()).any(|window| window == *tag));
    is_page.then(|| {
        let page = decode(bytes, None);
        page.split(['<', '>', '"', '\n', '\r', '\t'])
            .flat_map(|text| text.split("\\n"))
            .map(|text| unescaped(text.trim()))
            .filter(|text| text.len() <= LONGEST && text.chars().any(char::is_alphabetic))
            .collect()
    })
}

/// A text without the entities and escapes that may stand inside a name.
fn unescaped(text: &str) -> String {
    if !text.contains(['&', '\\']) {
        return text.to_owned();
    }
    let pairs = [
        ("&nbsp;", " "),
        ("&amp;", "&"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&shy;", ""),
        ("\\u002F", "/"),
        ("\\/", "/"),
    ];
    pairs.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_attributes_and_strings_of_scripts_are_lines() {
        let page = br#"<!DOCTYPE html><html><head><meta name="x" content="dpa&nbsp;International">
            <script>{"creditText":"AFP\/dpa","a":1}</script></head>
            <body><img alt="Kran am Hafen"><p>Mit Material <b>der KNA</b></p></body></html>"#;
        let lines = shown(page).unwrap_or_default();
        for line in ["dpa International", "AFP/dpa", "Kran am Hafen", "Mit Material", "der KNA"] {
            assert!(lines.iter().any(|known| known == line), "{line}: {lines:?}");
        }
        assert_eq!(shown(b"{\"text\": \"no page\"}"), None);
        assert_eq!(shown(b""), None);
    }
}
