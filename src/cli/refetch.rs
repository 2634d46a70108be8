//! `refetch`: known pages looked at again.

use std::time::Duration;

use clap::{ArgGroup, Args};

use crate::model::Report;
use crate::workflow::{self, RefetchOptions};

use super::Outcome;
use super::failure::Failure;
use super::global::Session;
use super::output::{Items, Shown};
use super::watch::pause;

/// Look at known pages again: what is gone, changed, or credited since
///
/// A changed text becomes a new revision, with the time. A wall, a bot check or a page that is gone
/// leaves the article as it was; that it was seen is kept.
#[derive(Debug, Args)]
#[command(
    group = ArgGroup::new("which").required(true).multiple(true).args(["articles", "outlet", "older_than"]),
    after_help = "Examples:\n  copytrail refetch https://paper.example/politik/gipfel\n  \
    copytrail refetch --outlet paper.example --older-than 30 --contact desk@my.example"
)]
pub(super) struct Refetch {
    /// Addresses, numbers or your ids of articles on file
    #[arg(value_name = "ARTICLE", conflicts_with_all = ["outlet", "older_than"])]
    articles: Vec<String>,
    /// All articles of this outlet, a domain or a name
    #[arg(long, value_name = "OUTLET")]
    outlet: Option<String>,
    /// Only what was not looked at for so long
    #[arg(long, value_name = "DAYS")]
    older_than: Option<u32>,
    /// At most so many
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// A mail address or page of yours, for those who run the sites
    #[arg(long, value_name = "MAIL|URL", env = "COPYTRAIL_CONTACT", hide_env_values = true)]
    contact: Option<String>,
    /// Seconds between two requests to a site, unless it asks for more
    #[arg(long, value_name = "SECONDS", default_value_t = 1.0, value_parser = pause)]
    pause: f64,
    /// How to show what each look found
    #[arg(long, value_enum, default_value_t)]
    format: Shown,
}

impl Refetch {
    pub(super) fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let options = RefetchOptions {
            articles: self.articles,
            outlet: self.outlet,
            older_than: self.older_than,
            limit: self.limit,
            contact: self.contact,
            pause: Duration::from_secs_f64(self.pause),
        };
        let Session { context, output, .. } = session;
        let mut items = Items::new(output, self.format.into(), Report::Looks);
        let done = workflow::refetch(context, &options, &mut |look| items.put(look))?;
        items.end();
        Ok(session.outcome(&done))
    }
}
