//! Fetching the pages that sources have listed: one after another of each host, several hosts at once.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::super::add::deposit;
use super::super::context::WorkflowError;
use super::super::page::{Got, ask};
use super::side_by_side::side_by_side;
use super::{Reading, Watching, back_off, now};
use crate::ingest::{self, Validators, Visitor};
use crate::model::{Article, Kind, Moment};
use crate::store::{Outcome, Site, WaitingPage};

/// Pages of a site that are fetched in one round.
const MOST_PAGES: usize = 1_000;
/// Pages in a batch, and the longest that a fetched page waits for its batch.
const BATCH: usize = 25;
const BATCH_TIME: Duration = Duration::from_secs(30);
/// How often a page is tried before it is let go.
const TRIES: u32 = 5;

/// What waits to be written.
#[derive(Default)]
struct Batch {
    articles: Vec<(String, Article)>,
    settled: Vec<i64>,
    since: Option<Instant>,
}

/// What came of asking for a page, and the other pages of a host that wants to be left alone.
struct Fetched {
    page: WaitingPage,
    got: Got,
    postponed: Vec<i64>,
}

impl Watching<'_> {
    /// Fetches what is due: a page of each host in turn, several hosts at once.
    pub(super) fn visit(&mut self, sites: &[Site]) -> Result<(), WorkflowError> {
        let mut queues: BTreeMap<String, VecDeque<WaitingPage>> = BTreeMap::new();
        for site in sites {
            for page in self.store.waiting_pages(&site.site, now(), MOST_PAGES)? {
                queues.entry(host(&page.url)).or_default().push_back(page);
            }
        }
        let total: usize = queues.values().map(VecDeque::len).sum();
        let (mut done, mut batch) = (0u64, Batch::default());
        let (visitor, reading) = (Arc::clone(&self.visitor), Arc::clone(&self.reading));
        let context = self.context;
        let fetch = |queue: VecDeque<WaitingPage>| {
            if context.is_interrupted() { (None, None) } else { fetch(&visitor, &reading, queue) }
        };
        side_by_side(queues.into_values(), &fetch, &mut |fetched| {
            let Some(Fetched { page, got, postponed }) = fetched else { return Ok(()) };
            if matches!(got, Got::Stopped) || context.is_interrupted() {
                return Ok(());
            }
            if let Got::Later { asked, .. } = &got {
                let seconds = back_off(page.tries + 1).max(*asked);
                self.store.postpone_pages(&postponed, now() + seconds)?;
            }
            self.take(page, got, &mut batch)?;
            done += 1;
            context.progress.step(done, Some(total as u64), "pages fetched");
            if batch.articles.len() >= BATCH
                || batch.since.is_some_and(|since| since.elapsed() > BATCH_TIME)
            {
                self.write(&mut batch)?;
            }
            Ok::<(), WorkflowError>(())
        })?;
        self.write(&mut batch)
    }

    /// Puts a page where it belongs: into the batch, among the settled, or off.
    fn take(
        &mut self,
        page: WaitingPage,
        got: Got,
        batch: &mut Batch,
    ) -> Result<(), WorkflowError> {
        if let Got::Later { asked, .. } = got
            && page.tries + 1 < TRIES
        {
            let seconds = back_off(page.tries + 1).max(asked);
            self.store.put_off_pages(&[page.key], now() + seconds)?;
            return Ok(());
        }
        let what = match &got {
            Got::Not(Kind::Teaser) => Kind::Teaser,
            Got::Not(Kind::Wall | Kind::BotCheck) | Got::KeptOut(_) => Kind::Wall,
            _ => Kind::Empty,
        };
        let article = match got {
            Got::Article(article) => Some(*article),
            Got::Gone(_) => None,
            // The feed may have held what the page keeps back.
            _ => self.whole.remove(&page.key).map(|dossier| dossier.article),
        };
        let round = self.of(&page.site);
        let counts = &mut round.counts;
        let count = match (&article, what) {
            (Some(_), _) => &mut counts.articles,
            (None, Kind::Teaser) => &mut counts.teasers,
            (None, Kind::Wall) => &mut counts.kept_out,
            (None, _) => &mut counts.others,
        };
        *count += 1;
        if let Some(mut article) = article {
            article.first_seen = earlier(article.first_seen.take(), page.seen_at);
            batch.articles.push((page.site, article));
        } else {
            round.refused += 1;
        }
        batch.settled.push(page.key);
        batch.since.get_or_insert_with(Instant::now);
        Ok(())
    }

    /// Writes the batch; only then are its pages settled, so that a stop in between loses nothing.
    fn write(&mut self, batch: &mut Batch) -> Result<(), WorkflowError> {
        let batch = std::mem::take(batch);
        let (sites, articles): (Vec<String>, Vec<Article>) = batch.articles.into_iter().unzip();
        let deposits: Vec<_> = articles.into_par_iter().map(deposit).collect();
        let outcomes = self.store.add(&deposits)?;
        self.store.settle_pages(&batch.settled)?;
        for (site, outcome) in sites.iter().zip(outcomes) {
            let round = self.of(site);
            match outcome {
                Outcome::New(_) => round.added += 1,
                Outcome::Revised(_) => round.revised += 1,
                Outcome::Unchanged(_) | Outcome::Sighting => round.unchanged += 1,
            }
        }
        Ok(())
    }
}

/// Asks for the first page of a host's queue.
fn fetch(
    visitor: &Visitor<'_>,
    reading: &Reading,
    mut queue: VecDeque<WaitingPage>,
) -> (Option<Fetched>, Option<VecDeque<WaitingPage>>) {
    let Some(page) = queue.pop_front() else { return (None, None) };
    let asked = (&reading.limits, &reading.given);
    let got = ask(visitor, &page.url, &Validators::default(), asked).got;
    let is_over = matches!(got, Got::Stopped);
    let postponed = match got {
        Got::Later { site: true, .. } => queue.drain(..).map(|page| page.key).collect(),
        _ => Vec::new(),
    };
    let rest = (!queue.is_empty() && !is_over).then_some(queue);
    (Some(Fetched { page, got, postponed }), rest)
}

fn host(url: &str) -> String {
    url::Url::parse(url).map_or_else(|_| String::new(), |url| url.origin().ascii_serialization())
}

/// The earlier of a sighting and the second at which a source listed the page.
fn earlier(seen: Option<Moment>, listed_at: i64) -> Option<Moment> {
    match seen {
        Some(seen) if seen.seconds <= listed_at => Some(seen),
        seen => ingest::moment_at(listed_at).or(seen),
    }
}
