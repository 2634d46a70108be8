//! What a finding rests on, and what it comes to.

use serde::{Deserialize, Serialize};

use super::Licence;

/// What a piece of evidence speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceFor {
    Parent,
    Origin,
    Direction,
    Attribution,
}

/// Kinds of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    Credit,
    Link,
    Canonical,
    Time,
    Containment,
    SharedEdits,
    Residue,
    Translation,
    Disguise,
    OutletKind,
    Searched,
    Copy,
    Boilerplate,
    /// A line of another outlet's furniture that came along with a text.
    Furniture,
    /// Whom an outlet usually credits.
    OutletHistory,
    /// One operator behind two outlets.
    Operator,
    /// What a wire's own record says of the stations of an item.
    HopHistory,
    /// A C2PA manifest, whose truth is not checked.
    ContentCredentials,
}

/// One reason, with its weight.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    pub kind: EvidenceKind,
    #[serde(rename = "for")]
    pub speaks_for: EvidenceFor,
    /// Address or name it is about.
    pub about: String,
    /// Log-odds (natural logarithm) that it adds.
    pub weight: f64,
    /// One sentence.
    pub says: String,
}

/// A trace of another language in a text ("Selenskyj" in English).
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Residue {
    /// The language it points to.
    pub language: String,
    /// As it stands.
    pub text: String,
    /// Why it points there, in one clause.
    pub says: String,
}

/// The answer in a word; see the contract for what each asks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Original,
    Attributed,
    Misattributed,
    Unattributed,
    #[default]
    Unknown,
}

/// Whether what a credit says could be checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Nobody to check it against.
    Claimed,
    /// The named source is on file and is the source.
    Verified,
    /// The named party's items of those days are on file and are not it.
    Contradicted,
}

/// Who was named, and where one looked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribution {
    pub origin_named: bool,
    pub source_named: bool,
    pub basis: Basis,
    /// `text`, `page`, `metadata`.
    pub looked_in: Vec<String>,
    pub licence: Option<Licence>,
}
