//! `extract`: what `add` would store, printed; nothing is stored.

use std::ops::ControlFlow;

use super::context::{Context, Done, WorkflowError};
use super::read::{Given, read_all};
use crate::ingest::Item;
use crate::model::{Article, Extracted};

/// Hands each article of the inputs to the sink, whatever kind of page it is.
pub fn extract(
    context: &Context,
    inputs: &[String],
    given: &Given,
    sink: &mut dyn FnMut(Extracted),
) -> Result<Done<()>, WorkflowError> {
    let refused = read_all(context, inputs, given, &mut |item| {
        match item {
            Item::Article(article) => sink(extracted(*article)),
            Item::Refused(refusal) => context.progress.warn(&refusal),
            Item::Pack { .. } => {}
        }
        if context.is_interrupted() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    Ok(Done { value: (), refused })
}

fn extracted(article: Article) -> Extracted {
    Extracted {
        file: article.file,
        format: article.format,
        line: article.line,
        url: article.url,
        user_id: article.user_id,
        outlet: article.outlet,
        title: article.title,
        byline: article.byline,
        published: article.published.map(|moment| moment.text),
        modified: article.modified.map(|moment| moment.text),
        language: article.language,
        kind: article.kind,
        paragraphs: article.paragraphs.into_iter().map(|paragraph| paragraph.text).collect(),
        credits: article.credits,
    }
}
