//! Whether a name is the page's own: its outlet, the outlet's other spellings, its publisher's other titles.

use super::tables::{Known, find, fold};
use crate::model::{Outlet, OutletKind, Party};

/// The page's own outlet, ready to be compared with names.
#[derive(Debug, Clone, Default)]
pub(super) struct Own {
    agency: Option<String>,
    domain: Option<String>,
    group: Option<String>,
    name: String,
    portal: bool,
    /// Letters and digits of the domain's first label ("abendblatt").
    label: String,
}

fn letters(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

impl Own {
    pub fn new(outlet: &Outlet) -> Self {
        let domain = outlet.domain.clone().or_else(|| {
            let key = outlet.key.trim();
            key.contains('.').then(|| key.to_owned())
        });
        let label = domain.as_deref().and_then(|d| d.split('.').next()).map(letters);
        Own {
            agency: outlet.agency.clone(),
            group: outlet.group.clone(),
            name: letters(&outlet.name),
            label: label.unwrap_or_default(),
            portal: outlet.kind == OutletKind::Portal,
            domain,
        }
    }

    /// Whether a name is this outlet's, or spells its domain.
    pub fn is(&self, name: &str) -> bool {
        let spelled = letters(name);
        if spelled.is_empty() {
            return false;
        }
        if !self.name.is_empty() && spelled == self.name {
            return true;
        }
        let known = find(name).map(|(known, _)| known);
        if known.is_some_and(|k| self.is_known(k)) {
            return true;
        }
        // "Abendblatt" and "Hamburger Abendblatt" at abendblatt.de, "City Kurier" at city-kurier.de.
        let long = known.is_none() && self.label.chars().count() > 4;
        spelled == self.label
            || (long && spelled.starts_with(&self.label) && spelled.len() < self.label.len() + 5)
            || (long && spelled.ends_with(&self.label))
    }

    pub fn is_known(&self, known: Known) -> bool {
        match known {
            Known::Agency(a) => self.is_party(&known.party()) || self.has_domain(&a.domains),
            Known::Outlet(o) => self.is_party(&known.party()) || self.has_domain(&o.domains),
        }
    }

    fn has_domain(&self, domains: &[&str]) -> bool {
        self.domain.as_deref().is_some_and(|d| domains.contains(&d))
    }

    /// Whether a party is this outlet itself: by agency, domain or name.
    pub fn is_party(&self, party: &Party) -> bool {
        (party.agency.is_some() && party.agency == self.agency)
            || (party.domain.is_some() && party.domain == self.domain)
            || (!self.name.is_empty()
                && letters(&party.name) == self.name
                && party.agency.is_none())
    }

    /// Whether a party is another title of this outlet's publisher.
    pub fn is_sister(&self, known: Known) -> bool {
        match known {
            Known::Outlet(o) => o.group.is_some() && o.group == self.group.as_deref(),
            Known::Agency(_) => false,
        }
    }

    /// Whether it carries other outlets' pages under their names.
    pub fn is_portal(&self) -> bool {
        self.portal
    }

    pub fn is_domain(&self, domain: &str) -> bool {
        self.domain.as_deref() == Some(domain)
    }
}
