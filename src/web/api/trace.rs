//! `/api/1/trace`: where articles came from.

use std::sync::Arc;

use axum::response::Response;

use super::super::answer::{document, lines, streamed};
use super::super::asked::Asked;
use super::super::jobs::{Plan, begin};
use super::super::problem::Problem;
use super::super::tracing::{Question, meant, trace};
use super::jobs::started;
use crate::model::Report;
use crate::workflow::{Done, TraceOptions};

/// What the parameters ask for.
pub(in super::super) fn options(asked: &Asked) -> TraceOptions {
    TraceOptions {
        translation: !asked.flag("no_translation"),
        rewriting: !asked.flag("no_rewriting"),
        explain: asked.flag("explain"),
        ..TraceOptions::default()
    }
}

/// An article on file.
pub(super) async fn on_file(asked: Asked) -> Result<Response, Problem> {
    let what = asked.text("article").unwrap_or_default();
    match meant(&asked.app, what).await? {
        question @ Question::OnFile(_) => answer(&asked, question).await,
        _ => {
            Err(Problem::not_found("that address is not on file; POST it, and the page is fetched"))
        }
    }
}

/// What was sent, or an address.
pub(super) async fn sent(asked: Asked) -> Result<Response, Problem> {
    let question = if let Some(what) = asked.text("article").map(str::to_owned) {
        meant(&asked.app, &what).await?
    } else {
        let most = asked.app.settings.bounds.question;
        let spooler = asked.app.spooler(most);
        let spool = spooler.body(asked.take_body(), "what was sent").await?;
        if spool.bytes == 0 {
            return Err(Problem::bad_request(
                "the body is empty; send an article, or name one with ?article=",
            ));
        }
        Question::Sent(Arc::new(spool))
    };
    if asked.wants_job() {
        return job(&asked, question);
    }
    answer(&asked, question).await
}

async fn answer(asked: &Asked, question: Question) -> Result<Response, Problem> {
    let (options, given) = (options(asked), asked.given());
    let lane = question.lane();
    let is_batch = matches!(question, Question::Sent(_));
    if asked.wants_lines() && is_batch {
        return streamed(&asked.app, lane, move |context, lines| {
            trace(context, &question, (&options, &given), &mut |report| {
                lines.put(&Report::Trace(vec![report]));
            })
        })
        .await;
    }
    let work = asked.app.work(lane, move |context| {
        let mut traces = Vec::new();
        let refused =
            trace(context, &question, (&options, &given), &mut |report| traces.push(report))?;
        Ok((traces, refused))
    });
    let (traces, refused) = work.await?;
    if traces.is_empty() {
        return Err(Problem::refused(refused));
    }
    if asked.wants_lines() {
        return lines(&Report::Trace(traces), &refused);
    }
    document(&Report::Trace(traces), &refused)
}

fn job(asked: &Asked, question: Question) -> Result<Response, Problem> {
    let (options, given) = (options(asked), asked.given());
    let plan = Plan {
        kind: "trace",
        lane: question.lane(),
        work: Box::new(move |context| {
            let mut traces = Vec::new();
            let refused =
                trace(context, &question, (&options, &given), &mut |report| traces.push(report))?;
            Ok(Done { value: Report::Trace(traces), refused })
        }),
    };
    started(&*begin(&asked.app, plan)?)
}
