//! Reports for other programs: the lineage as GraphML and PROV-JSON, lists as CSV.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::collections::BTreeSet;

use copytrail::model::{ArticleRow, Cluster, Report, TraceReport};
use copytrail::reporter::{Format, Look, render};

fn trace() -> TraceReport {
    serde_json::from_str(include_str!("../fixtures/reports/translated.json")).unwrap()
}

fn shown(report: &Report, format: Format) -> String {
    render(report, format, &Look::default()).unwrap()
}

const PAGE: &str = "https://worldnews-hour.example/world/everyone-is-healthy/";
const PAPER: &str =
    "https://www.hellwalder-kurier.example/panorama/hella-brandt-seeleute-frei-9917.html";
const WIRE: &str = "https://www.dpa.com/de/themen/hella-brandt-20250515";

#[test]
fn graphml_is_sound_xml_with_every_edge_between_its_nodes() {
    let mut hostile = trace();
    hostile.query.outlet = Some("A \"<&>\u{1b}\u{202e} outlet".to_owned());
    let text = shown(&Report::Trace(vec![hostile, trace()]), Format::Graphml);
    let mut reader = quick_xml::Reader::from_str(&text);
    let (mut nodes, mut edges) = (BTreeSet::new(), BTreeSet::new());
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(tag) => {
                let value = |name: &str| {
                    let found = tag.try_get_attribute(name).unwrap();
                    found
                        .map(|a| {
                            a.normalized_value(quick_xml::XmlVersion::Explicit1_0)
                                .unwrap()
                                .into_owned()
                        })
                        .unwrap_or_default()
                };
                match tag.name().as_ref() {
                    "node" => assert!(nodes.insert(value("id")), "a node stands twice"),
                    "edge" => assert!(edges.insert((value("source"), value("target")))),
                    _ => {}
                }
            }
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    let edge = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    assert!(edges.contains(&edge(PAPER, PAGE)) && edges.contains(&edge(WIRE, PAPER)), "{edges:?}");
    for (from, to) in &edges {
        assert!(nodes.contains(from) && nodes.contains(to), "{from} -> {to} hangs in the air");
    }
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'));
}

#[test]
fn prov_says_what_was_derived_from_what() {
    let text = shown(&Report::Trace(vec![trace()]), Format::Prov);
    let prov: serde_json::Value = serde_json::from_str(&text).unwrap();
    let entity = |identity: &str| {
        let entities = prov["entity"].as_object().unwrap();
        let found = entities.iter().find(|(_, entity)| entity["ct:identity"] == identity);
        found.map(|(name, _)| name.clone()).unwrap()
    };
    let derived = prov["wasDerivedFrom"].as_object().unwrap();
    let step = derived
        .values()
        .find(|step| {
            step["prov:generatedEntity"] == entity(PAGE).as_str()
                && step["prov:usedEntity"] == entity(PAPER).as_str()
        })
        .unwrap();
    assert_eq!(step["ct:relation"], "translated");
    assert_eq!(step["prov:type"]["$"], "prov:Revision");
    assert_eq!(step["ct:confidence"], 0.91);
    for attribution in prov["wasAttributedTo"].as_object().unwrap().values() {
        let agent = attribution["prov:agent"].as_str().unwrap();
        assert!(prov["agent"].get(agent).is_some(), "{agent}");
    }
}

#[test]
fn csv_has_a_row_for_each_source_and_station_and_no_formula() {
    let mut asked = trace();
    asked.query.title = Some("=HYPERLINK(\"https://evil.example\")".to_owned());
    let quiet = TraceReport { query: trace().query, ..TraceReport::default() };
    let text = shown(&Report::Trace(vec![asked, quiet]), Format::Csv);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let heads = reader.headers().unwrap().clone();
    let column = |name: &str| heads.iter().position(|head| head == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
    let roles: Vec<&str> = rows.iter().map(|row| &row[column("role")]).collect();
    assert_eq!(roles.iter().filter(|role| **role == "chain").count(), 2);
    assert_eq!(roles.last(), Some(&""), "what has no source keeps its row");
    assert_eq!(rows.last().unwrap()[column("verdict")], *"unknown");
    assert_eq!(rows[0][column("query_title")], *"'=HYPERLINK(\"https://evil.example\")");
    assert_eq!(rows[0][column("url")], *PAPER);
}

#[test]
fn lists_and_clusters_as_rows() {
    let row = ArticleRow {
        id: 7,
        url: None,
        user_id: Some("a-7".to_owned()),
        outlet: "Kurier".into(),
        title: Some("Ein Titel, \"so\"\nund so".to_owned()),
        published: None,
        language: Some("de".to_owned()),
        paragraphs: 3,
        words: 120,
        revisions: 1,
    };
    assert_eq!(
        shown(&Report::List(vec![row]), Format::Csv),
        "id,url,user_id,outlet,title,published,language,paragraphs,words,revisions\n7,,a-7,Kurier,\"Ein Titel, \"\"so\"\"\nund so\",,de,3,120,1\n"
    );
    let cluster = Cluster {
        cluster: 1,
        origin: Some(WIRE.to_owned()),
        members: vec![WIRE.into(), PAPER.into()],
    };
    let text = shown(&Report::Clusters(vec![cluster]), Format::Csv);
    assert_eq!(text, format!("cluster,origin,member\n1,{WIRE},{WIRE}\n1,{WIRE},{PAPER}\n"));
}
