//! Slow: a pack of real news, where it is at hand: which copies it leads to, and what it costs.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod desk;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use desk::Desk;
use serde_json::Value;

fn suite(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval/data").join(name);
    if !folder.exists() {
        println!("skipped: {} is not there", folder.display());
        return None;
    }
    Some(folder)
}

fn rows(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Of the suites' queries one in this many is asked: enough to tell, and the test stays short.
const ONE_IN: usize = 6;

/// The answers to some of these queries of a store that has nothing but a pack of `articles`.
fn traced(articles: &Path, queries: &Path) -> Vec<Value> {
    let (agency, other) = (Desk::new(), Desk::new());
    agency.text(&["add", &articles.to_string_lossy()]);
    let pack = agency.path("all.pack").to_string_lossy().into_owned();
    agency.text(&["export", "--pack", "--name", "all", "--output", &pack]);
    other.text(&["add", &pack]);
    let row = &other.json(&["packs"])["packs"][0];
    let bytes = std::fs::metadata(&pack).unwrap().len();
    let count = row["articles"].as_u64().unwrap();
    println!("{count} articles, {bytes} bytes, {} an article: {row}", bytes / count);
    let asked = std::fs::read_to_string(queries).unwrap();
    let some: Vec<&str> = asked.lines().step_by(ONE_IN).collect();
    let queries = other.path("queries.jsonl");
    std::fs::write(&queries, some.join("\n")).unwrap();
    let text = other.text(&["trace", &queries.to_string_lossy(), "--format", "jsonl"]);
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn pack_leads(trace: &Value) -> Vec<&str> {
    let leads = trace["leads"].as_array().unwrap().iter().filter(|lead| lead["kind"] == "pack");
    leads.map(|lead| lead["url"].as_str().unwrap_or_default()).collect()
}

#[test]
fn nineteen_of_twenty_real_copies_are_led_to() {
    let Some(folder) = suite("lineage") else { return };
    let articles = folder.join("articles.jsonl");
    let gold: HashMap<String, Value> = rows(&folder.join("gold.jsonl"))
        .into_iter()
        .map(|row| (row["url"].as_str().unwrap().to_owned(), row))
        .collect();
    let traces = traced(&articles, &articles);
    let (mut copies, mut found, mut first) = (0, 0, 0);
    for trace in &traces {
        let row = &gold[trace["query"]["url"].as_str().unwrap()];
        let Some(parent) = row["parent"].as_str() else {
            continue;
        };
        if row["relation"] == "original" || gold[parent]["on_file"] != true {
            continue;
        }
        copies += 1;
        let leads = pack_leads(trace);
        found += usize::from(
            leads.contains(&parent)
                || row["origin"].as_str().is_some_and(|origin| leads.contains(&origin)),
        );
        first += usize::from(leads.first() == Some(&parent));
    }
    let share = f64::from(u32::try_from(found).unwrap()) / f64::from(copies);
    println!(
        "{found} of {copies} copies led to their parent or origin ({share:.4}), {first} to the parent first"
    );
    assert!(share >= 0.95, "{share}");
    assert!(traces.iter().all(|trace| trace["sources"].as_array().unwrap().is_empty()));
}

#[test]
fn translations_are_led_to_more_often_than_other_reports() {
    let Some(folder) = suite("crosslingual") else { return };
    let gold: HashMap<String, Value> = rows(&folder.join("gold.jsonl"))
        .into_iter()
        .map(|row| (row["query"].as_str().unwrap().to_owned(), row))
        .collect();
    let traces = traced(&folder.join("corpus.jsonl"), &folder.join("queries.jsonl"));
    let (mut translated, mut found, mut without, mut misled) = (0, 0, 0, 0);
    for trace in &traces {
        let leads = pack_leads(trace);
        if let Some(source) = gold[trace["query"]["url"].as_str().unwrap()]["source"].as_str() {
            translated += 1;
            found += usize::from(leads.contains(&source));
        } else {
            without += 1;
            misled += usize::from(!leads.is_empty());
        }
    }
    println!(
        "{found} of {translated} translations led to their source; {misled} of {without} without one led elsewhere"
    );
    assert!(found * 100 >= translated * 80, "{found} of {translated}");
}
