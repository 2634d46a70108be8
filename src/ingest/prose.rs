//! Owns whether a text is one for people: a number, a single word or a value for programs is none.

use serde::de::IgnoredAny;

use crate::language::is_unspaced;

/// A value for programs that is as long as this is an object or a list; a text of that length in quotation marks may
/// be somebody's words. Characters.
const QUOTED: usize = 64;

/// Whether it says something: two words at least, one of them with letters, and no JSON.
pub(crate) fn is_prose(text: &str) -> bool {
    let text = text.trim();
    let unspaced = text.chars().any(is_unspaced);
    let several = text.split_whitespace().nth(1).is_some();
    text.chars().any(char::is_alphabetic) && (several || unspaced) && !is_json(text)
}

fn is_json(text: &str) -> bool {
    let opens = |marks: &[char]| text.starts_with(marks);
    let quoted = opens(&['"']) && text.chars().nth(QUOTED).is_none();
    // Line ends in a mail part what is one value.
    let one_line = || text.replace(['\n', '\r'], " ");
    (quoted || opens(&['{', '['])) && serde_json::from_str::<IgnoredAny>(&one_line()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_words_and_json_are_no_prose() {
        for data in [
            "42",
            "-1.5e3",
            "true",
            "null",
            "OK",
            "\"ok\"",
            "\"not found\"",
            "[1, 2, 3]",
            "{}",
            "1 2 3",
            "—",
            "{\"error\": {\"code\": 404,\n\"message\": \"Article not found\"}}",
        ] {
            assert!(!is_prose(data), "{data}");
        }
    }

    #[test]
    fn the_shortest_news_is_prose() {
        for text in [
            "Kanzler zurückgetreten.",
            "地震。",
            "[Update] The bridge is open again.",
            "\"We shall sail at dawn, whatever the harbour master says, and be back before the tide turns.\"",
            "{Placeholder} text of a story that a template left behind.",
        ] {
            assert!(is_prose(text), "{text}");
        }
    }
}
