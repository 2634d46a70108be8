//! `coverage`: what is on file by outlet and day.

use clap::Args;

use crate::model::Report;
use crate::workflow;

use super::Outcome;
use super::failure::Failure;
use super::filter::Filter;
use super::global::Session;
use super::output::Shown;

/// Show how many articles are on file by outlet and day
///
/// What is not on file cannot be found as a source: look here before believing `original`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  copytrail coverage --outlet dpa.com --from 2025-05-10 --to 2025-05-20"
)]
pub(super) struct Coverage {
    #[command(flatten)]
    filter: Filter,
    /// How to show it
    #[arg(long, value_enum, default_value_t)]
    format: Shown,
}

impl Coverage {
    pub(super) fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let rows = workflow::coverage(&session.context, &self.filter.rows(None, 0))?;
        session.output.show(&Report::Coverage(rows), self.format.into());
        Ok(Outcome::Done)
    }
}
