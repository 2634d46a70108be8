//! Formats of wires, feeds, tables and crawls, through the public API: one invented story in each.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::{
    fs,
    io::Write,
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use copytrail::{
    ingest::{Given, Item, Limits, expand, formats, read},
    model::{Article, Credit, Kind, ParagraphRole, Refusal},
};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

fn read_all(path: &Path) -> (Vec<Article>, Vec<Refusal>) {
    read_within(path, &Limits::default())
}

fn read_within(path: &Path, limits: &Limits) -> (Vec<Article>, Vec<Refusal>) {
    let (mut articles, mut refusals) = (Vec::new(), Vec::new());
    read(&path.to_string_lossy(), &Given::default(), limits, &mut |item| {
        match item {
            Item::Article(article) => articles.push(*article),
            Item::Pack { file, .. } => panic!("{file} is a pack"),
            Item::Refused(refusal) => refusals.push(refusal),
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    (articles, refusals)
}

fn written(dir: &tempfile::TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = dir.path().join(name);
    fs::write(&path, bytes).unwrap();
    path
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn paragraphs(article: &Article) -> Vec<(&str, ParagraphRole)> {
    article.paragraphs.iter().map(|p| (p.text.as_str(), p.role)).collect()
}

const KRAN: [&str; 5] = [
    "Bremerhaven (dpa) - Im Hafen von Bremerhaven ist am Donnerstag ein Kran umgestürzt, wie die Polizei mitteilte.",
    "Niemand verletzt",
    "Verletzt wurde niemand, größere Schäden gibt es trotzdem. Der Betrieb geht nach Angaben des Betreibers am Freitag weiter.",
    "Kran 1 12 Meter",
    "Kran 2 30 Meter",
];

#[test]
fn one_item_is_one_article_in_every_wire_format() {
    for name in [
        "kran.newsml-g2.xml",
        "kran.digitalwires.json",
        "kran.ninjs.json",
        "kran.nitf.xml",
        "kran.newsml-1.xml",
        "kran.iptc",
    ] {
        let (articles, _) = read_all(&fixture("wires").join(name));
        let article = &articles[0];
        let texts: Vec<&str> = paragraphs(article).iter().map(|(text, _)| *text).collect();
        assert_eq!(texts, KRAN, "{name}");
        assert_eq!(article.paragraphs[1].role, ParagraphRole::Subhead, "{name}");
        assert_eq!(article.title.as_deref(), Some("Kran stürzt in die Weser"), "{name}");
        assert_eq!(article.domain.as_deref(), Some("dpa.com"), "{name}");
        assert_eq!(article.language.as_deref(), Some("de"), "{name}");
        assert_eq!(article.byline, ["Ida Beck"], "{name}");
        assert_eq!(
            article.published.as_ref().map(copytrail::model::Moment::day),
            Some("2024-05-02"),
            "{name}"
        );
        // An agency's own item does not credit itself.
        assert!(article.credits.iter().all(|c| c.agency.as_deref() != Some("dpa")), "{name}");
    }
}

#[test]
fn versions_are_revisions_and_statements_of_the_format_are_kept() {
    let (articles, refusals) = read_all(&fixture("wires/kran.newsml-g2.xml"));
    let item = &articles[0];
    assert_eq!(item.identity, "id:dpa.com:urn:newsml:dpa.com:20090101:240502-1-7");
    assert_eq!(item.published.as_ref().map(|m| m.text.as_str()), Some("2024-05-02T14:05:00+02:00"));
    assert_eq!(item.modified.as_ref().map(|m| m.text.as_str()), Some("2024-05-02T15:00:00+02:00"));
    let kept = |key: &str| item.extra.get(key).map(String::as_str).unwrap_or_default();
    assert_eq!(
        (kept("version"), kept("pubstatus"), kept("urgency")),
        ("\"2\"", "\"usable\"", "\"4\"")
    );
    assert!(
        kept("hop_history").contains("Reuters") && kept("hop_history").contains("Weser Portal")
    );
    // Whoever made the content in the chain is its source; whoever marked it up is none.
    let parties: Vec<String> = item.credits.iter().map(Credit::party).collect();
    assert_eq!(parties, ["reuters"]);
    let (other, _) = read_all(&fixture("wires/kran.digitalwires.json"));
    assert_eq!(other[0].identity, item.identity);
    assert_eq!(refusals.len(), 1, "{refusals:?}");
    let cancelled = &articles[1];
    assert_eq!(cancelled.kind, Kind::Sighting);
    assert_eq!(cancelled.extra.get("pubstatus").map(String::as_str), Some("\"canceled\""));
}

#[test]
fn items_inside_items_are_articles_where_they_hold_text() {
    let dir = tempfile::tempdir().unwrap();
    let item = |uri: &str, kind: &str, body: &str, inside: &str| {
        format!(
            "{{\"uri\":\"urn:newsml:dpa.com:{uri}\",\"type\":\"{kind}\",\"versioncreated\":\"2024-05-02T12:05:00Z\",\"headline\":\"Kran {uri}\"{body}{inside}}}"
        )
    };
    let body = ",\"body_text\":\"Im Hafen ist ein Kran umgestürzt. Verletzt wurde niemand.\"";
    let deepest = item("3", "text", body, "");
    let text = item("2", "text", body, &format!(",\"associations\":[{deepest}]"));
    let inside = format!(
        ",\"associations\":{{\"foto\":{},\"kasten\":{text},\"verweis\":{}}}",
        item("4", "picture", body, ""),
        item("5", "text", "", "")
    );
    let whole = item("1", "text", body, &inside);
    let (articles, refusals) = read_all(&written(&dir, "a.json", whole.as_bytes()));
    let titles: Vec<&str> = articles.iter().filter_map(|a| a.title.as_deref()).collect();
    assert_eq!(titles, ["Kran 1", "Kran 2", "Kran 3"]);
    assert!(refusals.is_empty(), "{refusals:?}");
}

#[test]
fn later_pages_do_not_take_the_first_ones_place() {
    let dir = tempfile::tempdir().unwrap();
    let head = "<head><link rel=\"canonical\" href=\"https://n.example/kran\"><meta property=\"og:url\" content=\"https://n.example/kran?page=2\">";
    let second = page(2).replace("<head>", head);
    let (articles, _) = read_all(&written(&dir, "2.html", second.as_bytes()));
    assert_eq!(articles[0].identity, "https://n.example/kran#page-2");
    assert_eq!(articles[0].extra["continues"], "\"https://n.example/kran\"");
    let print = second.replace("?page=2", "/print");
    let (articles, _) = read_all(&written(&dir, "p.html", print.as_bytes()));
    assert_eq!(articles[0].identity, "https://n.example/kran");
}

#[test]
fn anpa_gives_text_headline_and_agency() {
    let (articles, refusals) = read_all(&fixture("wires/crane.anpa"));
    assert!(refusals.is_empty(), "{refusals:?}");
    let article = &articles[0];
    assert_eq!(article.title.as_deref(), Some("Crane topples into river at German port"));
    assert_eq!(article.domain.as_deref(), Some("apnews.com"));
    assert_eq!(article.paragraphs[1].text, "“Nobody was hurt,” a spokesman said.");
    assert_eq!(article.byline, ["IDA BECK"]);
}

#[test]
fn feeds_tell_whole_texts_from_summaries() {
    let (articles, refusals) = read_all(&fixture("feeds/nord.rss.xml"));
    let [whole, teaser] = articles.as_slice() else { panic!("{articles:?}") };
    assert_eq!((whole.kind, whole.paragraphs.len()), (Kind::Article, 4));
    assert_eq!(whole.identity, "https://nordblatt.example/hafen/kran");
    assert_eq!(whole.title.as_deref(), Some("Kran stürzt in die Weser"));
    assert_eq!(whole.byline, ["Ida Beck"]);
    assert_eq!(whole.credits.iter().map(Credit::party).collect::<Vec<_>>(), ["dpa"]);
    assert_eq!(teaser.kind, Kind::Teaser);
    assert_eq!(teaser.url.as_deref(), Some("https://nordblatt.example/politik/rat"));
    // The document's own entity is not expanded.
    assert_eq!(teaser.title.as_deref(), Some("Nur &b; angerissen"));
    assert_eq!(refusals.len(), 1);
}

#[test]
fn tables_are_read_by_their_column_names() {
    let dir = tempfile::tempdir().unwrap();
    let csv = "url,title,text,published,desk\r\nhttps://n.example/1,\"Kran, Hafen\",\"Ein Satz.\n\nZwei \"\"Sätze\"\".\",2024-05-02,lno\r\nhttps://n.example/2,Nur Adresse,,,\r\n,,,,\r\n";
    let (articles, refusals) = read_all(&written(&dir, "a.csv", csv.as_bytes()));
    assert_eq!(articles.len(), 2, "{refusals:?}");
    assert_eq!(articles[0].title.as_deref(), Some("Kran, Hafen"));
    assert_eq!(articles[0].paragraphs.len(), 2);
    assert_eq!(articles[0].extra.get("desk").map(String::as_str), Some("\"lno\""));
    assert_eq!((articles[1].kind, articles[1].line), (Kind::Sighting, Some(2)));
    assert_eq!(refusals.len(), 1);
    let tsv = "id\toutlet\ttext\n1\tnord.example\tEin Satz.\n";
    let (articles, _) = read_all(&written(&dir, "a.tsv", tsv.as_bytes()));
    assert_eq!(articles[0].identity, "id:nord.example:1");
    let unclosed = format!("url,text\nhttps://n.example/1,\"{}", "offen ".repeat(400_000));
    let limits = Limits { max_bytes: 1_000_000, ..Limits::default() };
    let (articles, refusals) = read_within(&written(&dir, "b.csv", unclosed.as_bytes()), &limits);
    assert!(articles.is_empty() && refusals.len() == 1, "{refusals:?}");
}

#[test]
fn sitemaps_are_sightings() {
    let dir = tempfile::tempdir().unwrap();
    let map = "<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">\
               <url><loc>https://n.example/1</loc><news:news><news:publication><news:name>Nord</news:name><news:language>de</news:language></news:publication>\
               <news:publication_date>2024-05-02T14:05:00+02:00</news:publication_date><news:title>Kran</news:title></news:news></url></urlset>";
    let (articles, _) = read_all(&written(&dir, "s.xml", map.as_bytes()));
    assert_eq!((articles[0].kind, articles[0].title.as_deref()), (Kind::Sighting, Some("Kran")));
    assert!(articles[0].published.is_some());
}

fn page(number: usize) -> String {
    format!(
        "<!doctype html><html lang=\"de\"><head><title>Kran {number}</title></head><body><article><h1>Kran {number}</h1>\
             <p>Im Hafen {number} von Bremerhaven ist am Donnerstag ein Kran umgestürzt, wie die Polizei mitteilte. Größere Schäden gibt es trotzdem.</p>\
             <p>Verletzt wurde niemand. Der Betrieb des Hafens geht nach Angaben des Betreibers am Freitag weiter.</p></article></body></html>"
    )
}

fn record(kind: &str, url: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-05-02T12:30:00Z\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn response(headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{headers}\r\n");
    [head.as_bytes(), body].concat()
}

#[test]
fn crawls_give_their_pages_and_the_time_of_the_visit() {
    let dir = tempfile::tempdir().unwrap();
    let body = page(2);
    let chunked = format!("{:x}\r\n{body}\r\n0\r\n\r\n", body.len());
    let records = [
        record("warcinfo", "", b"software: none"),
        record("response", "https://n.example/1?utm_source=x", &response("", page(1).as_bytes())),
        record("request", "https://n.example/1", b"GET / HTTP/1.1\r\n\r\n"),
        record(
            "response",
            "<https://n.example/2>",
            &response("Transfer-Encoding: chunked\r\n", chunked.as_bytes()),
        ),
        record(
            "response",
            "https://n.example/3",
            &response("Content-Encoding: gzip\r\n", &packed(page(3).as_bytes())),
        ),
        record(
            "response",
            "https://n.example/x",
            b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>no</p>",
        ),
        record("revisit", "https://n.example/1", b"HTTP/1.1 200 OK\r\n\r\n"),
    ];
    let plain = written(&dir, "a.warc", &records.concat());
    let by_record: Vec<u8> = records.iter().flat_map(|record| packed(record)).collect();
    let zipped = written(&dir, "a.warc.gz", &by_record);
    for path in [plain, zipped] {
        let (articles, refusals) = read_all(&path);
        assert!(refusals.is_empty(), "{refusals:?}");
        let titles: Vec<&str> = articles.iter().filter_map(|a| a.title.as_deref()).collect();
        assert_eq!(titles, ["Kran 1", "Kran 2", "Kran 3"], "{}", path.display());
        assert_eq!(articles[0].identity, "https://n.example/1");
        assert_eq!(articles[1].url.as_deref(), Some("https://n.example/2"));
        let seen = articles[0].first_seen.as_ref().map(|m| m.text.as_str());
        assert_eq!(seen, Some("2024-05-02T12:30:00Z"));
        assert_eq!(articles[2].capture.as_ref().unwrap().bytes, page(3).as_bytes());
        assert_eq!(articles[0].capture.as_ref().unwrap().taken, articles[0].first_seen);
    }
}

#[test]
fn a_damaged_record_costs_only_itself() {
    let dir = tempfile::tempdir().unwrap();
    let of = |number: usize| {
        record(
            "response",
            &format!("https://n.example/{number}"),
            &response("", page(number).as_bytes()),
        )
    };
    let mut broken = packed(&of(2));
    let middle = broken.len() / 2;
    broken[middle..].iter_mut().for_each(|byte| *byte = 0xff);
    let bytes = [packed(&of(1)), broken, packed(&of(3))].concat();
    let (articles, refusals) = read_all(&written(&dir, "a.warc.gz", &bytes));
    let urls: Vec<&str> = articles.iter().filter_map(|a| a.url.as_deref()).collect();
    assert_eq!(urls, ["https://n.example/1", "https://n.example/3"]);
    assert!(!refusals.is_empty());
    let whole = of(1);
    let cut = [of(3), whole[..whole.len() - 200].to_vec()].concat();
    let (articles, refusals) = read_all(&written(&dir, "cut.warc", &cut));
    assert_eq!((articles.len(), refusals.len()), (1, 1));
    assert!(refusals[0].reason.contains("cut"), "{refusals:?}");
}

#[test]
fn any_format_may_be_gzipped_and_a_bomb_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let lines = "{\"url\":\"https://n.example/1\",\"text\":\"Ein Satz.\"}\n".repeat(2);
    let (articles, _) = read_all(&written(&dir, "a.jsonl.gz", &packed(lines.as_bytes())));
    assert_eq!(articles.len(), 2);
    let bomb = packed(&b"<html><p>x ".repeat(1_000_000));
    let limits = Limits { max_bytes: 2_000_000, ..Limits::default() };
    let (articles, refusals) = read_within(&written(&dir, "bomb.html.gz", &bomb), &limits);
    assert!(articles.is_empty() && refusals[0].reason.contains("larger"), "{refusals:?}");
}

#[test]
fn hostile_shapes_end_in_a_refusal_or_a_text() {
    let dir = tempfile::tempdir().unwrap();
    let deep_json =
        format!("{{\"uri\":\"u\",\"versioncreated\":\"x\",\"a\":{}", "[".repeat(200_000));
    let deep_xml = format!("<newsItem guid=\"a\">{}", "<a>".repeat(200_000));
    let deep_body = format!(
        "{{\"uri\":\"urn:newsml:dpa.com:1\",\"versioncreated\":\"2024-05-02T00:00:00Z\",\"body_html\":\"{}\"}}",
        "<div>".repeat(100_000)
    );
    for (name, text) in [("a.json", deep_json), ("b.xml", deep_xml), ("c.json", deep_body)] {
        let (articles, refusals) = read_all(&written(&dir, name, text.as_bytes()));
        assert!(articles.is_empty() && !refusals.is_empty(), "{name}");
    }
    let long = format!(
        "<rss><channel><item><link>https://n.example/1</link><description>{}</description></item></channel></rss>",
        "x".repeat(1_000_000)
    );
    let (articles, _) = read_all(&written(&dir, "long.xml", long.as_bytes()));
    assert_eq!(articles[0].kind, Kind::Teaser);
}

#[test]
fn unknown_xml_is_refused_by_its_root() {
    let dir = tempfile::tempdir().unwrap();
    let (articles, refusals) =
        read_all(&written(&dir, "x.xml", b"<?xml version=\"1.0\"?><catalog><p>x</p></catalog>"));
    assert!(articles.is_empty());
    assert!(refusals[0].reason.contains("<catalog>"), "{refusals:?}");
}

#[test]
fn inputs_expand_to_their_files_in_order() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("b")).unwrap();
    for name in ["c.txt", "a.txt", "b/x.txt", ".hidden"] {
        written(&dir, name, b"x");
    }
    let root = dir.path().to_string_lossy().into_owned();
    let named = |names: &[&str]| names.iter().map(|n| format!("{root}/{n}")).collect::<Vec<_>>();
    assert_eq!(expand(&root).unwrap(), named(&["a.txt", "b/x.txt", "c.txt"]));
    assert_eq!(expand(&format!("{root}/*.txt")).unwrap(), named(&["a.txt", "c.txt"]));
    assert_eq!(expand("-").unwrap(), ["-"]);
    assert_eq!(expand("https://n.example/1").unwrap(), ["https://n.example/1"]);
    assert!(expand(&format!("{root}/none")).is_err());
}

#[test]
fn every_format_names_itself_once() {
    let mut names: Vec<&str> = formats().iter().map(|row| row.name).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
    assert!(count >= 16, "{names:?}");
}
