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
