//! The findings: one `Report` value, whatever it is shown as.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::bundle::Verified;
use super::{
    Added, Alignment, ArticleId, ArticleRow, Attribution, AuditReport, CheckReport, Cluster,
    CopiesReport, CorrectionNotice, Coverage, Credit, Dossier, Evidence, Extracted, FormatRow,
    LanguageRow, LexiconRow, LicenceRow, Look, OperatorSign, OutletRow, PackRow, ParagraphMatch,
    Relation, Residue, ReviewRow, SearchHit, Stats, Threshold, TracedAll, Verdict, WatchedSite,
};

/// The article that was asked about.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct QueryHead {
    pub url: Option<String>,
    pub id: Option<ArticleId>,
    pub user_id: Option<String>,
    pub file: String,
    pub outlet: Option<String>,
    pub title: Option<String>,
    pub published: Option<String>,
    pub language: Option<String>,
    /// How many.
    pub paragraphs: usize,
}

/// What it was compared with.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Searched {
    pub articles: u64,
    pub outlets: u64,
    pub from: Option<String>,
    pub to: Option<String>,
    pub languages: Vec<String>,
    /// Articles of other outlets within the time that `original` asks for.
    pub of_its_time: u64,
}

/// Where a text started.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// Common name.
    pub outlet: Option<String>,
    pub agency: Option<String>,
    pub url: Option<String>,
    pub id: Option<ArticleId>,
    pub published: Option<String>,
    pub on_file: bool,
    /// Probability, 0..1.
    pub confidence: f64,
    /// Share of the query's words that came from it, 0..1.
    pub share: f64,
    /// The query's paragraphs, from 0, that came from it for the most part; empty where only a credit tells of it.
    #[serde(default)]
    pub paragraphs: Vec<usize>,
}

/// A station on the way from the query to its origin.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChainNode {
    pub outlet: Option<String>,
    pub agency: Option<String>,
    pub url: Option<String>,
    pub id: Option<ArticleId>,
    pub published: Option<String>,
    pub on_file: bool,
    /// How the station before it (nearer the query) stands to this one.
    pub relation: Relation,
    /// Probability, 0..1.
    pub confidence: f64,
}

/// An article that the query's text came from, or that carries it too.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SourceMatch {
    pub url: String,
    pub id: Option<ArticleId>,
    pub outlet: Option<String>,
    pub title: Option<String>,
    pub published: Option<String>,
    pub language: Option<String>,
    pub relation: Relation,
    /// Share of the query's words, 0..1.
    pub copied: f64,
    /// Share of the source's words, 0..1.
    pub of_source: f64,
    /// Coverage × density, or the calibrated probability across languages and wordings, 0..1.
    pub score: f64,
    pub paragraphs: Vec<ParagraphMatch>,
}

/// Another report of the same event that is no source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RelatedArticle {
    pub url: String,
    pub id: Option<ArticleId>,
    pub outlet: Option<String>,
    pub title: Option<String>,
    pub published: Option<String>,
    pub language: Option<String>,
    pub says: String,
}

/// Where to look next for a source that is not on file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lead {
    pub kind: String,
    pub query: String,
    pub url: Option<String>,
    pub says: String,
}

/// The figures behind a judgement, by name: what a weight was applied to. Shown on request.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// `derivation` of the query from this article, or `crossing`: the same across languages or wordings.
    pub kind: String,
    /// The article's address; the query's own for "its source is not on file".
    pub about: String,
    /// Log-odds or probability that came of them.
    pub result: f64,
    pub values: BTreeMap<String, f64>,
}

/// The answer to "where did this article come from?".
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TraceReport {
    pub query: QueryHead,
    pub searched: Searched,
    pub verdict: Verdict,
    /// The verdict in one sentence, with its reason.
    pub says: String,
    /// Probability that the verdict is right, 0..1; of `unknown`, that of its likelier reading.
    #[serde(default)]
    pub confidence: f64,
    pub attribution: Option<Attribution>,
    /// Share of the query's own words that stand in other copy, 0..1.
    pub copied: f64,
    pub origin: Option<Origin>,
    pub origins: Vec<Origin>,
    /// From the immediate source up to the origin.
    pub chain: Vec<ChainNode>,
    /// One for each of `origins`.
    pub chains: Vec<Vec<ChainNode>>,
    pub sources: Vec<SourceMatch>,
    pub related: Vec<RelatedArticle>,
    pub leads: Vec<Lead>,
    pub credits: Vec<Credit>,
    pub residue: Vec<Residue>,
    pub evidence: Vec<Evidence>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<Figures>,
    pub thresholds: Vec<Threshold>,
    /// The texts of the query and of each source whose text was asked for, side by side; no part of the JSON.
    #[serde(skip)]
    pub comparisons: Vec<Comparison>,
}

/// What two articles have in common across languages or wordings.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Across {
    /// `Translated` or `Rewritten`.
    pub relation: Relation,
    /// Probability that the later one was made from the other, 0..1.
    pub probability: f64,
    /// Whether that is enough to name a source.
    pub named: bool,
    /// Shares of the two stories' characters that stand in paired sentences, 0..1.
    pub of_left: f64,
    pub of_right: f64,
}

/// Two articles side by side.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Comparison {
    pub left: Dossier,
    pub right: Dossier,
    pub relation: Option<Relation>,
    pub alignment: Alignment,
    /// `None` where the same words explain enough, or nothing was found.
    pub across: Option<Across>,
    pub thresholds: Vec<Threshold>,
}

/// Everything that can be shown. Findings are values; the reporter has the renderers.
#[derive(Debug, Clone)]
pub enum Report {
    Extract(Vec<Extracted>),
    Add(Added),
    Trace(Vec<TraceReport>),
    Compare(Box<Comparison>),
    Clusters(Vec<Cluster>),
    /// The article and the figures of its row.
    Show(Box<Dossier>, ArticleRow),
    List(Vec<ArticleRow>),
    Search(Vec<SearchHit>),
    Stats(Box<Stats>),
    Coverage(Vec<Coverage>),
    Check(CheckReport),
    Removed(Vec<String>),
    Rebuilt(Vec<(String, u64)>),
    Formats(Vec<FormatRow>),
    Lexicons(Vec<LexiconRow>),
    Languages(Vec<LanguageRow>),
    /// An outlet each.
    Audit(Vec<AuditReport>),
    Copies(Vec<CopiesReport>),
    Corrections(Vec<CorrectionNotice>),
    Licences(Vec<LicenceRow>),
    Reviews(Vec<ReviewRow>),
    TracedAll(TracedAll),
    Verified(Verified),
    Watch(Vec<WatchedSite>),
    Looks(Vec<Look>),
    Outlets(Vec<OutletRow>),
    Operators(Vec<OperatorSign>),
    Packs(Vec<PackRow>),
}
