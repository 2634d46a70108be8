//! `check`: is the store sound?

use clap::Args;

use crate::model::Report;
use crate::workflow;

use super::Outcome;
use super::failure::Failure;
use super::global::Session;
use super::output::Shown;

/// Check that the store is sound; exit status 1 when something is wrong
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  copytrail check --recompute")]
pub(super) struct Check {
    /// Compute every fingerprint anew from its text as well
    #[arg(long)]
    recompute: bool,
    /// How to show the outcome
    #[arg(long, value_enum, default_value_t)]
    format: Shown,
}

impl Check {
    pub(super) fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let report = workflow::check(&session.context, self.recompute)?;
        let outcome = if report.findings.is_empty() { Outcome::Done } else { Outcome::Partly };
        session.output.show(&Report::Check(report), self.format.into());
        Ok(outcome)
    }
}
