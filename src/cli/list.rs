//! `list`: what is on file.

use clap::Args;

use crate::model::Report;
use crate::workflow;

use super::Outcome;
use super::failure::Failure;
use super::filter::Filter;
use super::global::Session;
use super::output::Listed;

/// List the articles on file
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  copytrail list --outlet paper.example --from 2025-05-01 --limit 20"
)]
pub(super) struct List {
    #[command(flatten)]
    filter: Filter,
    /// At most so many
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Leave out the first so many
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// How to show them
    #[arg(long, value_enum, default_value_t)]
    format: Listed,
}

impl List {
    pub(super) fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let filter = self.filter.rows(self.limit, self.offset);
        let rows = workflow::list(&session.context, &filter)?;
        session.output.show(&Report::List(rows), self.format.into());
        Ok(Outcome::Done)
    }
}
