//! `/trace/JOB`: what came of a trace.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::IntoResponse;

use super::super::app::App;
use super::super::problem::Problem;
use super::super::words::{ENGLISH, Words};
use super::working::working;
use super::{Answer, Page};
use crate::model::{Report, TraceReport, Verdict};

#[derive(Template)]
#[template(path = "trace.html", config = "src/web/askama.toml")]
struct TracePage<'a> {
    w: &'a Words,
    here: &'a str,
    trace: &'a TraceReport,
    view: View,
}

struct View(Verdict);

impl View {
    fn tone(&self) -> &'static str {
        match self.0 {
            Verdict::Original | Verdict::Attributed => "good",
            Verdict::Misattributed | Verdict::Unattributed => "bad",
            Verdict::Unknown => "doubt",
        }
    }

    fn verdict(&self, w: &Words) -> &'static str {
        match self.0 {
            Verdict::Original => w.verdict_original,
            Verdict::Attributed => w.verdict_attributed,
            Verdict::Misattributed => w.verdict_misattributed,
            Verdict::Unattributed => w.verdict_unattributed,
            Verdict::Unknown => w.verdict_unknown,
        }
    }
}

pub(super) async fn result(State(app): State<App>, Path(id): Path<String>) -> Answer {
    let job = app.jobs.find(&id)?;
    let done = match job.result() {
        None => return Ok(working(&job)),
        Some(Err(problem)) => return Err(problem.clone().into()),
        Some(Ok(done)) => done,
    };
    let Report::Trace(traces) = &done.value else {
        return Err(Problem::not_found("that job is no trace").into());
    };
    let Some(trace) = traces.first() else {
        return Err(Problem::refused(done.refused.clone()).into());
    };
    let page = TracePage { w: &ENGLISH, here: "/", trace, view: View(trace.verdict) };
    Ok(Page(page).into_response())
}
