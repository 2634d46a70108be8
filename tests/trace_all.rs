//! `trace --all`: outcomes are kept, only what new, changed and removed articles touch is made again.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod desk;
#[allow(dead_code)] // the table needs more of it than this
#[path = "../benches/generator/mod.rs"]
mod generator;

use std::collections::BTreeMap;
use std::path::Path;

use desk::Desk;
use serde_json::{Value, json};

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

/// What a kept trace says that does not hang on how much else is on file.
fn said(desk: &Desk) -> BTreeMap<String, Value> {
    let lines = desk.text(&["trace", "--all", "--format", "jsonl"]);
    let parsed = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let addresses = |list: &Value| -> Vec<String> {
        list.as_array().unwrap().iter().map(|node| node["url"].to_string()).collect()
    };
    parsed
        .map(|t| {
            let mut sources = addresses(&t["sources"]);
            sources.sort();
            let essence = json!([
                t["verdict"],
                t["origin"]["outlet"],
                t["origin"]["url"],
                addresses(&t["chain"]),
                sources,
                t["copied"],
            ]);
            (t["query"]["url"].as_str().unwrap().to_owned(), essence)
        })
        .collect()
}

/// The generator's seed, that of the bench. With others (7) it writes many articles of the same sentences.
const SEED: u64 = 20_250_106;

/// Adds generated articles of these numbers.
fn add_generated(desk: &Desk, numbers: std::ops::Range<u64>) {
    let path = desk.path("generated.jsonl");
    let mut lines = Vec::new();
    generator::Generator::new(SEED).write(numbers, &mut lines).unwrap();
    std::fs::write(&path, lines).unwrap();
    desk.text(&["add", &path.to_string_lossy()]);
}

/// Generated articles share stock phrases with many others; a few of the old ones are what the new ones copy.
#[test]
fn newcomers_change_what_they_touch_and_nothing_else() {
    let (step, whole) = (Desk::new(), Desk::new());
    add_generated(&step, 1_000..1_160);
    trace_all(&step, &[]);
    add_generated(&step, 1_160..1_176);
    let again = trace_all(&step, &[]) - 16;
    add_generated(&whole, 1_000..1_176);
    trace_all(&whole, &[]);
    assert_eq!(said(&step), said(&whole));
    let generator = generator::Generator::new(SEED);
    let stories: Vec<u64> = (1_160..1_176).map(|number| generator.plan(number).parent).collect();
    let touched = (1_000..1_160).filter(|number| stories.contains(&generator.plan(*number).parent));
    let touched = touched.count() as u64;
    assert!((1..=touched).contains(&again), "{again} were traced again, {touched} are touched");
}

const WITNESSES: &str = "Police ask anyone who saw something to call the station in Harbour Street on the usual number \
    at any hour of the day.";

/// Reports that have nothing in common but how they end.
fn police_report(number: u32) -> String {
    let words = |salt: u32| -> String {
        let word = |at: u32| format!("w{}x", (number * 977 + at * 131 + salt * 7919) % 100_003);
        (0..60).map(word).collect::<Vec<_>>().join(" ")
    };
    format!("{}.\n\n{}. {WITNESSES}\n\n{}.", words(1), words(2), words(3))
}

#[test]
fn a_passage_that_everybody_has_touches_nobody() {
    let desk = Desk::new();
    let outlets =
        ["a.example", "b.example", "c.example", "d.example", "e.example", "f.example", "g.example"];
    let texts: Vec<String> = (0..9).map(police_report).collect();
    for (at, (outlet, text)) in outlets.iter().zip(&texts).enumerate() {
        desk.add(&[(outlet, 1 + u32::try_from(at).unwrap(), text)]);
    }
    trace_all(&desk, &[]);
    desk.add(&[("h.example", 12, &texts[7])]);
    assert_eq!(trace_all(&desk, &[]), 1, "all have had the passage before");
    // Half of this one is the passage: it is about it, and nothing shows any more that it is everybody's.
    desk.add(&[("i.example", 13, WITNESSES)]);
    assert_eq!(trace_all(&desk, &[]), 9);
}

#[test]
fn an_agencys_items_bear_on_credits_of_it() {
    let desk = Desk::new();
    let credited = format!("{CRANE}\n\nSource: AFP");
    desk.add(&[("reuters.com", 8, CRANE), ("nord-post.example", 9, &credited)]);
    trace_all(&desk, &[]);
    assert_eq!(verdicts(&desk)["https://nord-post.example/9"], "unknown");
    let items: Vec<String> = (20..23).map(police_report).collect();
    desk.add(&[("afp.com", 6, &items[0]), ("afp.com", 7, &items[1]), ("afp.com", 10, &items[2])]);
    assert_eq!(trace_all(&desk, &[]), 4);
    assert_eq!(verdicts(&desk)["https://nord-post.example/9"], "misattributed");
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
