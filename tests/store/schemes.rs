//! New fingerprints: stale, refreshed in parts, finished.

use copytrail::store::{Index, Scheme, Store};

use crate::deposits::deposit;

fn scheme(name: &str, version: i64) -> Scheme {
    Scheme { name: name.into(), version, hangs_on: "unicode 17".into() }
}

#[test]
fn a_new_scheme_makes_everything_stale_until_it_is_refreshed() {
    let mut store = Store::temporary().unwrap();
    assert!(!store.set_schemes(&[scheme("shingle", 1), scheme("extractor", 1)]).unwrap());
    let batch: Vec<_> = (1..=7)
        .map(|n| deposit("a.example", &format!("a.example/{n}"), &["The same words in each."]))
        .collect();
    store.add(&batch).unwrap();
    while store.fts_catch_up(100).unwrap() > 0 {}
    let old = batch[0].print.shingles[0];
    assert!(!store.set_schemes(&[scheme("shingle", 1), scheme("extractor", 2)]).unwrap());
    assert_eq!(store.stale_count().unwrap(), 0);
    assert!(store.set_schemes(&[scheme("shingle", 2)]).unwrap());
    assert_eq!(store.stale_count().unwrap(), 7);
    assert!(!store.finish_rebuild().unwrap());

    let mut after = 0;
    loop {
        let stale = store.stale(after, 3).unwrap();
        let Some((last, _)) = stale.last() else { break };
        after = *last;
        let renewed: Vec<_> = stale
            .iter()
            .map(|(document, dossier)| {
                assert_eq!(dossier.article.identity, format!("a.example/{document}"));
                let mut print = batch[0].print.clone();
                print.shingles = vec![42 << 30, u64::from(*document) << 50];
                (*document, print, "renewed tokens".to_owned())
            })
            .collect();
        assert_eq!(store.refresh(&renewed).unwrap(), renewed.len());
        assert_eq!(store.refresh(&renewed).unwrap(), 0);
        assert_eq!(store.check().unwrap().findings, []);
    }
    assert!(store.finish_rebuild().unwrap());
    let found = store.lookup(Index::Shingle, &[42 << 30, 3 << 50, old], 10).unwrap();
    assert_eq!(found[0].documents, [1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(found[1].documents, [3]);
    assert_eq!(found[2].frequency, 0);
    while store.fts_catch_up(100).unwrap() > 0 {}
    assert_eq!(store.search(&["renewed".into()], 10).unwrap().len(), 7);
    assert!(store.search(&["same".into()], 10).unwrap().is_empty());
    assert_eq!(store.check().unwrap().findings, []);
    assert_eq!(store.schemes().unwrap(), [scheme("extractor", 2), scheme("shingle", 2)]);
}
