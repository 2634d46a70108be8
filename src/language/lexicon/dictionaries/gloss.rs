//! Glosses: what is left of a dictionary's translation without its notes, and the bodies of FreeDict entries.

/// Text without what stands in brackets of any kind.
pub(super) fn without_brackets(text: &str) -> String {
    const PAIRS: &[(char, char)] = &[('(', ')'), ('[', ']'), ('{', '}'), ('<', '>')];
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let close = PAIRS.iter().find(|(open, _)| *open == c).map(|(_, close)| *close);
        rest = &rest[c.len_utf8()..];
        match close.and_then(|close| rest.find(close).map(|at| at + close.len_utf8())) {
            Some(after) => rest = &rest[after..],
            None => plain.push(c),
        }
    }
    plain
}

/// The number or letter that a sense opens with taken off: `2.`, `IV.`; says whether there was one.
fn numbered(line: &str) -> (&str, bool) {
    let line = line.trim_start();
    let marks =
        line.find(|c: char| !c.is_ascii_digit() && !matches!(c, 'I' | 'V' | 'X')).unwrap_or(0);
    match line.get(marks..).and_then(|rest| rest.strip_prefix('.')) {
        Some(rest) if marks > 0 => (rest.trim_start(), true),
        _ => (line, false),
    }
}

/// Lines that are no translation: references, notes, examples.
fn is_note(line: &str) -> bool {
    const OPENINGS: &[&str] = &["see:", "see ", "Synonym", "Note:", "\"", "→", "Antonym", "usage:"];
    OPENINGS.iter().any(|opening| line.starts_with(opening))
}

/// The translations in an entry's body: the first line of each sense, at its commas and semicolons. Definitions follow
/// in lines of their own and are left.
pub(super) fn translations(body: &str, sink: &mut dyn FnMut(&str)) {
    let mut before_any = true;
    for line in body.lines() {
        let (mut line, mut opens) = numbered(line);
        // "I.  1. house": numbers may nest.
        while let (inner, true) = numbered(line) {
            (line, opens) = (inner, true);
        }
        if line.is_empty() || !(opens || before_any) || is_note(line) {
            continue;
        }
        before_any = false;
        let plain = without_brackets(line);
        for gloss in plain.split([',', ';', '/', '|']) {
            let gloss =
                gloss.trim().trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').trim_end();
            if !gloss.is_empty() {
                sink(gloss);
            }
        }
    }
}

/// A headword line as FreeDict prints it, `head /pronunciation/ <grammar>`: the head, if it is such a line.
pub(super) fn head_of(line: &str) -> Option<&str> {
    let at = line.find(" /").or_else(|| line.find(" <"))?;
    Some(line[..at].trim())
}

/// Text without tags and with the commonest entities resolved, lines kept.
pub(super) fn without_tags(text: &str) -> String {
    let text = text.replace("<br>", "\n").replace("<br/>", "\n").replace("</div>", "\n");
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find('<') {
        plain.push_str(&rest[..at]);
        rest = rest[at..].find('>').map_or("", |end| &rest[at + end + 1..]);
    }
    plain.push_str(rest);
    plain
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(body: &str) -> Vec<String> {
        let mut found = Vec::new();
        translations(body, &mut |gloss| found.push(gloss.to_owned()));
        found
    }

    #[test]
    fn each_sense_gives_its_first_line() {
        assert_eq!(all("accumulation, heap"), ["accumulation", "heap"]);
        assert_eq!(all("1. банк\nbranch office\n2. бряг\nedge of river"), ["банк", "бряг"]);
        assert_eq!(
            all("I.  <Adj>  australijski\nII.  <N>  Australijczyk"),
            ["australijski", "Australijczyk"]
        );
        assert_eq!(
            all(" [comp.] query <n>, interrogation <n>\n  Note: of data"),
            ["query", "interrogation"]
        );
        assert_eq!(all("Joel 2.\nBook of Joel"), ["Joel"]);
        assert_eq!(all(" see: {house}"), Vec::<String>::new());
    }

    #[test]
    fn brackets_go_with_what_they_hold_and_an_open_one_stays() {
        assert_eq!(without_brackets("Aal {m} (Fisch) [zool.]").trim(), "Aal");
        assert_eq!(without_brackets("a (b"), "a (b");
    }

    #[test]
    fn tags_go_and_entities_are_read() {
        assert_eq!(without_tags("<b>cat</b><br>R&amp;D"), "cat\nR&D");
    }
}
