//! Who may use whose copy.

use serde::{Deserialize, Serialize};

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
