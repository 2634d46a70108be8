//! Which words of two texts are the same words.

use serde::{Deserialize, Serialize};

/// How a text stands to its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The words are the same.
    Exact,
    /// The same text with words changed.
    Edited,
    /// A part of the source, or the source among others.
    Excerpt,
    /// Same language, other words.
    Rewritten,
    /// Another language.
    Translated,
    /// Known from a credit alone; not on file.
    Credited,
    /// Of a paragraph: nearly the same words.
    Near,
    /// Of a paragraph: a part of it.
    Partial,
}

/// A run of the query's words that stands in the source.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    /// Paragraph numbers, from 0.
    pub query_paragraph: usize,
    pub source_paragraph: usize,
    /// Byte offsets into the paragraph's text, end exclusive.
    pub query: (usize, usize),
    pub source: (usize, usize),
    /// Words in it, the same on both sides.
    pub words: usize,
}

/// An anchor that two sentences share across languages or wordings.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AnchorPair {
    pub query: String,
    pub source: String,
}

/// A paragraph of the query and the paragraph it came from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ParagraphMatch {
    pub query: usize,
    pub source: usize,
    /// `Exact`, `Near`, `Partial`, `Rewritten` or `Translated`.
    pub relation: Relation,
    /// Share of the query paragraph's words that are accounted for, 0..1.
    pub score: f64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub anchors: Vec<AnchorPair>,
}

/// What a comparison of two articles' texts found.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Alignment {
    /// Maximal runs, in the query's order.
    pub spans: Vec<Span>,
    pub paragraphs: Vec<ParagraphMatch>,
    /// Share of the query's words that stand in the source, 0..1.
    pub copied: f64,
    /// Share of the source's words that stand in the query, 0..1.
    pub of_source: f64,
    /// Share of words inside the matched stretches that are matched, 0..1.
    pub density: f64,
    /// Words of the query that are matched.
    pub words: usize,
}
