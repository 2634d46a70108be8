//! Who may use whose copy.

use serde::{Deserialize, Serialize};

use super::{OutletKind, Relation};

/// Whether the use is licensed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Licence {
    Covered,
    Expired,
    OtherService,
    NoOnwardRight,
    Open,
    None,
}

/// An agreement, as the user states it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LicenceRow {
    /// Who may use it: an outlet's domain or name, or a publisher's group.
    pub user: String,
    /// Whose copy: an agency's id, an outlet's domain or name.
    pub owner: String,
    /// The service of it (`lno` for dpa/lno); `None` for all of its services.
    pub service: Option<String>,
    /// First and last day, `YYYY-MM-DD`, inclusive; `None` where it is open.
    pub from: Option<String>,
    pub to: Option<String>,
    /// Whether the user may pass it on to others.
    pub onward: bool,
    pub note: String,
}

/// A party as agreements may name it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    pub key: String,
    pub name: String,
    pub agency: Option<String>,
    pub group: Option<String>,
    pub kind: OutletKind,
}

/// What a copy's licence is judged by.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LicenceCase {
    pub user: Holder,
    /// The copy's day of publication, `YYYY-MM-DD`.
    pub day: Option<String>,
    /// Whose hands it came through, from the immediate source up to the origin.
    pub stations: Vec<Holder>,
    /// Services of the origin that the copy or the item names (`lno`); empty where none is.
    pub services: Vec<String>,
    /// Terms that the source's page or the item states: a licence's address, or the words of a wire's usage terms.
    pub terms: Vec<String>,
    pub relation: Option<Relation>,
}
