//! Texts that share their words and not only their meanings: another day's filling of one form is no rewrite.

use crate::model::Thresholds;
use crate::tracer::align::align;
use crate::tracer::body::Body;
use crate::tracer::rejected::Rejected;

/// Share of what two texts have in common from which a form explains it.
const OF_COMMON: f64 = 0.5;

/// Whether what a query has in common with a source, `common` of its text (0..1), is mostly a form's words around
/// other numbers, or a table of figures: the words were judged as words, and no other reading makes a copy of them.
pub fn is_form(query: &Body, source: &Body, common: f64, thresholds: &Thresholds) -> bool {
    let matched = align(query, source, thresholds);
    let of_form = |why| matches!(why, Rejected::Template | Rejected::Table);
    let forms = matched.rejected.iter().filter(|left| of_form(left.why));
    let words: usize = forms.map(|left| left.words).sum();
    words > 0 && words as f64 >= OF_COMMON * common * query.len() as f64
}
