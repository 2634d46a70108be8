//! Which kept traces newcomers may change: those of the articles that share a story or a passage with them, but for
//! passages that everybody had before.
//!
//! Shared postings name whom to look at; the texts decide. An article that shares postings with many newcomers is read
//! once for all of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::candidates::Desk;
use super::context::WorkflowError;
use super::furniture;
use crate::store::Mark;
use crate::tracer::{self, Change, Touch, Witness};

/// Newcomers that are looked at together; bounds the memory, some 25 KB each.
pub(super) const TOGETHER: usize = 2_048;

/// A newcomer and the documents that share postings with it.
struct Newcomer {
    document: u32,
    witness: Witness,
    sharing: Vec<u32>,
}

/// An article on file that a newcomer has text in common with: the newcomer's place in its list, the document, how.
type Tie = (u32, u32, Touch);

/// What these newcomers may change; `traced`: by document, whether a trace of it is kept that holds.
pub(super) fn marks(
    desk: &Desk,
    newcomers: &[u32],
    traced: &[bool],
) -> Result<Vec<Mark>, WorkflowError> {
    let is_traced = |document: u32| traced.get(document as usize).copied().unwrap_or(false);
    let read: Vec<Option<Newcomer>> = newcomers
        .par_iter()
        .map(|document| newcomer(desk, *document, &is_traced))
        .collect::<Result<_, WorkflowError>>()?;
    let newcomers: Vec<Newcomer> = read.into_iter().flatten().collect();
    let ties = ties(desk, &newcomers)?;
    let mut marks = Vec::new();
    let mut passages: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (number, document, touch) in ties {
        if touch == Touch::Story {
            let newcomer = newcomers[number as usize].document;
            marks.push(Mark { document, newcomer, among_carriers: false });
        } else {
            passages.entry(number).or_default().push(document);
        }
    }
    let passages: Vec<(u32, Vec<u32>)> = passages.into_iter().collect();
    let changed: Vec<Vec<Mark>> = passages
        .par_iter()
        .map(|(number, documents)| changed(desk, &newcomers[*number as usize], documents))
        .collect::<Result<_, WorkflowError>>()?;
    marks.extend(changed.into_iter().flatten());
    Ok(marks)
}

fn newcomer(
    desk: &Desk,
    document: u32,
    is_traced: &impl Fn(u32) -> bool,
) -> Result<Option<Newcomer>, WorkflowError> {
    desk.readers().with(|reader| {
        let Some(mut dossier) = reader.dossiers(&[document])?.pop() else { return Ok(None) };
        furniture::mark(reader, &mut dossier, desk.thresholds())?;
        let mut sharing = desk.sharing_words(reader, &dossier.article)?;
        sharing.retain(|document| is_traced(*document));
        Ok(Some(Newcomer { document, witness: Witness::new(dossier), sharing }))
    })
}

/// Who has text in common with whom. Where an article shares a story with one newcomer, no other one matters.
fn ties(desk: &Desk, newcomers: &[Newcomer]) -> Result<Vec<Tie>, WorkflowError> {
    let mut pairs: Vec<(u32, u32)> = (0..)
        .zip(newcomers)
        .flat_map(|(number, newcomer)| newcomer.sharing.iter().map(move |other| (*other, number)))
        .collect();
    pairs.sort_unstable();
    let articles: Vec<&[(u32, u32)]> = pairs.chunk_by(|a, b| a.0 == b.0).collect();
    let found: Vec<Vec<Tie>> = articles
        .into_par_iter()
        .map(|pairs| {
            let known = match pairs.first() {
                Some((document, _)) => {
                    desk.readers().with(|reader| reader.dossiers(&[*document]))?.pop()
                }
                None => None,
            };
            Ok(known.map_or_else(Vec::new, |known| {
                ties_of(desk, &Witness::new(known), pairs, newcomers)
            }))
        })
        .collect::<Result<_, WorkflowError>>()?;
    Ok(found.into_iter().flatten().collect())
}

fn ties_of(desk: &Desk, known: &Witness, pairs: &[(u32, u32)], newcomers: &[Newcomer]) -> Vec<Tie> {
    let mut ties = Vec::new();
    for &(document, number) in pairs {
        let newcomer = &newcomers[number as usize].witness;
        match tracer::touch(known, newcomer, desk.thresholds()) {
            Touch::Nothing => {}
            Touch::Passage => ties.push((number, document, Touch::Passage)),
            Touch::Story => return vec![(number, document, Touch::Story)],
        }
    }
    ties
}

/// Which of the articles that share a passage with a newcomer it may change.
fn changed(
    desk: &Desk,
    newcomer: &Newcomer,
    documents: &[u32],
) -> Result<Vec<Mark>, WorkflowError> {
    let mark =
        |document, among_carriers| Mark { document, newcomer: newcomer.document, among_carriers };
    let all = || Ok(documents.iter().map(|document| mark(*document, false)).collect());
    // Too few for a passage that is everybody's.
    if documents.len() < desk.thresholds().common_stories {
        return all();
    }
    let read = desk.readers().with(|reader| reader.dossiers(documents))?;
    // One was removed in between.
    if read.len() != documents.len() {
        return all();
    }
    let known: Vec<Arc<Witness>> =
        read.into_iter().map(|dossier| Arc::new(Witness::new(dossier))).collect();
    let changes = tracer::changes(&newcomer.witness, &known, desk.thresholds());
    let marks = documents.iter().zip(changes).filter_map(|(document, change)| match change {
        Change::Nothing => None,
        Change::AmongCarriers => Some(mark(*document, true)),
        Change::Possible => Some(mark(*document, false)),
    });
    Ok(marks.collect())
}
