//! Two articles side by side.

use super::align::{align, report};
use super::body::Body;
use super::chain::relation;
use super::sources::is_source;
use crate::model::{Comparison, Dossier, Thresholds};

/// The alignment of two articles, and what the right one is to the left.
pub fn compare(left: Dossier, right: Dossier, thresholds: &Thresholds) -> Comparison {
    let (ours, theirs) = (Body::new(&left.article), Body::new(&right.article));
    let matched = align(&ours, &theirs, thresholds);
    let alignment = report(&ours, &theirs, &matched);
    let relation = is_source(ours.len(), &matched, thresholds)
        .then(|| relation(alignment.copied, alignment.of_source));
    Comparison { left, right, relation, alignment, thresholds: thresholds.table() }
}
