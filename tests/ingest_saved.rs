//! Pages as people and archives keep them, through the public API: one invented page in each form.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod forms;

use std::{fs, ops::ControlFlow};

use copytrail::{
    fingerprinter::fingerprint,
    ingest::{Given, Item, Limits, read},
    model::{Article, Kind, ParagraphRole, Refusal},
};
use forms::{PAGE, URL, numbered, pages, texts, zipped};
use zip::CompressionMethod;

fn read_bytes(name: &str, bytes: &[u8], given: &Given) -> (Vec<Article>, Vec<Refusal>) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    fs::write(&path, bytes).unwrap();
    let limits = Limits { max_bytes: 20_000_000, ..Limits::default() };
    let (mut articles, mut refusals) = (Vec::new(), Vec::new());
    read(&path.to_string_lossy(), given, &limits, &mut |item| {
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

fn one(name: &str, bytes: &[u8]) -> Article {
    let (mut articles, refusals) = read_bytes(name, bytes, &Given::default());
    assert!(refusals.is_empty() && articles.len() == 1, "{name}: {refusals:?}");
    articles.remove(0)
}

fn text_of<'a>(name: &str, articles: &'a [(&'static str, Article)]) -> &'a Article {
    &articles.iter().find(|(form, _)| *form == name).unwrap().1
}

fn all_texts() -> Vec<(&'static str, Article)> {
    texts()
        .into_iter()
        .map(|form| {
            let (mut articles, _) = read_bytes(form.name, &form.bytes, &Given::default());
            (form.name, articles.remove(0))
        })
        .collect()
}

#[test]
fn a_page_kept_in_any_way_gives_the_live_page() {
    let live = one("live.html", PAGE.as_bytes());
    for form in pages() {
        let kept = one(form.name, &form.bytes);
        assert_eq!(kept.format, form.format, "{}", form.name);
        assert_eq!(kept.paragraphs, live.paragraphs, "{}", form.name);
        assert_eq!(fingerprint(&kept), fingerprint(&live), "{}", form.name);
        assert_eq!(kept.identity, live.identity, "{}", form.name);
        assert_eq!(kept.url.as_deref(), Some(URL), "{}", form.name);
        assert_eq!((&kept.outlet, &kept.domain), (&live.outlet, &live.domain), "{}", form.name);
        assert_eq!(kept.published, live.published, "{}", form.name);
        assert_eq!(kept.links, live.links, "{}", form.name);
        assert!(
            kept.furniture.iter().all(|text| !text.contains("Internet Archive")),
            "{}",
            form.name
        );
        let seen = kept.first_seen.as_ref().map(|moment| moment.seconds);
        match form.name {
            "live.html" | "saved.html" => assert_eq!(seen, None),
            "kran.eml" => assert_eq!(seen, Some(1_714_654_800)),
            // The archive's or browser's capture bounds publication.
            _ => assert_eq!(seen, Some(1_714_653_000), "{}", form.name),
        }
    }
}

#[test]
fn the_address_of_an_archive_given_with_a_page_counts_as_the_pages_own() {
    let given = Given {
        url: Some(format!("https://web.archive.org/web/20240502123000/{URL}")),
        ..Given::default()
    };
    let (articles, _) = read_bytes("bare.html", PAGE.as_bytes(), &given);
    assert_eq!(articles[0].url.as_deref(), Some(URL));
    assert_eq!(articles[0].first_seen.as_ref().unwrap().text, "2024-05-02T12:30:00Z");
    assert!(articles[0].extra["seen_through"].contains("web.archive.org"));
    let line = format!("{{\"url\":\"{}\",\"text\":\"Ein Satz.\"}}", given.url.unwrap());
    let article = one("a.jsonl", line.as_bytes());
    assert_eq!(article.domain.as_deref(), Some("nordblatt.example"));
    assert_eq!(article.identity, "https://nordblatt.example/hafen/kran-stuerzt");
}

#[test]
fn a_translating_proxy_is_a_sign_of_translation_and_no_revision_of_the_page() {
    let given = Given {
        url: Some("https://www-nordblatt-example.translate.goog/hafen/kran-stuerzt?_x_tr_sl=de&_x_tr_tl=en".to_owned()),
        ..Given::default()
    };
    let page = "<html lang=\"en-x-mtfrom-de\" class=\"translated-ltr\"><head><title>Crane falls</title></head><body><article><h1>Crane falls into the Weser</h1>\
                <p><font>A crane fell over in the port of Bremerhaven on Thursday, the police said on the same day.</font></p><p>Nobody was hurt, and work in the port goes on as planned on Friday morning.</p></article></body></html>";
    let (articles, _) = read_bytes("t.html", page.as_bytes(), &given);
    let article = &articles[0];
    assert_eq!(article.domain.as_deref(), Some("nordblatt.example"));
    assert_eq!(article.language.as_deref(), Some("en"));
    assert_eq!(article.extra["translated_from"], "\"de\"");
    let live = one("live.html", PAGE.as_bytes());
    assert_ne!(article.identity, live.identity);
    assert!(article.identity.starts_with(&live.identity));
}

#[test]
fn documents_and_tables_give_their_text() {
    let articles = all_texts();
    let docx = text_of("kran.docx", &articles);
    let lines: Vec<&str> = docx.paragraphs.iter().map(|p| p.text.as_str()).collect();
    assert_eq!(
        lines[1..],
        [
            "Niemand verletzt",
            "Verletzt wurde niemand.",
            "Kran 1 12 Meter",
            "Die Bergung beginnt nach Pfingsten."
        ]
    );
    assert_eq!(docx.paragraphs[1].role, ParagraphRole::Subhead);
    assert_eq!(docx.title.as_deref(), Some("Kran stürzt in die Weser"));
    assert_eq!(docx.published.as_ref().unwrap().text, "2024-05-02T12:05:00Z");
    let pdf = text_of("kran.pdf", &articles);
    assert_eq!(pdf.title.as_deref(), Some("Kran stürzt in die Weser"));
    assert_eq!(pdf.paragraphs.len(), 2, "{:?}", pdf.paragraphs);
    assert!(pdf.paragraphs[0].text.contains("ein Kran umgestürzt, wie die Polizei"));
    assert_eq!(pdf.first_seen.as_ref().unwrap().text, "2024-05-02T14:15:00+02:00");
    assert_eq!(pdf.credits.len(), 1);
    let row = text_of("kran.parquet", &articles);
    assert_eq!((row.line, row.paragraphs.len()), (Some(1), 2));
    assert_eq!(row.published.as_ref().unwrap().text, "2024-05-02T12:05:00Z");
    assert_eq!(row.extra["desk"], "\"lno\"");
}

#[test]
fn tables_and_indexes_give_sightings_where_there_is_no_text() {
    for form in texts().into_iter().filter(|form| matches!(form.format, "parquet" | "cdx")) {
        let (articles, refusals) = read_bytes(form.name, &form.bytes, &Given::default());
        assert!(articles.iter().all(|article| article.format == form.format), "{}", form.name);
        let seen: Vec<&Article> = articles.iter().filter(|a| a.kind == Kind::Sighting).collect();
        if form.format == "parquet" {
            assert_eq!((seen.len(), refusals.len()), (1, 1), "{refusals:?}");
            continue;
        }
        // What was not there, and what is no page, is no sighting.
        assert!(refusals.is_empty(), "{refusals:?}");
        assert_eq!(seen.len(), if form.name == "answer.json" { 2 } else { 1 }, "{}", form.name);
        assert_eq!(seen[0].url.as_deref(), Some("https://nordblatt.example/hafen/kran"));
        assert_eq!(seen[0].first_seen.as_ref().unwrap().text, "2024-05-02T12:30:00Z");
        assert_eq!(seen[0].extra["digest"], "\"AAAA\"");
    }
}

#[test]
fn a_mail_of_text_alone_gives_its_writers_words() {
    let mail = "From: Ida Beck <ida@nordblatt.example>\nTo: a@b.example\nSubject: Kran im Hafen\nDate: Thu, 02 May 2024 15:00:00 +0200\n\n\
                Im Hafen ist am Donnerstag ein Kran umgestürzt, teilte die Polizei mit.\n\nVerletzt wurde niemand, sagte ein Sprecher.\n\n> Wie war das gestern?\n\n-- \nIda Beck, Nordblatt\n";
    let article = one("a.eml", mail.as_bytes());
    assert_eq!(article.title.as_deref(), Some("Kran im Hafen"));
    assert_eq!(article.paragraphs.len(), 2, "{:?}", article.paragraphs);
    assert!(article.published.is_none() && article.first_seen.is_some());
}

#[test]
fn archives_made_to_do_harm_are_refused() {
    let refused = |name: &str, bytes: &[u8]| {
        let (articles, refusals) = read_bytes(name, bytes, &Given::default());
        assert!(articles.is_empty(), "{name}");
        refusals.into_iter().map(|refusal| refusal.reason).collect::<Vec<_>>().join("; ")
    };
    let zeros = vec![b' '; 50_000_000];
    let bomb = zipped(&[("archive/a.warc", &zeros)], CompressionMethod::Deflated);
    assert!(bomb.len() < 100_000);
    let said = refused("bomb.wacz", &bomb);
    assert!(said.contains("swells"), "{said}");
    let bomb = zipped(
        &[("[Content_Types].xml", b"x"), ("word/document.xml", &zeros)],
        CompressionMethod::Deflated,
    );
    assert!(refused("bomb.docx", &bomb).contains("swells"));
    assert!(
        refused(
            "x.docx",
            &zipped(
                &[("[Content_Types].xml", b"x"), ("xl/a.xml", b"x")],
                CompressionMethod::Stored
            )
        )
        .contains("running text")
    );
    assert!(
        refused("x.zip", &zipped(&[("kran.txt", b"x")], CompressionMethod::Stored)).contains("ZIP")
    );
    assert!(refused("cut.wacz", b"PK\x03\x04archive/data.warc.gz").contains("ZIP"));
    assert!(refused("cut.parquet", b"PAR1\x00\x00").contains("Parquet"));
}

#[test]
fn documents_that_hold_themselves_are_refused() {
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>";
    let stream = |dict: &str| format!("<<{dict}/Length 5>>\nstream\n/X Do\nendstream");
    let form = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        page.to_owned(),
        stream(""),
        stream(form),
        "<<>>".to_owned(),
    ];
    let (articles, refusals) = read_bytes("loop.pdf", &numbered(&objects), &Given::default());
    assert!(articles.is_empty() && refusals[0].reason.contains("drawings"), "{refusals:?}");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1/Parent 3 0 R>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/Contents 4 0 R>>".to_owned(),
        stream(""),
        "<<>>".to_owned(),
    ];
    let (articles, refusals) = read_bytes("tree.pdf", &numbered(&objects), &Given::default());
    assert!(articles.is_empty() && refusals.len() == 1, "{refusals:?}");
}
