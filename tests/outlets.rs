//! Who is who: what the user says over the built-in table, and the signs of operators behind several domains.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::path::Path;

use serde_json::Value;

fn run(home: &Path, args: &[&str]) -> (i32, String, String) {
    let mut command = assert_cmd::Command::cargo_bin("copytrail").unwrap();
    let output = command.env_clear().env("COPYTRAIL_DATA", home).args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn rows(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn page(home: &Path, name: &str, of: &str, extra: &str) -> String {
    let path = home.join(name);
    let text = format!(
        "<!doctype html><html lang=en><head><title>The quay of {of}</title>{extra}</head><body><article><h1>The quay of {of}</h1>\
         <p>The council of {of} voted on Monday to widen the old quay, which is too narrow for the ships of today.</p>\
         <p>Work is due to begin in September and to last fourteen months, the harbour master of {of} said after the vote.</p>\
         </article></body></html>"
    );
    std::fs::write(&path, text).unwrap();
    path.to_string_lossy().into_owned()
}

fn add(home: &Path, url: &str, extra: &str) {
    let name = url.replace(['/', ':'], "_") + ".html";
    let file = page(home, &name, url, extra);
    let (status, _, err) = run(home, &["add", &file, "--url", url]);
    assert_eq!(status, 0, "{err}");
}

#[test]
fn what_the_user_says_wins_and_articles_on_file_follow() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    add(home, "https://www.paper.example/regional/1", "");
    add(home, "https://www.paper.example/politics/1", "");
    add(home, "https://mirror.example/1", "");
    let table = home.join("papers.csv");
    std::fs::write(&table, "domain;outlet;group;kind;contact;country\npaper.example;Paper;Harbour Media;outlet;desk@paper.example;IS\n\
        paper.example/regional;Paper Regional;Harbour Media;outlet;;IS\nmirror.example;Reuters;;wire;;GB\nbad row;X;;;;\n").unwrap();
    let (status, out, err) =
        run(home, &["outlets", "import", &table.to_string_lossy(), "--format", "jsonl"]);
    assert_eq!((status, rows(&out).len()), (1, 3), "{err}");
    assert!(err.contains("line 5: refused") && err.contains("2 articles on file"), "{err}");
    let outlet = |url: &str| {
        let (_, out, _) = run(home, &["show", url, "--format", "json"]);
        serde_json::from_str::<Value>(&out).unwrap()["outlet"].clone()
    };
    assert_eq!(outlet("https://www.paper.example/regional/1"), "Paper Regional");
    assert_eq!(outlet("https://www.paper.example/politics/1"), "Paper");
    assert_eq!(outlet("https://mirror.example/1"), "Reuters");
    // What comes later is named at once.
    add(home, "https://www.paper.example/regional/2", "");
    assert_eq!(outlet("https://www.paper.example/regional/2"), "Paper Regional");
    let (_, out, _) = run(home, &["list", "--outlet", "Paper Regional", "--format", "jsonl"]);
    assert_eq!(rows(&out).len(), 2);
    assert_eq!(run(home, &["check"]).0, 0);

    let (_, out, _) = run(home, &["outlets", "list", "--on-file", "--format", "jsonl"]);
    let listed: Vec<(String, u64)> = rows(&out)
        .iter()
        .map(|row| (row["place"].as_str().unwrap().to_owned(), row["articles"].as_u64().unwrap()))
        .collect();
    assert!(listed.contains(&("paper.example/regional".to_owned(), 2)), "{listed:?}");
    assert!(listed.contains(&("paper.example".to_owned(), 1)), "{listed:?}");

    // The whole table goes out as CSV and comes in again.
    let csv = home.join("all.csv");
    assert_eq!(
        run(home, &["outlets", "list", "--format", "csv", "-o", &csv.to_string_lossy()]).0,
        0
    );
    let (status, out, err) =
        run(home, &["outlets", "import", &csv.to_string_lossy(), "--format", "jsonl"]);
    assert_eq!(status, 1, "agencies of the past have no domain: {err}");
    assert!(rows(&out).len() > 700, "{}", rows(&out).len());
}

#[test]
fn set_names_one_place_and_refuses_nonsense() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let (status, out, err) = run(
        home,
        &[
            "outlets",
            "set",
            "https://www.paper.example/",
            "Paper",
            "--kind",
            "portal",
            "--format",
            "jsonl",
        ],
    );
    assert_eq!(status, 0, "{err}");
    assert_eq!(
        (&rows(&out)[0]["place"], &rows(&out)[0]["kind"]),
        (&"paper.example".into(), &"portal".into())
    );
    for args in [
        &["outlets", "set", "no place", "X"][..],
        &["outlets", "set", "paper.example", "X", "--kind", "shop"],
    ] {
        let (status, _, err) = run(home, args);
        assert_eq!(status, 2, "{err}");
        assert!(err.contains("domain") || err.contains("shop"), "{err}");
    }
}

#[test]
fn the_built_in_table_knows_releases_and_portals() {
    let home = tempfile::tempdir().unwrap();
    let (_, out, _) = run(home.path(), &["outlets", "list", "--format", "jsonl"]);
    let rows = rows(&out);
    let kind = |place: &str| rows.iter().find(|row| row["place"] == place).unwrap()["kind"].clone();
    for place in [
        "presseportal.de",
        "ots.at",
        "prnewswire.com",
        "businesswire.com",
        "globenewswire.com",
        "eurekalert.org",
        "idw-online.de",
    ] {
        assert_eq!(kind(place), "press_release", "{place}");
    }
    for place in ["msn.com", "yahoo.com", "t-online.de"] {
        assert_eq!(kind(place), "portal", "{place}");
    }
}

#[test]
fn one_operator_behind_several_domains_is_seen() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let account = "<script src='https://ads.example/js?client=ca-pub-1234567890123456'></script>";
    for url in ["https://a.example/1", "https://a.example/2", "https://b.example/1"] {
        add(home, url, account);
    }
    add(home, "https://c.example/1", "<script>gtag('config','G-AB12CD34EF')</script>");
    let (_, out, err) = run(home, &["outlets", "list", "--operators", "--format", "jsonl"]);
    let signs = rows(&out);
    assert_eq!(signs.len(), 1, "{out} {err}");
    assert_eq!(signs[0]["value"], "pub-1234567890123456");
    assert_eq!(signs[0]["outlets"], serde_json::json!([["a.example", 2], ["b.example", 1]]));
    // A removal takes its page's signs with it.
    run(home, &["remove", "https://b.example/1"]);
    let (_, out, _) = run(home, &["outlets", "list", "--operators"]);
    assert!(out.starts_with("No two outlets"), "{out}");
    assert_eq!(run(home, &["check"]).0, 0);
}

#[test]
fn what_a_portal_carries_is_credited_to_whom_it_names() {
    let home = tempfile::tempdir().unwrap();
    let carried = |name: &str| {
        format!(
            "<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"headline\":\"The quay\",\"publisher\":{{\"@type\":\"Organization\",\"name\":\"{name}\"}}}}</script>"
        )
    };
    for (url, name, credits) in [
        ("https://www.msn.com/en-us/news/1", "The Tarbrook Courier", vec!["The Tarbrook Courier"]),
        ("https://www.msn.com/en-us/news/2", "Reuters", vec!["Reuters"]),
        ("https://www.msn.com/en-us/news/3", "MSN", vec![]),
        ("https://paper.example/4", "The Tarbrook Courier", vec![]),
    ] {
        let file = page(home.path(), "carried.html", "Tarbrook", &carried(name));
        let (_, out, err) =
            run(home.path(), &["extract", &file, "--url", url, "--format", "jsonl"]);
        let row = &rows(&out)[0];
        let named: Vec<&str> = row["credits"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| c["name"].as_str().unwrap())
            .collect();
        assert_eq!(named, credits, "{url} {err}");
    }
}

#[test]
fn what_sites_say_of_their_operator_is_a_sign_too() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    for (outlet, owner) in [("a", "hafen-medien"), ("b", "hafen-medien"), ("c", "other-house")] {
        add(home, &format!("https://{outlet}.example/1"), "");
        let file = home.join("ads.txt");
        let text = format!(
            "# who sells our space\nOWNERDOMAIN={owner}.example\nexchange.example, 7, RESELLER, f0\n\
             google.com, pub-{outlet}, DIRECT, f0\n"
        );
        std::fs::write(&file, text).unwrap();
        let url = format!("https://{outlet}.example/ads.txt");
        let (status, out, err) = run(home, &["add", &file.to_string_lossy(), "--url", &url]);
        assert_eq!(status, 0, "{out} {err}");
    }
    let file = home.join("ads.txt");
    let (_, _, err) = run(home, &["add", &file.to_string_lossy()]);
    assert!(err.contains("--url"), "{err}");
    for outlet in ["b", "c"] {
        let imprint = "<!doctype html><html lang=de><head><title>Impressum</title></head><body><h1>Impressum</h1>\
            <p>Hafen Verlag GmbH</p><p>Am Kai 3</p><p>USt-IdNr.: DE 123 456 789</p></body></html>";
        let file = home.join("impressum.html");
        std::fs::write(&file, imprint).unwrap();
        let url = format!("https://{outlet}.example/impressum");
        let (status, out, err) = run(home, &["add", &file.to_string_lossy(), "--url", &url]);
        assert_eq!(status, 0, "{out} {err}");
        let (_, out, _) = run(home, &["trace", &file.to_string_lossy(), "--url", &url]);
        assert_eq!(out, "");
    }
    let (_, out, _) = run(home, &["outlets", "list", "--operators", "--format", "jsonl"]);
    let found: Vec<(Value, Value, usize)> = rows(&out)
        .into_iter()
        .map(|row| {
            let count = row["outlets"].as_array().unwrap().len();
            (row["kind"].clone(), row["value"].clone(), count)
        })
        .collect();
    let sign = |kind: &str, value: &str| (Value::from(kind), Value::from(value), 2);
    let wanted = [
        sign("owner", "hafen verlag gmbh"),
        sign("owner_domain", "hafen-medien.example"),
        sign("tax_number", "DE123456789"),
    ];
    assert_eq!(found, wanted, "{out}");
    let (_, out, _) = run(home, &["list", "--format", "jsonl"]);
    assert_eq!(rows(&out).len(), 3, "an imprint is no article");
    assert_eq!(run(home, &["check"]).0, 0);
    run(home, &["remove", "https://a.example/1"]);
    assert_eq!(run(home, &["check"]).0, 0);
}

#[test]
fn a_credit_may_name_an_outlet_of_the_users_table() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let author = "<meta name=author content='Osterwehrer Bote'>";
    let file = page(home, "a.html", "Osterwehr", author);
    let read = || {
        let (_, out, err) =
            run(home, &["extract", &file, "--url", "https://p.example/1", "--format", "jsonl"]);
        assert!(err.is_empty(), "{err}");
        let row = rows(&out).remove(0);
        (row["byline"].clone(), row["credits"].clone())
    };
    // Unknown, it looks like a person.
    assert_eq!(read().0, serde_json::json!(["Osterwehrer Bote"]));
    run(home, &["outlets", "set", "bote.example", "Osterwehrer Bote", "--group", "Hafen-Medien"]);
    let (byline, credits) = read();
    assert_eq!(byline, serde_json::json!([]));
    assert_eq!(credits[0]["name"], "Osterwehrer Bote", "{credits}");
    // What is traced and what is added is read alike; its own name is no credit of the outlet's.
    let (_, out, _) =
        run(home, &["trace", &file, "--url", "https://p.example/1", "--format", "jsonl"]);
    assert_eq!(rows(&out)[0]["credits"][0]["name"], "Osterwehrer Bote", "{out}");
    let url = "https://www.bote.example/1";
    let (_, out, _) = run(home, &["trace", &file, "--url", url, "--format", "jsonl"]);
    assert_eq!(rows(&out)[0]["credits"], serde_json::json!([]), "{out}");
}
