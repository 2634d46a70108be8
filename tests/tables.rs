//! Tables for other programs: the frozen schema, and what the rows say of a small store, in CSV and in Parquet.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use serde_json::json;

const CRANE: &str = "The harbour board said on Monday that the crane at the north pier will stay where it is until the \
    insurers have looked at the damage, and that the ferry to Norderhaven leaves from the south quay for the time being.\n\n\
    Nobody was hurt when the jib came down on a row of parked vans shortly after six in the morning, the fire brigade \
    reported; two of the drivers had left for breakfast a few minutes before.";

type Row = BTreeMap<String, String>;

struct Desk(tempfile::TempDir);

impl Desk {
    /// A wire's item, a paper that ran it with a credit and one that ran it by a day's date, all traced.
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        let line = |outlet: &str, id: &str, published: &str, credit: &str| {
            json!({
                "url": format!("https://{outlet}/crane"), "id": id, "outlet": outlet, "language": "en",
                "title": "=Crane, \"down\"", "published": published, "text": format!("{CRANE}{credit}"),
                "section": "harbour", "rank": 7,
            })
            .to_string()
        };
        let lines = [
            line("reuters.com", "r-1", "2025-05-16T08:00:00Z", ""),
            line("paper.example", "p-1", "2025-05-16T11:30:00+02:00", "\n\nSource: Reuters"),
            line("gazette.example", "g-1", "2025-05-18", ""),
        ];
        let path = desk.path("in.jsonl");
        std::fs::write(&path, lines.join("\n")).unwrap();
        desk.run(&["add", &path.to_string_lossy()]);
        desk.run(&["trace", "--all"]);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, args: &[&str]) -> String {
        let mut command = Command::cargo_bin("copytrail").unwrap();
        command.env_clear().env("COPYTRAIL_DATA", self.0.path());
        let output = command.args(args).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{args:?}: {said}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn csv(&self, table: &str) -> Vec<Row> {
        let text = self.run(&["export", "--table", table]);
        csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
    }

    fn parquet(&self, table: &str) -> Vec<Row> {
        let path = self.path(&format!("{table}.parquet"));
        let file = path.to_string_lossy().into_owned();
        self.run(&["export", "--table", table, "--format", "parquet", "--output", &file]);
        rows_of(&path)
    }
}

/// The rows of a Parquet file, written as CSV has them.
fn rows_of(path: &Path) -> Vec<Row> {
    let reader = SerializedFileReader::new(File::open(path).unwrap()).unwrap();
    let rows = reader.get_row_iter(None).unwrap();
    rows.map(|row| row.unwrap().get_column_iter().map(written).collect()).collect()
}

fn written((name, field): (&String, &Field)) -> (String, String) {
    let text = match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Long(number) => number.to_string(),
        Field::Double(number) => number.to_string(),
        Field::Bool(truth) => truth.to_string(),
        Field::TimestampMicros(at) => jiff::Timestamp::from_microsecond(*at).unwrap().to_string(),
        other => panic!("{name}: {other:?}"),
    };
    (name.clone(), text)
}

#[test]
fn the_schema_is_frozen() {
    let desk = Desk(tempfile::tempdir().unwrap());
    insta::assert_snapshot!("dictionary", desk.run(&["export", "--dictionary"]));
}

#[test]
fn both_forms_of_every_table_hold_the_same() {
    let desk = Desk::new();
    for table in ["articles", "edges", "matches", "credits", "verdicts"] {
        let rows = desk.csv(table);
        assert!(!rows.is_empty(), "{table}");
        assert_eq!(rows, desk.parquet(table), "{table}");
    }
}

#[test]
fn articles_carry_the_users_own_keys() {
    let rows = Desk::new().csv("articles");
    assert_eq!(rows.len(), 3);
    let paper = rows.iter().find(|row| row["user_id"] == "p-1").unwrap();
    assert_eq!(paper["title"], "=Crane, \"down\"", "tables hold texts as they are");
    assert_eq!(paper["published"], "2025-05-16T11:30:00+02:00");
    assert_eq!(paper["published_at"], "2025-05-16T09:30:00Z");
    assert_eq!(paper["published_day_only"], "false");
    assert_eq!(paper["extra"], r#"{"rank":7,"section":"harbour"}"#);
    assert_eq!(
        rows.iter().find(|row| row["user_id"] == "g-1").unwrap()["published_day_only"],
        "true"
    );
}

#[test]
fn edges_go_from_source_to_copy_with_share_and_hours() {
    let rows = Desk::new().csv("edges");
    let edge = |from: &str, to: &str| {
        let found = rows.iter().find(|r| r["from_user_id"] == from && r["to_user_id"] == to);
        found.cloned().unwrap_or_else(|| panic!("{from} to {to}: {rows:#?}"))
    };
    let credited = edge("r-1", "p-1");
    assert_eq!(credited["hours"], "1.5");
    assert_eq!(credited["from"], "https://reuters.com/crane");
    assert_eq!(credited["to"], "https://paper.example/crane");
    assert_eq!(credited["parent"], "true");
    assert!(credited["share"].parse::<f64>().unwrap() > 0.95, "{credited:?}");
    assert_eq!(edge("r-1", "g-1")["hours"], "48", "days count whole");
}

#[test]
fn verdicts_and_credits_name_the_origin() {
    let desk = Desk::new();
    let verdicts = desk.csv("verdicts");
    let paper = verdicts.iter().find(|row| row["user_id"] == "p-1").unwrap();
    assert_eq!(
        (paper["verdict"].as_str(), paper["origin_agency"].as_str()),
        ("attributed", "reuters")
    );
    assert_eq!(paper["origin_named"], "true");
    let credits = desk.csv("credits");
    assert_eq!(credits.len(), 1, "{credits:?}");
    assert_eq!(credits[0]["agency"], "reuters");
    assert_eq!(credits[0]["user_id"], "p-1");
}

#[test]
fn a_table_of_chosen_articles() {
    let desk = Desk::new();
    let text = desk.run(&["export", "--table", "verdicts", "--outlet", "paper.example"]);
    assert_eq!(text.lines().count(), 2, "{text}");
}

#[test]
fn what_has_not_been_traced_is_said_and_no_half_table_is_left() {
    let desk = Desk(tempfile::tempdir().unwrap());
    let input = desk.path("in.txt");
    std::fs::write(&input, CRANE).unwrap();
    desk.run(&["add", &input.to_string_lossy(), "--outlet", "paper.example"]);
    let mut command = Command::cargo_bin("copytrail").unwrap();
    command.env_clear().env("COPYTRAIL_DATA", desk.0.path());
    let output = command.args(["export", "--table", "edges"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        said.contains("1 articles on file have no trace") && said.contains("trace --all"),
        "{said}"
    );
    let gone = desk.path("nowhere/edges.csv");
    let mut command = Command::cargo_bin("copytrail").unwrap();
    command.env_clear().env("COPYTRAIL_DATA", desk.0.path());
    let output = command
        .args(["export", "--table", "edges", "--output", &gone.to_string_lossy()])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
}
