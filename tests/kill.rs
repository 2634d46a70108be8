//! Slow: `add` of 10,000 articles, killed or stopped at any moment, and what is on file then.
#![cfg(unix)]
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

const ARTICLES: usize = 10_000;
/// What `workflow::add` writes in one transaction.
const BATCH: u64 = 512;
const WORDS: &[&str] = &[
    "harbour", "council", "bridge", "minister", "ferry", "budget", "storm", "railway", "teacher",
    "hospital", "election", "island", "engine", "verdict", "orchard", "museum", "glacier",
    "strike", "pipeline", "festival", "border", "market", "witness", "lantern", "quarry",
    "turbine", "village",
];

/// A stream of numbers that is the same in every run (Knuth's linear congruential generator).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn word(&mut self) -> &'static str {
        let at = usize::try_from(self.below(WORDS.len() as u64)).unwrap();
        WORDS[at]
    }
}

/// 10,000 articles of two paragraphs as JSONL.
fn articles(folder: &Path) -> PathBuf {
    let mut numbers = Numbers(7);
    let mut lines = String::new();
    for article in 0..ARTICLES {
        let paragraphs: Vec<String> = (0..2)
            .map(|paragraph| {
                let words: Vec<&str> = (0..12).map(|_| numbers.word()).collect();
                format!("Report {article} part {paragraph} says {}.", words.join(" "))
            })
            .collect();
        let line = serde_json::json!({
            "url": format!("https://paper{}.example/{article}", article % 20),
            "title": format!("Report {article} on the {}", numbers.word()),
            "published": format!("2025-05-{:02}T08:00:00Z", 1 + article % 28),
            "language": "en",
            "paragraphs": paragraphs,
        });
        writeln!(lines, "{line}").unwrap();
    }
    let path = folder.join("articles.jsonl");
    std::fs::write(&path, lines).unwrap();
    path
}

fn copytrail(home: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("copytrail"));
    command.env_clear().env("COPYTRAIL_DATA", home).args(args);
    command
}

fn start(home: &Path, input: &Path) -> Child {
    copytrail(home, &["add"])
        .arg(input)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn json(home: &Path, args: &[&str]) -> (i32, Value) {
    let output = copytrail(home, args).args(["--format", "json"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let value = serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {said}"));
    (output.status.code().unwrap(), value)
}

/// The store is sound, and holds whole batches; how many articles that is.
fn sound(home: &Path, at: &str) -> u64 {
    if !home.join("copytrail.db").exists() {
        return 0;
    }
    let (status, report) = json(home, &["check"]);
    assert_eq!(status, 0, "{at}: {report:#}");
    let (_, figures) = json(home, &["stats"]);
    let held = figures["articles"].as_u64().unwrap();
    assert!(
        held.is_multiple_of(BATCH) || held == ARTICLES as u64,
        "{at}: {held} articles are no whole batches"
    );
    assert_eq!(figures["revisions"].as_u64(), Some(held), "{at}: something is there twice");
    held
}

/// The same command completes the store: everything once, in every index.
fn completes(home: &Path, input: &Path) {
    let child = start(home, input).wait_with_output().unwrap();
    assert!(child.status.success(), "{}", String::from_utf8_lossy(&child.stderr));
    assert_eq!(sound(home, "at the end"), ARTICLES as u64);
    let (_, figures) = json(home, &["stats"]);
    assert_eq!(figures["captures"].as_u64(), Some(ARTICLES as u64));
    let (_, hits) = json(home, &["search", "9999", "--limit", "100"]);
    let found = hits["hits"].as_array().unwrap_or_else(|| panic!("{hits:#}"));
    assert!(
        found.iter().any(|hit| hit.to_string().contains("https://paper19.example/9999")),
        "{hits:#}"
    );
    let (_, again) = json(home, &["add", &input.to_string_lossy()]);
    assert_eq!(again["unchanged"].as_u64(), Some(ARTICLES as u64), "{again:#}");
    assert_eq!(again["new"].as_u64(), Some(0), "{again:#}");
}

#[test]
fn a_kill_at_any_moment_leaves_whole_batches_and_the_same_command_completes_them() {
    let home = tempfile::tempdir().unwrap();
    let input = articles(home.path());
    let seed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let mut numbers = Numbers(seed.as_nanos().try_into().unwrap_or(1));
    let mut held = 0;
    for round in 0..12 {
        let pause = 5 + numbers.below(250 * (1 + round / 2));
        let mut child = start(home.path(), &input);
        std::thread::sleep(Duration::from_millis(pause));
        child.kill().unwrap(); // SIGKILL
        child.wait().unwrap();
        let now = sound(home.path(), &format!("round {round}, killed after {pause} ms"));
        assert!(now >= held, "round {round}: {held} articles were on file, {now} are");
        held = now;
    }
    completes(home.path(), &input);
}

#[test]
fn ctrl_c_finishes_the_batch_and_says_how_to_go_on() {
    let home = tempfile::tempdir().unwrap();
    let input = articles(home.path());
    let child = start(home.path(), &input);
    let deadline = Instant::now() + Duration::from_mins(1);
    while !home.path().join("copytrail.db").exists() && Instant::now() < deadline {
        std::thread::sleep(Duration::from_millis(5));
    }
    std::thread::sleep(Duration::from_millis(300));
    let stopped = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(stopped.success());
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(130), "{said}");
    assert!(said.contains("the same command goes on from there"), "{said}");
    let held = sound(home.path(), "after Ctrl-C");
    assert!(held < ARTICLES as u64, "it was done before it could be stopped");
    completes(home.path(), &input);
}
