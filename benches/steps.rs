//! The steps by themselves: `cargo bench --bench steps`.
//!
//! Bytes are those of the text as given, so that MB/s of all rows compare, SHA-256's and the `simhash` crate's too.

#[path = "generator/mod.rs"]
#[allow(dead_code, reason = "the table needs what the steps do not")]
mod generator;

use std::hint::black_box;

use copytrail::credits;
use copytrail::fingerprinter::{fingerprint, simhash};
use copytrail::language;
use copytrail::model::{Article, Dossier, Paragraph, ParagraphRole, Thresholds};
use copytrail::store::{Deposit, Index, Store};
use copytrail::tracer;
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use generator::Generator;
use sha2::{Digest, Sha256};

/// Articles that a step is measured on.
const ARTICLES: u64 = 400;

fn article(made: &generator::Made) -> Article {
    let paragraph =
        |text: &String| Paragraph { text: text.clone(), role: ParagraphRole::default() };
    Article {
        identity: made.url.clone(),
        url: Some(made.url.clone()),
        title: Some(made.title.clone()),
        language: Some(made.language.to_owned()),
        domain: Some(made.outlet.clone()),
        paragraphs: made.paragraphs.iter().map(paragraph).collect(),
        ..Article::default()
    }
}

fn articles() -> Vec<Article> {
    let generator = Generator::new(1);
    (0..ARTICLES).map(|number| article(&generator.article(number))).collect()
}

fn texts(articles: &[Article]) -> Vec<&str> {
    articles.iter().flat_map(|a| a.paragraphs.iter().map(|p| p.text.as_str())).collect()
}

fn deposits(articles: &[Article]) -> Vec<Deposit> {
    articles
        .iter()
        .map(|article| Deposit {
            dossier: Dossier {
                id: None,
                outlet: credits::outlet(article.domain.as_deref(), None),
                article: article.clone(),
            },
            print: fingerprint(article),
            search_tokens: String::new(),
        })
        .collect()
}

fn reading(criterion: &mut Criterion) {
    let articles = articles();
    let texts = texts(&articles);
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    let mut group = criterion.benchmark_group("text");
    group.throughput(Throughput::Bytes(bytes as u64)).sample_size(20);
    let mut each = |name: &str, step: &dyn Fn(&str)| {
        group.bench_function(name, |bencher| bencher.iter(|| texts.iter().for_each(|t| step(t))));
    };
    each("sha256", &|text| {
        black_box(Sha256::digest(text.as_bytes()));
    });
    each("normal form", &|text| drop(black_box(language::normal_form(text))));
    each("words", &|text| drop(black_box(language::words(text))));
    each("simhash, with normal form", &|text| {
        black_box(simhash(&language::normal_form(text)));
    });
    each("simhash crate, bare loop", &|text| {
        let features = (0..text.len()).filter_map(|at| text.get(at..at + 5));
        black_box(::simhash::simhash_stream(features));
    });
    each("detect", &|text| {
        black_box(language::detect(text));
    });
    each("search tokens", &|text| drop(black_box(language::search_tokens(text, Some("en")))));
    each("disguises", &|text| drop(black_box(language::disguises(text, 0))));
    drop(group);
    let mut group = criterion.benchmark_group("article");
    group.throughput(Throughput::Bytes(bytes as u64)).sample_size(20);
    group.bench_function("fingerprints of all kinds", |bencher| {
        bencher.iter(|| articles.iter().for_each(|article| drop(black_box(fingerprint(article)))));
    });
    group.bench_function("anchors", |bencher| {
        bencher
            .iter(|| articles.iter().for_each(|a| drop(black_box(language::article_anchors(a)))));
    });
    group.bench_function("credits", |bencher| {
        bencher.iter(|| {
            for article in &articles {
                let outlet = credits::outlet(article.domain.as_deref(), None);
                black_box(credits::read(&credits::Page {
                    paragraphs: &article.paragraphs,
                    byline: &[],
                    claims: &[],
                    links: &[],
                    outlet: &outlet,
                    language: article.language.as_deref(),
                }));
            }
        });
    });
}

fn matching(criterion: &mut Criterion) {
    let generator = Generator::new(1);
    let number =
        (0..10_000).find(|n| generator.plan(*n).kind == generator::Kind::Edited).unwrap_or(0);
    let copy = article(&generator.article(number));
    let original = article(&generator.article(generator.plan(number).parent));
    let dossier = |article: &Article| {
        tracer::Witness::new(Dossier { article: article.clone(), ..Dossier::default() })
    };
    criterion.bench_function("alignment of an edited copy and its original", |bencher| {
        bencher.iter_batched(
            || (dossier(&copy), dossier(&original)),
            |(left, right)| tracer::compare(left, right, &Thresholds::default(), None),
            BatchSize::SmallInput,
        );
    });
}

fn storing(criterion: &mut Criterion) {
    let articles = articles();
    let deposits = deposits(&articles);
    let mut group = criterion.benchmark_group("store");
    group.sample_size(10).throughput(Throughput::Elements(ARTICLES));
    group.bench_function("add", |bencher| {
        bencher.iter_batched(
            || Store::temporary().expect("a folder for temporary files"),
            |mut store| {
                store.add(&deposits).expect("a writable store");
                store
            },
            BatchSize::PerIteration,
        );
    });
    let mut store = Store::temporary().expect("a folder for temporary files");
    store.add(&deposits).expect("a writable store");
    group.throughput(Throughput::Elements(1));
    let keys = &deposits[7].print.shingles;
    group.bench_function("lookup of an article's shingles", |bencher| {
        bencher.iter(|| store.lookup(Index::Shingle, keys, 2_000));
    });
    drop(group);
}

criterion_group!(steps, reading, matching, storing);
criterion_main!(steps);
