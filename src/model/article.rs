//! An article as it was read: its text by paragraphs, what the page says of itself, and the bytes it came from.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Credit, Moment, Notice, Sign};

/// The store's number of an article.
pub type ArticleId = i64;

/// What a page is. Only an article is added and traced.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    #[default]
    Article,
    /// A live ticker: many dated entries on one page.
    Ticker,
    /// The first lines of an article behind a paywall, or a feed's summary.
    Teaser,
    /// A consent or log-in wall.
    Wall,
    /// A bot check.
    BotCheck,
    /// A section front or list of links.
    Index,
    /// A page that says it was not found, whatever its status.
    NotFound,
    /// Says who runs a site (its imprint, its ads.txt): only the signs of its operator are kept.
    Operator,
    /// Nothing that reads as text.
    Empty,
    /// Only an address and its metadata (a CDX line, a sitemap entry, a row without text).
    Sighting,
}

/// What a paragraph is to the story.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParagraphRole {
    /// Running text: counts as copy.
    #[default]
    Text,
    /// A subhead inside the story: part of it, but proves nothing alone.
    Subhead,
    /// A credit block ("Dpa / bak / Source: Stern"): kept in place, never counted as copy.
    Credit,
    /// Recurs over the pages of its outlet: found while an article is traced, never stored.
    Furniture,
}

impl ParagraphRole {
    /// Whether it is the story's own text, and so may be copy.
    #[must_use]
    pub fn is_story(self) -> bool {
        matches!(self, Self::Text | Self::Subhead)
    }
}

/// A paragraph of the story. Navigation residue, kickers and author's blurbs never become one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    pub text: String,
    pub role: ParagraphRole,
}

/// Where a link stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// In the story's text.
    Text,
    /// `rel=canonical` to another registrable domain.
    Canonical,
    /// schema.org `isBasedOn`, `original-source`, `syndication-source` and their like.
    Original,
}

/// An outgoing link.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Link {
    pub url: String,
    /// The anchor text.
    pub text: String,
    pub kind: LinkKind,
}

/// A trick that hides a copy from matching; folded for hashing, kept as evidence.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Disguise {
    /// Zero-width and other default-ignorable characters inside words.
    Invisible { count: usize, paragraph: usize },
    /// Letters of another script inside a word ("Ρutin" with a Greek Rho).
    LookAlike { word: String, paragraph: usize },
}

/// The bytes that an article was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    /// As they came, before any decoding.
    pub bytes: Vec<u8>,
    /// SHA-256 of `bytes`.
    pub sha256: [u8; 32],
    /// Path or address they came from.
    pub from: String,
    /// Status line and headers of the HTTP answer that brought them, a line each, where they came by one. The bytes
    /// are without the transfer's chunks and compression, whatever the headers say.
    pub headers: Option<String>,
    /// When they were taken, where the input says so (a crawl's date), not when they were imported.
    pub taken: Option<Moment>,
}

/// An article as read from one input.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Article {
    /// Path or address of the input.
    pub file: String,
    /// Name of the format that it was read from, as `formats` lists it; empty for one that is on file.
    pub format: &'static str,
    /// Line or record in that input, counted from 1, where it holds many.
    pub line: Option<usize>,
    /// As it was given.
    pub url: Option<String>,
    /// The user's own identifier.
    pub user_id: Option<String>,
    /// The outlet as the input names it: a domain or a name.
    pub outlet: Option<String>,
    /// Registrable domain of `url`, or of `outlet` where that is a domain.
    pub domain: Option<String>,
    /// What makes it one article (contract, "Which article is it"); never empty for kind `Article`.
    pub identity: String,
    pub title: Option<String>,
    /// People, as they stand in the byline.
    pub byline: Vec<String>,
    pub published: Option<Moment>,
    pub modified: Option<Moment>,
    /// A sighting: bounds publication from above.
    pub first_seen: Option<Moment>,
    /// BCP 47 primary subtag (`de`, `en`, `ja`).
    pub language: Option<String>,
    pub kind: Kind,
    /// The story's only.
    pub paragraphs: Vec<Paragraph>,
    /// What the page shows beside the story: kicker, navigation residue, blurb. Kept for evidence.
    pub furniture: Vec<String>,
    pub credits: Vec<Credit>,
    pub links: Vec<Link>,
    pub disguises: Vec<Disguise>,
    /// Of the operator of its page; not read back with the article.
    pub signs: Vec<Sign>,
    /// What a wire item says of another one, or of its own earlier version; kept apart, not read back with it.
    pub notice: Option<Notice>,
    /// Keys of the input that have no meaning here, as JSON text; they come out again.
    pub extra: BTreeMap<String, String>,
    /// Where metadata was read: field → "json-ld", "meta", "time", "url", "text", "input".
    pub read_from: BTreeMap<String, String>,
    pub capture: Option<Capture>,
}

impl Article {
    /// The story's text, a blank line between paragraphs.
    #[must_use]
    pub fn text(&self) -> String {
        let texts: Vec<&str> = self.paragraphs.iter().map(|p| p.text.as_str()).collect();
        texts.join("\n\n")
    }

    /// What lists of addresses hold for it before it is on file.
    #[must_use]
    pub fn address(&self) -> &str {
        self.url.as_deref().unwrap_or(&self.file)
    }
}

/// An input, or a part of one, that was not taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Path or address.
    pub file: String,
    /// Line or record, counted from 1.
    pub line: Option<usize>,
    /// One sentence: what is wrong and what to do.
    pub reason: String,
}
