//! `/trace/JOB`: what came of a trace.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::super::answer;
use super::super::app::App;
use super::super::jobs::Job;
use super::super::problem::Problem;
use super::super::words::{ENGLISH, Words};
use super::working::working;
use super::{Answer, Page, Shown};
use crate::model::{Report, TraceReport};
use crate::reporter::{Format, html};

/// Traces of a batch that one page shows.
const MOST: usize = 50;

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
    refused: &'a [crate::model::Refusal],
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
fn traces(job: &Job) -> Result<&[TraceReport], Shown> {
    match job.result() {
        None => Err(Problem::not_found("the job is not done yet").into()),
        Some(Err(problem)) => Err(problem.clone().into()),
        Some(Ok(done)) => match &done.value {
            Report::Trace(traces) if traces.is_empty() => {
                Err(Problem::refused(done.refused.clone()).into())
            }
            Report::Trace(traces) => Ok(traces),
            _ => Err(Problem::not_found("that job is no trace").into()),
        },
    }
}

pub(super) async fn result(State(app): State<App>, Path(id): Path<String>) -> Answer {
    let job = app.jobs.find(&id)?;
    let Some(done) = job.result() else { return Ok(working(&job)) };
    let traces = traces(&job)?;
    let mut parts = Vec::new();
    for (at, trace) in traces.iter().take(MOST).enumerate() {
        parts.push(part(trace, &format!("t{}", at + 1))?);
    }
    let only = if let [only] = traces { Some(only) } else { None };
    let title = only.and_then(|trace| trace.query.title.as_deref()).unwrap_or(ENGLISH.untitled);
    let refused = done.as_ref().map(|done| done.refused.as_slice()).unwrap_or_default();
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

/// A trace as a part of a page.
pub(super) fn part(trace: &TraceReport, id: &str) -> Result<String, Problem> {
    html::trace(trace, id).map_err(|error| Problem::broken(error.to_string()))
}

/// `/trace/JOB/FILE`: the same as a file of its own.
pub(super) async fn download(
    State(app): State<App>,
    Path((id, file)): Path<(String, String)>,
) -> Answer {
    let job = app.jobs.find(&id)?;
    saved(&Report::Trace(traces(&job)?.to_vec()), &file)
}

/// What stands behind the last dot of a name.
pub(super) fn ending(file: &str) -> &str {
    file.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// A report as a file to be kept, by the ending of its name.
pub(super) fn saved(report: &Report, file: &str) -> Answer {
    let (format, kind) = match ending(file) {
        "html" => (Format::Html, "text/html; charset=utf-8"),
        "json" => (Format::Json, "application/json"),
        "dot" => (Format::Dot, "text/vnd.graphviz; charset=utf-8"),
        "csv" => (Format::Csv, "text/csv; charset=utf-8"),
        _ => {
            return Err(
                Problem::not_found("there is no such form; html, json, dot and csv are").into()
            );
        }
    };
    let text = answer::text(report, format)?;
    Ok(attached(text, kind, file))
}

/// A file that the browser keeps rather than shows.
pub(super) fn attached(text: String, kind: &'static str, name: &str) -> Response {
    let mut response = answer::of_kind(kind, text);
    let tame: String =
        name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-')).collect();
    let value = HeaderValue::from_str(&format!("attachment; filename=\"{tame}\""));
    if let Ok(value) = value {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    response
}
