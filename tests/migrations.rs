//! Every schema that ever landed still opens, upgraded where needed, with all that it held.

// A test's unwrap is its assertion; the setting in clippy.toml reaches only functions marked as tests.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use copytrail::store::{Index, Options, Store, StoreError};
use rusqlite::Connection;

/// The schemas that ever landed; each file holds what came after the one before it.
const LANDED: [&str; 3] = ["0001.sql", "0006.sql", "0009.sql"];

/// Builds the frozen database of a schema, in a file named after it.
fn frozen(schema: &str, folder: &Path) -> PathBuf {
    let path = folder.join(schema).with_extension("db");
    let conn = Connection::open(&path).unwrap();
    for part in LANDED.iter().filter(|part| **part <= schema) {
        let sql = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/schemas").join(part);
        conn.execute_batch(&std::fs::read_to_string(sql).unwrap()).unwrap();
    }
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
fn schema_6_opens_with_everything_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&frozen("0006.sql", folder.path()), Options::default()).unwrap();
    assert_eq!(store.check().unwrap().findings, []);
    assert_eq!(store.watched_sites().unwrap(), ["paper.example"]);
    assert_eq!(store.watched_sources("paper.example").unwrap()[0].etag.as_deref(), Some("\"a1\""));
    assert_eq!(store.waiting_count("paper.example").unwrap(), 1);
    assert_eq!(store.outlet_rules().unwrap()[0].place, "blog.paper.example/sport");
    assert_eq!(store.operator_signs().unwrap()[0].outlets.len(), 2);
    assert_eq!(store.licences().unwrap()[0].note, "contract 7");
    assert_eq!(store.reviews().unwrap()[0].by, "Ada");
    assert_eq!(store.looks(1).unwrap()[0].status, Some(200));
    assert_eq!(store.notices().unwrap()[0].says, "corrects the day");
    let kept = store.outcome(1).unwrap().unwrap();
    assert_eq!(kept.origin.unwrap().agency.as_deref(), Some("dpa"));
}

#[test]
fn schema_9_opens_with_everything_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&frozen("0009.sql", folder.path()), Options::default()).unwrap();
    assert_eq!(store.check().unwrap().findings, []);
    let pack = &store.packs().unwrap()[0];
    assert_eq!((pack.name.as_str(), pack.articles), ("agency-2026-01", 1));
    let (name, maker, article) = store.pack_article(1 << 31).unwrap().unwrap();
    assert_eq!((name.as_str(), maker.as_str()), ("agency-2026-01", "Agency"));
    assert_eq!(article.title.as_deref(), Some("No ferry"));
    let head = store.capture(1).unwrap().unwrap().headers.unwrap();
    assert!(head.starts_with("HTTP/1.1 200 OK\n"), "{head}");
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
    for landed in LANDED {
        let old = frozen(landed, folder.path());
        drop(Store::open(&old, Options::default()).unwrap());
        assert_eq!(schema(&fresh), schema(&old), "{landed}");
    }
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
