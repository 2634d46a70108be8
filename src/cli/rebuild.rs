//! `rebuild`: indexes of an older scheme up to date.

use clap::Args;

use crate::model::Report;
use crate::workflow;

use super::Outcome;
use super::failure::Failure;
use super::global::Session;
use super::output::Shown;

/// Bring missing indexes and those of an older version up to date; goes on where it was stopped
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  copytrail rebuild")]
pub(super) struct Rebuild {
    /// How to show the outcome
    #[arg(long, value_enum, default_value_t)]
    format: Shown,
}

impl Rebuild {
    pub(super) fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let rebuilt = workflow::rebuild(&session.context)?;
        session.output.show(&Report::Rebuilt(rebuilt), self.format.into());
        Ok(Outcome::Done)
    }
}
