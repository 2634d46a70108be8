//! Texts of more than one source, and texts that were replaced: who gave what, and what is still the article's.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod desk;
#[path = "../benches/generator/mod.rs"]
#[allow(dead_code, reason = "the benches need what these tests do not")]
mod generator;

use std::collections::BTreeSet;

use desk::Desk;
use generator::{Generator, Kind};
use serde_json::Value;

/// Texts that have nothing to do with one another, of at least six paragraphs each.
fn strangers(count: usize) -> Vec<Vec<String>> {
    let generator = Generator::new(91);
    let own = (0..).filter(|number| generator.plan(*number).kind == Kind::Own);
    let english = own.map(|number| generator.article(number)).filter(|made| made.language == "en");
    let long = english.map(|made| made.paragraphs).filter(|paragraphs| paragraphs.len() >= 6);
    long.take(count).collect()
}

/// Numbers of the query's paragraphs that a source gave.
fn given(trace: &Value, outlet: &str) -> BTreeSet<u64> {
    let sources = trace["sources"].as_array().unwrap();
    let source = sources.iter().find(|source| source["outlet"] == outlet);
    let paragraphs = source.unwrap_or_else(|| panic!("{outlet} is no source: {trace:#}"));
    let paragraphs = paragraphs["paragraphs"].as_array().unwrap().iter();
    paragraphs.map(|paragraph| paragraph["query"].as_u64().unwrap()).collect()
}

#[test]
fn an_article_made_of_two_wires_shows_both_with_their_paragraphs() {
    let texts = strangers(3);
    let (one, other, own) = (&texts[0], &texts[1], &texts[2]);
    // Own words first, then by turns three of the one and two of the other, in another order than theirs.
    let mixed =
        [&own[0], &one[1], &other[2], &one[3], &own[1], &other[4], &one[2]].map(String::as_str);
    let desk = Desk::new();
    desk.add(&[
        ("first-wire.example", 6, one.join("\n\n").as_str()),
        ("second-wire.example", 7, other.join("\n\n").as_str()),
        ("paper.example", 9, mixed.join("\n\n").as_str()),
    ]);
    let trace = desk.json(&["trace", "https://paper.example/9"]);
    assert_eq!(given(&trace, "first-wire.example"), BTreeSet::from([1, 3, 6]), "{trace:#}");
    assert_eq!(given(&trace, "second-wire.example"), BTreeSet::from([2, 5]), "{trace:#}");
}

/// The outlets of each group.
fn groups(desk: &Desk) -> BTreeSet<BTreeSet<String>> {
    let lines = desk.text(&["clusters", "--format", "jsonl"]);
    lines
        .lines()
        .map(|line| {
            let cluster: Value = serde_json::from_str(line).unwrap();
            let members = cluster["members"].as_array().unwrap().iter();
            let outlet = |url: &Value| url.as_str().unwrap().split('/').nth(2).unwrap().to_owned();
            members.map(outlet).collect()
        })
        .collect()
}

#[test]
fn a_paragraph_of_another_story_chains_no_two_stories_together() {
    let texts = strangers(2);
    let (one, other) = (&texts[0], &texts[1]);
    let mut with_foreign = other.clone();
    with_foreign.insert(2, one[1].clone());
    let half: Vec<String> = one[..2].iter().chain(&other[..2]).cloned().collect();
    let desk = Desk::new();
    desk.add(&[
        ("a.example", 1, one.join("\n\n").as_str()),
        ("b.example", 2, one.join("\n\n").as_str()),
        ("c.example", 3, one[..one.len() - 1].join("\n\n").as_str()),
        ("x.example", 4, other.join("\n\n").as_str()),
        ("y.example", 5, with_foreign.join("\n\n").as_str()),
        ("z.example", 6, other[..other.len() - 1].join("\n\n").as_str()),
        ("half.example", 7, half.join("\n\n").as_str()),
    ]);
    let found = groups(&desk);
    let with = |outlet: &str| found.iter().find(|group| group.contains(outlet)).unwrap();
    for (outlet, others) in
        [("a.example", ["b.example", "c.example"]), ("x.example", ["y.example", "z.example"])]
    {
        assert!(others.iter().all(|other| with(outlet).contains(*other)), "{found:?}");
    }
    assert!(!with("a.example").contains("x.example"), "{found:?}");
}

#[test]
fn what_an_article_no_longer_says_is_marked_as_history_and_is_no_source() {
    let texts = strangers(3);
    let (old, new, own) = (&texts[0], &texts[1], &texts[2]);
    let desk = Desk::new();
    desk.add(&[("wire.example", 6, old.join("\n\n").as_str())]);
    // The same address with another text: the first one is replaced.
    desk.add(&[("wire.example", 6, new.join("\n\n").as_str())]);
    let copied = [own[0].as_str(), old[1].as_str(), old[2].as_str(), own[1].as_str()].join("\n\n");
    desk.add(&[("paper.example", 9, copied.as_str())]);
    let trace = desk.json(&["trace", "https://paper.example/9"]);
    assert_eq!(trace["sources"].as_array().unwrap().len(), 0, "{trace:#}");
    assert_ne!(trace["verdict"], "original", "its words stood in another's article: {trace:#}");
    let says = trace["evidence"].to_string();
    assert!(says.contains("revision 1") && says.contains("replaced"), "{trace:#}");
    let copied = [own[0].as_str(), new[1].as_str(), new[2].as_str(), own[1].as_str()].join("\n\n");
    desk.add(&[("other.example", 10, copied.as_str())]);
    let trace = desk.json(&["trace", "https://other.example/10"]);
    assert_eq!(given(&trace, "wire.example"), BTreeSet::from([1, 2]), "{trace:#}");
    assert!(!trace["evidence"].to_string().contains("replaced"), "{trace:#}");
}
