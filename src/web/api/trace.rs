//! `/api/1/trace`: where articles came from.

use std::sync::Arc;

use axum::response::Response;

use super::super::answer::{shown, streamed};
use super::super::asked::Asked;
use super::super::jobs::begin;
use super::super::problem::Problem;
use super::super::tracing::{Question, meant, plan, trace};
use super::jobs::started;
use crate::model::Report;
use crate::workflow::TraceOptions;

/// What the parameters ask for.
fn options(asked: &Asked) -> TraceOptions {
    TraceOptions {
        translation: !asked.flag("no_translation"),
        rewriting: !asked.flag("no_rewriting"),
        explain: asked.flag("explain"),
        ..TraceOptions::usual()
    }
}

/// An article on file.
pub(super) async fn on_file(asked: Asked) -> Result<Response, Problem> {
    match named(&asked, asked.text("article").unwrap_or_default()).await? {
        question @ Question::OnFile(_) => answer(&asked, question).await,
        _ => {
            Err(Problem::not_found("that address is not on file; POST it, and the page is fetched"))
        }
    }
}

async fn named(asked: &Asked, what: &str) -> Result<Question, Problem> {
    let what = what.to_owned();
    asked.app.look(move |context| meant(context, &what)).await
}

/// What was sent, or an address.
pub(super) async fn sent(asked: Asked) -> Result<Response, Problem> {
    let question = if let Some(what) = asked.text("article") {
        named(&asked, what).await?
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
        let plan = plan(question, options(&asked), asked.given());
        return started(&*begin(&asked.app, plan)?);
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
    let as_lines = asked.wants_lines();
    let work = move |context: &_| {
        let mut traces = Vec::new();
        let refused =
            trace(context, &question, (&options, &given), &mut |report| traces.push(report))?;
        if traces.is_empty() {
            return Err(Problem::refused(refused));
        }
        shown(&Report::Trace(traces), &refused, as_lines)
    };
    asked.app.work(lane, work).await
}
