//! Finding, listing, searching, figures.

use copytrail::model::Moment;
use copytrail::store::{Deposit, Filter, Store};

use crate::deposits::{day, deposit};

const DAY: i64 = 86_400;

fn dated(outlet: &str, number: i64, published: Option<Moment>, language: &str) -> Deposit {
    let mut d =
        deposit(outlet, &format!("{outlet}/{number}"), &["Some words here.", "Dull words."]);
    d.dossier.article.published = published;
    d.dossier.article.language = Some(language.into());
    d
}

/// Three outlets; days 0, 10 and 100 after 2025-01-01, one undated.
fn filled() -> Store {
    let from = 1_735_689_600;
    let at = |days: i64, text: &str| Some(day(text, from + days * DAY));
    let mut store = Store::temporary().unwrap();
    store
        .add(&[
            dated("a.example", 1, at(0, "2025-01-01"), "de"),
            dated("b.example", 2, at(10, "2025-01-11"), "de"),
            dated("b.example", 3, at(100, "2025-04-11"), "en"),
            dated("c.example", 4, None, "ja"),
        ])
        .unwrap();
    store
}

#[test]
fn an_article_is_found_by_all_its_names() {
    let mut store = Store::temporary().unwrap();
    let mut d = deposit("a.example", "a.example/1", &["Words."]);
    d.dossier.article.user_id = Some("item 7".into());
    store.add(&[deposit("b.example", "b.example/9", &["Other."]), d]).unwrap();
    for name in ["2", "id:2", "https://a.example/1?from=feed", "a.example/1", " item 7 "] {
        assert_eq!(store.find(name).unwrap(), Some(2), "{name}");
    }
    for name in ["3", "id:0", "id:x", "", "https://a.example/1", "99999999999999999999"] {
        assert_eq!(store.find(name).unwrap(), None, "{name}");
    }
    assert_eq!(store.by_identity("b.example/9").unwrap(), Some(1));
}

#[test]
fn lists_follow_their_filter() {
    let store = filled();
    let ids = |filter: &Filter| -> Vec<i64> {
        store.list(filter).unwrap().iter().map(|row| row.id).collect()
    };
    let all = Filter::default();
    assert_eq!(ids(&all), [4, 1, 2, 3]);
    assert_eq!(ids(&Filter { outlet: Some("B.example".into()), ..all.clone() }), [2, 3]);
    assert_eq!(ids(&Filter { language: Some("de".into()), ..all.clone() }), [1, 2]);
    assert_eq!(ids(&Filter { from: Some(1_735_689_600 + DAY), ..all.clone() }), [2, 3]);
    assert_eq!(ids(&Filter { limit: Some(2), offset: 1, ..all.clone() }), [1, 2]);
    assert_eq!(store.ids(&all).unwrap(), [1, 2, 3, 4]);
    let row = store.row(2).unwrap().unwrap();
    assert_eq!(
        (row.outlet.as_str(), row.paragraphs, row.words, row.revisions),
        ("B.EXAMPLE", 2, 5, 1)
    );
    assert_eq!(row.published.as_deref(), Some("2025-01-11"));
    assert_eq!(store.row(77).unwrap(), None);
}

#[test]
fn articles_of_its_time_are_those_of_others_and_the_undated() {
    let store = filled();
    let at = |days: i64| Some(1_735_689_600 + days * DAY);
    assert_eq!(store.of_its_time(at(0), 30, "a.example").unwrap(), 2);
    assert_eq!(store.of_its_time(at(0), 30, "b.example").unwrap(), 2);
    assert_eq!(store.of_its_time(at(0), 5, "a.example").unwrap(), 1);
    assert_eq!(store.of_its_time(at(130), 30, "new.example").unwrap(), 2);
    assert_eq!(store.of_its_time(None, 30, "c.example").unwrap(), 3);
    assert_eq!(Store::temporary().unwrap().of_its_time(None, 30, "c.example").unwrap(), 0);
}

#[test]
fn figures_say_what_is_on_file() {
    let store = filled();
    let searched = store.searched().unwrap();
    assert_eq!((searched.articles, searched.outlets), (4, 3));
    assert_eq!(searched.from.as_deref(), Some("2025-01-01"));
    assert_eq!(searched.to.as_deref(), Some("2025-04-11"));
    assert_eq!(searched.languages, ["de", "en", "ja"]);
    assert_eq!(store.document_count(Some("de")).unwrap(), 2);
    assert_eq!(store.document_count(Some("xx")).unwrap(), 0);
    let stats = store.stats().unwrap();
    assert_eq!((stats.paragraphs, stats.revisions, stats.text_bytes), (8, 4, 4 * 27));
    let coverage = store.coverage(&Filter::default()).unwrap();
    assert_eq!(coverage.len(), 4);
    assert_eq!(coverage[3].day, None);
    let until = Filter { to: Some(1_735_689_600), ..Filter::default() };
    assert_eq!(store.coverage(&until).unwrap().len(), 1);
    assert_eq!(Store::temporary().unwrap().searched().unwrap().from, None);
}

#[test]
fn search_finds_every_script_once_the_queue_is_empty() {
    let mut store = Store::temporary().unwrap();
    let mut batch = Vec::new();
    for (number, tokens) in
        ["連携 携協 協定", "hindi हिन्दी ภาษาไทย", "c++ \"quoted\" don't", "連携 plain"]
            .iter()
            .enumerate()
    {
        let mut d =
            deposit("a.example", &format!("a.example/{number}"), &["Lead words.", "A plain end."]);
        d.search_tokens = (*tokens).into();
        batch.push(d);
    }
    store.add(&batch).unwrap();
    let search = |store: &Store, tokens: &[&str]| -> Vec<i64> {
        let tokens: Vec<String> = tokens.iter().map(|token| (*token).to_owned()).collect();
        store.search(&tokens, 10).unwrap().iter().map(|hit| hit.article.id).collect()
    };
    assert!(search(&store, &["連携"]).is_empty());
    assert_eq!(store.fts_pending().unwrap(), 4);
    assert_eq!(store.fts_catch_up(3).unwrap() + store.fts_catch_up(3).unwrap(), 4);
    assert_eq!(store.fts_pending().unwrap(), 0);
    assert_eq!(search(&store, &["協定"]), [1]);
    assert_eq!(search(&store, &["हिन्दी"]), [2]);
    assert_eq!(search(&store, &["ภาษาไทย"]), [2]);
    assert_eq!(search(&store, &["c++"]), [3]);
    assert_eq!(search(&store, &["\"quoted\""]), [3]);
    assert_eq!(search(&store, &["plain", "連携"]), [4, 1]);
    assert!(search(&store, &["*", "", "absent"]).is_empty());
    let hits = store.search(&["plain".into()], 10).unwrap();
    assert_eq!(hits[0].snippet, "A plain end.");
}

#[test]
fn a_replaced_text_is_no_longer_searched() {
    let mut store = Store::temporary().unwrap();
    let found = |store: &mut Store, word: &str| {
        while store.fts_catch_up(10).unwrap() > 0 {}
        store.search(&[word.into()], 10).unwrap().len()
    };
    store.add(&[deposit("a.example", "a.example/1", &["Early words."])]).unwrap();
    assert_eq!(found(&mut store, "early"), 1);
    store.add(&[deposit("a.example", "a.example/1", &["Late words."])]).unwrap();
    store.add(&[deposit("a.example", "a.example/1", &["Last words."])]).unwrap();
    assert_eq!(found(&mut store, "early"), 0);
    assert_eq!(found(&mut store, "late"), 0);
    assert_eq!(found(&mut store, "last"), 1);
    assert_eq!(store.check().unwrap().findings, []);
}
