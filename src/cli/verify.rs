//! `verify`: the proof of an evidence bundle.

use clap::Args;

use crate::model::Report;
use crate::workflow;

use super::Outcome;
use super::failure::Failure;
use super::global::Session;
use super::output::Shown;

/// Prove that an evidence bundle is what it was; needs no store and no network
///
/// Checks the sum of every member and the time stamp, finds the same words in the bundled texts, and reads the captures
/// again. Exit status 1 when something is altered; it is named.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  copytrail verify proof.zip\n  \
    copytrail verify proof.zip --authority tsa.pem")]
pub(super) struct Verify {
    /// What `export --evidence` wrote
    #[arg(value_name = "FILE")]
    file: String,
    /// The time stamp must go back to this certificate (PEM or DER): the authority's own, or its issuer's
    #[arg(long, value_name = "CERTIFICATE")]
    authority: Option<String>,
    /// How to show what was found
    #[arg(long, value_enum, default_value_t)]
    format: Shown,
}

impl Verify {
    pub(super) fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let verified = workflow::verify(&self.file, self.authority.as_deref())?;
        let outcome = if verified.sound { Outcome::Done } else { Outcome::Partly };
        session.output.show(&Report::Verified(verified), self.format.into());
        Ok(outcome)
    }
}
