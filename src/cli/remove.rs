//! `remove`: articles out of the store.

use clap::Args;

use crate::model::Report;
use crate::workflow;

use super::Outcome;
use super::failure::Failure;
use super::global::Session;
use super::output::Shown;

/// Take articles out of the store, without a trace in any index
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  copytrail remove https://paper.example/withdrawn 4711")]
pub(super) struct Remove {
    /// Their addresses or numbers
    #[arg(required = true, value_name = "URL|ID")]
    articles: Vec<String>,
    /// How to show the outcome
    #[arg(long, value_enum, default_value_t)]
    format: Shown,
}

impl Remove {
    pub(super) fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let done = workflow::remove(&session.context, &self.articles)?;
        let outcome = session.outcome(&done);
        session.output.show(&Report::Removed(done.value), self.format.into());
        Ok(outcome)
    }
}
