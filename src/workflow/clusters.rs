//! `clusters`: groups of articles that carry the same story text.

use std::collections::HashMap;

use rayon::prelude::*;

use super::candidates::{LONGEST_LIST, kin_by_shingles};
use super::context::{Context, Done, WorkflowError};
use crate::model::{Cluster, Dossier, OutletKind};
use crate::store::{Filter, Store};
use crate::tracer::{self, Body, Kinship};

/// Articles whose kin are looked up side by side between two signs of progress.
const CHUNK: usize = 256;
/// Bodies that are remembered while pairs are verified.
const REMEMBERED: usize = 20_000;

/// Hands each cluster to the sink, the largest first.
pub fn clusters(
    context: &Context,
    sink: &mut dyn FnMut(Cluster),
) -> Result<Done<()>, WorkflowError> {
    let store = context.open_to_read()?;
    let ids = store.ids(&Filter::default())?;
    let mut documents = Vec::with_capacity(ids.len());
    for id in &ids {
        documents.extend(store.document(*id)?);
    }
    let kin = kin(context, &store, &documents)?;
    let mut texts = Texts { store: &store, documents: &documents, known: HashMap::new() };
    let mut groups = tracer::group(documents.len(), kin, |a, b| texts.shares(context, a, b))?;
    groups.sort_by_key(|members| (std::cmp::Reverse(members.len()), members.first().copied()));
    for (number, members) in (1..).zip(groups) {
        let numbers: Vec<u32> = members.iter().map(|&at| documents[at]).collect();
        sink(cluster(number, &store.dossiers(&numbers)?));
    }
    context.progress.finish();
    Ok(Done::default())
}

/// Every pair of articles whose sketches overlap, once.
fn kin(context: &Context, store: &Store, documents: &[u32]) -> Result<Vec<Kinship>, WorkflowError> {
    let place: HashMap<u32, usize> =
        documents.iter().enumerate().map(|(at, &document)| (document, at)).collect();
    let readers = store.readers();
    let mut all = Vec::new();
    for (number, chunk) in documents.chunks(CHUNK).enumerate() {
        let found: Vec<Result<Vec<Kinship>, WorkflowError>> = chunk
            .par_iter()
            .map(|document| {
                readers.with(|reader| kin_by_shingles(reader, *document, &place, LONGEST_LIST))
            })
            .collect();
        for kin in found {
            all.extend(kin?);
        }
        let done = ((number + 1) * CHUNK).min(documents.len()) as u64;
        context.progress.step(done, Some(documents.len() as u64), "articles compared");
        if context.is_interrupted() {
            return Err(WorkflowError::Interrupted);
        }
    }
    Ok(all)
}

/// Bodies of the articles at hand.
struct Texts<'a> {
    store: &'a Store,
    documents: &'a [u32],
    known: HashMap<usize, Body>,
}

impl Texts<'_> {
    fn learn(&mut self, at: usize) -> Result<(), WorkflowError> {
        if self.known.len() >= REMEMBERED {
            self.known.clear();
        }
        if !self.known.contains_key(&at) {
            let dossiers = self.store.dossiers(&[self.documents[at]])?;
            let body = dossiers.first().map(|d| Body::new(&d.article)).unwrap_or_default();
            self.known.insert(at, body);
        }
        Ok(())
    }

    /// Shares of two articles that are the same text.
    fn shares(
        &mut self,
        context: &Context,
        a: usize,
        b: usize,
    ) -> Result<(f64, f64), WorkflowError> {
        self.learn(a)?;
        self.learn(b)?;
        let (Some(ours), Some(theirs)) = (self.known.get(&a), self.known.get(&b)) else {
            return Ok((0.0, 0.0));
        };
        let matched = tracer::align(ours, theirs, &context.thresholds);
        let share = |words: usize, body: &Body| words as f64 / body.len().max(1) as f64;
        Ok((share(matched.words(), ours), share(matched.source_words, theirs)))
    }
}

/// A cluster as shown; its origin is the agency's item in it, where there is just one agency.
fn cluster(number: usize, members: &[Dossier]) -> Cluster {
    let mut wires = members.iter().filter(|dossier| dossier.outlet.kind == OutletKind::Wire);
    let origin = match (wires.next(), wires.next()) {
        (Some(wire), None) => Some(wire.address()),
        _ => None,
    };
    Cluster { cluster: number, origin, members: members.iter().map(Dossier::address).collect() }
}
