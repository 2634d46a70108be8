//! Which pairs of articles on file overlap: counted over the whole shingle index in passes, no text is read.

use rayon::prelude::*;

use super::context::{Context, WorkflowError};
use crate::store::{Index, Readers};
use crate::tracer::Kinship;

/// Share of the smaller sketch that two articles must have in common to be compared.
const KIN_SHARE: f64 = 0.25;
/// Shingles that they must have in common.
const KIN_SHINGLES: u32 = 3;
/// Articles whose overlaps are counted in one pass over the index; bounds the memory.
const PASS: usize = 100_000;
/// Kin of an article that are kept, the closest first: a story's links are many times those it needs.
const MOST_KIN: usize = 256;

/// The lists of the index that articles of one pass stand in.
#[derive(Default)]
struct Lists {
    /// All lists, one behind the other, as places of articles, ascending.
    places: Vec<u32>,
    /// Where each list begins.
    starts: Vec<u32>,
    /// For each article of the pass: the lists that it stands in.
    of: Vec<Vec<u32>>,
}

impl Lists {
    fn list(&self, number: u32) -> &[u32] {
        let from = self.starts.get(number as usize).map_or(0, |start| *start as usize);
        let to = self.starts.get(number as usize + 1).map_or(self.places.len(), |s| *s as usize);
        self.places.get(from..to).unwrap_or_default()
    }
}

/// Every pair of articles whose sketches overlap, once. `documents`: the current ones, ascending.
pub fn kin(
    context: &Context,
    readers: &Readers,
    documents: &[u32],
) -> Result<Vec<Kinship>, WorkflowError> {
    let place = places(documents);
    let mut all = Vec::new();
    let mut from = 0;
    while from < documents.len() {
        let to = (from + PASS).min(documents.len());
        let (lists, sizes) = lists(readers, &place, from..to, context.thresholds.longest_list)?;
        let found: Vec<Vec<Kinship>> = (from..to)
            .into_par_iter()
            .with_min_len(1_024)
            .map_init(|| vec![0u32; to], |counts, at| of_one(at, from, &lists, &sizes, counts))
            .collect();
        all.extend(found.into_iter().flatten());
        from = to;
        context.progress.step(to as u64, Some(documents.len() as u64), "articles compared");
        if context.is_interrupted() {
            return Err(WorkflowError::Interrupted);
        }
    }
    Ok(all)
}

/// Place of each document number; `u32::MAX` where it is none of ours.
fn places(documents: &[u32]) -> Vec<u32> {
    let end = documents.iter().max().map_or(0, |last| *last as usize + 1);
    let mut place = vec![u32::MAX; end];
    for (at, document) in (0u32..).zip(documents) {
        place[*document as usize] = at;
    }
    place
}

/// The lists that the articles of a pass share with those before them, and the sizes of all sketches up to there.
fn lists(
    readers: &Readers,
    place: &[u32],
    pass: std::ops::Range<usize>,
    longest_list: usize,
) -> Result<(Lists, Vec<u32>), WorkflowError> {
    let mut lists = Lists { of: vec![Vec::new(); pass.len()], ..Lists::default() };
    let mut sizes = vec![0u32; pass.end];
    let mut places: Vec<u32> = Vec::new();
    let mut take = |documents: &[u32]| {
        places.clear();
        places.extend(documents.iter().filter_map(|d| place.get(*d as usize).copied()));
        places.retain(|&at| (at as usize) < pass.end);
        for &at in &places {
            sizes[at as usize] += 1;
        }
        let within = places.iter().filter(|&&at| at as usize >= pass.start).count();
        if within == 0 || places.len() < 2 || documents.len() > longest_list {
            return;
        }
        let number = u32::try_from(lists.starts.len()).unwrap_or(u32::MAX);
        lists.starts.push(u32::try_from(lists.places.len()).unwrap_or(u32::MAX));
        lists.places.extend_from_slice(&places);
        for &at in &places[places.len() - within..] {
            lists.of[at as usize - pass.start].push(number);
        }
    };
    readers.with(|reader| reader.each_list(Index::Shingle, &mut take))?;
    Ok((lists, sizes))
}

/// The kin of one article among those before it. `counts` is all zeros, before and after.
fn of_one(
    at: usize,
    from: usize,
    lists: &Lists,
    sizes: &[u32],
    counts: &mut [u32],
) -> Vec<Kinship> {
    let mut touched: Vec<u32> = Vec::new();
    for &list in lists.of.get(at - from).map(Vec::as_slice).unwrap_or_default() {
        for &other in lists.list(list).iter().take_while(|&&other| (other as usize) < at) {
            if counts[other as usize] == 0 {
                touched.push(other);
            }
            counts[other as usize] += 1;
        }
    }
    let mut kin: Vec<Kinship> = Vec::new();
    for other in touched {
        let b = other as usize;
        let count = std::mem::take(&mut counts[b]);
        let share = |size: u32| f64::from(count) / f64::from(size.max(1));
        let (of_a, of_b) = (share(sizes[at]), share(sizes[b]));
        if count >= KIN_SHINGLES && of_a.max(of_b) >= KIN_SHARE {
            kin.push(Kinship { a: at, b, of_a, of_b });
        }
    }
    if kin.len() > MOST_KIN {
        kin.sort_by(|x, y| (y.of_a + y.of_b).total_cmp(&(x.of_a + x.of_b)).then(x.b.cmp(&y.b)));
        kin.truncate(MOST_KIN);
    }
    kin
}
