//! Audits with known answers, decisions that later audits respect, and the way forward: copies and stale ones.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod desk;

use std::fmt::Write as _;
use std::path::Path;

use copytrail::model::{Look, LookOutcome};
use copytrail::store::{Options, Store};
use desk::Desk;
use serde_json::{Value, json};

/// A story of its own: sixty words that no other number shares in this order.
fn story(number: usize) -> String {
    const WORDS: [&str; 24] = [
        "harbour", "council", "bridge", "minister", "ferry", "budget", "storm", "railway",
        "teacher", "hospital", "election", "island", "engine", "verdict", "orchard", "museum",
        "glacier", "strike", "pipeline", "festival", "border", "market", "witness", "lantern",
    ];
    let mut state = number * 7_919 + 13;
    let mut text = format!("Report {number} of the day says that");
    for at in 0..60 {
        state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
        let word = WORDS[(state / 65_536) % WORDS.len()];
        let _ = write!(text, " the {word}{}", state % 9_973);
        if at % 12 == 11 {
            let _ = write!(text, ", number {},", state % 1_000);
        }
    }
    text + "."
}

fn credited(number: usize) -> String {
    format!("{}\n\n(Reuters)", story(number))
}

/// A line of JSONL: outlet, number, minute of the day, text, more keys.
fn line(outlet: &str, number: usize, minute: usize, text: &str, more: &Value) -> String {
    let mut line = json!({
        "url": format!("https://{outlet}/{number}"), "outlet": outlet, "title": format!("Report {number}"),
        "language": "en", "published": format!("2025-05-16T{:02}:{:02}:00Z", minute / 60, minute % 60), "text": text,
    });
    for (key, value) in more.as_object().into_iter().flatten() {
        line[key] = value.clone();
    }
    line.to_string()
}

fn add(desk: &Desk, lines: &[String]) {
    let path = desk.path("lines.jsonl");
    std::fs::write(&path, lines.join("\n")).unwrap();
    desk.text(&["add", &path.to_string_lossy()]);
}

/// Reuters' items and a paper that runs some of them an hour later, credited or not, beside its own.
fn with_paper(items: usize, credits: usize, copies: usize, own: usize) -> Desk {
    let desk = Desk::new();
    let none = json!({});
    let mut lines: Vec<String> =
        (0..items).map(|n| line("reuters.com", n, 480 + n, &story(n), &none)).collect();
    lines.extend((0..copies).map(|n| {
        let text = if n < credits { credited(n) } else { story(n) };
        line("nord-post.example", n, 540 + n, &text, &none)
    }));
    lines.extend(
        (0..own).map(|n| line("nord-post.example", 500 + n, 700 + n, &story(500 + n), &none)),
    );
    add(&desk, &lines);
    desk
}

fn near(value: &Value, wanted: f64) -> bool {
    (value.as_f64().unwrap() - wanted).abs() < 0.01
}

#[test]
fn figures_with_a_known_answer() {
    let desk = with_paper(10, 2, 6, 4);
    let audit = desk.json(&["audit", "nord-post.example"]);
    assert_eq!(audit["schema"], "copytrail.audit/1");
    for (key, wanted) in [
        ("articles", 10),
        ("copied", 6),
        ("attributed", 2),
        ("unattributed", 4),
        ("original", 4),
        ("unknown", 0),
    ] {
        assert_eq!(audit[key], wanted, "{key}: {audit:#}");
    }
    assert!(near(&audit["copied_words_share"], 0.6), "{audit:#}");
    let source = &audit["sources"][0];
    assert_eq!(
        (&source["agency"], &source["articles"]),
        (&"reuters".into(), &6.into()),
        "{audit:#}"
    );
    assert!(near(&source["median_delay_minutes"], 60.0), "{source:#}");
    assert_eq!(audit["kinds"][0]["kind"], "wire");
    assert_eq!(audit["coverage"]["wire_articles"], 10);
    assert_eq!(audit["articles_list"].as_array().unwrap().len(), 10);
    let wire = desk.json(&["audit", "Reuters"]);
    assert_eq!((&wire["original"], &wire["copied"]), (&10.into(), &0.into()), "{wire:#}");
    let output = desk.command().args(["audit", "nowhere.example"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_sample_states_its_interval() {
    let desk = with_paper(20, 20, 20, 20);
    let audit = desk.json(&["audit", "nord-post.example", "--sample", "12", "--summary"]);
    assert_eq!(audit["sample"], json!({"drawn": 12, "of": 40}));
    let share = &audit["copied_share"];
    let at = |key: &str| share[key].as_f64().unwrap();
    assert!(at("low") < at("share") && at("share") < at("high"), "{share:#}");
    assert_eq!(audit["articles_list"], json!([]));
    assert_eq!(desk.json(&["stats"])["outcomes"]["traced"], 12, "only the drawn ones are traced");
}

#[test]
fn after_thirty_decisions_only_what_is_new_is_listed() {
    let desk = with_paper(32, 0, 30, 0);
    let first = desk.json(&["audit", "nord-post.example", "--since-last"]);
    assert_eq!(first["since"]["new"], 30, "{:#}", first["since"]);
    let mut csv = "article,decision,by,note\n".to_owned();
    for n in 0..30 {
        let decision = ["confirmed", "dismissed", "licensed"][n % 3];
        let _ = writeln!(csv, "https://nord-post.example/{n},{decision},mk,\"case {n}, by phone\"");
    }
    let file = desk.path("decisions.csv");
    std::fs::write(&file, csv).unwrap();
    desk.text(&["review", "import", &file.to_string_lossy()]);
    let none = json!({});
    add(&desk, &[line("nord-post.example", 31, 900, &story(31), &none)]);
    let second = desk.json(&["audit", "nord-post.example", "--since-last"]);
    let listed: Vec<&Value> = second["articles_list"].as_array().unwrap().iter().collect();
    assert_eq!(listed.len(), 1, "{:#}", second["articles_list"]);
    assert_eq!(listed[0]["url"], "https://nord-post.example/31");
    assert_eq!((&second["dismissed"], &second["unattributed"]), (&10.into(), &21.into()));
    let reviews = &second["reviews"];
    assert_eq!(*reviews, json!({"open": 1, "confirmed": 10, "dismissed": 10, "licensed": 10}));
    let out = desk.text(&["review", "list", "--format", "csv"]);
    assert!(out.contains("\"case 7, by phone\""), "{out}");
    desk.text(&["review", "https://nord-post.example/0", "--withdraw"]);
    assert_eq!(desk.json(&["review", "list"])["reviews"].as_array().unwrap().len(), 29);
}

#[test]
fn a_decision_holds_only_for_the_finding_that_it_was_made_on() {
    let desk = with_paper(2, 0, 1, 0);
    desk.json(&["audit", "nord-post.example"]);
    desk.text(&["review", "https://nord-post.example/0", "--as", "dismissed", "--by", "mk"]);
    add(&desk, &[line("nord-post.example", 0, 540, &credited(0), &json!({}))]);
    let audit = desk.json(&["audit", "nord-post.example", "--since-last"]);
    assert_eq!((&audit["dismissed"], &audit["attributed"]), (&0.into(), &1.into()), "{audit:#}");
    assert_eq!(audit["articles_list"][0]["change"], "credited");
    assert_eq!(desk.json(&["review", "list"])["reviews"][0]["holds"], false);
}

#[test]
fn who_ran_an_item_and_who_ran_an_agencys_items() {
    let desk = with_paper(5, 2, 3, 0);
    desk.text(&["licences", "set", "nord-post.example", "reuters", "--to", "2025-01-31"]);
    let item = desk.json(&["copies", "https://reuters.com/0"]);
    assert_eq!((&item["copies"], &item["credited"]), (&1.into(), &1.into()), "{item:#}");
    let copy = &item["items"][0]["copies"][0];
    assert_eq!(copy["url"], "https://nord-post.example/0");
    assert!(near(&copy["delay_low"], 60.0), "{copy:#}");
    assert_eq!(copy["licence"], "expired");
    let all = desk.json(&["copies", "reuters", "--from", "2025-05-16", "--to", "2025-05-16"]);
    assert_eq!(
        (&all["looked_at"], &all["ran"], &all["credited"]),
        (&5.into(), &3.into(), &2.into()),
        "{all:#}"
    );
    assert_eq!(all["outlets"][0]["unlicensed"], 3);
    let csv = desk.text(&["copies", "reuters", "--format", "csv"]);
    assert_eq!(csv.lines().count(), 4, "{csv}");
}

const OLD: &str = "The crane at the north pier weighs 40 tonnes and was built by Maier in 1998, the harbour board of \
    Norderhaven said on Monday after the jib had come down on a row of parked vans.";
const NEW: &str = "The crane at the north pier weighs 14 tonnes and was built by Mayrhofer in 1998, the harbour board of \
    Norderhaven said on Monday after the jib had come down on a row of parked vans.";

/// A version of an agency's item, as ninjs; `more` says what it is to the earlier ones.
fn send(desk: &Desk, guid: &str, hour: u32, body: &str, more: &Value) {
    let mut item = json!({
        "uri": format!("urn:newsml:dpa.com:20250516:{guid}"), "type": "text", "language": "en", "pubstatus": "usable",
        "headline": format!("Report {guid}"), "firstcreated": "2025-05-16T08:00:00Z",
        "versioncreated": format!("2025-05-16T{hour:02}:00:00Z"), "infosources": [{"name": "dpa"}],
        "creditline": "dpa", "body_text": body,
    });
    for (key, value) in more.as_object().into_iter().flatten() {
        item[key] = value.clone();
    }
    let path = desk.path("item.json");
    std::fs::write(&path, item.to_string()).unwrap();
    desk.text(&["add", &path.to_string_lossy()]);
}

/// A corrected item that one paper has in its old words and one in its new ones, a withdrawn one, and an update.
fn with_corrections() -> Desk {
    let desk = Desk::new();
    let (none, tail) = (json!({}), story(1));
    let text = |head: &str| format!("{head}\n\n{tail}");
    send(&desk, "1", 8, &text(OLD), &none);
    send(&desk, "2", 8, &story(2), &none);
    send(&desk, "3", 8, &story(3), &none);
    add(
        &desk,
        &[
            line("nord-post.example", 1, 540, &text(OLD), &none),
            line("west-post.example", 1, 700, &text(NEW), &none),
            line("east-post.example", 1, 710, &tail, &none),
            line("nord-post.example", 2, 541, &story(2), &none),
            line("nord-post.example", 3, 542, &story(3), &none),
        ],
    );
    send(&desk, "1", 10, &text(NEW), &json!({"ednote": "CORRECTS: weight and builder"}));
    send(&desk, "2", 11, "", &json!({"pubstatus": "canceled"}));
    send(&desk, "3", 12, &format!("{}\n\n{}", story(3), story(33)), &none);
    desk
}

#[test]
fn corrections_name_exactly_the_stale_copies() {
    let desk = with_corrections();
    let notices = desk.json(&["corrections", "dpa"])["corrections"].clone();
    let notices = notices.as_array().unwrap();
    assert_eq!(notices.len(), 2, "{notices:#?}");
    let stale = |at: usize| -> Vec<&str> {
        let copies = notices[at]["stale"].as_array().unwrap();
        copies.iter().map(|copy| copy["url"].as_str().unwrap()).collect()
    };
    assert_eq!(notices[0]["kind"], "correction");
    assert_eq!(stale(0), ["https://nord-post.example/1"], "{:#}", notices[0]);
    assert_eq!(notices[0]["copies"], 3, "{:#}", notices[0]);
    let carries = notices[0]["stale"][0]["carries"].to_string();
    assert!(carries.contains("weighs 40 tonnes") && carries.contains("Maier"), "{carries}");
    assert_eq!(notices[0]["stale"][0]["since"], "2025-05-16T10:00:00Z");
    assert_eq!(notices[1]["kind"], "kill");
    assert_eq!(stale(1), ["https://nord-post.example/2"], "{:#}", notices[1]);
    assert!(desk.json(&["corrections", "afp"])["corrections"].as_array().unwrap().is_empty());
}

/// The story of the demo: the item's number was wrong, a German paper and the page that translated it still have it.
#[test]
fn a_translated_copy_is_stale_too() {
    let desk = Desk::new();
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/cases/translated-chain");
    let expected: Value =
        serde_json::from_str(&std::fs::read_to_string(case.join("expected.json")).unwrap())
            .unwrap();
    let mut wrong = Vec::new();
    for page in expected["pages"].as_array().unwrap() {
        let file = case.join(page["file"].as_str().unwrap());
        let given = page["given"].as_object().into_iter().flatten();
        let given =
            given.flat_map(|(key, value)| [format!("--{key}"), value.as_str().unwrap().to_owned()]);
        let given: Vec<String> = given.collect();
        let mut args = vec!["add", file.to_str().unwrap()];
        args.extend(given.iter().map(String::as_str));
        desk.text(&args);
        if std::fs::read_to_string(&file).unwrap().to_lowercase().contains("89 meter") {
            wrong.push(page["url"].as_str().unwrap().to_owned());
        }
    }
    let item = std::fs::read_to_string(case.join("wire.jsonl")).unwrap();
    let mut item: Value = serde_json::from_str(item.lines().next().unwrap()).unwrap();
    let text = item["paragraphs"].to_string().replace("89 Meter", "98 Meter");
    item["paragraphs"] = serde_json::from_str(&text).unwrap();
    add(&desk, &[item.to_string()]);
    let notices = desk.json(&["corrections", "dpa"])["corrections"].clone();
    assert_eq!(notices.as_array().unwrap().len(), 1, "{notices:#}");
    let mut stale: Vec<String> = notices[0]["stale"]
        .as_array()
        .unwrap()
        .iter()
        .map(|copy| copy["url"].as_str().unwrap().to_owned())
        .collect();
    wrong.retain(|url| *url != item["url"]);
    wrong.sort();
    stale.sort();
    assert_eq!(stale, wrong, "{notices:#}");
    assert!(notices[0]["stale"].to_string().contains("\"translated\":true"), "{notices:#}");
}

#[test]
fn what_is_gone_from_the_live_page_and_where_a_credit_came_is_news() {
    let desk = with_paper(3, 0, 3, 0);
    desk.json(&["audit", "nord-post.example"]);
    let mut store = Store::open(&desk.path("copytrail.db"), Options::default()).unwrap();
    let look = |number: usize, outcome, credits: &[&str]| Look {
        article: store.find(&format!("https://nord-post.example/{number}")).unwrap().unwrap(),
        url: String::new(),
        outlet: String::new(),
        at: 4_000_000_000,
        outcome,
        status: None,
        etag: None,
        last_modified: None,
        says: String::new(),
        credits_added: credits.iter().map(|name| (*name).to_owned()).collect(),
        credits_removed: Vec::new(),
    };
    let looks = [look(0, LookOutcome::Gone, &[]), look(1, LookOutcome::Metadata, &["Reuters"])];
    store.add_looks(&looks).unwrap();
    drop(store);
    let audit = desk.json(&["audit", "nord-post.example", "--since-last"]);
    let changes: Vec<(&Value, &Value)> = audit["articles_list"]
        .as_array()
        .unwrap()
        .iter()
        .map(|article| (&article["url"], &article["change"]))
        .collect();
    assert_eq!(
        changes,
        [
            (&"https://nord-post.example/0".into(), &"gone".into()),
            (&"https://nord-post.example/1".into(), &"credited".into()),
        ],
        "{audit:#}"
    );
}

#[test]
fn a_letters_figures_are_the_audits() {
    let desk = with_paper(6, 2, 5, 3);
    let audit = desk.json(&["audit", "nord-post.example", "--preset", "letter"]);
    let letter =
        desk.text(&["audit", "nord-post.example", "--preset", "letter", "--template", "letter-en"]);
    for key in ["articles", "copied", "attributed"] {
        assert!(letter.contains(&audit[key].to_string()), "{key}: {letter}");
    }
    let listed = audit["articles_list"].as_array().unwrap();
    for article in listed {
        let url = article["url"].as_str().unwrap();
        let accused = article["verdict"] == "unattributed";
        assert_eq!(letter.contains(url), accused, "{url}: {letter}");
    }
    let own = desk.path("mine.txt");
    std::fs::write(&own, "{{ outlet }}: {{ findings | length }} of {{ articles }}").unwrap();
    let own = desk.text(&["audit", "nord-post.example", "--template", own.to_str().unwrap()]);
    assert_eq!(own, "nord-post.example: 3 of 8\n");
}

#[test]
fn each_letters_figures_match_its_bundle() {
    let desk = with_paper(8, 3, 7, 3);
    let lines: Vec<String> =
        (0..4).map(|n| line("sued-post.example", n, 600 + n, &story(n), &json!({}))).collect();
    add(&desk, &lines);
    let proofs = desk.path("proofs").to_string_lossy().into_owned();
    let letters = desk.text(&[
        "audit",
        "nord-post.example",
        "sued-post.example",
        "--template",
        "letter-en",
        "--evidence",
        &proofs,
    ]);
    let letters: Vec<&str> = letters.split('\u{c}').collect();
    assert_eq!(letters.len(), 2);
    for (outlet, letter) in ["nord-post.example", "sued-post.example"].into_iter().zip(letters) {
        let file = Path::new(&proofs).join(format!("{outlet}.zip"));
        let bytes = std::fs::read(&file).unwrap();
        assert!(letter.contains(&copytrail::reporter::bundle::sum(&bytes)), "{letter}");
        let (members, _) = copytrail::reporter::bundle::unpack(&bytes).unwrap();
        let audit: Value = serde_json::from_slice(&members["audit.json"]).unwrap();
        let number = |key: &str| audit[key].as_u64().unwrap();
        let of_all = format!("compared {} articles of {outlet}", number("articles"));
        let copied = format!(
            "{} of them carry the text of others: {} name",
            number("copied"),
            number("attributed")
        );
        assert!(letter.contains(&of_all) && letter.contains(&copied), "{letter}");
        let finding: Value = serde_json::from_slice(&members["finding.json"]).unwrap();
        let findings = finding["findings"].as_array().unwrap();
        assert!(letter.contains(&format!("{} that name nobody", findings.len())), "{letter}");
        assert!(findings.len() >= 4);
        for finding in findings {
            let trace = &finding["trace"];
            assert_eq!(trace["verdict"], "unattributed");
            let at = letter.find(trace["query"]["url"].as_str().unwrap()).unwrap();
            let percent = format!("{:.0}% of its words", 100.0 * trace["copied"].as_f64().unwrap());
            let line = letter[at..].lines().nth(1).unwrap();
            assert!(line.contains(&percent), "{percent}: {line}");
        }
        desk.text(&["verify", &file.to_string_lossy()]);
    }
}
