//! The evidence behind a letter: an audit's findings traced once more and packed, and the audit with the figures that
//! the bundle has, so that a letter says nothing else than its bundle.

use serde::Serialize;

use super::context::{Context, WorkflowError};
use super::evidence::{json, packed};
use crate::model::{AuditReport, Bundle};
use crate::reporter;
use crate::reporter::bundle::AUDIT;

/// The audit as a bundle has it.
#[derive(Serialize)]
struct Bundled<'a> {
    schema: &'static str,
    #[serde(flatten)]
    audit: &'a AuditReport,
}

/// Packs what a letter about an audit rests on; `authority` is asked for a time stamp. Gives the audit as it stands in
/// the bundle, and the bundle; `None` where there is nothing to write about.
///
/// # Errors
/// Where an article cannot be traced, or the bundle not packed.
pub fn letter_bundle(
    context: &Context,
    mut audit: AuditReport,
    authority: Option<&str>,
) -> Result<(AuditReport, Option<Vec<u8>>), WorkflowError> {
    let ids = reporter::findings(&audit).filter_map(|finding| finding.id);
    let articles: Vec<String> = ids.map(|id| id.to_string()).collect();
    if articles.is_empty() {
        return Ok((audit, None));
    }
    let bundle = packed(context, &articles, authority, &mut |bundle, members| {
        take_over(&mut audit, bundle);
        let audit = Bundled { schema: "copytrail.audit/1", audit: &audit };
        members.insert(AUDIT.into(), json(&audit)?);
        Ok(())
    })?;
    Ok((audit, Some(bundle)))
}

/// Puts the bundle's figures in the place of the audit's: one that is no finding there is none in the letter.
fn take_over(audit: &mut AuditReport, bundle: &Bundle) {
    for finding in &bundle.findings {
        let trace = &finding.trace;
        let same = |id: Option<i64>| id.is_some() && id == trace.query.id;
        let Some(article) = audit.articles_list.iter_mut().find(|article| same(article.id)) else {
            continue;
        };
        article.verdict = trace.verdict;
        article.copied = trace.copied;
        article.says.clone_from(&trace.says);
        article.chain = trace.chain.iter().filter_map(|node| node.outlet.clone()).collect();
        article.source_url = trace.chain.first().and_then(|node| node.url.clone());
    }
}
