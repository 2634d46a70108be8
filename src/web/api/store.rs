//! `/api/1/status`, `/api/1/coverage`, `/api/1/formats`: the store and the server.

use axum::response::Response;
use serde::Serialize;

use super::super::answer::value;
use super::super::asked::Asked;
use super::super::problem::Problem;
use super::articles::{filter, shown};
use crate::model::{Report, Stats};
use crate::workflow;

/// The store in figures, and what the server is doing.
#[derive(Serialize)]
struct Status {
    schema: &'static str,
    version: &'static str,
    read_only: bool,
    store: Stats,
    jobs_under_way: usize,
    /// Who waits for the writer.
    waiting_to_write: usize,
    waiting_to_trace: usize,
}

pub(super) async fn status(asked: Asked) -> Result<Response, Problem> {
    let store = asked.app.work(|lanes| &lanes.look, workflow::stats).await?;
    value(&Status {
        schema: "copytrail.status/1",
        version: env!("CARGO_PKG_VERSION"),
        read_only: asked.app.settings.read_only,
        store,
        jobs_under_way: asked.app.jobs.under_way(),
        waiting_to_write: asked.app.lanes.write.waiting(),
        waiting_to_trace: asked.app.lanes.trace.waiting(),
    })
}

pub(super) async fn coverage(asked: Asked) -> Result<Response, Problem> {
    let filter = filter(&asked);
    let rows = asked.app.work(|lanes| &lanes.look, move |c| workflow::coverage(c, &filter)).await?;
    shown(&asked, &Report::Coverage(rows))
}

pub(super) fn formats(asked: &Asked) -> Result<Response, Problem> {
    shown(asked, &Report::Formats(workflow::formats()))
}
