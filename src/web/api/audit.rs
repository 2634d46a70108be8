//! `/api/1/audit`: whose copy an outlet runs.

use axum::response::Response;

use super::super::answer::{document, lines};
use super::super::asked::Asked;
use super::super::auditing::{plan, run};
use super::super::jobs::begin;
use super::super::problem::Problem;
use super::jobs::started;
use crate::workflow::AuditOptions;

pub(super) async fn audit(asked: Asked) -> Result<Response, Problem> {
    asked.app.writable()?;
    let own = |name| asked.text(name).map(str::to_owned);
    let options = AuditOptions {
        outlets: own("outlet").into_iter().collect(),
        from: own("from"),
        to: own("to"),
        sample: asked.number("sample"),
        groups_as_one: asked.flag("groups_as_one"),
        since_last: asked.flag("since_last"),
        ..AuditOptions::default()
    };
    if asked.wants_job() {
        return started(&*begin(&asked.app, plan(options))?);
    }
    let done = asked.app.work(|lanes| &lanes.write, move |context| run(context, &options)).await?;
    if asked.wants_lines() {
        return lines(&done.value, &done.refused);
    }
    document(&done.value, &done.refused)
}
