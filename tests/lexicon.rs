//! The tables of the built-in lexicon: their form, the scripts of their columns, and names that must be in them.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::collections::BTreeSet;
use std::path::Path;

use copytrail::language::lexicon::{News, Source};
use copytrail::language::{Lexicons, stem};
use unicode_script::{Script, UnicodeScript};

const TABLES: &[&str] = &["news", "names", "nationalities", "people_and_places"];
const MOST_WORDS: usize = 4;

struct Table {
    name: &'static str,
    languages: Vec<String>,
    /// A meaning and its cells.
    rows: Vec<(String, Vec<String>)>,
}

fn table(name: &'static str) -> Table {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("db/lexicon/{name}.tsv"));
    let text = std::fs::read_to_string(path).unwrap();
    let mut lines = text.lines();
    let languages = lines.next().unwrap().split('\t').skip(1).map(str::to_owned).collect();
    let rows = lines
        .map(|line| {
            let mut cells = line.split('\t').map(str::to_owned);
            (cells.next().unwrap(), cells.collect())
        })
        .collect();
    Table { name, languages, rows }
}

fn scripts(language: &str) -> &'static [Script] {
    match language {
        "ar" | "fa" => &[Script::Arabic],
        "bg" | "ru" | "uk" => &[Script::Cyrillic],
        "el" => &[Script::Greek],
        "he" => &[Script::Hebrew],
        "hi" => &[Script::Devanagari],
        "ja" => &[Script::Han, Script::Hiragana, Script::Katakana],
        "ko" => &[Script::Hangul],
        "zh" => &[Script::Han],
        _ => &[Script::Latin],
    }
}

/// Latin abbreviations are written in every script: `EU`, `GPS`, `iPhone`.
fn is_abbreviation(word: &str) -> bool {
    word.chars().count() <= 8 && word.chars().all(is_latin_capital)
}

fn is_in_script(word: &str, language: &str) -> bool {
    let right = scripts(language);
    let fits = |c: char| {
        right.contains(&c.script()) || matches!(c.script(), Script::Common | Script::Inherited)
    };
    let written = word.chars().any(|c| right.contains(&c.script()));
    // "IT技術": an abbreviation may stand beside a word in the language's script, not a letter within it.
    let beside = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    let mixed = written && word.chars().all(|c| fits(c) || beside(c));
    (written && word.chars().all(fits))
        || (right != [Script::Latin] && (is_abbreviation(word) || mixed))
}

/// Of the common width, or of the full width that Japanese papers set abbreviations in.
fn is_latin_capital(c: char) -> bool {
    c.is_ascii_alphanumeric() || ('Ａ'..='Ｚ').contains(&c)
}

/// What is wrong with a cell.
fn faults(cell: &str, language: &str) -> Vec<&'static str> {
    let words: Vec<&str> = cell.split('|').collect();
    let mut faults = Vec::new();
    let mut fault = |holds: bool, name| {
        if holds {
            faults.push(name);
        }
    };
    let once: BTreeSet<String> = words.iter().map(|word| word.to_lowercase()).collect();
    fault(once.len() < words.len(), "a double");
    fault(words.len() > MOST_WORDS, "too many words");
    fault(words.iter().any(|word| word.is_empty()), "an empty word");
    fault(cell.contains(char::is_whitespace), "a space");
    fault(!words.iter().all(|word| is_in_script(word, language)), "another script");
    faults
}

#[test]
fn every_cell_is_sound() {
    let mut found = Vec::new();
    for table in TABLES.iter().map(|name| table(name)) {
        let mut seen = BTreeSet::new();
        for (meaning, cells) in &table.rows {
            let place = format!("{}: {meaning}", table.name);
            if !seen.insert(meaning.clone()) {
                found.push(format!("{place}: twice"));
            }
            if !meaning.chars().all(|c| c.is_ascii_lowercase() || " -'".contains(c)) {
                found.push(format!("{place}: not English in lower case"));
            }
            if cells.len() != table.languages.len() || cells.iter().all(String::is_empty) {
                found.push(format!("{place}: {} cells", cells.len()));
            }
            for (language, cell) in
                table.languages.iter().zip(cells).filter(|(_, cell)| !cell.is_empty())
            {
                for fault in faults(cell, language) {
                    found.push(format!("{place}: {language}: {cell}: {fault}"));
                }
            }
        }
    }
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}

#[test]
fn the_check_sees_each_kind_of_fault() {
    assert_eq!(faults("Haus|Gebäude", "de"), Vec::<&str>::new());
    assert_eq!(faults("EU|欧州連合", "ja"), Vec::<&str>::new());
    assert_eq!(faults("Haus|haus", "de"), ["a double"]);
    assert_eq!(faults("a|b|c|d|e", "de"), ["too many words"]);
    assert_eq!(faults("weißes Haus", "de"), ["a space"]);
    assert_eq!(faults("дом|dom", "en"), ["another script"]);
    assert_eq!(faults("international", "ru"), ["another script"]);
    assert_eq!(faults("до\u{6d}", "ru"), ["another script"]);
}

/// A language, a name in it, and the English name of the same.
const NAMES: &[(&str, &str, &str)] = &[
    ("de", "Deutschland", "germany"),
    ("de", "russischen", "russian"),
    ("fi", "Saksa", "germany"),
    ("is", "Þýskaland", "germany"),
    ("ru", "понедельник", "monday"),
    ("pl", "stycznia", "january"),
    ("ja", "キエフ", "kyiv"),
    ("ja", "キーウ", "kyiv"),
    ("ja", "プーチン", "putin"),
    ("zh", "普京", "putin"),
    ("zh", "德国", "germany"),
    ("zh", "德國", "germany"),
    ("ko", "모스크바", "moscow"),
    ("el", "Μόσχα", "moscow"),
    ("ar", "موسكو", "moscow"),
    ("en", "Kiev", "kyiv"),
    ("en", "german", "germany"),
];

#[test]
fn names_of_the_news_are_known() {
    let lexicons = Lexicons::new(vec![Box::new(News) as Box<dyn Source>]);
    for (language, name, english) in NAMES {
        let key =
            if ["ja", "zh"].contains(language) { (*name).to_owned() } else { stem(language, name) };
        let mut expected = copytrail::language::Table::default();
        expected.add("en", "x", english);
        expected.settle();
        let meanings = lexicons.table(language);
        let known =
            expected.meanings("x").iter().all(|key_of| meanings.meanings(&key).contains(key_of));
        assert!(known && !expected.meanings("x").is_empty(), "{language} {name} {english}");
    }
}
