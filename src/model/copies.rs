//! The way forward: who ran an item, when, how much of it, credited or not; and which copies are stale.

use serde::{Deserialize, Serialize};

use super::{ArticleId, Delay, Licence, Relation, Verdict};

/// An article, as far as a list names it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleHead {
    /// Address, or `id:NUMBER`.
    pub url: String,
    pub id: Option<ArticleId>,
    pub user_id: Option<String>,
    pub outlet: String,
    pub agency: Option<String>,
    pub title: Option<String>,
    pub published: Option<String>,
    pub language: Option<String>,
}

/// An article that ran an item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CopyRow {
    #[serde(flatten)]
    pub head: ArticleHead,
    /// How it stands to the station it was taken from.
    pub relation: Relation,
    /// Share of the copy's words that stand in the item, 0..1; `None` where it came through a translation or rewrite.
    pub copied: Option<f64>,
    /// Share of the item's words that stand in the copy, 0..1.
    pub of_item: Option<f64>,
    /// Minutes after the item; equal bounds where both are known to the minute.
    pub delay_low: Option<f64>,
    pub delay_high: Option<f64>,
    pub verdict: Verdict,
    /// Whether it names the item's party.
    pub credited: bool,
    pub licence: Option<Licence>,
    /// Outlets that it came through, nearest the copy first; empty where it was taken directly.
    pub via: Vec<String>,
    /// Probability that it goes back to the item, 0..1.
    pub confidence: f64,
}

/// An item and who ran it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CopiedItem {
    pub item: ArticleHead,
    /// Earliest first.
    pub copies: Vec<CopyRow>,
    /// Articles that share its text without having it from there, as far as can be told.
    pub also_share: u64,
}

/// How often an outlet ran the asked items.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CopyingOutlet {
    pub outlet: String,
    pub copies: u64,
    pub credited: u64,
    pub licensed: u64,
    pub unlicensed: u64,
    pub delay: Delay,
}

/// The answer to "who ran this?".
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CopiesReport {
    /// As it was asked: an article's address, or an outlet.
    pub of: String,
    pub from: Option<String>,
    pub to: Option<String>,
    /// Items that were looked at, and how many somebody ran.
    pub looked_at: u64,
    pub ran: u64,
    pub copies: u64,
    pub credited: u64,
    /// Most copies first.
    pub outlets: Vec<CopyingOutlet>,
    /// Those that somebody ran.
    pub items: Vec<CopiedItem>,
}

/// What a notice of an agency's does to an item that is out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// Words were changed: a new version, or an item that says it corrects.
    Correction,
    /// The item was withdrawn.
    Kill,
}

/// What an agency's item says of another, or of its own earlier version.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Notice {
    pub kind: NoticeKind,
    /// The agency's id of the item that it is about, where the format names it.
    pub of: Option<String>,
    /// The headline of that item, where this one's headline opens with the notice ("Korrektur: …").
    pub about: Option<String>,
    /// In the agency's words.
    pub says: String,
}

/// A notice as it is on file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct NoticeOnFile {
    pub kind: NoticeKind,
    /// The item that was corrected or withdrawn, where it is on file.
    pub item: Option<ArticleId>,
    /// The notice, where it is an item of its own with a text.
    pub notice: Option<ArticleId>,
    /// Seconds since 1970, as the agency states it.
    pub at: Option<i64>,
    pub says: String,
}

/// Words that a correction changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectedWords {
    /// Number of the paragraph in the old text, from 0.
    pub paragraph: usize,
    /// As they stood, with the words beside them that place them; empty where words were only put in.
    pub before: String,
    /// As they stand now; empty where they were taken out.
    pub after: String,
}

/// A copy that still carries what was changed or withdrawn.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct StaleCopy {
    #[serde(flatten)]
    pub head: ArticleHead,
    /// What it still says, as it stands there.
    pub carries: Vec<String>,
    /// Whether it is in another language than the item.
    pub translated: bool,
    /// Since when it is stale: the notice's time, or its own publication where that came later. RFC 3339 or a day.
    pub since: Option<String>,
}

/// A correction or kill, and the copies that have not followed it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CorrectionNotice {
    pub kind: NoticeKind,
    /// The item that was corrected or withdrawn.
    pub item: ArticleHead,
    /// Where the notice is an item of its own.
    pub notice: Option<ArticleHead>,
    /// When it was issued.
    pub at: Option<String>,
    /// What it says of itself ("Berichtigung: im 2. Absatz …"); empty where only the text differs.
    pub says: String,
    pub changes: Vec<CorrectedWords>,
    /// Copies on file, and those that follow the notice or never had the words.
    pub copies: u64,
    pub sound: u64,
    pub stale: Vec<StaleCopy>,
}
