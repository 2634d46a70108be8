//! `/compare?a=ID&b=ID`: two articles on file side by side.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::IntoResponse;

use super::super::app::App;
use super::super::problem::Problem;
use super::super::tracing::number;
use super::super::words::{ENGLISH, Words};
use super::asked::Values;
use super::{Answer, Page};
use crate::reporter::html;
use crate::workflow::{self, TraceOptions};

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
    let work = move |context: &_| {
        let named = |name| number(context, values.text(name).unwrap_or_default());
        let (a, b) = (named("a")?, named("b")?);
        let done = workflow::compare(context, &a, &b, &TraceOptions::usual())?;
        let part = html::comparison(&done.value, "c")?;
        let page = ComparePage { w: &ENGLISH, here: "", title: ENGLISH.beside, part };
        Ok::<_, Problem>(Page(page).into_response())
    };
    Ok(app.work(|lanes| &lanes.trace, work).await?)
}
