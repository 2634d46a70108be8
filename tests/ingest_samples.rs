//! Real files of wires, feeds and crawls: each is read into sensible articles or refused with its reason. They
//! belong to their senders and lie beside the project; where they do not, these tests say so and pass.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::{
    collections::BTreeMap,
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use copytrail::{
    fingerprinter::fingerprint,
    ingest::{Given, Item, Limits, read},
    model::{Article, Kind, Refusal},
};

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/samples");

fn samples() -> Option<PathBuf> {
    let near = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples");
    let found = [near, PathBuf::from(SAMPLES)].into_iter().find(|path| path.is_dir());
    if found.is_none() {
        println!("skipped: no samples at ../shared/samples");
    }
    found
}

fn read_all(path: &Path) -> (Vec<Article>, Vec<Refusal>) {
    let (mut articles, mut refusals) = (Vec::new(), Vec::new());
    read(&path.to_string_lossy(), &Given::default(), &Limits::default(), &mut |item| {
        match item {
            Item::Article(article) => articles.push(*article),
            Item::Pack { file, .. } => panic!("{file} is a pack"),
            Item::Refused(refusal) => refusals.push(refusal),
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    (articles, refusals)
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// What a file gave, as a row of a table.
fn row(name: &str, articles: &[Article], refusals: &[Refusal]) -> String {
    let paragraphs: usize = articles.iter().map(|article| article.paragraphs.len()).sum();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for article in articles {
        *kinds.entry(format!("{:?}", article.kind).to_lowercase()).or_default() += 1;
    }
    let kinds: Vec<String> = kinds.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
    let format = articles.first().map_or("-", |article| article.format);
    let refused = match refusals {
        [] => String::new(),
        [only] => only.reason.clone(),
        [first, rest @ ..] => format!("{} (and {} more)", first.reason, rest.len()),
    };
    format!(
        "| {name} | {format} | {} | {paragraphs} | {} |",
        kinds.join(", "),
        refused.replace('|', "/")
    )
}

#[test]
fn every_sample_is_read_or_refused_with_its_reason() {
    let Some(root) = samples() else { return };
    let mut all = Vec::new();
    files(&root, &mut all);
    println!("| file | format | read | paragraphs | refused |\n|---|---|---|---|---|");
    let mut unread = Vec::new();
    for path in all {
        let name = path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
        let (articles, refusals) = read_all(&path);
        println!("{}", row(&name, &articles, &refusals));
        if articles.is_empty() && refusals.is_empty() {
            unread.push(name.clone());
        }
        for article in &articles {
            let readable = |text: &str| !text.contains(['\u{1}', '\u{2}', '\u{3}', '\u{fffd}']);
            assert!(article.paragraphs.iter().all(|p| readable(&p.text)), "{name}: raw bytes");
            assert!(!article.format.is_empty(), "{name}");
            let empty = article.paragraphs.is_empty();
            assert!(!empty || article.kind == Kind::Sighting, "{name}: {:?}", article.kind);
        }
        assert!(refusals.iter().all(|refusal| refusal.reason.len() > 10), "{name}");
    }
    assert!(unread.is_empty(), "neither read nor refused: {unread:?}");
}

/// The items of dpa that are there in several formats, by the stems of their files.
fn dpa_formats(root: &Path) -> BTreeMap<String, Vec<PathBuf>> {
    let mut all = Vec::new();
    files(&root.join("dpa_digitalwires"), &mut all);
    let mut by_item: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for path in all {
        let ending = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        if matches!(ending.as_str(), "json" | "xml" | "iptc") {
            let stem = path.file_stem().unwrap().to_string_lossy().to_lowercase();
            by_item.entry(stem.replace(['-', '_'], "")).or_default().push(path);
        }
    }
    by_item
}

#[test]
fn one_item_in_every_format_gives_the_same_paragraphs() {
    let Some(root) = samples() else { return };
    let (mut compared, mut differ) = (0, 0);
    for (item, paths) in dpa_formats(&root) {
        let read: Vec<(PathBuf, Vec<Article>)> =
            paths.into_iter().map(|path| (path.clone(), read_all(&path).0)).collect();
        let texts = |articles: &[Article]| -> Vec<String> {
            articles.iter().flat_map(|a| a.paragraphs.iter().map(|p| p.text.clone())).collect()
        };
        let Some((_, first)) = read.first() else { continue };
        for (path, articles) in &read[1..] {
            compared += 1;
            let (ours, theirs) = (texts(articles), texts(first));
            for (at, pair) in ours.iter().zip(&theirs).enumerate() {
                if pair.0 != pair.1 {
                    println!("{item} {at}: {}\n  {:?}\n  {:?}", path.display(), pair.0, pair.1);
                    differ += 1;
                    break;
                }
            }
            for (one, other) in articles.iter().zip(first) {
                if fingerprint(one) != fingerprint(other) {
                    println!("{item}: {} has other fingerprints", path.display());
                    differ += 1;
                }
            }
            if ours.len() != theirs.len() {
                println!("{item}: {} {} {}", path.display(), ours.len(), theirs.len());
                differ += 1;
            }
        }
        if first.is_empty() {
            continue;
        }
        assert!(first.iter().all(|a| a.kind == Kind::Article), "{item}");
    }
    assert!(compared > 20, "{compared}");
    assert_eq!(differ, 0);
}
