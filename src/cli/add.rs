//! `add`: articles into the store.

use clap::Args;

use crate::model::Report;
use crate::workflow;

use super::Outcome;
use super::failure::Failure;
use super::given::Given;
use super::global::Session;
use super::output::Shown;

/// Take articles into the store
///
/// A folder is taken whole, an archive record by record. Adding the same thing twice changes
/// nothing; a changed text becomes a new revision and the old one stays.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  copytrail add archive/ wire-2025-05.jsonl 'pages/*.html'")]
pub(super) struct Add {
    /// Files, folders, globs, http(s) addresses, or - for standard input; formats are told from the content
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<String>,
    #[command(flatten)]
    given: Given,
    /// How to show the outcome
    #[arg(long, value_enum, default_value_t)]
    format: Shown,
}

impl Add {
    pub(super) fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let done = workflow::add(&session.context, &self.inputs, &self.given.into())?;
        let outcome = session.outcome(&done);
        session.output.show(&Report::Add(done.value), self.format.into());
        Ok(outcome)
    }
}
