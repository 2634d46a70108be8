//! Slow: the tables as pandas (pyarrow) and R read them, R the Parquet ones with arrow or nanoparquet. Where one cannot
//! be had its test says so and passes.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const CASE: &[&str] =
    &["wire.jsonl", "hellwalder-kurier.html", "luebecker-rundschau.txt", "nordblick24.jsonl"];
const TABLES: &[&str] = &["articles", "edges", "matches", "credits", "verdicts"];

/// Reads each table in both forms and compares them, then counts what a study would.
const PANDAS: &str = r#"
import sys, pandas as pd
folder = sys.argv[1]
for name in ["articles", "edges", "matches", "credits", "verdicts"]:
    p = pd.read_parquet(f"{folder}/{name}.parquet")
    c = pd.read_csv(f"{folder}/{name}.csv")
    assert list(p.columns) == list(c.columns), name
    assert len(p) == len(c) > 0, (name, len(p), len(c))
    for column in p.columns:
        if column.endswith("_at"):
            assert str(p[column].dtype).startswith("datetime64"), (name, column, p[column].dtype)
        elif p[column].dtype == "float64" and c[column].notna().any():
            assert (p[column].fillna(-1) - c[column].astype(float).fillna(-1)).abs().max() < 1e-9, (name, column)
edges = pd.read_parquet(f"{folder}/edges.parquet")
assert edges["share"].between(0, 1).all() and edges["parent"].dtype == bool
articles = pd.read_parquet(f"{folder}/articles.parquet")
joined = edges.merge(articles, left_on="to_id", right_on="id")
assert len(joined) == len(edges)
print("read", len(edges), "edges")
"#;

/// Base R reads the CSV files; the Parquet ones need a package that Debian does not have.
const R: &str = r#"
folder <- commandArgs(trailingOnly = TRUE)[1]
parquet <- if (requireNamespace("arrow", quietly = TRUE)) arrow::read_parquet else
  if (requireNamespace("nanoparquet", quietly = TRUE)) nanoparquet::read_parquet
for (name in c("articles", "edges", "matches", "credits", "verdicts")) {
  c <- read.csv(file.path(folder, paste0(name, ".csv")), encoding = "UTF-8")
  stopifnot(nrow(c) > 0)
  if (is.null(parquet)) next
  p <- as.data.frame(parquet(file.path(folder, paste0(name, ".parquet"))))
  stopifnot(identical(names(p), names(c)), nrow(p) == nrow(c))
}
edges <- read.csv(file.path(folder, "edges.csv"))
articles <- read.csv(file.path(folder, "articles.csv"))
stopifnot(is.numeric(edges$share), all(edges$share >= 0 & edges$share <= 1), is.numeric(edges$hours))
stopifnot(all(edges$parent %in% c("true", "false")), !is.na(as.POSIXct(edges$to_published_at[1], format = "%Y-%m-%dT%H:%M")))
stopifnot(nrow(merge(edges, articles, by.x = "to_id", by.y = "id")) == nrow(edges))
if (!is.null(parquet)) {
  edges <- as.data.frame(parquet(file.path(folder, "edges.parquet")))
  stopifnot(is.numeric(edges$share), is.logical(edges$parent), inherits(edges$to_published_at, "POSIXct"))
}
cat("read", nrow(edges), "edges", if (is.null(parquet)) "from CSV alone: neither arrow nor nanoparquet is there", "\n")
"#;

/// A folder with all tables of the translated story in both forms.
fn tables() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_copytrail"))
            .env("COPYTRAIL_DATA", folder.path())
            .args(args)
            .output()
            .unwrap();
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    };
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/cases/translated-chain");
    for file in CASE {
        run(&["add", &case.join(file).to_string_lossy()]);
    }
    run(&["trace", "--all"]);
    for table in TABLES {
        for format in ["csv", "parquet"] {
            let file = folder.path().join(format!("{table}.{format}"));
            let file = file.to_string_lossy();
            run(&["export", "--table", table, "--format", format, "--output", &file]);
        }
    }
    folder
}

fn succeeds(program: &Path, args: &[&str]) -> bool {
    Command::new(program).args(args).output().is_ok_and(|output| output.status.success())
}

/// A Python with pandas and pyarrow, installed once.
fn python() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("tables");
    let python = root.join("bin/python");
    if succeeds(&python, &["-c", "import pandas, pyarrow"]) {
        return Some(python);
    }
    let _ = fs::remove_dir_all(&root);
    let venv = root.to_string_lossy().into_owned();
    let install =
        ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "pandas", "pyarrow"];
    let made =
        succeeds(Path::new("python3"), &["-m", "venv", &venv]) && succeeds(&python, &install);
    made.then_some(python)
}

fn reads(program: &Path, script: (&str, &str), folder: &Path) {
    let path = folder.join(script.0);
    fs::write(&path, script.1).unwrap();
    let output = Command::new(program).arg(&path).arg(folder).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    let read = String::from_utf8_lossy(&output.stdout).into_owned();
    println!("{read}");
    assert!(read.starts_with("read "), "{said}");
}

#[test]
fn pandas_reads_every_table() {
    let Some(python) = python() else {
        println!(
            "skipped: pandas and pyarrow cannot be installed (no python3, or no way to its registry)"
        );
        return;
    };
    let folder = tables();
    reads(&python, ("read.py", PANDAS), folder.path());
}

#[test]
fn r_reads_every_table() {
    let r = Path::new("Rscript");
    if !succeeds(r, &["-e", "1"]) {
        println!("skipped: R is not installed");
        return;
    }
    let folder = tables();
    reads(r, ("read.R", R), folder.path());
}
