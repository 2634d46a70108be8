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
    /// Articles that no search finds yet.
    waiting: u64,
}

pub(super) async fn search(State(app): State<App>, RawQuery(query): RawQuery) -> Answer {
    let values = Values::of(query);
    let q = values.text("q").unwrap_or_default();
    let q: String = q.chars().take(1_000).collect();
    let work = move |context: &_| {
        let hits = if q.is_empty() { Vec::new() } else { workflow::search(context, &q, HITS)? };
        let waiting = workflow::unsearched(context)?;
        let page = SearchPage { w: &ENGLISH, here: "/search", q: &q, hits, waiting };
        Ok((Page(page).into_response(), waiting))
    };
    let (page, waiting) = app.look(work).await?;
    if waiting > 0 {
        app.fill();
    }
    Ok(page)
}
