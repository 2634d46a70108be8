//! Index packs: writing one of what is on file, taking one in, and the leads that packs give to a trace. A pack has no
//! text, so what is found in it is never compared: it is said where to look, and no verdict hangs on it.

use std::collections::HashMap;
use std::fs::File;
use std::io::Write;

use super::candidates::{Desk, by_anchors, class_weight};
use super::context::{Context, WorkflowError};
use super::look::Filter;
use super::rebuild::schemes;
use crate::fingerprinter::story_shingles;
use crate::ingest;
use crate::language::{QueryAnchors, Term};
use crate::model::{Dossier, Lead, PackArticle, PackLabel, PackRow};
use crate::store::{
    Index, PACK_FIRST, PackError, PackOutcome, Posting, Reach, Scheme, Store, View, pack_key,
};
use crate::tracer::derivation_time;

/// Leads of packs that a trace gives at most.
const MOST: usize = 5;
/// Articles of packs whose lines are read before they are ranked.
const POOL: usize = 40;
/// Shingles of which one in common is enough: a short text has no more.
const FEW_SHINGLES: usize = 12;
/// Share of the shingles of the shorter one that two articles have in common, from which it is a lead: a paragraph of
/// ten. What is left of chance and stock phrases is less.
const LEAST_SHARE: f64 = 0.05;
/// Share of a query's anchors, by how much they tell, from which an article in other words or another language is a
/// lead: nine in ten translations have as much of their source, and another report of the same event in one of four.
const LEAST_MEANING: f64 = 0.12;
/// Leads of that kind.
const MOST_BY_MEANING: usize = 2;
/// Postings that a query's hashes are followed through.
const POSTINGS: usize = 20_000;
/// Seconds by which a source may be dated after its copy: zones and late stamps.
const LATE: i64 = 86_400;

/// Writes a pack of the articles that the filter leaves; gives what is in it.
pub fn write_pack(
    context: &Context,
    label: &PackLabel,
    filter: &Filter,
    out: &mut dyn Write,
) -> Result<PackRow, WorkflowError> {
    let store = context.open_to_read()?;
    let made = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let label = PackLabel { made, ..label.clone() };
    let (known, ours) = (store.schemes()?, schemes());
    let is_old = |s: &&Scheme| s.name != "extractor" && !known.contains(s);
    let of_old = store.document_count(None)? > 0 && ours.iter().any(|scheme| is_old(&scheme));
    if of_old || store.stale_count()? > 0 {
        return Err(WorkflowError::StaleForPack);
    }
    let written = store.write_pack(&label, &filter.for_store()?, &ours, out);
    let (row, left_out) = written.map_err(WorkflowError::of_pack)?;
    if left_out > 0 {
        context.progress.note(&format!(
            "{left_out} articles have neither an address nor an id of their own, or one that another has, and were left out"
        ));
    }
    Ok(row)
}

/// Takes a pack in; what is wrong with it is the inner error.
pub(super) fn take_in(
    store: &mut Store,
    file: &File,
) -> Result<Result<PackOutcome, String>, WorkflowError> {
    match store.add_pack(file, &schemes()) {
        Ok(outcome) => Ok(Ok(outcome)),
        Err(PackError::Refused(reason)) => Ok(Err(reason)),
        Err(other) => Err(WorkflowError::of_pack(other)),
    }
}

/// The packs on file.
pub fn packs(context: &Context) -> Result<Vec<PackRow>, WorkflowError> {
    Ok(context.open_to_read()?.packs()?)
}

/// Takes packs out of the store; gives those that are left.
pub fn remove_packs(context: &Context, names: &[String]) -> Result<Vec<PackRow>, WorkflowError> {
    let mut store = context.open_as_it_is()?;
    let known = store.packs()?;
    if let Some(name) = names.iter().find(|name| !known.iter().any(|pack| pack.name == **name)) {
        return Err(WorkflowError::NoPack(name.clone()));
    }
    for name in names {
        store.remove_pack(name)?;
    }
    Ok(store.packs()?)
}

/// What an article of a pack has in common with a query.
struct Shared {
    number: u32,
    hashes: usize,
    worth: f64,
}

/// Where packs have an article with much of a query's text, or of its names, numbers and words in another wording or
/// language, best first.
pub(super) fn leads(view: &View, desk: &Desk, query: &Dossier) -> Result<Vec<Lead>, WorkflowError> {
    if !desk.has_packs() {
        return Ok(Vec::new());
    }
    let mut leads = by_words(view, desk, query)?;
    for lead in by_meaning(view, desk, query)? {
        if leads.len() < MOST
            && !leads.iter().any(|known| known.url.is_some() && known.url == lead.url)
        {
            leads.push(lead);
        }
    }
    Ok(leads)
}

fn by_words(view: &View, desk: &Desk, query: &Dossier) -> Result<Vec<Lead>, WorkflowError> {
    let shingles = story_shingles(&query.article);
    let keys: Vec<u64> = shingles.iter().map(|hash| pack_key(*hash)).collect();
    let held = view.lookup_rarest(Index::PackShingle, &keys, reach(desk))?;
    let fewest = if shingles.len() < FEW_SHINGLES { 1 } else { 2 };
    let mut leads = Vec::new();
    for shared in ranked(&held, fewest) {
        let Some((pack, maker, article)) = view.pack_article(shared.number)? else { continue };
        let shorter = shingles.len().min(article.shingles as usize).max(1);
        let share = shared.hashes as f64 / shorter as f64;
        if share < LEAST_SHARE || !is_elsewhere(view, query, &article)? {
            continue;
        }
        let of_all = format!("{} of {} fingerprints of this text", shared.hashes, shingles.len());
        leads.push(lead((&pack, &maker), &article, &of_all));
        if leads.len() == MOST {
            break;
        }
    }
    Ok(leads)
}

fn reach(desk: &Desk) -> Reach {
    Reach { longest_list: desk.thresholds().longest_list, postings: POSTINGS }
}

/// The nearest article in each language, where it has enough of what is telling in the query.
fn by_meaning(view: &View, desk: &Desk, query: &Dossier) -> Result<Vec<Lead>, WorkflowError> {
    let languages = view.pack_languages()?;
    let own = query.article.language.as_deref().unwrap_or("und");
    let targets: Vec<&str> = languages.iter().map(|(language, _)| language.as_str()).collect();
    let anchors = QueryAnchors::read(&query.article, own, &targets, desk.lexicons());
    let mut found = Vec::new();
    for (language, articles) in &languages {
        let terms = anchors.terms(language, desk.lexicons());
        let keys: Vec<u64> =
            terms.iter().flat_map(|term| &term.index_keys).map(|key| pack_key(*key)).collect();
        let mut held = view.lookup_rarest(Index::PackAnchor, &keys, reach(desk))?;
        for document in held.iter_mut().flat_map(|posting| &mut posting.documents) {
            // As sums are kept in an array.
            *document = document.saturating_sub(PACK_FIRST);
        }
        let (documents, frequencies) = by_anchors(&terms, *articles, &held);
        let worth = |term: &Term| (class_weight(term) * frequencies.idf(term.key)).powi(2);
        let all: f64 = terms.iter().map(worth).sum();
        for (document, worth) in documents.into_iter().take(POOL) {
            let Some(number) = document.checked_add(PACK_FIRST) else { continue };
            let Some((pack, maker, article)) = view.pack_article(number)? else { continue };
            let share = worth / all.max(f64::EPSILON);
            if article.language == *language && is_elsewhere(view, query, &article)? {
                found.push((
                    share / f64::from(article.words.max(1)).sqrt(),
                    share,
                    pack,
                    maker,
                    article,
                ));
            }
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    // The nearest must have enough: behind them stand long articles that have a little of everything.
    found.truncate(MOST_BY_MEANING);
    found.retain(|(_, share, ..)| *share >= LEAST_MEANING);
    let leads = found.into_iter().map(|(_, share, pack, maker, article)| {
        let of_all = format!(
            "{:.0} % of what is telling of this text's names, numbers and words",
            100.0 * share
        );
        lead((&pack, &maker), &article, &of_all)
    });
    Ok(leads.collect())
}

/// The articles of packs that hold the hashes, those with the rarest first.
fn ranked(held: &[Posting], fewest: usize) -> Vec<Shared> {
    let mut found: HashMap<u32, (usize, f64)> = HashMap::new();
    for posting in held {
        for number in &posting.documents {
            let entry = found.entry(*number).or_default();
            entry.0 += 1;
            entry.1 += 1.0 / posting.frequency.max(1) as f64;
        }
    }
    let mut ranked: Vec<Shared> = found
        .into_iter()
        .filter(|(_, (hashes, _))| *hashes >= fewest)
        .map(|(number, (hashes, rarity))| Shared { number, hashes, worth: hashes as f64 + rarity })
        .collect();
    ranked.sort_by(|a, b| b.worth.total_cmp(&a.worth).then(a.number.cmp(&b.number)));
    ranked.truncate(POOL);
    ranked
}

/// Whether an article of a pack may be a source, and is not the query or on file anyway.
fn is_elsewhere(
    view: &View,
    query: &Dossier,
    article: &PackArticle,
) -> Result<bool, WorkflowError> {
    let normal = ingest::normalise_address(&article.address);
    let identity = normal.as_deref().unwrap_or(&article.address);
    if query.article.identity == identity
        || query.article.url.as_deref() == Some(&article.address)
        || query.article.user_id.as_deref() == Some(&article.address)
        || view.by_identity(identity)?.is_some()
    {
        return Ok(false);
    }
    let stated = article.published.as_deref().or(article.first_seen.as_deref());
    let theirs = stated.and_then(ingest::parse_moment).map(|moment| moment.seconds);
    Ok(match (derivation_time(query), theirs) {
        (Some(ours), Some(theirs)) => theirs <= ours.saturating_add(LATE),
        _ => true,
    })
}

fn whose(maker: &str) -> String {
    if maker.is_empty() { "The pack".to_owned() } else { format!("{maker}'s pack") }
}

fn described(article: &PackArticle) -> String {
    let mut parts = vec![article.outlet.clone()];
    parts.extend(article.title.as_ref().map(|title| format!("“{title}”")));
    parts.extend(article.published.clone());
    format!(" ({})", parts.join(", "))
}

fn fetch(article: &PackArticle) -> String {
    if ingest::is_address(&article.address) {
        format!("fetch {} and check", article.address)
    } else {
        format!("ask {} for {} and check", article.outlet, article.address)
    }
}

/// `pack`: its name and maker; `shared`: what the article and the query have in common.
fn lead((pack, maker): (&str, &str), article: &PackArticle, shared: &str) -> Lead {
    let says = format!(
        "{} “{pack}” has an article that shares {shared}{}: {}.",
        whose(maker),
        described(article),
        fetch(article),
    );
    let url = ingest::is_address(&article.address).then(|| article.address.clone());
    Lead { kind: "pack".to_owned(), query: pack.to_owned(), url, says }
}
