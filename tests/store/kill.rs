//! Killed at any moment, a store holds whole batches and passes its check.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use copytrail::store::{Deposit, Options, Store};

use crate::deposits::{capture, deposit};

/// Where the child writes; only set in the child.
const PLACE: &str = "COPYTRAIL_KILL_TEST";
const BATCH: usize = 50;
const BATCHES: usize = 60;

fn batch(number: usize) -> Vec<Deposit> {
    (0..BATCH)
        .map(|i| {
            let text = format!("Batch {number} brings item {i} with words of its own.");
            let mut d = deposit("a.example", &format!("a.example/{number}/{i}"), &[&text]);
            d.dossier.article.capture = Some(capture(text.as_bytes(), None));
            d
        })
        .collect()
}

fn write_all(path: &Path) {
    let mut store = Store::open(path, Options::default()).unwrap();
    for number in 0..BATCHES {
        store.add(&batch(number)).unwrap();
        store.fts_catch_up(30).unwrap();
    }
}

#[test]
#[ignore = "what the child of the next one does"]
fn writer() {
    write_all(Path::new(&std::env::var_os(PLACE).unwrap()));
}

#[test]
fn a_kill_at_any_moment_leaves_whole_batches() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    for round in 0..8 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "kill::writer"])
            .env(PLACE, &path)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(15 + 37 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        let mut store = Store::open(&path, Options::default()).unwrap();
        assert_eq!(store.check().unwrap().findings, [], "round {round}");
        assert_eq!(store.document_count(None).unwrap() % BATCH as u64, 0, "round {round}");
    }
    write_all(&path);
    let mut store = Store::open(&path, Options::default()).unwrap();
    assert_eq!(store.check().unwrap().findings, []);
    let stats = store.stats().unwrap();
    let all = (BATCH * BATCHES) as u64;
    assert_eq!((stats.articles, stats.revisions, stats.captures), (all, all, all));
}
