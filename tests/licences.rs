//! Who may use whose copy: twelve cases as a table, and the command that keeps agreements.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod desk;

use std::path::{Path, PathBuf};

use copytrail::credits;
use copytrail::model::{Holder, LicenceCase, LicenceRow, Relation};
use copytrail::tracer;
use desk::Desk;
use serde_json::Value;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/licences").join(name)
}

fn holder(name: &str) -> Holder {
    if let Some(group) = name.strip_prefix("group:") {
        return Holder {
            key: "nordblatt.example".into(),
            group: Some(group.into()),
            ..Holder::default()
        };
    }
    let outlet = credits::outlet(None, Some(name));
    Holder {
        key: outlet.key,
        name: outlet.name,
        agency: outlet.agency,
        group: outlet.group,
        kind: outlet.kind,
    }
}

/// The agreements as the command keeps them.
fn agreements(desk: &Desk) -> Vec<LicenceRow> {
    let file = fixture("agreements.csv");
    desk.text(&["licences", "import", &file.to_string_lossy()]);
    serde_json::from_value(desk.json(&["licences", "list"])["licences"].clone()).unwrap()
}

#[test]
fn twelve_cases() {
    let desk = Desk::new();
    let agreements = agreements(&desk);
    assert_eq!(agreements.len(), 8);
    let table = std::fs::read_to_string(fixture("cases.tsv")).unwrap();
    let rows: Vec<Vec<&str>> = table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
        .collect();
    assert_eq!(rows.len(), 12);
    for row in rows {
        let [name, user, day, stations, services, terms, relation, expected] = row[..] else {
            panic!("eight cells, not {row:?}")
        };
        let words = |cell: &str| cell.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let relation: Relation = serde_json::from_value(Value::from(relation)).unwrap();
        let case = LicenceCase {
            user: holder(user),
            day: Some(day.to_owned()),
            stations: stations.split('>').map(holder).collect(),
            services: words(services),
            terms: words(terms),
            relation: Some(relation),
        };
        let found = serde_json::to_value(tracer::licence(&case, &agreements)).unwrap();
        assert_eq!(found.as_str().unwrap_or("-"), expected, "{name}");
    }
}

#[test]
fn without_a_date_an_agreement_with_bounds_says_nothing() {
    let agreements = agreements(&Desk::new());
    let case = LicenceCase {
        user: holder("lautertal.example"),
        stations: vec![holder("dpa")],
        ..LicenceCase::default()
    };
    assert_eq!(tracer::licence(&case, &agreements), None);
}

#[test]
fn agreements_go_in_and_come_out_as_csv() {
    let desk = Desk::new();
    agreements(&desk);
    let csv = desk.text(&["licences", "list", "--format", "csv"]);
    let other = Desk::new();
    let file = other.path("again.csv");
    std::fs::write(&file, &csv).unwrap();
    other.text(&["licences", "import", &file.to_string_lossy()]);
    assert_eq!(other.text(&["licences", "list", "--format", "csv"]), csv);
    other.text(&["licences", "set", "lautertal.example", "afp", "--onward"]);
    assert_eq!(other.json(&["licences", "list", "afp"])["licences"].as_array().unwrap().len(), 2);
    other.text(&["licences", "set", "lautertal.example", "afp", "--remove"]);
    assert_eq!(other.text(&["licences", "list", "--format", "csv"]), csv);
}

#[test]
fn a_bad_line_is_refused_by_number_and_the_rest_goes_in() {
    let desk = Desk::new();
    let file = desk.path("bad.csv");
    std::fs::write(
        &file,
        "user;owner;to\na.example;dpa;31.31.2025\n;dpa;\nb.example;afp;2025-12-31\n",
    )
    .unwrap();
    let output = desk.command().args(["licences", "import"]).arg(&file).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("line 2") && said.contains("line 3"), "{said}");
    assert_eq!(desk.json(&["licences", "list"])["licences"].as_array().unwrap().len(), 1);
}
