//! Proof that leaves the house: what an evidence bundle says, and what its examination finds.

use serde::{Deserialize, Serialize};

use super::{Alignment, ArticleId, ParagraphRole, Relation, TraceReport};

/// A paragraph as it was compared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundledParagraph {
    pub text: String,
    pub role: ParagraphRole,
}

/// An article of a bundle: the text that was compared, and the capture it was read from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundledText {
    /// Address, or `id:NUMBER`.
    pub address: String,
    pub id: Option<ArticleId>,
    pub user_id: Option<String>,
    pub outlet: String,
    pub outlet_key: String,
    pub title: Option<String>,
    pub published: Option<String>,
    pub first_seen: Option<String>,
    pub language: Option<String>,
    pub paragraphs: Vec<BundledParagraph>,
    pub capture: Option<BundledCapture>,
}

/// The bytes that an article was read from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundledCapture {
    /// Address in the bundle's web archive; `None` where the store kept the sum only.
    pub archived_as: Option<String>,
    /// In hexadecimal.
    pub sha256: String,
    pub came_from: String,
    /// When the capture was taken, where that is known.
    pub taken: Option<String>,
    pub bytes: u64,
}

/// Which words of two bundled texts are the same.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct BundledPair {
    /// Names of members of the bundle.
    pub query: String,
    pub source: String,
    pub relation: Option<Relation>,
    /// Offsets are bytes in the paragraph's text, end exclusive. Spans are those of the whole texts, fixtures of an
    /// outlet included.
    pub alignment: Alignment,
}

/// A finding with the texts it rests on.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct BundledFinding {
    pub trace: TraceReport,
    pub pairs: Vec<BundledPair>,
}

/// What a bundle says: `finding.json`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Bundle {
    pub schema: String,
    pub program: String,
    /// RFC 3339 in UTC.
    pub made: String,
    /// Versions of the indexes and of what turns bytes into text.
    pub schemes: Vec<String>,
    pub lexicons: Vec<String>,
    pub findings: Vec<BundledFinding>,
}

/// A member of a bundle that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Altered {
    pub member: String,
    pub says: String,
}

/// Who vouches for a bundle's time (RFC 3161).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Token {
    /// When the authority saw the manifest, RFC 3339 in UTC.
    pub time: String,
    /// Name in the authority's certificate.
    pub by: String,
    /// SHA-256 of that certificate, in hexadecimal: compare it with what the authority publishes.
    pub certificate: String,
    /// Whether it is, or was issued by, the certificate that was given.
    pub pinned: Option<bool>,
}

/// What the examination of a bundle found.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Verified {
    pub file: String,
    /// Nothing is altered.
    pub sound: bool,
    pub made: String,
    pub program: String,
    pub members: usize,
    pub findings: usize,
    /// Runs of words that were found again in the bundled texts.
    pub spans: usize,
    /// Captures that were read again.
    pub captures: usize,
    pub token: Option<Token>,
    pub altered: Vec<Altered>,
    /// What the examination has shown, a sentence each; empty where something is altered.
    pub proven: Vec<String>,
    /// What it has not shown, and what would.
    pub not_proven: Vec<String>,
    /// What is worth knowing and no alteration: what this version reads differently, what could not be looked at.
    pub notes: Vec<String>,
}
