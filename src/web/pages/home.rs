//! `/`: the form that asks where an article came from.

use std::time::Duration;

use askama::Template;
use axum::extract::{Multipart, RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use tokio::time::timeout;
use url::form_urlencoded;

use super::super::app::App;
use super::super::jobs::{Job, begin};
use super::super::problem::Problem;
use super::super::tracing::{Question, meant, plan};
use super::super::words::{ENGLISH, Words};
use super::form;
use super::{Answer, Page};
use crate::workflow::TraceOptions;

/// How long an answer is waited for before its progress is shown.
const PATIENCE: Duration = Duration::from_millis(1_500);

#[derive(Template)]
#[template(path = "pages/home.html")]
struct HomePage<'a> {
    w: &'a Words,
    here: &'a str,
    address: &'a str,
}

pub(super) async fn home(RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let address = form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "address")
        .map(|(_, address)| address.into_owned())
        .unwrap_or_default();
    Page(HomePage { w: &ENGLISH, here: "/", address: &address }).into_response()
}

/// Begins to trace what the form holds; whoever asked is led to the result.
pub(super) async fn ask(State(app): State<App>, fields: Multipart) -> Answer {
    let form = form::read(&app, fields, app.settings.bounds.question).await?;
    let question = match (form.sent, form.address) {
        (Some(spool), _) => Question::Sent(spool),
        (None, Some(address)) => app.look(move |context| meant(context, &address)).await?,
        (None, None) => return Err(Problem::bad_request(ENGLISH.trace_nothing).into()),
    };
    let options = TraceOptions { texts: true, ..TraceOptions::usual() };
    let job = begin(&app, plan(question, options, form.given))?;
    wait(&job).await;
    Ok(Redirect::to(&format!("/trace/{}", job.id)).into_response())
}

/// Most answers are there in a moment.
pub(super) async fn wait(job: &Job) {
    let mut state = job.state.subscribe();
    let _ = timeout(PATIENCE, state.wait_for(|seen| seen.stage.is_over())).await;
}
