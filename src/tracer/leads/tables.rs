//! The tables behind the leads: addresses, outlets' own searches, and the languages that domains point to.

use std::collections::HashSet;
use std::sync::LazyLock;

use url::Url;
use url::form_urlencoded::byte_serialize;

type Rows = Vec<Vec<&'static str>>;

static ADDRESSES: LazyLock<Rows> =
    LazyLock::new(|| rows(include_str!("../../../db/leads/addresses.tsv")));
static OUTLETS: LazyLock<Rows> =
    LazyLock::new(|| rows(include_str!("../../../db/leads/outlet_search.tsv")));
static LANGUAGES: LazyLock<Rows> =
    LazyLock::new(|| rows(include_str!("../../../db/leads/languages.tsv")));

/// Language and word of every month and weekday.
static CALENDAR: LazyLock<HashSet<(&str, &str)>> = LazyLock::new(|| {
    let words = |row: &Vec<&'static str>| {
        let language = row.first().copied().unwrap_or_default();
        let words = row.get(3).copied().unwrap_or_default();
        words.split(' ').map(move |word| (language, word)).collect::<Vec<_>>()
    };
    LANGUAGES.iter().flat_map(words).collect()
});

fn rows(text: &'static str) -> Rows {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split('\t').collect()).collect()
}

fn cell(rows: &'static Rows, key: &str, column: usize) -> Option<&'static str> {
    let row = rows.iter().find(|row| row.first() == Some(&key))?;
    row.get(column).copied().filter(|cell| !cell.is_empty())
}

/// The days in which a source is likely to have appeared, both included, `YYYY-MM-DD`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Days {
    pub after: String,
    pub before: String,
}

/// An address of the table, filled in; `None` where it needs days and none are known.
pub fn address(kind: &str, asked: &str, days: Option<&Days>) -> Option<String> {
    fill(cell(&ADDRESSES, kind, 1)?, asked, days)
}

/// The outlet's own search for a query, where known.
pub fn outlet_search(domain: &str, query: &str) -> Option<String> {
    fill(cell(&OUTLETS, domain, 1)?, query, None)
}

fn fill(template: &str, asked: &str, days: Option<&Days>) -> Option<String> {
    let encoded: String = byte_serialize(asked.as_bytes()).collect();
    // "+" is a space in forms only, "%20" everywhere.
    let encoded = encoded.replace('+', "%20");
    let mut filled = template.replace("{query}", &encoded).replace("{url}", &encoded);
    if let Some(days) = days {
        for (mark, day) in [("after", &days.after), ("before", &days.before)] {
            filled = filled.replace(&format!("{{{mark}}}"), day);
        }
        for (mark, day) in [("from", &days.after), ("to", &days.before)] {
            filled = filled.replace(&format!("{{{mark}}}"), &day.replace('-', ""));
        }
    }
    if filled.contains('{') {
        return None;
    }
    Url::parse(&filled).ok().map(String::from)
}

/// The language that outlets of a domain write, by its top level; `None` where that says nothing ("com", "ch").
pub fn domain_language(domain: &str) -> Option<&'static str> {
    let top = domain.rsplit('.').next()?;
    let row = LANGUAGES
        .iter()
        .find(|row| row.get(2).is_some_and(|tops| tops.split(' ').any(|known| known == top)))?;
    row.first().copied()
}

/// A language's English name, its subtag where the table lacks it.
pub fn language_name(language: &str) -> &str {
    cell(&LANGUAGES, language, 1).unwrap_or(language)
}

/// Whether a word is a month or a weekday of the language.
pub fn is_calendar_word(word: &str, language: &str) -> bool {
    CALENDAR.contains(&(language, word.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_encoded_whole() {
        let days = Days { after: "2025-05-14".into(), before: "2025-05-18".into() };
        assert_eq!(
            address("search", "Waffenruhe 10,5 & Ä+", None).as_deref(),
            Some("https://www.google.com/search?q=Waffenruhe%2010%2C5%20%26%20%C3%84%2B")
        );
        let address = address("gdelt_days", "Peskow", Some(&days)).unwrap();
        assert!(address.contains("startdatetime=20250514000000&enddatetime=20250518235959"));
    }

    #[test]
    fn an_address_that_needs_days_is_left_out_without_them() {
        assert_eq!(address("days", "Peskow", None), None);
        assert_eq!(address("no such kind", "Peskow", None), None);
    }

    #[test]
    fn every_address_of_the_tables_is_one() {
        let days = Days { after: "2025-05-14".into(), before: "2025-05-18".into() };
        for row in ADDRESSES.iter() {
            assert!(address(row[0], "a b", Some(&days)).is_some(), "{row:?}");
        }
        for row in OUTLETS.iter() {
            let filled = outlet_search(row[0], "käse").unwrap();
            assert!(filled.starts_with("https://") && filled.contains("k%C3%A4se"), "{filled}");
        }
        assert!(LANGUAGES.iter().all(|row| row.len() == 4));
    }

    #[test]
    fn domains_point_to_languages() {
        assert_eq!(domain_language("stern.de"), Some("de"));
        assert_eq!(domain_language("bbc.co.uk"), Some("en"));
        assert_eq!(domain_language("example.com"), None);
        assert_eq!(language_name("ja"), "Japanese");
        assert!(is_calendar_word("Donnerstag", "de") && !is_calendar_word("Gipfel", "de"));
    }
}
