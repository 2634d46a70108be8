//! `add`: inputs into the store, in batches, each a transaction.

use std::fs::File;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use rayon::prelude::*;

use super::context::{Context, Done, WorkflowError};
use super::packs;
use super::read::{self, Given, read_with_packs};
use crate::fingerprinter::fingerprint;
use crate::ingest::Item;
use crate::model::{Added, Article, Refusal};
use crate::store::{Deposit, Outcome, PackOutcome, Store};

/// Articles in a batch: as many as a writer takes in a fraction of a second.
const BATCH: usize = 512;
/// Bytes of text and capture from which a batch is full all the same; bounds the memory.
const BATCH_BYTES: usize = 8_000_000;
/// Batches that wait between two steps; bounds the memory.
const WAITING: usize = 1;
/// Articles that go into full text at once. Of more the full text is made when it is first asked for, or by `rebuild`:
/// most of an import is never searched by its words.
const SEARCHED_AT_ONCE: u64 = 1_024;

/// Adds every article of the inputs. Reading, fingerprinting and writing go on side by side.
pub fn add(
    context: &Context,
    inputs: &[String],
    given: &Given,
) -> Result<Done<Added>, WorkflowError> {
    let mut store = context.open()?;
    let (to_print, articles) = sync_channel::<Vec<Article>>(WAITING);
    let (to_store, deposits) = sync_channel::<Vec<Deposit>>(WAITING);
    let (written, read) = thread::scope(|scope| {
        let reader = scope.spawn(move || read_batches(context, inputs, given, &to_print));
        scope.spawn(move || {
            for batch in articles {
                let ready = batch.into_par_iter().map(deposit).collect();
                if to_store.send(ready).is_err() {
                    break;
                }
            }
        });
        let written = write(context, &mut store, &deposits);
        drop(deposits);
        let read = reader.join().unwrap_or(Err(WorkflowError::Interrupted));
        (written, read)
    });
    let mut value = written?;
    let Read { mut refused, packs } = read?;
    for (file, content) in packs {
        match packs::take_in(&mut store, &content)? {
            Ok(PackOutcome::Unchanged) => value.unchanged += 1,
            Ok(PackOutcome::New | PackOutcome::Replaced) => value.packs += 1,
            Err(reason) => {
                let refusal = Refusal { file, line: None, reason };
                context.progress.warn(&refusal);
                refused.push(refusal);
            }
        }
    }
    value.refused = refused.len();
    store.tidy()?;
    if store.fts_pending()? <= SEARCHED_AT_ONCE {
        fill_full_text(context, &mut store)?;
    }
    context.progress.finish();
    if context.is_interrupted() {
        return Err(WorkflowError::Interrupted);
    }
    Ok(Done { value, refused })
}

/// Puts into full text what waits for it.
pub(super) fn fill_full_text(context: &Context, store: &mut Store) -> Result<u64, WorkflowError> {
    fill_some(context, store, u64::MAX)
}

/// The same, for about so many articles at most.
pub(super) fn fill_some(
    context: &Context,
    store: &mut Store,
    most: u64,
) -> Result<u64, WorkflowError> {
    let waiting = store.fts_pending()?.min(most);
    let mut done = 0;
    while done < waiting {
        let step = store.fts_catch_up(BATCH)?;
        if step == 0 {
            break;
        }
        done += step as u64;
        context.progress.step(done, Some(waiting), "articles put into full text");
        if context.is_interrupted() {
            return Err(WorkflowError::Interrupted);
        }
    }
    Ok(done)
}

/// What a reader has found beside articles.
struct Read {
    refused: Vec<Refusal>,
    packs: Vec<(String, Arc<File>)>,
}

fn read_batches(
    context: &Context,
    inputs: &[String],
    given: &Given,
    to_print: &SyncSender<Vec<Article>>,
) -> Result<Read, WorkflowError> {
    let mut packs = Vec::new();
    let mut batch = Vec::with_capacity(BATCH);
    let mut bytes = 0;
    let mut unfit = Vec::new();
    let mut refused = read_with_packs(context, inputs, given, &mut |item| {
        match item {
            Item::Refused(refusal) => context.progress.warn(&refusal),
            Item::Pack { file, content } => packs.push((file, content)),
            Item::Article(article) => {
                if let Some(refusal) = read::refusal(&article) {
                    context.progress.warn(&refusal);
                    unfit.push(refusal);
                } else {
                    bytes += weight(&article);
                    batch.push(*article);
                }
            }
        }
        if batch.len() >= BATCH || bytes >= BATCH_BYTES {
            bytes = 0;
            if to_print.send(std::mem::take(&mut batch)).is_err() {
                return ControlFlow::Break(());
            }
        }
        if context.is_interrupted() {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    })?;
    if !batch.is_empty() && !context.is_interrupted() {
        // A writer that has failed has hung up; its own error is the one to report.
        let _ = to_print.send(batch);
    }
    refused.append(&mut unfit);
    Ok(Read { refused, packs })
}

/// Bytes that an article holds in memory, all but the small ones.
fn weight(article: &Article) -> usize {
    let text: usize = article.paragraphs.iter().map(|paragraph| paragraph.text.len()).sum();
    text + article.capture.as_ref().map_or(0, |capture| capture.bytes.len())
}

/// An article with all that the store wants of it.
pub fn deposit(article: Article) -> Deposit {
    let print = fingerprint(&article);
    Deposit { dossier: read::dossier(article), print, search_tokens: String::new() }
}

fn write(
    context: &Context,
    store: &mut Store,
    deposits: &Receiver<Vec<Deposit>>,
) -> Result<Added, WorkflowError> {
    let mut added = Added::default();
    let mut done = 0;
    for batch in deposits {
        for outcome in store.add(&batch)? {
            match outcome {
                Outcome::New(_) => added.new += 1,
                Outcome::Revised(_) => added.revised += 1,
                Outcome::Unchanged(_) => added.unchanged += 1,
                Outcome::Sighting => added.sightings += 1,
            }
        }
        done += batch.len() as u64;
        context.progress.step(done, None, "articles added");
    }
    Ok(added)
}
