//! `extract`: what `add` would store, shown and not stored.

use clap::Args;

use crate::model::Report;
use crate::workflow;

use super::Outcome;
use super::failure::Failure;
use super::given::Given;
use super::global::Session;
use super::output::{Items, Shown};

/// Show what `add` would store, and store nothing
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  copytrail extract page.html --format jsonl")]
pub(super) struct Extract {
    /// Files, folders, globs, http(s) addresses, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<String>,
    #[command(flatten)]
    given: Given,
    /// How to show the articles
    #[arg(long, value_enum, default_value_t)]
    format: Shown,
}

impl Extract {
    pub(super) fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let Session { context, output, .. } = session;
        let mut items = Items::new(output, self.format.into(), Report::Extract);
        let given = self.given.into();
        let done = workflow::extract(context, &self.inputs, &given, &mut |a| items.put(a))?;
        items.end();
        Ok(session.outcome(&done))
    }
}
