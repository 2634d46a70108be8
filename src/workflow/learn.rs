//! `lexicon learn`: a dictionary a language of words that the store's own translated pairs show to mean the same.
//!
//! The pairs are those that clustering finds, as each group's earliest article stands for it; of them the sentences
//! that are surely one another's. Dictionaries that were learned before play no part, so that the same store gives the
//! same file again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::clusters::same_words;
use super::context::{Context, Done, WorkflowError};
use super::lexicon::{keep, list, remove, row, sources_in};
use super::retold::{Retold, retold, with_the_lone};
use super::trace::TraceOptions;
use crate::language::Lexicons;
use crate::language::lexicon::dictionaries::{Draft, LEARNED, compile, read_head};
use crate::language::lexicon::{News, Parallel, Source};
use crate::model::{LexiconRow, Refusal};
use crate::tracer::crossing::sentence_texts;

/// Log-likelihood ratio from which two sentences are surely one another's.
const SURELY_PAIRED: f64 = 8.0;

/// Learns from the store and keeps what was learned in `dir`, in the place of what was learned before.
pub fn learn(context: &Context, dir: &Path) -> Result<Done<Vec<LexiconRow>>, WorkflowError> {
    let store = context.open_to_read()?;
    let lexicons = Lexicons::new(known(context));
    let options = TraceOptions { translation: true, ..TraceOptions::default() };
    let readers = store.readers().unmapped();
    let (documents, groups) = same_words(context, &store, &readers)?;
    let groups = with_the_lone(documents.len(), groups);
    let pairs = retold(
        context,
        (&store, &readers),
        (&documents, &groups),
        (&options, &lexicons),
        &sentences,
    )?;
    let mut by_language: BTreeMap<String, Parallel> = BTreeMap::new();
    for pair in pairs.into_iter().flat_map(|(_, _, pairs)| pairs) {
        let parallel = by_language.entry(pair.language.clone());
        parallel
            .or_insert_with(|| Parallel::new(&pair.language))
            .add(&pair.sentence, &pair.english);
    }
    let mut done = Done::<Vec<LexiconRow>>::default();
    for (language, parallel) in &by_language {
        let name = format!("{LEARNED}-{language}");
        match draft(language, parallel).map(|draft| (compile(&name, LEARNED, "", &draft), draft)) {
            Some((Ok(bytes), _)) => {
                keep(dir, &name, &bytes)?;
                done.value.extend(read_head(&bytes).map(|(head, _)| row(head)));
            }
            Some((Err(error), _)) => {
                done.refused.push(Refusal { file: name, line: None, reason: error.to_string() });
            }
            None => {}
        }
    }
    forget_others(dir, &done.value)?;
    if done.value.is_empty() {
        context.progress.note(
            "nothing was learned: no two words stand often enough in sentences that are surely one another's translation",
        );
    }
    context.progress.finish();
    Ok(done)
}

/// The lexicons to learn with: all but those that were learned.
fn known(context: &Context) -> Vec<Box<dyn Source>> {
    let mut sources: Vec<Box<dyn Source>> = Vec::new();
    if !context.uses_lexicons() {
        return sources;
    }
    sources.push(Box::new(News));
    let added = context.lexicon_folder().map(sources_in).unwrap_or_default().into_iter();
    sources.extend(added.filter(|source| !source.name().starts_with(LEARNED)));
    sources
}

/// A sentence and the English one.
struct Pair {
    language: String,
    sentence: String,
    english: String,
}

/// The surely paired sentences of a translation, where one side is English.
fn sentences(retold: &Retold) -> Vec<Pair> {
    let texts = |side| sentence_texts(side);
    let (query, source) = (&retold.query.article, &retold.found.source.article);
    let (ours, theirs) = (texts(query), texts(source));
    let joined = |texts: &[&str], range: &std::ops::Range<usize>| {
        texts.get(range.clone()).unwrap_or_default().join(" ")
    };
    let languages = (query.language.as_deref(), source.language.as_deref());
    let hits = retold.found.aligned.hits.iter().filter(|hit| hit.score >= SURELY_PAIRED);
    let mut pairs = Vec::new();
    for hit in hits {
        let (ours, theirs) = (joined(&ours, &hit.query), joined(&theirs, &hit.source));
        let (language, sentence, english) = match languages {
            (Some("en"), Some(other)) if other != "en" => (other, theirs, ours),
            (Some(other), Some("en")) if other != "en" => (other, ours, theirs),
            _ => return Vec::new(),
        };
        pairs.push(Pair { language: language.to_owned(), sentence, english });
    }
    pairs
}

/// What was learned of a language; `None` where that is nothing.
fn draft(language: &str, parallel: &Parallel) -> Option<Draft> {
    let pairs = parallel.learned();
    (!pairs.is_empty()).then(|| Draft {
        title: format!("Learned from {} pairs of sentences on file", parallel.len()),
        version: format!("{}-{}", parallel.len(), pairs.len()),
        licence: "your own".into(),
        language: language.to_owned(),
        pairs,
    })
}

/// Takes away what was learned before and is not learned any more.
fn forget_others(dir: &Path, learned: &[LexiconRow]) -> Result<(), WorkflowError> {
    let now: BTreeSet<&str> = learned.iter().map(|row| row.name.as_str()).collect();
    let before = list(dir)?.into_iter().map(|row| row.name);
    let gone: Vec<String> =
        before.filter(|name| name.starts_with(LEARNED) && !now.contains(name.as_str())).collect();
    if !gone.is_empty() {
        remove(dir, &gone)?;
    }
    Ok(())
}
