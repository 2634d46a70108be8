//! Slow: exports of other news tools, written by the tools themselves: each is installed into a folder of its own,
//! writes what it writes, and that is read field for field. Where one cannot be installed its test says so and passes.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::{
    fs,
    ops::ControlFlow,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use copytrail::{
    ingest::{Given, Item, Limits, read},
    model::{Article, Kind},
};
use serde_json::Value;

const URL: &str = "https://www.nordblatt.example/hafen/neuer-kran-11";
/// Keys that have a meaning here: they come out as fields of the article, not beside it.
const MEANT: &[&str] = &[
    "url",
    "source",
    "id",
    "hostname",
    "title",
    "text",
    "maintext",
    "plaintext",
    "body",
    "raw_text",
    "date",
    "date_publish",
    "publish_date",
    "publishing_date",
    "date_modify",
    "date_download",
    "indexed_date",
    "language",
    "lang",
    "meta_lang",
    "author",
    "authors",
    "media_name",
    "publisher",
    "source_domain",
    "meta_site_name",
    "outlet",
];
/// Keys that hold the text, the first that is there.
const TEXTS: &[&str] = &["text", "maintext", "plaintext", "raw_text"];
/// What an install may take, in seconds; one that takes longer is run by hand.
const INSTALL: u64 = 150;

fn done_in(mut child: Child, limit: Duration) -> bool {
    let start = Instant::now();
    loop {
        match child.try_wait().unwrap() {
            Some(status) => return status.success(),
            None if start.elapsed() > limit => {
                child.kill().unwrap();
                child.wait().unwrap();
                return false;
            }
            None => std::thread::sleep(Duration::from_millis(200)),
        }
    }
}

fn run(program: &Path, arguments: &[&str], limit: u64) -> bool {
    let quiet = || Stdio::null();
    let child = Command::new(program)
        .args(arguments)
        .stdin(quiet())
        .stdout(quiet())
        .stderr(quiet())
        .spawn();
    child.is_ok_and(|child| done_in(child, Duration::from_secs(limit)))
}

/// The folder with what a package wrote, or nothing where it cannot be had.
fn written(package: &str, needs: &[&str]) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("exports").join(package);
    let python = root.join("venv/bin/python");
    if !root.join("ready").exists() {
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(&root).unwrap();
        let venv = root.join("venv").to_string_lossy().into_owned();
        let by_hand = std::env::var_os("COPYTRAIL_INSTALL").is_some();
        let limit = if by_hand { 1_200 } else { INSTALL };
        let install =
            [&["-m", "pip", "install", "--quiet", "--disable-pip-version-check"], needs].concat();
        if !run(Path::new("python3"), &["-m", "venv", &venv], 60) || !run(&python, &install, limit)
        {
            println!(
                "skipped: {package} cannot be installed (no python3, or no way to its registry)"
            );
            return None;
        }
        fs::write(root.join("ready"), "").unwrap();
    }
    let out = root.join("out");
    let _ = fs::remove_dir_all(&out);
    fs::create_dir_all(&out).unwrap();
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let [script, page] =
        [here.join("tests/exports/writers.py"), here.join("fixtures/pages/hafen.html")]
            .map(|path| path.to_string_lossy().into_owned());
    let wrote = run(&python, &[&script, package, &page, URL, &out.to_string_lossy()], 120);
    assert!(wrote, "{package} is installed and does not write; its interface may have changed");
    Some(out)
}

fn read_all(path: &Path) -> Vec<Article> {
    let mut articles = Vec::new();
    read(&path.to_string_lossy(), &Given::default(), &Limits::default(), &mut |item| {
        match item {
            Item::Article(article) => articles.push(*article),
            Item::Pack { file, .. } => panic!("{file} is a pack"),
            Item::Refused(refusal) => panic!("{}: {refusal:?}", path.display()),
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    articles
}

/// Every key of a record that says something is there: as a field with the same value, or as it is beside the fields.
fn assert_kept(record: &Value, article: &Article, name: &str) {
    let mut texts = TEXTS.iter().filter_map(|key| record[*key].as_str()).filter(|t| !t.is_empty());
    if let Some(text) = texts.next() {
        assert_text(text, article, name);
    }
    for (key, value) in record.as_object().unwrap() {
        let says = match value {
            Value::Null => false,
            Value::String(text) => !matches!(text.as_str(), "" | "None" | "[]"),
            Value::Array(list) => !list.is_empty(),
            _ => true,
        };
        if !says {
            continue;
        }
        match (key.as_str(), value.as_str()) {
            ("title", Some(title)) => assert_eq!(article.title.as_deref(), Some(title), "{name}"),
            ("url", Some(url)) => assert_eq!(article.url.as_deref(), Some(url), "{name}"),
            ("date" | "date_publish" | "publish_date" | "publishing_date", Some(date)) => {
                let read = article.published.as_ref().unwrap().day().to_owned();
                assert!(date.starts_with(&read), "{name}: {date} became {read}");
            }
            ("date_download", Some(date)) => {
                let read = article.first_seen.as_ref().unwrap().day().to_owned();
                assert!(date.starts_with(&read), "{name}: {date} became {read}");
            }
            (key, _) if MEANT.contains(&key) => {}
            _ => assert_eq!(article.extra.get(key), Some(&value.to_string()), "{name}: {key}"),
        }
    }
}

/// Every line of a text stands in the article, and nothing else does.
fn assert_text(text: &str, article: &Article, name: &str) {
    let tight = |text: &str| text.split_whitespace().collect::<String>();
    let beside = article.furniture.iter().map(|line| tight(line));
    let own = article.paragraphs.iter().map(|paragraph| tight(&paragraph.text));
    let read: Vec<String> = own.clone().chain(beside).collect();
    for line in text.lines().map(tight).filter(|line| !line.is_empty()) {
        let kept = read.iter().any(|part| part.contains(&line) || line.contains(part.as_str()));
        assert!(kept, "{name}: {line} is lost");
    }
    for paragraph in own {
        assert!(tight(text).contains(&paragraph), "{name}: {paragraph} is not in the text");
    }
}

/// The rows of a table as records.
fn rows_of(text: &str) -> Vec<Value> {
    let tab = text.lines().next().is_some_and(|line| line.contains('\t'));
    let mut table = csv::ReaderBuilder::new()
        .delimiter(if tab { b'\t' } else { b',' })
        .from_reader(text.as_bytes());
    let names = table.headers().unwrap().clone();
    let record = |row: csv::StringRecord| {
        let cells = names.iter().zip(row.iter());
        Value::Object(cells.map(|(name, cell)| (name.to_owned(), Value::from(cell))).collect())
    };
    table.records().map(|row| record(row.unwrap())).collect()
}

fn assert_story(article: &Article, name: &str) {
    assert_eq!(article.kind, Kind::Article, "{name}");
    assert_eq!(article.title.as_deref(), Some("Neuer Kran für den Hafen von Osterwehr"), "{name}");
    assert_eq!(article.paragraphs.len(), 5, "{name}: {:?}", article.paragraphs);
    assert!(article.paragraphs[4].text.ends_with("der Rat im Juni entscheidet."), "{name}");
    assert_eq!(article.identity, "https://nordblatt.example/hafen/neuer-kran-11", "{name}");
    assert_eq!(article.domain.as_deref(), Some("nordblatt.example"), "{name}");
    assert_eq!(article.language.as_deref(), Some("de"), "{name}");
    assert_eq!(article.byline, ["Ida Beck"], "{name}");
    assert_eq!(article.published.as_ref().unwrap().day(), "2024-05-02", "{name}");
    let dpa = article.credits.iter().any(|credit| credit.agency.as_deref() == Some("dpa"));
    assert!(dpa, "{name}: {:?}", article.credits);
}

/// How many articles the binary itself finds in a file.
fn lines_of_binary(path: &Path) -> usize {
    let home = tempfile::tempdir().unwrap();
    let out = Command::new(env!("CARGO_BIN_EXE_copytrail"))
        .args(["extract", "--format", "jsonl"])
        .arg(path)
        .env("COPYTRAIL_DATA", home.path())
        .output()
        .unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8_lossy(&out.stdout).lines().count()
}

/// Reads a file and compares what it holds with its own JSON, where it is JSON.
fn story_of(folder: &Path, name: &str, format: &str, count: usize) -> Vec<Article> {
    let path = folder.join(name);
    let articles = read_all(&path);
    assert_eq!(articles.len(), count, "{name}");
    assert!(
        articles.iter().all(|article| article.format == format),
        "{name}: {}",
        articles[0].format
    );
    assert_eq!(lines_of_binary(&path), count, "{name}");
    let text = fs::read_to_string(&path).unwrap();
    let whole = serde_json::from_str::<Value>(&text);
    let records: Vec<Value> = match whole {
        Ok(Value::Array(list)) => list,
        Ok(object) => vec![object],
        Err(_) if format == "jsonl" => {
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
        }
        Err(_) => rows_of(&text),
    };
    assert!(records.is_empty() || records.len() == count, "{name}");
    for (record, article) in records.iter().zip(&articles) {
        assert_kept(record, article, name);
    }
    articles
}

#[test]
fn trafilatura() {
    let Some(folder) = written("trafilatura", &["trafilatura", "lxml_html_clean"]) else { return };
    for (name, format, count) in [
        ("trafilatura.json", "json", 1),
        ("trafilatura.jsonl", "jsonl", 2),
        ("trafilatura.csv", "csv", 1),
    ] {
        for mut article in story_of(&folder, name, format, count) {
            if format == "csv" {
                // Its tables have no column for authors.
                article.byline = vec!["Ida Beck".to_owned()];
            }
            assert_story(&article, name);
        }
    }
    // The raw text alone has no breaks: one paragraph, and nothing of it lost.
    let raw = story_of(&folder, "trafilatura-raw.json", "json", 1).remove(0);
    assert!(raw.paragraphs.iter().any(|p| p.text.contains("Die beiden alten Krane")));
    assert_eq!(raw.published.unwrap().text, "2024-05-02");
}

#[test]
#[ignore = "installing it takes minutes, by hand: COPYTRAIL_INSTALL=1 cargo test --test exports -- --ignored"]
fn news_please() {
    let Some(folder) = written("news-please", &["news-please"]) else { return };
    let article = story_of(&folder, "news-please.json", "json", 1).remove(0);
    assert_story(&article, "news-please.json");
    assert_eq!(article.first_seen, None, "the word None is no date");
    for article in story_of(&folder, "news-please.jsonl", "jsonl", 2) {
        assert_story(&article, "news-please.jsonl");
    }
}

#[test]
fn fundus() {
    let Some(folder) = written("fundus", &["fundus", "curl_cffi<0.14"]) else { return };
    let articles = read_all(&folder.join("fundus.json"));
    let outlets: Vec<&str> =
        articles.iter().filter_map(|article| article.outlet.as_deref()).collect();
    assert_eq!(outlets, ["Nordblatt", "Südblatt"]);
    for article in &articles {
        let texts: Vec<&str> = article.paragraphs.iter().map(|p| p.text.as_str()).collect();
        assert_eq!(texts[..2], ["Ein Kran fällt in die Weser.", "Streit um die Wartung"]);
        assert_eq!(article.published.as_ref().unwrap().text, "2024-05-02T14:05:00+02:00");
        assert_eq!(article.byline, ["Ida Beck"]);
        assert_eq!(article.extra["topics"], "[\"Hafen\"]");
        assert_eq!(article.extra["free_access"], "true");
    }
    let line = story_of(&folder, "fundus.jsonl", "jsonl", 1).remove(0);
    assert_eq!((line.paragraphs.len(), line.outlet.as_deref()), (4, Some("Nordblatt")));
    assert_eq!(line.text(), articles[0].text());
}

#[test]
fn newspaper4k() {
    let Some(folder) = written("newspaper4k", &["newspaper4k"]) else { return };
    for (name, format) in [("newspaper4k.json", "json"), ("newspaper4k.csv", "csv")] {
        let article = story_of(&folder, name, format, 1).remove(0);
        assert_story(&article, name);
        assert!(article.extra.contains_key("canonical_link"), "{name}");
    }
}

#[test]
fn media_cloud() {
    let Some(folder) = written("mediacloud", &["mediacloud"]) else { return };
    for (name, format) in [("mediacloud.jsonl", "jsonl"), ("mediacloud.csv", "csv")] {
        for (at, row) in story_of(&folder, name, format, 3).iter().enumerate() {
            assert_eq!(row.kind, Kind::Sighting, "{name}");
            assert_eq!(row.title, Some(format!("Kran {at}")), "{name}");
            assert_eq!(row.published.as_ref().unwrap().text, "2024-05-02", "{name}");
            assert_eq!(row.first_seen.as_ref().unwrap().text, "2024-05-02T14:30:00", "{name}");
            assert_eq!(row.user_id, Some(format!("a{at}")), "{name}");
            assert!(row.extra.contains_key("media_url"), "{name}");
        }
    }
}
