//! Every schema that ever landed still opens, upgraded where needed, with all that it held.

// A test's unwrap is its assertion; the setting in clippy.toml reaches only functions marked as tests.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use copytrail::store::{Index, Options, Store, StoreError};
use rusqlite::Connection;

/// Builds the frozen database of a schema.
fn frozen(schema: &str, folder: &Path) -> PathBuf {
    let sql = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/schemas").join(schema);
    let path = folder.join("old.db");
    let conn = Connection::open(&path).unwrap();
    conn.execute_batch(&std::fs::read_to_string(sql).unwrap()).unwrap();
    path
}

#[test]
fn schema_1_opens_with_everything_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&frozen("0001.sql", folder.path()), Options::default()).unwrap();
    assert_eq!(store.check().unwrap().findings, []);
    let texts: Vec<String> =
        store.dossiers(&[1, 2, 3]).unwrap().iter().map(|d| d.article.text()).collect();
    assert_eq!(
        texts,
        [
            "The ferry to the island was cancelled on Friday.\n\nDpa / bak",
            "The ferry to the island was cancelled again on Saturday.\n\nDpa / bak",
            "連携協定を結んだ。",
        ]
    );
    let dossier = store.dossier(1).unwrap().unwrap();
    assert_eq!(dossier.article.credits[0].initials, ["bak"]);
    assert_eq!(dossier.article.links[0].url, "https://wire.example/");
    assert_eq!(dossier.outlet.agency.as_deref(), Some("dpa"));
    assert_eq!(store.find("https://paper.example/ferry?from=feed").unwrap(), Some(1));
    assert_eq!(store.find("item-7").unwrap(), Some(2));
    assert_eq!(store.lookup(Index::Shingle, &[7 << 40], 10).unwrap()[0].documents, [2, 3]);
    assert_eq!(store.lookup_history(Index::Shingle, &[7 << 40], 10).unwrap()[0].frequency, 3);
    assert_eq!(store.search(&["ferry".into()], 5).unwrap().len(), 1);
    assert_eq!(store.stats().unwrap().sightings, 1);
    assert_eq!(store.fts_catch_up(10).unwrap(), 1);
    assert_eq!(store.search(&["連携".into()], 5).unwrap().len(), 1);
}

#[test]
fn an_older_store_can_be_read_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = frozen("0001.sql", folder.path());
    let store = Store::open(&path, Options { captures: true, read_only: true }).unwrap();
    assert_eq!(store.stats().unwrap().sightings, 1);
    assert_eq!(store.licences().unwrap(), []);
}

#[test]
fn the_schema_is_the_frozen_one() {
    let folder = tempfile::tempdir().unwrap();
    let schema = |path: &Path| -> Vec<String> {
        let conn = Connection::open(path).unwrap();
        let mut statement = conn
            .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
            .unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let fresh = folder.path().join("new.db");
    drop(Store::open(&fresh, Options::default()).unwrap());
    let old = frozen("0001.sql", folder.path());
    drop(Store::open(&old, Options::default()).unwrap());
    assert_eq!(schema(&fresh), schema(&old));
}

#[test]
fn a_newer_schema_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.db");
    drop(Store::open(&path, Options::default()).unwrap());
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 999).unwrap();
    for read_only in [false, true] {
        let error = Store::open(&path, Options { captures: true, read_only }).err().unwrap();
        assert!(matches!(error, StoreError::Newer { found: 999, .. }));
        let says = error.to_string();
        assert!(says.contains("new.db") && says.contains("Update copytrail"), "{says}");
    }
}
