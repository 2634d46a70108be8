//! What the main job owes: verdicts on an empty store and beside others, disguises, identity, a page from a translation.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

fn copytrail(home: &Path, args: &[&str]) -> String {
    let mut command = Command::cargo_bin("copytrail").unwrap();
    let output = command.env_clear().env("COPYTRAIL_DATA", home).args(args).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{args:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

fn json(home: &Path, args: &[&str]) -> Value {
    serde_json::from_str(&copytrail(home, &[args, &["--format", "json"]].concat())).unwrap()
}

fn file(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path.to_string_lossy().into_owned()
}

const REPORT: &str = "Council keeps the swing bridge\n\n\
    The council of Tarbrook voted on Monday to repair the swing bridge rather than replace it, by nine votes to four.\n\n\
    Work is due to begin in September and to last fourteen months, engineers told the meeting; until then lorries must \
    take the long way round by Marsh Lane.\n\n\
    Shopkeepers on Quay Street had collected 2,300 signatures against the closure, and cheered from the gallery when the \
    count was read out.\n";

const OTHERS: [&str; 3] = [
    "Library opens on Sundays\n\nThe town library of Penwick will open its doors on Sundays from next month, after readers asked \
     for longer hours in a survey last winter that more than six hundred of them answered.\n",
    "Otters back on the Wend\n\nAfter an absence of forty years otters have been filmed on the upper Wend by a camera that a \
     schoolteacher had strapped to an alder to watch kingfishers.\n",
    "Bus drivers accept offer\n\nDrivers of the county bus company accepted a pay offer of five per cent yesterday evening and \
     called off the strike that would have begun at dawn on Thursday.\n",
];

#[test]
fn an_uncredited_page_is_unknown_alone_and_original_beside_others_of_its_days() {
    let home = tempfile::tempdir().unwrap();
    let page = file(home.path(), "report.txt", REPORT);
    let query = ["trace", &page, "--outlet", "Tarbrook Courier", "--published", "2025-06-10"];
    let alone = json(home.path(), &query);
    assert_eq!(alone["verdict"], "unknown", "{alone:#}");
    let says = alone["says"].as_str().unwrap();
    assert!(says.contains("on file"), "no reason: {says}");
    assert!(copytrail(home.path(), &query).contains(says.split(' ').next().unwrap()));

    for (number, text) in OTHERS.iter().enumerate() {
        let path = file(home.path(), &format!("other{number}.txt"), text);
        let outlet = format!("Paper {number}");
        copytrail(home.path(), &["add", &path, "--outlet", &outlet, "--published", "2025-06-12"]);
    }
    let beside = json(home.path(), &query);
    assert_eq!(beside["verdict"], "original", "{beside:#}");
    assert_eq!(beside["searched"]["of_its_time"], 3, "{beside:#}");
    assert_eq!(beside["searched"]["articles"], 3);
    assert!(
        beside["says"].as_str().unwrap().contains('3'),
        "it does not say beside how many: {beside:#}"
    );
    assert!(beside["origin"].is_null() && beside["chain"].as_array().unwrap().is_empty());
    let text = copytrail(home.path(), &query);
    assert!(text.starts_with("Original") && text.contains('3'), "{text}");
}

#[test]
fn articles_of_another_year_or_of_its_own_outlet_make_nobody_an_original() {
    let home = tempfile::tempdir().unwrap();
    let page = file(home.path(), "report.txt", REPORT);
    let query = ["trace", &page, "--outlet", "Tarbrook Courier", "--published", "2025-06-10"];
    let path = file(home.path(), "old.txt", OTHERS[0]);
    copytrail(
        home.path(),
        &["add", &path, "--outlet", "Penwick Post", "--published", "2019-01-12"],
    );
    let path = file(home.path(), "own.txt", OTHERS[1]);
    copytrail(
        home.path(),
        &["add", &path, "--outlet", "Tarbrook Courier", "--published", "2025-06-09"],
    );
    let trace = json(home.path(), &query);
    assert_eq!(trace["verdict"], "unknown", "{trace:#}");
    assert_eq!(trace["searched"]["of_its_time"], 0, "{trace:#}");
}

/// The wire's item in the two ways that papers' exports have it.
fn wire_at_two_papers(home: &Path, with_urls: bool) -> Vec<String> {
    let paragraphs: Vec<&str> = REPORT.split("\n\n").skip(1).collect();
    let row = |outlet: &str, domain: &str, published: &str| {
        let mut row = serde_json::json!({"outlet": outlet, "title": "Council keeps the swing bridge",
            "published": published, "language": "en", "paragraphs": paragraphs});
        if with_urls {
            row["url"] = format!("https://{domain}/bridge").into();
        }
        row.to_string()
    };
    let lines = [
        row("Tarbrook Courier", "tarbrook-courier.example", "2025-06-10T08:00:00Z"),
        row("Marsh Gazette", "marsh-gazette.example", "2025-06-10T11:00:00Z"),
    ];
    let input = file(home, "rows.jsonl", &lines.join("\n"));
    assert_eq!(json(home, &["add", &input])["new"], 2, "two outlets, one text: two articles");
    let again = json(home, &["add", &input]);
    assert_eq!((&again["new"], &again["unchanged"]), (&0.into(), &2.into()), "{again:#}");
    let rows = json(home, &["list"]);
    let rows = rows["articles"].as_array().unwrap_or_else(|| panic!("{rows:#}"));
    assert_eq!(rows.len(), 2);
    rows.iter().map(|row| row["id"].to_string()).collect()
}

#[test]
fn one_text_at_two_outlets_is_two_articles_with_and_without_addresses() {
    for with_urls in [true, false] {
        let home = tempfile::tempdir().unwrap();
        let ids = wire_at_two_papers(home.path(), with_urls);
        for (own, other) in [(&ids[0], &ids[1]), (&ids[1], &ids[0])] {
            let trace = json(home.path(), &["trace", own]);
            let sources = trace["sources"].as_array().unwrap();
            assert_eq!(sources.len(), 1, "{trace:#}");
            assert_eq!(&sources[0]["id"].to_string(), other);
            assert!(trace["copied"].as_f64().unwrap() > 0.99, "{trace:#}");
            assert!(
                sources[0]["paragraphs"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .all(|p| p["relation"] == "exact")
            );
            if !with_urls {
                assert_eq!(sources[0]["url"].as_str(), Some(format!("id:{other}").as_str()));
            }
        }
        let clusters = json(home.path(), &["clusters"]);
        let members = &clusters["clusters"][0]["members"];
        assert_eq!(members.as_array().map(Vec::len), Some(2), "{clusters:#}");
    }
}

/// Zero-width spaces and joiners inside words, Cyrillic а, е, о, р, с for the Latin ones.
fn disguised(text: &str) -> String {
    text.split_inclusive('\n')
        .enumerate()
        .map(|(line, text)| {
            if line < 2 {
                return text.to_owned();
            }
            let mut out = String::new();
            for (at, c) in text.chars().enumerate() {
                out.push(match (at % 3, c) {
                    (0, 'a') => 'а',
                    (0, 'e') => 'е',
                    (0, 'o') => 'о',
                    (0, 'p') => 'р',
                    (0, 'c') => 'с',
                    (_, c) => c,
                });
                if at % 11 == 5 && c.is_alphabetic() {
                    out.push('\u{200b}');
                }
                if at % 17 == 3 && c.is_alphabetic() {
                    out.push('\u{2060}');
                }
            }
            out
        })
        .collect()
}

#[test]
fn a_disguised_copy_has_the_plain_texts_exact_hash_and_the_disguise_is_evidence() {
    let home = tempfile::tempdir().unwrap();
    let evil = disguised(REPORT);
    assert!(evil != REPORT && evil.contains('\u{200b}') && evil.contains('а'));
    let plain = file(home.path(), "plain.txt", REPORT);
    let copy = file(home.path(), "copy.txt", &evil);
    copytrail(
        home.path(),
        &["add", &plain, "--url", "https://courier.example/bridge", "--published", "2025-06-10"],
    );
    copytrail(
        home.path(),
        &["add", &copy, "--url", "https://scraper.example/bridge", "--published", "2025-06-11"],
    );
    let trace = json(home.path(), &["trace", "https://scraper.example/bridge"]);
    let paragraphs =
        trace["sources"][0]["paragraphs"].as_array().unwrap_or_else(|| panic!("{trace:#}"));
    assert_eq!(paragraphs.len(), 3, "{trace:#}");
    assert!(paragraphs.iter().all(|p| p["relation"] == "exact"), "{trace:#}");
    let told = trace["evidence"].as_array().unwrap().iter().any(|e| e["kind"] == "disguise");
    assert!(told, "the disguise is no evidence: {:#}", trace["evidence"]);

    let hashes = |article: copytrail::model::Article| -> Vec<[u8; 32]> {
        copytrail::fingerprinter::fingerprint(&article).paragraphs.iter().map(|p| p.exact).collect()
    };
    assert_eq!(hashes(read(&plain)), hashes(read(&copy)));
    let same = json(home.path(), &["trace", "https://courier.example/bridge"]);
    assert!(
        same["evidence"]
            .as_array()
            .unwrap()
            .iter()
            .all(|e| e["kind"] != "disguise" || e["about"] != "https://courier.example/bridge")
    );
}

fn read(path: &str) -> copytrail::model::Article {
    let mut found = Vec::new();
    copytrail::ingest::read(
        path,
        &copytrail::ingest::Given::default(),
        &copytrail::ingest::Limits::default(),
        &mut |item| {
            if let copytrail::ingest::Item::Article(article) = item {
                found.push(*article);
            }
            std::ops::ControlFlow::Continue(())
        },
    )
    .unwrap();
    found.pop().unwrap()
}

#[test]
fn a_real_russian_text_is_left_as_it_is() {
    let home = tempfile::tempdir().unwrap();
    let russian = "Мост решили сохранить\n\nСовет города Тарбрук в понедельник проголосовал за ремонт разводного моста, а не за его замену.\n\n\
        Работы начнутся в сентябре и продлятся четырнадцать месяцев, сообщили инженеры.\n";
    let page = file(home.path(), "russian.txt", russian);
    let got = json(home.path(), &["extract", &page]);
    assert_eq!(got["language"], "ru", "{got:#}");
    let paragraphs: Vec<&str> =
        got["paragraphs"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(paragraphs, russian.trim_end().split("\n\n").skip(1).collect::<Vec<_>>());
    assert!(read(&page).disguises.is_empty(), "{:?}", read(&page).disguises);
}

/// A page made of a German one, as it comes out of an aggregator's translator.
const TRANSLATED: &str = "Ferry talks to go on in Kiel\n\n\
    In the dispute over the ferry crews, the operator Nordlinie wants to sit down with the union again on Friday. This was said by company boss Dmitri Lawrow on Wednesday in Kiel.\n\n\
    Copy the current link\n\n\
    Add to the memorial list\n\n\
    The Ukrainian skipper Wolodymyr Selenskyj junior, who speaks for the crews, reacted reservedly. A big throw is not to be expected, he said.\n\n\
    The strike had paralysed the traffic to the islands for four days. According to the company, 12,000 travellers were affected.\n\n\
    Dpa\n\nmlo\n\nSource: Förde-Kurier\n\n\
    I have worked as a reporter and editor for various newspapers, and I love football. In addition to my writing, I \
    also contribute regularly to Globe Minute.\n";

fn is_translated_from_german(trace: &Value, paper: &str, initials: &str) {
    assert_eq!(trace["verdict"], "attributed", "{trace:#}");
    let chain = trace["chain"].as_array().unwrap();
    assert_eq!(chain.len(), 2, "{trace:#}");
    for (station, name) in chain.iter().zip([paper, "dpa"]) {
        assert_eq!(station["outlet"], name);
        assert_eq!(station["relation"], "credited");
        assert_eq!(station["on_file"], false);
        assert!(station["url"].is_null());
    }
    assert_eq!(trace["origin"]["agency"], "dpa");
    assert_eq!(trace["origin"]["on_file"], false);
    assert_eq!(trace["attribution"]["basis"], "claimed");
    let credits = trace["credits"].as_array().unwrap();
    assert_eq!(credits.len(), 2, "{credits:#?}");
    let dpa = credits.iter().find(|credit| credit["agency"] == "dpa").unwrap();
    assert!(dpa["initials"].to_string().contains(initials), "{dpa:#}");
    assert!(credits.iter().any(|credit| credit["agency"].is_null() && credit["name"] == paper));
    let residue = trace["residue"].as_array().unwrap();
    assert!(residue.len() >= 4 && residue.iter().all(|r| r["language"] == "de"), "{residue:#?}");
}

fn story_ends_before_the_furniture(page: &Value) {
    let story = page["paragraphs"].to_string();
    for line in ["Copy the current link", "Add to the memorial list", "contribute regularly"] {
        assert!(!story.contains(line), "{line} counts as story: {page:#}");
    }
}

#[test]
fn a_page_from_a_translator_names_its_paper_and_its_agency_on_an_empty_store() {
    let home = tempfile::tempdir().unwrap();
    let page = file(home.path(), "page.txt", TRANSLATED);
    let trace = json(home.path(), &["trace", &page]);
    is_translated_from_german(&trace, "Förde-Kurier", "mlo");
    assert_eq!(trace["query"]["outlet"], "Globe Minute", "read from the blurb");
    let named = json(home.path(), &["trace", &page, "--outlet", "Minute of the Globe"]);
    assert_eq!(named["query"]["outlet"], "Minute of the Globe");
    story_ends_before_the_furniture(&json(home.path(), &["extract", &page]));
}

#[test]
fn the_seed_page_gives_the_chain_that_it_stands_for() {
    let folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().skip(1);
    let mut pages = folders.map(|folder| folder.join("shared/cases/24hours-world.txt"));
    let Some(page) = pages.find(|page| page.exists()) else {
        eprintln!("skipped: ../shared/cases/24hours-world.txt is not here");
        return;
    };
    let page = page.to_string_lossy().into_owned();
    let home = tempfile::tempdir().unwrap();
    let trace = json(home.path(), &["trace", &page]);
    is_translated_from_german(&trace, "Stern", "bak");
    assert_eq!(trace["query"]["outlet"], "24 Hours World");
    let text = copytrail(home.path(), &["trace", &page]);
    for part in
        ["Attributed", "credited to Stern", "credited to dpa", "“Selenskyj”: German spelling"]
    {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    story_ends_before_the_furniture(&json(home.path(), &["extract", &page]));
}
