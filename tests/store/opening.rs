//! Opening what is no store, is someone else's, is read-only, is damaged.

use copytrail::store::{Options, Store, StoreError};
use rusqlite::Connection;

use crate::deposits::{capture, deposit};

const READ_ONLY: Options = Options { captures: true, read_only: true };

#[test]
fn a_file_that_is_no_store_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    std::fs::write(
        &text,
        "These are my notes, and they are long enough to be looked at as a file.\n".repeat(20),
    )
    .unwrap();
    let before = std::fs::read(&text).unwrap();
    for options in [Options::default(), READ_ONLY] {
        let error = Store::open(&text, options).err().unwrap();
        assert!(matches!(error, StoreError::NotAStore { .. }), "{error}");
    }
    assert_eq!(std::fs::read(&text).unwrap(), before);

    let other = folder.path().join("other.db");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE mine (a)").unwrap();
    let before = std::fs::read(&other).unwrap();
    let error = Store::open(&other, Options::default()).err().unwrap();
    assert!(matches!(error, StoreError::NotAStore { .. }), "{error}");
    assert_eq!(std::fs::read(&other).unwrap(), before);
    assert!(matches!(
        Store::open(folder.path(), Options::default()),
        Err(StoreError::NotAStore { .. })
    ));
}

#[test]
fn a_missing_store_is_made_for_writing_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    assert!(matches!(Store::open(&path, READ_ONLY), Err(StoreError::Missing { .. })));
    assert!(!path.exists());
    drop(Store::open(&path, Options::default()).unwrap());
    let mut store = Store::open(&path, READ_ONLY).unwrap();
    assert_eq!(store.check().unwrap().findings, []);
    let added = store.add(&[deposit("a.example", "a.example/1", &["Words."])]);
    assert!(matches!(added, Err(StoreError::ReadOnly(_))));
}

#[test]
fn check_names_what_is_damaged() {
    let mut store = Store::temporary().unwrap();
    let mut d = deposit("a.example", "a.example/1", &["Some words here to be found."]);
    d.dossier.article.capture = Some(capture(b"bytes of a page", None));
    store.add(&[d, deposit("b.example", "b.example/1", &["Others that stay whole."])]).unwrap();
    assert_eq!(store.check().unwrap().findings, []);
    let damage = |store: &mut Store, sql: &str| -> Vec<String> {
        let conn = Connection::open(store.path()).unwrap();
        conn.execute_batch(&format!("PRAGMA foreign_keys = OFF; BEGIN; {sql}; COMMIT")).unwrap();
        let found = store.check().unwrap().findings;
        found.into_iter().map(|finding| finding.check).collect()
    };
    assert_eq!(
        damage(&mut store, "UPDATE calendar SET articles = articles + 1 WHERE outlet = 0"),
        ["calendar"]
    );
    assert_eq!(
        damage(
            &mut store,
            "UPDATE calendar SET articles = articles - 1 WHERE outlet = 0; DELETE FROM bodies WHERE revision = 2"
        ),
        ["texts"]
    );
    assert!(
        damage(&mut store, "UPDATE segments SET pairs = pairs + 1 WHERE indexed = 'anchor'")
            .contains(&"postings".to_owned())
    );
    assert!(
        damage(&mut store, "UPDATE articles SET current = 99 WHERE id = 1")
            .contains(&"current revisions".to_owned())
    );
    let sidecar = Connection::open(store.captures_path()).unwrap();
    sidecar.execute("UPDATE captured SET data = x'00'", []).unwrap();
    assert!(damage(&mut store, "SELECT 1").contains(&"captures".to_owned()));
}

#[test]
fn two_writers_take_turns() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    let writers: Vec<_> = ["a", "b", "c"]
        .map(|name| {
            let path = path.clone();
            std::thread::spawn(move || {
                let mut store = Store::open(&path, Options::default()).unwrap();
                for number in 0..20 {
                    let mut d = deposit("a.example", &format!("{name}/{number}"), &["Some words."]);
                    d.dossier.article.capture = Some(capture(&[number], None));
                    store.add(&[d, deposit("a.example", "shared", &["Words of all."])]).unwrap();
                    store.fts_catch_up(5).unwrap();
                }
            })
        })
        .into();
    for writer in writers {
        writer.join().unwrap();
    }
    let mut store = Store::open(&path, Options::default()).unwrap();
    assert_eq!(store.document_count(None).unwrap(), 61);
    assert_eq!(store.stats().unwrap().captures, 20);
    assert_eq!(store.check().unwrap().findings, []);
}

#[test]
fn a_sidecar_that_is_not_ours_is_left_alone() {
    let mut store = Store::temporary().unwrap();
    Connection::open(store.captures_path())
        .unwrap()
        .execute_batch("CREATE TABLE mine (a)")
        .unwrap();
    let mut d = deposit("a.example", "a.example/1", &["Words."]);
    d.dossier.article.capture = Some(capture(b"bytes", None));
    assert!(matches!(store.add(&[d]), Err(StoreError::NotAStore { .. })));
    assert_eq!(store.document_count(None).unwrap(), 0);
    assert_eq!(store.check().unwrap().findings, []);
}
