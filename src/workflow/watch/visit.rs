//! Fetching the pages that sources have listed: one after another, a site's turn after another's.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::super::add::deposit;
use super::super::context::WorkflowError;
use super::super::page::{Got, ask};
use super::{Watching, back_off, now};
use crate::ingest::{self, Validators};
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

impl Watching<'_> {
    /// Fetches what is due, a page of each site in turn.
    pub(super) fn visit(&mut self, sites: &[Site]) -> Result<(), WorkflowError> {
        let mut queues: VecDeque<VecDeque<WaitingPage>> = VecDeque::new();
        for site in sites {
            let due = self.store.waiting_pages(&site.site, now(), MOST_PAGES)?;
            queues.extend((!due.is_empty()).then(|| VecDeque::from(due)));
        }
        let total: usize = queues.iter().map(VecDeque::len).sum();
        let (mut done, mut batch) = (0u64, Batch::default());
        while let Some(mut queue) = queues.pop_front() {
            let Some(page) = queue.pop_front() else { continue };
            let got = ask(&mut self.visitor, &page.url, &Validators::default(), &self.limits).got;
            if matches!(got, Got::Stopped) || self.context.is_interrupted() {
                break;
            }
            if let Got::Later { asked, site: true, .. } = got {
                let seconds = back_off(page.tries + 1).max(asked);
                let rest: Vec<i64> = queue.drain(..).map(|page| page.key).collect();
                self.store.postpone_pages(&rest, now() + seconds)?;
            }
            self.take(page, got, &mut batch)?;
            done += 1;
            self.context.progress.step(done, Some(total as u64), "pages fetched");
            if batch.articles.len() >= BATCH
                || batch.since.is_some_and(|since| since.elapsed() > BATCH_TIME)
            {
                self.write(&mut batch)?;
            }
            queues.push_back(queue);
        }
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

/// The earlier of a sighting and the second at which a source listed the page.
fn earlier(seen: Option<Moment>, listed_at: i64) -> Option<Moment> {
    match seen {
        Some(seen) if seen.seconds <= listed_at => Some(seen),
        seen => ingest::moment_at(listed_at).or(seen),
    }
}
