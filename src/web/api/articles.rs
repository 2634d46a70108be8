//! `/api/1/articles`, `/api/1/search`: what is on file.

use axum::response::Response;

use super::super::answer::{document, lines};
use super::super::asked::Asked;
use super::super::problem::Problem;
use super::super::tracing::on_file;
use crate::model::Report;
use crate::workflow::{self, Filter};

/// Articles of a list where no number is given.
const ROWS: usize = 100;
/// Hits where no number is given.
const HITS: usize = 20;

/// What the parameters narrow to.
pub(super) fn filter(asked: &Asked) -> Filter {
    let own = |name| asked.text(name).map(str::to_owned);
    Filter {
        outlet: own("outlet"),
        language: own("language"),
        from: own("from"),
        to: own("to"),
        limit: None,
        offset: asked.number("offset").unwrap_or(0),
    }
}

pub(super) async fn list(asked: Asked) -> Result<Response, Problem> {
    let filter = Filter { limit: Some(asked.number("limit").unwrap_or(ROWS)), ..filter(&asked) };
    let rows = asked.app.work(|lanes| &lanes.look, move |c| workflow::list(c, &filter)).await?;
    shown(&asked, &Report::List(rows))
}

pub(super) async fn one(asked: Asked) -> Result<Response, Problem> {
    let id = on_file(&asked.app, asked.text("id").unwrap_or_default()).await?;
    let found =
        asked.app.work(|lanes| &lanes.look, move |c| workflow::show(c, &format!("id:{id}")));
    let (dossier, row) = found.await?;
    document(&Report::Show(Box::new(dossier), row), &[])
}

pub(super) async fn search(asked: Asked) -> Result<Response, Problem> {
    let words = asked.text("q").unwrap_or_default().to_owned();
    let limit = asked.number("limit").unwrap_or(HITS);
    let found = asked.app.work(|lanes| &lanes.look, move |c| workflow::search(c, &words, limit));
    let hits = found.await?;
    shown(&asked, &Report::Search(hits))
}

/// As lines where these are wanted, else as one document.
pub(super) fn shown(asked: &Asked, report: &Report) -> Result<Response, Problem> {
    if asked.wants_lines() { lines(report, &[]) } else { document(report, &[]) }
}
