//! What beside the texts bears on a lineage: habits of outlets, furniture that came along, one operator behind two
//! outlets, a wire's own record, C2PA manifests. Each is evidence of its own kind, with a sentence that says no more
//! than is known.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod desk;

use std::path::Path;

use desk::Desk;
use serde_json::{Value, json};

const CRANE: &str = "The harbour board said on Monday that the crane at the north pier will stay where it is until the \
    insurers have looked at the damage, and that the ferry to Norderhaven leaves from the south quay for the time being.\n\n\
    Nobody was hurt when the jib came down on a row of parked vans shortly after six in the morning, the fire brigade \
    reported; two of the drivers had left for breakfast a few minutes before.";

/// Sentences of one kind of evidence.
fn says(trace: &Value, kind: &str) -> Vec<String> {
    let all = trace["evidence"].as_array().unwrap().iter();
    let of_kind = all.filter(|evidence| evidence["kind"] == kind);
    of_kind.map(|evidence| evidence["says"].as_str().unwrap().to_owned()).collect()
}

/// A text of words that nothing else has.
fn own_words(seed: &str) -> String {
    (0..60).map(|n| format!("{seed}{n}")).collect::<Vec<_>>().join(" ")
}

fn page(desk: &Desk, url: &str, day: u32, head: &str, text: &str) {
    let paragraphs = format!("<p>{}</p>", text.replace("\n\n", "</p><p>"));
    let html = format!(
        "<!doctype html><html lang=en><head><title>The crane of the north pier</title>{head}\
         <meta property='article:published_time' content='2025-05-{day:02}T09:00:00Z'></head>\
         <body><article><h1>The crane of the north pier</h1>{paragraphs}</article></body></html>"
    );
    let file = desk.path(&format!("{day}.html"));
    std::fs::write(&file, html).unwrap();
    desk.text(&["add", &file.to_string_lossy(), "--url", url]);
}

#[test]
fn a_copy_within_one_house_accuses_nobody() {
    let account = "<script src='https://ads.example/js?client=ca-pub-1234567890123456'></script>";
    let desk = Desk::new();
    page(&desk, "https://nord-post.example/crane", 5, account, CRANE);
    page(&desk, "https://west-post.example/crane", 6, account, CRANE);
    let trace = desk.json(&["trace", "https://west-post.example/crane"]);
    assert_eq!(trace["verdict"], "unknown", "{trace:#}");
    assert!(trace["says"].as_str().unwrap().contains("its own syndication"), "{trace:#}");
    let [said] = says(&trace, "operator").try_into().unwrap();
    assert!(said.contains("pages of both carry the account “pub-1234567890123456”"), "{said}");
    // A stranger's copy of the same is what it was.
    page(&desk, "https://stranger.example/crane", 7, "", CRANE);
    let trace = desk.json(&["trace", "https://stranger.example/crane"]);
    assert_eq!(trace["verdict"], "unattributed", "{trace:#}");
}

#[test]
fn a_sign_of_one_operator_is_told_as_what_it_is() {
    let desk = Desk::new();
    for (outlet, day) in [("nord-post", 5), ("west-post", 6)] {
        page(&desk, &format!("https://{outlet}.example/crane"), day, "", CRANE);
        let file = desk.path("ads.txt");
        std::fs::write(&file, "# who sells our space\nOWNERDOMAIN=hafen-medien.example\n").unwrap();
        let url = format!("https://{outlet}.example/ads.txt");
        desk.text(&["add", &file.to_string_lossy(), "--url", &url]);
    }
    let trace = desk.json(&["trace", "https://west-post.example/crane"]);
    let [said] = says(&trace, "operator").try_into().unwrap();
    assert!(said.contains("the ads.txt of both names the owner “hafen-medien.example”"), "{said}");
}

#[test]
fn furniture_that_came_along_is_told() {
    let desk = Desk::new();
    let line = "The Nord-Post letter brings the harbour to your table every single morning";
    let stories: Vec<String> =
        (0..5).map(|n| format!("{}\n\n{line}", own_words(&format!("kelp{n}x")))).collect();
    let rows: Vec<(&str, u32, &str)> = (1..)
        .zip(&stories)
        .map(|(hour, text)| ("nord-post.example", hour, text.as_str()))
        .collect();
    desk.add(&rows);
    let crane = format!("{CRANE}\n\n{line}");
    desk.add(&[
        ("nord-post.example", 8, &crane),
        ("west-post.example", 8, CRANE),
        ("copycat.example", 9, &crane),
    ]);
    let trace = desk.json(&["trace", "https://copycat.example/9"]);
    let [said] = says(&trace, "furniture").try_into().unwrap();
    assert!(said.starts_with(&format!("“{line}” recurs on pages of nord-post.example")), "{said}");
    assert_eq!(trace["chain"][0]["url"], "https://nord-post.example/8", "{trace:#}");
}

#[test]
fn whom_an_outlet_usually_credits_is_told() {
    let desk = Desk::new();
    let usual: Vec<String> =
        (0..6).map(|n| format!("{}\n\n(Reuters)", own_words(&format!("reed{n}x")))).collect();
    let rows: Vec<(&str, u32, &str)> =
        (1..).zip(&usual).map(|(hour, text)| ("west-post.example", hour, text.as_str())).collect();
    desk.add(&rows);
    desk.add(&[("reuters.com", 8, CRANE), ("west-post.example", 9, CRANE)]);
    let trace = desk.json(&["trace", "https://west-post.example/9"]);
    assert_eq!(
        says(&trace, "outlet_history"),
        [
            "west-post.example often takes from Reuters: 6 of 6 other articles of it on file credit Reuters."
        ]
    );
    assert_eq!(trace["verdict"], "unattributed", "{trace:#}");
}

#[test]
fn the_hops_of_a_wires_item_are_told() {
    let desk = Desk::new();
    let item = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/wires/kran.newsml-g2.xml");
    // Two of its items are refused: a picture and a withdrawn one.
    desk.command().arg("add").arg(&item).output().unwrap();
    let trace = desk.json(&["trace", "1"]);
    assert_eq!(
        says(&trace, "hop_history"),
        [
            "The wire's own record names Reuters as a station of the item: created at 2024-05-02T12:00:00Z.",
            "The wire's own record names Weser Portal as a station of the item: enhanced at 2024-05-02T14:20:00Z.",
        ]
    );
}

/// A C2PA manifest as variation selectors, with the program that its claim names.
fn manifest(generator: &str) -> String {
    let mut store = b"\0\0\0\0jumb\xa1\x6fclaim_generator".to_vec();
    store.push(0x60 + u8::try_from(generator.len()).unwrap());
    store.extend(generator.as_bytes());
    let mut bytes = b"C2PATXT\0\x01".to_vec();
    bytes.extend(u32::try_from(store.len()).unwrap().to_be_bytes());
    bytes.extend(store);
    let selector = |byte: u8| {
        let code = u32::from(byte);
        char::from_u32(if code < 16 { 0xFE00 + code } else { 0xE0100 + code - 16 }).unwrap()
    };
    std::iter::once('\u{FEFF}').chain(bytes.into_iter().map(selector)).collect()
}

#[test]
fn a_c2pa_manifest_is_a_claim_and_no_disguise() {
    let desk = Desk::new();
    let line = json!({
        "url": "https://nord-post.example/crane", "outlet": "nord-post.example", "language": "en",
        "published": "2025-05-05", "text": format!("{CRANE}{}", manifest("Quay-CMS/4.1")),
    });
    let file = desk.path("marked.jsonl");
    std::fs::write(&file, line.to_string()).unwrap();
    desk.text(&["add", &file.to_string_lossy()]);
    let manifest = "<link rel='c2pa-manifest' href='https://west-post.example/crane.c2pa'>";
    page(&desk, "https://west-post.example/crane", 6, manifest, CRANE);
    let trace = desk.json(&["trace", "https://nord-post.example/crane"]);
    assert_eq!(
        says(&trace, "content_credentials"),
        [
            "A C2PA manifest inside its text claims to be written by “Quay-CMS/4.1”; whether it is genuine was not checked."
        ]
    );
    assert_eq!(says(&trace, "disguise"), [] as [&str; 0]);
    let [said] =
        says(&desk.json(&["trace", "https://west-post.example/crane"]), "content_credentials")
            .try_into()
            .unwrap();
    assert!(said.contains("points to a C2PA manifest at https://west-post.example/crane.c2pa"));
}
