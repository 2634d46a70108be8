//! Asking a site's sources what is new.

use std::collections::{HashSet, VecDeque};
use std::ops::ControlFlow;
use std::sync::Arc;

use super::super::add::deposit;
use super::super::context::WorkflowError;
use super::super::read;
use super::side_by_side::side_by_side;
use super::{Reading, Watching, back_off, now};
use crate::ingest::site::{Sight, look, sitemaps};
use crate::ingest::{
    self, Answer, FetchError, Item, Validators, normalise_address, registrable_domain,
};
use crate::model::{Article, Kind, SourceKind, WatchedSource};
use crate::store::{Listed, Site, Source, page_key};

/// Pages that one poll of a source may list; the newest are taken.
const MOST_PAGES: usize = 500;
/// Sitemaps of an index that are followed: those changed last, and those for news.
const MOST_SITEMAPS: usize = 6;
/// Articles held whole over a round.
const MOST_WHOLE: usize = 2_000;

impl Watching<'_> {
    /// Polls all sources of the sites that are due, those that a sitemap index brings up included.
    pub(super) fn poll(&mut self, sites: &[Site]) -> Result<(), WorkflowError> {
        let mut polled: HashSet<String> = HashSet::new();
        let (visitor, context) = (Arc::clone(&self.visitor), self.context);
        let ask = |mut queue: VecDeque<Source>| {
            let asked = queue.pop_front().filter(|_| !context.is_interrupted()).map(|source| {
                let Source { etag, last_modified, .. } = source.clone();
                let answer = visitor.get(&source.source.url, &Validators { etag, last_modified });
                (source, answer)
            });
            (asked, (!queue.is_empty() && !context.is_interrupted()).then_some(queue))
        };
        loop {
            let mut due: Vec<VecDeque<Source>> = Vec::new();
            for site in sites {
                let mut sources = VecDeque::from(self.store.watched_sources(&site.site)?);
                sources.retain(|source| {
                    source.next_at <= now() && polled.insert(source.source.url.clone())
                });
                due.extend((!sources.is_empty()).then_some(sources));
            }
            if due.is_empty() || self.context.is_interrupted() {
                return Ok(());
            }
            side_by_side(due, &ask, &mut |asked| match asked {
                Some((source, answer)) => self.polled(source, answer),
                None => Ok(()),
            })?;
        }
    }

    fn polled(
        &mut self,
        mut source: Source,
        answer: Result<Answer, FetchError>,
    ) -> Result<(), WorkflowError> {
        if self.context.is_interrupted() {
            return Ok(());
        }
        let mut listed = Vec::new();
        match answer {
            Ok(answer) if answer.status == 304 => {
                source.failures = 0;
                source.next_at = 0;
            }
            Ok(answer) if matches!(answer.status, 200 | 203) => {
                match look(&answer, &self.reading.limits) {
                    Sight::Source(kind) => {
                        source.source.kind = kind;
                        source.failures = 0;
                        source.next_at = 0;
                        source.etag.clone_from(&answer.validators.etag);
                        source.last_modified.clone_from(&answer.validators.last_modified);
                        listed = self.entries(&source, answer)?;
                    }
                    _ => failed(&mut source, 0),
                }
            }
            Ok(answer) => {
                failed(&mut source, answer.retry_after.map_or(0, |wait| wait.as_secs()));
            }
            Err(_) => failed(&mut source, 0),
        }
        self.keep(&source, listed)
    }

    /// The pages that an answer lists, newest first; what an index lists are more sources.
    fn entries(&mut self, source: &Source, answer: Answer) -> Result<Vec<Article>, WorkflowError> {
        if source.source.kind == SourceKind::SitemapIndex {
            let chosen = self.chosen(&answer);
            self.store.save_sources(&source.site, Some(&source.source.url), &chosen)?;
            return Ok(Vec::new());
        }
        let oldest = now() - i64::from(self.options.days) * 86_400;
        let is_sitemap = source.source.kind == SourceKind::Sitemap;
        let home = registrable_domain(&source.source.url);
        let mut found: Vec<Article> = Vec::new();
        let mut take = |item: Item| {
            let Item::Article(article) = item else { return ControlFlow::Continue(()) };
            let recent = match time(&article) {
                Some(at) => at >= oldest,
                None => !is_sitemap,
            };
            let own = !is_sitemap || article.domain == home;
            if recent && own && article.url.is_some() {
                found.push(*article);
            }
            ControlFlow::Continue(())
        };
        let Reading { limits, given } = &*self.reading;
        ingest::read_answer(&source.source.url, answer, given, limits, &mut take);
        found.sort_by_key(|article| std::cmp::Reverse(time(article).unwrap_or(i64::MAX)));
        found.truncate(MOST_PAGES);
        Ok(found)
    }

    /// The sitemaps of an index that are worth following: news, and what changed within the days that count.
    fn chosen(&self, answer: &Answer) -> Vec<WatchedSource> {
        let oldest = now() - i64::from(self.options.days) * 86_400;
        let mut all = sitemaps(answer, &self.reading.limits);
        let news = |url: &str| url.to_lowercase().contains("news");
        all.retain(|(url, changed)| match changed {
            Some(changed) => changed.bounds().1 >= oldest,
            None => true,
        } || news(url));
        all.sort_by_key(|(url, changed)| {
            let changed = changed.as_ref().map_or(0, |changed| changed.seconds);
            (!news(url), std::cmp::Reverse(changed))
        });
        let kind = SourceKind::Sitemap;
        all.into_iter().take(MOST_SITEMAPS).map(|(url, _)| WatchedSource { url, kind }).collect()
    }

    /// Keeps what the poll brought: pages to be fetched, and that they were seen.
    fn keep(&mut self, source: &Source, articles: Vec<Article>) -> Result<(), WorkflowError> {
        let seen = ingest::now();
        let mut pages = Vec::with_capacity(articles.len());
        for article in &articles {
            let url = article.url.clone().unwrap_or_default();
            let Some(identity) = normalise_address(&url) else { continue };
            let modified_at = article.modified.as_ref().map(|moment| moment.seconds);
            pages.push(Listed { url, identity, modified_at });
        }
        let fresh = self.store.save_poll(source, &pages, now())?;
        self.of(&source.site).listed += fresh.len();
        let mut sightings = Vec::new();
        for mut article in articles {
            let identity = article.url.as_deref().and_then(normalise_address).unwrap_or_default();
            let key = page_key(&identity);
            if !fresh.contains(&key) {
                continue;
            }
            article.first_seen.clone_from(&seen);
            let whole = article.kind == Kind::Article && self.whole.len() < MOST_WHOLE;
            let sighting = Article {
                kind: Kind::Sighting,
                paragraphs: Vec::new(),
                credits: Vec::new(),
                capture: None,
                ..article.clone()
            };
            sightings.push(deposit(sighting));
            if whole {
                self.whole.insert(key, read::dossier(article));
            }
        }
        self.store.add(&sightings)?;
        Ok(())
    }
}

/// When a source says that a page was published or changed, in seconds.
fn time(article: &Article) -> Option<i64> {
    let moments = [article.published.as_ref(), article.modified.as_ref()];
    moments.into_iter().flatten().map(|moment| moment.bounds().1).max()
}

fn failed(source: &mut Source, retry_after: u64) {
    source.failures += 1;
    let asked = i64::try_from(retry_after).unwrap_or(0);
    source.next_at = now() + back_off(source.failures).max(asked);
}
