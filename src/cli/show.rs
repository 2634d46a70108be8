//! `show`: one article on file.

use clap::Args;

use crate::model::Report;
use crate::workflow;

use super::Outcome;
use super::failure::Failure;
use super::global::Session;
use super::output::Shown;

/// Show an article on file: its text, its credits, what is known of it
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  copytrail show https://paper.example/politik/gipfel")]
pub(super) struct Show {
    /// Its address or number
    #[arg(value_name = "URL|ID")]
    article: String,
    /// How to show it
    #[arg(long, value_enum, default_value_t)]
    format: Shown,
}

impl Show {
    pub(super) fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let (dossier, row) = workflow::show(&session.context, &self.article)?;
        session.output.show(&Report::Show(Box::new(dossier), row), self.format.into());
        Ok(Outcome::Done)
    }
}
