//! Look-ups against a map that is obviously right.

use std::collections::{BTreeMap, BTreeSet};

use copytrail::store::{Deposit, Index, Store};
use proptest::prelude::*;

use crate::deposits::deposit;

/// A hash whose kept bits differ from those of its neighbours.
fn hash(number: u64) -> u64 {
    number.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

fn with_hashes(identity: &str, shingles: &BTreeSet<u64>) -> Deposit {
    let mut d = deposit("a.example", identity, &["Words."]);
    d.print.shingles = shingles.iter().map(|n| hash(*n)).collect();
    d.print.shingles.sort_unstable();
    d
}

/// Documents by hash number.
type Model = BTreeMap<u64, BTreeSet<u32>>;

fn assert_same(store: &Store, model: &Model, cap: usize) {
    let keys: Vec<u64> = (0..90).map(hash).collect();
    let found = store.lookup(Index::Shingle, &keys, cap).unwrap();
    for (number, posting) in (0..90).zip(found) {
        let right = model.get(&number).cloned().unwrap_or_default();
        assert_eq!(posting.key, hash(number));
        assert_eq!(posting.frequency, right.len(), "hash {number}");
        if right.len() <= cap {
            assert!(posting.documents.iter().copied().eq(right), "hash {number}");
        } else {
            assert!(posting.documents.is_empty());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn look_ups_are_those_of_a_plain_map(
        batches in prop::collection::vec(
            prop::collection::vec(prop::collection::btree_set(0u64..80, 0..30), 1..8), 1..14),
        gone in prop::collection::btree_set(1i64..40, 0..10),
        cap in prop_oneof![Just(3usize), Just(1000)],
    ) {
        let mut store = Store::temporary().unwrap();
        let (mut model, mut document) = (Model::new(), 0);
        for batch in &batches {
            let mut deposits = Vec::new();
            for shingles in batch {
                document += 1;
                deposits.push(with_hashes(&format!("a.example/{document}"), shingles));
                for number in shingles {
                    model.entry(*number).or_default().insert(document);
                }
            }
            store.add(&deposits).unwrap();
        }
        assert_same(&store, &model, cap);
        assert_same(&store, &model, 0);
        let gone: Vec<i64> = gone.into_iter().collect();
        store.remove(&gone).unwrap();
        for list in model.values_mut() {
            list.retain(|document| !gone.contains(&i64::from(*document)));
        }
        assert_same(&store, &model, cap);
        prop_assert_eq!(store.check().unwrap().findings, []);
    }
}

#[test]
fn a_very_long_list_gives_its_length_and_survives_merging_and_removal() {
    let mut store = Store::temporary().unwrap();
    let mut number = 0;
    for _ in 0..9 {
        let batch: Vec<Deposit> = (0..200)
            .map(|_| {
                number += 1;
                with_hashes(&format!("a.example/{number}"), &[1, 1_000 + number].into())
            })
            .collect();
        store.add(&batch).unwrap();
    }
    let look =
        |store: &Store, cap| store.lookup(Index::Shingle, &[hash(1)], cap).unwrap().remove(0);
    assert_eq!((look(&store, 100).frequency, look(&store, 100).documents.len()), (1800, 0));
    assert_eq!(look(&store, 1800).documents, (1..=1800).collect::<Vec<u32>>());
    store.remove(&(1..=1500).collect::<Vec<i64>>()).unwrap();
    assert_eq!(look(&store, 1800).documents, (1501..=1800).collect::<Vec<u32>>());
    assert_eq!(store.check().unwrap().findings, []);
}

#[test]
fn a_replaced_revision_is_found_as_history_only() {
    let mut store = Store::temporary().unwrap();
    let words = |text: &str| deposit("a.example", "a.example/1", &[text]);
    let old = words("The old words stood here before.");
    store.add(std::slice::from_ref(&old)).unwrap();
    store.add(&[words("The new words stand here now.")]).unwrap();
    let key = old.print.shingles[0];
    let now = store.lookup(Index::Shingle, &[key], 10).unwrap();
    assert_eq!((now[0].frequency, now[0].documents.len()), (0, 0));
    assert_eq!(store.lookup_history(Index::Shingle, &[key], 10).unwrap()[0].documents, [1]);
    assert!(!store.is_current(1).unwrap() && store.is_current(2).unwrap());
    let exact = old.print.paragraphs[0].key();
    assert_eq!(store.by_exact(&[exact], 10).unwrap()[0].frequency, 0);
}

#[test]
fn a_reader_sees_whole_batches_while_the_writer_writes() {
    let mut store = Store::temporary().unwrap();
    store.add(&[with_hashes("a.example/0", &[1].into())]).unwrap();
    let reader = store.reader().unwrap();
    let looking = std::thread::spawn(move || {
        let mut seen = BTreeSet::new();
        while !seen.contains(&2001) {
            let posting = reader.lookup(Index::Shingle, &[hash(1)], 10_000).unwrap().remove(0);
            assert_eq!(posting.documents.len(), posting.frequency);
            assert_eq!(posting.frequency % 100, 1, "a part of a batch was seen");
            seen.insert(posting.frequency);
        }
        reader.document_count(None).unwrap()
    });
    for batch in 0..20 {
        let deposits: Vec<Deposit> = (0..100)
            .map(|i| with_hashes(&format!("a.example/{batch}/{i}"), &[1, 100 * batch + i].into()))
            .collect();
        store.add(&deposits).unwrap();
    }
    assert_eq!(looking.join().unwrap(), 2001);
}
