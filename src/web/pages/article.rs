//! `/article/ID`: an article on file, where it came from, and its text.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use super::super::app::App;
use super::super::problem::Problem;
use super::super::stamp;
use super::super::tracing::number;
use super::super::words::{ENGLISH, Words};
use super::result::{Filed, attached, ending, filed, saved};
use super::{Answer, Page};
use crate::model::{ArticleRow, Decision, Dossier, Report, ReviewRow, TraceReport};
use crate::reporter::html;
use crate::workflow::{self, Context, Given, TraceOptions};

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
    read_only: bool,
}

/// An article and where it came from.
fn look(context: &Context, what: &str, texts: bool) -> Result<Seen, Problem> {
    let id = number(context, what)?;
    let (dossier, row) = workflow::show(context, &id)?;
    let mut traces = Vec::new();
    let options = TraceOptions { texts, ..TraceOptions::usual() };
    workflow::trace(context, &[id], &options, &Given::default(), &mut |trace| {
        traces.push(trace);
    })?;
    let trace = traces.pop().ok_or_else(|| Problem::not_found("it cannot be traced"))?;
    let review = workflow::review_of(context, row.id)?;
    Ok(Seen { dossier, row, trace, review })
}

struct Seen {
    dossier: Dossier,
    row: ArticleRow,
    trace: TraceReport,
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
    let read_only = app.settings.read_only;
    let work = move |context: &_| page(&look(context, &id, true)?, read_only);
    let mut response = app.work(|lanes| &lanes.trace, work).await?;
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}

fn page(seen: &Seen, read_only: bool) -> Result<Response, Problem> {
    let page = ArticlePage {
        w: &ENGLISH,
        here: "",
        row: &seen.row,
        dossier: &seen.dossier,
        outlet: super::outlet::place(&seen.dossier.outlet.key),
        trace: html::trace(&seen.trace, "t")?,
        filed: filed(&seen.trace),
        decided: seen.review.as_ref().map_or("", |review| decided(review.decision)),
        review: seen.review.as_ref(),
        read_only,
    };
    Ok(Page(page).into_response())
}

/// `/article/ID/FILE`: its trace as a file of its own, or with all it rests on as an evidence bundle.
pub(super) async fn download(
    State(app): State<App>,
    Path((id, file)): Path<(String, String)>,
) -> Answer {
    let work = move |context: &_| {
        if ending(&file) == "zip" {
            let bundle = workflow::evidence(context, &[number(context, &id)?], None)?;
            return Ok(attached(bundle, "application/zip", &file));
        }
        let seen = look(context, &id, ending(&file) == "html")?;
        saved(&Report::Trace(vec![seen.trace]), &file)
    };
    Ok(app.work::<_, Problem>(|lanes| &lanes.trace, work).await?)
}
