//! Texts that share their words and not only their meanings: what was judged as words is no rewrite on top of it.

use crate::model::Thresholds;
use crate::tracer::align::align;
use crate::tracer::body::Body;

/// Share of what two texts have in common from which it is the same words.
const OF_COMMON: f64 = 0.5;

/// Whether what a query has in common with a source, `common` of its text (0..1), is mostly the same words. Whether those
/// are copy, a quotation, a form's or everybody's was judged on the words; read as meanings they prove nothing more.
pub fn is_verbatim(query: &Body, source: &Body, common: f64, thresholds: &Thresholds) -> bool {
    let matched = align(query, source, thresholds);
    let rejected: usize = matched.rejected.iter().map(|left| left.words).sum();
    let same = matched.words() + rejected;
    same > 0 && same as f64 >= OF_COMMON * common * query.len() as f64
}
