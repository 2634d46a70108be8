//! `demo`: the main job on a bundled story.

use clap::Args;

use crate::model::Report;
use crate::workflow;

use super::Outcome;
use super::failure::Failure;
use super::global::Session;
use super::output::Traced;

const LAST_WORDS: &str = "
That was an invented story in a store that is gone by now. For a page of your own:

  copytrail add FOLDER        what it may have come from: pages, feeds, exports of other tools
  copytrail trace PAGE        where the page came from
";

/// Trace a bundled invented story, in a throw-away store
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  copytrail demo")]
pub(super) struct Demo {
    /// How to show the traces
    #[arg(long, value_enum, default_value_t)]
    format: Traced,
}

impl Demo {
    pub(super) fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let traces = workflow::demo(&session.context)?;
        session.output.show(&Report::Trace(traces), self.format.into());
        if self.format == Traced::Text {
            session.output.say(LAST_WORDS)?;
        }
        Ok(Outcome::Done)
    }
}
