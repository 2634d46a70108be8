//! What the commands that look at the store show.

use serde::Serialize;

use super::{Article, ArticleId, Credit, Kind, Outlet, PackRow, TraceState};

/// An article with what the tables and the store know of it: what a trace compares.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dossier {
    /// `None` where it is not on file.
    pub id: Option<ArticleId>,
    pub article: Article,
    pub outlet: Outlet,
}

impl Dossier {
    /// What lists of addresses hold: the address, or `id:NUMBER` where there is none.
    #[must_use]
    pub fn address(&self) -> String {
        match (&self.article.url, self.id) {
            (Some(url), _) => url.clone(),
            (None, Some(id)) => format!("id:{id}"),
            (None, None) => self.article.file.clone(),
        }
    }
}

/// What there is for a language beside English.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LanguageRow {
    /// ISO 639-1 where there is such a code.
    pub language: String,
    /// Words that the built-in lexicon tells apart.
    pub built_in: u64,
    /// Words of the dictionaries that were added, one after the other.
    pub dictionaries: u64,
    /// Words that were learned from a store.
    pub learned: u64,
}

/// A line of `extract`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Extracted {
    pub file: String,
    /// Name of the format read, as `formats` lists it.
    pub format: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    pub url: Option<String>,
    pub user_id: Option<String>,
    pub outlet: Option<String>,
    pub title: Option<String>,
    pub byline: Vec<String>,
    pub published: Option<String>,
    pub modified: Option<String>,
    pub language: Option<String>,
    pub kind: Kind,
    pub paragraphs: Vec<String>,
    pub credits: Vec<Credit>,
}

/// What became of a batch.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Added {
    pub new: usize,
    pub revised: usize,
    pub unchanged: usize,
    pub sightings: usize,
    /// Index packs that are new or took another one's place.
    pub packs: usize,
    pub refused: usize,
}

/// An article in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ArticleRow {
    pub id: ArticleId,
    pub url: Option<String>,
    pub user_id: Option<String>,
    pub outlet: String,
    pub title: Option<String>,
    pub published: Option<String>,
    pub language: Option<String>,
    pub paragraphs: usize,
    pub words: usize,
    pub revisions: usize,
}

/// A hit of the full-text search.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SearchHit {
    pub article: ArticleRow,
    /// BM25, larger is better; of an earlier revision the share of the passage's words that it has, 0..1.
    pub score: f64,
    pub snippet: String,
    /// Number of the earlier revision that says so, from 1; none where the article says it as it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<u64>,
}

/// Figures of a store.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Stats {
    pub articles: u64,
    pub revisions: u64,
    pub paragraphs: u64,
    pub outlets: u64,
    pub sightings: u64,
    pub credits: u64,
    pub captures: u64,
    /// Bytes of the sidecar file.
    pub capture_bytes: u64,
    pub text_bytes: u64,
    /// Bytes of the matching indexes (postings, hashes, keys).
    pub index_bytes: u64,
    pub store_bytes: u64,
    pub from: Option<String>,
    pub to: Option<String>,
    pub languages: Vec<(String, u64)>,
    /// Index name, version it stands at, version of this build.
    pub schemes: Vec<(String, i64, i64)>,
    /// How far the articles are traced.
    pub outcomes: TraceState,
    /// Index packs, whose articles are in no other figure.
    pub packs: Vec<PackRow>,
}

/// Articles on file of an outlet on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coverage {
    pub outlet: String,
    pub day: Option<String>,
    pub articles: u64,
}

/// A group of articles that carry the same story text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cluster {
    pub cluster: usize,
    pub origin: Option<String>,
    pub members: Vec<String>,
}

/// Something that `check` found wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Which check.
    pub check: String,
    /// What is wrong and what to do.
    pub says: String,
}

/// Soundness of a store.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CheckReport {
    /// Checks made, with how many things each looked at.
    pub checks: Vec<(String, u64)>,
    pub findings: Vec<Finding>,
}

/// A dictionary that the user has added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LexiconRow {
    /// What it is removed under.
    pub name: String,
    pub title: String,
    pub format: String,
    /// As the dictionary states it; empty where it does not.
    pub version: String,
    pub licence: String,
    /// The language whose words it translates to or from English.
    pub language: String,
    /// How many of its words are told apart.
    pub words: u64,
    /// Pairs of a word and a translation.
    pub entries: u64,
    /// Of its largest file as it was added, in hexadecimal.
    pub sha256: String,
}

/// A format that can be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormatRow {
    pub name: &'static str,
    pub description: &'static str,
    /// How it is told from its content.
    pub told_by: &'static str,
}
