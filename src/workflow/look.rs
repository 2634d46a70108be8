//! `show`, `list`, `search`, `stats`, `coverage`, `formats`: looking at the store; and `remove`.

use super::add::fill_some;
use super::context::{Context, Done, WorkflowError};
use super::warm::Opened;
use crate::ingest;
use crate::language;
use crate::model::{
    ArticleId, ArticleRow, Coverage, Dossier, FormatRow, Refusal, SearchHit, Stats, WatchedSite,
};
use crate::store::{self, Store};

/// Which articles are looked at; what is `None` narrows nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Domain or name.
    pub outlet: Option<String>,
    pub language: Option<String>,
    /// First and last day or instant of publication.
    pub from: Option<String>,
    pub to: Option<String>,
    pub limit: Option<usize>,
    pub offset: usize,
}

impl Filter {
    pub(super) fn for_store(&self) -> Result<store::Filter, WorkflowError> {
        let moment = |text: &Option<String>| match text {
            Some(text) => ingest::parse_moment(text)
                .map(Some)
                .ok_or_else(|| WorkflowError::BadDate(text.clone())),
            None => Ok(None),
        };
        Ok(store::Filter {
            outlet: self.outlet.clone(),
            language: self.language.clone(),
            from: moment(&self.from)?.map(|from| from.seconds),
            to: moment(&self.to)?.map(|to| last_second(&to)),
            limit: self.limit,
            offset: self.offset,
        })
    }
}

/// A last day is meant with all its hours.
fn last_second(to: &crate::model::Moment) -> i64 {
    match to.precision {
        crate::model::Precision::Day => to.seconds + 86_399,
        crate::model::Precision::Instant => to.seconds,
    }
}

/// The article that an address, a number or the user's own id names.
pub(super) fn find(store: &Store, what: &str) -> Result<ArticleId, WorkflowError> {
    store.find(what)?.ok_or_else(|| WorkflowError::NotFound(what.to_owned()))
}

/// The number of the article on file that an address, a number or the user's own id names.
pub fn on_file(context: &Context, what: &str) -> Result<Option<ArticleId>, WorkflowError> {
    Ok(context.open_to_read()?.find(what)?)
}

pub fn show(context: &Context, what: &str) -> Result<(Dossier, ArticleRow), WorkflowError> {
    let store = context.open_to_read()?;
    let id = find(&store, what)?;
    match (store.dossier(id)?, store.row(id)?) {
        (Some(dossier), Some(row)) => Ok((dossier, row)),
        _ => Err(WorkflowError::NotFound(what.to_owned())),
    }
}

pub fn list(context: &Context, filter: &Filter) -> Result<Vec<ArticleRow>, WorkflowError> {
    Ok(context.open_to_read()?.list(&filter.for_store()?)?)
}

/// Full-text search; words are looked for as stems, Chinese, Japanese and Thai ones as pairs of characters.
pub fn search(
    context: &Context,
    words: &str,
    limit: usize,
) -> Result<Vec<SearchHit>, WorkflowError> {
    let store = searchable(context)?;
    let language = language::detect(words);
    let mut tokens = language::search_tokens(words, language);
    if language.is_none() {
        // A word or two tell no language: look for what each language on file would make of them.
        for (language, _) in store.languages()? {
            tokens.extend(language::search_tokens(words, Some(&language)));
        }
        tokens.sort();
        tokens.dedup();
    }
    Ok(store.search(&tokens, limit)?)
}

/// How many articles no search finds yet, since their words are not in full text.
pub fn unsearched(context: &Context) -> Result<u64, WorkflowError> {
    Ok(context.open_to_read()?.fts_pending()?)
}

/// Puts into full text what waits for it, at most so many articles; gives how many these were.
pub fn fill(context: &Context, most: u64) -> Result<u64, WorkflowError> {
    let filled = fill_some(context, &mut context.open_as_it_is()?, most);
    context.progress.finish();
    filled
}

/// The store with all of it in full text; where others write or it cannot be written, as much as is.
fn searchable(context: &Context) -> Result<Opened, WorkflowError> {
    let store = context.open_to_read()?;
    let waiting = store.fts_pending()?;
    if waiting == 0 || !context.fills {
        return Ok(store);
    }
    match fill(context, u64::MAX) {
        Ok(_) => context.open_to_read(),
        Err(WorkflowError::Interrupted) => Err(WorkflowError::Interrupted),
        Err(error) => {
            context.progress.note(&format!("{waiting} articles are not in full text yet: {error}"));
            Ok(store)
        }
    }
}

pub fn stats(context: &Context) -> Result<Stats, WorkflowError> {
    let store = context.open_to_read()?;
    let mut stats = store.stats()?;
    for (name, _, current) in &mut stats.schemes {
        if let Some(scheme) = super::rebuild::schemes().into_iter().find(|s| s.name == *name) {
            *current = scheme.version;
        }
    }
    stats.outcomes = super::keep::state(context, &store)?;
    Ok(stats)
}

pub fn coverage(context: &Context, filter: &Filter) -> Result<Vec<Coverage>, WorkflowError> {
    Ok(context.open_to_read()?.coverage(&filter.for_store()?)?)
}

/// The sites that are followed, as they stand: `added` counts all that came of them so far, `refused` what was no
/// article or kept from programs.
pub fn watched(context: &Context) -> Result<Vec<WatchedSite>, WorkflowError> {
    let store = context.open_to_read()?;
    let mut sites = Vec::new();
    for name in store.watched_sites()? {
        let Some(site) = store.watched_site(&name)? else { continue };
        let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        sites.push(WatchedSite {
            state: site.state,
            says: site.says,
            sources: store.watched_sources(&name)?.into_iter().map(|own| own.source).collect(),
            listed: 0,
            added: count(site.counts.articles),
            revised: 0,
            unchanged: 0,
            refused: count(site.counts.teasers + site.counts.kept_out + site.counts.others),
            waiting: count(store.waiting_count(&name)?),
            site: name,
        });
    }
    Ok(sites)
}

pub fn formats() -> Vec<FormatRow> {
    ingest::formats()
}

/// Takes articles out of the store and of every index; gives the addresses of those that were there.
pub fn remove(context: &Context, articles: &[String]) -> Result<Done<Vec<String>>, WorkflowError> {
    let mut store = context.open_as_it_is()?;
    let mut done = Done::<Vec<String>>::default();
    let mut ids = Vec::new();
    for what in articles {
        match store.find(what)? {
            Some(id) => {
                done.value.push(store.dossier(id)?.map_or_else(|| what.clone(), |d| d.address()));
                ids.push(id);
            }
            None => done.refused.push(Refusal {
                file: what.clone(),
                line: None,
                reason: "not on file; `copytrail list` shows what is".into(),
            }),
        }
    }
    if ids.is_empty() {
        return Err(WorkflowError::NotFound(articles.join(", ")));
    }
    store.remove(&ids)?;
    Ok(done)
}
