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
#[path = "fit/halves.rs"]
mod halves;
#[path = "crowd/others.rs"]
mod others;
#[path = "fit/regression.rs"]
mod regression;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use cascades::dice;
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
    if wish("write") {
        let stories: Vec<&str> =
            rows.iter().map(|(key, _)| key.split('/').next().unwrap_or_default()).collect();
        let queries: Vec<&str> = rows.iter().map(|(key, _)| key.as_str()).collect();
        ten_fold(&figures, &answers, (&stories, &queries));
    }
    hold(
        "crossing.tsv",
        "Weights of src/tracer/crossing/score.rs, by tests/fit.rs from crossing_numbers.tsv, 2026-11-24.",
        &fitted,
    );
}

/// Prints what would be named of a tenth of the stories by weights of the other nine.
fn ten_fold(figures: &[Vec<f64>], answers: &[bool], (stories, queries): (&[&str], &[&str])) {
    let fold = |at: usize| stories[at].parse::<usize>().unwrap() % 10;
    let mut best: BTreeMap<&str, (f64, bool, bool)> = BTreeMap::new();
    for out in 0..10 {
        let (inside, outside): (Vec<usize>, Vec<usize>) =
            (0..figures.len()).partition(|&at| fold(at) != out);
        let rows: Vec<Vec<f64>> = inside.iter().map(|&at| figures[at].clone()).collect();
        let told: Vec<bool> = inside.iter().map(|&at| answers[at]).collect();
        let weights = logistic(&rows, &told);
        for at in outside {
            let odds: f64 = figures[at].iter().zip(&weights).map(|(x, weight)| x * weight).sum();
            let query = best.entry(queries[at]).or_insert((f64::NEG_INFINITY, false, false));
            query.2 |= answers[at];
            if odds > query.0 {
                (query.0, query.1) = (odds, answers[at]);
            }
        }
    }
    for probability in [0.5f64, 0.68, 0.75, 0.8, 0.9] {
        let named =
            |query: &&(f64, bool, bool)| query.0 >= (probability / (1.0 - probability)).ln();
        let right = best.values().filter(named).filter(|query| query.1).count();
        let wrong = best.values().filter(named).filter(|query| !query.1).count();
        let with = best.values().filter(|query| query.2).count();
        println!(
            "ten-fold, named from {probability}: {right} of {with} sources; {wrong} false of {} queries",
            best.len()
        );
    }
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
