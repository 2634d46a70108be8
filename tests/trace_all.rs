//! `trace --all`: outcomes are kept, only what new, changed and removed articles touch is made again.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod desk;

use std::collections::BTreeMap;
use std::path::Path;

use desk::Desk;
use serde_json::Value;

const CRANE: &str = "The harbour board said on Monday that the crane at the north pier will stay where it is until the \
    insurers have looked at the damage, and that the ferry to Norderhaven leaves from the south quay for the time being.\n\n\
    Nobody was hurt when the jib came down on a row of parked vans shortly after six in the morning, the fire brigade \
    reported; two of the drivers had left for breakfast a few minutes before.";
const BRIDGE: &str = "The council of Tarbrook voted to repair the swing bridge rather than replace it, by nine votes \
    to four, after engineers had told members that the old bearings could be had from a yard in Grimstad.\n\n\
    Work is due to begin in September and to last fourteen months, during which lorries have to go round by the mill.";
const ORCHARD: &str = "Fruit growers in the Lauter valley expect the smallest cherry harvest in two decades, since frost \
    in the last week of April took nine blossoms in ten on the lower slopes and hail did the rest in June.";

/// Traces all; how many were traced now.
fn trace_all(desk: &Desk, more: &[&str]) -> u64 {
    let text = desk.text(&[&["trace", "--all"], more].concat());
    let (number, _) = text.split_once(" article").unwrap_or_else(|| panic!("{text}"));
    number.parse().unwrap()
}

/// Kept verdicts by address.
fn verdicts(desk: &Desk) -> BTreeMap<String, String> {
    let lines = desk.text(&["trace", "--all", "--format", "jsonl"]);
    lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .map(|t| {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            (text(&t["query"]["url"]), text(&t["verdict"]))
        })
        .collect()
}

fn two_stories() -> Desk {
    let desk = Desk::new();
    desk.add(&[
        ("reuters.com", 8, CRANE),
        ("nord-post.example", 9, CRANE),
        ("tarbrook-courier.example", 10, BRIDGE),
        ("lauter-echo.example", 11, ORCHARD),
    ]);
    desk
}

#[test]
fn a_kept_trace_is_the_trace() {
    let desk = two_stories();
    assert_eq!(trace_all(&desk, &[]), 4);
    assert_eq!(trace_all(&desk, &[]), 0, "nothing has changed");
    let stats = desk.json(&["stats"]);
    assert_eq!(stats["outcomes"]["traced"], 4, "{stats:#}");
    for line in desk.text(&["trace", "--all", "--format", "jsonl"]).lines() {
        let kept: Value = serde_json::from_str(line).unwrap();
        let id = kept["query"]["id"].to_string();
        assert_eq!(kept, desk.json(&["trace", &id]), "article {id}");
    }
    assert_eq!(verdicts(&desk)["https://nord-post.example/9"], "unattributed");
    desk.json(&["check"]);
}

#[test]
fn a_new_copy_touches_its_story_and_no_other() {
    let desk = two_stories();
    trace_all(&desk, &[]);
    desk.add(&[("west-post.example", 12, BRIDGE)]);
    let waiting = desk.json(&["stats"])["outcomes"].clone();
    assert_eq!((&waiting["untraced"], &waiting["unplaced"]), (&1.into(), &1.into()), "{waiting}");
    assert_eq!(trace_all(&desk, &[]), 2, "the new one and the one that it copies");
    assert_eq!(trace_all(&desk, &[]), 0);
    let verdicts = verdicts(&desk);
    assert_eq!(verdicts["https://west-post.example/12"], "unattributed", "{verdicts:?}");
    assert_eq!(verdicts["https://tarbrook-courier.example/10"], "original", "{verdicts:?}");
}

#[test]
fn a_changed_text_is_traced_again_with_those_that_named_it() {
    let desk = two_stories();
    trace_all(&desk, &[]);
    let longer =
        format!("{CRANE}\n\nThe board meets again on Thursday to hear the insurers' report.");
    desk.add(&[("reuters.com", 8, &longer)]);
    assert_eq!(trace_all(&desk, &[]), 2);
    assert_eq!(trace_all(&desk, &[]), 0);
}

#[test]
fn what_is_said_of_inputs_is_refused() {
    let desk = two_stories();
    let output = desk.command().args(["trace", "--all", "--outlet", "Nord-Post"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--all traces what is on file"));
}

#[test]
fn other_thresholds_are_another_footing() {
    let desk = two_stories();
    trace_all(&desk, &[]);
    assert_eq!(trace_all(&desk, &["--preset", "letter"]), 4);
    assert_eq!(trace_all(&desk, &["--no-translation"]), 4);
}

#[test]
fn with_nothing_to_compare_with_the_answer_waits_for_company() {
    let desk = Desk::new();
    desk.add(&[("lauter-echo.example", 11, ORCHARD)]);
    trace_all(&desk, &[]);
    assert_eq!(verdicts(&desk)["https://lauter-echo.example/11"], "unknown");
    desk.add(&[("tarbrook-courier.example", 10, BRIDGE)]);
    trace_all(&desk, &[]);
    assert_eq!(verdicts(&desk)["https://lauter-echo.example/11"], "original");
}

#[test]
fn a_removed_article_leaves_no_trace_in_what_is_kept() {
    let desk = two_stories();
    trace_all(&desk, &[]);
    desk.text(&["remove", "https://reuters.com/8"]);
    let state = desk.json(&["stats"])["outcomes"].clone();
    assert_eq!((&state["traced"], &state["stale"]), (&2.into(), &1.into()), "{state}");
    // The copy's trace named it; addresses and titles stand in the store as they are, kept traces packed.
    assert!(!held(&desk.path("copytrail.db"), b"reuters.com/8"));
    assert_eq!(trace_all(&desk, &[]), 1);
    assert_eq!(verdicts(&desk)["https://nord-post.example/9"], "original");
    let kept = desk.text(&["trace", "--all", "--format", "jsonl"]);
    assert!(!kept.contains("reuters.com/8"), "{kept}");
    desk.json(&["check"]);
}

fn held(file: &Path, bytes: &[u8]) -> bool {
    std::fs::read(file).unwrap().windows(bytes.len()).any(|window| window == bytes)
}
