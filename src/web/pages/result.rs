//! `/trace/JOB`: what came of a trace.

use askama::Template;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::super::answer;
use super::super::app::App;
use super::super::jobs::Job;
use super::super::problem::Problem;
use super::super::tracing::MOST_SHOWN;
use super::super::words::{ENGLISH, Words};
use super::working::working;
use super::{Answer, Page};
use crate::model::{Refusal, Report, TraceReport};
use crate::reporter::{Format, html};

#[derive(Template)]
#[template(path = "pages/result.html")]
struct ResultPage<'a> {
    w: &'a Words,
    here: &'a str,
    title: &'a str,
    id: &'a str,
    parts: Vec<String>,
    filed: Vec<Filed<'a>>,
    shown: usize,
    all: usize,
    refused: &'a [Refusal],
}

/// A source that is on file, with what can be done with it here.
pub(super) struct Filed<'a> {
    pub id: i64,
    pub outlet: &'a str,
    pub title: &'a str,
}

/// The sources of a trace that are on file.
pub(super) fn filed(trace: &TraceReport) -> Vec<Filed<'_>> {
    trace
        .sources
        .iter()
        .filter_map(|source| {
            Some(Filed {
                id: source.id?,
                outlet: source.outlet.as_deref().unwrap_or_default(),
                title: source.title.as_deref().unwrap_or(ENGLISH.untitled),
            })
        })
        .collect()
}

/// The traces of a job that is done, or what there is to show instead.
fn traces(job: &Job) -> Result<(&[TraceReport], &[Refusal]), Problem> {
    let done = job.outcome()?;
    match &done.value {
        Report::Trace(traces) if traces.is_empty() => Err(Problem::refused(done.refused.clone())),
        Report::Trace(traces) => Ok((traces, &done.refused)),
        _ => Err(Problem::not_found("that job is no trace")),
    }
}

pub(super) async fn result(State(app): State<App>, Path(id): Path<String>) -> Answer {
    let job = app.jobs.find(&id)?;
    if job.result().is_none() {
        return Ok(working(&job));
    }
    Ok(app.look(move |_| page(&job)).await?)
}

fn page(job: &Job) -> Result<Response, Problem> {
    let (traces, refused) = traces(job)?;
    let mut parts = Vec::new();
    for (at, trace) in traces.iter().take(MOST_SHOWN).enumerate() {
        parts.push(html::trace(trace, &format!("t{}", at + 1))?);
    }
    let only = if let [only] = traces { Some(only) } else { None };
    let title = only.and_then(|trace| trace.query.title.as_deref()).unwrap_or(ENGLISH.untitled);
    let page = ResultPage {
        w: &ENGLISH,
        here: "/",
        title,
        id: &job.id,
        shown: parts.len(),
        all: traces.len(),
        parts,
        filed: only.map(filed).unwrap_or_default(),
        refused,
    };
    Ok(Page(page).into_response())
}

/// `/trace/JOB/FILE`: the same as a file of its own.
pub(super) async fn download(
    State(app): State<App>,
    Path((id, file)): Path<(String, String)>,
) -> Answer {
    let job = app.jobs.find(&id)?;
    let work = move |_: &_| {
        let traces = traces(&job)?.0;
        saved(&Report::Trace(traces.to_vec()), &file)
    };
    Ok(app.look(work).await?)
}

/// What stands behind the last dot of a name.
pub(super) fn ending(file: &str) -> &str {
    file.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// A report as a file to be kept, by the ending of its name.
pub(super) fn saved(report: &Report, file: &str) -> Result<Response, Problem> {
    let (format, kind) = match ending(file) {
        "html" => (Format::Html, "text/html; charset=utf-8"),
        "json" => (Format::Json, "application/json"),
        "dot" => (Format::Dot, "text/vnd.graphviz; charset=utf-8"),
        "csv" => (Format::Csv, "text/csv; charset=utf-8"),
        _ => {
            return Err(Problem::not_found("there is no such form; html, json, dot and csv are"));
        }
    };
    let text = answer::text(report, format)?;
    Ok(attached(text, kind, file))
}

/// A file that the browser keeps rather than shows.
pub(super) fn attached(body: impl Into<Body>, kind: &'static str, name: &str) -> Response {
    let mut response = answer::of_kind(kind, body);
    let tame: String =
        name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-')).collect();
    let value = HeaderValue::from_str(&format!("attachment; filename=\"{tame}\""));
    if let Ok(value) = value {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    response
}
