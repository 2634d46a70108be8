//! `clusters`: groups of articles that carry the same story text.

use std::collections::HashMap;

use rayon::prelude::*;

use super::context::{Context, Done, WorkflowError};
use super::furniture;
use super::kin::kin;
use super::retold::join_retold;
use super::trace::TraceOptions;
use crate::model::{Cluster, OutletKind, Thresholds};
use crate::store::{Filter, Readers, Store};
use crate::tracer::{self, Body, Kinship};

/// Bodies that are remembered while pairs are verified.
const REMEMBERED: usize = 2_000;
/// Pairs whose articles are read side by side.
const AHEAD: usize = 256;
/// Share of both sketches from which two texts are the same without a look at them.
const SURELY_SAME: f64 = 0.985;

/// Hands each cluster to the sink, the largest first; those that are one another's story in other languages or words
/// are one.
pub fn clusters(
    context: &Context,
    sink: &mut dyn FnMut(Cluster),
) -> Result<Done<()>, WorkflowError> {
    let all = TraceOptions { translation: true, rewriting: true, ..TraceOptions::default() };
    clusters_across(context, &all, sink)
}

/// As [`clusters`]; `options` say whether translations and rewritings count.
pub fn clusters_across(
    context: &Context,
    options: &TraceOptions,
    sink: &mut dyn FnMut(Cluster),
) -> Result<Done<()>, WorkflowError> {
    let store = context.open_to_read()?;
    let readers = store.readers().unmapped();
    let (documents, groups) = same_words(context, &store, &readers)?;
    let mut groups = join_retold(context, &store, &readers, (&documents, groups), options)?;
    groups.sort_by_key(|members| (std::cmp::Reverse(members.len()), members.first().copied()));
    for (number, members) in (1..).zip(groups) {
        let numbers: Vec<u32> = members.iter().map(|&at| documents[at]).collect();
        sink(cluster(number, readers.with(|reader| reader.heads(&numbers))?));
    }
    context.progress.finish();
    Ok(Done::default())
}

/// The documents on file, ascending, and the groups of those that carry the same words, as places in them.
pub(super) fn same_words(
    context: &Context,
    store: &Store,
    readers: &Readers,
) -> Result<(Vec<u32>, Vec<Vec<usize>>), WorkflowError> {
    let mut documents = Vec::new();
    for id in store.ids(&Filter::default())? {
        documents.extend(store.document(id)?);
    }
    documents.sort_unstable();
    let mut kin = kin(context, readers, &documents)?;
    tracer::closest_first(&mut kin);
    let mut texts = Texts::new(readers, &documents, &kin);
    let groups = tracer::group(documents.len(), &kin, |pair| texts.shares(context, pair))?;
    Ok((documents, groups))
}

/// Bodies of the articles at hand.
struct Texts<'a> {
    readers: &'a Readers,
    documents: &'a [u32],
    /// The articles of the pairs, in the order in which the pairs are looked at.
    coming: Vec<u32>,
    /// How many of them were looked at.
    seen: usize,
    known: HashMap<usize, Body>,
}

impl<'a> Texts<'a> {
    fn new(readers: &'a Readers, documents: &'a [u32], kin: &[Kinship]) -> Self {
        let coming = kin.iter().flat_map(|pair| [pair.a, pair.b]);
        let coming = coming.filter_map(|at| u32::try_from(at).ok()).collect();
        Self { readers, documents, coming, seen: 0, known: HashMap::new() }
    }

    /// Reads the articles of the pairs to come, side by side, when one of the pair at hand is not known.
    fn learn(&mut self, pair: [usize; 2], thresholds: &Thresholds) -> Result<(), WorkflowError> {
        if pair.iter().all(|at| self.known.contains_key(at)) {
            return Ok(());
        }
        if self.known.len() >= REMEMBERED {
            self.known.clear();
        }
        let is_pair = |two: &[u32]| two.iter().zip(pair).all(|(&have, want)| have as usize == want);
        let rest = self.coming.get(self.seen..).unwrap_or_default();
        let skipped = rest.chunks_exact(2).position(is_pair).unwrap_or(0);
        self.seen += 2 * skipped;
        let next = self.coming.iter().skip(self.seen).take(2 * AHEAD).map(|&at| at as usize);
        let mut missing: Vec<usize> =
            next.chain(pair).filter(|at| !self.known.contains_key(at)).collect();
        missing.sort_unstable();
        missing.dedup();
        let (readers, documents) = (self.readers, self.documents);
        let read: Vec<Result<(usize, Body), WorkflowError>> = missing
            .into_par_iter()
            .map(|at| {
                readers.with(|reader| {
                    let Some(mut dossier) = reader.dossiers(&[documents[at]])?.pop() else {
                        return Ok((at, Body::default()));
                    };
                    furniture::mark(reader, &mut dossier, thresholds)?;
                    Ok((at, Body::new(&dossier.article)))
                })
            })
            .collect();
        for body in read {
            let (at, body) = body?;
            self.known.insert(at, body);
        }
        Ok(())
    }

    /// Shares of two articles that are the same text.
    fn shares(&mut self, context: &Context, pair: &Kinship) -> Result<(f64, f64), WorkflowError> {
        // What a template fills in anew would break more of its shingles.
        if pair.of_a.min(pair.of_b) >= SURELY_SAME {
            return Ok((pair.of_a, pair.of_b));
        }
        self.learn([pair.a, pair.b], &context.thresholds)?;
        let (Some(ours), Some(theirs)) = (self.known.get(&pair.a), self.known.get(&pair.b)) else {
            return Ok((0.0, 0.0));
        };
        let matched = tracer::align(ours, theirs, &context.thresholds);
        let share = |words: usize, body: &Body| words as f64 / body.len().max(1) as f64;
        Ok((share(matched.words(), ours), share(matched.source_words, theirs)))
    }
}

/// A cluster as shown; its origin is the agency's item in it, where there is just one agency.
fn cluster(number: usize, members: Vec<(String, OutletKind)>) -> Cluster {
    let mut wires = members.iter().filter(|(_, kind)| *kind == OutletKind::Wire);
    let origin = match (wires.next(), wires.next()) {
        (Some((wire, _)), None) => Some(wire.clone()),
        _ => None,
    };
    let members = members.into_iter().map(|(address, _)| address).collect();
    Cluster { cluster: number, origin, members }
}
