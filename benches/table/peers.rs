//! Other tools on the same articles, in the same run; and all of them on the lineage suite where it is at hand.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::judge::Truth;
use crate::{Outcome, head, ours, row};

/// Peers with a driver in `benches/peers.py`.
const PEERS: [&str; 2] = ["datasketch", "rensa"];

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs a peer; prints its speed and gives the pairs it found.
fn run(peer: &str, articles: &Path) -> Outcome<Option<Vec<(usize, usize)>>> {
    let python = project().join("target/peers/bin/python");
    if !python.exists() {
        row(peer, "skipped", "not installed: run benches/peers.sh");
        return Ok(None);
    }
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{peer}.tsv"));
    let done = Command::new(python)
        .arg(project().join("benches/peers.py"))
        .arg(peer)
        .arg(articles)
        .arg(&out)
        .output()?;
    let printed = String::from_utf8_lossy(&done.stdout).into_owned();
    let cells: Vec<&str> = printed.trim().split('\t').collect();
    let [documents, seconds, version] = cells.as_slice() else {
        let why = String::from_utf8_lossy(&done.stderr).into_owned();
        row(peer, "failed", why.lines().last().unwrap_or("without a word"));
        return Ok(None);
    };
    let speed = documents.parse::<f64>()? / seconds.parse::<f64>()?;
    row(&format!("{peer} {version}"), &format!("{speed:.0} docs/s"), "in memory, nothing kept");
    let pair = |line: &str| {
        let (a, b) = line.split_once('\t')?;
        Some((a.parse().ok()?, b.parse().ok()?))
    };
    Ok(Some(fs::read_to_string(out)?.lines().filter_map(pair).collect()))
}

/// Measures the peers on the parts of a corpus and prints their rows.
pub fn measure(parts: &[PathBuf], folder: &Path, truth: &Truth) -> Outcome<()> {
    let whole = folder.join("articles.jsonl");
    let mut out = File::create(&whole)?;
    for part in parts {
        std::io::copy(&mut File::open(part)?, &mut out)?;
    }
    out.flush()?;
    for peer in PEERS {
        if let Some(pairs) = run(peer, &whole)? {
            row(
                &format!("{peer}: pairs found / right"),
                &truth.pairs(&pairs).text(),
                "Jaccard ≥ 0.3",
            );
        }
    }
    fs::remove_file(whole)?;
    Ok(())
}

/// The lineage suite, where `LINEAGE_SUITE` or the folder beside the project holds it.
pub fn lineage() -> Outcome<()> {
    let folder = std::env::var_os("LINEAGE_SUITE")
        .map_or_else(|| project().join("../../shared/eval/data/lineage"), PathBuf::from);
    let articles = folder.join("articles.jsonl");
    head("The lineage suite");
    let Ok(gold) = File::open(folder.join("gold.jsonl")) else {
        row("skipped", "", "not here: LINEAGE_SUITE names the folder");
        return Ok(());
    };
    let mut origins = std::collections::HashMap::new();
    for line in BufReader::new(gold).lines() {
        let line: Value = serde_json::from_str(&line?)?;
        if let (Some(url), Some(origin)) = (line["url"].as_str(), line["origin"].as_str()) {
            origins.insert(url.to_owned(), origin.to_owned());
        }
    }
    let truth = truth(&articles, &origins)?;
    let db = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lineage.db");
    let count = truth.stories.len() as f64;
    let (added, grouped, _, out) = ours::add_and_group(std::slice::from_ref(&articles), &db)?;
    let added: f64 = added.iter().map(std::time::Duration::as_secs_f64).sum();
    let grouped = grouped.as_secs_f64();
    row("`add`", &format!("{:.0} docs/s", count / added), "the command");
    row("`clusters`", &format!("{:.0} docs/s", count / grouped), "the command");
    row(
        "`add` + `clusters`",
        &format!("{:.0} docs/s", count / (added + grouped)),
        "end to end, durable",
    );
    let groups: Vec<Vec<usize>> = ours::groups(&out)?
        .iter()
        .map(|group| group.iter().filter_map(|url| truth.urls.get(url).copied()).collect())
        .collect();
    row("pairs found / right", &truth.groups(&groups).text(), "all pairs, translations with them");
    for peer in PEERS {
        if let Some(pairs) = run(peer, &articles)? {
            row(
                &format!("{peer}: pairs found / right"),
                &truth.pairs(&pairs).text(),
                "the same pairs",
            );
        }
    }
    Ok(())
}

/// Numbers the articles of a file, and their stories by the origin that the gold names.
fn truth(articles: &Path, origins: &std::collections::HashMap<String, String>) -> Outcome<Truth> {
    let mut truth = Truth { stories: Vec::new(), urls: std::collections::HashMap::new() };
    let mut known: std::collections::HashMap<String, u64> = std::collections::HashMap::new();
    for (number, line) in BufReader::new(File::open(articles)?).lines().enumerate() {
        let line: Value = serde_json::from_str(&line?)?;
        let url = line["url"].as_str().unwrap_or_default().to_owned();
        let origin = origins.get(&url).unwrap_or(&url).clone();
        let next = known.len() as u64;
        truth.stories.push(*known.entry(origin).or_insert(next));
        truth.urls.insert(url, number);
    }
    Ok(truth)
}
