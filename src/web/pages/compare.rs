//! `/compare?a=ID&b=ID`: two articles on file side by side.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::IntoResponse;

use super::super::app::App;
use super::super::problem::Problem;
use super::super::tracing::{both, on_file};
use super::super::words::{ENGLISH, Words};
use super::asked::Values;
use super::{Answer, Page};
use crate::reporter::html;
use crate::workflow;

#[derive(Template)]
#[template(path = "pages/plain.html")]
struct ComparePage<'a> {
    w: &'a Words,
    here: &'a str,
    title: &'a str,
    part: String,
}

pub(super) async fn compare(State(app): State<App>, RawQuery(query): RawQuery) -> Answer {
    let values = Values::of(query);
    let mut two = Vec::new();
    for name in ["a", "b"] {
        two.push(format!("id:{}", on_file(&app, values.text(name).unwrap_or_default()).await?));
    }
    let done = app.work(
        |lanes| &lanes.trace,
        move |context| match two.as_slice() {
            [a, b] => workflow::compare(context, a, b, &both()),
            _ => Err(workflow::WorkflowError::NotFound(String::new())),
        },
    );
    let part = html::comparison(&done.await?.value, "c");
    let part = part.map_err(|error| Problem::broken(error.to_string()))?;
    Ok(Page(ComparePage { w: &ENGLISH, here: "", title: ENGLISH.beside, part }).into_response())
}
