//! `trace --all`: every article on file traced and its outcome kept; resumable and incremental.
//!
//! A new text first marks what is kept of the stories that it touches; then whatever has no
//! outcome that holds is traced, a batch a transaction. A source in other words is found from either side: when its
//! trace names an article that had not seen it, that one is traced once more.

use std::sync::Arc;
use std::time::Instant;

use rayon::prelude::*;

use super::candidates::{Desk, Found};
use super::context::{Context, WorkflowError};
use super::rights;
use super::touched;
use super::trace::{Answer, TraceOptions, answer};
use crate::credits;
use crate::language::Lexicons;
use crate::model::{
    ArticleId, ChainNode, Footing, Outlet, TraceReport, TraceState, TracedAll, Verdict,
};
use crate::store::{Filter, Kept, Store, View};
use crate::tracer::{self, Witness};

/// Articles that are traced side by side and kept in one transaction.
const BATCH: usize = 256;
/// Seconds.
const DAY: i64 = 86_400;

/// What kept traces of this run hang on.
pub(super) fn footing(context: &Context, options: &TraceOptions, lexicons: &Lexicons) -> Footing {
    let schemes: Vec<String> = super::rebuild::schemes()
        .into_iter()
        .map(|scheme| format!("{} {}", scheme.name, scheme.version))
        .collect();
    let mut looked_in = lexicons.names();
    looked_in.push(format!("translation {}", options.translation));
    looked_in.push(format!("rewriting {}", options.rewriting));
    Footing {
        program: format!("{}; {}", tracer::version(), schemes.join(", ")),
        thresholds: serde_json::to_string(&context.thresholds.table()).unwrap_or_default(),
        lexicons: looked_in.join("; "),
    }
}

/// How far the articles on file are traced, as an ordinary run would trace them.
pub(super) fn state(context: &Context, store: &Store) -> Result<TraceState, WorkflowError> {
    let footing = footing(context, &TraceOptions::usual(), &context.lexicons());
    Ok(store.trace_state(store.footing(&footing)?)?)
}

/// Traces every article on file that has no outcome that holds, and keeps what came of it.
pub fn trace_all(context: &Context, options: &TraceOptions) -> Result<TracedAll, WorkflowError> {
    let begun = Instant::now();
    let mut keeping = Keeping::begin(context, context.open()?, options)?;
    let traced = keeping.up_to_date(&Filter::default())?;
    context.progress.finish();
    let mut done = TracedAll {
        traced,
        seconds: begun.elapsed().as_secs_f64(),
        ..keeping.store.verdict_counts(keeping.footing)?
    };
    done.kept =
        done.original + done.attributed + done.misattributed + done.unattributed + done.unknown;
    done.kept = done.kept.saturating_sub(traced);
    Ok(done)
}

/// Hands over every kept trace that holds, in the order of the articles' numbers.
pub fn kept(
    context: &Context,
    options: &TraceOptions,
    sink: &mut dyn FnMut(TraceReport),
) -> Result<(), WorkflowError> {
    let store = context.open_to_read()?;
    let footing = footing(context, options, &context.lexicons());
    let Some(footing) = store.footing(&footing)? else { return Ok(()) };
    let agreements = store.licences()?;
    let mut after = 0;
    loop {
        let part = store.outcomes(footing, (after, BATCH))?;
        let Some(last) = part.last() else { return Ok(()) };
        after = last.article;
        for kept in part {
            let mut report = kept.report;
            rights::judge(&mut report, &kept.rights, &agreements);
            sink(report);
        }
        if context.is_interrupted() {
            return Err(WorkflowError::Interrupted);
        }
    }
}

/// A run that keeps traces.
pub(super) struct Keeping<'a> {
    context: &'a Context,
    pub(super) store: Store,
    options: &'a TraceOptions,
    pub(super) footing: i64,
    lexicons: Arc<Lexicons>,
    /// Whether every article on file had an outcome that holds when the run began.
    complete: bool,
    /// What was traced in this run, a bit an article: a later round makes some traces once more.
    traced: Vec<u64>,
}

impl<'a> Keeping<'a> {
    /// Marks what new texts touch; then outcomes that are not marked hold.
    pub(super) fn begin(
        context: &'a Context,
        mut store: Store,
        options: &'a TraceOptions,
    ) -> Result<Self, WorkflowError> {
        let lexicons = context.lexicons();
        let footing = store.settle_footing(&footing(context, options, &lexicons))?;
        let traced = Vec::new();
        let mut keeping =
            Self { context, store, options, footing, lexicons, complete: false, traced };
        keeping.place_new()?;
        let waiting = keeping.store.to_trace_count(keeping.footing, &Filter::default())?;
        keeping.complete = waiting == 0;
        Ok(keeping)
    }

    /// Marks the outcomes of the stories that texts touch which came since the last time.
    fn place_new(&mut self) -> Result<(), WorkflowError> {
        let horizon = self.store.horizon()?;
        // A day more, since a credit's days are counted as days.
        let named_window = (self.context.thresholds.named_window_days + 1) * DAY;
        if !self.store.has_outcomes()? {
            return Ok(self.store.place(&[], horizon, named_window).map(|_| ())?);
        }
        let desk = Desk::new(self.context, &self.store, self.options, &self.lexicons, Vec::new())?;
        let traced = self.store.traced_documents()?;
        let from = self.store.placed_to()?;
        let mut placed_to = from;
        while placed_to < horizon {
            let documents = self.store.documents(placed_to, touched::TOGETHER)?;
            let last = documents.last().map_or(horizon, |(document, _)| *document);
            let newcomers: Vec<u32> = documents.into_iter().map(|(document, _)| document).collect();
            let marks = touched::marks(&desk, &newcomers, &traced)?;
            self.store.place(&marks, last, named_window)?;
            placed_to = last;
            let (done, all) = (u64::from(placed_to - from), u64::from(horizon - from));
            self.context.progress.step(done, Some(all), "new texts placed");
            if self.context.is_interrupted() {
                return Err(WorkflowError::Interrupted);
            }
        }
        Ok(())
    }

    /// Traces what of these articles has no outcome that holds; gives how many articles that were.
    pub(super) fn up_to_date(&mut self, filter: &Filter) -> Result<u64, WorkflowError> {
        let mut made = 0;
        loop {
            let round = self.round(filter, made)?;
            made += round;
            if round == 0 {
                return Ok(self.traced.iter().map(|bits| u64::from(bits.count_ones())).sum());
            }
        }
    }

    /// Once over the articles in the order of their numbers.
    fn round(&mut self, filter: &Filter, before: u64) -> Result<u64, WorkflowError> {
        let waiting = self.store.to_trace_count(self.footing, filter)?;
        if waiting == 0 {
            return Ok(0);
        }
        let desk = Desk::new(self.context, &self.store, self.options, &self.lexicons, Vec::new())?;
        let (mut after, mut done) = (0, 0);
        let mut traced = std::mem::take(&mut self.traced);
        loop {
            let ids = self.store.to_trace(self.footing, filter, (after, BATCH))?;
            let Some(last) = ids.last() else { break };
            after = *last;
            done += trace_batch(&mut self.store, &desk, self.footing, &ids)?;
            note(&mut traced, &ids);
            self.context.progress.step(before + done, Some(before + waiting), "articles traced");
            if self.context.is_interrupted() {
                return Err(WorkflowError::Interrupted);
            }
        }
        self.traced = traced;
        Ok(done)
    }

    /// Traces those of these articles that have no outcome that holds.
    pub(super) fn these(&mut self, ids: &[ArticleId]) -> Result<(), WorkflowError> {
        let waiting = self.store.without_outcome(self.footing, ids)?;
        if waiting.is_empty() {
            return Ok(());
        }
        let desk = Desk::new(self.context, &self.store, self.options, &self.lexicons, Vec::new())?;
        let mut done = 0;
        for batch in waiting.chunks(BATCH) {
            done += trace_batch(&mut self.store, &desk, self.footing, batch)?;
            let all = Some(waiting.len() as u64);
            self.context.progress.step(done, all, "articles traced");
            if self.context.is_interrupted() {
                return Err(WorkflowError::Interrupted);
            }
        }
        Ok(())
    }

    /// Traces what may have its text from an article, as far as that has no outcome that holds.
    pub(super) fn story_of(&mut self, article: ArticleId) -> Result<(), WorkflowError> {
        if self.complete {
            return Ok(());
        }
        let Some(query) = self.store.dossier(article)? else { return Ok(()) };
        let desk = Desk::new(self.context, &self.store, self.options, &self.lexicons, Vec::new())?;
        let found = desk.candidates(&self.store, &query)?;
        let across = desk.across(&self.store, &query)?.unwrap_or_default();
        let known = found.same_words.iter().chain(&across.candidates).filter_map(|d| d.id);
        let mut ids: Vec<ArticleId> = known.collect();
        for document in desk.sharing_words(&self.store, &query.article)? {
            ids.extend(self.store.article_of(document)?);
        }
        ids.sort_unstable();
        ids.dedup();
        self.these(&ids)
    }
}

/// Sets the bits of these articles.
fn note(traced: &mut Vec<u64>, ids: &[ArticleId]) {
    for id in ids.iter().filter_map(|id| usize::try_from(*id).ok()) {
        if id / 64 >= traced.len() {
            traced.resize(id / 64 + 1, 0);
        }
        traced[id / 64] |= 1 << (id % 64);
    }
}

fn trace_batch(
    store: &mut Store,
    desk: &Desk,
    footing: i64,
    ids: &[ArticleId],
) -> Result<u64, WorkflowError> {
    let horizon = store.horizon()?;
    let traced: Vec<Result<Option<Kept>, WorkflowError>> = ids
        .par_iter()
        .map(|id| desk.readers().with(|reader| trace_kept(reader, desk, *id)))
        .collect();
    let mut batch = Vec::with_capacity(ids.len());
    for kept in traced {
        batch.extend(kept?);
    }
    store.keep(footing, horizon, &batch)?;
    Ok(batch.len() as u64)
}

fn trace_kept(view: &View, desk: &Desk, article: ArticleId) -> Result<Option<Kept>, WorkflowError> {
    let Some(document) = view.document(article)? else { return Ok(None) };
    let Some(query) = view.articles(&[article])?.pop() else { return Ok(None) };
    let Answer { query, report, found } = answer(view, desk, query)?;
    let (repeated, repeats) = tracer::repeated(&query, &found.same_words, desk.thresholds());
    let origin = report.origin.as_ref().map(|o| who(&found, o.id, o.outlet.as_deref()));
    let source = report.chain.first().map(|node| who(&found, node.id, node.outlet.as_deref()));
    let rights = rights::case(&query, &report, &found);
    let carriers = carriers(&report);
    let independent = independent(&report, &found);
    Ok(Some(Kept {
        article,
        document,
        report,
        repeated,
        repeats,
        origin,
        source,
        carriers,
        independent,
        rights,
    }))
}

/// The outlet behind a station: of its article on file, else as the tables know its name.
pub(super) fn who(found: &Found, id: Option<ArticleId>, name: Option<&str>) -> Outlet {
    let on_file = |witnesses: &[Arc<Witness>]| {
        witnesses.iter().find(|d| id.is_some() && d.id == id).map(|d| d.outlet.clone())
    };
    on_file(&found.same_words)
        .or_else(|| on_file(found.other_words()))
        .unwrap_or_else(|| credits::outlet(None, name))
}

/// Outlets on file that carry its text.
fn carriers(report: &TraceReport) -> u64 {
    let mut names: Vec<&str> =
        report.sources.iter().filter_map(|source| source.outlet.as_deref()).collect();
    names.sort_unstable();
    names.dedup();
    names.len() as u64
}

/// Independent sources behind it: the tops of its chains, those of one agency or one publisher once. An article that
/// others have their text from stands behind it itself.
fn independent(report: &TraceReport, found: &Found) -> u64 {
    let root = |node: &ChainNode| {
        let outlet = who(found, node.id, node.outlet.as_deref());
        outlet.agency.or(outlet.group).unwrap_or(outlet.key)
    };
    let mut roots: Vec<String> =
        report.chains.iter().filter_map(|chain| chain.last()).map(root).collect();
    roots.sort();
    roots.dedup();
    let own = u64::from(report.verdict == Verdict::Original && !report.sources.is_empty());
    (roots.len() as u64).max(own).max(u64::from(!report.sources.is_empty()))
}
