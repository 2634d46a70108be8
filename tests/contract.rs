//! The contract of the JSON: every key that users rely on is there, with its type, and times as they were given.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

const EXTRACT: &[(&str, &str)] = &[
    ("schema", "string"),
    ("file", "string"),
    ("url", "string?"),
    ("outlet", "string?"),
    ("title", "string?"),
    ("byline", "list"),
    ("published", "string?"),
    ("modified", "string?"),
    ("language", "string?"),
    ("kind", "string"),
    ("paragraphs", "list"),
    ("credits", "list"),
];
const CREDIT: &[(&str, &str)] = &[
    ("agency", "string?"),
    ("name", "string"),
    ("role", "string"),
    ("text", "string"),
    ("paragraph", "number?"),
];
const TRACE: &[(&str, &str)] = &[
    ("schema", "string"),
    ("query", "object"),
    ("searched", "object"),
    ("verdict", "string"),
    ("attribution", "object?"),
    ("copied", "number"),
    ("origin", "object?"),
    ("origins", "list"),
    ("chain", "list"),
    ("chains", "list"),
    ("sources", "list"),
    ("related", "list"),
    ("leads", "list"),
    ("credits", "list"),
    ("evidence", "list"),
];
const QUERY: &[(&str, &str)] = &[
    ("url", "string?"),
    ("id", "number?"),
    ("outlet", "string?"),
    ("title", "string?"),
    ("published", "string?"),
    ("language", "string?"),
    ("paragraphs", "number"),
];
const SEARCHED: &[(&str, &str)] = &[
    ("articles", "number"),
    ("outlets", "number"),
    ("from", "string?"),
    ("to", "string?"),
    ("languages", "list"),
];
const ATTRIBUTION: &[(&str, &str)] = &[
    ("origin_named", "bool"),
    ("source_named", "bool"),
    ("basis", "string"),
    ("looked_in", "list"),
    ("licence", "string?"),
];
const ORIGIN: &[(&str, &str)] = &[
    ("outlet", "string?"),
    ("agency", "string?"),
    ("url", "string?"),
    ("id", "number?"),
    ("published", "string?"),
    ("on_file", "bool"),
    ("confidence", "number"),
    ("share", "number"),
];
const NODE: &[(&str, &str)] = &[
    ("outlet", "string?"),
    ("agency", "string?"),
    ("url", "string?"),
    ("id", "number?"),
    ("published", "string?"),
    ("on_file", "bool"),
    ("relation", "string"),
    ("confidence", "number"),
];
const SOURCE: &[(&str, &str)] = &[
    ("url", "string"),
    ("id", "number?"),
    ("outlet", "string?"),
    ("title", "string?"),
    ("published", "string?"),
    ("language", "string?"),
    ("relation", "string"),
    ("copied", "number"),
    ("of_source", "number"),
    ("score", "number"),
    ("paragraphs", "list"),
];
const PAIR: &[(&str, &str)] =
    &[("query", "number"), ("source", "number"), ("relation", "string"), ("score", "number")];
const RELATED: &[(&str, &str)] = &[
    ("url", "string"),
    ("id", "number?"),
    ("outlet", "string?"),
    ("title", "string?"),
    ("published", "string?"),
    ("language", "string?"),
    ("says", "string"),
];
const LEAD: &[(&str, &str)] =
    &[("kind", "string"), ("query", "string"), ("url", "string?"), ("says", "string")];
const EVIDENCE: &[(&str, &str)] = &[
    ("kind", "string"),
    ("for", "string"),
    ("about", "string?"),
    ("weight", "number"),
    ("says", "string"),
];
const CLUSTER: &[(&str, &str)] =
    &[("schema", "string"), ("cluster", "number"), ("origin", "string?"), ("members", "list")];

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    }
}

fn holds(value: &Value, keys: &[(&str, &str)], at: &str) {
    let object = value.as_object().unwrap_or_else(|| panic!("{at} is no object: {value:#}"));
    for (key, wanted) in keys {
        let found = object.get(*key).unwrap_or_else(|| panic!("{at} has no {key}: {value:#}"));
        let fits = kind(found) == wanted.trim_end_matches('?')
            || (wanted.ends_with('?') && found.is_null());
        assert!(fits, "{at}: {key} is {found}, not {wanted}");
    }
}

/// Each of a list's items; gives how many there are.
fn each(list: &Value, keys: &[(&str, &str)], at: &str) -> usize {
    let list = list.as_array().unwrap_or_else(|| panic!("{at} is no list: {list:#}"));
    for item in list {
        holds(item, keys, at);
    }
    list.len()
}

fn one_of(value: &Value, words: &[&str]) {
    assert!(
        value.as_str().is_some_and(|word| words.contains(&word)),
        "{value} is none of {words:?}"
    );
}

fn trace(value: &Value) {
    holds(value, TRACE, "trace");
    assert_eq!(value["schema"], "copytrail.trace/1");
    holds(&value["query"], QUERY, "query");
    holds(&value["searched"], SEARCHED, "searched");
    let verdicts = ["original", "attributed", "misattributed", "unattributed", "unknown"];
    one_of(&value["verdict"], &verdicts);
    if !value["attribution"].is_null() {
        holds(&value["attribution"], ATTRIBUTION, "attribution");
        one_of(&value["attribution"]["basis"], &["claimed", "verified", "contradicted"]);
    }
    if !value["origin"].is_null() {
        holds(&value["origin"], ORIGIN, "origin");
        assert_eq!(value["origin"], value["origins"][0]);
        assert_eq!(value["chain"], value["chains"][0]);
    }
    let origins = each(&value["origins"], ORIGIN, "origins");
    assert_eq!(value["chains"].as_array().unwrap().len(), origins, "a chain for each origin");
    each(&value["chain"], NODE, "chain");
    for node in value["chain"].as_array().unwrap() {
        let relations = ["exact", "edited", "excerpt", "rewritten", "translated", "credited"];
        one_of(&node["relation"], &relations);
    }
    each(&value["sources"], SOURCE, "sources");
    for source in value["sources"].as_array().unwrap() {
        each(&source["paragraphs"], PAIR, "paragraphs");
        for pair in source["paragraphs"].as_array().unwrap() {
            one_of(&pair["relation"], &["exact", "near", "partial", "rewritten", "translated"]);
        }
    }
    each(&value["related"], RELATED, "related");
    each(&value["leads"], LEAD, "leads");
    each(&value["credits"], CREDIT, "credits");
    each(&value["evidence"], EVIDENCE, "evidence");
    for evidence in value["evidence"].as_array().unwrap() {
        one_of(&evidence["for"], &["parent", "origin", "direction", "attribution"]);
    }
}

fn lines(home: &Path, args: &[&str]) -> Vec<Value> {
    let mut command = Command::cargo_bin("copytrail").unwrap();
    command.env_clear().env("COPYTRAIL_DATA", home).args(args).args(["--format", "jsonl"]);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The pages of a story, in order of their names.
fn pages(story: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/cases").join(story);
    let mut pages: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().to_string_lossy().into_owned())
        .filter(|path| !path.ends_with("expected.json"))
        .collect();
    pages.sort();
    pages
}

#[test]
fn extract_trace_and_clusters_hold_to_the_contract() {
    let home = tempfile::tempdir().unwrap();
    let pages: Vec<String> = ["wire-and-papers", "translated-chain", "two-wires"]
        .iter()
        .flat_map(|s| pages(s))
        .collect();
    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    let extracts = lines(home.path(), &[&["extract"], &pages[..]].concat());
    assert!(extracts.len() > pages.len(), "a file of two articles gives two lines");
    let mut credits = 0;
    for extract in &extracts {
        holds(extract, EXTRACT, "extract");
        assert_eq!(extract["schema"], "copytrail.extract/1");
        assert!(extract["paragraphs"].as_array().unwrap().iter().all(Value::is_string));
        credits += each(&extract["credits"], CREDIT, "credits");
    }
    assert!(credits > 2, "the stories have credits");
    let wire = extracts.iter().find(|e| e["published"] == "2025-05-13T10:24:00+02:00");
    assert!(wire.is_some(), "a time keeps the offset it was given with");

    // Nothing on file: credits and leads.
    lines(home.path(), &[&["trace"], &pages[..]].concat()).iter().for_each(trace);
    lines(home.path(), &[&["add"], &pages[..]].concat());
    let traces = lines(home.path(), &["trace", "--all"]);
    assert_eq!(traces.len(), extracts.len());
    traces.iter().for_each(trace);
    for list in ["sources", "chain", "origins", "credits", "evidence"] {
        let filled = traces.iter().any(|t| !t[list].as_array().unwrap().is_empty());
        assert!(filled, "no trace has {list}, so nothing was checked");
    }
    let clusters = lines(home.path(), &["clusters"]);
    assert!(!clusters.is_empty());
    for cluster in &clusters {
        holds(cluster, CLUSTER, "cluster");
        let members = cluster["members"].as_array().unwrap();
        assert!(members.len() > 1 && members.iter().all(Value::is_string));
        let origin = &cluster["origin"];
        assert!(origin.is_null() || members.contains(origin));
    }
}

#[test]
fn a_trace_without_an_address_names_the_article_by_its_number() {
    let home = tempfile::tempdir().unwrap();
    let page = pages("wire-and-papers").into_iter().find(|p| p.ends_with("inselrundschau.txt"));
    let page = page.unwrap();
    let given = ["--outlet", "Inselrundschau", "--published", "2025-05-14"];
    lines(home.path(), &[&["add", &page][..], &given].concat());
    let query = ["trace", &page, "--outlet", "Elsewhere", "--published", "2025-05-15"];
    let traced = lines(home.path(), &query).remove(0);
    assert_eq!(traced["sources"][0]["url"], "id:1", "{traced:#}");
    assert_eq!(lines(home.path(), &["trace", "1"])[0]["query"]["id"], 1);
}
