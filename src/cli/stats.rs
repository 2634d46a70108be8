//! `stats`: the store in figures.

use clap::Args;

use crate::model::Report;
use crate::workflow;

use super::Outcome;
use super::failure::Failure;
use super::global::Session;
use super::output::Shown;

/// Show the store in figures: what is in it, what it costs
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  copytrail stats --format json")]
pub(super) struct Stats {
    /// How to show them
    #[arg(long, value_enum, default_value_t)]
    format: Shown,
}

impl Stats {
    pub(super) fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let stats = workflow::stats(&session.context)?;
        session.output.show(&Report::Stats(Box::new(stats)), self.format.into());
        Ok(Outcome::Done)
    }
}
