//! The names and domains that the user's table of outlets adds to the built-in ones while a page is read.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use super::tables::{Known, KnownOutlet, fold};
use crate::model::OutletRule;

/// Shortest name that counts, in letters: shorter ones are somebody's initials.
const LEAST: usize = 4;

/// Outlets by name and domain, as the user's table says.
#[derive(Debug, Clone, Default)]
pub struct Names(Arc<Added>);

#[derive(Debug, Default)]
struct Added {
    /// By folded name.
    names: HashMap<String, Known>,
    domains: HashMap<String, Known>,
}

impl Names {
    /// The names and domains of these rules. A rule for a part of a site adds its name alone.
    #[must_use]
    pub fn of(rules: &[OutletRule]) -> Self {
        let mut added = Added::default();
        for rule in rules {
            let known = Known::Outlet(kept_outlet(rule));
            if rule.name.chars().filter(|c| c.is_alphabetic()).count() >= LEAST {
                added.names.entry(fold(&rule.name)).or_insert(known);
            }
            if !rule.place.contains('/') {
                added.domains.insert(rule.place.clone(), known);
            }
        }
        Self(Arc::new(added))
    }

    /// Runs `work` on this thread with these names known beside the tables'.
    pub(crate) fn known_while<T>(&self, work: impl FnOnce() -> T) -> T {
        let before = KNOWN.replace(self.clone());
        let done = work();
        KNOWN.set(before);
        done
    }
}

thread_local! {
    static KNOWN: RefCell<Names> = RefCell::default();
}

/// Whom a folded name stands for by the user's table.
pub(super) fn by_name(folded: &str) -> Option<Known> {
    KNOWN.with_borrow(|names| names.0.names.get(folded).copied())
}

/// Whom a host, or its registrable domain, stands for by the user's table.
pub(super) fn by_domain(host: &str) -> Option<Known> {
    KNOWN.with_borrow(|names| {
        let domains = &names.0.domains;
        domains.get(host).or_else(|| domains.get(psl::domain_str(host)?)).copied()
    })
}

/// A rule as a row like the built-in ones. Each is kept once for as long as the program runs.
fn kept_outlet(rule: &OutletRule) -> &'static KnownOutlet {
    static KEPT: LazyLock<Mutex<HashMap<String, &'static KnownOutlet>>> =
        LazyLock::new(Mutex::default);
    let host = rule.place.split('/').next().unwrap_or(&rule.place);
    let key = format!("{host}\n{}\n{:?}\n{:?}", rule.name, rule.group, rule.kind);
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(outlet) = kept.get(&key) {
        return outlet;
    }
    let outlet: &'static KnownOutlet = Box::leak(Box::new(KnownOutlet {
        domains: vec![lasting(host)],
        name: lasting(&rule.name),
        names: Vec::new(),
        group: rule.group.as_deref().map(lasting),
        kind: rule.kind,
        country: None,
    }));
    kept.insert(key, outlet);
    outlet
}

fn lasting(text: &str) -> &'static str {
    static KEPT: LazyLock<Mutex<BTreeSet<&'static str>>> = LazyLock::new(Mutex::default);
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = kept.get(text) {
        return known;
    }
    let text: &'static str = Box::leak(text.to_owned().into_boxed_str());
    kept.insert(text);
    text
}

#[cfg(test)]
mod tests {
    use super::super::{outlet, party};
    use super::*;

    #[test]
    fn a_name_of_the_users_is_known_while_a_page_is_read() {
        let rule = |place: &str, name: &str| OutletRule {
            place: place.to_owned(),
            name: name.to_owned(),
            group: Some("Hafen-Medien".to_owned()),
            ..OutletRule::default()
        };
        let names = Names::of(&[rule("bote.example", "Osterwehrer Bote"), rule("x.example", "XY")]);
        assert_eq!(party("Osterwehrer Bote"), None);
        names.known_while(|| {
            let found = party("OSTERWEHRER BOTE").unwrap();
            assert_eq!(found.name, "Osterwehrer Bote");
            assert_eq!(found.domain.as_deref(), Some("bote.example"));
            assert_eq!(party("XY"), None);
            assert_eq!(outlet(Some("bote.example"), None).group.as_deref(), Some("Hafen-Medien"));
            assert_eq!(party("dpa").unwrap().agency.as_deref(), Some("dpa"));
        });
        assert_eq!(party("Osterwehrer Bote"), None);
    }
}
