//! The same words that are no copy all the same: quotations, forms filled in anew, and what everybody has.

use std::ops::Range;

use super::align::Stretch;
use super::body::Body;
use crate::model::Thresholds;

/// Why a stretch that both have is no copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rejected {
    /// Somebody's words in quotation marks on both sides.
    Quotation,
    /// The same words around other numbers.
    Template,
    /// Figures with the names that they belong to: results, standings, prices.
    Table,
    /// Words that more articles on file hold than a story has copies.
    Frequent,
    /// Words that stand in several articles which have nothing else in common.
    Commonplace,
}

/// A stretch that both have and that is no copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftStretch {
    pub why: Rejected,
    /// Token ranges, gaps included.
    pub query: Range<usize>,
    pub source: Range<usize>,
    /// Same words in it.
    pub words: usize,
}

impl LeftStretch {
    pub(super) fn of(stretch: &Stretch, why: Rejected) -> Option<Self> {
        let (query, source) = stretch.extent()?;
        Some(Self { why, query, source, words: stretch.words })
    }
}

/// Why the same words are no copy all the same; `None` where they are.
pub(super) fn rejection(
    stretch: &Stretch,
    query: &Body,
    source: &Body,
    thresholds: &Thresholds,
) -> Option<Rejected> {
    if is_template(stretch, query, source, thresholds) {
        return Some(Rejected::Template);
    }
    if is_table(stretch, query, source, thresholds) {
        return Some(Rejected::Table);
    }
    let short = stretch.words < thresholds.copy_run_words;
    let quoted = short && quoted_share(stretch, query, source) >= thresholds.quoted_share;
    quoted.then_some(Rejected::Quotation)
}

/// Share of the stretch that is somebody's words in quotation marks on both sides: who quotes the same
/// statement has not copied.
fn quoted_share(stretch: &Stretch, query: &Body, source: &Body) -> f64 {
    let quoted: usize = stretch
        .runs
        .iter()
        .flat_map(|run| (0..run.length).map(move |step| (run.query + step, run.source + step)))
        .filter(|&(ours, theirs)| query.tokens[ours].quoted && source.tokens[theirs].quoted)
        .count();
    quoted as f64 / stretch.words.max(1) as f64
}

/// Share of a text from which a table is the text itself: an agency's table that is sent as an item can be copied.
const WHOLE: f64 = 0.75;

/// Whether so many of the stretch's words are figures that it is a table beside a text: two reports of one match have
/// it alike.
fn is_table(stretch: &Stretch, query: &Body, source: &Body, thresholds: &Thresholds) -> bool {
    let figures = stretch.query_words().filter(|at| query.tokens[*at].figure).count();
    let whole = |body: &Body| stretch.words as f64 >= WHOLE * body.len() as f64;
    figures as f64 >= thresholds.table_share * stretch.words as f64
        && !whole(query)
        && !whole(source)
}

/// Whether the stretch's numbers are others while its words stay: a market report, a results form. Numbers that follow
/// one another are one: a telephone's is in groups of two digits here and in one there.
fn is_template(stretch: &Stretch, query: &Body, source: &Body, thresholds: &Thresholds) -> bool {
    let numbers = |body: &Body, from: usize, to: usize| {
        let tokens = &body.tokens[from..to];
        tokens.chunk_by(|a, b| a.number == b.number).filter(|group| group[0].number).count()
    };
    let same: usize =
        stretch.runs.iter().map(|run| numbers(query, run.query, run.query + run.length)).sum();
    let changed: usize = stretch
        .runs
        .windows(2)
        .map(|pair| {
            let (a, b) = (pair[0], pair[1]);
            let ours = numbers(query, a.query + a.length, b.query.max(a.query + a.length));
            let theirs = numbers(source, a.source + a.length, b.source.max(a.source + a.length));
            ours.min(theirs)
        })
        .sum();
    changed >= thresholds.template_numbers
        && changed as f64 >= thresholds.template_share * (changed + same) as f64
}
