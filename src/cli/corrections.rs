//! `corrections`: which copies are stale.

use clap::Args;

use crate::model::Report;
use crate::workflow;

use super::Outcome;
use super::failure::Failure;
use super::global::Session;
use super::output::Shown;

/// Say which copies still carry what an agency corrected or withdrew
///
/// A correction is a new version of an item that changes its words, or an item that says it corrects; a kill is an item
/// whose state or note says it is withdrawn. Translated copies are told by the numbers and names that were changed.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  copytrail corrections dpa")]
pub(super) struct Corrections {
    /// The agency's id, domain or name; all agencies where none is given
    #[arg(value_name = "AGENCY")]
    agency: Option<String>,
    /// How to show them
    #[arg(long, value_enum, default_value_t)]
    format: Shown,
}

impl Corrections {
    pub(super) fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let mut notices = Vec::new();
        workflow::corrections(&session.context, self.agency.as_deref(), &mut |notice| {
            notices.push(notice);
        })?;
        session.output.show(&Report::Corrections(notices), self.format.into());
        Ok(Outcome::Done)
    }
}
