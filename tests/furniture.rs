//! Paragraphs that recur over an outlet's pages are no evidence of copying, whatever the order of adding.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::path::Path;

use serde_json::Value;

fn run(home: &Path, args: &[&str]) -> (Option<i32>, String) {
    let mut command = assert_cmd::Command::cargo_bin("copytrail").unwrap();
    let output = command.env_clear().env("COPYTRAIL_DATA", home).args(args).output().unwrap();
    assert!(
        output.stderr.is_empty() || !output.stdout.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

/// What both papers of a house print under everything.
const HOUSE: &str = "Readers of the Harbour papers get the weekly letter with all tides, sailings and market prices of the coast, \
    written by the people who work on the quays, and can take part in the summer raffle for ten places aboard the old pilot cutter.";

fn row(outlet: &str, number: usize, day: u32, story: &str) -> String {
    serde_json::json!({
        "url": format!("https://{outlet}/{number}"),
        "title": format!("Story {number}"),
        "published": format!("2026-03-{day:02}T08:00:00Z"),
        "language": "en",
        "paragraphs": [story, HOUSE],
    })
    .to_string()
}

const STORIES: [&str; 6] = [
    "A crane that had stood on the eastern quay since 1961 was taken down on Monday. Workers cut the jib into nine pieces and loaded them \
     onto a barge, while some two hundred people watched from the mole. The steel goes to a foundry up the river, the cabin to the museum of \
     local history, which has wanted one for years and has already cleared a corner of its yard. A plaque is to remember the men who died.",
    "The night ferry will not sail before April, its owner told the passengers who had booked. Divers found a crack in the rudder post that \
     no yard on this side of the sound can mend. Tickets are refunded, lorries are sent round by the bridge, and the crew of thirty is kept on \
     half pay until the ship comes back from the dock in the north, where three other vessels are waiting ahead of it in the queue.",
    "Herring prices fell to their lowest in eleven years at the fish auction. Buyers from the canneries stayed away, since their stores are \
     full of last season's catch, and two boats took theirs home again unsold. The guild of fishermen wants the minimum price back that was \
     abolished when its own members voted for it, a decision that the chairman now calls the most expensive evening of his life.",
    "Volunteers have painted the lighthouse on Gull Rock, which the state gave up in spring. They carried four hundred litres of white paint \
     up the stairs in buckets because the lift for goods has rusted through. A retired teacher keeps the lamp, and school classes may visit \
     on Fridays if the sea allows the crossing, so far twice. The next coat is due in five years, and nobody has yet said who will climb.",
    "Customs officers opened a container of garden chairs and found nine thousand bottles of perfume beneath the cushions. The lorry driver, \
     who had come from the free port, said that he knew nothing about them and asked for a coffee. The scent hung over the yard for days, \
     neighbours complained, and the court will hear the case in the autumn unless the importer, who has not been found, pays the duty.",
    "The lifeboat crew trained with the new helicopter for the first time, in a swell of three metres. A winchman was lowered onto the deck \
     six times and came down in the water once, to the joy of everybody but himself. The aircraft reaches the outer banks in nineteen minutes, \
     the boat needs seventy, and the money for both has been raised by a lottery whose winner gave back the car that she had won.",
];

fn story(number: usize) -> String {
    STORIES[number % STORIES.len()].to_owned()
}

/// The trace of the first story of one house's paper, which its sister paper's page of the day before shares the house's lines with.
fn trace(rows: &[String], url: &str) -> (Value, tempfile::TempDir) {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("rows.jsonl");
    for row in rows {
        // One by one: the order of adding is the order of the rows.
        std::fs::write(&file, row).unwrap();
        run(home.path(), &["add", "-q", &file.to_string_lossy()]);
    }
    let (_, out) = run(home.path(), &["trace", url, "--format", "json"]);
    (serde_json::from_str(&out).unwrap(), home)
}

#[test]
fn the_lines_of_a_house_are_learnt_from_its_pages() {
    let sister = row("sister.example", 9, 1, &story(5));
    let own: Vec<String> =
        (0..5).map(|number| row("harbour.example", number, 10, &story(number))).collect();
    let url = "https://harbour.example/0";

    // With one page there is nothing to learn from: the shared lines look copied.
    let (few, _home) = trace(&[sister.clone(), own[0].clone()], url);
    assert!(few["copied"].as_f64().unwrap() > 0.2, "{few:#}");
    assert_ne!(few["verdict"], "original");

    let rows: Vec<String> = std::iter::once(sister).chain(own).collect();
    let (many, home) = trace(&rows, url);
    assert_eq!(many["copied"], 0.0, "{many:#}");
    assert_eq!(many["verdict"], "original", "{many:#}");
    let says = many["evidence"].as_array().unwrap().iter().find(|e| e["kind"] == "boilerplate");
    assert!(
        says.is_some_and(|e| e["says"].as_str().unwrap().contains("other pages of")),
        "{many:#}"
    );
    // The text on file is what was added.
    let (_, shown) = run(home.path(), &["show", url, "--format", "json"]);
    assert!(shown.contains(HOUSE), "{shown}");

    let backwards: Vec<String> = rows.into_iter().rev().collect();
    let (again, _home) = trace(&backwards, url);
    let told = |report: &Value| {
        let mut report = report.clone();
        report["query"]["id"] = Value::Null;
        report
    };
    assert_eq!(told(&again)["verdict"], told(&many)["verdict"]);
    assert_eq!(told(&again)["copied"], told(&many)["copied"]);
    assert_eq!(told(&again)["evidence"], told(&many)["evidence"]);
}

#[test]
fn versions_of_one_story_are_no_furniture() {
    let copy = [story(1), story(2), story(3), story(4)];
    let of = |outlet: &str, number: usize, day: u32| {
        serde_json::json!({
            "url": format!("https://{outlet}/{number}"), "title": format!("Version {number}"), "language": "en",
            "published": format!("2026-03-{day:02}T08:0{number}:00Z"),
            "paragraphs": [copy[0], copy[1], copy[2], copy[3], format!("Version {number} of the report, as of hour {number} of this long day.")],
        })
        .to_string()
    };
    let mut rows = vec![of("first.example", 0, 1)];
    rows.extend((1..6).map(|number| of("second.example", number, 2)));
    let (report, _home) = trace(&rows, "https://second.example/5");
    assert!(report["copied"].as_f64().unwrap() > 0.8, "{report:#}");
}

#[test]
fn clusters_are_not_held_together_by_the_lines_of_a_house() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("rows.jsonl");
    // Two reports quote one statement. With the lines of the house they share most of their words.
    let statement = "\"We have asked for this money since the spring of last year, and whoever now says that nobody told him has not \
        opened his letters,\" said the mayor.";
    let report = |outlet: &str, number: usize| {
        let story = story(number);
        let sentences: Vec<&str> = story.split_inclusive(". ").collect();
        let own = sentences[..2].concat();
        let said = if number < 2 { statement } else { sentences[2] };
        serde_json::json!({
            "url": format!("https://{outlet}/{number}"), "title": format!("Story {number}"), "language": "en",
            "published": format!("2026-03-1{number}T08:00:00Z"), "paragraphs": [own, said, HOUSE],
        })
        .to_string()
    };
    let mut rows: Vec<String> = (0..6).map(|number| report("harbour.example", number)).collect();
    rows.push(report("copy.example", 0));
    let clusters = |rows: &[String]| -> Vec<Value> {
        std::fs::write(&file, rows.join("\n")).unwrap();
        let db = home.path().join(format!("{}.db", rows.len()));
        let db = db.to_string_lossy();
        run(home.path(), &["--db", &db, "add", "-q", &file.to_string_lossy()]);
        let (_, out) = run(home.path(), &["--db", &db, "clusters", "--format", "jsonl"]);
        out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let found = clusters(&rows);
    assert_eq!(found.len(), 1, "{found:#?}");
    let mut members: Vec<&str> =
        found[0]["members"].as_array().unwrap().iter().map(|url| url.as_str().unwrap()).collect();
    members.sort_unstable();
    assert_eq!(members, ["https://copy.example/0", "https://harbour.example/0"]);
}
