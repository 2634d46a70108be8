//! Pages that are no articles are named by their kind and taken in by nobody; short articles that look like them are.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod site;

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Output;

use copytrail::ingest::{Given, Item, Limits, read};
use copytrail::model::Kind;
use serde_json::Value;
use site::{Reply, Site, article};

fn pages(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pages").join(folder);
    let mut pages: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.sort();
    pages
}

fn kind(path: &Path) -> Kind {
    let mut kind = None;
    read(&path.to_string_lossy(), &Given::default(), &Limits::default(), &mut |item| {
        if let Item::Article(article) = item {
            kind = Some(article.kind);
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    kind.unwrap_or_else(|| panic!("{} is refused, not named", path.display()))
}

fn run(home: &Path, args: &[&str]) -> Output {
    let mut command = assert_cmd::Command::cargo_bin("copytrail").unwrap();
    command.env_clear().env("COPYTRAIL_DATA", home).args(args).output().unwrap()
}

fn shown(home: &Path, what: &str) -> Value {
    serde_json::from_slice(&run(home, &["show", what, "--format", "json"]).stdout).unwrap()
}

#[test]
fn walls_and_their_like_are_named_by_kind() {
    let walls = pages("walls");
    let mut wrong = Vec::new();
    let mut languages = BTreeSet::new();
    for path in &walls {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let (expected, rest) = name.split_once('-').unwrap();
        languages.insert(rest.split('-').next().unwrap().to_owned());
        let found = serde_json::to_value(kind(path)).unwrap();
        if found != expected {
            wrong.push(format!("{name}: {found}"));
        }
    }
    assert_eq!(wrong, [] as [String; 0]);
    assert!(walls.len() >= 30 && languages.len() >= 10, "{} {languages:?}", walls.len());
}

#[test]
fn short_articles_are_articles() {
    let found: Vec<String> = pages("short")
        .iter()
        .filter(|path| kind(path) != Kind::Article)
        .map(|path| format!("{}: {:?}", path.display(), kind(path)))
        .collect();
    assert_eq!(found, [] as [String; 0]);
}

#[test]
fn they_are_taken_in_by_nobody() {
    let home = tempfile::tempdir().unwrap();
    let folder = |name: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pages").join(name);
        folder.to_string_lossy().into_owned()
    };
    let output = run(home.path(), &["add", &folder("walls"), &folder("short"), "--format", "json"]);
    let added: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(added["new"], pages("short").len(), "{added}");
    assert_eq!(added["refused"], pages("walls").len(), "{added}");
    let output = run(home.path(), &["trace", &folder("walls")]);
    assert!(output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn a_second_fetch_that_meets_a_wall_leaves_the_article_as_it_was() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let site = Site::start();
    let url = format!("{}/kran", site.address());
    let html = "text/html; charset=utf-8";
    site.put("/kran", Reply::ok(html, &article("/kran")));
    assert_eq!(run(home, &["add", &url, "--allow-private"]).status.code(), Some(0));
    let before = shown(home, &url);
    // One of each kind: the others differ in their words only.
    let kind_of = |path: &PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        name.split('-').next().unwrap().to_owned()
    };
    let mut walls = pages("walls");
    walls.dedup_by_key(|path| kind_of(path));
    assert_eq!(walls.len(), 6);
    for path in walls {
        site.put("/kran", Reply::ok(html, &std::fs::read_to_string(&path).unwrap()));
        for command in [&["add"][..], &["refetch", "--pause", "0.05", "--contact", "x@y.example"]] {
            let output = run(home, &[command, &[&url, "--allow-private"]].concat());
            let ended = output.status.code();
            let err = String::from_utf8_lossy(&output.stderr).into_owned();
            // A refusal for `add`; for `refetch` a thing that was found out.
            let expected = if command.len() == 1 { [Some(1), Some(2)] } else { [Some(0), Some(0)] };
            assert!(expected.contains(&ended), "{}: {err}", path.display());
        }
        assert_eq!(shown(home, &url), before, "{}", path.display());
    }
}

#[test]
fn what_a_wall_leaves_never_takes_a_texts_place_whatever_its_language() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let sentences = |word: &str| {
        (1..=12)
            .map(|n| format!("{word} ships number {n} lay at the mole until the tide of day {n}."))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let whole = [sentences("Grey"), sentences("White"), sentences("Tarred")];
    let file = home.join("page.jsonl");
    let put = |paragraphs: &[String]| {
        let row = serde_json::json!({
            "url": "https://paper.example/ships", "title": "Ships", "paragraphs": paragraphs,
        });
        std::fs::write(&file, row.to_string()).unwrap();
        let output = run(home, &["add", &file.to_string_lossy()]);
        assert_eq!(output.status.code(), Some(0));
        shown(home, "https://paper.example/ships")["paragraphs"].clone()
    };
    // A teaser first: the whole text takes its place.
    let teaser = [format!("{}…", &whole[0][..120])];
    put(&teaser);
    let before = put(&whole);
    assert_eq!(before.as_array().unwrap().len(), 3);
    for less in [
        &teaser[..],
        &[whole[0].clone(), "Haltu áfram að lesa með áskrift.".to_owned()],
        &["Robotok nem olvashatják ezt az oldalt.".to_owned()],
    ] {
        assert_eq!(put(less), before, "{less:?}");
        assert_eq!(put(less), before, "{less:?}, once more");
    }
    // A new version is one, if it is shorter too.
    let shorter = [whole[0].clone(), sentences("Sunken")];
    assert_eq!(put(&shorter).as_array().unwrap().len(), 2);
    assert_eq!(run(home, &["check"]).status.code(), Some(0));
}
