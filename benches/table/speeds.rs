//! What a core makes of the generator's text in a second: all fingerprints, and SHA-256 of the same bytes beside them.

use std::fs;
use std::hint::black_box;
use std::time::Instant;

use copytrail::fingerprinter::fingerprint;
use copytrail::model::{Article, Paragraph, ParagraphRole};
use sha2::{Digest, Sha256};

use crate::generator::{Generator, Made};
use crate::row;

/// Articles that are fingerprinted: some 5 MB.
const ARTICLES: u64 = 1_200;
/// Rounds, the quickest of which counts.
const ROUNDS: usize = 5;
/// How often a round makes the fingerprints, and the sums: the system counts processor time in steps of a few
/// milliseconds.
const PRINTED: usize = 4;
const SUMMED: usize = 100;

/// Seconds of processor time that this thread has had; the clock's where the system does not tell.
fn busy(since: Instant) -> f64 {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| since.elapsed().as_secs_f64(), |told| told / 1e9)
}

fn quickest(times: usize, work: &dyn Fn()) -> f64 {
    let since = Instant::now();
    let round = |_| {
        let before = busy(since);
        (0..times).for_each(|_| work());
        (busy(since) - before) / times as f64
    };
    (0..ROUNDS).map(round).fold(f64::INFINITY, f64::min)
}

fn article(made: &Made) -> Article {
    let paragraph =
        |text: &String| Paragraph { text: text.clone(), role: ParagraphRole::default() };
    Article {
        identity: made.url.clone(),
        url: Some(made.url.clone()),
        title: Some(made.title.clone()),
        language: Some(made.language.to_owned()),
        paragraphs: made.paragraphs.iter().map(paragraph).collect(),
        ..Article::default()
    }
}

/// Measures and prints both rows.
pub fn measure(generator: &Generator) {
    let articles: Vec<Article> = (0..ARTICLES).map(|n| article(&generator.article(n))).collect();
    let texts = || articles.iter().flat_map(|a| &a.paragraphs).map(|p| p.text.as_bytes());
    let megabytes = texts().map(<[u8]>::len).sum::<usize>() as f64 / 1e6;
    let speed = |seconds: f64| format!("{:.0} MB/s", megabytes / seconds);
    let printed = quickest(PRINTED, &|| {
        for article in &articles {
            drop(black_box(fingerprint(article)));
        }
    });
    row("fingerprints of all kinds", &speed(printed), "a core's processor time");
    let hashed = quickest(SUMMED, &|| {
        for text in texts() {
            black_box(Sha256::digest(text));
        }
    });
    row("SHA-256 of the same bytes", &speed(hashed), "a core's processor time");
}
