//! Slow
//! Sources across languages and wordings with many other articles on file: what is named, rightly and falsely, and how
//! long a trace takes.
//!
//! `COPYTRAIL_CROWD=0,10000,100000 cargo test --release --test crowd -- --nocapture` prints a line for each of the shared
//! suites and number of invented others, beside the other suite's real articles; without it the suites are left alone.
//! `COPYTRAIL_BIN` is the program that is asked, `COPYTRAIL_ARGUMENTS` is added to each trace. Stores are kept in
//! `COPYTRAIL_CROWD_STORES`, where that is given, and taken from there.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

#[path = "../benches/generator/dice.rs"]
#[allow(dead_code, reason = "the generator needs what this does not")]
mod dice;
#[path = "crowd/others.rs"]
mod others;

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use others::Others;
use serde_json::Value;

const SUITES: [&str; 2] = ["crosslingual", "rewritten"];

fn suite(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval/data").join(name)
}

fn rows(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Runs the program on a store of its own and gives what it printed.
fn run(home: &Path, arguments: &[&str], files: &[PathBuf]) -> String {
    let binary =
        std::env::var_os("COPYTRAIL_BIN").unwrap_or_else(|| env!("CARGO_BIN_EXE_copytrail").into());
    let mut command = Command::new(binary);
    command.env("COPYTRAIL_DATA", home).args(arguments).args(files);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What came first where a source is on file and where none is.
#[derive(Default)]
struct Tally {
    with: u32,
    right: u32,
    wrong: u32,
    without: u32,
    false_sources: u32,
}

fn tally(traces: &str, name: &str) -> Tally {
    let gold: HashMap<String, Value> = rows(&suite(name).join("gold.jsonl"))
        .into_iter()
        .map(|row| (row["query"].as_str().unwrap().to_owned(), row["source"].clone()))
        .collect();
    let mut tally = Tally::default();
    for line in traces.lines() {
        let trace: Value = serde_json::from_str(line).unwrap();
        let first = &trace["sources"][0]["url"];
        let source = &gold[trace["query"]["url"].as_str().unwrap()];
        if source.is_null() {
            tally.without += 1;
            tally.false_sources += u32::from(!first.is_null());
        } else {
            tally.with += 1;
            tally.right += u32::from(first == source);
            tally.wrong += u32::from(!first.is_null() && first != source);
        }
    }
    tally
}

#[test]
fn a_crowd_of_other_articles_hides_no_source_and_makes_none() {
    let Ok(sizes) = std::env::var("COPYTRAIL_CROWD") else {
        eprintln!("skipped: COPYTRAIL_CROWD does not say how many others");
        return;
    };
    let arguments = std::env::var("COPYTRAIL_ARGUMENTS").unwrap_or_default();
    let arguments: Vec<&str> = arguments.split_whitespace().collect();
    for size in sizes.split(',').map(|size| size.parse::<u64>().unwrap()) {
        let (_temporary, home) = store(size);
        for name in SUITES {
            let queries = [suite(name).join("queries.jsonl")];
            let trace = |switches: &[&str]| {
                let asked = [&arguments[..], &["trace", "--format", "jsonl"], switches].concat();
                let started = Instant::now();
                let traces = run(&home, &asked, &queries);
                (traces, started.elapsed().as_secs_f64() * 1_000.0)
            };
            let found = tally(&trace(&[]).0, name);
            // The fastest is the least disturbed by what else the machine does.
            let least = |switches: &[&str]| (0..RUNS).map(|_| trace(switches).1).reduce(f64::min);
            let (with, without) = (least(&[]).unwrap(), least(&SAME_WORDS).unwrap());
            let queries = f64::from(found.with + found.without);
            println!(
                "{name}, {size} others: right source first {} of {}, another one {}, false {} of {}; {:.1} ms a trace, {:.1} by the same words only: {:.1} times",
                found.right,
                found.with,
                found.wrong,
                found.false_sources,
                found.without,
                with / queries,
                without / queries,
                with / without,
            );
        }
    }
}

/// What turns off all that is looked for across languages and wordings.
const SAME_WORDS: [&str; 2] = ["--no-translation", "--no-rewriting"];
/// Times that a suite is traced either way.
const RUNS: usize = 2;

/// A home with so many others and the suites' articles on file.
fn store(size: u64) -> (tempfile::TempDir, PathBuf) {
    let temporary = tempfile::tempdir().unwrap();
    let kept = std::env::var_os("COPYTRAIL_CROWD_STORES").map(PathBuf::from);
    let home = kept.as_deref().unwrap_or(temporary.path()).join(size.to_string());
    if !home.join("copytrail.db").exists() {
        std::fs::create_dir_all(&home).unwrap();
        let others = home.join("others.jsonl");
        Others::new(1).write(size, &others);
        let corpus = SUITES.map(|name| suite(name).join("corpus.jsonl"));
        let others = (size > 0).then_some(others);
        let files: Vec<PathBuf> = others.into_iter().chain(corpus).collect();
        run(&home, &["add", "--no-captures"], &files);
    }
    (temporary, home)
}

#[test]
fn the_others_are_the_same_each_time_and_of_several_languages() {
    let (others, again) = (Others::new(1), Others::new(1));
    let made: Vec<Value> = (0..60).map(|number| others.article(number)).collect();
    assert_eq!(made[7], again.article(7));
    let languages: BTreeSet<&str> =
        made.iter().map(|article| article["language"].as_str().unwrap()).collect();
    assert!(languages.len() >= 5, "{languages:?}");
    assert!(made.iter().all(|article| article["text"].as_str().unwrap().len() > 300));
}
