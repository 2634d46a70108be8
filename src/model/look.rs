//! A look at a page that is on file.

use serde::{Deserialize, Serialize};

use super::ArticleId;

/// What a look found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LookOutcome {
    /// As it was.
    Unchanged,
    /// The story's words are as they were; title, people, dates, credits or links changed: a new revision.
    Metadata,
    /// The story's words changed: a new revision.
    Text,
    /// It is not there any more, by status or by its own words.
    Gone,
    /// Its address leads to another page now.
    Moved,
    /// A wall, a bot check, a paywall or a refusal stood before it: it was left as it was.
    KeptOut,
    /// Something that is no article stands there: it was left as it was.
    Other,
    /// No answer came, or none that says anything.
    Failed,
}

/// A look at an article's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Look {
    pub article: ArticleId,
    pub url: String,
    /// Common name.
    pub outlet: String,
    /// Seconds since 1970.
    pub at: i64,
    pub outcome: LookOutcome,
    /// Of HTTP.
    pub status: Option<u16>,
    #[serde(skip)]
    pub etag: Option<String>,
    #[serde(skip)]
    pub last_modified: Option<String>,
    /// What was found, in one sentence.
    pub says: String,
    /// Names of parties that the page credits now and did not before.
    pub credits_added: Vec<String>,
    /// Names of parties that it credited before and does not now.
    pub credits_removed: Vec<String>,
}
