//! Slow
//! The weights in db/model are what the tables of numbers beside them give: a clean clone refits them to the digit.
//!
//! `COPYTRAIL_FIT=write cargo test --test fit` writes the weights anew from the tables, and
//! `COPYTRAIL_FIT=collect cargo test --release --test fit` first makes the tables from the shared suites, by asking the
//! binary with `trace --explain`. The tables hold numbers only, no texts.

#![expect(clippy::unwrap_used, reason = "a table that cannot be read fails the test")]

mod cascades;
#[path = "fit/collect.rs"]
mod collect;
#[path = "fit/folds.rs"]
mod folds;
#[path = "fit/halves.rs"]
mod halves;
#[path = "crowd/others.rs"]
mod others;
#[path = "fit/regression.rs"]
mod regression;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use cascades::dice;
use folds::Candidate;
use regression::{Group, conditional, logistic};

fn model(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("db/model").join(name)
}

fn wish(what: &str) -> bool {
    std::env::var("COPYTRAIL_FIT").is_ok_and(|wish| wish == what || wish == "collect")
}

/// Header, and rows of a key and numbers.
fn table(name: &str) -> (Vec<String>, Vec<(String, Vec<f64>)>) {
    let text = std::fs::read_to_string(model(name)).unwrap();
    let mut lines = text.lines().filter(|line| !line.starts_with('#'));
    let header = lines.next().unwrap().split('\t').skip(1).map(String::from).collect();
    let rows = lines
        .map(|line| {
            let (key, numbers) = line.split_once('\t').unwrap();
            (key.to_owned(), numbers.split('\t').map(|n| n.parse().unwrap()).collect())
        })
        .collect();
    (header, rows)
}

/// Writes the weights where that is wished, and holds those on file to the fitted ones.
fn hold(name: &str, about: &str, fitted: &[(String, f64)]) {
    let lines: Vec<String> = fitted.iter().map(|(name, w)| format!("{name}\t{w:.6}")).collect();
    hold_lines(name, about, &lines.join("\n"));
}

fn hold_lines(name: &str, about: &str, text: &str) {
    if wish("write") {
        std::fs::write(model(name), format!("# {about}\n{text}\n")).unwrap();
    }
    let written = std::fs::read_to_string(model(name)).unwrap();
    let on_file: Vec<&str> = written.lines().filter(|line| !line.starts_with('#')).collect();
    let on_file = on_file.join("\n");
    assert_eq!(on_file, text, "db/model/{name} is not what its table gives");
}

#[test]
fn the_crossing_weights_are_fitted() {
    if wish("collect") {
        collect::crossing(&model("crossing_numbers.tsv"));
    }
    let (header, rows) = table("crossing_numbers.tsv");
    let answers: Vec<bool> = rows.iter().map(|(_, numbers)| numbers[0] > 0.5).collect();
    let figures: Vec<Vec<f64>> = rows.iter().map(|(_, numbers)| numbers[1..].to_vec()).collect();
    let fitted: Vec<(String, f64)> =
        header[1..].iter().cloned().zip(logistic(&figures, &answers)).collect();
    hold(
        "crossing.tsv",
        "Weights of src/tracer/crossing/score.rs, by tests/fit.rs from crossing_numbers.tsv, 2026-11-24.",
        &fitted,
    );
}

/// `cargo test --test fit a_source_is_named -- --nocapture` prints the grid that the threshold is chosen from.
#[test]
fn a_source_is_named_from_where_at_most_one_query_in_a_hundred_gets_a_false_one() {
    let (header, rows) = table("crossing_numbers.tsv");
    let articles = header[1..].iter().position(|name| name == "log_articles").unwrap();
    let candidates: Vec<Candidate> = rows
        .into_iter()
        .map(|(query, numbers)| Candidate {
            story: query.split('/').next().unwrap().parse().unwrap(),
            query,
            right: numbers[0] > 0.5,
            figures: numbers[1..].to_vec(),
        })
        .collect();
    let grid = folds::grid(&candidates, articles);
    for (probability, shares) in &grid {
        for (store, share) in ["small", "large"].iter().zip(shares) {
            println!(
                "ten-fold, named from {probability:.2}, {store} store: {} of {} sources; false {} of {} queries ({:.2} %), {} of them where none is on file",
                share.right,
                share.with_source,
                share.wrong,
                share.queries,
                100.0 * share.of_false(),
                share.none_on_file,
            );
        }
    }
    let named = copytrail::model::Thresholds::default().name_source;
    assert_eq!(folds::lowest(&grid), Some(named));
}

#[test]
fn the_derivation_weights_are_fitted() {
    if wish("collect") {
        collect::derivation(&model("derivation_numbers.tsv"));
    }
    let (header, rows) = table("derivation_numbers.tsv");
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for (query, numbers) in rows {
        let group = groups.entry(query).or_default();
        if numbers[0] > 0.5 {
            group.right = group.choices.len();
        }
        group.choices.push(numbers[1..].to_vec());
    }
    let groups: Vec<Group> = groups.into_values().collect();
    let fitted: Vec<(String, f64)> =
        header[1..].iter().cloned().zip(conditional(&groups)).collect();
    hold(
        "derivation.tsv",
        "Weights of src/tracer/weights.rs, by tests/fit.rs from derivation_numbers.tsv, 2026-11-24.",
        &fitted,
    );
}

/// Rows of a curve below which it stays as it is.
const FEW: usize = 40;

#[test]
fn the_probabilities_are_calibrated() {
    if wish("collect") {
        let [edges, curves, reasons] =
            ["edge_numbers.tsv", "calibration_numbers.tsv", "verdict_numbers.tsv"].map(model);
        collect::calibration(&edges, &curves, &reasons);
    }
    let (header, rows) = table("edge_numbers.tsv");
    let answers: Vec<bool> = rows.iter().map(|(_, numbers)| numbers[0] > 0.5).collect();
    let figures: Vec<Vec<f64>> = rows.iter().map(|(_, numbers)| numbers[1..].to_vec()).collect();
    let fitted: Vec<(String, f64)> =
        header[1..].iter().cloned().zip(logistic(&figures, &answers)).collect();
    hold(
        "edge.tsv",
        "Weights of src/tracer/calibration.rs for edges, by tests/fit.rs from edge_numbers.tsv, 2026-11-24.",
        &fitted,
    );
    let (_, rows) = table("calibration_numbers.tsv");
    let mut curves: BTreeMap<String, Vec<(f64, bool)>> = BTreeMap::new();
    for (curve, numbers) in rows {
        curves.entry(curve).or_default().push((numbers[0], numbers[1] > 0.5));
    }
    let fitted: Vec<String> = curves
        .iter()
        .map(|(curve, rows)| {
            let [slope, shift] = platt(rows);
            format!("{curve}\t{slope:.6}\t{shift:.6}")
        })
        .collect();
    hold_lines(
        "calibration.tsv",
        "Curves of src/tracer/calibration.rs: name, slope, shift; by tests/fit.rs from calibration_numbers.tsv.",
        &fitted.join("\n"),
    );
    let (_, rows) = table("verdict_numbers.tsv");
    let shares: Vec<(String, f64)> = rows
        .into_iter()
        .map(|(reason, numbers)| (reason, (numbers[1] + 1.0) / (numbers[0] + 2.0)))
        .collect();
    hold(
        "verdicts.tsv",
        "How often each kind of reason is right; by tests/fit.rs from verdict_numbers.tsv.",
        &shares,
    );
}

/// Slope and shift over log-odds, with Laplace's two more: the surest one right, the least sure one wrong.
fn platt(rows: &[(f64, bool)]) -> [f64; 2] {
    if rows.len() < FEW {
        return [1.0, 0.0];
    }
    let mut shares: Vec<f64> = rows.iter().map(|(share, _)| *share).collect();
    let mut answers: Vec<bool> = rows.iter().map(|(_, right)| *right).collect();
    shares.push(shares.iter().copied().fold(0.0, f64::max));
    answers.push(true);
    shares.push(shares.iter().copied().fold(1.0, f64::min));
    answers.push(false);
    let figures: Vec<Vec<f64>> = shares
        .iter()
        .map(|share| {
            let bounded = share.clamp(0.000_1, 0.999_9);
            vec![(bounded / (1.0 - bounded)).ln(), 1.0]
        })
        .collect();
    let weights = logistic(&figures, &answers);
    [weights[0], weights[1]]
}
