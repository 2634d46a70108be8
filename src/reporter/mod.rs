//! Reports as text and pages for a person, as JSON for a program and as a graph; pure: a value in, a string out.

mod audit;
mod audit_wording;
mod beside;
pub mod bundle;
mod compare;
mod dot;
mod graphml;
pub mod html;
mod json;
mod letter;
mod lineage;
mod listing;
mod live;
mod moments;
mod onward;
mod page;
mod plain;
mod proof;
mod prov;
mod rights;
mod rows;
mod store_view;
mod table;
pub mod tables;
mod trace;
mod tree;
mod wording;

use crate::model::Report;

pub use letter::{LetterBundle, findings, letter, template};
pub use moments::first_second;
pub use plain::plain;
pub use wording::when;

/// What a report is shown as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For a person at a terminal.
    Text,
    /// One document.
    Json,
    /// A document a line, a line an item.
    Jsonl,
    /// Graphviz; traces only.
    Dot,
    /// A page that is whole in itself; traces, comparisons and audits.
    Html,
    /// A header and a row an item, for spreadsheets.
    Csv,
    /// A graph for other programs; traces only.
    Graphml,
    /// W3C PROV-JSON; traces only.
    Prov,
}

/// How text is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Columns of the terminal. Below 40, text is laid out for 40.
    pub width: usize,
    /// Whether ANSI colours may be used.
    pub colour: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self { width: 80, colour: false }
    }
}

/// Why a report cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A format that this report has no form in.
    #[error(
        "this report cannot be shown as {format:?}: there is no such form of it; use text, json or jsonl"
    )]
    NoSuchForm { format: Format },
    /// A value that JSON cannot hold.
    #[error("the report cannot be written as JSON: {0}; please report this as a bug")]
    Json(#[from] serde_json::Error),
    /// A page that its template cannot hold.
    #[error("the report cannot be written as HTML: {0}; please report this as a bug")]
    Html(#[from] askama::Error),
    /// Rows that CSV cannot hold.
    #[error("the report cannot be written as CSV: {0}; please report this as a bug")]
    Csv(#[from] csv::Error),
    /// Rows that Parquet cannot hold, or that could not be written.
    #[error("the table cannot be written as Parquet: {0}")]
    Parquet(#[from] ::parquet::errors::ParquetError),
    #[error("the table cannot be written: {0}")]
    Write(#[from] std::io::Error),
    /// A letter's template that cannot be read, or asks for what an audit does not have.
    #[error(
        "template {0}; the names it may use are the keys of `audit --format json`, and `findings`"
    )]
    Template(String),
}

impl ReportError {
    /// With the template's name, the line and the reason.
    fn of_template(error: &minijinja::Error) -> Self {
        let place = format!("{} line {}", error.name().unwrap_or("?"), error.line().unwrap_or(0));
        let reason = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
        Self::Template(format!("{place}: {reason}"))
    }
}

/// What stands between two such reports in text, so that a person sees where the next begins.
#[must_use]
pub fn between(report: &Report) -> &'static str {
    match report {
        Report::Trace(_) | Report::Extract(_) | Report::Audit(_) | Report::Copies(_) => {
            "\n────────────────────────────────────────\n\n"
        }
        _ => "\n",
    }
}

/// Shows a report. The result ends with a line break unless it is empty.
///
/// # Errors
/// [`ReportError::NoSuchForm`] where the report has no such form.
pub fn render(report: &Report, format: Format, look: &Look) -> Result<String, ReportError> {
    match format {
        Format::Text => Ok(text(report, look)),
        Format::Json => json::document(report),
        Format::Jsonl => json::lines(report),
        Format::Html => html::document(report),
        Format::Csv => rows::document(report),
        Format::Dot | Format::Graphml | Format::Prov => match (report, format) {
            (Report::Trace(traces), Format::Dot) => Ok(dot::graph(traces)),
            (Report::Trace(traces), Format::Graphml) => graphml::document(traces),
            (Report::Trace(traces), _) => prov::document(traces),
            _ => Err(ReportError::NoSuchForm { format }),
        },
    }
}

fn text(report: &Report, look: &Look) -> String {
    match report {
        Report::Extract(articles) => {
            let blocks: Vec<String> =
                articles.iter().map(|a| listing::extracted(a, look)).collect();
            blocks.join(between(report))
        }
        Report::Add(added) => listing::added(added),
        Report::Trace(traces) => {
            let blocks: Vec<String> = traces.iter().map(|t| trace::text(t, look)).collect();
            blocks.join(between(report))
        }
        Report::Compare(comparison) => compare::text(comparison, look),
        Report::Clusters(clusters) => listing::clusters(clusters, look),
        Report::Show(dossier, row) => listing::show(dossier, row, look),
        Report::List(rows) => listing::list(rows, look),
        Report::Search(hits) => listing::search(hits, look),
        Report::Stats(stats) => store_view::stats(stats, look),
        Report::Coverage(rows) => store_view::coverage(rows, look),
        Report::Check(check) => store_view::check(check, look),
        Report::Removed(addresses) => store_view::removed(addresses, look),
        Report::Rebuilt(indexes) => store_view::rebuilt(indexes, look),
        Report::Formats(rows) => store_view::formats(rows, look),
        Report::Lexicons(rows) => store_view::lexicons(rows, look),
        Report::Languages(rows) => store_view::languages(rows, look),
        Report::Audit(audits) => {
            let blocks: Vec<String> = audits.iter().map(|a| audit::text(a, look)).collect();
            blocks.join(between(report))
        }
        Report::Copies(reports) => {
            let blocks: Vec<String> = reports.iter().map(|r| onward::copies(r, look)).collect();
            blocks.join(between(report))
        }
        Report::Corrections(notices) => onward::corrections(notices, look),
        Report::Licences(rows) => rights::licences(rows, look),
        Report::Reviews(rows) => rights::reviews(rows, look),
        Report::TracedAll(done) => rights::traced_all(done),
        Report::Verified(verified) => proof::text(verified, look),
        Report::Watch(sites) => live::watched(sites, look),
        Report::Looks(looks) => live::looks(looks, look),
        Report::Outlets(rows) => live::outlets(rows, look),
        Report::Operators(signs) => live::operators(signs, look),
        Report::Packs(rows) => store_view::packs(rows, look),
    }
}
