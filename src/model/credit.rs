//! Who an article names as the source of its text.

use serde::{Deserialize, Serialize};

/// Where a credit stands, best place first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CreditRole {
    /// "Source: Stern", "Quelle: APA/dpa".
    SourceLine,
    /// "sak/Reuters", "(dpa)", "Dpa" with "bak" under it.
    CreditLine,
    /// "Berlin (dpa) -".
    Dateline,
    /// "Von dpa", "Le Figaro et AFP".
    Byline,
    /// schema.org, `<meta>`, hNews, a feed's or a wire format's own fields.
    Metadata,
    /// `rel=canonical` on another registrable domain.
    Canonical,
    /// A link to the named party beside a crediting phrase.
    Link,
}

/// A party that a text credits, other than the page's own outlet and its staff.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Credit {
    /// Id in the agency table (`dpa`, `reuters`); `None` for another outlet.
    pub agency: Option<String>,
    /// The party's common name.
    pub name: String,
    pub role: CreditRole,
    /// The line or value it was read from, as it stands.
    pub text: String,
    /// Number in `Article::paragraphs`, from 0; `None` outside the text.
    pub paragraph: Option<usize>,
    /// Registrable domain of the party, where the tables or a link give it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// Desk or editor initials beside it ("bak", "lno", "sak").
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub initials: Vec<String>,
    /// "mit Material von", "con información de": reworked, not run as it came.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reworked: bool,
}

impl Credit {
    /// What makes two credits the same party: the agency's id, else the lower-case name.
    #[must_use]
    pub fn party(&self) -> String {
        self.agency.clone().unwrap_or_else(|| self.name.to_lowercase())
    }
}

/// A statement of metadata that may hold a credit, with the field it stands in.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Claim {
    /// `author`, `sourceOrganization`, `creditText`, `isBasedOn`, `syndication-source`, `creditline` …
    pub field: String,
    pub value: String,
}

/// A party as the tables know it: an agency or an outlet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Party {
    pub agency: Option<String>,
    pub name: String,
    pub domain: Option<String>,
}
