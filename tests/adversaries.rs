//! Stories of kinds that tempt to a wrong accusation: fixtures/adversaries, each line an article with the verdicts that
//! may be said of it (`may`).

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod desk;

use std::collections::BTreeMap;
use std::path::Path;

use desk::Desk;
use serde_json::Value;

/// The verdicts that may be said of each article of a story, by address.
fn may(file: &Path) -> BTreeMap<String, Vec<Value>> {
    let text = std::fs::read_to_string(file).unwrap();
    let articles = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    articles
        .map(|article| {
            let url = article["url"].as_str().unwrap().to_owned();
            (url, article["may"].as_array().unwrap().clone())
        })
        .collect()
}

#[test]
fn nobody_is_accused_wrongly() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/adversaries");
    let mut stories = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path();
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let may = may(&file);
        let desk = Desk::new();
        let path = file.to_string_lossy();
        desk.text(&["add", &path]);
        let lines = desk.text(&["trace", &path, "--format", "jsonl"]);
        for trace in lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
            let url = trace["query"]["url"].as_str().unwrap();
            assert!(may[url].contains(&trace["verdict"]), "{name}: {url}: {trace:#}");
        }
        stories += 1;
    }
    assert!(stories >= 11, "{stories} stories");
}
