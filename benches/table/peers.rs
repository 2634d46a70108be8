//! Other tools on the same articles, in the same run; and all of them on the lineage suite where it is at hand.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::judge::Truth;
use crate::{Corpus, Outcome, commands, head, ours, room, row};

/// Peers with a driver in `benches/peers.py`, and what is to be known of how they work.
const PEERS: [(&str, &str); 4] = [
    ("datasketch", "in memory, nothing kept, one core"),
    ("rensa", "in memory, nothing kept, one core"),
    ("gaoya", "the crate by its binding: in memory, nothing kept, all cores"),
    ("text-dedup", "its command, all cores; groups, no pair verified"),
];
/// Articles beyond which the peers, which hold all in memory, are left out.
const MOST: u64 = 100_000;

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs a peer; prints its speed and gives the pairs it found.
fn run((peer, how): (&str, &str), articles: &Path) -> Outcome<Option<Vec<(usize, usize)>>> {
    let python = project().join("target/peers/bin/python");
    if !python.exists() {
        row(peer, "skipped", "not installed: run benches/peers.sh");
        return Ok(None);
    }
    let out = room().join(format!("{peer}.tsv"));
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
    row(&format!("{peer} {version}"), &format!("{speed:.0} docs/s"), how);
    let pair = |line: &str| {
        let (a, b) = line.split_once('\t')?;
        Some((a.parse().ok()?, b.parse().ok()?))
    };
    Ok(Some(fs::read_to_string(out)?.lines().filter_map(pair).collect()))
}

/// Measures all peers on a file and prints their rows.
fn all(articles: &Path, truth: &Truth, how: &str) -> Outcome<()> {
    for peer in PEERS {
        if let Some(pairs) = run(peer, articles)? {
            row(&format!("{}: pairs found / right", peer.0), &truth.pairs(&pairs).text(), how);
        }
    }
    Ok(())
}

/// Measures the peers on a corpus and prints their rows.
pub fn measure(corpus: &Corpus, truth: &Truth) -> Outcome<()> {
    if corpus.articles > MOST {
        row("peers", "left out", "beyond 100,000 articles their memory is the machine's");
        return Ok(());
    }
    let whole = corpus.folder.join("articles.jsonl");
    let mut out = File::create(&whole)?;
    for part in &corpus.parts {
        std::io::copy(&mut File::open(part)?, &mut out)?;
    }
    out.flush()?;
    all(&whole, truth, "the same pairs")?;
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
    let db = room().join("lineage.db");
    let added = commands::add(std::slice::from_ref(&articles), &db)?;
    let (grouped, out) = commands::group(&db)?;
    commands::rows(truth.stories.len() as f64, &added, &grouped);
    let groups: Vec<Vec<usize>> = ours::groups(&out)?
        .iter()
        .map(|group| group.iter().filter_map(|url| truth.urls.get(url).copied()).collect())
        .collect();
    row("pairs found / right", &truth.groups(&groups).text(), "all pairs, translations with them");
    all(&articles, &truth, "the same pairs")
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
