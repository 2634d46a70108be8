//! `watch`: follows feeds and sites.

use std::time::Duration;

use clap::Args;

use crate::model::Report;
use crate::workflow::{self, WatchOptions};

use super::Outcome;
use super::failure::Failure;
use super::global::Session;
use super::output::{Items, Shown};

/// Follow feeds and sites, and take in what they publish
///
/// Of a domain its feeds, sitemaps and list of posts are found by themselves. Sites are asked one
/// request at a time, as their robots.txt allows, and never twice for what has not changed. Stopped
/// at any moment, the same command goes on from there.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  copytrail watch paper.example https://blog.example/feed --contact desk@my.example\n  \
    copytrail watch --outlets papers.csv --once     # for a scheduler"
)]
pub(super) struct Watch {
    /// Addresses of feeds or pages, or domains
    #[arg(required_unless_present = "outlets", value_name = "FEED|DOMAIN")]
    targets: Vec<String>,
    /// Follow every domain in the first column of this table or list too
    #[arg(long, value_name = "FILE")]
    outlets: Option<std::path::PathBuf>,
    /// One round, then end
    #[arg(long)]
    once: bool,
    /// Minutes between two rounds
    #[arg(long, value_name = "MINUTES", default_value_t = 15, value_parser = clap::value_parser!(u64).range(1..))]
    every: u64,
    /// A mail address or page of yours, for those who run the sites
    #[arg(long, value_name = "MAIL|URL", env = "COPYTRAIL_CONTACT", hide_env_values = true)]
    contact: Option<String>,
    /// Seconds between two requests to a site, unless it asks for more
    #[arg(long, value_name = "SECONDS", default_value_t = 1.0, value_parser = pause)]
    pause: f64,
    /// Leave out pages that are older
    #[arg(long, value_name = "DAYS", default_value_t = 7)]
    days: u32,
    /// How to show what each site comes to
    #[arg(long, value_enum, default_value_t)]
    format: Shown,
}

/// Seconds between two requests.
pub(super) fn pause(value: &str) -> Result<f64, String> {
    let seconds: f64 = value.parse().map_err(|_| format!("{value} is no number of seconds"))?;
    if (0.05..=3_600.0).contains(&seconds) {
        return Ok(seconds);
    }
    Err("give 0.05 to 3600 seconds".to_owned())
}

impl Watch {
    pub(super) fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let options = WatchOptions {
            once: self.once,
            every: Duration::from_mins(self.every),
            contact: self.contact,
            pause: Duration::from_secs_f64(self.pause),
            days: self.days,
        };
        let mut targets = self.targets;
        if let Some(file) = &self.outlets {
            targets.extend(workflow::domains_in(file)?);
        }
        let Session { context, output, .. } = session;
        let mut items = Items::new(output, self.format.into(), Report::Watch);
        let done = workflow::watch(context, &targets, &options, &mut |site| items.put(site))?;
        items.end();
        Ok(session.outcome(&done))
    }
}
