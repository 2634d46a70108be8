//! Translated and rewritten pairs, through the binary: `compare` shows what ties them together, and the flags turn it off.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

fn case(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/cases").join(name)
}

/// Runs the binary with a data directory of its own and gives what it printed as JSON.
fn asked(home: &Path, arguments: &[&str], folder: &Path) -> Value {
    let mut command = Command::cargo_bin("copytrail").unwrap();
    command.env_clear().env("COPYTRAIL_DATA", home).current_dir(folder).args(arguments);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn compared(left: &str, right: &str, flags: &[&str]) -> Value {
    let home = tempfile::tempdir().unwrap();
    let mut arguments = vec!["compare", left, right, "--format", "json"];
    arguments.extend(flags);
    asked(home.path(), &arguments, &case("translated-chain"))
}

/// Whether a paragraph pair rests on these two words.
fn tied(compared: &Value, query: &str, source: &str) -> bool {
    let pairs = compared["paragraphs"].as_array().unwrap().iter();
    let mut anchors = pairs.flat_map(|pair| pair["anchors"].as_array().into_iter().flatten());
    anchors.any(|anchor| anchor["query"] == query && anchor["source"] == source)
}

#[test]
fn a_translation_stands_beside_its_source_with_the_words_that_tie_them() {
    let both = compared("worldnews-hour.html", "hellwalder-kurier.html", &[]);
    assert_eq!(both["relation"], "translated");
    assert_eq!(both["across"]["named"], true);
    assert!(both["across"]["probability"].as_f64().unwrap() > 0.9, "{both:#}");
    for (query, source) in [("spokeswoman", "Sprecherin"), ("Istanbul", "Istanbul")] {
        assert!(tied(&both, query, source), "{query} ~ {source}: {both:#}");
    }
    let turned = compared("hellwalder-kurier.html", "worldnews-hour.html", &[]);
    assert!(tied(&turned, "Sprecherin", "spokeswoman"), "{turned:#}");
    assert_eq!(turned["across"]["of_left"], both["across"]["of_right"]);
}

#[test]
fn a_translation_is_not_looked_for_where_that_is_turned_off() {
    let both = compared("worldnews-hour.html", "hellwalder-kurier.html", &["--no-translation"]);
    assert_eq!((&both["relation"], &both["across"]), (&Value::Null, &Value::Null));
    let both = compared("worldnews-hour.html", "hellwalder-kurier.html", &["--no-rewriting"]);
    assert_eq!(both["relation"], "translated");
}

#[test]
fn two_reports_of_one_event_are_no_source_of_one_another() {
    let both = compared("luebecker-rundschau.txt", "hellwalder-kurier.html", &[]);
    assert_eq!(both["relation"], Value::Null, "{both:#}");
}

#[test]
fn too_few_translations_teach_nothing() {
    let home = tempfile::tempdir().unwrap();
    let folder = case("translated-chain");
    asked(
        home.path(),
        &["add", "worldnews-hour.html", "hellwalder-kurier.html", "--format", "json"],
        &folder,
    );
    let learned = asked(home.path(), &["lexicon", "learn", "--format", "json"], &folder);
    assert_eq!(learned["lexicons"].as_array().map(Vec::len), Some(0));
}

#[test]
fn clusters_join_a_translation_to_its_story_unless_that_is_turned_off() {
    let home = tempfile::tempdir().unwrap();
    let folder = case("translated-chain");
    let pages = ["worldnews-hour.html", "hellwalder-kurier.html", "luebecker-rundschau.txt"];
    asked(home.path(), &[&["add", "--format", "json"], &pages[..]].concat(), &folder);
    let clusters = |flags: &[&str]| {
        let arguments = [&["clusters", "--format", "json"], flags].concat();
        let found = asked(home.path(), &arguments, &folder);
        found["clusters"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| c["members"].as_array().unwrap().len())
            .collect::<Vec<_>>()
    };
    assert_eq!(clusters(&[]), [2]);
    assert_eq!(clusters(&["--no-translation"]), [0usize; 0]);
}

#[test]
fn languages_are_listed_with_what_there_is_for_them() {
    let home = tempfile::tempdir().unwrap();
    let listed = asked(home.path(), &["lexicon", "languages", "--format", "json"], home.path());
    let rows = listed["languages"].as_array().unwrap();
    let german = rows.iter().find(|row| row["language"] == "de").unwrap();
    assert!(german["built_in"].as_u64().unwrap() > 3_000, "{german}");
    assert_eq!((&german["dictionaries"], &german["learned"]), (&0.into(), &0.into()));
}

/// The paragraphs of a page of the case as an article of another day that nobody is credited in.
fn dated(page: &str, published: &str, home: &Path) -> Value {
    let read = asked(home, &["extract", page, "--format", "json"], &case("translated-chain"));
    let outlet = page.trim_end_matches(".html");
    serde_json::json!({
        "url": format!("https://{outlet}.example/story"), "title": read["title"], "language": read["language"],
        "published": published, "paragraphs": read["paragraphs"],
    })
}

#[test]
fn a_source_older_than_the_window_is_found_only_at_any_time() {
    let home = tempfile::tempdir().unwrap();
    let write = |name: &str, article: &Value| {
        std::fs::write(home.path().join(name), article.to_string()).unwrap();
    };
    write("source.jsonl", &dated("hellwalder-kurier.html", "2024-10-27T09:00:00Z", home.path()));
    write("copy.jsonl", &dated("worldnews-hour.html", "2025-05-15T17:31:00Z", home.path()));
    asked(home.path(), &["add", "source.jsonl", "--format", "json"], home.path());
    let sources = |flags: &[&str]| {
        let arguments = [&["trace", "copy.jsonl", "--format", "json"], flags].concat();
        asked(home.path(), &arguments, home.path())["sources"].clone()
    };
    assert_eq!(sources(&[]), serde_json::json!([]), "two hundred days are more than thirty");
    let found = sources(&["--any-time"]);
    assert_eq!(found[0]["url"], "https://hellwalder-kurier.example/story");
    assert_eq!(found[0]["relation"], "translated");
}
