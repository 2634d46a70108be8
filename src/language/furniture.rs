//! Lines of a page that belong to its furniture: share buttons, "read more", navigation.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::normal::normal_form;

const LINES: &str = include_str!("../../db/language/furniture.tsv");

/// Longest line, in bytes, that can be one of the list: a paragraph of a story is turned away at once.
const LONGEST: usize = 120;

static FURNITURE: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let entries = LINES
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'));
    entries.map(|(_, line)| key(line)).collect()
});

/// Whether the whole line is navigation, a share button or the like, in any of the languages of the list.
pub fn is_furniture(line: &str) -> bool {
    line.len() <= LONGEST && FURNITURE.contains(&key(line))
}

/// The line in normal form, each number as "#", without signs around it.
fn key(line: &str) -> String {
    let form = normal_form(line);
    let kept = |c: char| c.is_alphanumeric() || matches!(c, '#' | '©');
    let form = form.trim_matches(|c| !kept(c));
    let mut key = String::with_capacity(form.len());
    for c in form.chars() {
        if !c.is_ascii_digit() {
            key.push(c);
        } else if !key.ends_with('#') {
            key.push('#');
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_is_known() {
        for line in [
            "Copy the current link",
            "Add to the memorial list",
            "  Share on Facebook ",
            "READ MORE…",
            "» Weiterlesen",
            "Lesezeichen setzen",
            "12 Kommentare",
            "Lesezeit: 3 Min.",
            "À lire aussi :",
            "Читайте также:",
            "続きを読む",
            "관련기사",
        ] {
            assert!(is_furniture(line), "{line}");
        }
    }

    #[test]
    fn sentences_are_not() {
        for line in [
            "",
            "…",
            "Read more books, the minister said.",
            "Die Anzeige wurde zurückgezogen",
            "Source: Stern",
            "Dpa",
        ] {
            assert!(!is_furniture(line), "{line}");
        }
    }

    #[test]
    fn every_line_of_the_list_is_one() {
        for line in LINES.lines().filter(|line| !line.starts_with('#')) {
            let (language, text) = line.split_once('\t').expect("language, tab, line");
            assert!((2..=3).contains(&language.len()) && is_furniture(text), "{line}");
        }
    }
}
