//! `compare`: two articles side by side.

use super::candidates::Desk;
use super::context::{Context, Done, WorkflowError};
use super::read::{self, Given};
use super::trace::TraceOptions;
use crate::model::{Comparison, Dossier, Refusal};
use crate::store::Store;
use crate::tracer::{self, Witness};

/// Aligns two articles, each on file or an input. Across languages and wordings the probability is the one that a trace
/// of the later one would print: against the rivals that are on file.
pub fn compare(
    context: &Context,
    a: &str,
    b: &str,
    options: &TraceOptions,
) -> Result<Done<Comparison>, WorkflowError> {
    let store = context.open_to_read()?;
    let (left, mut refused) = one(context, &store, a)?;
    let (right, mut more) = one(context, &store, b)?;
    refused.append(&mut more);
    let (left, right) = (Witness::new(left), Witness::new(right));
    let lexicons = context.lexicons();
    let desk = Desk::new(context, &store, options, &lexicons, Vec::new())?;
    let found = desk.across(&store, tracer::later_first(&left, &right).0)?;
    let crossing = found.as_ref().map(|found| desk.crossing(found));
    let value = tracer::compare(left, right, &context.thresholds, crossing.as_ref());
    Ok(Done { value, refused })
}

fn one(
    context: &Context,
    store: &Store,
    what: &str,
) -> Result<(Dossier, Vec<Refusal>), WorkflowError> {
    if let Some(id) = store.find(what)?
        && let Some(dossier) = store.dossier(id)?
    {
        return Ok((dossier, Vec::new()));
    }
    let (found, refused) = read::articles(context, &[what.to_owned()], &Given::default())?;
    let reason = refused.first().map_or_else(
        || "nothing in it reads as an article".to_owned(),
        |refusal| refusal.reason.clone(),
    );
    match found.into_iter().next() {
        Some(dossier) => Ok((dossier, refused)),
        None => Err(WorkflowError::NoArticle(what.to_owned(), reason)),
    }
}
