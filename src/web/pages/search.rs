//! `/search?q=`: articles on file by their words.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::IntoResponse;

use super::super::app::App;
use super::super::words::{ENGLISH, Words};
use super::asked::Values;
use super::{Answer, Page};
use crate::model::SearchHit;
use crate::workflow;

/// Hits on a page.
const HITS: usize = 50;

#[derive(Template)]
#[template(path = "pages/search.html")]
struct SearchPage<'a> {
    w: &'a Words,
    here: &'a str,
    q: &'a str,
    hits: Vec<SearchHit>,
}

pub(super) async fn search(State(app): State<App>, RawQuery(query): RawQuery) -> Answer {
    let values = Values::of(query);
    let q = values.text("q").unwrap_or_default();
    let words: String = q.chars().take(1_000).collect();
    let hits = if words.is_empty() {
        Vec::new()
    } else {
        app.work(|lanes| &lanes.look, move |c| workflow::search(c, &words, HITS)).await?
    };
    Ok(Page(SearchPage { w: &ENGLISH, here: "/search", q, hits }).into_response())
}
