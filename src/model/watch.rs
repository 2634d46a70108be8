//! What following a site finds there.

use serde::{Deserialize, Serialize};

/// In what form a site lists its pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// RSS, Atom or JSON Feed.
    Feed,
    Sitemap,
    /// A sitemap of sitemaps.
    SitemapIndex,
    /// `WordPress`' list of posts (`/wp-json/wp/v2/posts`).
    WordPress,
}

/// What a site lets a program see.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SiteState {
    /// Its articles can be read.
    Open,
    /// Most of its articles end after the first lines.
    Paywalled,
    /// It keeps programs out: by robots.txt, by status, by a bot check or consent wall.
    Blocked,
    /// It lists no articles, or none that is one.
    NoArticles,
    /// It does not answer.
    Unreachable,
    /// Pages are known, none has been fetched yet.
    #[default]
    Waiting,
}

/// A list of pages that is polled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WatchedSource {
    pub url: String,
    pub kind: SourceKind,
}

/// What became of a site in one round of watching.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WatchedSite {
    /// As the user named it: a domain or an address.
    pub site: String,
    pub state: SiteState,
    /// Why it is in this state, in one sentence.
    pub says: String,
    pub sources: Vec<WatchedSource>,
    /// Addresses that were not known before.
    pub listed: usize,
    pub added: usize,
    pub revised: usize,
    pub unchanged: usize,
    /// Pages that were no article, gone or kept from programs.
    pub refused: usize,
    /// Pages that are still to be fetched.
    pub waiting: usize,
}
