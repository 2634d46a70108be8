//! `/api/1/compare`: two articles side by side.

use axum::body::Body;
use axum::response::Response;
use serde_json::{Map, Value};

use super::super::answer::document;
use super::super::asked::Asked;
use super::super::problem::Problem;
use super::super::spool::Spool;
use super::super::tracing::{both, on_file as number};
use crate::model::Report;
use crate::workflow;

pub(super) async fn on_file(asked: Asked) -> Result<Response, Problem> {
    let mut two = Vec::new();
    for name in ["a", "b"] {
        let id = number(&asked.app, asked.text(name).unwrap_or_default()).await?;
        two.push(Side { input: format!("id:{id}"), spool: None });
    }
    compare(&asked, two).await
}

/// One of the two, and what it was sent in.
struct Side {
    input: String,
    spool: Option<Spool>,
}

pub(super) async fn sent(asked: Asked) -> Result<Response, Problem> {
    let spooler = asked.app.spooler(asked.app.settings.bounds.question);
    let body = spooler.body(asked.take_body(), "what was sent").await?;
    let path = body.input();
    let read = tokio::task::spawn_blocking(move || std::fs::read(path)).await;
    let bytes = read.map_err(|e| Problem::broken(e.to_string()))?;
    let bytes = bytes.map_err(|e| Problem::broken(e.to_string()))?;
    let wrong =
        "the body must be a JSON object with `a` and `b`, each an article or {\"article\": NUMBER}";
    let pair: Map<String, Value> = serde_json::from_slice(&bytes)
        .map_err(|e| Problem::bad_request(format!("{wrong}: {e}")))?;
    let mut two = Vec::new();
    for name in ["a", "b"] {
        let Some(Value::Object(one)) = pair.get(name) else {
            return Err(Problem::bad_request(wrong));
        };
        two.push(side(&asked, name, one).await?);
    }
    compare(&asked, two).await
}

async fn side(asked: &Asked, name: &str, one: &Map<String, Value>) -> Result<Side, Problem> {
    match one.get("article") {
        Some(Value::String(what)) => {
            let id = number(&asked.app, what).await?;
            return Ok(Side { input: format!("id:{id}"), spool: None });
        }
        Some(Value::Number(what)) => {
            let id = number(&asked.app, &what.to_string()).await?;
            return Ok(Side { input: format!("id:{id}"), spool: None });
        }
        Some(_) => return Err(Problem::bad_request("`article` must be a number or an address")),
        None => {}
    }
    let text = serde_json::to_string(one).map_err(|e| Problem::broken(e.to_string()))?;
    let spooler = asked.app.spooler(asked.app.settings.bounds.question);
    let spool = spooler.body(Body::from(text), &format!("{name}.json")).await?;
    Ok(Side { input: spool.input(), spool: Some(spool) })
}

async fn compare(asked: &Asked, two: Vec<Side>) -> Result<Response, Problem> {
    let names: Vec<(String, String)> = two
        .iter()
        .filter_map(|side| {
            side.spool.as_ref().map(|spool| (side.input.clone(), spool.name.clone()))
        })
        .collect();
    let work = asked.app.work(
        |lanes| &lanes.trace,
        move |context| match two.as_slice() {
            [a, b] => workflow::compare(context, &a.input, &b.input, &both()),
            _ => Err(workflow::WorkflowError::NotFound("a, b".to_owned())),
        },
    );
    let done = work.await.map_err(|mut problem| {
        for (path, name) in &names {
            problem.detail = problem.detail.replace(path, name);
        }
        problem
    })?;
    document(&Report::Compare(Box::new(done.value)), &[])
}
