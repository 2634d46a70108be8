//! Reports as pages: whole in themselves, linked both ways, and deaf to what the articles they show would have run.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::collections::BTreeSet;

use copytrail::model::{
    Alignment, AnchorPair, Article, AuditArticle, AuditPeriod, AuditReport, AuditSource,
    Comparison, Credit, CreditRole, Dossier, Lead, Moment, Outlet, OutletKind, Paragraph,
    ParagraphMatch, ParagraphRole, Precision, Relation, Report, Span, Thresholds, TraceReport,
    Verdict,
};
use copytrail::reporter::{Format, Look, html, render};

const HOSTILE: &str = "\"><script>alert('1')</script><img src=x onerror=alert(2)>&{{ title }}";

fn dossier(url: &str, outlet: &str, paragraphs: &[&str]) -> Dossier {
    Dossier {
        id: None,
        article: Article {
            url: Some(url.to_owned()),
            language: Some("de".to_owned()),
            title: Some("Seeleute kommen frei".to_owned()),
            published: Some(Moment {
                text: "2025-05-15T18:10:00+02:00".into(),
                seconds: 1_747_325_400,
                precision: Precision::Instant,
            }),
            paragraphs: paragraphs
                .iter()
                .map(|text| Paragraph { text: (*text).to_owned(), role: ParagraphRole::Text })
                .collect(),
            ..Article::default()
        },
        outlet: Outlet { name: outlet.to_owned(), ..Outlet::default() },
    }
}

const LEFT: [&str; 3] = [
    "Nach elf Wochen am Kaspischen Meer dürfen sie nach Hause, nach elf Wochen.",
    "The mayor of Bremerhaven, Ilka Sund, said 17 boats had left.",
    "Nur hier.",
];
const RIGHT: [&str; 3] = [
    "Nach elf Wochen am Kaspischen Meer ist Schluss.",
    "Bürgermeisterin Ilka Sund aus Bremerhaven nannte 17 Boote.",
    "Nur dort.",
];

/// One paragraph whose run of words stands twice on the left, one that was translated.
fn comparison(source: &str) -> Comparison {
    let run = "elf Wochen";
    let first = LEFT[0].find(run).unwrap();
    let second = LEFT[0].rfind(run).unwrap();
    let there = RIGHT[0].find(run).unwrap();
    let span = |at: usize| Span {
        query_paragraph: 0,
        source_paragraph: 0,
        query: (at, at + run.len()),
        source: (there, there + run.len()),
        words: 2,
    };
    let anchor =
        |query: &str, source: &str| AnchorPair { query: query.into(), source: source.into() };
    let pair = |at, relation, anchors| ParagraphMatch {
        query: at,
        source: at,
        relation,
        score: 0.5,
        anchors,
    };
    Comparison {
        left: dossier("https://copy.example/a", "Kurier", &LEFT),
        right: dossier(source, "Wire", &RIGHT),
        relation: Some(Relation::Edited),
        alignment: Alignment {
            spans: vec![span(first), span(second)],
            paragraphs: vec![
                pair(0, Relation::Near, vec![]),
                pair(
                    1,
                    Relation::Translated,
                    vec![
                        anchor("Ilka", "Ilka"),
                        anchor("Bremerhaven", "Bremerhaven"),
                        anchor("boats", "Boote"),
                        anchor("nowhere", "nirgends"),
                    ],
                ),
            ],
            copied: 0.5,
            of_source: 0.4,
            density: 0.8,
            words: 12,
        },
        across: None,
        thresholds: vec![],
    }
}

fn trace() -> TraceReport {
    let text = include_str!("../fixtures/reports/translated.json");
    let mut trace: TraceReport = serde_json::from_str(text).unwrap();
    trace.comparisons = trace.sources.iter().map(|source| comparison(&source.url)).collect();
    TraceReport { thresholds: Thresholds::default().table(), ..trace }
}

fn shown(report: &Report) -> String {
    render(report, Format::Html, &Look::default()).unwrap()
}

/// The values of an attribute, in order.
fn attributes<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let opening = format!(" {name}=\"");
    page.match_indices(&opening)
        .map(|(at, _)| {
            let rest = &page[at + opening.len()..];
            &rest[..rest.find('"').unwrap()]
        })
        .collect()
}

#[test]
fn a_page_fetches_nothing_and_runs_nothing() {
    let page = shown(&Report::Trace(vec![trace(), trace()]));
    assert!(page.starts_with("<!doctype html>"), "{page}");
    for fetched in ["src=", "@import", "url(", "<link", "<iframe", "<object", "style=\""] {
        assert!(!page.contains(fetched), "{fetched}");
    }
    let policy = format!("style-src '{}'", html::source_hash(html::STYLE));
    assert!(page.contains(&policy.replace('\'', "&#39;")), "{policy}");
    assert!(page.contains("default-src &#39;none&#39;"), "{page}");
}

#[test]
fn every_mark_is_linked_both_ways_and_every_link_leads_somewhere() {
    for report in [
        Report::Trace(vec![trace(), trace()]),
        Report::Compare(Box::new(comparison("https://wire.example/1"))),
    ] {
        let page = shown(&report);
        let ids = attributes(&page, "id");
        let once: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), once.len(), "an id stands twice: {ids:?}");
        let links: Vec<&str> =
            attributes(&page, "href").into_iter().filter_map(|h| h.strip_prefix('#')).collect();
        assert!(links.len() >= 9, "{links:?}");
        for link in links {
            assert!(once.contains(link), "#{link} leads nowhere");
        }
        for name in ["aria-labelledby", "aria-describedby"] {
            for label in attributes(&page, name).iter().flat_map(|ids| ids.split(' ')) {
                assert!(once.contains(label), "{name} {label} is not there");
            }
        }
    }
}

#[test]
fn kinds_of_copy_are_told_apart_by_words_too() {
    let page = shown(&Report::Compare(Box::new(comparison("https://wire.example/1"))));
    for said in [
        "<a class=\"mark near\" id=\"c-a0\" href=\"#c-b0\">elf Wochen</a>",
        "<a class=\"mark near\" id=\"c-b0\" href=\"#c-a0\">elf Wochen</a>",
        "<a class=\"mark near\" id=\"c-a1\" href=\"#c-b0\">elf Wochen</a>",
        "<a class=\"mark translated\" id=\"c-a4\" href=\"#c-b4\">boats</a>",
        "Paragraph 1 ← 1: <span class=\"kind translated\">translated</span>, 50%",
        "lang=\"de\"",
    ] {
        assert!(page.contains(said), "{said} is not in\n{page}");
    }
    assert!(!page.contains(">nowhere<"));
}

/// A trace in which every text of others would run something if it could.
fn hostile() -> TraceReport {
    let mut hostile = trace();
    hostile.query.title = Some(HOSTILE.to_owned());
    hostile.query.outlet = Some(HOSTILE.to_owned());
    hostile.query.url = Some(format!("javascript:{HOSTILE}"));
    hostile.says = HOSTILE.into();
    hostile.credits = vec![Credit {
        agency: None,
        name: HOSTILE.into(),
        role: CreditRole::Byline,
        text: HOSTILE.into(),
        paragraph: None,
        domain: None,
        initials: vec![HOSTILE.into()],
        reworked: false,
    }];
    hostile.leads = vec![Lead {
        kind: "web_search".into(),
        query: HOSTILE.into(),
        url: Some("JavaScript:alert(1)".to_owned()),
        says: HOSTILE.into(),
    }];
    for node in hostile.chain.iter_mut().chain(hostile.chains.iter_mut().flatten()) {
        node.outlet = Some(HOSTILE.to_owned());
        node.published = Some(HOSTILE.to_owned());
        node.url = Some(HOSTILE.to_owned());
    }
    for origin in &mut hostile.origins {
        origin.outlet = Some(HOSTILE.to_owned());
    }
    for evidence in &mut hostile.evidence {
        evidence.says = HOSTILE.into();
    }
    for (source, both) in hostile.sources.iter_mut().zip(&mut hostile.comparisons) {
        source.outlet = Some(HOSTILE.to_owned());
        source.title = Some(format!("user\u{202e}{HOSTILE}\u{1b}[31m"));
        source.language = Some(HOSTILE.to_owned());
        for side in [&mut both.left, &mut both.right] {
            side.outlet.name = HOSTILE.into();
            side.article.language = Some(HOSTILE.to_owned());
            for paragraph in &mut side.article.paragraphs {
                paragraph.text.push_str(HOSTILE);
            }
        }
    }
    hostile
}

#[test]
fn what_an_article_says_is_never_run() {
    let hostile = hostile();
    let both = Report::Compare(Box::new(hostile.comparisons[0].clone()));
    for page in [shown(&Report::Trace(vec![hostile.clone(), hostile])), shown(&both)] {
        for running in
            ["<script", "<img", "href=\"javascript", "href=\"JavaScript", "\u{202e}", "\u{1b}"]
        {
            assert!(!page.contains(running), "{running}");
        }
        assert!(page.contains("&#60;script&#62;alert"), "it is shown as text");
    }
}

#[test]
fn graphics_have_a_name_and_a_description() {
    let page = shown(&Report::Trace(vec![trace()]));
    let pictures: Vec<&str> = page.split("<svg").skip(1).collect();
    assert!(pictures.len() >= 2, "a chain and a strip for each time");
    for picture in pictures {
        let picture = picture.split("</svg>").next().unwrap();
        assert!(picture.contains("role=\"img\"") && picture.contains("<title"), "{picture}");
    }
    assert!(page.contains("is translated from Hellwalder Kurier"), "the chain in words");
}

#[test]
fn an_audit_has_its_plots_in_words_too_and_one_script_that_its_policy_names() {
    let page = shown(&Report::Audit(vec![audit()]));
    assert!(page.contains(&format!("<script>{}</script>", html::SCRIPT)), "the list sorts");
    let named = html::source_hash(html::SCRIPT);
    assert!(page.contains(&format!("script-src &#39;{named}&#39;")), "{named}");
    assert_eq!(page.matches("<script").count(), 1, "and nothing else runs");
    for said in [
        "Copied articles by month: 2025-04 20%, 2025-05 60%",
        "<title>dpa (wire): 30 articles, 20 credited, 8 not</title>",
        "<th scope=\"row\">1 to 3 h</th><td class=\"number\">1</td>",
        "known to the day only",
        "What is not on file cannot be found.",
        "data-v=\"0.93\">93%</td>",
        "&#60;b&#62;Kran",
    ] {
        assert!(page.contains(said), "{said} is not in\n{page}");
    }
    let open = page.find("not credited</span>").unwrap();
    assert!(open < page.find("original</span>").unwrap(), "open findings come first");
}

fn audit() -> AuditReport {
    let article = |title: &str, verdict, late: (f64, f64)| AuditArticle {
        url: "https://kurier.example/kran".into(),
        title: Some(title.to_owned()),
        published: Some("2025-05-16T18:02:00+02:00".to_owned()),
        verdict,
        copied: 0.93,
        chain: vec!["Stern".into(), "dpa".into()],
        delay_low: Some(late.0),
        delay_high: Some(late.1),
        ..AuditArticle::default()
    };
    let month = |month: &str, copied| AuditPeriod {
        month: Some(month.to_owned()),
        articles: 50,
        copied,
        attributed: copied / 2,
        unattributed: copied / 2,
        copied_words_share: 0.3,
    };
    AuditReport {
        outlet: "Kurier".into(),
        articles: 100,
        copied: 40,
        sources: vec![AuditSource {
            outlet: "dpa".into(),
            kind: OutletKind::Wire,
            articles: 30,
            attributed: 20,
            unattributed: 8,
            share: 0.3,
            ..AuditSource::default()
        }],
        periods: vec![month("2025-04", 10), month("2025-05", 30)],
        articles_list: vec![
            article("Rathaus", Verdict::Original, (0.0, 1_440.0)),
            article("<b>Kran", Verdict::Unattributed, (90.0, 90.0)),
        ],
        thresholds: Thresholds::default().table(),
        ..AuditReport::default()
    }
}
