//! `trace`: where each article came from.

use std::cell::OnceCell;
use std::ops::ControlFlow;

use rayon::prelude::*;

use super::candidates::{Desk, Found};
use super::context::{Context, Done, WorkflowError};
use super::earlier;
use super::furniture;
use super::hint::Hint;
use super::packs;
use super::read::{self, Given, read_all};
use super::rights;
use crate::ingest::Item;
use crate::model::{
    Comparison, Dossier, Kind, LicenceRow, Refusal, SourceMatch, Thresholds, TraceReport,
};
use crate::store::{Store, View};
use crate::tracer::{self, Circumstances, Question, Witness};

/// What a trace takes into account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // each is a question of its own that a user answers
pub struct TraceOptions {
    /// Inputs to compare with as well, not stored.
    pub against: Vec<String>,
    /// Look for sources in other languages.
    pub translation: bool,
    /// Look for sources in other words.
    pub rewriting: bool,
    /// Say what was left out, and why.
    pub explain: bool,
    /// Put the texts side by side into the reports, for forms that show them.
    pub texts: bool,
}

impl TraceOptions {
    /// What an ordinary trace looks at.
    pub fn usual() -> Self {
        Self { translation: true, rewriting: true, ..Self::default() }
    }
}

/// Queries that are traced side by side before their reports go out in order.
const CHUNK: usize = 64;

/// Traces each query: an article on file by address or number, or every article of an input.
pub fn trace(
    context: &Context,
    queries: &[String],
    options: &TraceOptions,
    given: &Given,
    sink: &mut dyn FnMut(TraceReport),
) -> Result<Done<()>, WorkflowError> {
    read::check_robots(queries, given)?;
    let store = context.open_to_read()?;
    let (mut against, mut refused) = if options.against.is_empty() {
        (Vec::new(), Vec::new())
    } else {
        read::articles(context, &options.against, &Given::default())?
    };
    store.name_outlets(&mut against)?;
    let lexicons = context.lexicons();
    let desk = Desk::new(context, &store, options, &lexicons, against)?;
    let agreements = store.licences()?;
    let mut hint = Hint::new(context);
    let mut seen = |report: TraceReport| {
        hint.see(&report);
        sink(report);
    };
    let sink = &mut seen;
    let mut tracing =
        Tracing { context, store: &store, desk: &desk, agreements, sink, done: 0, error: None };
    for query in queries {
        if let Some(id) = store.find(query)? {
            let found = store.articles(&[id])?;
            tracing.chunk(found)?;
        } else {
            refused.append(&mut tracing.input(query, given)?);
        }
        if context.is_interrupted() {
            return Err(WorkflowError::Interrupted);
        }
    }
    context.progress.finish();
    if let Some(says) = hint.says() {
        context.progress.note(&says);
    }
    Ok(Done { value: (), refused })
}

/// A run over queries.
struct Tracing<'a> {
    context: &'a Context,
    store: &'a Store,
    desk: &'a Desk<'a>,
    agreements: Vec<LicenceRow>,
    sink: &'a mut dyn FnMut(TraceReport),
    done: u64,
    error: Option<WorkflowError>,
}

impl Tracing<'_> {
    /// Traces every article of an input; one that is on file as it stands there.
    fn input(&mut self, input: &str, given: &Given) -> Result<Vec<Refusal>, WorkflowError> {
        let mut waiting: Vec<Dossier> = Vec::with_capacity(CHUNK);
        let mut unfit = Vec::new();
        let context = self.context;
        let read = read_all(context, &[input.to_owned()], given, &mut |item| {
            match item {
                Item::Refused(refusal) => context.progress.warn(&refusal),
                Item::Pack { .. } => {}
                Item::Article(article) => match read::refusal(&article) {
                    Some(refusal) => {
                        context.progress.warn(&refusal);
                        unfit.push(refusal);
                    }
                    None if article.kind != Kind::Article => {}
                    None => waiting.push(read::dossier(*article)),
                },
            }
            if waiting.len() >= CHUNK
                && let Err(error) = self.chunk(std::mem::take(&mut waiting))
            {
                self.error = Some(error);
            }
            if self.error.is_some() || context.is_interrupted() {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        if let Some(error) = self.error.take() {
            return Err(error);
        }
        let mut refused = read?;
        self.chunk(waiting)?;
        refused.append(&mut unfit);
        Ok(refused)
    }

    fn chunk(&mut self, mut queries: Vec<Dossier>) -> Result<(), WorkflowError> {
        self.store.name_outlets(&mut queries)?;
        let (desk, agreements) = (self.desk, self.agreements.as_slice());
        let reports: Vec<Result<TraceReport, WorkflowError>> = queries
            .into_par_iter()
            .map(|query| desk.readers().with(|reader| trace_one(reader, desk, agreements, query)))
            .collect();
        for report in reports {
            (self.sink)(report?);
            self.done += 1;
        }
        self.context.progress.step(self.done, None, "articles traced");
        Ok(())
    }
}

/// Traces one article, as it stands on file where it does. All of it is asked of one state of the store.
fn trace_one(
    view: &View,
    desk: &Desk,
    agreements: &[LicenceRow],
    query: Dossier,
) -> Result<TraceReport, WorkflowError> {
    view.at_once(|| {
        let on_file = match query.id {
            Some(_) => None,
            None => view.by_identity(&query.article.identity)?,
        };
        let query = match on_file {
            Some(id) => view.articles(&[id])?.pop().unwrap_or(query),
            None => query,
        };
        let Answer { query, mut report, found } = answer(view, desk, query)?;
        if desk.wants_texts() {
            report.comparisons = texts(&query, &found, &report.sources, desk.thresholds());
        }
        let case = rights::case(&query, &report, &found);
        rights::judge(&mut report, &case, agreements);
        // After all is judged: a lead of a pack has no say in it.
        report.leads.splice(..0, packs::leads(view, desk, &query)?);
        Ok(report)
    })
}

/// What the tracer says, of which article, and what it was compared with.
pub(super) struct Answer {
    pub query: Witness,
    pub report: TraceReport,
    pub found: Found,
}

/// Asks the tracer where an article came from.
pub(super) fn answer(
    view: &View,
    desk: &Desk,
    mut query: Dossier,
) -> Result<Answer, WorkflowError> {
    let furniture = furniture::mark(view, &mut query, desk.thresholds())?;
    let query = Witness::new(query);
    let found = desk.candidates(view, &query)?;
    let failed = OnceCell::new();
    let mut report = tracer::trace(&Question {
        query: &query,
        candidates: &found.same_words,
        frequent: &found.frequent,
        crossing: &|| found.crossing(desk, view, &query),
        searched: found.searched.clone(),
        thresholds: desk.thresholds(),
        lexicons: desk.lexicons(),
        named_items: &found.named_items,
        page: &|| Desk::page(view, &query),
        circumstances: &|others| {
            desk.circumstances(view, &query, others).unwrap_or_else(|error| {
                let _ = failed.set(error);
                Circumstances::default()
            })
        },
        explain: desk.explain(),
    });
    if let Some(error) = failed.into_inner() {
        return Err(error);
    }
    report.evidence.extend(furniture);
    earlier::mark(view, &query, desk.thresholds(), &mut report)?;
    let found = found.sound()?;
    Ok(Answer { query, report, found })
}

/// The query's text beside each source's.
fn texts(
    query: &Witness,
    found: &Found,
    sources: &[SourceMatch],
    thresholds: &Thresholds,
) -> Vec<Comparison> {
    let witness =
        |url: &str| found.same_words.iter().chain(found.other_words()).find(|d| d.address() == url);
    sources
        .iter()
        .filter_map(|source| Some(tracer::beside(query, witness(&source.url)?, source, thresholds)))
        .collect()
}
