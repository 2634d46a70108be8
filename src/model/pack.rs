//! Index packs: what is handed out of an index without any text, and what a trace finds through it.

use serde::{Deserialize, Serialize};

/// Beginning of a pack's file.
pub const PACK_MAGIC: &[u8; 8] = b"CTPACK\0\x01";

/// What a pack says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PackLabel {
    /// What it is listed and removed under.
    pub name: String,
    /// Who made it; empty where that is not stated.
    pub maker: String,
    /// When, RFC 3339.
    pub made: String,
    /// Whether the anchors are in it: finds copies in other words and languages, and gives away more.
    pub anchors: bool,
}

/// A pack on file, or one just written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PackRow {
    pub name: String,
    pub maker: String,
    pub made: String,
    pub articles: u64,
    /// Kept shingles over all articles.
    pub shingles: u64,
    pub anchors: u64,
    /// Kind of fingerprint, version.
    pub versions: Vec<(String, i64)>,
    /// Whether its fingerprints are those of the store; of another version they find nothing.
    pub fits: bool,
    /// Of its file, in hexadecimal.
    pub sha256: String,
    /// Of its file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
}

/// An article that a pack lists: all that a pack says of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackArticle {
    /// Where it is to be had: an address, or the maker's own id.
    pub address: String,
    pub outlet: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// BCP 47 primary subtag; empty where none is known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// As stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_seen: Option<String>,
    /// In the story.
    pub words: u32,
    /// Different shingles that it has.
    pub shingles: u32,
}
