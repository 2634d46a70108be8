//! `/api/1/status`, `/api/1/coverage`, `/api/1/formats`: the store and the server.

use axum::response::Response;
use serde::Serialize;

use super::super::answer::{shown, value};
use super::super::asked::Asked;
use super::super::problem::Problem;
use super::articles::filter;
use crate::model::{Report, Stats};
use crate::workflow;

/// The store in figures, and what the server is doing.
#[derive(Serialize)]
struct Status {
    schema: &'static str,
    version: &'static str,
    read_only: bool,
    store: Stats,
    /// Pieces of work that have begun or wait for their place, jobs among them.
    at_work: usize,
    jobs_under_way: usize,
    /// Who waits for the writer.
    waiting_to_write: usize,
    waiting_to_trace: usize,
}

pub(super) async fn status(asked: Asked) -> Result<Response, Problem> {
    let store = asked.app.look(|context| Ok(workflow::stats(context)?)).await?;
    value(&Status {
        schema: "copytrail.status/1",
        version: env!("CARGO_PKG_VERSION"),
        read_only: asked.app.settings.read_only,
        store,
        at_work: asked.app.at_work(),
        jobs_under_way: asked.app.jobs.under_way(),
        waiting_to_write: asked.app.lanes.write.waiting(),
        waiting_to_trace: asked.app.lanes.trace.waiting(),
    })
}

pub(super) async fn coverage(asked: Asked) -> Result<Response, Problem> {
    let filter = filter(&asked);
    let as_lines = asked.wants_lines();
    let work = move |context: &_| {
        shown(&Report::Coverage(workflow::coverage(context, &filter)?), &[], as_lines)
    };
    asked.app.look(work).await
}

pub(super) fn formats(asked: &Asked) -> Result<Response, Problem> {
    shown(&Report::Formats(workflow::formats()), &[], asked.wants_lines())
}
