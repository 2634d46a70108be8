//! A story: the trace of an article, and of all that it leads to; backward by traces, forward by kept ones.

use std::collections::BTreeSet;

use super::context::{Context, WorkflowError};
use super::keep::footing;
use super::read::Given;
use super::trace::{TraceOptions, trace};
use crate::model::{ArticleId, TraceReport};
use crate::store::View;

/// Traces an article on file and whatever carries its story, at most so many articles, nearest first. Who runs it in
/// other words is known from kept traces alone.
pub fn story(
    context: &Context,
    article: ArticleId,
    most: usize,
) -> Result<Vec<TraceReport>, WorkflowError> {
    let usual = TraceOptions::usual();
    let store = context.open_to_read()?;
    let footing = store.footing(&footing(context, &usual, &context.lexicons()))?;
    let mut known = BTreeSet::from([article]);
    let mut next = vec![article];
    let mut traces: Vec<TraceReport> = Vec::new();
    while !next.is_empty() && traces.len() < most {
        next.truncate(most - traces.len());
        let queries: Vec<String> = next.drain(..).map(|id| format!("id:{id}")).collect();
        let mut found = Vec::new();
        trace(context, &queries, &usual, &Given::default(), &mut |trace| found.push(trace))?;
        for trace in &found {
            let leads = leads_to(&store, footing, trace)?;
            next.extend(leads.into_iter().filter(|id| known.insert(*id)));
        }
        traces.append(&mut found);
    }
    Ok(traces)
}

/// Articles on file that a traced one has its text from or shares it with, and those that ran it by kept traces.
fn leads_to(
    view: &View,
    footing: Option<i64>,
    trace: &TraceReport,
) -> Result<Vec<ArticleId>, WorkflowError> {
    let sources = trace.sources.iter().filter_map(|source| source.id);
    let stations = trace.chain.iter().filter_map(|node| node.id);
    let mut leads: Vec<ArticleId> = sources.chain(stations).collect();
    if let (Some(footing), Some(id)) = (footing, trace.query.id)
        && let Some(dossier) = view.dossier(id)?
    {
        let copies = view.copies_of(footing, id, &dossier.outlet)?;
        leads.extend(copies.into_iter().filter_map(|copy| copy.head.id));
    }
    Ok(leads)
}
