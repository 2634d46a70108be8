//! `search`: full text.

use clap::Args;

use crate::model::Report;
use crate::workflow;

use super::Outcome;
use super::failure::Failure;
use super::global::Session;
use super::output::Listed;

/// Find articles on file by their words, in any of their forms
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  copytrail search 'Waffenruhe Istanbul' --limit 5\n  \
    copytrail search --history 'The minister has denied all charges against him'")]
pub(super) struct Search {
    /// Words; all must stand in the article
    #[arg(required = true, value_name = "WORDS")]
    words: Vec<String>,
    /// Look for a passage that articles once had and no longer have: five or more of its words in a row
    #[arg(long)]
    history: bool,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// How to show them
    #[arg(long, value_enum, default_value_t)]
    format: Listed,
}

impl Search {
    pub(super) fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let find = if self.history { workflow::history } else { workflow::search };
        let hits = find(&session.context, &self.words.join(" "), self.limit)?;
        session.output.show(&Report::Search(hits), self.format.into());
        Ok(Outcome::Done)
    }
}
