//! The store as a user meets it: twice the same, revisions, removal without a trace, rebuild, check, search.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use copytrail::store::{Options, Scheme, Store};
use serde_json::Value;

fn run(home: &Path, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("copytrail").unwrap();
    let output = command.env_clear().env("COPYTRAIL_DATA", home).args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn json(home: &Path, args: &[&str]) -> Value {
    let (status, out, err) = run(home, &[args, &["--format", "json"]].concat());
    assert_eq!(status, 0, "{args:?}: {err}");
    serde_json::from_str(&out).unwrap()
}

fn file(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path.to_string_lossy().into_owned()
}

const URL: &str = "https://courier.example/bridge";
const REPORT: &str = "Council keeps the swing bridge\n\n\
    The council of Tarbrook voted on Monday to repair the swing bridge rather than replace it, by nine votes to four.\n\n\
    Work is due to begin in September and to last fourteen months, engineers told the meeting at the Zanzibarium.\n";

fn with_report(home: &Path) -> String {
    let page = file(home, "report.txt", REPORT);
    assert_eq!(json(home, &["add", &page, "--url", URL])["new"], 1);
    page
}

#[test]
fn adding_twice_changes_nothing() {
    let home = tempfile::tempdir().unwrap();
    let page = with_report(home.path());
    let before = json(home.path(), &["stats"]);
    let again = json(home.path(), &["add", &page, "--url", URL]);
    assert_eq!(
        (&again["new"], &again["revised"], &again["unchanged"]),
        (&0.into(), &0.into(), &1.into()),
        "{again:#}"
    );
    let after = json(home.path(), &["stats"]);
    for key in ["articles", "revisions", "paragraphs", "captures", "schemes"] {
        assert_eq!(before[key], after[key], "{key}");
    }
    let tracked = json(
        home.path(),
        &["add", &page, "--url", "https://courier.example/bridge?utm_source=feed#top"],
    );
    assert_eq!(tracked["new"], 0, "a tracking parameter makes no other article: {tracked:#}");
}

#[test]
fn a_changed_text_is_a_revision_and_the_old_one_stays() {
    let home = tempfile::tempdir().unwrap();
    with_report(home.path());
    let changed = file(
        home.path(),
        "changed.txt",
        &REPORT.replace("nine votes to four", "eight votes to five"),
    );
    assert_eq!(json(home.path(), &["add", &changed, "--url", URL])["revised"], 1);
    let stats = json(home.path(), &["stats"]);
    assert_eq!((&stats["articles"], &stats["revisions"]), (&1.into(), &2.into()), "{stats:#}");
    let shown = json(home.path(), &["show", URL]).to_string();
    assert!(
        shown.contains("eight votes to five") && !shown.contains("nine votes to four"),
        "{shown}"
    );
    assert_eq!(run(home.path(), &["check", "--recompute"]).0, 0);
}

fn files_of(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn a_removed_article_leaves_no_trace() {
    let home = tempfile::tempdir().unwrap();
    let page = with_report(home.path());
    let other = file(
        home.path(),
        "other.txt",
        "Otters on the Wend\n\nOtters were filmed on the upper Wend by a camera strapped to an alder, a teacher said.\n",
    );
    json(home.path(), &["add", &other, "--url", "https://courier.example/otters"]);
    let (status, out, err) = run(home.path(), &["remove", URL]);
    assert_eq!(status, 0, "{err}");
    assert!(out.contains(URL), "{out}");
    assert!(json(home.path(), &["search", "Zanzibarium"])["hits"].as_array().unwrap().is_empty());
    let left = json(home.path(), &["list"])["articles"].clone();
    assert_eq!(left.as_array().map(Vec::len), Some(1), "{left:#}");
    let trace = json(home.path(), &["trace", &page, "--outlet", "Elsewhere"]);
    assert!(trace["sources"].as_array().unwrap().is_empty(), "{trace:#}");
    assert_eq!(run(home.path(), &["check", "--recompute"]).0, 0);
    std::fs::remove_file(&page).unwrap();
    for path in files_of(home.path()) {
        let bytes = std::fs::read(&path).unwrap();
        for trace in ["Zanzibarium", "zanzibarium", "courier.example/bridge"] {
            let found = bytes.windows(trace.len()).any(|window| window == trace.as_bytes());
            assert!(!found, "{trace} still stands in {}", path.display());
        }
    }
    let (status, _, err) = run(home.path(), &["remove", URL]);
    assert_eq!(status, 2);
    assert!(err.contains(URL), "{err}");
}

/// The store as a build with an older shingle left it.
fn aged(home: &Path) {
    let mut store = Store::open(&home.join("copytrail.db"), Options::default()).unwrap();
    let mut schemes = store.schemes().unwrap();
    assert!(schemes.iter().any(|s| s.name == "shingle"), "add recorded no schemes: {schemes:?}");
    for scheme in &mut schemes {
        if scheme.name == "shingle" {
            *scheme = Scheme { version: 0, ..scheme.clone() };
        }
    }
    assert!(store.set_schemes(&schemes).unwrap(), "a generation begins");
}

#[test]
fn an_older_scheme_is_told_and_rebuilt() {
    let home = tempfile::tempdir().unwrap();
    let page = with_report(home.path());
    aged(home.path());
    let (_, stats, _) = run(home.path(), &["stats"]);
    assert!(stats.contains("version 0") && stats.contains("copytrail rebuild"), "{stats}");
    let query = ["trace", page.as_str(), "--outlet", "Elsewhere"];
    let warned = run(home.path(), &query).2;
    assert!(
        warned.contains("copytrail rebuild"),
        "a trace over an old index must say so: {warned}"
    );
    let rebuilt = run(home.path(), &["rebuild"]);
    assert_eq!(rebuilt.0, 0, "{}", rebuilt.2);
    let traced = run(home.path(), &query);
    assert_eq!((traced.0, traced.2.as_str()), (0, ""));
    assert!(traced.1.contains(URL), "not found after rebuild: {}", traced.1);
    let stats = json(home.path(), &["stats"]);
    for scheme in stats["schemes"].as_array().unwrap() {
        assert_eq!(scheme[1], scheme[2], "{scheme}");
    }
    assert_eq!(run(home.path(), &["check", "--recompute"]).0, 0);
    let again = json(home.path(), &["rebuild"]);
    let made: Vec<&Value> =
        again["rebuilt"].as_array().unwrap().iter().map(|index| &index[1]).collect();
    assert!(!made.is_empty() && made.iter().all(|made| *made == 0), "nothing is left: {again:#}");
}

#[test]
fn check_finds_a_damaged_store() {
    let home = tempfile::tempdir().unwrap();
    with_report(home.path());
    let (status, out, _) = run(home.path(), &["check"]);
    assert_eq!(status, 0);
    assert!(out.contains("sound"), "{out}");
    let path = home.path().join("copytrail.db");
    let mut bytes = std::fs::read(&path).unwrap();
    let half = bytes.len() / 2;
    bytes[half..].fill(0xa5);
    std::fs::write(&path, bytes).unwrap();
    let (status, out, err) = run(home.path(), &["check"]);
    assert_ne!(status, 0, "{out}{err}");
    let (status, _, err) =
        run(home.path(), &["check", "--db", &file(home.path(), "text.db", &REPORT.repeat(20))]);
    assert_eq!(status, 2);
    assert!(err.contains("text.db"), "{err}");
}

#[test]
fn a_japanese_word_finds_its_article() {
    let home = tempfile::tempdir().unwrap();
    let japanese = "港町が観光で連携へ\n\n北浜市と南浦町は十日、観光と防災の分野で連携を深める協定に署名した。両首長は来春までに共同の窓口を設けると述べた。\n\n\
        協定の期間は五年で、費用は双方が半分ずつ負担するという。\n";
    let page = file(home.path(), "ja.txt", japanese);
    json(home.path(), &["add", &page, "--url", "https://kitahama.example/kyotei"]);
    with_report(home.path());
    for words in ["連携", "防災", "協定に署名"] {
        let hits = json(home.path(), &["search", words]);
        let hits = hits["hits"].as_array().unwrap();
        assert!(
            !hits.is_empty() && hits[0].to_string().contains("kitahama.example/kyotei"),
            "{words}: {hits:#?}"
        );
    }
    assert!(json(home.path(), &["search", "連絡船"])["hits"].as_array().unwrap().is_empty());
    for words in ["engineer", "votes councils", "bridges elephant"] {
        let hits = json(home.path(), &["search", words]);
        assert!(
            hits.to_string().contains(URL),
            "{words}: stems find it, and some of the words do: {hits:#}"
        );
    }
}

#[test]
fn without_captures_no_bytes_are_kept_and_stats_says_what_they_cost() {
    let home = tempfile::tempdir().unwrap();
    let page = file(home.path(), "report.txt", REPORT);
    json(home.path(), &["add", &page, "--url", URL, "--no-captures"]);
    assert!(!home.path().join("copytrail.db.captures").exists());
    let kept = tempfile::tempdir().unwrap();
    with_report(kept.path());
    let stats = json(kept.path(), &["stats"]);
    assert_eq!(stats["captures"], 1, "{stats:#}");
    assert!(stats["capture_bytes"].as_u64().unwrap() > 0, "{stats:#}");
}

#[test]
fn a_sentence_taken_out_is_found_as_history_only() {
    let home = tempfile::tempdir().unwrap();
    with_report(home.path());
    let gone = "to begin in September and to last fourteen months, engineers told the meeting at the Zanzibarium";
    assert_eq!(json(home.path(), &["search", "--history", gone])["hits"], Value::Array(vec![]));
    let changed = REPORT.replace(
        "to begin in September and to last fourteen months, engineers told the meeting at the Zanzibarium",
        "to begin in spring, as the mayor announced",
    );
    let page = file(home.path(), "changed.txt", &changed);
    assert_eq!(json(home.path(), &["add", &page, "--url", URL])["revised"], 1);
    let found = json(home.path(), &["search", "--history", gone]);
    assert_eq!(
        (&found["hits"][0]["revision"], &found["hits"][0]["score"]),
        (&1.into(), &1.0.into()),
        "{found:#}"
    );
    assert_eq!(json(home.path(), &["search", "Zanzibarium"])["hits"], Value::Array(vec![]));
    let still = "voted on Monday to repair the swing bridge";
    assert_eq!(json(home.path(), &["search", "--history", still])["hits"], Value::Array(vec![]));
}
