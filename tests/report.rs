//! What people read: reports of invented traces at 80 and 120 columns.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use copytrail::model::{
    Across, Alignment, AnchorPair, Article, ArticleRow, Attribution, Basis, ChainNode, CheckReport,
    Cluster, Comparison, Coverage, Dossier, Finding, Lead, Moment, Origin, Outlet, Paragraph,
    ParagraphMatch, ParagraphRole, Precision, QueryHead, Relation, Report, SearchHit, Span, Stats,
    Thresholds, TraceReport, TraceState, Verdict,
};
use copytrail::reporter::{Format, Look, render};

fn text(report: &Report, width: usize) -> String {
    render(report, Format::Text, &Look { width, colour: false }).unwrap()
}

fn station(outlet: &str, agency: Option<&str>, url: Option<&str>, relation: Relation) -> ChainNode {
    ChainNode {
        outlet: Some(outlet.to_owned()),
        agency: agency.map(str::to_owned),
        url: url.map(str::to_owned),
        id: None,
        published: url.map(|_| "2025-05-15T16:42:00+02:00".to_owned()),
        on_file: url.is_some(),
        relation,
        confidence: 0.91,
    }
}

fn origin(station: &ChainNode, share: f64) -> Origin {
    Origin {
        outlet: station.outlet.clone(),
        agency: station.agency.clone(),
        url: station.url.clone(),
        id: station.id,
        published: station.published.clone(),
        on_file: station.on_file,
        confidence: 0.97,
        share,
        paragraphs: Vec::new(),
    }
}

const PAPER: &str =
    "https://www.hellwalder-kurier.example/panorama/hella-brandt-seeleute-frei-9917.html";
const WIRE: &str = "https://www.dpa.com/de/themen/hella-brandt-20250515";

/// A translated copy of a paper's version of a wire item.
fn translated() -> TraceReport {
    let text = include_str!("../fixtures/reports/translated.json");
    TraceReport { thresholds: Thresholds::default().table(), ..serde_json::from_str(text).unwrap() }
}

/// An uncredited page, and nothing on file.
fn unknown() -> TraceReport {
    TraceReport {
        query: QueryHead {
            file: "pages/gipfel.html".into(),
            title: Some("Gipfel ohne Ergebnis".to_owned()),
            language: Some("de".to_owned()),
            paragraphs: 6,
            ..QueryHead::default()
        },
        says: "Nothing is on file to compare it with, and the page credits nobody.".into(),
        leads: vec![Lead {
            kind: "web_search".into(),
            query: "\"Hella Brandt\" Astrachan".into(),
            url: Some("https://search.example/?q=%22Hella+Brandt%22+Astrachan".to_owned()),
            says: "The names and numbers of the text, for a search engine".into(),
        }],
        ..TraceReport::default()
    }
}

/// Copied from two wires, nobody named.
fn unattributed() -> TraceReport {
    let dpa = station("dpa", Some("dpa"), Some(WIRE), Relation::Excerpt);
    let portal =
        station("Nordblick 24", None, Some("https://nordblick24.example/a"), Relation::Edited);
    let afp = station("AFP", Some("afp"), None, Relation::Credited);
    TraceReport {
        verdict: Verdict::Unattributed,
        says: "Half of its words are dpa's and a third AFP's, and neither is named on the page."
            .into(),
        copied: 0.83,
        origins: vec![origin(&dpa, 0.5), origin(&afp, 0.33)],
        origin: Some(origin(&dpa, 0.5)),
        chain: vec![portal.clone(), dpa.clone()],
        chains: vec![vec![portal.clone(), dpa], vec![portal, afp]],
        attribution: Some(Attribution {
            origin_named: false,
            source_named: false,
            basis: Basis::Claimed,
            looked_in: vec!["text".into()],
            licence: None,
        }),
        evidence: vec![],
        ..translated()
    }
}

fn original() -> TraceReport {
    TraceReport {
        verdict: Verdict::Original,
        says: "Compared with 1,204 articles of other outlets of its time; none carries its words earlier.".into(),
        copied: 0.0,
        searched: translated().searched,
        query: translated().query,
        ..TraceReport::default()
    }
}

#[test]
fn traces_of_each_verdict() {
    insta::assert_snapshot!("trace_translated_80", text(&Report::Trace(vec![translated()]), 80));
    insta::assert_snapshot!("trace_translated_120", text(&Report::Trace(vec![translated()]), 120));
    insta::assert_snapshot!("trace_unknown_80", text(&Report::Trace(vec![unknown()]), 80));
    insta::assert_snapshot!(
        "trace_unattributed_80",
        text(&Report::Trace(vec![unattributed()]), 80)
    );
    insta::assert_snapshot!("trace_original_80", text(&Report::Trace(vec![original()]), 80));
}

#[test]
fn a_trace_as_a_graph() {
    let traces = Report::Trace(vec![unattributed(), translated()]);
    let graph = render(&traces, Format::Dot, &Look::default()).unwrap();
    insta::assert_snapshot!("trace_dot", graph);
    for format in [Format::Dot, Format::Graphml, Format::Prov, Format::Html] {
        assert!(render(&Report::List(vec![]), format, &Look::default()).is_err());
    }
}

fn dossier(id: i64, outlet: &str, published: &str, paragraphs: &[&str]) -> Dossier {
    Dossier {
        id: Some(id),
        article: Article {
            url: Some(format!("https://{outlet}.example/hella-brandt")),
            title: Some("Seeleute der „Hella Brandt“ kommen frei".to_owned()),
            published: Some(Moment {
                text: published.into(),
                seconds: 0,
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
    "Die neun Seeleute dürfen nach elf Wochen am Kaspischen Meer endlich nach Hause.",
    "Ein Satz, den nur die Zeitung hat.",
    "Das Schiff selbst bleibt vorerst im Hafen.",
];
const RIGHT: [&str; 4] = [
    "Nach elf Wochen am Kaspischen Meer dürfen die Seeleute nach Hause.",
    "Ein Absatz, den die Zeitung nicht übernahm.",
    "Das Schiff selbst bleibt vorerst im Hafen.",
    "Am Ende steht noch ein Satz der Agentur.",
];

/// Where `words` stand in a paragraph of either side.
fn span(query: usize, source: usize, words: &str) -> Span {
    let found = |text: &str| text.find(words).map(|start| (start, start + words.len())).unwrap();
    Span {
        query_paragraph: query,
        source_paragraph: source,
        query: found(LEFT[query]),
        source: found(RIGHT[source]),
        words: words.split(' ').count(),
    }
}

fn comparison() -> Report {
    let pair = |at, relation, score| ParagraphMatch {
        query: at,
        source: at,
        relation,
        score,
        anchors: vec![],
    };
    Report::Compare(Box::new(Comparison {
        left: dossier(2, "kurier", "2025-05-15T18:10:00+02:00", &LEFT),
        right: dossier(1, "wire", "2025-05-15T16:42:00+02:00", &RIGHT),
        relation: Some(Relation::Edited),
        alignment: Alignment {
            spans: vec![span(0, 0, "elf Wochen am Kaspischen Meer"), span(2, 2, LEFT[2])],
            paragraphs: vec![pair(0, Relation::Partial, 0.42), pair(2, Relation::Exact, 1.0)],
            copied: 0.5,
            of_source: 0.4,
            density: 0.8,
            words: 12,
        },
        across: None,
        thresholds: vec![],
    }))
}

#[test]
fn two_articles_stand_one_above_the_other_or_side_by_side() {
    insta::assert_snapshot!("compare_80", text(&comparison(), 80));
    insta::assert_snapshot!("compare_120", text(&comparison(), 120));
}

/// Two articles that share no words, and follow one another.
#[test]
fn paragraphs_in_other_words_stand_beside_one_another_with_what_ties_them() {
    let Report::Compare(mut both) = comparison() else { unreachable!() };
    let tie = |query: &str, source: &str| AnchorPair { query: query.into(), source: source.into() };
    both.alignment.spans.clear();
    both.alignment.copied = 0.0;
    both.alignment.paragraphs = vec![ParagraphMatch {
        query: 0,
        source: 1,
        relation: Relation::Translated,
        score: 0.93,
        anchors: vec![tie("Selenskyj", "Zelensky"), tie("25", "25"), tie("Gipfel", "summit")],
    }];
    both.relation = Some(Relation::Translated);
    both.across = Some(Across {
        relation: Relation::Translated,
        probability: 0.97,
        named: true,
        of_left: 0.4,
        of_right: 0.6,
    });
    insta::assert_snapshot!("compare_translated_80", text(&Report::Compare(both), 80));
}

#[test]
fn without_brackets_colour_marks_what_is_copied() {
    let coloured = render(&comparison(), Format::Text, &Look { width: 80, colour: true }).unwrap();
    assert!(!coloured.replace("\u{1b}[", "").contains('['), "{coloured}");
    assert!(
        coloured.contains("\u{1b}[36mDas Schiff selbst bleibt vorerst im Hafen.\u{1b}[0m"),
        "{coloured}"
    );
}

fn row(id: i64, outlet: &str, title: &str) -> ArticleRow {
    ArticleRow {
        id,
        url: Some(format!("https://example.org/{id}")),
        user_id: None,
        outlet: outlet.into(),
        title: Some(title.to_owned()),
        published: Some("2025-05-15T18:10:00+02:00".to_owned()),
        language: Some("de".to_owned()),
        paragraphs: 7,
        words: 1_234,
        revisions: 1,
    }
}

fn rows() -> Vec<ArticleRow> {
    vec![
        row(1, "dpa", "Seeleute der «Hella Brandt» dürfen nach elf Wochen ausreisen"),
        row(
            20_411,
            "Hellwalder Kurier",
            "„Alle sind gesund“: Seeleute der „Hella Brandt“ kommen am Wochenende frei",
        ),
        ArticleRow {
            published: None,
            language: None,
            ..row(3, "東京新報", "貨物船の乗組員、11週間ぶりに帰国へ")
        },
    ]
}

#[test]
fn lists() {
    insta::assert_snapshot!("list_80", text(&Report::List(rows()), 80));
    insta::assert_snapshot!("list_120", text(&Report::List(rows()), 120));
    let hits: Vec<SearchHit> = rows()
        .into_iter()
        .map(|article| SearchHit {
            article,
            score: 2.5,
            snippet: "… dürfen nach elf Wochen ausreisen …".into(),
            revision: None,
        })
        .collect();
    insta::assert_snapshot!("search_80", text(&Report::Search(hits), 80));
    let clusters = vec![Cluster {
        cluster: 1,
        origin: Some(WIRE.to_owned()),
        members: vec![WIRE.into(), PAPER.into(), "id:7".into()],
    }];
    insta::assert_snapshot!("clusters_80", text(&Report::Clusters(clusters), 80));
}

fn stats() -> Report {
    Report::Stats(Box::new(Stats {
        articles: 14_210,
        revisions: 14_300,
        paragraphs: 160_023,
        outlets: 37,
        sightings: 12,
        credits: 4_001,
        captures: 14_300,
        capture_bytes: 310_000_000,
        text_bytes: 40_000_000,
        index_bytes: 31_000_000,
        store_bytes: 95_000_000,
        from: Some("2025-04-01".to_owned()),
        to: Some("2025-06-30".to_owned()),
        languages: vec![("de".into(), 14_000), ("en".into(), 210)],
        schemes: vec![("postings".into(), 2, 2), ("full text".into(), 1, 3)],
        outcomes: TraceState { traced: 12_000, stale: 210, untraced: 2_000, unplaced: 2_000 },
        packs: Vec::new(),
    }))
}

#[test]
fn the_store() {
    insta::assert_snapshot!("stats_80", text(&stats(), 80));
    insta::assert_snapshot!("stats_120", text(&stats(), 120));
    let coverage = ["2025-05-14", "2025-05-15"]
        .map(|day| Coverage { outlet: "dpa".into(), day: Some(day.to_owned()), articles: 1_204 })
        .to_vec();
    insta::assert_snapshot!("coverage_80", text(&Report::Coverage(coverage), 80));
    let check = CheckReport {
        checks: vec![("integrity".into(), 1), ("fingerprints".into(), 160_023)],
        findings: vec![Finding {
            check: "fingerprints".into(),
            says: "article 7, paragraph 2: the fingerprint is not that of its text; run `copytrail rebuild`".into(),
        }],
    };
    insta::assert_snapshot!("check_80", text(&Report::Check(check), 80));
}

#[test]
fn no_line_of_prose_is_wider_than_the_terminal() {
    for width in [40, 57, 80, 100, 120] {
        for report in
            [Report::Trace(vec![translated(), unattributed(), unknown()]), comparison(), stats()]
        {
            for line in text(&report, width).lines() {
                let columns = textwrap::core::display_width(line);
                assert!(columns <= width || line.contains("http"), "{columns} of {width}: {line}");
            }
        }
    }
}

#[test]
fn json_holds_the_keys_of_the_contract() {
    let line = render(&Report::Trace(vec![translated()]), Format::Jsonl, &Look::default()).unwrap();
    assert!(line.starts_with("{\"schema\":\"copytrail.trace/1\",\"query\":{\"url\":"), "{line}");
    let value: serde_json::Value = serde_json::from_str(&line).unwrap();
    for key in [
        "query",
        "searched",
        "verdict",
        "attribution",
        "copied",
        "origin",
        "origins",
        "chain",
        "sources",
        "related",
        "leads",
        "credits",
        "evidence",
    ] {
        assert!(value.get(key).is_some(), "{key}");
    }
    assert_eq!(value["chain"][0]["relation"], "translated");
    assert_eq!(value["evidence"][0]["for"], "direction");
    assert_eq!(value["credits"][1]["role"], "source_line");
}
