//! What traces of one run would read or add up anew each time: the articles that many queries meet, and the room for
//! their scores.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::context::WorkflowError;
use crate::store::View;
use crate::tracer::Witness;

/// Articles that are kept at least; twice as many at most. Some 25 KB each.
const KEPT: usize = 1_000;

/// Articles by document number. A document never changes; the ones that were asked for last are kept.
#[derive(Default)]
pub struct Witnesses(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    recent: HashMap<u32, Arc<Witness>>,
    older: HashMap<u32, Arc<Witness>>,
}

impl Kept {
    fn get(&mut self, document: u32) -> Option<Arc<Witness>> {
        if let Some(known) = self.recent.get(&document) {
            return Some(Arc::clone(known));
        }
        let known = self.older.remove(&document)?;
        self.put(document, Arc::clone(&known));
        Some(known)
    }

    fn put(&mut self, document: u32, witness: Arc<Witness>) {
        if self.recent.len() >= KEPT {
            self.older = std::mem::take(&mut self.recent);
        }
        self.recent.insert(document, witness);
    }
}

impl Witnesses {
    /// The articles of these documents, in order; numbers that are not on file are left out.
    pub fn read(&self, view: &View, documents: &[u32]) -> Result<Vec<Arc<Witness>>, WorkflowError> {
        let mut found = Vec::with_capacity(documents.len());
        for &document in documents {
            let known = self.kept(|kept| kept.get(document));
            if let Some(known) = known {
                found.push(known);
            } else if let Some(dossier) = view.dossiers(&[document])?.pop() {
                let fresh = Arc::new(Witness::new(dossier));
                self.kept(|kept| kept.put(document, Arc::clone(&fresh)));
                found.push(fresh);
            }
        }
        Ok(found)
    }

    fn kept<T>(&self, work: impl FnOnce(&mut Kept) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

thread_local! {
    static SCORES: RefCell<Scores> = RefCell::default();
}

/// Sums by document. An array, since half a million postings to a query are nothing for it and much for a map; kept
/// by each thread, since at a million articles it takes longer to make than to fill.
#[derive(Default)]
pub struct Scores {
    /// By document number: sum, and how many terms it was made of.
    of: Vec<(f64, u32)>,
    touched: Vec<u32>,
}

impl Scores {
    /// Runs `work` with sums that are all zero.
    pub fn of_this_thread<T>(work: impl FnOnce(&mut Self) -> T) -> T {
        SCORES.with_borrow_mut(|scores| {
            scores.clear();
            work(scores)
        })
    }

    fn clear(&mut self) {
        for document in self.touched.drain(..) {
            if let Some(sum) = self.of.get_mut(document as usize) {
                *sum = (0.0, 0);
            }
        }
    }

    /// Adds what a term is worth to a document that holds it.
    pub fn add(&mut self, document: u32, worth: f64) {
        let at = document as usize;
        if at >= self.of.len() {
            self.of.resize(at + 1, (0.0, 0));
        }
        let (sum, terms) = &mut self.of[at];
        if *terms == 0 {
            self.touched.push(document);
        }
        *sum += worth;
        *terms += 1;
    }

    /// The documents with the highest sums, best first, of those with enough terms.
    pub fn best(&self, most: usize, fewest_terms: u32) -> Vec<(u32, f64)> {
        let mut ranked: Vec<(u32, f64)> = self
            .touched
            .iter()
            .filter_map(|&document| {
                let (sum, terms) = *self.of.get(document as usize)?;
                (terms >= fewest_terms).then_some((document, sum))
            })
            .collect();
        let best_first = |a: &(u32, f64), b: &(u32, f64)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        if ranked.len() > most {
            ranked.select_nth_unstable_by(most, best_first);
            ranked.truncate(most);
        }
        ranked.sort_by(best_first);
        ranked
    }
}
