//! `copies`: who ran an item, or an outlet's items of a period; what may be a copy and is not traced yet is traced first.

use std::collections::BTreeMap;

use super::audit::find_outlet;
use super::context::{Context, Done, WorkflowError};
use super::keep::Keeping;
use super::look::Filter;
use super::rights;
use super::trace::TraceOptions;
use crate::model::{
    ArticleId, CopiedItem, CopiesReport, CopyRow, CopyingOutlet, Licence, LicenceRow, Moment,
    Outlet, Refusal, Relation,
};
use crate::store::CopyOf;
use crate::tracer::{Delays, minutes};

/// What is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CopiesOptions {
    /// Articles on file (address, number, your own id), or outlets.
    pub of: Vec<String>,
    /// First and last day or instant of an outlet's items.
    pub from: Option<String>,
    pub to: Option<String>,
}

/// Hands over who ran each of what is asked for.
pub fn copies(
    context: &Context,
    options: &CopiesOptions,
    sink: &mut dyn FnMut(CopiesReport),
) -> Result<Done<()>, WorkflowError> {
    let usual = TraceOptions::usual();
    let mut keeping = Keeping::begin(context, context.open()?, &usual)?;
    let agreements = keeping.store.licences()?;
    let mut done = Done::<()>::default();
    for of in &options.of {
        let Some((items, single)) = items(&keeping, of, options)? else {
            done.refused.push(Refusal {
                file: of.clone(),
                line: None,
                reason: "neither an article nor an outlet on file; `copytrail list` and `coverage` show what is".into(),
            });
            continue;
        };
        let mut report = CopiesReport {
            of: of.clone(),
            from: options.from.clone(),
            to: options.to.clone(),
            ..CopiesReport::default()
        };
        let mut outlets: BTreeMap<String, (CopyingOutlet, Delays)> = BTreeMap::new();
        for (at, item) in (1..).zip(&items) {
            let Some(copied) = copied(&mut keeping, *item, &agreements)? else { continue };
            report.looked_at += 1;
            copied.copies.iter().for_each(|copy| count(&mut outlets, copy));
            if single || !copied.copies.is_empty() {
                report.items.push(copied);
            }
            context.progress.step(at, Some(items.len() as u64), "items looked at");
            if context.is_interrupted() {
                return Err(WorkflowError::Interrupted);
            }
        }
        sink(closed(report, outlets));
    }
    context.progress.finish();
    if done.refused.len() == options.of.len() {
        return Err(WorkflowError::NotFound(options.of.join(", ")));
    }
    Ok(done)
}

/// The articles that are asked for, and whether it is one that was named.
fn items(
    keeping: &Keeping,
    of: &str,
    options: &CopiesOptions,
) -> Result<Option<(Vec<ArticleId>, bool)>, WorkflowError> {
    if let Some(article) = keeping.store.find(of)? {
        return Ok(Some((vec![article], true)));
    }
    let Some(outlet) = find_outlet(&keeping.store, of)? else { return Ok(None) };
    let filter = Filter {
        outlet: Some(outlet.key),
        from: options.from.clone(),
        to: options.to.clone(),
        ..Filter::default()
    };
    Ok(Some((keeping.store.ids(&filter.for_store()?)?, false)))
}

/// An item with its copies.
fn copied(
    keeping: &mut Keeping,
    item: ArticleId,
    agreements: &[LicenceRow],
) -> Result<Option<CopiedItem>, WorkflowError> {
    keeping.story_of(item)?;
    let Some((head, published)) = keeping.store.head(item)? else { return Ok(None) };
    let Some(dossier) = keeping.store.dossier(item)? else { return Ok(None) };
    let found = keeping.store.copies_of(keeping.footing, item, &dossier.outlet)?;
    let of_others = found.into_iter().filter(|copy| copy.head.outlet != dossier.outlet.name);
    let copies =
        of_others.map(|copy| row(copy, published.as_ref(), &dossier.outlet, agreements)).collect();
    let also_share = keeping.store.also_share(keeping.footing, item)?;
    Ok(Some(CopiedItem { item: head, copies, also_share }))
}

fn row(
    copy: CopyOf,
    published: Option<&Moment>,
    party: &Outlet,
    agreements: &[LicenceRow],
) -> CopyRow {
    let delay = published.zip(copy.published.as_ref()).map(|(from, to)| minutes(from, to));
    let licence = copy.rights.and_then(|mut case| {
        // Of the way that it took, only the part up to this item is asked about.
        case.stations.truncate(copy.station + 1);
        if let Some(last) = case.stations.last_mut() {
            *last = rights::holder(party);
        }
        rights::licence(&case, agreements)
    });
    CopyRow {
        head: copy.head,
        relation: copy.relation.unwrap_or(Relation::Edited),
        copied: copy.copied,
        of_item: copy.of_item,
        delay_low: delay.map(|(low, _)| low),
        delay_high: delay.map(|(_, high)| high),
        verdict: copy.verdict,
        credited: copy.credited,
        licence,
        via: copy.chain.into_iter().take(copy.station).collect(),
        confidence: copy.confidence,
    }
}

fn count(outlets: &mut BTreeMap<String, (CopyingOutlet, Delays)>, copy: &CopyRow) {
    let (row, delays) = outlets.entry(copy.head.outlet.clone()).or_default();
    row.outlet.clone_from(&copy.head.outlet);
    row.copies += 1;
    row.credited += u64::from(copy.credited);
    match copy.licence {
        Some(Licence::Covered | Licence::Open) => row.licensed += 1,
        Some(_) => row.unlicensed += 1,
        None => {}
    }
    if let (Some(low), Some(high)) = (copy.delay_low, copy.delay_high) {
        delays.take(low, high);
    }
}

fn closed(
    mut report: CopiesReport,
    outlets: BTreeMap<String, (CopyingOutlet, Delays)>,
) -> CopiesReport {
    report.outlets = outlets
        .into_values()
        .map(|(row, delays)| CopyingOutlet { delay: delays.summary(), ..row })
        .collect();
    report.outlets.sort_by(|a, b| b.copies.cmp(&a.copies).then_with(|| a.outlet.cmp(&b.outlet)));
    report.ran = report.items.iter().filter(|item| !item.copies.is_empty()).count() as u64;
    report.copies = report.outlets.iter().map(|row| row.copies).sum();
    report.credited = report.outlets.iter().map(|row| row.credited).sum();
    report
}
