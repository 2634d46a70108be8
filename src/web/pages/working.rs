//! A job's page while it works, and ending it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::super::app::App;
use super::super::jobs::{Job, Stage};
use super::super::words::{ENGLISH, Words};
use super::{Answer, Page};

#[derive(Template)]
#[template(path = "pages/working.html")]
struct WorkingPage<'a> {
    w: &'a Words,
    here: &'a str,
    id: &'a str,
    waiting: bool,
}

/// How far the job is.
pub(super) fn working(job: &Job) -> Response {
    let waiting = job.seen().stage == Stage::Waiting;
    Page(WorkingPage { w: &ENGLISH, here: "", id: &job.id, waiting }).into_response()
}

pub(super) async fn cancel(State(app): State<App>, Path(id): Path<String>) -> Answer {
    let job = app.jobs.find(&id)?;
    job.cancel();
    super::home::wait(&job).await;
    Ok(Redirect::to(&format!("/{}/{}", job.kind, job.id)).into_response())
}
