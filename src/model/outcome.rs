//! What is kept of a trace: which question it answered, and how many are kept.

use serde::{Deserialize, Serialize};

/// What a kept trace hangs on beside the articles: where one differs, it has to be made again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Footing {
    /// Version of the judging code and of the weights it judges by.
    pub program: String,
    /// Thresholds, as JSON.
    pub thresholds: String,
    /// Dictionaries, and whether other languages and wordings were looked at.
    pub lexicons: String,
}

/// How far the articles on file are traced.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TraceState {
    /// Kept outcomes that hold.
    pub traced: u64,
    /// Kept outcomes that have to be made again: an article of their story came, changed or went, or their footing did.
    pub stale: u64,
    /// Articles without an outcome.
    pub untraced: u64,
    /// Articles that came after the last look at whose stories they touch.
    pub unplaced: u64,
}

/// What `trace --all` did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct TracedAll {
    /// Traced now.
    pub traced: u64,
    /// Kept from before.
    pub kept: u64,
    pub seconds: f64,
    pub original: u64,
    pub attributed: u64,
    pub misattributed: u64,
    pub unattributed: u64,
    pub unknown: u64,
}
