//! Slow: words learned from real translations of the shared suite; skipped where that is absent.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

const PAIR: &str = "ru-en";

fn suite() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval/data/crosslingual")
}

fn rows(name: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(suite().join(name)).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn copytrail(home: &Path, arguments: &[&str]) -> String {
    let mut command = Command::cargo_bin("copytrail").unwrap();
    command.env_clear().env("COPYTRAIL_DATA", home).args(arguments);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// One pair's translations with their sources, as JSONL.
fn articles() -> String {
    let gold: Vec<Value> = rows("gold.jsonl").into_iter().filter(|g| g["pair"] == PAIR).collect();
    let wanted = |key: &str| gold.iter().filter_map(|g| g[key].as_str()).collect::<BTreeSet<_>>();
    let (queries, sources) = (wanted("query"), wanted("source"));
    let mut lines = String::new();
    for row in rows("corpus.jsonl").iter().chain(&rows("queries.jsonl")) {
        let url = row["url"].as_str().unwrap();
        if queries.contains(url) || sources.contains(url) {
            writeln!(lines, "{row}").unwrap();
        }
    }
    lines
}

#[test]
fn words_are_learned_listed_made_again_alike_and_removed() {
    if !suite().exists() {
        eprintln!("skipped: {} is absent", suite().display());
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let input = home.path().join("articles.jsonl");
    std::fs::write(&input, articles()).unwrap();
    copytrail(home.path(), &["add", "-q", input.to_str().unwrap()]);
    copytrail(home.path(), &["lexicon", "learn"]);
    let kept = home.path().join("lexicons/learned-ru.lexicon");
    let first = std::fs::read(&kept).unwrap();
    let listed: Value =
        serde_json::from_str(&copytrail(home.path(), &["lexicon", "list", "--format", "json"]))
            .unwrap();
    let row = &listed["lexicons"][0];
    assert_eq!((&row["name"], &row["language"]), (&"learned-ru".into(), &"ru".into()), "{listed}");
    assert!(row["words"].as_u64().unwrap() >= 20, "{listed}");
    // What was learned plays no part in learning again.
    copytrail(home.path(), &["lexicon", "learn"]);
    assert_eq!(std::fs::read(&kept).unwrap(), first);
    copytrail(home.path(), &["lexicon", "remove", "learned-ru"]);
    assert!(!kept.exists());
}
