//! `compare`: two articles side by side.

use clap::Args;

use crate::model::Report;
use crate::workflow;

use super::Outcome;
use super::across::Across;
use super::failure::Failure;
use super::global::Session;
use super::output::Compared;

/// Show two articles paragraph by paragraph, the copied words marked
///
/// Where one may be a translation or rewriting of the other, the paragraphs that follow one another stand side by side
/// with the names, numbers and meanings that tie them together.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  copytrail compare copy.html https://wire.example/item/1\n  \
    copytrail compare copy.html 17 --format html --output both.html")]
pub(super) struct Compare {
    /// A file, an address or the number of an article on file
    a: String,
    /// The other one
    b: String,
    #[command(flatten)]
    across: Across,
    /// How to show the two
    #[arg(long, value_enum, default_value_t)]
    format: Compared,
}

impl Compare {
    pub(super) fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let done = workflow::compare(&session.context, &self.a, &self.b, &self.across.into())?;
        let outcome = session.outcome(&done);
        session.output.show(&Report::Compare(Box::new(done.value)), self.format.into());
        Ok(outcome)
    }
}
