//! What people read: reports of invented traces at 80 and 120 columns.

use copytrail::model::{
    Alignment, AnchorPair, Article, ArticleRow, Attribution, Basis, ChainNode, CheckReport,
    Cluster, Comparison, Coverage, Credit, CreditRole, Dossier, Evidence, EvidenceFor,
    EvidenceKind, Finding, Lead, Moment, Origin, Outlet, Paragraph, ParagraphMatch, ParagraphRole,
    Precision, QueryHead, RelatedArticle, Relation, Report, Residue, SearchHit, Searched,
    SourceMatch, Span, Stats, Thresholds, TraceReport, Verdict,
};
use copytrail::reporter::{Format, Look, render};

fn text(report: &Report, width: usize) -> String {
    render(report, Format::Text, &Look { width, colour: false }).unwrap()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn station(outlet: &str, agency: Option<&str>, url: Option<&str>, relation: Relation) -> ChainNode {
    ChainNode {
        outlet: some(outlet),
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
    }
}

fn credit(
    agency: Option<&str>,
    name: &str,
    role: CreditRole,
    line: &str,
    paragraph: usize,
) -> Credit {
    Credit {
        agency: agency.map(str::to_owned),
        name: name.to_owned(),
        role,
        text: line.to_owned(),
        paragraph: Some(paragraph),
        domain: None,
        initials: vec![],
        reworked: false,
    }
}

fn evidence(kind: EvidenceKind, speaks_for: EvidenceFor, weight: f64, says: &str) -> Evidence {
    Evidence { kind, speaks_for, about: "dpa".into(), weight, says: says.into() }
}

const PAPER: &str =
    "https://www.hellwalder-kurier.example/panorama/hella-brandt-seeleute-frei-9917.html";
const WIRE: &str = "https://www.dpa.com/de/themen/hella-brandt-20250515";

/// A translated copy of a paper's version of a wire item.
fn translated() -> TraceReport {
    let paper = station("Hellwalder Kurier", None, Some(PAPER), Relation::Translated);
    let wire = station("dpa", Some("dpa"), Some(WIRE), Relation::Excerpt);
    TraceReport {
        query: QueryHead {
            url: some("https://worldnews-hour.example/world/everyone-is-healthy/"),
            id: Some(3),
            user_id: None,
            file: "worldnews-hour.html".into(),
            outlet: some("Worldnews Hour"),
            title: some("“Everyone is healthy”: seafarers of the “Hella Brandt” are free"),
            published: some("2025-05-15T17:31:00Z"),
            language: some("en"),
            paragraphs: 9,
        },
        searched: Searched {
            articles: 4_210,
            outlets: 37,
            from: some("2025-04-15"),
            to: some("2025-06-14"),
            languages: vec!["de".into(), "en".into()],
            of_its_time: 1_204,
        },
        verdict: Verdict::Attributed,
        says:
            "Translated from Hellwalder Kurier, which runs dpa's text; both are named at its end."
                .into(),
        attribution: Some(Attribution {
            origin_named: true,
            source_named: true,
            basis: Basis::Verified,
            looked_in: vec!["text".into(), "page".into(), "metadata".into()],
            licence: None,
        }),
        copied: 0.97,
        origin: Some(origin(&wire, 0.97)),
        origins: vec![origin(&wire, 0.97)],
        chain: vec![paper.clone(), wire.clone()],
        chains: vec![vec![paper, wire]],
        sources: vec![SourceMatch {
            url: PAPER.into(),
            id: Some(2),
            outlet: some("Hellwalder Kurier"),
            title: some("„Alle sind gesund“: Seeleute der „Hella Brandt“ kommen frei"),
            published: some("2025-05-15T18:10:00+02:00"),
            language: some("de"),
            relation: Relation::Translated,
            copied: 0.97,
            of_source: 0.999,
            score: 0.993,
            paragraphs: (0..7).map(|at| pair(at, at, Relation::Translated, 0.9)).collect(),
        }],
        related: vec![RelatedArticle {
            url: "https://luebecker-rundschau.example/menschen/das-heft-der-ilse-detlefsen".into(),
            id: Some(5),
            outlet: some("Lübecker Rundschau"),
            title: some("Das Heft der Ilse Detlefsen"),
            published: some("2025-05-17"),
            language: some("de"),
            says: "the same event in words of its own".into(),
        }],
        leads: vec![],
        credits: vec![
            Credit {
                initials: vec!["kwi".into()],
                ..credit(Some("dpa"), "dpa", CreditRole::CreditLine, "Dpa", 9)
            },
            credit(
                None,
                "Hellwalder Kurier",
                CreditRole::SourceLine,
                "Source: Hellwalder Kurier",
                11,
            ),
        ],
        residue: vec![Residue {
            language: "de".into(),
            text: "Tschernyschow".into(),
            says: "the German transliteration of Чернышов; English writes Chernyshov".into(),
        }],
        evidence: vec![
            evidence(
                EvidenceKind::Residue,
                EvidenceFor::Direction,
                1.4,
                "“Wolgograd” is the German spelling.",
            ),
            evidence(
                EvidenceKind::Credit,
                EvidenceFor::Origin,
                2.3,
                "“Dpa” stands under the text.",
            ),
            evidence(EvidenceKind::Time, EvidenceFor::Origin, -0.4, "The wire's clock is a claim."),
            evidence(
                EvidenceKind::Credit,
                EvidenceFor::Origin,
                3.1,
                "The paper names dpa too, and the text on file bears it out paragraph by paragraph.",
            ),
        ],
        thresholds: Thresholds::default().table(),
    }
}

fn pair(query: usize, source: usize, relation: Relation, score: f64) -> ParagraphMatch {
    let anchors = if query == 3 {
        vec![
            AnchorPair { query: "Tschernyschow".into(), source: "Tschernyschow".into() },
            AnchorPair { query: "Moscow".into(), source: "Moskau".into() },
        ]
    } else {
        vec![]
    };
    ParagraphMatch { query, source, relation, score, anchors }
}

/// An uncredited page, and nothing on file.
fn unknown() -> TraceReport {
    TraceReport {
        query: QueryHead {
            file: "pages/gipfel.html".into(),
            title: some("Gipfel ohne Ergebnis"),
            language: some("de"),
            paragraphs: 6,
            ..QueryHead::default()
        },
        says: "Nothing is on file to compare it with, and the page credits nobody.".into(),
        leads: vec![Lead {
            kind: "web_search".into(),
            query: "\"Hella Brandt\" Astrachan".into(),
            url: some("https://search.example/?q=%22Hella+Brandt%22+Astrachan"),
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
    let refused = render(&Report::List(vec![]), Format::Dot, &Look::default());
    assert!(refused.is_err());
}

fn dossier(id: i64, outlet: &str, published: &str, paragraphs: &[&str]) -> Dossier {
    Dossier {
        id: Some(id),
        article: Article {
            url: Some(format!("https://{outlet}.example/hella-brandt")),
            title: some("Seeleute der „Hella Brandt“ kommen frei"),
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

fn comparison() -> Report {
    let left = [
        "Die neun Seeleute dürfen nach elf Wochen am Kaspischen Meer endlich nach Hause.",
        "Ein Satz, den nur die Zeitung hat.",
        "Das Schiff selbst bleibt vorerst im Hafen.",
    ];
    let right = [
        "Nach elf Wochen am Kaspischen Meer dürfen die Seeleute nach Hause.",
        "Ein Absatz, den die Zeitung nicht übernahm.",
        "Das Schiff selbst bleibt vorerst im Hafen.",
        "Am Ende steht noch ein Satz der Agentur.",
    ];
    let span = |at: usize, to: usize, words: &str, in_left: &str, in_right: &str| {
        let found =
            |text: &str| text.find(words).map(|start| (start, start + words.len())).unwrap();
        Span {
            query_paragraph: at,
            source_paragraph: to,
            query: found(in_left),
            source: found(in_right),
            words: words.split(' ').count(),
        }
    };
    Report::Compare(Box::new(Comparison {
        left: dossier(2, "kurier", "2025-05-15T18:10:00+02:00", &left),
        right: dossier(1, "wire", "2025-05-15T16:42:00+02:00", &right),
        relation: Some(Relation::Edited),
        alignment: Alignment {
            spans: vec![
                span(0, 0, "elf Wochen am Kaspischen Meer", left[0], right[0]),
                span(2, 2, "Das Schiff selbst bleibt vorerst im Hafen.", left[2], right[2]),
            ],
            paragraphs: vec![
                ParagraphMatch {
                    query: 0,
                    source: 0,
                    relation: Relation::Partial,
                    score: 0.42,
                    anchors: vec![],
                },
                ParagraphMatch {
                    query: 2,
                    source: 2,
                    relation: Relation::Exact,
                    score: 1.0,
                    anchors: vec![],
                },
            ],
            copied: 0.5,
            of_source: 0.4,
            density: 0.8,
            words: 12,
        },
        thresholds: vec![],
    }))
}

#[test]
fn two_articles_stand_one_above_the_other_or_side_by_side() {
    insta::assert_snapshot!("compare_80", text(&comparison(), 80));
    insta::assert_snapshot!("compare_120", text(&comparison(), 120));
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
        title: some(title),
        published: some("2025-05-15T18:10:00+02:00"),
        language: some("de"),
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
        })
        .collect();
    insta::assert_snapshot!("search_80", text(&Report::Search(hits), 80));
    let clusters = vec![Cluster {
        cluster: 1,
        origin: some(WIRE),
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
        from: some("2025-04-01"),
        to: some("2025-06-30"),
        languages: vec![("de".into(), 14_000), ("en".into(), 210)],
        schemes: vec![("postings".into(), 2, 2), ("full text".into(), 1, 3)],
    }))
}

#[test]
fn the_store() {
    insta::assert_snapshot!("stats_80", text(&stats(), 80));
    insta::assert_snapshot!("stats_120", text(&stats(), 120));
    let coverage = ["2025-05-14", "2025-05-15"]
        .map(|day| Coverage { outlet: "dpa".into(), day: some(day), articles: 1_204 })
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
