//! `refetch`: known pages looked at again, politely; what changed, went, or was credited since is kept with its time.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use super::add::deposit;
use super::context::{Context, Done, WorkflowError};
use super::page::{Asked, Got, ask, now};
use crate::ingest::{self, Limits, Manners, Validators, Visitor, normalise_address};
use crate::language::{Remnant, remnant};
use crate::model::{Article, ArticleId, Dossier, Kind, Look, LookOutcome, ParagraphRole, Refusal};
use crate::store::{Outcome, Store};

/// How long one page may take.
const PAGE_TIME: Duration = Duration::from_secs(30);
/// Looks that are written together.
const BATCH: usize = 25;
const DAY: i64 = 86_400;

/// Which pages are looked at again, and how.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RefetchOptions {
    /// Numbers, addresses or the user's ids.
    pub articles: Vec<String>,
    /// Domain or name.
    pub outlet: Option<String>,
    /// Days: pages that were looked at since are left out.
    pub older_than: Option<u32>,
    pub limit: Option<usize>,
    pub contact: Option<String>,
    /// Least time between two requests to a host.
    pub pause: Duration,
}

/// Looks at pages again, a page of each outlet in turn, and hands over what each look found.
pub fn refetch(
    context: &Context,
    options: &RefetchOptions,
    sink: &mut dyn FnMut(Look),
) -> Result<Done<()>, WorkflowError> {
    let stop = || context.is_interrupted();
    let limits = Limits { max_time: PAGE_TIME, ..context.limits() };
    let manners = Manners { contact: options.contact.clone(), pause: options.pause };
    let given = ingest::Given { names: context.names(), ..ingest::Given::default() };
    let mut store = context.open()?;
    let (ids, refused) = chosen(&store, options)?;
    let total = ids.len() as u64;
    let mut queues = by_outlet(&store, &ids)?;
    let visitor = Visitor::new(&limits, manners, &stop);
    let (mut done, mut batch) = (0, Vec::new());
    while let Some(mut queue) = queues.pop_front() {
        let Some(id) = queue.pop_front() else { continue };
        let Some(dossier) = store.page(id)? else { continue };
        let known = known_validators(&store, id)?;
        let url = dossier.article.url.clone().unwrap_or_default();
        let asked = ask(&visitor, &url, &known, (&limits, &given));
        if matches!(asked.got, Got::Stopped) || context.is_interrupted() {
            break;
        }
        if matches!(asked.got, Got::Later { site: true, .. }) {
            // The site asks to be left alone: its other pages wait for the next time.
            queue.clear();
        }
        batch.push(seen(dossier, id, asked));
        done += 1;
        context.progress.step(done, Some(total), "pages looked at");
        if batch.len() >= BATCH {
            write(&mut store, &mut batch, sink)?;
        }
        queues.push_back(queue);
    }
    write(&mut store, &mut batch, sink)?;
    super::add::fill_full_text(context, &mut store)?;
    context.progress.finish();
    if context.is_interrupted() {
        return Err(WorkflowError::Interrupted);
    }
    Ok(Done { value: (), refused })
}

/// The articles that are asked for, those that were not looked at for longest first.
fn chosen(
    store: &Store,
    options: &RefetchOptions,
) -> Result<(Vec<ArticleId>, Vec<Refusal>), WorkflowError> {
    let mut refused = Vec::new();
    let mut ids = Vec::new();
    for what in &options.articles {
        let id = store.find(what)?;
        let url = id.map(|id| store.row(id)).transpose()?.flatten().and_then(|row| row.url);
        match (id, url) {
            (Some(id), Some(_)) => {
                ids.push(id);
                ids.extend(store.pages_after(id)?);
            }
            (found, _) => {
                let reason = match found {
                    Some(_) => {
                        "has no address to be fetched from; only pages with a URL can be looked at again"
                    }
                    None => "not on file; `copytrail list` shows what is",
                };
                refused.push(Refusal { file: what.clone(), line: None, reason: reason.into() });
            }
        }
    }
    if options.articles.is_empty() {
        let since = options.older_than.map(|days| now() - i64::from(days) * DAY);
        ids = store.not_seen_since(since, options.outlet.as_deref())?;
    }
    ids.truncate(options.limit.unwrap_or(usize::MAX));
    match refused.first() {
        Some(first) if ids.is_empty() => Err(WorkflowError::NothingRead {
            inputs: first.file.clone(),
            reason: first.reason.clone(),
        }),
        _ => Ok((ids, refused)),
    }
}

/// A queue an outlet, so that the pauses of one are spent on the others.
fn by_outlet(
    store: &Store,
    ids: &[ArticleId],
) -> Result<VecDeque<VecDeque<ArticleId>>, WorkflowError> {
    let mut queues: BTreeMap<String, VecDeque<ArticleId>> = BTreeMap::new();
    for id in ids {
        let outlet = store.row(*id)?.map(|row| row.outlet).unwrap_or_default();
        queues.entry(outlet).or_default().push_back(*id);
    }
    Ok(queues.into_values().collect())
}

fn known_validators(store: &Store, id: ArticleId) -> Result<Validators, WorkflowError> {
    // Only a look that found the article as it stands says what it looked like.
    let looks = store.looks(id)?;
    let last = looks.into_iter().rev().find(|look| {
        matches!(look.outcome, LookOutcome::Unchanged | LookOutcome::Metadata | LookOutcome::Text)
    });
    Ok(last.map_or_else(Validators::default, |look| Validators {
        etag: look.etag,
        last_modified: look.last_modified,
    }))
}

/// A look that is not written yet, with the article where it is to be added.
struct Pending {
    look: Look,
    article: Option<Article>,
}

/// Says what a look found.
fn seen(known: Dossier, id: ArticleId, asked: Asked) -> Pending {
    let mut look = Look {
        article: id,
        url: known.article.url.clone().unwrap_or_default(),
        outlet: known.outlet.name.clone(),
        at: now(),
        outcome: LookOutcome::Unchanged,
        status: asked.status,
        etag: asked.validators.etag,
        last_modified: asked.validators.last_modified,
        says: "it is as it was".to_owned(),
        credits_added: Vec::new(),
        credits_removed: Vec::new(),
    };
    let (outcome, says) = match asked.got {
        Got::NotModified | Got::Stopped => return Pending { look, article: None },
        Got::Article(new) => match stands_in(&known.article, &new) {
            None => {
                compare(&known.article, &new, &mut look);
                let identity = known.article.identity;
                return Pending { look, article: Some(Article { identity, ..*new }) };
            }
            Some(found) => found,
        },
        Got::Gone(says) => (LookOutcome::Gone, says),
        Got::KeptOut(says) => (LookOutcome::KeptOut, says),
        Got::Later { says, .. } => (LookOutcome::Failed, says),
        Got::Not(kind) => of_kind(kind),
    };
    Pending { look: Look { outcome, says, ..look }, article: None }
}

/// What stands in an article's place, where it is not the article.
fn stands_in(known: &Article, new: &Article) -> Option<(LookOutcome, String)> {
    let place = |article: &Article| article.url.as_deref().and_then(normalise_address);
    if new.identity != known.identity && place(new) != place(known) {
        let to = new.url.clone().unwrap_or_default();
        return Some((LookOutcome::Moved, format!("its address leads to {to} now")));
    }
    Some(match remnant(new, known)? {
        Remnant::Beginning => (LookOutcome::KeptOut, "only the first lines are there".to_owned()),
        Remnant::Notice => (
            LookOutcome::Other,
            "a short text with nothing of the article stands there now".to_owned(),
        ),
    })
}

fn of_kind(kind: Kind) -> (LookOutcome, String) {
    let (outcome, says) = match kind {
        Kind::NotFound => (LookOutcome::Gone, "the page says that it was not found"),
        Kind::Wall => (LookOutcome::KeptOut, "a consent or log-in wall stands before it"),
        Kind::BotCheck => (LookOutcome::KeptOut, "a bot check stands before it"),
        Kind::Teaser => (LookOutcome::KeptOut, "only the first lines are there"),
        Kind::Ticker => (LookOutcome::Other, "a live ticker stands there now"),
        Kind::Index => (LookOutcome::Other, "a list of links stands there now"),
        Kind::Article | Kind::Empty | Kind::Sighting | Kind::Operator => {
            (LookOutcome::Other, "nothing that reads as an article stands there now")
        }
    };
    (outcome, says.to_owned())
}

/// What differs between the known article and the page as it is.
fn compare(known: &Article, new: &Article, look: &mut Look) {
    let story = |article: &Article| -> Vec<String> {
        let text = article.paragraphs.iter().filter(|p| p.role != ParagraphRole::Credit);
        text.map(|paragraph| paragraph.text.clone()).collect()
    };
    let parties = |article: &Article| -> BTreeMap<String, String> {
        article.credits.iter().map(|credit| (credit.party(), credit.name.clone())).collect()
    };
    let (before, after) = (parties(known), parties(new));
    let only = |of: &BTreeMap<String, String>, other: &BTreeMap<String, String>| {
        of.iter()
            .filter(|(party, _)| !other.contains_key(*party))
            .map(|(_, name)| name.clone())
            .collect()
    };
    look.credits_added = only(&after, &before);
    look.credits_removed = only(&before, &after);
    if story(known) != story(new) {
        look.outcome = LookOutcome::Text;
        "its text changed".clone_into(&mut look.says);
    } else if !look.credits_added.is_empty() || !look.credits_removed.is_empty() {
        look.outcome = LookOutcome::Metadata;
        "its credits changed".clone_into(&mut look.says);
    }
}

/// Writes looks with their articles' new revisions.
fn write(
    store: &mut Store,
    batch: &mut Vec<Pending>,
    sink: &mut dyn FnMut(Look),
) -> Result<(), WorkflowError> {
    let (mut looks, mut articles, mut places) = (Vec::new(), Vec::new(), Vec::new());
    for pending in batch.drain(..) {
        if let Some(article) = pending.article {
            places.push(looks.len());
            articles.push(deposit(article));
        }
        looks.push(pending.look);
    }
    let outcomes = store.add(&articles)?;
    for (place, outcome) in places.into_iter().zip(outcomes) {
        let Some(look) = looks.get_mut(place) else { continue };
        if matches!(outcome, Outcome::Revised(_)) && look.outcome == LookOutcome::Unchanged {
            look.outcome = LookOutcome::Metadata;
            "what the page says beside the story changed".clone_into(&mut look.says);
        }
    }
    store.add_looks(&looks)?;
    looks.into_iter().for_each(sink);
    Ok(())
}
