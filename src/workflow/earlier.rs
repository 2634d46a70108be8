//! What of an article stands in other articles' replaced revisions: history, and marked as such.

use super::candidates::{FEW_SHINGLES, SHINGLE_POSTINGS};
use super::context::WorkflowError;
use super::witnesses::Scores;
use crate::fingerprinter::story_shingles;
use crate::model::{
    Dossier, Evidence, EvidenceFor, EvidenceKind, Thresholds, TraceReport, Verdict,
};
use crate::store::{Index, Reach, View};
use crate::tracer::{self, Matched, Witness, is_source};

/// Replaced revisions that are aligned with an article, those that share most with it first: a budget.
const LOOKED_AT: usize = 4;

/// Adds to a report what the article shares with revisions that their articles have replaced since. These are no
/// sources; but an article whose words stood in one is not called an original either.
pub fn mark(
    view: &View,
    query: &Witness,
    thresholds: &Thresholds,
    report: &mut TraceReport,
) -> Result<(), WorkflowError> {
    if !view.holds_history()? {
        return Ok(());
    }
    for document in replaced(view, query, thresholds)? {
        let Some(found) = gone(view, query, document, thresholds)? else { continue };
        if report.verdict == Verdict::Original {
            report.verdict = Verdict::Unknown;
            report.says = format!(
                "Some of its words stood in an earlier revision of {}'s article, which no longer has them.",
                found.name
            );
        }
        report.evidence.push(found.evidence);
    }
    Ok(())
}

/// Replaced revisions that share shingles with an article, the most telling first.
fn replaced(
    view: &View,
    query: &Witness,
    thresholds: &Thresholds,
) -> Result<Vec<u32>, WorkflowError> {
    let shingles = story_shingles(&query.article);
    let reach = Reach { longest_list: thresholds.longest_list, postings: SHINGLE_POSTINGS };
    let held = view.lookup_replaced(Index::Shingle, &shingles, reach)?;
    let fewest = if shingles.len() < FEW_SHINGLES { 1 } else { 2 };
    Ok(Scores::of_this_thread(|scores| {
        for posting in &held {
            for &document in &posting.documents {
                scores.add(document, 1.0 / posting.frequency.max(1) as f64);
            }
        }
        scores.best(LOOKED_AT, fewest).into_iter().map(|(document, _)| document).collect()
    }))
}

/// What an article shares with a revision, told.
struct Gone {
    name: String,
    evidence: Evidence,
}

/// What the article shares with a replaced revision of another outlet and not with what stands there now.
fn gone(
    view: &View,
    query: &Witness,
    document: u32,
    thresholds: &Thresholds,
) -> Result<Option<Gone>, WorkflowError> {
    let (Some(was), Some(number)) =
        (view.dossiers(&[document])?.pop(), view.revision_number(document)?)
    else {
        return Ok(None);
    };
    let same = |ours: &str, theirs: &str| !ours.is_empty() && ours == theirs;
    let own = was.id == query.id && was.id.is_some() || same(&was.outlet.key, &query.outlet.key);
    let now = was.id.map(|id| view.dossier(id)).transpose()?.flatten();
    let (false, Some(now)) = (own, now) else { return Ok(None) };
    let (name, about) = (was.outlet.name.clone(), was.address());
    let matched = |dossier: Dossier| -> Matched {
        tracer::align(query.body(), Witness::new(dossier).body(), thresholds)
    };
    let (before, after) = (matched(was), matched(now));
    let words = query.body().len();
    let more = before.words() >= after.words() + thresholds.min_stretch_words;
    if !more || !is_source(words, &before, thresholds) {
        return Ok(None);
    }
    let share = (100.0 * before.words() as f64 / words.max(1) as f64).round();
    let says = format!(
        "{share} % of its words stood in {name}'s article in revision {number}, which has been replaced: they are history and no longer that article's text."
    );
    let evidence = Evidence {
        kind: EvidenceKind::Copy,
        speaks_for: EvidenceFor::Parent,
        about,
        weight: 0.0,
        says,
    };
    Ok(Some(Gone { name, evidence }))
}
