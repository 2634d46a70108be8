//! Every story in fixtures/cases, through the binary: all its pages on file, each traced, the agreed answers.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

#[test]
fn wire_and_papers() {
    story("wire-and-papers");
}

#[test]
fn translated_chain() {
    story("translated-chain");
}

#[test]
fn rewritten_twice() {
    story("rewritten-twice");
}

#[test]
fn two_wires() {
    story("two-wires");
}

#[test]
fn back_dated_copy() {
    story("back-dated-copy");
}

#[test]
fn missing_origin() {
    story("missing-origin");
}

#[test]
fn wrong_agency_on_file() {
    story("wrong-agency-on-file");
}

#[test]
fn wrong_agency_not_on_file() {
    story("wrong-agency-not-on-file");
}

#[test]
fn exclusive_inside() {
    story("exclusive-inside");
}

#[test]
fn press_release() {
    story("press-release");
}

#[test]
fn odd_credits() {
    story("odd-credits");
}

#[test]
fn correction_and_kill() {
    story("correction-and-kill");
}

#[test]
fn every_story_has_its_test() {
    let source = std::fs::read_to_string(file!()).unwrap();
    for entry in std::fs::read_dir(root()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(
            source.contains(&format!("story(\"{name}\")")),
            "no test runs fixtures/cases/{name}"
        );
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/cases")
}

fn copytrail(home: &Path) -> Command {
    let mut command = Command::cargo_bin("copytrail").unwrap();
    command.env_clear().env("COPYTRAIL_DATA", home);
    command
}

/// A store with all pages of a story on file, and what is expected of them.
fn on_file(name: &str) -> (tempfile::TempDir, Value) {
    let folder = root().join(name);
    let text = std::fs::read_to_string(folder.join("expected.json")).unwrap();
    let expected: Value = serde_json::from_str(&text).unwrap();
    let home = tempfile::tempdir().unwrap();
    for page in expected["pages"].as_array().unwrap() {
        let mut add = copytrail(home.path());
        add.arg("add").arg(folder.join(page["file"].as_str().unwrap()));
        for (key, value) in page["given"].as_object().into_iter().flatten() {
            add.arg(format!("--{key}")).arg(value.as_str().unwrap());
        }
        add.assert().success();
    }
    (home, expected)
}

fn story(name: &str) {
    let (home, expected) = on_file(name);
    if !expected["corrections"].is_null() {
        corrections(name, home.path(), &expected["corrections"]);
    }
    for page in expected["pages"].as_array().unwrap() {
        let url = page["url"].as_str().unwrap();
        let output =
            copytrail(home.path()).args(["trace", url, "--format", "jsonl"]).output().unwrap();
        assert!(output.status.success(), "{url}: {}", String::from_utf8_lossy(&output.stderr));
        let trace: Value = serde_json::from_slice(&output.stdout).unwrap();
        check(&format!("{name}: {url}"), page, &trace);
        for (ability, answer) in page["later"].as_object().into_iter().flatten() {
            check(&format!("{name}: {url}, {ability}"), answer, &trace);
        }
    }
}

/// Exactly the stale copies of each item that was corrected or withdrawn.
fn corrections(name: &str, home: &Path, wanted: &Value) {
    let output = copytrail(home).args(["corrections", "--format", "json"]).output().unwrap();
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    for notice in wanted.as_array().unwrap() {
        let lists = found.as_object().unwrap().values().filter_map(Value::as_array).flatten();
        let mut of_item = lists.filter(|row| row["item"]["url"] == notice["item"]);
        let row = of_item.next().unwrap_or_else(|| panic!("{name}: {notice} is not in {found:#}"));
        assert_eq!(row["kind"], notice["kind"], "{name}: {found:#}");
        let stale: BTreeSet<&str> =
            notice["stale"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        assert_eq!(strings(&row["stale"], "url"), stale, "{name}: {found:#}");
    }
}

/// The README's first transcript is what the binary prints, up to the line "…" where it is cut.
#[test]
fn the_readme_shows_what_the_binary_prints() {
    let readme = std::fs::read_to_string(root().join("../../README.md")).unwrap();
    let (_, block) = readme.split_once("$ copytrail trace ").expect("a transcript");
    let (block, _) = block.split_once("\n```").expect("the transcript's end");
    let (url, shown) = block.split_once('\n').expect("what trace printed");
    let shown = shown.trim_end_matches('…').trim_end();
    let (home, _) = on_file("translated-chain");
    let output =
        copytrail(home.path()).env("COLUMNS", "100").args(["trace", url]).output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed.starts_with(shown), "the README shows\n{shown}\nbut trace prints\n{printed}");
}

/// Each key of `expected` against the trace. What an ability adds (`later`) stands beside the answer on the words
/// alone and says more, never something else, so both hold.
fn check(at: &str, expected: &Value, trace: &Value) {
    let whole = serde_json::to_string_pretty(trace).unwrap();
    for (key, value) in expected.as_object().into_iter().flatten() {
        match key.as_str() {
            "verdict" => {
                assert!(one_of(value, &trace["verdict"]), "{at}: verdict, not {value}: {whole}");
            }
            "origin" if value.is_null() => {
                assert!(trace["origin"].is_null(), "{at}: origin: {whole}");
            }
            "origin" => {
                for (field, wanted) in value.as_object().into_iter().flatten() {
                    assert_eq!(&trace["origin"][field], wanted, "{at}: origin's {field}: {whole}");
                }
            }
            "chain" => chain(at, value, trace),
            "first" => assert_eq!(&trace["chain"][0]["url"], value, "{at}: first station: {whole}"),
            "basis" => {
                assert_eq!(&trace["attribution"]["basis"], value, "{at}: basis: {whole}");
            }
            "sources" => {
                let found: BTreeSet<&str> = strings(&trace["sources"], "url");
                for source in value.as_array().unwrap() {
                    assert!(
                        found.contains(source.as_str().unwrap()),
                        "{at}: source {source}: {whole}"
                    );
                }
            }
            "origins" => {
                let found = strings(&trace["origins"], "url");
                let wanted: BTreeSet<&str> =
                    value.as_array().unwrap().iter().filter_map(Value::as_str).collect();
                assert_eq!(found, wanted, "{at}: origins: {whole}");
            }
            "credits" => credits(at, value, trace),
            "residue" => {
                assert!(
                    strings(&trace["residue"], "language").contains(value.as_str().unwrap()),
                    "{at}: residue: {whole}"
                );
            }
            "file" | "url" | "given" | "later" => {}
            other => panic!("{at}: expected.json asks for {other}, which no check knows"),
        }
    }
}

/// A value, or one of a list.
fn one_of(wanted: &Value, found: &Value) -> bool {
    wanted == found || wanted.as_array().is_some_and(|list| list.contains(found))
}

fn strings<'a>(list: &'a Value, key: &str) -> BTreeSet<&'a str> {
    list.as_array().into_iter().flatten().filter_map(|row| row[key].as_str()).collect()
}

/// Station by station: address and relation.
fn chain(at: &str, wanted: &Value, trace: &Value) {
    let wanted = wanted.as_array().unwrap();
    let found = trace["chain"].as_array().unwrap();
    assert_eq!(found.len(), wanted.len(), "{at}: stations: {found:#?}");
    for (wanted, found) in wanted.iter().zip(found) {
        assert_eq!(found["url"], wanted["url"], "{at}: station");
        assert!(
            one_of(&wanted["relation"], &found["relation"]),
            "{at}: {} is {}",
            wanted["url"],
            found["relation"]
        );
    }
}

/// Exactly the parties credited, by agency id or else by name.
fn credits(at: &str, wanted: &Value, trace: &Value) {
    let wanted: BTreeSet<&str> =
        wanted.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let found: BTreeSet<&str> = trace["credits"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|credit| credit["agency"].as_str().or(credit["name"].as_str()))
        .collect();
    assert_eq!(found, wanted, "{at}: credits");
}
