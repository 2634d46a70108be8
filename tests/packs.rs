//! Index packs: made from one store, taken in by another, found as leads, refused when they are not sound.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod desk;

use copytrail::model::PackArticle;
use desk::Desk;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const STORY: &str = "The harbour board said on Monday that the crane at the north pier will stay where it is until the \
    insurers have looked at the damage, and that the ferry to Norderhaven leaves from the south quay for the time being.\n\n\
    Nobody was hurt when the jib came down on a row of parked vans shortly after six in the morning, the fire brigade \
    reported; two of the drivers had left for breakfast a few minutes before.";
const OTHER: &str = "The library in Vester Street opens its reading room again on Saturday after eleven months of \
    building, with new windows, a lift and a shelf for the maps that were kept in the town hall's cellar until now.";

/// Exit status and what was said.
fn run(desk: &Desk, args: &[&str]) -> (i32, String) {
    let output = desk.command().args(args).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8_lossy(&said).into_owned())
}

/// The path of a pack of what an agency has, and its bytes.
fn pack(desk: &Desk, more: &[&str]) -> (String, Vec<u8>) {
    let path = desk.path("agency.pack").to_string_lossy().into_owned();
    let args = ["export", "--pack", "--name", "agency", "--maker", "Agency", "--output", &path];
    desk.text(&[&args, more].concat());
    let bytes = std::fs::read(&path).unwrap();
    (path, bytes)
}

fn agency() -> Desk {
    let desk = Desk::new();
    desk.add(&[("agency.example", 8, STORY), ("agency.example", 9, OTHER)]);
    desk
}

/// A store with a copy of the first story, and an unrelated article.
fn paper() -> Desk {
    let desk = Desk::new();
    desk.add(&[
        ("paper.example", 12, STORY),
        ("weekly.example", 7, "Swans have come back to the mill pond after nine years, and a man who feeds them counts them at dawn."),
    ]);
    desk
}

fn leads(trace: &Value) -> Vec<&Value> {
    trace["leads"].as_array().unwrap().iter().filter(|lead| lead["kind"] == "pack").collect()
}

#[test]
fn a_copy_is_found_as_a_lead_and_as_nothing_more() {
    let (agency, paper) = (agency(), paper());
    let (path, bytes) = pack(&agency, &[]);
    let trace = ["trace", "https://paper.example/12"];
    let before = paper.json(&trace);
    assert_eq!(paper.json(&["add", &path])["packs"], 1);
    let after = paper.json(&trace);
    let found = leads(&after);
    assert_eq!(found.len(), 1, "{after}");
    assert_eq!(found[0]["url"], "https://agency.example/8");
    assert_eq!(found[0]["query"], "agency");
    let says = found[0]["says"].as_str().unwrap();
    assert!(
        says.contains("Agency's pack") && says.contains("fetch https://agency.example/8"),
        "{says}"
    );
    // Nothing else of the answer has changed.
    let mut without = after.clone();
    without["leads"].as_array_mut().unwrap().retain(|lead| lead["kind"] != "pack");
    assert_eq!(without, before);
    paper.text(&["trace", "--all"]);
    let audit = paper.json(&["audit", "paper.example"]);
    assert_eq!((&audit["copied"], &audit["sources"]), (&json!(0), &json!([])), "{audit}");
    let edges = paper.text(&["export", "--table", "edges"]);
    assert_eq!(edges.lines().count(), 1, "{edges}");
    // Nothing of the text is in the file, in whatever way it is packed.
    let text = zstd_parts(&bytes);
    for word in ["crane", "insurers", "breakfast", "Norderhaven"] {
        assert!(!text.to_lowercase().contains(&word.to_lowercase()), "{word}");
    }
    assert!(text.contains("Report of 8"), "{text}");
}

/// What can be read in a pack.
fn zstd_parts(bytes: &[u8]) -> String {
    let mut text = String::from_utf8_lossy(bytes).into_owned();
    let at = bytes.windows(4).position(|four| four == [0x28, 0xb5, 0x2f, 0xfd]).unwrap();
    let frame = zstd::stream::read::Decoder::with_buffer(&bytes[at..]).unwrap().single_frame();
    let mut out = String::new();
    std::io::Read::read_to_string(&mut { frame }, &mut out).unwrap();
    text.push_str(&out);
    text
}

#[test]
fn an_unrelated_article_and_a_later_one_give_no_lead() {
    let (agency, paper) = (agency(), paper());
    let (path, _) = pack(&agency, &[]);
    paper.text(&["add", &path]);
    assert_eq!(leads(&paper.json(&["trace", "https://weekly.example/7"])).len(), 0);
    let early = Desk::new();
    let line = json!({"url": "https://paper.example/1", "outlet": "paper.example", "text": STORY, "language": "en",
        "published": "2025-05-01T07:00:00Z"});
    std::fs::write(early.path("early.jsonl"), line.to_string()).unwrap();
    early.text(&["add", &early.path("early.jsonl").to_string_lossy(), &path]);
    assert_eq!(leads(&early.json(&["trace", "https://paper.example/1"])).len(), 0);
}

#[test]
fn what_is_on_file_itself_is_no_lead_but_a_source() {
    let (agency, paper) = (agency(), paper());
    let (path, _) = pack(&agency, &[]);
    paper.add(&[("agency.example", 8, STORY)]);
    paper.text(&["add", &path]);
    let trace = paper.json(&["trace", "https://paper.example/12"]);
    assert_eq!(leads(&trace).len(), 0, "{trace}");
    assert_eq!(trace["sources"][0]["url"], "https://agency.example/8");
}

#[test]
fn evidence_takes_no_lead_for_a_source() {
    let (agency, paper) = (agency(), paper());
    let (path, _) = pack(&agency, &[]);
    paper.text(&["add", &path]);
    let proof = paper.path("proof.zip").to_string_lossy().into_owned();
    paper.text(&["export", "--evidence", "https://paper.example/12", "--output", &proof]);
    let (members, _) =
        copytrail::reporter::bundle::unpack(&std::fs::read(&proof).unwrap()).unwrap();
    let finding: Value = serde_json::from_slice(&members["finding.json"]).unwrap();
    assert_eq!(finding["findings"][0]["pairs"], json!([]));
    assert_eq!(members.keys().filter(|name| name.starts_with("texts/")).count(), 1);
}

#[test]
fn packs_are_listed_replaced_and_removed_without_a_trace() {
    let (agency, paper) = (agency(), paper());
    let (path, _) = pack(&agency, &[]);
    assert!(paper.text(&["packs"]).contains("No index pack"));
    paper.text(&["add", &path]);
    assert_eq!(paper.json(&["add", &path])["unchanged"], 1, "the same file again");
    let listed = paper.json(&["packs"]);
    assert_eq!(
        (&listed["packs"][0]["name"], &listed["packs"][0]["articles"]),
        (&json!("agency"), &json!(2))
    );
    assert_eq!(listed["packs"][0]["fits"], true);
    assert!(paper.text(&["stats"]).contains("1 index pack with 2 articles"));
    let (path, _) = pack(&agency, &["--without-anchors"]);
    assert_eq!(paper.json(&["add", &path])["packs"], 1);
    let listed = paper.json(&["packs"]);
    assert_eq!(
        (listed["packs"].as_array().unwrap().len(), &listed["packs"][0]["anchors"]),
        (1, &json!(0))
    );
    assert_eq!(run(&paper, &["check"]).0, 0);
    assert_eq!(run(&paper, &["packs", "--remove", "agence"]).0, 2);
    let left = paper.json(&["packs", "--remove", "agency"]);
    assert_eq!(left["packs"], json!([]));
    let db = std::fs::read(paper.path("copytrail.db")).unwrap();
    assert!(
        !db.windows(14).any(|bytes| bytes == b"agency.example"),
        "its addresses are still in the file"
    );
    assert_eq!(run(&paper, &["check"]).0, 0);
    assert_eq!(leads(&paper.json(&["trace", "https://paper.example/12"])).len(), 0);
}

#[test]
fn articles_and_packs_are_removed_apart() {
    let (agency, paper) = (agency(), paper());
    let (path, _) = pack(&agency, &[]);
    paper.text(&["add", &path]);
    paper.text(&["remove", "https://weekly.example/7"]);
    assert_eq!(run(&paper, &["check"]).0, 0);
    assert_eq!(leads(&paper.json(&["trace", "https://paper.example/12"])).len(), 1);
}

#[test]
fn a_pack_is_told_by_its_content_and_holds_nothing_to_extract() {
    let agency = agency();
    let (path, bytes) = pack(&agency, &[]);
    let named = agency.path("page.html").to_string_lossy().into_owned();
    std::fs::write(&named, bytes).unwrap();
    assert_eq!(Desk::new().json(&["add", &named])["packs"], 1);
    for command in ["extract", "trace"] {
        let (code, said) = run(&agency, &[command, &path]);
        assert!(code != 0 && said.contains("copytrail add"), "{command}: {said}");
    }
    let (code, said) = run(&Desk::new(), &["export", "--pack", "--name", "none"]);
    assert!(code == 2 && said.contains("no article"), "{said}");
}

/// The pack with another head, and the sum made anew.
fn with_head(bytes: &[u8], change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let length = u32::from_le_bytes(bytes[8..12].try_into().unwrap()) as usize;
    let mut head: Value = serde_json::from_slice(&bytes[12..12 + length]).unwrap();
    change(&mut head);
    let head = serde_json::to_vec(&head).unwrap();
    let mut out = bytes[..8].to_vec();
    out.extend(u32::try_from(head.len()).unwrap().to_le_bytes());
    out.extend(head);
    out.extend(&bytes[12 + length..bytes.len() - 32]);
    summed(out)
}

fn summed(mut bytes: Vec<u8>) -> Vec<u8> {
    let sum = Sha256::digest(&bytes);
    bytes.extend(sum);
    bytes
}

/// Packs that no sound program writes: what is wrong, the bytes, what must be said.
fn hostile(sound: &[u8]) -> Vec<(&'static str, Vec<u8>, &'static str)> {
    const OTHER: &str = "does not hold what its head says";
    let body = &sound[..sound.len() - 32];
    let mut flipped = sound.to_vec();
    flipped[sound.len() / 2] ^= 1;
    let head = |change: &dyn Fn(&mut Value)| with_head(sound, change);
    let longest = u32::MAX.to_le_bytes();
    vec![
        ("cut short", sound[..sound.len() - 40].to_vec(), "cut short"),
        ("only its beginning", sound[..9].to_vec(), "cut short"),
        ("a byte changed", flipped, "cut short or changed"),
        ("cut short, summed", summed(body[..body.len() - 5].to_vec()), "damaged"),
        ("more behind it", summed([body, &[0; 9]].concat()), OTHER),
        ("newer form", summed([b"CTPACK\0\x02", &body[8..]].concat()), "newer form"),
        ("endless head", summed([&body[..8], &longest, &body[12..]].concat()), "head is too long"),
        ("other version", head(&|h| h["lists"][0]["version"] = json!(999)), "version (shingle 999"),
        (
            "other tables",
            head(&|h| h["lists"][0]["hangs_on"] = json!("unicode 1")),
            "ask its maker",
        ),
        ("more articles", head(&|h| h["articles"] = json!(3)), OTHER),
        ("too many", head(&|h| h["articles"] = json!(u64::MAX)), "more than there is room for"),
        ("fewer articles", head(&|h| h["articles"] = json!(1)), OTHER),
        ("more hashes", head(&|h| h["lists"][1]["hashes"] = json!(1_u64 << 60)), "damaged"),
        ("wrong postings", head(&|h| h["lists"][0]["postings"] = json!(7)), OTHER),
        ("room for text", head(&|h| h["text"] = json!("all of it")), "head cannot be read"),
        ("no name", head(&|h| h["name"] = json!(" ")), "no name"),
        ("anchors alone", head(&|h| h["lists"] = json!([h["lists"][1]])), "shingles, then anchors"),
    ]
}

#[test]
fn hostile_packs_are_refused_with_the_reason_and_leave_nothing() {
    let (_, sound) = pack(&agency(), &[]);
    let desk = paper();
    for (what, bytes, reason) in hostile(&sound) {
        let path = desk.path("hostile.pack").to_string_lossy().into_owned();
        std::fs::write(&path, bytes).unwrap();
        let (code, said) = run(&desk, &["add", &path]);
        assert!(code == 1 || code == 2, "{what}: {code}");
        assert!(said.contains("hostile.pack") && said.contains(reason), "{what}: {said}");
        assert_eq!(desk.json(&["packs"])["packs"], json!([]), "{what}");
    }
    assert_eq!(run(&desk, &["check"]).0, 0);
}

/// A pack whose articles are these lines, with a list of nothing.
fn with_articles(sound: &[u8], count: usize, lines: &[u8]) -> Vec<u8> {
    let emptied = with_head(sound, |head| {
        head["articles"] = json!(count);
        let lists = head["lists"].as_array_mut().unwrap();
        lists.truncate(1);
        lists[0]["hashes"] = json!(0);
        lists[0]["postings"] = json!(0);
    });
    let length = u32::from_le_bytes(emptied[8..12].try_into().unwrap()) as usize;
    let mut out = emptied[..12 + length].to_vec();
    out.extend(zstd::encode_all(lines, 19).unwrap());
    summed(out)
}

#[test]
fn no_text_and_no_bomb_gets_in_through_the_articles() {
    let agency = agency();
    let (_, sound) = pack(&agency, &[]);
    let line = |address: &str, title: &str| {
        let article = PackArticle {
            address: address.into(),
            outlet: "Agency".into(),
            title: Some(title.into()),
            ..PackArticle::default()
        };
        serde_json::to_string(&article).unwrap() + "\n"
    };
    let desk = paper();
    let add = |count: usize, lines: &str| {
        let path = desk.path("articles.pack").to_string_lossy().into_owned();
        std::fs::write(&path, with_articles(&sound, count, lines.as_bytes())).unwrap();
        run(&desk, &["add", &path])
    };
    let (first, second) = (line("https://a.example/1", "One"), line("https://a.example/2", "Two"));
    assert_eq!(add(2, &(first.clone() + &second)).0, 0);
    desk.text(&["packs", "--remove", "agency"]);
    let long = line("https://a.example/1", &STORY.repeat(2));
    assert!(add(1, &long).1.contains("more than a pack may"));
    assert!(add(2, &(second + &first)).1.contains("out of order"));
    // The same line a million times packs to nothing: it is out of order from the second on.
    assert!(add(1_000_000, &first.repeat(1_000_000)).1.contains("out of order"));
    let endless = format!("{{\"address\":\"{}", "a".repeat(50_000_000));
    assert!(add(1, &endless).1.contains("cannot be read"));
    let with_text = first.replace('{', "{\"text\":\"all of it\",");
    assert!(add(1, &with_text).1.contains("unknown field"));
}
