//! Two articles side by side.

use super::align::{align, report};
use super::chain::relation;
use super::crossed::EXPLAINED;
use super::crossing::{Crossed, Crossing, judge};
use super::derivation::hours_between;
use super::sources::is_source;
use super::witness::Witness;
use crate::model::{
    Across, AnchorPair, Comparison, ParagraphMatch, Relation, SourceMatch, Thresholds,
};

/// Share of a paragraph's words from which it needs no explanation in other words.
const ACCOUNTED_FOR: f64 = 0.5;

/// The later of two articles, which would be the copy, with the other; the first where no date tells.
pub fn later_first<'d>(left: &'d Witness, right: &'d Witness) -> (&'d Witness, &'d Witness) {
    let left_is_older = hours_between(left, right).is_some_and(|hours| hours > 0.0);
    if left_is_older { (right, left) } else { (left, right) }
}

/// The alignment of two articles, and what the right one is to the left. `crossing`: the rivals on file of the one that
/// may be the other's source, and what looking across languages and wordings needs; `None` where not wanted.
pub fn compare(
    left: Witness,
    right: Witness,
    thresholds: &Thresholds,
    crossing: Option<&Crossing>,
) -> Comparison {
    let (ours, theirs) = (left.body(), right.body());
    let matched = align(ours, theirs, thresholds);
    let mut alignment = report(ours, theirs, &matched);
    let same_words = is_source(ours.len(), &matched, thresholds)
        .then(|| relation(alignment.copied, alignment.of_source));
    let explained = alignment.copied.max(alignment.of_source) >= EXPLAINED;
    let crossed = crossing
        .filter(|_| !explained)
        .and_then(|crossing| across(&left, &right, crossing, &mut alignment.paragraphs));
    let named = crossed.filter(|crossed| crossed.named).map(|crossed| crossed.relation);
    Comparison {
        relation: same_words.or(named),
        left: left.into_dossier(),
        right: right.into_dossier(),
        alignment,
        across: crossed,
        thresholds: thresholds.table(),
    }
}

/// Looks across languages and wordings, and adds the paragraphs that are paired so.
fn across(
    left: &Witness,
    right: &Witness,
    crossing: &Crossing,
    paragraphs: &mut Vec<ParagraphMatch>,
) -> Option<Across> {
    let (query, source) = later_first(left, right);
    let turned = std::ptr::eq(query, right);
    if !crossing.wants(query, source) {
        return None;
    }
    let rivals = crossing.candidates.iter().map(AsRef::as_ref).filter(|rival: &&Witness| {
        [left, right].iter().all(|one| rival.article.identity != one.article.identity)
    });
    let candidates: Vec<&Witness> = std::iter::once(source).chain(rivals).collect();
    let judged = judge(query, &candidates, crossing);
    let found = judged.iter().find(|found| std::ptr::eq(found.source, source))?;
    if found.paragraphs.is_empty() {
        return None;
    }
    let accounted: Vec<usize> =
        paragraphs.iter().filter(|p| p.score >= ACCOUNTED_FOR).map(|p| p.query).collect();
    let mut pairs: Vec<ParagraphMatch> = found.paragraphs.clone();
    if turned {
        pairs.iter_mut().for_each(turn);
    }
    paragraphs.extend(pairs.into_iter().filter(|pair| !accounted.contains(&pair.query)));
    paragraphs.sort_by_key(|pair| (pair.query, pair.source));
    Some(summary(found, turned, crossing.thresholds))
}

fn summary(found: &Crossed, turned: bool, thresholds: &Thresholds) -> Across {
    let (of_query, of_source) = (found.aligned.of_query, found.aligned.of_source);
    let (of_left, of_right) = if turned { (of_source, of_query) } else { (of_query, of_source) };
    Across {
        relation: found.relation,
        probability: found.probability,
        named: found.probability >= thresholds.name_source,
        of_left,
        of_right,
    }
}

/// The same pair of paragraphs seen from the other side.
fn turn(pair: &mut ParagraphMatch) {
    std::mem::swap(&mut pair.query, &mut pair.source);
    for AnchorPair { query, source } in &mut pair.anchors {
        std::mem::swap(query, source);
    }
}

/// The texts of a query and of a source that was found for it, as the finding has them: across languages and
/// wordings the paragraphs that it paired, else the shared words.
pub fn beside(
    query: &Witness,
    source: &Witness,
    found: &SourceMatch,
    thresholds: &Thresholds,
) -> Comparison {
    let mut both = compare(query.clone(), source.clone(), thresholds, None);
    both.relation = Some(found.relation);
    both.thresholds.clear();
    if matches!(found.relation, Relation::Rewritten | Relation::Translated) {
        both.alignment.paragraphs.clone_from(&found.paragraphs);
        both.alignment.copied = found.copied;
        both.alignment.of_source = found.of_source;
    }
    both
}
