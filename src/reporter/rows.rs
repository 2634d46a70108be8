//! Reports as CSV (RFC 4180): a header, then a row an item; made to open in a spreadsheet without running anything.

use serde::Serialize;

use crate::model::{
    ArticleRow, AuditReport, ChainNode, Cluster, CopiedItem, CopyRow, LicenceRow, Report,
    ReviewRow, SearchHit, SourceMatch, TraceReport,
};

use super::lineage::{query_id, station_id};
use super::wording::snake;
use super::{Format, ReportError};

/// The rows of a report.
pub(super) fn document(report: &Report) -> Result<String, ReportError> {
    let mut rows = Rows::default();
    match report {
        Report::Trace(traces) => {
            rows.head(&TRACE)?;
            traces.iter().try_for_each(|trace| traced(&mut rows, trace))?;
        }
        Report::Audit(audits) => {
            rows.head(&AUDIT)?;
            audits.iter().try_for_each(|audit| audited(&mut rows, audit))?;
        }
        Report::Clusters(clusters) => {
            rows.head(&["cluster", "origin", "member"])?;
            clusters.iter().try_for_each(|cluster| clustered(&mut rows, cluster))?;
        }
        Report::List(list) => {
            rows.head(&LIST)?;
            list.iter().try_for_each(|row| rows.put(&listed(row)))?;
        }
        Report::Search(hits) => {
            rows.head(&[&LIST[..], &["score", "snippet"]].concat())?;
            hits.iter().try_for_each(|hit| rows.put(&found(hit)))?;
        }
        Report::Copies(reports) => {
            rows.head(&COPIES)?;
            let items = reports.iter().flat_map(|report| &report.items);
            items.flat_map(copied).try_for_each(|row| rows.put(&row))?;
        }
        Report::Licences(licences) => {
            rows.head(&["user", "owner", "service", "from", "to", "onward", "note"])?;
            licences.iter().try_for_each(|row| rows.put(&licence(row)))?;
        }
        Report::Reviews(reviews) => {
            rows.head(&["article", "decision", "by", "note", "at", "outlet", "verdict", "origin"])?;
            reviews.iter().try_for_each(|row| rows.put(&reviewed(row)))?;
        }
        _ => return Err(ReportError::NoSuchForm { format: Format::Csv }),
    }
    rows.text()
}

/// CSV on its way.
#[derive(Default)]
struct Rows(Option<csv::Writer<Vec<u8>>>);

impl Rows {
    fn writer(&mut self) -> &mut csv::Writer<Vec<u8>> {
        self.0.get_or_insert_with(|| csv::Writer::from_writer(Vec::new()))
    }

    fn head(&mut self, names: &[&str]) -> Result<(), ReportError> {
        Ok(self.writer().write_record(names)?)
    }

    fn put(&mut self, cells: &[String]) -> Result<(), ReportError> {
        let safe = cells.iter().map(|cell| no_formula(cell));
        Ok(self.writer().write_record(safe)?)
    }

    fn text(mut self) -> Result<String, ReportError> {
        let bytes = self.writer().flush().map(|()| self.writer().get_ref().clone());
        let bytes = bytes.map_err(csv::Error::from)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

/// A cell that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay.
fn no_formula(cell: &str) -> String {
    let begins = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if begins && cell.parse::<f64>().is_err() { format!("'{cell}") } else { cell.to_owned() }
}

fn text(value: Option<&String>) -> String {
    value.cloned().unwrap_or_default()
}

fn number<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

const TRACE: [&str; 20] = [
    "query",
    "query_id",
    "query_user_id",
    "query_outlet",
    "query_title",
    "query_published",
    "verdict",
    "query_copied",
    "role",
    "chain",
    "position",
    "url",
    "id",
    "outlet",
    "agency",
    "published",
    "relation",
    "confidence",
    "copied",
    "of_source",
];

/// A row for each source and each station of each chain; one without either where none is known.
fn traced(rows: &mut Rows, trace: &TraceReport) -> Result<(), ReportError> {
    let query = &trace.query;
    let head = || {
        vec![
            query_id(query),
            number(query.id),
            text(query.user_id.as_ref()),
            text(query.outlet.as_ref()),
            text(query.title.as_ref()),
            text(query.published.as_ref()),
            snake(&trace.verdict),
            trace.copied.to_string(),
        ]
    };
    let put = |rows: &mut Rows, rest: &[String]| rows.put(&[&head(), rest].concat());
    if trace.sources.is_empty() && trace.chain.is_empty() && trace.chains.is_empty() {
        return put(rows, &vec![String::new(); TRACE.len() - head().len()]);
    }
    for (at, source) in trace.sources.iter().enumerate() {
        put(rows, &source_cells(source, at + 1))?;
    }
    let single = std::slice::from_ref(&trace.chain);
    let chains = if trace.chains.is_empty() { single } else { &trace.chains };
    for (chain, stations) in chains.iter().enumerate() {
        for (at, station) in stations.iter().enumerate() {
            put(rows, &station_cells(station, (chain + 1, at + 1)))?;
        }
    }
    Ok(())
}

fn source_cells(source: &SourceMatch, position: usize) -> Vec<String> {
    vec![
        "source".to_owned(),
        String::new(),
        position.to_string(),
        source.url.clone(),
        number(source.id),
        text(source.outlet.as_ref()),
        String::new(),
        text(source.published.as_ref()),
        snake(&source.relation),
        source.score.to_string(),
        source.copied.to_string(),
        source.of_source.to_string(),
    ]
}

fn station_cells(station: &ChainNode, (chain, position): (usize, usize)) -> Vec<String> {
    vec![
        "chain".to_owned(),
        chain.to_string(),
        position.to_string(),
        station_id(station),
        number(station.id),
        text(station.outlet.as_ref()),
        text(station.agency.as_ref()),
        text(station.published.as_ref()),
        snake(&station.relation),
        station.confidence.to_string(),
        String::new(),
        String::new(),
    ]
}

const AUDIT: [&str; 23] = [
    "audited",
    "url",
    "id",
    "user_id",
    "title",
    "published",
    "verdict",
    "copied",
    "words",
    "origin",
    "agency",
    "kind",
    "chain",
    "source_url",
    "relation",
    "delay_low_minutes",
    "delay_high_minutes",
    "repeated",
    "carriers",
    "independent",
    "licence",
    "review",
    "change",
];

fn audited(rows: &mut Rows, audit: &AuditReport) -> Result<(), ReportError> {
    for article in &audit.articles_list {
        rows.put(&[
            audit.outlet.clone(),
            article.url.clone(),
            number(article.id),
            text(article.user_id.as_ref()),
            text(article.title.as_ref()),
            text(article.published.as_ref()),
            snake(&article.verdict),
            article.copied.to_string(),
            article.words.to_string(),
            text(article.origin.as_ref()),
            text(article.agency.as_ref()),
            word(article.kind.as_ref()),
            article.chain.join(" < "),
            text(article.source_url.as_ref()),
            word(article.relation.as_ref()),
            number(article.delay_low),
            number(article.delay_high),
            article.repeated.to_string(),
            article.carriers.to_string(),
            article.independent.to_string(),
            word(article.licence.as_ref()),
            word(article.review.as_ref()),
            word(article.change.as_ref()),
        ])?;
    }
    Ok(())
}

fn word<T: Serialize>(value: Option<&T>) -> String {
    value.map(snake).unwrap_or_default()
}

fn clustered(rows: &mut Rows, cluster: &Cluster) -> Result<(), ReportError> {
    cluster.members.iter().try_for_each(|member| {
        rows.put(&[cluster.cluster.to_string(), text(cluster.origin.as_ref()), member.clone()])
    })
}

const LIST: [&str; 10] = [
    "id",
    "url",
    "user_id",
    "outlet",
    "title",
    "published",
    "language",
    "paragraphs",
    "words",
    "revisions",
];

fn listed(row: &ArticleRow) -> Vec<String> {
    vec![
        row.id.to_string(),
        text(row.url.as_ref()),
        text(row.user_id.as_ref()),
        row.outlet.clone(),
        text(row.title.as_ref()),
        text(row.published.as_ref()),
        text(row.language.as_ref()),
        row.paragraphs.to_string(),
        row.words.to_string(),
        row.revisions.to_string(),
    ]
}

fn found(hit: &SearchHit) -> Vec<String> {
    let mut cells = listed(&hit.article);
    cells.extend([hit.score.to_string(), hit.snippet.clone()]);
    cells
}

const COPIES: [&str; 16] = [
    "item",
    "item_id",
    "item_published",
    "url",
    "id",
    "user_id",
    "outlet",
    "title",
    "published",
    "relation",
    "of_item",
    "delay_low_minutes",
    "delay_high_minutes",
    "credited",
    "licence",
    "via",
];

fn copied(item: &CopiedItem) -> Vec<Vec<String>> {
    let row = |copy: &CopyRow| {
        vec![
            item.item.url.clone(),
            number(item.item.id),
            text(item.item.published.as_ref()),
            copy.head.url.clone(),
            number(copy.head.id),
            text(copy.head.user_id.as_ref()),
            copy.head.outlet.clone(),
            text(copy.head.title.as_ref()),
            text(copy.head.published.as_ref()),
            snake(&copy.relation),
            number(copy.of_item),
            number(copy.delay_low),
            number(copy.delay_high),
            copy.credited.to_string(),
            word(copy.licence.as_ref()),
            copy.via.join(" < "),
        ]
    };
    item.copies.iter().map(row).collect()
}

/// As `licences import` takes it.
fn licence(row: &LicenceRow) -> [String; 7] {
    [
        row.user.clone(),
        row.owner.clone(),
        text(row.service.as_ref()),
        text(row.from.as_ref()),
        text(row.to.as_ref()),
        if row.onward { "yes" } else { "no" }.to_owned(),
        row.note.clone(),
    ]
}

/// As `review import` takes it.
fn reviewed(row: &ReviewRow) -> [String; 8] {
    [
        row.url.clone(),
        snake(&row.decision),
        row.by.clone(),
        row.note.clone(),
        row.at.clone(),
        row.outlet.clone(),
        snake(&row.verdict),
        text(row.origin.as_ref()),
    ]
}
