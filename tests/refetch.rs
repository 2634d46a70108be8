//! Looking at known pages again: what is gone, changed or credited since, and what is left as it was.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod site;

use std::path::Path;

use serde_json::Value;
use site::{Reply, Site, article};

const HTML: &str = "text/html; charset=utf-8";

fn run(home: &Path, args: &[&str]) -> (Option<i32>, Vec<Value>, String) {
    let mut command = assert_cmd::Command::cargo_bin("copytrail").unwrap();
    let output = command.env_clear().env("COPYTRAIL_DATA", home).args(args).output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    let rows = out.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    (output.status.code(), rows, String::from_utf8(output.stderr).unwrap())
}

fn refetch(home: &Path, args: &[&str]) -> Vec<Value> {
    let fixed =
        ["--allow-private", "--pause", "0.05", "--contact", "x@y.example", "--format", "jsonl"];
    let (status, rows, err) = run(home, &[&["refetch"][..], args, &fixed].concat());
    assert_eq!(status, Some(0), "{err}");
    rows
}

/// A site whose pages are on file.
fn known(home: &Path, paths: &[&str]) -> Site {
    let site = Site::start();
    for path in paths {
        site.put(path, Reply::ok(HTML, &article(path)).with("ETag: \"1\""));
        let url = format!("{}{path}", site.address());
        let (status, _, err) = run(home, &["add", &url, "--allow-private"]);
        assert_eq!(status, Some(0), "{err}");
    }
    site
}

fn of<'r>(rows: &'r [Value], path: &str) -> &'r Value {
    rows.iter().find(|row| row["url"].as_str().unwrap().ends_with(path)).unwrap()
}

#[expect(clippy::too_many_lines, reason = "one story, told in order")]
#[test]
fn each_look_says_what_it_found() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let paths =
        ["/same", "/changed", "/credited", "/gone", "/soft", "/moved", "/busy", "/front", "/cut"];
    let site = known(home, &paths);
    let address = site.address().to_owned();
    site.put("/changed", Reply::ok(HTML, &article("/changed").replace("niemand", "ein Matrose")));
    site.put(
        "/credited",
        Reply::ok(
            HTML,
            &article("/credited").replace("</article>", "<p>Quelle: dpa</p></article>"),
        ),
    );
    site.put("/gone", Reply::status(410));
    site.put("/soft", Reply::ok(HTML, "<!doctype html><html lang=de><head><title>Seite nicht gefunden</title></head><body><h1>Seite nicht gefunden</h1><p>Die Seite existiert nicht mehr.</p></body></html>"));
    site.put("/moved", Reply::status(301).with(&format!("Location: {address}/other")));
    site.put("/other", Reply::ok(HTML, &article("/other")));
    site.put("/busy", Reply::status(500));
    let links: String = (0..40)
        .map(|n| format!("<h3><a href=/{n}>Nachricht Nummer {n}</a></h3>"))
        .collect::<Vec<_>>()
        .concat();
    site.put("/front", Reply::ok(HTML, &format!("<!doctype html><html lang=de><head><title>Hafenblatt</title></head><body>{links}</body></html>")));
    let whole = article("/cut");
    let cut = whole.find("<p>Verletzt").unwrap();
    site.put("/cut", Reply::ok(HTML, &format!("{}</article></body></html>", &whole[..cut])));

    let rows = refetch(home, &["--outlet", "127.0.0.1"]);
    assert_eq!(rows.len(), paths.len(), "{rows:#?}");
    for (path, outcome) in [
        ("/same", "unchanged"),
        ("/changed", "text"),
        ("/credited", "metadata"),
        ("/gone", "gone"),
        ("/soft", "gone"),
        ("/moved", "moved"),
        ("/busy", "failed"),
        ("/front", "other"),
        ("/cut", "kept_out"),
    ] {
        assert_eq!(of(&rows, path)["outcome"], outcome, "{:#}", of(&rows, path));
    }
    assert_eq!(of(&rows, "/credited")["credits_added"], serde_json::json!(["dpa"]));
    // Only what changed has a new revision; nothing was added beside.
    let (_, listed, _) = run(home, &["list", "--format", "jsonl"]);
    assert_eq!(listed.len(), paths.len());
    for row in &listed {
        let url = row["url"].as_str().unwrap();
        let revised = url.ends_with("/changed") || url.ends_with("/credited");
        assert_eq!(row["revisions"], 1 + u64::from(revised), "{url}");
    }
    assert_eq!(run(home, &["check"]).0, Some(0));

    // What is known is asked for with the sign of what was seen, and the looks are there for audits.
    let rows = refetch(home, &[&format!("{address}/same")]);
    assert_eq!(rows[0]["outcome"], "unchanged");
    assert_eq!(site.statuses().last().unwrap(), &("/same".to_owned(), 304));
    let store = copytrail::store::Store::open(
        &home.join("copytrail.db"),
        copytrail::store::Options::default(),
    )
    .unwrap();
    assert_eq!(store.looks_since(0).unwrap().len(), paths.len() + 1);
    let id = store.find(&format!("{address}/credited")).unwrap().unwrap();
    assert_eq!(store.looks(id).unwrap()[0].credits_added, ["dpa"]);
    drop(store);
    assert_eq!(run(home, &["remove", &format!("{address}/credited")]).0, Some(0));
    assert_eq!(run(home, &["check"]).0, Some(0));
}

#[test]
fn what_was_seen_lately_is_left_alone() {
    let home = tempfile::tempdir().unwrap();
    let site = known(home.path(), &["/a", "/b"]);
    site.forget();
    assert!(refetch(home.path(), &["--older-than", "1"]).is_empty());
    assert!(site.asked().is_empty(), "{:?}", site.asked());
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    assert_eq!(
        refetch(home.path(), &["--older-than", "0", "--limit", "1"]).len(),
        1,
        "seen longer ago than this second"
    );
}

#[test]
fn it_asks_for_nothing_without_being_told_what() {
    let home = tempfile::tempdir().unwrap();
    assert_eq!(run(home.path(), &["refetch"]).0, Some(2));
    let (status, _, err) = run(home.path(), &["refetch", "https://nowhere.example/1"]);
    assert_eq!(status, Some(2));
    assert!(err.contains("nowhere.example"), "{err}");
}

#[test]
fn later_pages_of_an_article_are_looked_at_with_the_first() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let site = Site::start();
    let address = format!("{}/long", site.address());
    site.put("/long", Reply::ok(HTML, &article("/long")));
    let second = |text: &str| {
        let sentence = "Am zweiten Tag suchten Taucher im Hafenbecken nach dem Ausleger des Krans und fanden den Anker eines alten Lotsenboots.";
        let head = format!(
            "<!doctype html><html lang=de><head><title>Kran</title><link rel=canonical href={address}></head>"
        );
        format!("{head}<body><article><p>{sentence}</p><p>{text}</p></article></body></html>")
    };
    let before = "Er wog acht Tonnen, wie das Amt nach der Bergung mitteilte, und liegt seither auf der Mole.";
    site.put("/long/2", Reply::ok(HTML, &second(before)));
    for path in ["", "/2"] {
        let (status, _, err) = run(home, &["add", &format!("{address}{path}"), "--allow-private"]);
        assert_eq!(status, Some(0), "{err}");
    }
    assert_eq!(run(home, &["list", "--format", "jsonl"]).1.len(), 1, "one article in two pages");
    site.put("/long/2", Reply::ok(HTML, &second(&before.replace("acht", "neun"))));
    for what in [["--outlet", "127.0.0.1"].as_slice(), &[&address]] {
        let rows = refetch(home, what);
        assert_eq!(rows.len(), 2, "{what:?}: {rows:#?}");
    }
    let (_, shown, _) = run(home, &["show", &address, "--format", "jsonl"]);
    let text = shown[0]["paragraphs"].to_string();
    assert!(text.contains("neun Tonnen") && !text.contains("acht Tonnen"), "{text}");
}
