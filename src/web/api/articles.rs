//! `/api/1/articles`, `/api/1/search`: what is on file.

use axum::response::Response;

use super::super::answer::{self, document, of_kind, put, shown};
use super::super::asked::Asked;
use super::super::problem::Problem;
use super::super::routes::JSON;
use super::super::tracing::number;
use crate::model::Report;
use crate::reporter::Format;
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
    let as_lines = asked.wants_lines();
    let work =
        move |context: &_| shown(&Report::List(workflow::list(context, &filter)?), &[], as_lines);
    asked.app.look(work).await
}

pub(super) async fn one(asked: Asked) -> Result<Response, Problem> {
    let what = asked.text("id").unwrap_or_default().to_owned();
    let work = move |context: &_| {
        let (dossier, row) = workflow::show(context, &number(context, &what)?)?;
        document(&Report::Show(Box::new(dossier), row), &[])
    };
    asked.app.look(work).await
}

/// What no search finds yet is said beside the hits, and put into full text by the writer.
pub(super) async fn search(asked: Asked) -> Result<Response, Problem> {
    let words = asked.text("q").unwrap_or_default().to_owned();
    let limit = asked.number("limit").unwrap_or(HITS);
    let as_lines = asked.wants_lines();
    let work = move |context: &_| {
        let report = Report::Search(workflow::search(context, &words, limit)?);
        let waiting = workflow::unsearched(context)?;
        if waiting == 0 || as_lines {
            return Ok((shown(&report, &[], as_lines)?, waiting));
        }
        let mut text = answer::text(&report, Format::Json)?;
        put(&mut text, "unsearched", &waiting)?;
        Ok((of_kind(JSON, text), waiting))
    };
    let (response, waiting) = asked.app.look(work).await?;
    if waiting > 0 {
        asked.app.fill();
    }
    Ok(response)
}
