//! An article that its site cuts into pages is one article, whichever page came first.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::path::Path;

use serde_json::Value;

fn run(home: &Path, args: &[&str]) -> String {
    let mut command = assert_cmd::Command::cargo_bin("copytrail").unwrap();
    let output = command.env_clear().env("COPYTRAIL_DATA", home).args(args).output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{args:?}: {err}");
    String::from_utf8(output.stdout).unwrap()
}

fn rows(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

const STORY: [&str; 6] = [
    "The old pilot cutter that lay in the mud behind the customs house for thirty years sails again since Saturday, under the red topsail that \
     her last owner had kept dry in a barn. Some four hundred people stood along the mole when she passed the light at the harbour mouth.",
    "Seven retired shipwrights had worked on her for eleven winters. They replaced every second frame, cast a new keel of nine tons, and learnt \
     to bend oak planks over a steam box that the eldest of them remembered from his apprenticeship in another century.",
    "The money came from a lottery, two bakeries and the sale of the rotten planks, sawn into boards for cheese. The town gave the berth and \
     nothing else, as its treasurer told the meeting at which the plan was first laid before the council and laughed out of the room.",
    "Her first voyage goes to the island where she was stationed before the war. The log of those days has survived, and with it the names of \
     the ships that she met in fog: barques with nitrate, a Finnish four-master, and one steamer whose captain refused to pay the pilotage.",
    "On board sails a class from the grammar school, whose pupils have sewn the signal flags. They will take soundings off the northern bank \
     with a lead line and compare them with the chart of 1911, on which the channel runs half a mile farther to the west than it does today.",
    "In autumn the cutter is to go into the ice harbour, where the shipwrights mean to build a shed over her. The eldest of them does not want \
     to wait for that: he has found a fishing smack in a garden, with a pear tree growing through her deck, and has asked for the price.",
];

/// Page `number` of the paper's article: two paragraphs each; later pages repeat the headline and the standfirst.
fn page(home: &Path, number: usize) -> String {
    let first = "https://www.quay.example/cutter";
    let url = if number == 1 { first.to_owned() } else { format!("{first}/{number}") };
    // Of page 3 only the page before it says whose it is.
    let links = match number {
        2 => format!("<link rel=canonical href={first}>"),
        3 => format!("<link rel=canonical href={url}><link rel=prev href={first}/2>"),
        _ => String::new(),
    };
    let at = (number - 1) * 2;
    let credit = if number == 3 { "<p>Source: dpa</p>" } else { "" };
    let text = format!(
        "<!doctype html><html lang=en><head><title>A cutter sails again</title>{links}<meta property=og:url content={url}>\
         <meta property=article:published_time content=2026-03-04T08:00:00Z></head><body><article><h1>A cutter sails again</h1>\
         <p>{}</p><p>{}</p>{credit}</article></body></html>",
        STORY[at],
        STORY[at + 1]
    );
    let path = home.join(format!("page{number}.html"));
    std::fs::write(&path, text).unwrap();
    path.to_string_lossy().into_owned()
}

/// The store after these inputs, one by one; the last is another paper's copy of the whole article.
fn store(order: [usize; 3]) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let copy = home.path().join("copy.jsonl");
    let row = serde_json::json!({
        "url": "https://copycat.example/9", "title": "Cutter back at sea", "language": "en",
        "published": "2026-03-05T09:00:00Z", "paragraphs": STORY,
    });
    std::fs::write(&copy, row.to_string()).unwrap();
    for number in order {
        run(home.path(), &["add", "-q", &page(home.path(), number)]);
    }
    run(home.path(), &["add", "-q", &copy.to_string_lossy()]);
    home
}

/// What is told of the article and its copy, without the store's numbers.
fn told(home: &Path) -> Vec<Value> {
    let mut all = Vec::new();
    for what in [
        "https://www.quay.example/cutter",
        "https://www.quay.example/cutter/2",
        "https://www.quay.example/cutter/3",
        "https://copycat.example/9",
    ] {
        let mut report = rows(&run(home, &["trace", what, "--format", "jsonl"])).remove(0);
        report["thresholds"] = Value::Null;
        for key in ["id", "file"] {
            report["query"][key] = Value::Null;
        }
        for source in report["sources"].as_array_mut().unwrap() {
            source["id"] = Value::Null;
        }
        for key in ["origin", "origins", "chain", "chains", "related"] {
            report[key] = Value::Null;
        }
        all.push(report);
    }
    all
}

#[test]
fn pages_are_one_article_in_whatever_order_they_came() {
    let forwards = store([1, 2, 3]);
    let home = forwards.path();
    let reports = told(home);
    for report in &reports[..3] {
        assert_eq!(report["query"]["url"], "https://www.quay.example/cutter", "{report:#}");
        assert_eq!(report["query"]["paragraphs"], 7, "{report:#}");
        assert_eq!(report["credits"][0]["agency"], "dpa", "{report:#}");
        assert_eq!(report["credits"][0]["paragraph"], 6, "{report:#}");
    }
    let copy = &reports[3];
    assert_eq!(copy["sources"].as_array().unwrap().len(), 1, "{copy:#}");
    assert_eq!(copy["sources"][0]["url"], "https://www.quay.example/cutter");
    assert!(copy["copied"].as_f64().unwrap() > 0.98, "{copy:#}");
    let pairs = copy["sources"][0]["paragraphs"].as_array().unwrap();
    assert_eq!(pairs.len(), 6, "{copy:#}");
    assert_eq!((&pairs[5]["query"], &pairs[5]["source"]), (&5.into(), &5.into()), "{copy:#}");

    assert_eq!(rows(&run(home, &["list", "--format", "jsonl"])).len(), 2);
    let clusters = rows(&run(home, &["clusters", "--format", "jsonl"]));
    assert_eq!(clusters.len(), 1, "{clusters:#?}");
    assert_eq!(clusters[0]["members"].as_array().unwrap().len(), 2, "{clusters:#?}");
    let table = run(home, &["export", "--table", "articles"]);
    assert_eq!(table.lines().count(), 3, "{table}");
    run(home, &["check", "--recompute"]);

    for order in [[3, 2, 1], [2, 3, 1]] {
        let again = store(order);
        assert_eq!(told(again.path()), reports, "{order:?}");
    }
}

#[test]
fn a_page_whose_first_is_not_on_file_stands_for_itself() {
    let home = tempfile::tempdir().unwrap();
    run(home.path(), &["add", "-q", &page(home.path(), 2)]);
    let listed = rows(&run(home.path(), &["list", "--format", "jsonl"]));
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0]["url"], "https://www.quay.example/cutter/2");
}
