//! `/api/1/audit`: whose copy an outlet runs.

use axum::response::Response;

use super::super::answer::shown;
use super::super::asked::Asked;
use super::super::auditing::{lane, plan, run};
use super::super::jobs::begin;
use super::super::problem::Problem;
use super::jobs::started;
use crate::workflow::AuditOptions;

pub(super) async fn audit(asked: Asked) -> Result<Response, Problem> {
    let own = |name| asked.text(name).map(str::to_owned);
    let options = AuditOptions {
        outlets: own("outlet").into_iter().collect(),
        from: own("from"),
        to: own("to"),
        sample: asked.number("sample"),
        groups_as_one: asked.flag("groups_as_one"),
        since_last: asked.flag("since_last"),
        kept_only: asked.app.settings.read_only,
        ..AuditOptions::default()
    };
    if asked.wants_job() {
        return started(&*begin(&asked.app, plan(options))?);
    }
    let as_lines = asked.wants_lines();
    let lane = lane(&options);
    let work = move |context: &_| {
        let done = run(context, &options)?;
        shown(&done.value, &done.refused, as_lines)
    };
    asked.app.work(lane, work).await
}
