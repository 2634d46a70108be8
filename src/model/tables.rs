//! The tables that go out to R, pandas and their like: which there are, and what a row of each is made from.

use super::{
    Article, ArticleId, ArticleRow, Credit, Dossier, ParagraphMatch, SourceMatch, TraceReport,
};

/// A table of the export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Table {
    /// An article on file a row.
    Articles,
    /// A source and its copy a row, as `RNewsflow` has them (Welbers & Van Atteveldt).
    Edges,
    /// A paragraph and the one it came from a row.
    Matches,
    /// A credit a row.
    Credits,
    /// A traced article a row.
    Verdicts,
}

impl Table {
    pub const ALL: [Self; 5] =
        [Self::Articles, Self::Edges, Self::Matches, Self::Credits, Self::Verdicts];
}

/// What a table needs of a source beside the finding.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SourceKeys {
    pub id: Option<ArticleId>,
    pub user_id: Option<String>,
    /// Hours from the source's publication to the copy's; `None` where either is not known, or both are of one day and
    /// one has no time of day.
    pub hours: Option<f64>,
}

/// What a row is made from.
#[derive(Debug, Clone, Copy)]
pub enum TableRow<'a> {
    Article(&'a Dossier, &'a ArticleRow),
    Edge(&'a TraceReport, &'a SourceMatch, &'a SourceKeys),
    Match(&'a TraceReport, &'a SourceMatch, &'a SourceKeys, &'a ParagraphMatch),
    Credit(ArticleId, &'a Article, &'a Credit),
    Verdict(&'a TraceReport),
}
