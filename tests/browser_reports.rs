//! Slow: the report pages in a headless browser at two widths, light and dark: nothing fetched, nothing of an article's run, no
//! graphic without a name, nothing that axe-core finds. Needs Chromium and Node; where one cannot be had it says so and passes.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod browser;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use browser::Browser;
use copytrail::model::{
    AuditArticle, AuditPeriod, AuditReport, AuditSource, Delay, OutletKind, Report, Thresholds,
    Verdict,
};
use copytrail::reporter::{Format, Look, render};

const HOSTILE: &str = "<script>alert('run')</script><img src=x onerror=alert('run')>";

fn copytrail(args: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_copytrail")).args(args).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[allow(clippy::too_many_lines)] // a value, field by field
fn audit() -> AuditReport {
    let verdicts = [
        (Verdict::Original, "Rathaus"),
        (Verdict::Unattributed, HOSTILE),
        (Verdict::Attributed, "Kran bleibt stehen"),
        (Verdict::Unknown, "連携"),
        (Verdict::Misattributed, "Ein langer Titel, der auf einem Telefon mehrere Zeilen braucht"),
    ];
    let article = |number: usize| {
        let (verdict, title) = verdicts[number % verdicts.len()];
        AuditArticle {
            url: format!("https://kurier.example/{number}"),
            title: Some(title.to_owned()),
            published: Some(format!("2025-05-{:02}T18:02:00+02:00", 1 + number % 28)),
            verdict,
            copied: (number * 37 % 101) as f64 / 100.0,
            chain: vec!["Stern".into(), "dpa".into()],
            delay_low: Some((number * number * 3) as f64),
            delay_high: Some((number * number * 3) as f64),
            ..AuditArticle::default()
        }
    };
    let month = |number: u64| AuditPeriod {
        month: Some(format!("2025-{number:02}")),
        articles: 100,
        copied: 20 + 5 * number,
        attributed: 12 + 3 * number,
        unattributed: 4 + number,
        copied_words_share: 0.3,
    };
    let source = |outlet: &str, articles: u64| AuditSource {
        outlet: outlet.into(),
        kind: OutletKind::Wire,
        articles,
        attributed: articles * 2 / 3,
        unattributed: articles / 5,
        share: articles as f64 / 1_200.0,
        delay: Delay {
            median: Some(48.0),
            lower_quartile: Some(12.0),
            upper_quartile: Some(190.0),
            ..Delay::default()
        },
        ..AuditSource::default()
    };
    AuditReport {
        outlet: format!("Kurier {HOSTILE}"),
        articles: 1_200,
        copied: 620,
        attributed: 400,
        unattributed: 150,
        misattributed: 70,
        original: 500,
        unknown: 80,
        words: 400_000,
        copied_words_share: 0.41,
        sources: vec![source("dpa", 320), source("AFP", 140), source("Reuters", 60)],
        middlemen: vec![source("Stern", 40)],
        periods: (1..=12).map(month).collect(),
        articles_list: (0..40).map(article).collect(),
        thresholds: Thresholds::default().table(),
        ..AuditReport::default()
    }
}

/// The pages: the bundled story's trace, a hostile trace, a comparison, an audit.
fn pages(folder: &Path) -> Vec<PathBuf> {
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    copytrail(&["demo", "--format", "html", "--output", &path("trace.html")]);
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/cases/wire-and-papers");
    let inputs: Vec<String> = fs::read_dir(&case)
        .unwrap()
        .map(|entry| entry.unwrap().path().to_string_lossy().into_owned())
        .filter(|path| !path.ends_with("expected.json"))
        .collect();
    let hostile = path("hostile.txt");
    fs::write(&hostile, format!("Title {HOSTILE}\n\n{HOSTILE} said on Monday that the crane at the north pier will stay where it is.\n\nBy {HOSTILE}/Reuters\n")).unwrap();
    let db = path("store.db");
    let mut add = vec!["--db", &db, "add"];
    add.extend(inputs.iter().map(String::as_str));
    copytrail(&add);
    copytrail(&[
        "--db",
        &db,
        "trace",
        "1",
        "2",
        "3",
        &hostile,
        "--format",
        "html",
        "--output",
        &path("traces.html"),
    ]);
    copytrail(&[
        "--db",
        &db,
        "compare",
        "1",
        "2",
        "--format",
        "html",
        "--output",
        &path("compare.html"),
    ]);
    let text = render(&Report::Audit(vec![audit()]), Format::Html, &Look::default()).unwrap();
    fs::write(path("audit.html"), text).unwrap();
    ["trace.html", "traces.html", "compare.html", "audit.html"].map(|name| folder.join(name)).into()
}

#[test]
fn report_pages_in_a_browser() {
    let Browser { chromium, node, packages } = match Browser::find() {
        Ok(browser) => browser,
        Err(reason) => {
            println!("skipped: {reason}");
            return;
        }
    };
    let shots = Path::new(env!("CARGO_TARGET_TMPDIR")).join("report-shots");
    fs::create_dir_all(&shots).unwrap();
    let work = tempfile::tempdir().unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/reports.mjs");
    let output = Command::new(node)
        .current_dir(&packages)
        .arg(script)
        .arg(chromium)
        .arg(&shots)
        .args(pages(work.path()))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let found: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert!(found["wrong"].as_array().unwrap().is_empty(), "{found:#}");
    assert_eq!(found["seen"]["sorted"], 4, "{found}");
    assert!(found["seen"]["jumped"].as_u64().unwrap() >= 8, "{found}");
}
