//! What is known of outlets beside the texts at hand: whom the query's outlet usually credits, whose furniture its page
//! carries, and which outlets are one operator's.
//!
//! The suites have none of this, so no weight can be fitted: each is a stated prior, and small enough that two
//! measurements on the texts outweigh it.

use std::collections::BTreeMap;

use super::story::Story;
use crate::model::{Dossier, Evidence, EvidenceFor, EvidenceKind};

/// Log-odds of a parent whose outlet all articles of the child's outlet credit; less where fewer do.
const HABIT: f64 = 0.8;
/// Articles that must credit an outlet before that is a habit.
const HABITUAL: u64 = 5;
/// Log-odds of a parent whose outlet's furniture stands in the child.
const FURNITURE: f64 = 1.5;
/// Log-odds of a parent of the child's own operator, whose papers hand texts on.
const OPERATOR: f64 = 0.3;

/// What the store says of the query's outlet and others; these by their keys.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Circumstances {
    /// Other articles of the query's outlet on file.
    pub articles: u64,
    /// How many of those credit the outlet.
    pub habits: BTreeMap<String, u64>,
    /// A line of the outlet's furniture that stands in the query, and not on other pages of the query's outlet.
    pub furniture: BTreeMap<String, String>,
    /// What shows that one operator stands behind the outlet and the query's: the end of a sentence.
    pub operators: BTreeMap<String, String>,
}

impl Circumstances {
    /// Log-odds that they add to a derivation of the query from an article of this outlet.
    pub fn prior(&self, outlet: &str) -> f64 {
        self.habit(outlet) + self.inherited(outlet) + self.operator(outlet)
    }

    fn habit(&self, outlet: &str) -> f64 {
        let credited = self.habits.get(outlet).copied().unwrap_or(0);
        if credited < HABITUAL {
            return 0.0;
        }
        HABIT * (credited as f64 / self.articles.max(credited) as f64)
    }

    fn inherited(&self, outlet: &str) -> f64 {
        if self.furniture.contains_key(outlet) { FURNITURE } else { 0.0 }
    }

    fn operator(&self, outlet: &str) -> f64 {
        if self.operators.contains_key(outlet) { OPERATOR } else { 0.0 }
    }

    /// Whether one operator stands behind an article's outlet and the query's.
    pub fn is_own(&self, other: &Dossier) -> bool {
        self.operators.contains_key(&other.outlet.key)
    }
}

/// What circumstances say for the query's parent, and whose furniture it carries.
pub fn evidence(story: &Story, parent: Option<usize>) -> Vec<Evidence> {
    let known = &story.circumstances;
    let query = story.members[0].dossier;
    let item = |other: &Dossier, kind, weight, says| Evidence {
        kind,
        speaks_for: EvidenceFor::Parent,
        about: other.address(),
        weight,
        says,
    };
    let mut found = Vec::new();
    if let Some(other) = parent.map(|at| story.members[at].dossier) {
        let (key, name, own) = (&other.outlet.key, &other.outlet.name, &query.outlet.name);
        let habit = known.habit(key);
        if habit > 0.0 {
            let says = format!(
                "{own} often takes from {name}: {} of {} other articles of it on file credit {name}.",
                known.habits.get(key).copied().unwrap_or(0),
                known.articles
            );
            found.push(item(other, EvidenceKind::OutletHistory, habit, says));
        }
        if let Some(sign) = known.operators.get(key) {
            let says = format!(
                "One operator stands behind {own} and {name}: {sign}; a copy between them is its own syndication."
            );
            found.push(item(other, EvidenceKind::Operator, OPERATOR, says));
        }
    }
    let mut told: Vec<&str> = Vec::new();
    for other in story.members[1..].iter().map(|member| member.dossier) {
        let Some(line) = known.furniture.get(&other.outlet.key) else { continue };
        if !told.contains(&other.outlet.key.as_str()) {
            told.push(&other.outlet.key);
            let name = &other.outlet.name;
            let says = format!(
                "“{line}” recurs on pages of {name} and on no others of its own: it came along with a text from there."
            );
            found.push(item(other, EvidenceKind::Furniture, FURNITURE, says));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn priors_are_small_and_need_enough() {
        let mut known = Circumstances { articles: 40, ..Circumstances::default() };
        known.habits.insert("dpa.com".into(), 20);
        known.habits.insert("afp.com".into(), HABITUAL - 1);
        known.furniture.insert("nord.example".into(), "Der Norden am Morgen".into());
        assert!((known.prior("dpa.com") - HABIT / 2.0).abs() < 1e-9);
        assert!(known.prior("afp.com").abs() < 1e-9);
        assert!((known.prior("nord.example") - FURNITURE).abs() < 1e-9);
        assert!(known.prior("sued.example").abs() < 1e-9);
    }
}
