//! What comes out of inputs, good and bad, through the public API of `ingest`.

use std::{fs, ops::ControlFlow, path::Path};

use copytrail::{
    ingest::{Given, IngestError, Item, Limits, parse_moment, read},
    model::{Article, Kind, ParagraphRole, Precision, Refusal},
};

const SEED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/cases/24hours-world.txt");

fn read_with(input: &str, given: &Given, limits: &Limits) -> (Vec<Article>, Vec<Refusal>) {
    let (mut articles, mut refusals) = (Vec::new(), Vec::new());
    read(input, given, limits, &mut |item| {
        match item {
            Item::Article(article) => articles.push(*article),
            Item::Pack { file, .. } => panic!("{file} is a pack"),
            Item::Refused(refusal) => refusals.push(refusal),
        }
        ControlFlow::Continue(())
    })
    .expect("there is something to read");
    (articles, refusals)
}

fn read_all(path: &Path) -> (Vec<Article>, Vec<Refusal>) {
    read_with(&path.to_string_lossy(), &Given::default(), &Limits::default())
}

fn one(path: &Path) -> Article {
    let (mut articles, refusals) = read_all(path);
    assert!(refusals.is_empty(), "{refusals:?}");
    assert_eq!(articles.len(), 1);
    articles.remove(0)
}

fn written(dir: &tempfile::TempDir, name: &str, bytes: &[u8]) -> std::path::PathBuf {
    let path = dir.path().join(name);
    fs::write(&path, bytes).expect("the folder is writable");
    path
}

const TEXT: &str = "Kran stürzt in die Weser\n\nIm Hafen von Bremerhaven ist am Donnerstag ein Kran umgestürzt, \
                    wie die Polizei mitteilte.\n\nVerletzt wurde niemand, größere Schäden gibt es trotzdem.\n";

#[test]
fn the_seed_page_is_told_from_its_furniture() {
    if !Path::new(SEED).exists() {
        println!("skipped: {SEED} is not here");
        return;
    }
    let article = one(Path::new(SEED));
    assert_eq!(
        article.title.as_deref(),
        Some("Trump wants to talk to Putin about ceasefire on Monday")
    );
    assert_eq!(article.outlet.as_deref(), Some("24 Hours World"));
    assert_eq!(article.paragraphs.len(), 15);
    assert_eq!(article.paragraphs[14].role, ParagraphRole::Credit);
    assert_eq!(article.paragraphs[14].text, "Dpa\nbak\nSource: Stern");
    assert_eq!(article.language.as_deref(), Some("en"));
    for line in ["Copy the current link", "Add to the memorial list", "Ukraine war"] {
        assert!(article.furniture.iter().any(|kept| kept == line), "{line}");
    }
    let parties: Vec<String> =
        article.credits.iter().map(copytrail::model::Credit::party).collect();
    assert_eq!(parties.len(), 2, "{:?}", article.credits);
    assert!(
        parties.contains(&"dpa".to_owned()) && parties.contains(&"stern".to_owned()),
        "{parties:?}"
    );
}

#[test]
fn a_page_gives_its_story_in_order_and_nothing_else() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pages/kran.html");
    let article = one(&path);
    let starts: Vec<String> =
        article.paragraphs.iter().map(|p| p.text.chars().take(22).collect()).collect();
    assert_eq!(
        starts,
        [
            "Im Hafen von Bremerhav",
            "Bremerhaven (dpa) - Ei",
            "Der Führer des Krans k",
            "Streit um die Wartung",
            "Die Gewerkschaft wirft",
            "Wir haben mehrfach gew",
            "Der Kran stammt aus de",
            "Er wurde zuletzt im Ja",
            "Die Bergung soll nach ",
        ]
    );
    assert_eq!(article.paragraphs[3].role, ParagraphRole::Subhead);
    assert_eq!(article.kind, Kind::Article);
    assert_eq!(article.title.as_deref(), Some("Kran stürzt in die Weser"));
    assert_eq!(article.byline, ["Ida Beck"]);
    assert_eq!(
        article.published.as_ref().map(|m| m.text.as_str()),
        Some("2024-05-02T14:05:00+02:00")
    );
    assert_eq!(
        article.modified.as_ref().map(|m| m.text.as_str()),
        Some("2024-05-02T16:00:00+02:00")
    );
    assert_eq!(article.identity, "https://nordblatt.example/hafen/kran-stuerzt");
    assert_eq!(article.outlet.as_deref(), Some("Nordblatt"));
    let parties: Vec<String> =
        article.credits.iter().map(copytrail::model::Credit::party).collect();
    assert_eq!(parties, ["dpa"], "{:?}", article.credits);
}

#[test]
fn the_same_text_in_every_encoding_is_the_same_article() {
    let dir = tempfile::tempdir().unwrap();
    let utf16: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(TEXT);
    let plain = one(&written(&dir, "a.txt", TEXT.as_bytes()));
    for (name, bytes) in [
        ("marked.txt", [b"\xef\xbb\xbf", TEXT.as_bytes()].concat()),
        ("utf16.txt", [b"\xff\xfe".as_slice(), &utf16].concat()),
        ("utf16-bare.txt", utf16.clone()),
        ("windows.txt", windows.to_vec()),
    ] {
        let article = one(&written(&dir, name, &bytes));
        assert_eq!(article.text(), plain.text(), "{name}");
        assert_eq!(article.title, plain.title, "{name}");
    }
    assert_eq!(plain.title.as_deref(), Some("Kran stürzt in die Weser"));
}

#[test]
fn a_folder_of_bad_and_good_files_names_each_bad_one_and_takes_the_good() {
    let dir = tempfile::tempdir().unwrap();
    written(&dir, "a-good.txt", TEXT.as_bytes());
    written(&dir, "b-empty.txt", b"");
    written(&dir, "c-binary.bin", &[0, 159, 146, 150, 0, 1, 2, 3, 0, 0]);
    written(&dir, "d-picture.html", b"\x89PNG\r\n\x1a\n0000");
    written(&dir, "e-huge.txt", "Ein Satz, der sich wiederholt. ".repeat(40_000).as_bytes());
    written(
        &dir,
        "f-notext.html",
        b"<!doctype html><html><body><script>var a=1</script></body></html>",
    );
    let lines = "{\"url\":\"https://n.example/1\",\"text\":\"Ein Satz.\"}\n{broken\n[1]\n\n{\"title\":\"x\"}\n\
                 {\"url\":\"https://n.example/2\",\"text\":\"Noch ein Satz.\"}\n";
    written(&dir, "g-lines.jsonl", lines.as_bytes());
    written(&dir, ".hidden.txt", TEXT.as_bytes());
    let limits = Limits { max_bytes: 1_000_000, ..Limits::default() };
    let (articles, refusals) = read_with(&dir.path().to_string_lossy(), &Given::default(), &limits);
    assert_eq!(articles.len(), 3, "{:?}", articles.iter().map(|a| &a.file).collect::<Vec<_>>());
    let refused: Vec<(String, Option<usize>)> = refusals
        .iter()
        .map(|r| {
            (
                Path::new(&r.file).file_name().unwrap().to_string_lossy().chars().take(1).collect(),
                r.line,
            )
        })
        .collect();
    let expected = [
        ("b", None),
        ("c", None),
        ("d", None),
        ("e", None),
        ("f", None),
        ("g", Some(2)),
        ("g", Some(3)),
        ("g", Some(5)),
    ];
    assert_eq!(refused, expected.map(|(name, line)| (name.to_owned(), line)));
    assert!(refusals.iter().all(|r| r.reason.contains(';')), "each says what to do: {refusals:?}");
}

#[test]
fn deep_nesting_neither_overflows_nor_hangs() {
    let dir = tempfile::tempdir().unwrap();
    let deep_html = format!("<html><body>{}<p>Ein Satz am Grund.", "<div>".repeat(20_000));
    let deep_json = format!("{{\"url\":\"https://n.example/1\",\"text\":{}\n", "[".repeat(200_000));
    for (name, bytes) in
        [("a.html", deep_html), ("b.jsonl", deep_json.clone()), ("c.json", deep_json)]
    {
        let (articles, refusals) = read_all(&written(&dir, name, bytes.as_bytes()));
        assert_eq!(articles.len() + refusals.len(), 1, "{name}");
    }
}

#[test]
fn lines_without_text_are_sightings_and_lists_are_read_too() {
    let dir = tempfile::tempdir().unwrap();
    let seen = "{\"id\":\"7\",\"url\":\"https://n.example/1\",\"media_name\":\"n.example\",\"indexed_date\":\"2024-05-02 10:00:00\"}\n";
    let article = one(&written(&dir, "mc.jsonl", seen.as_bytes()));
    assert_eq!(article.kind, Kind::Sighting);
    assert_eq!(article.user_id.as_deref(), Some("7"));
    let fundus = "{\"Nordblatt\":[{\"title\":\"T\",\"body\":{\"summary\":[],\"sections\":[{\"headline\":[],\"paragraphs\":[\"Ein Satz.\"]}]}}],\
                  \"Südblatt\":[{\"title\":\"T\",\"body\":{\"summary\":[],\"sections\":[{\"headline\":[],\"paragraphs\":[\"Ein Satz.\"]}]}}]}";
    let (articles, _) = read_all(&written(&dir, "fundus.json", fundus.as_bytes()));
    assert_eq!(
        articles.iter().filter_map(|a| a.outlet.as_deref()).collect::<Vec<_>>(),
        ["Nordblatt", "Südblatt"]
    );
    assert_ne!(articles[0].identity, articles[1].identity);
    let addresses =
        "{\"pages\":[{\"url\":\"https://n.example/1\"},{\"url\":\"https://s.example/2\"}]}";
    let (articles, _) = read_all(&written(&dir, "addresses.json", addresses.as_bytes()));
    assert_eq!(articles.len(), 2);
    assert!(articles.iter().all(|a| a.outlet.is_none()), "a list of addresses is no outlet's");
    let list = "[{\"url\":\"https://n.example/1\",\"text\":\"Ein Satz.\"},7,{\"url\":\"https://n.example/2\",\"text\":\"Zwei.\"}]";
    let (articles, refusals) = read_all(&written(&dir, "list.json", list.as_bytes()));
    assert_eq!((articles.len(), refusals.len()), (2, 1));
}

#[test]
fn what_is_given_fills_gaps_and_overrides_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let path = written(&dir, "a.jsonl", b"{\"id\":\"1\",\"outlet\":\"nord.example\",\"text\":\"Ein Satz.\"}\n{\"id\":\"2\",\"text\":\"Ein Satz.\"}\n");
    let given = Given {
        outlet: Some("Südblatt".to_owned()),
        published: parse_moment("2024-05-02"),
        ..Given::default()
    };
    let (articles, _) = read_with(&path.to_string_lossy(), &given, &Limits::default());
    assert_eq!(articles[0].outlet.as_deref(), Some("nord.example"));
    assert_eq!(articles[1].outlet.as_deref(), Some("Südblatt"));
    assert!(articles.iter().all(|a| a.published.is_some()));
}

#[test]
fn the_sink_stops_the_reading() {
    let dir = tempfile::tempdir().unwrap();
    let path = written(
        &dir,
        "a.jsonl",
        "{\"url\":\"https://n.example/1\",\"text\":\"Ein Satz.\"}\n".repeat(9).as_bytes(),
    );
    let mut seen = 0;
    read(&path.to_string_lossy(), &Given::default(), &Limits::default(), &mut |_| {
        seen += 1;
        if seen == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })
    .unwrap();
    assert_eq!(seen, 3);
}

#[test]
fn what_cannot_be_looked_at_says_why() {
    let open = |input: &str| {
        read(input, &Given::default(), &Limits::default(), &mut |_| ControlFlow::Continue(()))
    };
    assert!(matches!(open("/no/such/file"), Err(IngestError::NoSuchInput { .. })));
    assert!(matches!(open("/no/such/*.txt"), Err(IngestError::NoSuchInput { .. })));
    assert!(matches!(open("http://127.0.0.1:1/1"), Err(IngestError::NotFetched { .. })));
    let dir = tempfile::tempdir().unwrap();
    assert!(matches!(open(&dir.path().to_string_lossy()), Err(IngestError::NothingThere { .. })));
}

fn moment(text: &str) -> Option<String> {
    parse_moment(text).map(|moment| moment.text)
}

#[test]
fn forms_that_papers_and_machines_write() {
    for (given, expected) in [
        ("2025-05-16T07:20:00+02:00", "2025-05-16T07:20:00+02:00"),
        ("2025-05-16T07:20:00.123Z", "2025-05-16T07:20:00Z"),
        ("2025-05-16T07:20:00.000+0200", "2025-05-16T07:20:00+02:00"),
        ("2024-05-02", "2024-05-02"),
        ("2024-05-02 12:00:00", "2024-05-02T12:00:00"),
        ("2024-05-02 12:00:00+00:00", "2024-05-02T12:00:00+00:00"),
        ("Thu, 02 May 2024 14:05:00 +0200", "2024-05-02T14:05:00+02:00"),
        ("Thu, 02 May 2024 14:05:00 GMT", "2024-05-02T14:05:00Z"),
        ("2. Mai 2024, 14:05 Uhr", "2024-05-02T14:05:00"),
        ("02.05.2024 14.05 Uhr", "2024-05-02T14:05:00"),
        ("May 2, 2024", "2024-05-02"),
        ("May 2, 2024 at 3:07 p.m. EDT", "2024-05-02T15:07:00-04:00"),
        ("Publié le 2 mai 2024 à 14h05", "2024-05-02T14:05:00"),
        ("2 de mayo de 2024", "2024-05-02"),
        ("2 мая 2024, 14:05", "2024-05-02T14:05:00"),
        ("2024年5月2日 14:05", "2024-05-02T14:05:00"),
        ("13/05/2024", "2024-05-13"),
        ("Do 25.04.24 | 14:07 Uhr", "2024-04-25T14:07:00"),
        // What stands behind the time of day is no offset: a second date, a count, a duration.
        ("입력 2024-05-06 11:20 수정 2024-05-06 13:02", "2024-05-06T11:20:00"),
        ("2. Mai 2024, 14:05 Uhr - 3 Min. Lesezeit", "2024-05-02T14:05:00"),
        ("2 May 2024 14:05 - 12 comments", "2024-05-02T14:05:00"),
        ("2024-05-02 14:05:00-03", "2024-05-02T14:05:00-03:00"),
        ("Thu May 02 2024 14:30:00 GMT+0200", "2024-05-02T14:30:00+02:00"),
        ("May 2, 2024 3:07 PM -0500", "2024-05-02T15:07:00-05:00"),
        ("20240502T101500Z", "2024-05-02T10:15:00Z"),
        ("20240502101500", "2024-05-02T10:15:00Z"),
        ("1714644300", "2024-05-02T10:05:00Z"),
        ("1714644300000", "2024-05-02T10:05:00Z"),
    ] {
        assert_eq!(moment(given).as_deref(), Some(expected), "{given}");
    }
}

#[test]
fn what_is_no_date_stays_none() {
    for given in [
        "",
        "None",
        "yesterday",
        "05/02/2024",
        "2024-13-40",
        "May the force be with you",
        "12:30",
        "99999999",
    ] {
        assert_eq!(moment(given), None, "{given}");
    }
}

#[test]
fn seconds_follow_the_offset() {
    let east = parse_moment("2025-05-16T07:20:00+02:00").unwrap();
    let utc = parse_moment("2025-05-16T05:20:00Z").unwrap();
    assert_eq!(east.seconds, utc.seconds);
    assert_eq!(parse_moment("1970-01-02").unwrap().seconds, 86_400);
    assert_eq!(parse_moment("1970-01-02").unwrap().precision, Precision::Day);
}
