//! `/article/ID`: an article on file, where it came from, and its text.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::IntoResponse;

use super::super::app::App;
use super::super::problem::Problem;
use super::super::stamp;
use super::super::tracing::{both, on_file};
use super::super::words::{ENGLISH, Words};
use super::result::{Filed, filed, part, saved};
use super::{Answer, Page};
use crate::model::{ArticleRow, Decision, Dossier, Report, ReviewRow, TraceReport};
use crate::workflow::{self, Given, TraceOptions};

#[derive(Template)]
#[template(path = "pages/article.html")]
struct ArticlePage<'a> {
    w: &'a Words,
    here: &'a str,
    row: &'a ArticleRow,
    dossier: &'a Dossier,
    outlet: String,
    trace: String,
    filed: Vec<Filed<'a>>,
    review: Option<&'a ReviewRow>,
    decided: &'static str,
}

/// An article and where it came from.
async fn look(app: &App, what: &str, texts: bool) -> Result<Seen, Problem> {
    let id = format!("id:{}", on_file(app, what).await?);
    app.work(
        |lanes| &lanes.trace,
        move |context| {
            let (dossier, row) = workflow::show(context, &id)?;
            let mut traces = Vec::new();
            let options = TraceOptions { texts, ..both() };
            let queries = std::slice::from_ref(&id);
            workflow::trace(context, queries, &options, &Given::default(), &mut |trace| {
                traces.push(trace);
            })?;
            let mut reviews = workflow::reviews(context)?;
            reviews.retain(|review| review.article == row.id);
            Ok(Seen { dossier, row, trace: traces.pop(), review: reviews.pop() })
        },
    )
    .await
}

struct Seen {
    dossier: Dossier,
    row: ArticleRow,
    trace: Option<TraceReport>,
    review: Option<ReviewRow>,
}

fn decided(decision: Decision) -> &'static str {
    match decision {
        Decision::Confirmed => ENGLISH.review_confirmed,
        Decision::Dismissed => ENGLISH.review_dismissed,
        Decision::Licensed => ENGLISH.review_licensed,
    }
}

pub(super) async fn article(
    State(app): State<App>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Answer {
    let tag = stamp::of(&app, &uri, &headers);
    if stamp::is_held(&headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    let seen = look(&app, &id, true).await?;
    let trace = seen.trace.as_ref().ok_or_else(|| Problem::not_found("it cannot be traced"))?;
    let page = ArticlePage {
        w: &ENGLISH,
        here: "",
        row: &seen.row,
        dossier: &seen.dossier,
        outlet: super::outlet::place(&seen.dossier.outlet.key),
        trace: part(trace, "t")?,
        filed: filed(trace),
        decided: seen.review.as_ref().map_or("", |review| decided(review.decision)),
        review: seen.review.as_ref(),
    };
    let mut response = Page(page).into_response();
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}

/// `/article/ID/FILE`: its trace as a file of its own.
pub(super) async fn download(
    State(app): State<App>,
    Path((id, file)): Path<(String, String)>,
) -> Answer {
    let seen = look(&app, &id, super::result::ending(&file) == "html").await?;
    match seen.trace {
        Some(trace) => saved(&Report::Trace(vec![trace]), &file),
        None => Err(Problem::not_found("it cannot be traced").into()),
    }
}
