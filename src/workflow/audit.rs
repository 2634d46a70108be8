//! `audit`: what share of an outlet's output is someone else's copy, from kept traces; what is missing is traced first.

use std::collections::HashSet;

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::context::{Context, Done, WorkflowError};
use super::keep::{Keeping, footing};
use super::look::Filter;
use super::rights;
use super::sheet::first_cells;
use super::trace::TraceOptions;
use super::warm::Opened;
use crate::credits;
use crate::model::{ArticleId, AuditReport, LicenceRow, Outlet, Refusal, Sample};
use crate::store::{self, View};
use crate::tracer::{AuditBook, AuditRules};

/// The same articles are drawn whenever the same ones are asked for.
const SEED: u64 = 0x6175_6469;

/// What is audited, and how.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // each is a question of its own that a user answers
pub struct AuditOptions {
    /// Domains, addresses or names.
    pub outlets: Vec<String>,
    /// First and last day or instant of publication.
    pub from: Option<String>,
    pub to: Option<String>,
    /// How many articles are drawn; all where it is `None`.
    pub sample: Option<usize>,
    /// A publisher's outlets count as one.
    pub groups_as_one: bool,
    /// Counts only, no list of articles.
    pub summary: bool,
    /// Lists only what is new or changed since the outlet's last audit.
    pub since_last: bool,
    /// Looks at kept traces alone: nothing is traced or written, and the report says how many are missing.
    pub kept_only: bool,
}

/// Audits outlet by outlet and hands each over; an outlet that is not on file is refused.
pub fn audit(
    context: &Context,
    options: &AuditOptions,
    sink: &mut dyn FnMut(AuditReport),
) -> Result<Done<()>, WorkflowError> {
    let usual = TraceOptions::usual();
    let mut traces = Traces::open(context, &usual, options)?;
    let agreements = traces.view().licences()?;
    let mut done = Done::<()>::default();
    let mut audited = 0;
    for name in &options.outlets {
        let Some(outlet) = find_outlet(traces.view(), name)? else {
            done.refused.push(Refusal {
                file: name.clone(),
                line: None,
                reason:
                    "no article of this outlet is on file; `copytrail coverage` shows which are"
                        .into(),
            });
            continue;
        };
        sink(one(context, &mut traces, options, (&outlet, &agreements))?);
        audited += 1;
        if context.is_interrupted() {
            return Err(WorkflowError::Interrupted);
        }
    }
    context.progress.finish();
    if audited == 0 {
        return Err(WorkflowError::NoOutlet(options.outlets.join(", ")));
    }
    Ok(done)
}

/// The outlets in the first column of a table or list.
pub fn outlets_in(file: &str) -> Result<Vec<String>, WorkflowError> {
    first_cells(file, |name| !name.is_empty() && name != "outlet")
}

/// The outlet on file that a domain, an address or a name means.
pub(super) fn find_outlet(view: &View, what: &str) -> Result<Option<Outlet>, WorkflowError> {
    if let Some(outlet) = view.outlet_named(what)? {
        return Ok(Some(outlet));
    }
    let host = what.split("://").last().and_then(|rest| rest.split('/').next()).unwrap_or(what);
    Ok(view.outlet_named(&credits::outlet(None, Some(host)).key)?)
}

/// The traces that an audit counts.
enum Traces<'a> {
    /// Brought up to date first.
    Made(Box<Keeping<'a>>),
    /// As they are, with the footing that they were made on.
    Found(Box<Opened>, i64),
}

impl<'a> Traces<'a> {
    fn open(
        context: &'a Context,
        usual: &'a TraceOptions,
        options: &AuditOptions,
    ) -> Result<Self, WorkflowError> {
        if !options.kept_only {
            return Ok(Self::Made(Box::new(Keeping::begin(context, context.open()?, usual)?)));
        }
        let store = context.open_to_read()?;
        let footing = store.footing(&footing(context, usual, &context.lexicons()))?;
        let footing = footing.ok_or_else(|| WorkflowError::Untraced(options.outlets.join(", ")))?;
        Ok(Self::Found(Box::new(store), footing))
    }

    fn view(&self) -> &View {
        match self {
            Self::Made(keeping) => &keeping.store,
            Self::Found(store, _) => store,
        }
    }

    fn footing(&self) -> i64 {
        match self {
            Self::Made(keeping) => keeping.footing,
            Self::Found(_, footing) => *footing,
        }
    }

    /// Traces what is missing of these articles; of all that the filter names where none are given.
    fn complete(
        &mut self,
        filter: &store::Filter,
        ids: Option<&[ArticleId]>,
    ) -> Result<(), WorkflowError> {
        match (self, ids) {
            (Self::Found(..), _) => Ok(()),
            (Self::Made(keeping), Some(ids)) => keeping.these(ids),
            (Self::Made(keeping), None) => keeping.up_to_date(filter).map(|_| ()),
        }
    }
}

fn one(
    context: &Context,
    traces: &mut Traces,
    options: &AuditOptions,
    (outlet, agreements): (&Outlet, &[LicenceRow]),
) -> Result<AuditReport, WorkflowError> {
    let filter = Filter {
        outlet: Some(outlet.key.clone()),
        from: options.from.clone(),
        to: options.to.clone(),
        ..Filter::default()
    };
    let filter = filter.for_store()?;
    let drawn = draw(traces.view(), &filter, options.sample)?;
    traces.complete(&filter, drawn.as_ref().map(|(ids, _)| ids.as_slice()))?;
    let (view, footing) = (traces.view(), traces.footing());
    let rules = AuditRules {
        groups_as_one: options.groups_as_one,
        list: !options.summary,
        since_last: options.since_last,
        sample: drawn.as_ref().map(|(_, sample)| *sample),
    };
    let last = view.last_audit(&outlet.key)?;
    let mut book = AuditBook::new(outlet, rules, last);
    let among: Option<HashSet<ArticleId>> = drawn.map(|(ids, _)| ids.into_iter().collect());
    view.each_audited(footing, &filter, &mut |mut entry| {
        let is_drawn = |id: ArticleId| among.as_ref().is_none_or(|ids| ids.contains(&id));
        if entry.article.id.is_some_and(is_drawn) {
            let case = entry.rights.as_ref();
            entry.article.licence = case.and_then(|case| rights::licence(case, agreements));
            book.enter(&entry);
        }
    })?;
    let mut report = book.close();
    report.from.clone_from(&options.from);
    report.to.clone_from(&options.to);
    report.coverage = view.audit_coverage(&outlet.key, &filter)?;
    let state = view.trace_state(Some(footing))?;
    report.coverage.untraced = state.untraced + state.stale;
    report.thresholds = context.thresholds.table();
    if among.is_none()
        && let Traces::Made(keeping) = traces
    {
        keeping.store.record_audit(keeping.footing, &outlet.key, &filter)?;
    }
    Ok(report)
}

/// The articles drawn for a sample; `None` where all are looked at.
fn draw(
    view: &View,
    filter: &store::Filter,
    sample: Option<usize>,
) -> Result<Option<(Vec<ArticleId>, Sample)>, WorkflowError> {
    let Some(size) = sample else { return Ok(None) };
    let mut ids = view.ids(filter)?;
    if size >= ids.len() {
        return Ok(None);
    }
    let sample = Sample { drawn: size as u64, of: ids.len() as u64 };
    ids.sort_by_cached_key(|id| xxh3_64_with_seed(&id.to_le_bytes(), SEED));
    ids.truncate(size);
    ids.sort_unstable();
    Ok(Some((ids, sample)))
}
