//! `/api/1/compare`: two articles side by side.

use axum::response::Response;
use serde_json::{Map, Value};

use super::super::answer::document;
use super::super::asked::Asked;
use super::super::problem::Problem;
use super::super::spool::Spool;
use super::super::tracing::number;
use crate::model::Report;
use crate::workflow::{self, Context, TraceOptions};

const WRONG: &str =
    "the body must be a JSON object with `a` and `b`, each an article or {\"article\": NUMBER}";

pub(super) async fn on_file(asked: Asked) -> Result<Response, Problem> {
    let own = |name| asked.text(name).unwrap_or_default().to_owned();
    let (a, b) = (own("a"), own("b"));
    let work = move |context: &Context| {
        let two = [&a, &b].map(|what| number(context, what).map(Side::OnFile));
        compare(context, two)
    };
    asked.app.work(|lanes| &lanes.trace, work).await
}

pub(super) async fn sent(asked: Asked) -> Result<Response, Problem> {
    let spooler = asked.app.spooler(asked.app.settings.bounds.question);
    let body = spooler.body(asked.take_body(), "what was sent").await?;
    let work = move |context: &Context| {
        let bytes = std::fs::read(body.input()).map_err(|e| Problem::broken(e.to_string()))?;
        let pair: Map<String, Value> = serde_json::from_slice(&bytes)
            .map_err(|e| Problem::bad_request(format!("{WRONG}: {e}")))?;
        compare(context, ["a", "b"].map(|name| side(context, name, pair.get(name))))
    };
    asked.app.work(|lanes| &lanes.trace, work).await
}

/// One of the two.
enum Side {
    /// As the workflow takes it.
    OnFile(String),
    Sent(Spool),
}

impl Side {
    fn input(&self) -> String {
        match self {
            Self::OnFile(id) => id.clone(),
            Self::Sent(spool) => spool.input(),
        }
    }
}

fn side(context: &Context, name: &str, one: Option<&Value>) -> Result<Side, Problem> {
    let Some(Value::Object(one)) = one else { return Err(Problem::bad_request(WRONG)) };
    match one.get("article") {
        Some(Value::String(what)) => number(context, what).map(Side::OnFile),
        Some(Value::Number(what)) => number(context, &what.to_string()).map(Side::OnFile),
        Some(_) => Err(Problem::bad_request("`article` must be a number or an address")),
        None => {
            let text = serde_json::to_vec(one).map_err(|e| Problem::broken(e.to_string()))?;
            Spool::of(&text, &format!("{name}.json")).map(Side::Sent)
        }
    }
}

fn compare(context: &Context, two: [Result<Side, Problem>; 2]) -> Result<Response, Problem> {
    let [a, b] = two;
    let (a, b) = (a?, b?);
    let usual = TraceOptions::usual();
    let done = workflow::compare(context, &a.input(), &b.input(), &usual).map_err(|error| {
        let mut problem = Problem::from(error);
        for side in [&a, &b] {
            if let Side::Sent(spool) = side {
                problem.detail = problem.detail.replace(&spool.input(), &spool.name);
            }
        }
        problem
    })?;
    document(&Report::Compare(Box::new(done.value)), &[])
}
