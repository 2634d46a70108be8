//! `export --table`: what is on file, and what traces of it found, as rows that are handed out one by one.

use std::collections::HashSet;

use super::context::{Context, WorkflowError};
use super::keep;
use super::look::Filter;
use super::trace::TraceOptions;
use crate::model::{ArticleId, Dossier, SourceKeys, SourceMatch, Table, TableRow, TraceReport};
use crate::store::{Store, View};
use crate::tracer::hours_between;

/// Articles that are read at once.
const BATCH: usize = 256;

/// Where rows go; an error of its own stops the export.
pub type RowSink<'s, E> = dyn FnMut(TableRow<'_>) -> Result<(), E> + 's;

/// Why an export stopped.
#[derive(Debug, thiserror::Error)]
pub enum ExportError<E> {
    #[error(transparent)]
    Workflow(#[from] WorkflowError),
    /// The rows could not be taken.
    #[error(transparent)]
    Sink(E),
}

impl<E> From<crate::store::StoreError> for ExportError<E> {
    fn from(error: crate::store::StoreError) -> Self {
        Self::Workflow(error.into())
    }
}

/// Hands out the rows of a table for the articles that the filter names; gives how many.
pub fn table<E>(
    context: &Context,
    table: Table,
    filter: &Filter,
    sink: &mut RowSink<'_, E>,
) -> Result<u64, ExportError<E>> {
    let store = context.open_to_read()?;
    let ids = store.ids(&filter.for_store()?)?;
    let mut rows = 0;
    let mut counted = |row: TableRow<'_>| {
        rows += 1;
        sink(row).map_err(ExportError::Sink)
    };
    match table {
        Table::Articles | Table::Credits => {
            articles(context, &store, (table, &ids), &mut counted)?;
        }
        Table::Edges | Table::Matches | Table::Verdicts => {
            let wanted = ids.into_iter().collect();
            traces(context, &store, (table, &wanted), &mut counted)?;
        }
    }
    context.progress.finish();
    Ok(rows)
}

fn articles<E>(
    context: &Context,
    store: &Store,
    (table, ids): (Table, &[ArticleId]),
    sink: &mut RowSink<'_, ExportError<E>>,
) -> Result<(), ExportError<E>> {
    let mut done = 0;
    for part in ids.chunks(BATCH) {
        for dossier in store.articles(part)? {
            article(store, table, &dossier, sink)?;
        }
        done += part.len() as u64;
        context.progress.step(done, Some(ids.len() as u64), "articles exported");
        if context.is_interrupted() {
            return Err(WorkflowError::Interrupted.into());
        }
    }
    Ok(())
}

fn article<E>(
    view: &View,
    table: Table,
    dossier: &Dossier,
    sink: &mut RowSink<'_, ExportError<E>>,
) -> Result<(), ExportError<E>> {
    let Some(id) = dossier.id else { return Ok(()) };
    if table == Table::Credits {
        let article = &dossier.article;
        return article
            .credits
            .iter()
            .try_for_each(|credit| sink(TableRow::Credit(id, article, credit)));
    }
    match view.row(id)? {
        Some(row) => sink(TableRow::Article(dossier, &row)),
        None => Ok(()),
    }
}

/// From the outcomes that `trace --all` has kept.
fn traces<E>(
    context: &Context,
    store: &Store,
    (table, wanted): (Table, &HashSet<ArticleId>),
    sink: &mut RowSink<'_, ExportError<E>>,
) -> Result<(), ExportError<E>> {
    let state = keep::state(context, store)?;
    let missing = state.stale + state.untraced + state.unplaced;
    if missing > 0 {
        context.progress.note(&format!(
            "{missing} articles on file have no trace that holds and are left out; `copytrail trace --all` makes them up"
        ));
    }
    let mut failed = None;
    let options = TraceOptions::usual();
    keep::kept(context, &options, &mut |trace| {
        let is_wanted = trace.query.id.is_some_and(|id| wanted.contains(&id));
        if failed.is_none() && is_wanted {
            failed = traced(store, table, &trace, sink).err();
        }
    })?;
    failed.map_or(Ok(()), Err)
}

fn traced<E>(
    view: &View,
    table: Table,
    trace: &TraceReport,
    sink: &mut RowSink<'_, ExportError<E>>,
) -> Result<(), ExportError<E>> {
    if table == Table::Verdicts {
        return sink(TableRow::Verdict(trace));
    }
    let copy = match trace.query.id {
        Some(id) => view.dossier(id)?,
        None => None,
    };
    for source in &trace.sources {
        let keys = keys(view, source, copy.as_ref())?;
        if table == Table::Edges {
            sink(TableRow::Edge(trace, source, &keys))?;
            continue;
        }
        for pair in &source.paragraphs {
            sink(TableRow::Match(trace, source, &keys, pair))?;
        }
    }
    Ok(())
}

fn keys(
    view: &View,
    source: &SourceMatch,
    copy: Option<&Dossier>,
) -> Result<SourceKeys, WorkflowError> {
    let Some(id) = source.id else { return Ok(SourceKeys::default()) };
    let dossier = view.dossier(id)?;
    let between = |(from, to)| hours_between(from, to);
    let hours = dossier.as_ref().zip(copy).and_then(between);
    Ok(SourceKeys {
        id: Some(id),
        user_id: dossier.and_then(|dossier| dossier.article.user_id),
        hours,
    })
}
