//! `clusters`: who carries the same story text.

use clap::Args;

use crate::model::Report;
use crate::workflow;

use super::Outcome;
use super::across::Across;
use super::failure::Failure;
use super::global::Session;
use super::output::{Items, Listed};

/// Group the articles on file that carry the same story text
///
/// Groups by the same words come first. Then each group's earliest article, and each that is left alone, is compared
/// across languages and wordings with those whose rare names, numbers and meanings it shares, and joins them where it
/// is nearly sure to be the same text retold. Other copies of a group are not compared one by one.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  copytrail clusters --format jsonl > clusters.jsonl")]
pub(super) struct Clusters {
    #[command(flatten)]
    across: Across,
    /// How to show the groups
    #[arg(long, value_enum, default_value_t)]
    format: Listed,
}

impl Clusters {
    pub(super) fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let Session { context, output, .. } = session;
        let mut items = Items::new(output, self.format.into(), Report::Clusters);
        let done = workflow::clusters_across(context, &self.across.into(), &mut |cluster| {
            items.put(cluster);
        })?;
        items.end();
        Ok(session.outcome(&done))
    }
}
