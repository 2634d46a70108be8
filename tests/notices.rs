//! Corrections and kills of a wire are on file, with the items that they are about.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::path::Path;

use copytrail::model::{NoticeKind, NoticeOnFile};
use copytrail::store::{Options, Store};

fn add(home: &Path, name: &str, item: &serde_json::Value) {
    let file = home.join(name);
    std::fs::write(&file, item.to_string()).unwrap();
    let mut command = assert_cmd::Command::cargo_bin("copytrail").unwrap();
    command.env_clear().env("COPYTRAIL_DATA", home).arg("add").arg(&file).assert().success();
}

fn item(guid: &str, hour: u32, headline: &str, status: &str, body: &str) -> serde_json::Value {
    serde_json::json!({
        "uri": format!("urn:newsml:dpa.com:20090101:{guid}"),
        "type": "text", "language": "de", "pubstatus": status, "headline": headline,
        "firstcreated": "2026-03-04T08:00:00Z", "versioncreated": format!("2026-03-04T{hour:02}:00:00Z"),
        "infosources": [{"name": "dpa"}], "creditline": "dpa",
        "body_text": body,
    })
}

const BODY: &str = "Bremerhaven (dpa) - Im Hafen von Bremerhaven ist am Donnerstag ein Kran umgestürzt, wie die Polizei mitteilte.\n\n\
    Verletzt wurde niemand, größere Schäden gibt es trotzdem. Der Betrieb geht nach Angaben des Betreibers am Freitag weiter.";

fn notices(home: &Path) -> (Store, Vec<NoticeOnFile>) {
    let store = Store::open(&home.join("copytrail.db"), Options::default()).unwrap();
    let notices = store.notices().unwrap();
    (store, notices)
}

#[test]
fn a_cancellation_is_on_file_with_or_without_a_text() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    add(home, "1.json", &item("1", 8, "Kran stürzt um", "usable", BODY));
    add(home, "2.json", &item("2", 8, "Schleuse klemmt", "usable", &BODY.replace("Kran", "Tor")));
    assert!(notices(home).1.is_empty());
    add(home, "3.json", &item("1", 9, "Kran stürzt um", "canceled", BODY));
    add(home, "4.json", &item("2", 10, "Schleuse klemmt", "canceled", ""));
    // The same said twice is one notice.
    add(home, "4.json", &item("2", 10, "Schleuse klemmt", "canceled", ""));
    let (store, found) = notices(home);
    assert_eq!(found.len(), 2, "{found:?}");
    for (notice, title) in found.iter().zip(["Kran stürzt um", "Schleuse klemmt"]) {
        assert_eq!((notice.kind, notice.notice), (NoticeKind::Kill, None));
        let row = store.row(notice.item.unwrap()).unwrap().unwrap();
        assert_eq!(row.title.as_deref(), Some(title));
        assert!(notice.at.is_some());
    }
}

#[test]
fn a_correction_finds_the_item_whose_headline_it_quotes() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    add(home, "1.json", &item("1", 8, "Kran stürzt um", "usable", BODY));
    add(
        home,
        "2.json",
        &item(
            "5",
            11,
            "Korrektur: Kran stürzt um",
            "usable",
            &BODY.replace("niemand", "ein Matrose"),
        ),
    );
    let (store, found) = notices(home);
    assert_eq!(found.len(), 1, "{found:?}");
    let title = |id| store.row(id).unwrap().unwrap().title.unwrap();
    assert_eq!(found[0].kind, NoticeKind::Correction);
    assert_eq!(title(found[0].item.unwrap()), "Kran stürzt um");
    assert_eq!(title(found[0].notice.unwrap()), "Korrektur: Kran stürzt um");
    let notice = found[0].notice.unwrap();
    drop(store);
    let mut store = Store::open(&home.join("copytrail.db"), Options::default()).unwrap();
    store.remove(&[notice]).unwrap();
    assert!(store.notices().unwrap().is_empty());
}
