//! Who publishes.

use serde::{Deserialize, Serialize};

/// What an outlet is in the trade.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutletKind {
    /// A paper, broadcaster or site.
    #[default]
    Outlet,
    /// A news agency.
    Wire,
    /// ots, PR Newswire and their like: what they carry is meant to be copied.
    PressRelease,
    /// Police, courts, ministries.
    Authority,
    /// MSN, Yahoo: carries others' copy under their names.
    Portal,
}

/// What a user says of a domain or path.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutletRule {
    /// A host, or host and path, lower case.
    pub place: String,
    /// Common name.
    pub name: String,
    /// Outlets of one publisher.
    pub group: Option<String>,
    pub kind: OutletKind,
    pub contact: Option<String>,
    /// ISO 3166 code.
    pub country: Option<String>,
}

/// A row of `outlets list`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutletRow {
    /// Domain or path; the name where no domain is known.
    pub place: String,
    pub outlet: String,
    pub group: Option<String>,
    pub kind: OutletKind,
    pub contact: Option<String>,
    pub country: Option<String>,
    pub built_in: bool,
    /// Articles on file.
    pub articles: u64,
}

/// What tells one operator behind several domains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignKind {
    /// An `AdSense` publisher (`pub-…`).
    AdSense,
    /// A Google Analytics account or stream (`UA-…`, `G-…`).
    Analytics,
    /// A Google Tag Manager container (`GTM-…`).
    TagManager,
    /// The company in the copyright line or the publisher's legal name, lower case.
    Owner,
    /// The domain of the business that owns the site, as its ads.txt says.
    OwnerDomain,
    /// The tax number in an imprint, capitals and figures.
    TaxNumber,
    /// A line about the author or the house beside the story.
    Blurb,
}

/// A sign of an operator on a page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Sign {
    pub kind: SignKind,
    pub value: String,
}

/// A sign with the outlets that carry it on most of their pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OperatorSign {
    pub kind: SignKind,
    pub value: String,
    /// Common names with how many of each one's pages carry it, most first.
    pub outlets: Vec<(String, u64)>,
}

/// An outlet as the tables and the store know it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Outlet {
    /// Registrable domain, or the lower-case name where no domain is known: the key.
    pub key: String,
    /// Common name ("Reuters", "Stern"), the domain where none is known.
    pub name: String,
    pub domain: Option<String>,
    /// Id in the agency table, for a wire.
    pub agency: Option<String>,
    pub kind: OutletKind,
    /// Outlets of one publisher.
    pub group: Option<String>,
}
