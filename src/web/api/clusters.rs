//! `/api/1/clusters`: groups of articles that carry the same story text.

use axum::response::Response;

use super::super::answer::{document, streamed};
use super::super::asked::Asked;
use super::super::jobs::{Plan, begin};
use super::super::problem::Problem;
use super::jobs::started;
use crate::model::{Cluster, Report};
use crate::workflow::{self, Context, Done, WorkflowError};

pub(super) async fn clusters(asked: Asked) -> Result<Response, Problem> {
    if asked.wants_job() {
        let plan = Plan {
            kind: "clusters",
            lane: |lanes| &lanes.long,
            work: Box::new(|context| {
                let value = Report::Clusters(all(context)?);
                Ok(Done { value, refused: Vec::new() })
            }),
        };
        return started(&*begin(&asked.app, plan)?);
    }
    if asked.wants_lines() {
        return streamed(
            &asked.app,
            |lanes| &lanes.long,
            |context, lines| {
                let mut put = |cluster| lines.put(&Report::Clusters(vec![cluster]));
                Ok(workflow::clusters(context, &mut put)?.refused)
            },
        )
        .await;
    }
    let work = |context: &_| document(&Report::Clusters(all(context)?), &[]);
    asked.app.work(|lanes| &lanes.long, work).await
}

fn all(context: &Context) -> Result<Vec<Cluster>, WorkflowError> {
    let mut found = Vec::new();
    workflow::clusters(context, &mut |cluster| found.push(cluster))?;
    Ok(found)
}
