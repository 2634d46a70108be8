//! Paragraphs that recur over an outlet's pages are its furniture: marked while a trace looks at an article, so that
//! the stored text stays as it is and the order of adding does not matter.

use super::context::WorkflowError;
use crate::fingerprinter::fingerprint;
use crate::model::{Dossier, Evidence, EvidenceFor, EvidenceKind, ParagraphRole, Thresholds};
use crate::store::View;

/// Marks the query's furniture and says so; nothing where that would leave less than half of its words.
pub(super) fn mark(
    view: &View,
    query: &mut Dossier,
    thresholds: &Thresholds,
) -> Result<Option<Evidence>, WorkflowError> {
    let stored = match query.id.map(|id| view.document(id)).transpose()?.flatten() {
        Some(document) => view.print(document)?,
        None => None,
    };
    let prints = stored.unwrap_or_else(|| fingerprint(&query.article).paragraphs);
    let pages = thresholds.furniture_pages;
    let recurring = view.recurring(&query.outlet.key, query.id, &prints, pages)?;
    let words: u32 = prints.iter().map(|print| print.words).sum();
    let left: u32 =
        prints.iter().zip(&recurring).filter(|(_, out)| !**out).map(|(print, _)| print.words).sum();
    if left * 2 < words {
        return Ok(None);
    }
    let mut marked = 0;
    for (paragraph, _) in query.article.paragraphs.iter_mut().zip(recurring).filter(|(_, out)| *out)
    {
        if paragraph.role != ParagraphRole::Credit {
            paragraph.role = ParagraphRole::Furniture;
            marked += 1;
        }
    }
    let (what, stand) = if marked == 1 { ("paragraph", "stands") } else { ("paragraphs", "stand") };
    Ok((marked > 0).then(|| Evidence {
        kind: EvidenceKind::Boilerplate,
        speaks_for: EvidenceFor::Parent,
        about: query.outlet.name.clone(),
        weight: 0.0,
        says: format!(
            "{marked} {what} {stand} on at least {pages} other pages of {}: no part of this story, and not compared.",
            query.outlet.name
        ),
    }))
}
