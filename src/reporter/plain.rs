//! Texts of others made safe for a terminal: no escape sequence, no control, no reordering of what is read.

/// The text in one line, without anything that steers a terminal or reorders what is read: line
/// breaks and tabs become spaces, other controls `U+FFFD`, bidirectional and invisible format
/// characters go.
#[must_use]
pub fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| !steers_order(*c) && !is_invisible(*c))
        .map(|c| match c {
            '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
            c if c.is_control() => char::REPLACEMENT_CHARACTER,
            c => c,
        })
        .collect()
}

/// The same for a laid-out document, whose line breaks stay.
pub(super) fn readable(document: &str) -> String {
    document
        .chars()
        .filter(|c| !steers_order(*c) && !is_invisible(*c))
        .map(|c| if c.is_control() && c != '\n' { ' ' } else { c })
        .collect()
}

/// The same for JSON text: what [`plain`] would change inside strings is escaped, so that no value
/// is altered.
pub(super) fn escape_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        let breaks_line = matches!(c, '\u{2028}' | '\u{2029}');
        if (c.is_control() && c != '\n') || breaks_line || steers_order(c) || is_invisible(c) {
            let mut units = [0; 2];
            out.extend(c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            out.push(c);
        }
    }
    out
}

/// Marks, embeddings, overrides and isolates of the bidirectional algorithm (UAX #9).
fn steers_order(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Characters without a shape that would also spoil the count of columns. The joiners U+200C and
/// U+200D stay: Persian and emoji need them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_escape_sequence_of_a_page_is_disarmed() {
        assert_eq!(plain("a\u{1b}[31mb\u{9b}2Jc"), "a\u{fffd}[31mb\u{fffd}2Jc");
        assert_eq!(plain("one\r\ntwo\tthree"), "one  two three");
        assert_eq!(plain("user\u{202e}txt.exe"), "usertxt.exe");
    }

    proptest! {
        #[test]
        fn nothing_that_steers_a_terminal_is_left(text in any::<String>()) {
            let safe = plain(&text);
            prop_assert!(!safe.chars().any(|c| c.is_control() || steers_order(c)));
        }

        #[test]
        fn escaped_json_holds_the_same_value(text in any::<String>()) {
            let json = serde_json::to_string(&text).unwrap();
            let safe = escape_json(&json);
            prop_assert!(!safe.chars().any(|c| c.is_control() || steers_order(c)));
            let back: String = serde_json::from_str(&safe).unwrap();
            prop_assert_eq!(back, text);
        }
    }
}
