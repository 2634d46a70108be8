//! `/api/1/add`: articles into the store.

use std::sync::Arc;

use axum::response::Response;

use super::super::adding::{Input, add as add_it, address};
use super::super::answer::document;
use super::super::asked::Asked;
use super::super::jobs::{Plan, begin};
use super::super::problem::Problem;
use super::jobs::started;
use crate::model::Report;
use crate::workflow::Done;

pub(super) async fn add(asked: Asked) -> Result<Response, Problem> {
    asked.app.writable()?;
    let input = if let Some(what) = asked.text("address") {
        address(what)?
    } else {
        let spooler = asked.app.spooler(asked.app.settings.bounds.addition);
        let spool = spooler.body(asked.take_body(), "what was sent").await?;
        if spool.bytes == 0 {
            return Err(Problem::bad_request(
                "the body is empty; send articles, or name a page with ?address=",
            ));
        }
        Input::Sent(Arc::new(spool))
    };
    let given = asked.given();
    if asked.wants_job() {
        let plan = Plan {
            kind: "add",
            lane: |lanes| &lanes.write,
            work: Box::new(move |context| {
                let done = add_it(context, &input, &given)?;
                Ok(Done { value: Report::Add(done.value), refused: done.refused })
            }),
        };
        return started(&*begin(&asked.app, plan)?);
    }
    let work = move |context: &_| {
        let done = add_it(context, &input, &given)?;
        let added = &done.value;
        if added.new + added.revised + added.unchanged + added.sightings == 0 {
            return Err(Problem::refused(done.refused));
        }
        document(&Report::Add(done.value), &done.refused)
    };
    let answer = asked.app.work(|lanes| &lanes.write, work).await;
    asked.app.fill();
    answer
}
