//! Removal leaves nothing: no row, no posting, no byte.

use std::path::Path;

use copytrail::store::{Options, Store};
use rusqlite::Connection;

use crate::deposits::{capture, credit, deposit, instant, refit};

const WORD: &str = "Xylophonfabrik";

fn holds(path: &Path, needle: &str) -> bool {
    let needle = needle.as_bytes();
    std::fs::read(path).is_ok_and(|bytes| bytes.windows(needle.len()).any(|part| part == needle))
}

/// Everything that is in the tables, by table, but for those that state how the store itself is kept.
fn counts(path: &Path) -> Vec<(String, i64)> {
    let conn = Connection::open(path).unwrap();
    let tables: Vec<String> = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT IN ('search', 'search_data', 'search_idx', 'search_config', 'schemes', 'generations', 'placing')")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let count = |table: String| {
        let rows =
            conn.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap();
        (table, rows)
    };
    tables.into_iter().map(count).collect()
}

#[test]
fn a_removed_article_leaves_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    let mut store = Store::open(&path, Options::default()).unwrap();
    let text = format!("The {WORD} closed its doors on Friday.");
    let mut gone = deposit("gone.example", "gone.example/1", &[&text]);
    gone.dossier.article.title = Some(format!("{WORD} closes"));
    gone.dossier.article.url = Some(format!("https://gone.example/{WORD}"));
    gone.dossier.article.user_id = Some(WORD.into());
    gone.dossier.article.credits = vec![credit()];
    gone.dossier.article.capture = Some(capture(text.as_bytes(), Some(instant(5))));
    let mut later = gone.clone();
    later.dossier.article.paragraphs[0].text += " For good.";
    let later = refit(later);
    store.add(&[gone, later]).unwrap();
    store.fts_catch_up(100).unwrap();
    assert_eq!(store.search(&[WORD.to_lowercase()], 5).unwrap().len(), 1);
    assert!(holds(&path, WORD) || holds(&folder.path().join("x.db-wal"), WORD));

    assert_eq!(store.remove(&[1, 999]).unwrap(), 1);

    assert_eq!(store.check().unwrap().findings, []);
    assert!(store.search(&[WORD.to_lowercase()], 5).unwrap().is_empty());
    assert_eq!(store.find(WORD).unwrap(), None);
    drop(store);
    for (table, rows) in counts(&path) {
        assert_eq!(rows, 0, "{table}");
    }
    let captures = Connection::open(folder.path().join("x.db.captures")).unwrap();
    let kept: i64 =
        captures.query_row("SELECT count(*) FROM captured", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, 0);
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let file = file.unwrap().path();
        for needle in [WORD, &WORD.to_lowercase(), "gone.example"] {
            assert!(!holds(&file, needle), "{needle} is still in {}", file.display());
        }
    }
}

#[test]
fn removal_takes_only_what_it_was_asked_to() {
    let mut store = Store::temporary().unwrap();
    let shared = capture(b"<html>shared</html>", None);
    let mut batch: Vec<_> = (1..=5)
        .map(|n| {
            deposit(
                "a.example",
                &format!("a.example/{n}"),
                &["The same words in each.", &format!("And number {n} here too.")],
            )
        })
        .collect();
    for d in &mut batch {
        d.dossier.article.capture = Some(shared.clone());
    }
    store.add(&batch).unwrap();
    store.fts_catch_up(3).unwrap();
    store.remove(&[2, 4]).unwrap();
    assert_eq!(store.ids(&copytrail::store::Filter::default()).unwrap(), [1, 3, 5]);
    assert_eq!(store.capture(3).unwrap().unwrap().bytes, shared.bytes);
    let key = batch[0].print.shingles[0];
    let lists =
        store.lookup(copytrail::store::Index::Shingle, &batch[0].print.shingles, 10).unwrap();
    assert_eq!(lists[0].key, key);
    assert!(lists.iter().any(|list| list.documents == [1, 3, 5]));
    assert_eq!(store.searched().unwrap().articles, 3);
    // The numbers of the removed are never given again.
    let outcome = store.add(&[batch[1].clone()]).unwrap();
    assert_eq!(outcome, [copytrail::store::Outcome::New(6)]);
    assert_eq!(store.document(6).unwrap(), Some(6));
    assert_eq!(store.check().unwrap().findings, []);
}
