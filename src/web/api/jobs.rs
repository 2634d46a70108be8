//! `/api/1/jobs`: how far long work is, what came of it, and ending it.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde::Serialize;

use super::super::answer::{self, value};
use super::super::asked::Asked;
use super::super::jobs::{Job, Seen};
use super::super::problem::Problem;

/// The least time between two events of one job.
const BETWEEN: Duration = Duration::from_millis(200);

/// A job as it is shown.
#[derive(Serialize)]
struct Shown<'a> {
    schema: &'static str,
    id: &'a str,
    kind: &'a str,
    #[serde(flatten)]
    seen: Seen,
    /// Where it is looked at.
    url: String,
}

fn shown(job: &Job) -> Shown<'_> {
    Shown {
        schema: "copytrail.job/1",
        id: &job.id,
        kind: job.kind,
        seen: job.seen(),
        url: format!("/api/1/jobs/{}", job.id),
    }
}

/// 202, with the job's address.
pub(super) fn started(job: &Job) -> Result<Response, Problem> {
    let mut response = value(&shown(job))?;
    *response.status_mut() = StatusCode::ACCEPTED;
    let address = HeaderValue::from_str(&format!("/api/1/jobs/{}", job.id))
        .map_err(|error| Problem::broken(error.to_string()))?;
    response.headers_mut().insert(header::LOCATION, address);
    response.headers_mut().insert("preference-applied", HeaderValue::from_static("respond-async"));
    Ok(response)
}

fn meant(asked: &Asked) -> Result<Arc<Job>, Problem> {
    asked.app.jobs.find(asked.text("id").unwrap_or_default())
}

pub(super) fn state(asked: &Asked) -> Result<Response, Problem> {
    value(&shown(&*meant(asked)?))
}

pub(super) fn cancel(asked: &Asked) -> Result<Response, Problem> {
    let job = meant(asked)?;
    job.cancel();
    asked.app.jobs.forget(&job.id);
    let mut response = value(&shown(&job))?;
    *response.status_mut() = StatusCode::ACCEPTED;
    Ok(response)
}

pub(super) async fn result(asked: Asked) -> Result<Response, Problem> {
    let (job, as_lines) = (meant(&asked)?, asked.wants_lines());
    let work = move |_: &_| {
        let done = job.outcome()?;
        answer::shown(&done.value, &done.refused, as_lines)
    };
    asked.app.look(work).await
}

pub(super) fn events(asked: &Asked) -> Result<Response, Problem> {
    let job = meant(asked)?;
    let state = job.state.subscribe();
    let stopping = asked.app.stopping();
    let events = stream::unfold(Some((job, state, stopping, true)), |listening| async move {
        let (job, mut state, mut stopping, first) = listening?;
        if !first {
            tokio::time::sleep(BETWEEN).await;
            tokio::select! {
                changed = state.changed() => changed.ok()?,
                _ = stopping.wait_for(|stopping| *stopping) => return None,
            }
        }
        let is_over = state.borrow_and_update().stage.is_over();
        let text = serde_json::to_string(&shown(&job)).unwrap_or_default();
        let event = Event::default().event(if is_over { "done" } else { "progress" }).data(text);
        let next = (!is_over).then_some((job, state, stopping, false));
        Some((Ok::<_, Infallible>(event), next))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()).into_response())
}
