//! What a person decided about a finding.

use serde::{Deserialize, Serialize};

use super::{ArticleId, Verdict};

/// The decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// It is as the finding says.
    Confirmed,
    /// It is no finding.
    Dismissed,
    /// It is a copy, and the use is licensed.
    Licensed,
}

/// A decision about the finding on one article. It holds for the verdict and origin that it was made on; another
/// one is a finding anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewRow {
    pub article: ArticleId,
    /// Address, or `id:NUMBER`.
    pub url: String,
    pub outlet: String,
    pub title: Option<String>,
    pub decision: Decision,
    /// Who decided.
    pub by: String,
    pub note: String,
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// What the finding was.
    pub verdict: Verdict,
    pub origin: Option<String>,
    /// Whether the article's outcome is still that one.
    pub holds: bool,
}
