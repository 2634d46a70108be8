//! Sources in other languages and other words, through the binary, in invented texts of languages that no suite holds:
//! what is copied is found and only that, what is another report of the event is no source.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

fn rows(name: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/crossing").join(name);
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A store of its own, with what was said on stderr.
struct Desk(tempfile::TempDir);

impl Desk {
    fn with(articles: &[&Value]) -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        if !articles.is_empty() {
            desk.run(&["add", &desk.file("filed", articles), "--format", "json"]);
        }
        desk
    }

    fn file(&self, name: &str, articles: &[&Value]) -> String {
        let path = self.0.path().join(name).with_extension("jsonl");
        let lines: Vec<String> = articles.iter().map(ToString::to_string).collect();
        std::fs::write(&path, lines.join("\n")).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn run(&self, arguments: &[&str]) -> (Value, String) {
        let mut command = Command::cargo_bin("copytrail").unwrap();
        command.env_clear().env("COPYTRAIL_DATA", self.0.path()).args(arguments);
        let output = command.output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{arguments:?}: {said}");
        (serde_json::from_slice(&output.stdout).unwrap(), said)
    }

    fn trace(&self, query: &Value, flags: &[&str]) -> (Value, String) {
        let query = self.file("query", &[query]);
        self.run(&[&["trace", &query, "--format", "json"], flags].concat())
    }
}

/// Addresses of a trace's sources.
fn sources(trace: &Value) -> Vec<&str> {
    trace["sources"].as_array().unwrap().iter().filter_map(|s| s["url"].as_str()).collect()
}

/// Numbers of the query's paragraphs that its first source gave.
fn given(trace: &Value) -> Vec<u64> {
    let pairs = trace["sources"][0]["paragraphs"].as_array().unwrap().iter();
    let mut given: Vec<u64> = pairs.filter_map(|pair| pair["query"].as_u64()).collect();
    given.sort_unstable();
    given.dedup();
    given
}

#[test]
fn a_translation_is_found_beside_another_report_of_the_event() {
    for story in rows("languages.jsonl") {
        let [source, report, translation] =
            ["source", "report", "translation"].map(|part| &story[part]);
        let desk = Desk::with(&[source, report]);
        let (trace, _) = desk.trace(translation, &[]);
        assert_eq!(sources(&trace), [source["url"].as_str().unwrap()], "{trace:#}");
        assert_eq!(trace["sources"][0]["relation"], "translated");
        assert_eq!(given(&trace), [0, 1, 2, 3, 4, 5], "{trace:#}");
    }
}

#[test]
fn another_report_of_the_event_is_no_source_in_its_own_language_or_in_another() {
    for story in rows("languages.jsonl") {
        let report = &story["report"];
        for filed in ["source", "translation"] {
            let (trace, _) = Desk::with(&[&story[filed]]).trace(report, &["--any-time"]);
            assert_eq!(sources(&trace), [""; 0], "{}: {trace:#}", report["url"]);
            assert_ne!(trace["verdict"], "unattributed");
        }
    }
    let languages = rows("languages.jsonl");
    for filed in ["source", "translation", "report"] {
        let (trace, _) = Desk::with(&[&languages[0][filed]]).trace(&rows("reports.jsonl")[0], &[]);
        assert_eq!(sources(&trace), [""; 0], "{filed}: {trace:#}");
    }
}

#[test]
fn of_an_article_that_is_half_copied_those_paragraphs_are_named_and_no_others() {
    let articles = rows("half.jsonl");
    let [spanish, with_translated, english, with_rewritten] = &articles[..] else {
        panic!("four articles")
    };
    for (source, half, relation) in
        [(spanish, with_translated, "translated"), (english, with_rewritten, "rewritten")]
    {
        let (trace, _) = Desk::with(&[source]).trace(half, &[]);
        assert_eq!(sources(&trace), [source["url"].as_str().unwrap()], "{trace:#}");
        assert_eq!(trace["sources"][0]["relation"], relation);
        assert_eq!(given(&trace), [2, 3, 4, 5, 6], "{trace:#}");
        let copied = trace["copied"].as_f64().unwrap();
        assert!((0.4..0.75).contains(&copied), "{copied}");
    }
}

#[test]
fn a_share_in_other_words_below_the_presets_is_no_taking() {
    let articles = rows("half.jsonl");
    for (source, half) in [(&articles[0], &articles[1]), (&articles[2], &articles[3])] {
        let desk = Desk::with(&[source]);
        let (trace, _) = desk.trace(half, &["--preset", "whole"]);
        assert_eq!(sources(&trace), [source["url"].as_str().unwrap()], "{trace:#}");
        assert_eq!(trace["verdict"], "unknown", "{trace:#}");
        let says = trace["says"].as_str().unwrap_or_default();
        assert!(says.contains("too little to call it taken"), "{says}");
    }
}

#[test]
fn what_is_turned_off_is_not_looked_for() {
    let articles = rows("half.jsonl");
    for (source, half, off, other) in
        [(0, 1, "--no-translation", "--no-rewriting"), (2, 3, "--no-rewriting", "--no-translation")]
    {
        let desk = Desk::with(&[&articles[source]]);
        assert_eq!(sources(&desk.trace(&articles[half], &[off]).0), [""; 0]);
        assert_eq!(sources(&desk.trace(&articles[half], &[other]).0).len(), 1);
    }
}

#[test]
fn a_source_that_is_not_on_file_is_found_where_it_is_given() {
    let story = &rows("languages.jsonl")[1];
    let desk = Desk::with(&[]);
    let given = desk.file("given", &[&story["source"], &story["report"]]);
    let (trace, _) = desk.trace(&story["translation"], &["--against", &given]);
    assert_eq!(sources(&trace), [story["source"]["url"].as_str().unwrap()], "{trace:#}");
    let (stats, _) = desk.run(&["stats", "--format", "json"]);
    assert_eq!(stats["articles"], 0, "{stats:#}");
}

#[test]
fn who_has_no_dictionaries_is_told_the_line_that_gets_one() {
    let story = &rows("languages.jsonl")[0];
    let (trace, said) = Desk::with(&[&story["source"]]).trace(&story["translation"], &[]);
    assert_eq!(sources(&trace).len(), 1, "the built-in lexicon is enough");
    let line = "`sudo apt install dict-freedict-spa-eng dict-freedict-eng-spa && copytrail lexicon add --system`";
    assert!(said.contains(line), "{said}");
}
