//! `packs`: the index packs that were added.

use clap::Args;

use crate::model::Report;
use crate::workflow;

use super::Outcome;
use super::failure::Failure;
use super::global::Session;
use super::output::Shown;

/// List the index packs on file, or take some out
///
/// A pack is another's index without any text: `export --pack` makes one, `add` takes it in. `trace` then says which
/// pages that are not on file share text with an article (`leads`); it never takes one for a source.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  copytrail add agency-2025-05.pack\n  copytrail packs\n  \
    copytrail packs --remove agency-2025-05")]
pub(super) struct Packs {
    /// Take these out, without a trace in any index
    #[arg(long, num_args = 1.., value_name = "NAME")]
    remove: Vec<String>,
    /// How to show those that are on file then
    #[arg(long, value_enum, default_value_t)]
    format: Shown,
}

impl Packs {
    pub(super) fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let rows = if self.remove.is_empty() {
            workflow::packs(&session.context)?
        } else {
            workflow::remove_packs(&session.context, &self.remove)?
        };
        session.output.show(&Report::Packs(rows), self.format.into());
        Ok(Outcome::Done)
    }
}
