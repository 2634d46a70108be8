//! Adding: what is new, what is a revision, what changes nothing.

use copytrail::model::Kind;
use copytrail::store::{Outcome, Store};

use crate::deposits::{capture, credit, day, deposit, instant, refit};

fn assert_sound(store: &mut Store) {
    let report = store.check().unwrap();
    assert_eq!(report.findings, [], "{:?}", report.checks);
    assert!(report.checks.len() > 10);
}

#[test]
fn adding_the_same_thing_twice_changes_nothing() {
    let mut store = Store::temporary().unwrap();
    let batch = [deposit("a.example", "a.example/1", &["One two three four."])];
    assert_eq!(store.add(&batch).unwrap(), [Outcome::New(1)]);
    let before = store.stats().unwrap();
    assert_eq!(store.add(&batch).unwrap(), [Outcome::Unchanged(1)]);
    let after = store.stats().unwrap();
    assert_eq!((before.revisions, before.index_bytes), (after.revisions, after.index_bytes));
    assert_eq!(store.revisions(1).unwrap(), [1]);
    assert_sound(&mut store);
}

#[test]
fn a_changed_text_is_a_revision_and_the_old_one_stays() {
    let mut store = Store::temporary().unwrap();
    let old = deposit("a.example", "a.example/1", &["The old words stood here before."]);
    let new = deposit("a.example", "a.example/1", &["The new words stand here now."]);
    store.add(std::slice::from_ref(&old)).unwrap();
    assert_eq!(store.add(std::slice::from_ref(&new)).unwrap(), [Outcome::Revised(1)]);
    assert_eq!(store.revisions(1).unwrap(), [1, 2]);
    assert_eq!(store.document(1).unwrap(), Some(2));
    let texts: Vec<String> =
        store.dossiers(&[1, 2]).unwrap().iter().map(|d| d.article.text()).collect();
    assert_eq!(texts, ["The old words stood here before.", "The new words stand here now."]);
    // Both versions in one file, read again: still nothing new.
    assert_eq!(store.add(&[old, new]).unwrap(), [Outcome::Unchanged(1), Outcome::Unchanged(1)]);
    assert_eq!(store.document_count(None).unwrap(), 1);
    assert_sound(&mut store);
}

#[test]
fn a_batch_may_hold_an_identity_twice() {
    let mut store = Store::temporary().unwrap();
    let outcomes = store
        .add(&[
            deposit("a.example", "a.example/1", &["First words of it."]),
            deposit("a.example", "a.example/1", &["Second words of it."]),
            deposit("a.example", "a.example/1", &["First words of it."]),
            deposit("b.example", "b.example/1", &["First words of it."]),
        ])
        .unwrap();
    assert_eq!(
        outcomes,
        [Outcome::New(1), Outcome::Revised(1), Outcome::Unchanged(1), Outcome::New(2)]
    );
    assert_sound(&mut store);
}

#[test]
fn an_older_capture_that_comes_late_does_not_replace_the_newer_text() {
    let mut store = Store::temporary().unwrap();
    let at = |text: &str, seconds: i64| {
        let mut d = deposit("a.example", "a.example/1", &[text]);
        d.dossier.article.capture = Some(capture(text.as_bytes(), Some(instant(seconds))));
        d
    };
    store.add(&[at("As it stood at noon today.", 600)]).unwrap();
    assert_eq!(store.add(&[at("As it stood in the morning.", 60)]).unwrap(), [Outcome::Revised(1)]);
    assert_eq!(store.dossier(1).unwrap().unwrap().article.text(), "As it stood at noon today.");
    // Back to the morning's words in the evening: the page did change again.
    assert_eq!(
        store.add(&[at("As it stood in the morning.", 6000)]).unwrap(),
        [Outcome::Revised(1)]
    );
    assert_eq!(store.dossier(1).unwrap().unwrap().article.text(), "As it stood in the morning.");
    assert_eq!(store.revisions(1).unwrap().len(), 3);
    assert_sound(&mut store);
}

#[test]
fn everything_of_an_article_comes_back() {
    let mut store = Store::temporary().unwrap();
    let mut given = deposit("a.example", "a.example/1", &["Some words.", "Dpa / bak"]);
    let article = &mut given.dossier.article;
    article.user_id = Some("item-7".into());
    article.line = Some(12);
    article.outlet = Some("The A".into());
    article.domain = Some("a.example".into());
    article.byline = vec!["Erika Muster".into()];
    article.published = Some(day("2025-05-16", 1_747_353_600));
    article.modified = Some(instant(90));
    article.first_seen = Some(instant(120));
    article.paragraphs[1].role = copytrail::model::ParagraphRole::Credit;
    article.furniture = vec!["Copy the current link".into()];
    article.credits = vec![credit()];
    article.links = vec![copytrail::model::Link {
        url: "https://b.example/".into(),
        text: "there".into(),
        kind: copytrail::model::LinkKind::Text,
    }];
    article.disguises = vec![copytrail::model::Disguise::Invisible { count: 2, paragraph: 0 }];
    article.extra.insert("section".into(), "\"world\"".into());
    article.read_from.insert("title".into(), "json-ld".into());
    given.dossier.outlet.agency = Some("dpa".into());
    given.dossier.outlet.kind = copytrail::model::OutletKind::Wire;
    let given = refit(given);
    store.add(std::slice::from_ref(&given)).unwrap();
    let mut read = store.dossier(1).unwrap().unwrap();
    assert_eq!(read.id.take(), Some(1));
    assert_eq!(read, given.dossier);
    assert_eq!(store.print(1).unwrap().unwrap()[1].exact, given.print.paragraphs[1].exact);
}

#[test]
fn a_sighting_bounds_the_article_that_comes_later() {
    let mut store = Store::temporary().unwrap();
    let sighting = |seconds: i64| {
        let mut d = deposit("a.example", "a.example/1", &[]);
        d.dossier.article.kind = Kind::Sighting;
        d.dossier.article.published = None;
        d.dossier.article.first_seen = Some(instant(seconds));
        d
    };
    assert_eq!(store.add(&[sighting(600), sighting(300)]).unwrap(), [Outcome::Sighting; 2]);
    assert_eq!(store.document_count(None).unwrap(), 0);
    assert_eq!(store.stats().unwrap().sightings, 1);
    store.add(&[deposit("a.example", "a.example/1", &["Some words here."])]).unwrap();
    let seen = |store: &Store| store.dossier(1).unwrap().unwrap().article.first_seen.unwrap();
    assert_eq!(seen(&store), instant(300));
    store.add(&[sighting(60), sighting(900)]).unwrap();
    assert_eq!(seen(&store), instant(60));
    assert_sound(&mut store);
}

#[test]
fn captured_bytes_are_kept_once_or_not_at_all() {
    let mut store = Store::temporary().unwrap();
    let mut batch = [
        deposit("a.example", "a.example/1", &["Some words here."]),
        deposit("b.example", "b.example/1", &["Other words here."]),
    ];
    for d in &mut batch {
        d.dossier.article.capture = Some(capture(b"<html>the same bytes</html>", None));
    }
    store.add(&batch).unwrap();
    assert_eq!(store.stats().unwrap().captures, 1);
    assert_eq!(store.capture(2).unwrap().unwrap().bytes, b"<html>the same bytes</html>");
    assert_sound(&mut store);

    let folder = tempfile::tempdir().unwrap();
    let options = copytrail::store::Options { captures: false, read_only: false };
    let mut without = Store::open(&folder.path().join("new/folder/x.db"), options).unwrap();
    without.add(&batch).unwrap();
    assert!(!without.captures_path().exists());
    let capture = without.capture(1).unwrap().unwrap();
    assert!(capture.bytes.is_empty());
    assert_eq!(capture.sha256, batch[0].dossier.article.capture.as_ref().unwrap().sha256);
    assert_sound(&mut without);
}

#[test]
fn what_is_known_of_an_outlet_only_grows() {
    let mut store = Store::temporary().unwrap();
    let mut known = deposit("a.example", "a.example/1", &["Some words here."]);
    known.dossier.outlet.name = "The A".into();
    known.dossier.outlet.agency = Some("aaa".into());
    known.dossier.outlet.kind = copytrail::model::OutletKind::Wire;
    let mut bare = deposit("a.example", "a.example/2", &["Other words here."]);
    bare.dossier.outlet.name = "a.example".into();
    store.add(&[bare.clone(), known.clone(), bare]).unwrap();
    assert_eq!(store.dossier(1).unwrap().unwrap().outlet, known.dossier.outlet);
    assert_eq!(store.documents(0, 10).unwrap(), [(1, 1), (2, 2)]);
    assert_eq!(store.documents(1, 10).unwrap(), [(2, 2)]);
}
