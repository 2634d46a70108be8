//! Slow: the built-in lexicon against the dictionaries that the machine has installed.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::path::Path;

use copytrail::language::lexicon::Source;
use copytrail::language::stem;
use copytrail::workflow::lexicon::{add_system, sources_in};

/// Share of the pairs that must be confirmed where a dictionary knows the word; less in a small dictionary, which has
/// few of a word's translations.
const CONFIRMED: f64 = 0.8;
/// Stems from which a dictionary is no small one.
const LARGE: usize = 20_000;
/// Letters from which two English words that begin alike are taken for relatives: declare, declaration.
const RELATED: usize = 5;
/// Translations of an English word into German that mean another English word as well, from which the two are synonyms.
const SHARED: usize = 3;

/// A word's stem, with the English stems of its translations.
type Book = HashMap<String, BTreeSet<String>>;

fn english_stems(english: &str) -> impl Iterator<Item = String> + '_ {
    let words = english.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 1);
    words.map(|word| stem("en", word))
}

fn key(language: &str, word: &str) -> String {
    if language == "ja" { word.to_owned() } else { stem(language, word) }
}

fn book(sources: &[Box<dyn Source>], language: &str) -> Book {
    let mut book = Book::new();
    for source in sources {
        source.entries(language, &mut |word, english| {
            let stems: Vec<String> = english_stems(english).collect();
            if stems.len() <= 3 {
                book.entry(key(language, word)).or_default().extend(stems);
            }
        });
    }
    book
}

/// English words that translate the same German words, for the other languages' judgement.
fn synonyms(german: &Book) -> HashMap<String, BTreeSet<String>> {
    let mut counts: HashMap<(&str, &str), usize> = HashMap::new();
    for english in german.values().filter(|english| english.len() < 12) {
        for one in english {
            for other in english.iter().filter(|other| *other != one) {
                *counts.entry((one, other)).or_default() += 1;
            }
        }
    }
    let mut found: HashMap<String, BTreeSet<String>> = HashMap::new();
    for ((one, other), _) in counts.into_iter().filter(|(_, count)| *count >= SHARED) {
        found.entry(one.to_owned()).or_default().insert(other.to_owned());
    }
    found
}

fn are_related(one: &str, other: &str) -> bool {
    one == other || one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count() >= RELATED
}

fn rows() -> (Vec<String>, Vec<Vec<String>>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("db/lexicon/news.tsv");
    let text = std::fs::read_to_string(path).unwrap();
    let cells = |line: &str| line.split('\t').map(str::to_owned).collect::<Vec<_>>();
    let mut lines = text.lines();
    (cells(lines.next().unwrap()), lines.map(cells).collect())
}

#[expect(clippy::too_many_lines, reason = "one story, told in order")]
#[test]
fn dictionaries_confirm_the_built_in_lexicon() {
    let kept = tempfile::tempdir().unwrap();
    if let Err(error) = add_system(kept.path()) {
        eprintln!("skipped: {error}");
        return;
    }
    let sources = sources_in(kept.path());
    let synonyms = synonyms(&book(&sources, "de"));
    let (languages, rows) = rows();
    let (mut listed, mut failed) = (String::new(), Vec::new());
    for (column, language) in languages.iter().enumerate().skip(2) {
        let book = book(&sources, language);
        if book.is_empty() {
            continue;
        }
        let (mut known, mut confirmed) = (0u32, 0u32);
        for row in &rows {
            let mut wanted: BTreeSet<String> =
                row[..2].iter().flat_map(|cell| english_stems(cell)).collect();
            if language != "de" {
                let more: Vec<_> = wanted
                    .iter()
                    .filter_map(|word| synonyms.get(word))
                    .flatten()
                    .cloned()
                    .collect();
                wanted.extend(more);
            }
            for word in row[column].split('|').filter(|word| !word.is_empty()) {
                let Some(found) = book.get(&key(language, word)) else { continue };
                known += 1;
                if found.iter().any(|one| wanted.iter().any(|other| are_related(one, other))) {
                    confirmed += 1;
                } else {
                    let found: Vec<&str> = found.iter().take(8).map(String::as_str).collect();
                    let found = found.join(" ");
                    writeln!(listed, "{}\t{language}\t{word}\t{}\t{found}", row[0], row[column])
                        .unwrap();
                }
            }
        }
        let share = f64::from(confirmed) / f64::from(known.max(1));
        let words = book.len();
        eprintln!(
            "{language}: {confirmed} of {known} confirmed, {:.1} %, by {words} words",
            100.0 * share
        );
        if words >= LARGE && share < CONFIRMED {
            failed.push(language.clone());
        }
    }
    if let Ok(file) = std::env::var("UNCONFIRMED") {
        std::fs::write(file, &listed).unwrap();
    }
    assert!(
        failed.is_empty(),
        "under {CONFIRMED}: {}; UNCONFIRMED=FILE lists the words",
        failed.join(", ")
    );
}
