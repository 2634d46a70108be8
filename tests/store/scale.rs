//! What the store costs, printed: `cargo test --release --test store -- --ignored --nocapture scale`.
//! `COPYTRAIL_SCALE` sets the number of articles (default 100,000).

// Ranks and shares of small numbers.
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]

use std::time::Instant;

use copytrail::store::{Deposit, Index, Store};

use crate::deposits::{deposit, instant};

/// A small generator with a fixed seed (splitmix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// Zipf-like rank below `bound`: uniform in the logarithm.
    fn rank(&mut self, bound: f64) -> u64 {
        let share = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        bound.powf(share) as u64
    }
}

/// Eight paragraphs of some 45 words, 60 shingles (one in five shared with earlier articles), 150 anchors.
fn article(number: u64, chance: &mut Chance) -> Deposit {
    let mut texts = Vec::new();
    for _ in 0..8 {
        let words: Vec<String> = (0..45)
            .map(|_| format!("w{:x}", chance.rank(200_000.0) * 2_654_435_761 % 999_983))
            .collect();
        texts.push(words.join(" "));
    }
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let outlet = format!("outlet{}.example", chance.below(400));
    let mut d = deposit(&outlet, &format!("{outlet}/news/2025/05/article-{number}"), &texts);
    d.dossier.article.published = Some(instant(i64::try_from(chance.below(86_400 * 300)).unwrap()));
    let spread = |seed: u64| Chance(seed).next();
    d.print.shingles = (0..60)
        .map(|i| {
            let story = if i < 12 { number / 6 } else { number + (1 << 40) };
            spread(story * 64 + i)
        })
        .collect();
    d.print.anchors = (0..150).map(|_| spread(chance.rank(1_000_000.0) + (1 << 50))).collect();
    d.print.shingles.sort_unstable();
    d.print.anchors.sort_unstable();
    d.print.anchors.dedup();
    d
}

/// Processor seconds of this process so far, where the system tells: other work on the machine does not count.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<f64> =
        stat.split(' ').skip(13).take(2).filter_map(|field| field.parse().ok()).collect();
    fields.iter().sum::<f64>() / 100.0
}

fn quantile(times: &mut [f64], share: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    times[((times.len() - 1) as f64 * share) as usize]
}

#[test]
#[ignore = "a measurement of minutes; see the head of the file"]
fn scale() {
    let articles: u64 =
        std::env::var("COPYTRAIL_SCALE").ok().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let mut store = Store::temporary().unwrap();
    let mut chance = Chance(7);
    let (mut spent, mut number, mut tenth, mut worked) = (0.0, 0, 0.0, 0.0);
    while number < articles {
        let batch: Vec<Deposit> = (0..1000).map(|i| article(number + i, &mut chance)).collect();
        let (start, before) = (Instant::now(), processor());
        store.add(&batch).unwrap();
        let took = start.elapsed().as_secs_f64();
        worked += processor() - before;
        spent += took;
        tenth += took;
        number += 1000;
        if number % (articles / 10) == 0 {
            let rate = articles as f64 / 10.0 / tenth;
            println!("to {number}: {rate:.0} articles/s, {worked:.1} processor seconds");
            (tenth, worked) = (0.0, 0.0);
        }
    }
    println!("add: {:.0} articles/s over all", articles as f64 / spent);
    let stats = store.stats().unwrap();
    println!(
        "text {} MB, matching indexes {} MB, store {} MB",
        stats.text_bytes >> 20,
        stats.index_bytes >> 20,
        stats.store_bytes >> 20
    );
    print_tables(&store);
    print_lookups(&store, articles);
    let start = Instant::now();
    while store.fts_catch_up(2000).unwrap() > 0 {}
    println!("full text: {:.0} articles/s", articles as f64 / start.elapsed().as_secs_f64());
    let start = Instant::now();
    store.remove(&[7]).unwrap();
    println!("remove one: {:.2} s", start.elapsed().as_secs_f64());
    let start = Instant::now();
    assert_eq!(store.check().unwrap().findings, []);
    println!("check: {:.2} s", start.elapsed().as_secs_f64());
}

fn print_tables(store: &Store) {
    let conn = rusqlite::Connection::open(store.path()).unwrap();
    let mut statement = conn
        .prepare("SELECT name, sum(pgsize), sum(unused) FROM dbstat WHERE aggregate = TRUE GROUP BY name ORDER BY 2 DESC")
        .unwrap();
    let rows = statement
        .query_map([], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?))
        })
        .unwrap();
    for row in rows.map(Result::unwrap).filter(|row| row.1 > 1 << 18) {
        println!(
            "  {:30} {:8.1} MB, {:4.1} MB unused",
            row.0,
            row.1 as f64 / 1e6,
            row.2 as f64 / 1e6
        );
    }
    let mut statement = conn
        .prepare("SELECT indexed, count(*), sum(pairs), sum(blocks), sum(bytes) FROM segments GROUP BY 1")
        .unwrap();
    let rows = statement
        .query_map([], |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, i64>(1)?,
                row.get::<_, i64>(2)?,
                row.get::<_, i64>(4)?,
            ))
        })
        .unwrap();
    for (name, segments, pairs, bytes) in rows.map(Result::unwrap) {
        println!(
            "  {name}: {segments} segments, {pairs} postings, {:.2} bytes each",
            bytes as f64 / pairs as f64
        );
    }
}

fn print_lookups(store: &Store, articles: u64) {
    let reader = store.reader().unwrap();
    let cap = usize::try_from(articles / 100).unwrap();
    let mut chance = Chance(7);
    let queries: Vec<Deposit> =
        (0..400).map(|i| article(i * articles / 400, &mut chance)).collect();
    for (index, name) in [(Index::Shingle, "shingle"), (Index::Anchor, "anchor")] {
        let mut times = Vec::new();
        let mut found = 0;
        for round in 0..2 {
            times.clear();
            for query in &queries {
                let keys = match index {
                    Index::Shingle => &query.print.shingles,
                    _ => &query.print.anchors,
                };
                let start = Instant::now();
                let postings = reader.lookup(index, keys, cap).unwrap();
                times.push(start.elapsed().as_secs_f64() * 1e3);
                found += postings.iter().map(|p| p.documents.len()).sum::<usize>() * round;
            }
        }
        println!(
            "look-up of {} {name} keys: p50 {:.2} ms, p99 {:.2} ms, {} documents a query",
            if name == "shingle" { 60 } else { 150 },
            quantile(&mut times, 0.5),
            quantile(&mut times, 0.99),
            found / queries.len()
        );
    }
    let keys: Vec<u64> =
        queries.iter().take(6).flat_map(|q| q.print.shingles.iter().copied()).collect();
    print_times("look-up of 360 shingle keys", || {
        reader.lookup(Index::Shingle, &keys, cap).unwrap();
    });
    print_times("40 dossiers", || {
        let documents: Vec<u32> =
            (0..40).map(|_| u32::try_from(1 + chance.below(articles - 1)).unwrap()).collect();
        assert_eq!(reader.dossiers(&documents).unwrap().len(), 40);
    });
    let same: Vec<u32> =
        (0..40).map(|_| u32::try_from(1 + chance.below(articles - 1)).unwrap()).collect();
    print_times("the same 40 dossiers again", || {
        assert_eq!(reader.dossiers(&same).unwrap().len(), 40);
    });
    print_times("of its time", || {
        reader.of_its_time(Some(1_756_353_600), 30, "outlet3.example").unwrap();
    });
    print_times("searched", || {
        reader.searched().unwrap();
    });
}

fn print_times(what: &str, mut work: impl FnMut()) {
    let mut times: Vec<f64> = (0..400)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    let (half, most) = (quantile(&mut times, 0.5), quantile(&mut times, 0.99));
    println!("{what}: p50 {half:.2} ms, p99 {most:.2} ms");
}
