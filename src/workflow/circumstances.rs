//! What the store knows of outlets beside the texts of a story: whom one usually credits, whose furniture a page carries,
//! and which are one operator's.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::context::WorkflowError;
use crate::fingerprinter::fingerprint;
use crate::model::{
    Credit, Dossier, OperatorSign, Outlet, ParagraphPrint, ParagraphRole, SignKind,
};
use crate::store::View;
use crate::tracer::Circumstances;

/// Outlets of a story whose furniture is looked for in the query, those that share most with it first.
const LOOKED_AT: usize = 4;
/// Words of a line of furniture; fewer are on everybody's pages, more are a story's.
const FURNITURE_WORDS: std::ops::RangeInclusive<u32> = 4..=60;
/// Letters of a line as it is shown.
const SHOWN: usize = 80;

/// Whom an outlet's articles on file credit: their number, and by party how many.
type Habits = (u64, HashMap<String, u64>);

/// What traces of one run would ask again and again: habits by outlet, and signs of operators by outlet's name.
#[derive(Default)]
pub struct Known {
    habits: Mutex<HashMap<String, Arc<Habits>>>,
    operators: OnceLock<Vec<OperatorSign>>,
}

impl Known {
    /// What bears on the query having been made from articles of these outlets.
    pub fn circumstances(
        &self,
        view: &View,
        query: &Dossier,
        others: &[&Outlet],
        pages: usize,
    ) -> Result<Circumstances, WorkflowError> {
        let habits = self.habits(view, &query.outlet.key)?;
        let own = u64::from(query.id.is_some());
        let mut found =
            Circumstances { articles: habits.0.saturating_sub(own), ..Circumstances::default() };
        for other in others {
            let credited = credited(&habits.1, other, query);
            if credited > 0 {
                found.habits.insert(other.key.clone(), credited);
            }
            if let Some(sign) = self.operator(view, &query.outlet, other)? {
                found.operators.insert(other.key.clone(), sign);
            }
        }
        found.furniture = furniture(view, query, others, pages)?;
        Ok(found)
    }

    fn habits(&self, view: &View, outlet: &str) -> Result<Arc<Habits>, WorkflowError> {
        let kept = || self.habits.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept().get(outlet) {
            return Ok(Arc::clone(known));
        }
        let fresh = Arc::new(view.credited_by(outlet)?);
        kept().insert(outlet.to_owned(), Arc::clone(&fresh));
        Ok(fresh)
    }

    /// What shows that one operator stands behind two outlets.
    fn operator(
        &self,
        view: &View,
        own: &Outlet,
        other: &Outlet,
    ) -> Result<Option<String>, WorkflowError> {
        if own.group.is_some() && own.group == other.group {
            return Ok(own.group.as_ref().map(|group| format!("both are of {group}")));
        }
        let signs = if let Some(signs) = self.operators.get() {
            signs
        } else {
            let signs = view.operator_signs()?;
            self.operators.get_or_init(|| signs)
        };
        let carries = |sign: &OperatorSign, outlet: &Outlet| {
            sign.outlets.iter().any(|(name, _)| *name == outlet.name)
        };
        let shared = signs.iter().find(|sign| carries(sign, own) && carries(sign, other));
        Ok(shared.map(|sign| {
            let what = match sign.kind {
                SignKind::Owner => "the owner in the copyright line of both is",
                SignKind::OwnerDomain => "the ads.txt of both names the owner",
                SignKind::TaxNumber => "the imprint of both has the tax number",
                SignKind::Blurb => "pages of both say",
                SignKind::AdSense | SignKind::Analytics | SignKind::TagManager => {
                    "pages of both carry the account"
                }
            };
            format!("{what} “{}”", sign.value)
        }))
    }
}

/// How many other articles of the query's outlet credit this one.
fn credited(habits: &HashMap<String, u64>, other: &Outlet, query: &Dossier) -> u64 {
    let party = other.agency.clone().unwrap_or_else(|| other.name.to_lowercase());
    let own = query.id.is_some()
        && query.article.credits.iter().map(Credit::party).any(|credit| credit == party);
    habits.get(&party).copied().unwrap_or(0).saturating_sub(u64::from(own))
}

/// By outlet a line of its furniture that stands in the query. What recurs at the query's own outlet was marked before.
fn furniture(
    view: &View,
    query: &Dossier,
    others: &[&Outlet],
    pages: usize,
) -> Result<BTreeMap<String, String>, WorkflowError> {
    let prints = fingerprint(&query.article).paragraphs;
    let mut found = BTreeMap::new();
    for other in others.iter().take(LOOKED_AT) {
        let recurring = view.recurring(&other.key, None, &prints, pages)?;
        let lines = query.article.paragraphs.iter().zip(&prints).zip(recurring);
        let is_line = |print: &ParagraphPrint| FURNITURE_WORDS.contains(&print.words);
        let line = lines
            .filter(|((paragraph, print), recurs)| {
                *recurs && is_line(print) && paragraph.role != ParagraphRole::Furniture
            })
            .map(|((paragraph, _), _)| paragraph.text.chars().take(SHOWN).collect::<String>())
            .next();
        found.extend(line.map(|line| (other.key.clone(), line)));
    }
    Ok(found)
}
