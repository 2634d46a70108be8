//! Stories of a store that are one another's in other languages or words: groups that clustering by words leaves apart.
//!
//! Crossing every article with every other is too much for a large store, so a group is asked for by its earliest
//! article, what is left alone by itself, and only with those whose rare anchors it shares. It takes about a kilobyte a
//! group while it runs.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use rayon::prelude::*;

use super::context::{Context, WorkflowError};
use super::trace::TraceOptions;
use crate::language::{AnchorClass, Lexicons, QueryAnchors, folds_l};
use crate::model::{Dossier, Thresholds};
use crate::store::{Readers, Store};
use crate::tracer::crossing::{Anchored, Crossed, Frequencies, judge, near};
use crate::tracer::{Crossing, Witness, derivation_time};

/// Probability from which two groups are one story: a false join costs every pair across it.
const SURELY_RETOLD: f64 = 0.95;
/// Anchors of a kind that a story is found by, the same ones of every story that has them.
const KEPT: usize = 64;
/// Counters of how many stories hold an anchor; what shares one is taken for commoner than it is, never for rarer.
const COUNTERS: usize = 1 << 22;

/// Joins the groups (members as places in `documents`) that are the same story retold.
pub fn join_retold(
    context: &Context,
    store: &Store,
    readers: &Readers,
    (documents, groups): (&[u32], Vec<Vec<usize>>),
    options: &TraceOptions,
) -> Result<Vec<Vec<usize>>, WorkflowError> {
    if !options.translation && !options.rewriting {
        return Ok(groups);
    }
    let lexicons = context.lexicons();
    let groups = with_the_lone(documents.len(), groups);
    let files = (store, readers);
    let pairs = retold(context, files, (documents, &groups), (options, &lexicons), &|_| ())?;
    Ok(united(groups, pairs.into_iter().map(|(at, source, ())| (at, source))))
}

/// A story and the one that it was surely made from.
pub struct Retold<'a> {
    pub query: &'a Dossier,
    pub found: &'a Crossed<'a>,
}

/// Every group with the one whose story it retells, and what `take` takes of the two.
pub fn retold<T: Send>(
    context: &Context,
    (store, readers): (&Store, &Readers),
    (documents, groups): (&[u32], &[Vec<usize>]),
    (options, lexicons): (&TraceOptions, &Lexicons),
    take: &(dyn Fn(&Retold) -> T + Sync),
) -> Result<Vec<(usize, usize, T)>, WorkflowError> {
    let counts = Counts::new();
    let reading = Reading {
        readers,
        documents,
        lexicons,
        counts: &counts,
        folds: mixes_folding(&store.languages()?),
    };
    let mut stories = groups
        .par_iter()
        .map(|members| reading.anchored(members))
        .collect::<Result<Vec<_>, WorkflowError>>()?;
    if context.is_interrupted() {
        return Err(WorkflowError::Interrupted);
    }
    let thresholds = &context.thresholds;
    let window = thresholds.source_window_days.map(|days| days * 86_400);
    let anchored: Vec<Anchored> =
        stories.iter_mut().map(|story| std::mem::take(&mut story.anchored)).collect();
    let near = near(&anchored, window);
    drop(anchored);
    let found = near
        .into_par_iter()
        .enumerate()
        .filter(|(_, near)| !near.is_empty())
        .map(|(at, near)| {
            let source = reading.source((&stories, at, &near), (thresholds, options), take)?;
            Ok(source.map(|(source, taken)| (at, source, taken)))
        })
        .collect::<Result<Vec<_>, WorkflowError>>()?;
    Ok(found.into_iter().flatten().collect())
}

/// The groups, and each article that is in none as one of its own.
pub fn with_the_lone(count: usize, mut groups: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let mut grouped = vec![false; count];
    for &member in groups.iter().flatten() {
        grouped[member] = true;
    }
    groups.extend((0..count).filter(|&at| !grouped[at]).map(|at| vec![at]));
    groups
}

/// The groups of two or more after those of each pair became one.
fn united(groups: Vec<Vec<usize>>, pairs: impl Iterator<Item = (usize, usize)>) -> Vec<Vec<usize>> {
    fn home(homes: &[usize], mut at: usize) -> usize {
        while homes[at] != at {
            at = homes[at];
        }
        at
    }
    let mut homes: Vec<usize> = (0..groups.len()).collect();
    for (one, other) in pairs {
        let (one, other) = (home(&homes, one), home(&homes, other));
        homes[one] = other;
    }
    let mut joined: Vec<Vec<usize>> = vec![Vec::new(); groups.len()];
    for (at, members) in groups.into_iter().enumerate() {
        joined[home(&homes, at)].extend(members);
    }
    joined.retain(|members| members.len() > 1);
    for members in &mut joined {
        members.sort_unstable();
    }
    joined
}

/// A group as its earliest article stands for it.
#[derive(Default)]
struct Story {
    /// The store's number of that article's text.
    document: u32,
    language: String,
    anchored: Anchored,
}

/// What reading the groups' articles needs.
struct Reading<'a> {
    readers: &'a Readers,
    documents: &'a [u32],
    lexicons: &'a Lexicons,
    counts: &'a Counts,
    /// Whether some of the languages on file tell l from r and others do not.
    folds: bool,
}

/// Whether some of the languages tell l from r and others do not.
fn mixes_folding(languages: &[(String, u64)]) -> bool {
    let folding = languages.iter().filter(|(language, _)| folds_l(language)).count();
    folding > 0 && folding < languages.len()
}

impl Reading<'_> {
    fn dossiers(&self, numbers: &[u32]) -> Result<Vec<Dossier>, WorkflowError> {
        Ok(self.readers.with(|reader| reader.dossiers(numbers))?)
    }

    /// Reads a group's earliest article and counts its anchors.
    fn anchored(&self, members: &[usize]) -> Result<Story, WorkflowError> {
        let mut numbers: Vec<u32> = members.iter().map(|&at| self.documents[at]).collect();
        if numbers.len() > 1 {
            let published = self.readers.with(|reader| reader.published(&numbers))?;
            let times = published.iter().map(|at| at.unwrap_or(i64::MAX)).zip(&numbers);
            let earliest = times.min().map(|(_, &number)| number);
            numbers = earliest.into_iter().collect();
        }
        let Some(dossier) = self.dossiers(&numbers)?.pop() else { return Ok(Story::default()) };
        let anchors = self.anchors(&dossier);
        self.counts.count(language_of(&dossier), &anchors);
        Ok(Story {
            document: numbers.first().copied().unwrap_or_default(),
            language: language_of(&dossier).to_owned(),
            anchored: Anchored {
                keys: kept(&dossier, &anchors),
                at: derivation_time(&dossier),
                language: of(language_of(&dossier), 0),
            },
        })
    }

    fn anchors(&self, dossier: &Dossier) -> QueryAnchors {
        let own = language_of(dossier);
        // Any language that tells l from r where this one does not, or the other way: both readings are made then.
        let other = match (self.folds, folds_l(own)) {
            (false, _) => own,
            (true, true) => "en",
            (true, false) => "ja",
        };
        QueryAnchors::read(&dossier.article, own, &[other], self.lexicons)
    }

    /// Which of the near stories a story was surely made from.
    fn source<T>(
        &self,
        (stories, at, near): (&[Story], usize, &[usize]),
        (thresholds, options): (&Thresholds, &TraceOptions),
        take: &dyn Fn(&Retold) -> T,
    ) -> Result<Option<(usize, T)>, WorkflowError> {
        let numbers: Vec<u32> = near.iter().map(|&other| stories[other].document).collect();
        let Some(query) = self.dossiers(&[stories[at].document])?.pop() else { return Ok(None) };
        let candidates: Vec<Arc<Witness>> =
            self.dossiers(&numbers)?.into_iter().map(|d| Arc::new(Witness::new(d))).collect();
        if candidates.len() != near.len() {
            return Ok(None);
        }
        let anchors = self.anchors(&query);
        let languages = near.iter().map(|&other| stories[other].language.as_str());
        let frequencies = languages
            .chain([language_of(&query)])
            .map(|language| (language.to_owned(), self.counts.of(language, &anchors)))
            .collect();
        let crossing = Crossing {
            candidates: &candidates,
            lexicons: self.lexicons,
            frequencies: &frequencies,
            thresholds,
            translation: options.translation,
            rewriting: options.rewriting,
            explain: false,
        };
        let other_outlets = candidates.iter().map(AsRef::as_ref).filter(|source: &&Witness| {
            let own = !query.outlet.key.is_empty() && query.outlet.key == source.outlet.key;
            crossing.wants(&query, source) && !own
        });
        let judged = judge(&query, &other_outlets.collect::<Vec<_>>(), &crossing);
        let best = judged.first().filter(|found| found.probability >= SURELY_RETOLD);
        Ok(best.and_then(|found| {
            let place = candidates.iter().position(|c| std::ptr::eq(c.as_ref(), found.source))?;
            Some((near[place], take(&Retold { query: &query, found })))
        }))
    }
}

fn language_of(dossier: &Dossier) -> &str {
    dossier.article.language.as_deref().unwrap_or("und")
}

/// The anchors that a story is found by: of each kind those with the smallest hashes, so that two stories that share
/// anchors keep the same ones.
fn kept(dossier: &Dossier, anchors: &QueryAnchors) -> Vec<u32> {
    let language = language_of(dossier);
    let (mut names, mut words) = (Vec::new(), Vec::new());
    for anchor in anchors.shared() {
        let list = match anchor.class {
            AnchorClass::Number | AnchorClass::Name => &mut names,
            AnchorClass::Word | AnchorClass::Meaning | AnchorClass::Stem => &mut words,
        };
        // A stem is one language's own.
        let stem = anchor.class == AnchorClass::Stem;
        let key = if stem { of(language, anchor.key) } else { anchor.key };
        list.push(u32::try_from(key >> 32).unwrap_or(0));
    }
    for list in [&mut names, &mut words] {
        list.sort_unstable();
        list.dedup();
        list.truncate(KEPT);
    }
    names.append(&mut words);
    names
}

/// The key of one language's anchor.
fn of(language: &str, key: u64) -> u64 {
    language
        .bytes()
        .fold(key, |mixed, byte| (mixed ^ u64::from(byte)).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// How many stories of a language hold an anchor, at most so many.
struct Counts {
    counters: Vec<AtomicU32>,
    /// Stories by language.
    stories: std::sync::Mutex<HashMap<String, u64>>,
}

impl Counts {
    fn new() -> Self {
        let counters = std::iter::repeat_with(AtomicU32::default).take(COUNTERS).collect();
        Self { counters, stories: std::sync::Mutex::default() }
    }

    fn counter(&self, language: &str, key: u64) -> &AtomicU32 {
        let mixed = language
            .bytes()
            .fold(key, |mixed, byte| (mixed ^ u64::from(byte)).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        &self.counters[usize::try_from(mixed >> 40).unwrap_or(0) % COUNTERS]
    }

    fn count(&self, language: &str, anchors: &QueryAnchors) {
        for key in anchors.all_keys() {
            self.counter(language, key).fetch_add(1, Ordering::Relaxed);
        }
        let mut stories = self.stories.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *stories.entry(language.to_owned()).or_default() += 1;
    }

    /// How often a query's anchors stand in the stories of a language.
    fn of(&self, language: &str, anchors: &QueryAnchors) -> Frequencies {
        let stories = self.stories.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let total = stories.get(language).copied().unwrap_or(0);
        let mut frequencies = Frequencies::new(total);
        for anchor in anchors.for_language(language) {
            let held = self.counter(language, anchor.key).load(Ordering::Relaxed);
            frequencies.set(anchor.key, u64::from(held).min(total));
        }
        frequencies
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_become_one_through_any_of_their_stories() {
        let groups = with_the_lone(6, vec![vec![0, 1], vec![3, 4]]);
        assert_eq!(groups, [vec![0, 1], vec![3, 4], vec![2], vec![5]]);
        assert_eq!(united(groups.clone(), [(2, 0), (1, 2)].into_iter()), [vec![0, 1, 2, 3, 4]]);
        assert_eq!(united(groups, std::iter::empty()), [vec![0, 1], vec![3, 4]]);
    }
}
