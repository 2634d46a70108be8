//! `watch`: follows feeds and sites, politely, and takes in what they publish.

mod discover;
mod poll;
mod side_by_side;
mod visit;

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::context::{Context, Done, WorkflowError};
use super::page::now;
use super::sheet::first_cells;
use crate::ingest::{self, Limits, Manners, Visitor, registrable_domain};
use crate::model::{Dossier, Refusal, SiteState, WatchedSite};
use crate::store::{Site, SiteCounts, Store};
use side_by_side::side_by_side;

/// How long one page may take; a site that is followed is asked again anyway.
const PAGE_TIME: Duration = Duration::from_secs(30);
/// Sources are looked for anew after so long, in seconds.
const LOOK_AGAIN: i64 = 86_400;
/// First pause after a failure, in seconds; each further one doubles it.
const FIRST_PAUSE: i64 = 900;
/// Longest pause after failures, in seconds.
const LONGEST_PAUSE: i64 = 86_400;
/// The wish to stop is looked for as often as this between two rounds.
const GLANCE: Duration = Duration::from_millis(200);

/// How sites are followed.
#[derive(Debug, Clone, PartialEq)]
pub struct WatchOptions {
    /// One round, for a scheduler; else rounds until the user stops it.
    pub once: bool,
    /// Time between two rounds.
    pub every: Duration,
    /// A mail address or a page that a server's operator can turn to.
    pub contact: Option<String>,
    /// Least time between two requests to a host; a longer one that its robots.txt asks for is kept.
    pub pause: Duration,
    /// Days back from now: older pages of a source are left out.
    pub days: u32,
}

impl Default for WatchOptions {
    fn default() -> Self {
        Self {
            once: false,
            every: Duration::from_mins(15),
            contact: None,
            pause: Duration::from_secs(1),
            days: 7,
        }
    }
}

/// Follows the targets (feeds, domains, addresses) and hands over each site's row after every round; from the second
/// round on only of sites where something happened. Refused are targets that do not answer in the first.
pub fn watch(
    context: &Context,
    targets: &[String],
    options: &WatchOptions,
    sink: &mut dyn FnMut(WatchedSite),
) -> Result<Done<()>, WorkflowError> {
    let stop = || context.is_interrupted();
    let limits = Limits { max_time: PAGE_TIME, ..context.limits() };
    let manners = Manners { contact: options.contact.clone(), pause: options.pause };
    let mut watching = Watching {
        context,
        options,
        store: context.open()?,
        visitor: Arc::new(Visitor::new(&limits, manners, &stop)),
        reading: Arc::new(Reading {
            limits,
            given: ingest::Given { names: context.names(), ..ingest::Given::default() },
        }),
        rounds: HashMap::new(),
        whole: HashMap::new(),
    };
    if options.contact.is_none() {
        context.progress.note("sites cannot see who asks; --contact names a mail address or page");
    }
    let mut refused = Vec::new();
    let mut first = true;
    loop {
        for site in watching.round(targets)? {
            if first && site.state == SiteState::Unreachable {
                let refusal =
                    Refusal { file: site.site.clone(), line: None, reason: site.says.clone() };
                context.progress.warn(&refusal);
                refused.push(refusal);
            }
            if first || site.listed + site.added + site.revised + site.refused > 0 {
                sink(site);
            }
        }
        first = false;
        if options.once || !wait(context, options.every) {
            break;
        }
    }
    context.progress.finish();
    if context.is_interrupted() {
        return Err(WorkflowError::Interrupted);
    }
    Ok(Done { value: (), refused })
}

/// The domains and addresses in the first column of a table or list; a heading is neither.
pub fn domains_in(file: &Path) -> Result<Vec<String>, WorkflowError> {
    first_cells(&file.to_string_lossy(), |cell| {
        cell.contains("://") || registrable_domain(cell).is_some()
    })
}

/// Waits for the next round; whether there is to be one.
fn wait(context: &Context, every: Duration) -> bool {
    let mut left = every;
    while !left.is_zero() && !context.is_interrupted() {
        let nap = left.min(GLANCE);
        thread::sleep(nap);
        left -= nap;
    }
    !context.is_interrupted()
}

/// The work on all sites.
struct Watching<'a> {
    context: &'a Context,
    options: &'a WatchOptions,
    store: Store,
    visitor: Arc<Visitor<'a>>,
    reading: Arc<Reading>,
    /// What this round came to, by site.
    rounds: HashMap<String, Round>,
    /// Articles that a source of this round held whole, by the key of their page: for where the page itself is kept
    /// from programs.
    whole: HashMap<i64, Dossier>,
}

/// How answers are read.
struct Reading {
    limits: Limits,
    given: ingest::Given,
}

/// What a round came to for a site.
#[derive(Debug, Clone, Default)]
struct Round {
    listed: usize,
    added: usize,
    revised: usize,
    unchanged: usize,
    refused: usize,
    counts: SiteCounts,
    /// What stands in the way of the site as a whole.
    trouble: Option<(SiteState, String)>,
}

impl Watching<'_> {
    fn round(&mut self, targets: &[String]) -> Result<Vec<WatchedSite>, WorkflowError> {
        self.rounds.clear();
        self.whole.clear();
        let sites = self.sites(targets)?;
        self.poll(&sites)?;
        self.visit(&sites)?;
        self.store.forget_pages(now())?;
        match super::add::fill_full_text(self.context, &mut self.store) {
            // What was found is still told; the run ends after it.
            Ok(_) | Err(WorkflowError::Interrupted) => {}
            Err(error) => return Err(error),
        }
        sites.into_iter().map(|site| self.settle(site)).collect()
    }

    fn of(&mut self, site: &str) -> &mut Round {
        self.rounds.entry(site.to_owned()).or_default()
    }

    /// The targets as sites, each once; looks for the sources of those where that was not done lately.
    fn sites(&mut self, targets: &[String]) -> Result<Vec<Site>, WorkflowError> {
        let (mut sites, mut unknown): (Vec<Site>, Vec<String>) = (Vec::new(), Vec::new());
        for target in targets {
            if sites.iter().any(|site| site.site == *target) {
                continue;
            }
            let known = self.store.watched_site(target)?;
            if known.as_ref().is_none_or(|site| now() - site.looked_at >= LOOK_AGAIN) {
                unknown.push(target.clone());
            } else if self.store.watched_sources(target)?.is_empty() {
                self.of(target).trouble =
                    known.as_ref().map(|site| (site.state, site.says.clone()));
            }
            let new = || Site { site: target.clone(), ..Site::default() };
            sites.push(known.unwrap_or_else(new));
        }
        let (visitor, reading) = (Arc::clone(&self.visitor), Arc::clone(&self.reading));
        let context = self.context;
        let look = |target: String| {
            let found = (!context.is_interrupted())
                .then(|| discover::discover(&visitor, &target, &reading.limits));
            ((target, found), None)
        };
        side_by_side(unknown, &look, &mut |(target, found)| match found {
            Some(found) => self.found(&mut sites, &target, found),
            None => Ok(()),
        })?;
        Ok(sites)
    }

    /// Keeps what was found of a site's sources.
    fn found(
        &mut self,
        sites: &mut [Site],
        target: &str,
        found: discover::Found,
    ) -> Result<(), WorkflowError> {
        // A site that does not answer today keeps the sources that it had.
        if !found.sources.is_empty() || found.trouble.is_none() {
            self.store.save_sources(target, None, &found.sources)?;
        }
        if !matches!(found.trouble, Some((SiteState::Unreachable, _)))
            && let Some(site) = sites.iter_mut().find(|site| site.site == target)
        {
            site.looked_at = now();
        }
        self.of(target).trouble = found.trouble;
        Ok(())
    }

    /// Says what the site comes to after the round, and keeps it.
    fn settle(&mut self, mut site: Site) -> Result<WatchedSite, WorkflowError> {
        let round = self.of(&site.site).clone();
        let counts = &mut site.counts;
        counts.articles += round.counts.articles;
        counts.teasers += round.counts.teasers;
        counts.kept_out += round.counts.kept_out;
        counts.others += round.counts.others;
        let waiting = self.store.waiting_count(&site.site)?;
        let sources = self.store.watched_sources(&site.site)?;
        (site.state, site.says) = state(&site.counts, round.trouble, (sources.len(), waiting));
        self.store.save_site(&site)?;
        Ok(WatchedSite {
            site: site.site,
            state: site.state,
            says: site.says,
            sources: sources.into_iter().map(|source| source.source).collect(),
            listed: round.listed,
            added: round.added,
            revised: round.revised,
            unchanged: round.unchanged,
            refused: round.refused,
            waiting: usize::try_from(waiting).unwrap_or(usize::MAX),
        })
    }
}

/// The state of a site by what its pages came to so far. `known`: how many sources it has, and how many pages wait.
fn state(
    counts: &SiteCounts,
    trouble: Option<(SiteState, String)>,
    (sources, waiting): (usize, u64),
) -> (SiteState, String) {
    let SiteCounts { articles, teasers, kept_out, others } = *counts;
    let pages = articles + teasers + kept_out + others;
    if teasers > 2 * articles {
        let says = format!("{teasers} of {pages} pages end after the first lines");
        return (SiteState::Paywalled, says);
    }
    if articles > 0 {
        return (SiteState::Open, format!("{articles} of {pages} pages are whole articles"));
    }
    if kept_out > 0 {
        return (SiteState::Blocked, format!("{kept_out} of {pages} pages are kept from programs"));
    }
    if let Some(trouble) = trouble {
        return trouble;
    }
    if waiting > 0 {
        return (SiteState::Waiting, format!("{waiting} pages are still to be fetched"));
    }
    let says = match (sources, others) {
        (0, _) => "no feed, sitemap or list of posts was found".to_owned(),
        (_, 0) => "its sources list no page of these days".to_owned(),
        (_, others) => format!("none of {others} pages is an article"),
    };
    (SiteState::NoArticles, says)
}

/// Seconds to leave something alone after so many failures, one after another.
fn back_off(failures: u32) -> i64 {
    (FIRST_PAUSE << failures.saturating_sub(1).min(10)).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_a_day() {
        let pauses: Vec<i64> = (1..=9).map(back_off).collect();
        assert_eq!(pauses, [900, 1_800, 3_600, 7_200, 14_400, 28_800, 57_600, 86_400, 86_400]);
    }

    #[test]
    fn a_site_is_what_its_pages_came_to() {
        let counts = |articles, teasers, kept_out, others| SiteCounts {
            articles,
            teasers,
            kept_out,
            others,
        };
        for (counts, trouble, known, wanted) in [
            (counts(3, 1, 0, 2), None, (1, 0), SiteState::Open),
            (counts(1, 3, 0, 0), None, (1, 0), SiteState::Paywalled),
            (counts(0, 0, 2, 0), None, (1, 0), SiteState::Blocked),
            (counts(0, 0, 0, 0), Some(SiteState::Unreachable), (0, 0), SiteState::Unreachable),
            (counts(2, 0, 0, 0), Some(SiteState::Blocked), (1, 0), SiteState::Open),
            (counts(0, 0, 0, 0), None, (1, 4), SiteState::Waiting),
            (counts(0, 0, 0, 0), None, (0, 0), SiteState::NoArticles),
            (counts(0, 0, 0, 5), None, (1, 0), SiteState::NoArticles),
        ] {
            let trouble = trouble.map(|state| (state, String::new()));
            assert_eq!(state(&counts, trouble, known).0, wanted, "{counts:?}");
        }
    }
}
