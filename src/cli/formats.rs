//! `formats`: what can be read.

use clap::Args;

use crate::model::Report;
use crate::workflow;

use super::Outcome;
use super::failure::Failure;
use super::global::Session;
use super::output::Shown;

/// List the formats that can be read, and how each is told from its content
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  copytrail formats")]
pub(super) struct Formats {
    /// How to show them
    #[arg(long, value_enum, default_value_t)]
    format: Shown,
}

impl Formats {
    #[allow(clippy::unnecessary_wraps)] // the shape of every command's run
    pub(super) fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        session.output.show(&Report::Formats(workflow::formats()), self.format.into());
        Ok(Outcome::Done)
    }
}
