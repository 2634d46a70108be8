//! `check` and `rebuild`: soundness of a store, and bringing its indexes up to this build's schemes.

use rayon::prelude::*;

use super::add::fill_full_text;
use super::context::{Context, WorkflowError};
use crate::fingerprinter::{self, fingerprint};
use crate::ingest;
use crate::language;
use crate::model::{CheckReport, Finding};
use crate::store::{Scheme, Store};

/// Revisions that are refreshed in one transaction.
const BATCH: usize = 512;

/// The versions of all that this build's indexes hang on.
pub(super) fn schemes() -> Vec<Scheme> {
    let tables: Vec<String> = language::versions()
        .into_iter()
        .map(|(name, version)| format!("{name} {version}"))
        .collect();
    let hangs_on = tables.join(", ");
    let scheme = |name: &str, version: i64| Scheme {
        name: name.to_owned(),
        version,
        hangs_on: hangs_on.clone(),
    };
    vec![
        scheme("paragraph", fingerprinter::PARAGRAPH_VERSION),
        scheme("shingle", fingerprinter::SHINGLE_VERSION),
        scheme("anchor", fingerprinter::ANCHOR_VERSION),
        scheme("search", language::SEARCH_VERSION),
        scheme("extractor", ingest::EXTRACTOR_VERSION),
    ]
}

/// Brings every index of an older scheme up to date; goes on where it was stopped.
pub fn rebuild(context: &Context) -> Result<Vec<(String, u64)>, WorkflowError> {
    let mut store = context.open_as_it_is()?;
    store.set_schemes(&schemes())?;
    let total = store.stale_count()?;
    let (mut after, mut done) = (0, 0);
    loop {
        let stale = store.stale(after, BATCH)?;
        let Some((last, _)) = stale.last() else { break };
        after = *last;
        let fresh: Vec<_> = stale
            .into_par_iter()
            .map(|(document, dossier)| (document, fingerprint(&dossier.article), String::new()))
            .collect();
        done += store.refresh(&fresh)? as u64;
        context.progress.step(done, Some(total), "revisions fingerprinted");
        if context.is_interrupted() {
            return Err(WorkflowError::Interrupted);
        }
    }
    store.finish_rebuild()?;
    let searched = fill_full_text(context, &mut store)?;
    context.progress.finish();
    Ok(vec![("fingerprints".into(), done), ("full text".into(), searched)])
}

/// Proves soundness; with `recompute`, makes every fingerprint again from its text.
pub fn check(context: &Context, recompute: bool) -> Result<CheckReport, WorkflowError> {
    let mut store = context.open_as_it_is()?;
    let mut report = store.check()?;
    if recompute {
        let (looked_at, mut findings) = recomputed(context, &store)?;
        report.checks.push(("fingerprints recomputed from their text".into(), looked_at));
        report.findings.append(&mut findings);
    }
    context.progress.finish();
    Ok(report)
}

fn recomputed(context: &Context, store: &Store) -> Result<(u64, Vec<Finding>), WorkflowError> {
    let mut findings = Vec::new();
    let ids = store.every_id()?;
    let mut looked_at = 0;
    for id in &ids {
        let (Some(document), Some(dossier)) = (store.document(*id)?, store.page(*id)?) else {
            continue;
        };
        let stored = store.print(document)?.unwrap_or_default();
        let fresh = fingerprint(&dossier.article).paragraphs;
        looked_at += fresh.len() as u64;
        let same = stored.len() == fresh.len()
            && stored.iter().zip(&fresh).all(|(a, b)| a.exact == b.exact && a.simhash == b.simhash);
        if !same {
            findings.push(Finding {
                check: "fingerprints".into(),
                says: format!(
                    "{}: its fingerprints are not those of its text; `copytrail rebuild` makes them again, and if they differ again the file is damaged",
                    dossier.address()
                ),
            });
        }
        context.progress.step(looked_at, None, "fingerprints recomputed");
        if context.is_interrupted() {
            return Err(WorkflowError::Interrupted);
        }
    }
    Ok((looked_at, findings))
}
