//! `trace`: where each article came from.

use clap::Args;

use crate::model::Report;
use crate::workflow::{self, TraceOptions};

use super::Outcome;
use super::across::Across;
use super::failure::Failure;
use super::given::Given;
use super::global::Session;
use super::output::{Items, Traced};

/// Say where articles came from, and what that rests on
///
/// An article on file is traced as it stands, never against itself; one that is not is compared
/// with the store and not kept.
#[derive(Debug, Args)]
#[allow(clippy::struct_excessive_bools)] // each is a flag of the command line
#[command(after_help = "Examples:\n  copytrail trace page.html\n  \
    copytrail trace https://paper.example/politik/gipfel --format json\n  \
    copytrail trace page.html --against suspects/ --explain\n  \
    copytrail trace page.html --format html --output report.html\n  \
    copytrail trace --all")]
pub(super) struct Trace {
    /// Files, folders, globs, addresses, numbers of articles on file, or - for standard input
    #[arg(required_unless_present = "all", value_name = "INPUT|URL|ID")]
    queries: Vec<String>,
    /// Compare with these as well; they are not stored
    #[arg(long, num_args = 1.., value_name = "INPUT", conflicts_with = "all")]
    against: Vec<String>,
    /// Trace every article on file and keep the outcomes; goes on where it was stopped, and makes again only what new
    /// articles touch. As text it prints the figures, else every trace, without the texts side by side
    #[arg(long, conflicts_with = "queries")]
    all: bool,
    #[command(flatten)]
    across: Across,
    /// Let a translated or rewritten source be of any age, not only of the 30 days before
    #[arg(long)]
    any_time: bool,
    /// Show all names and numbers that tie paragraphs of other words together, and the figures weighed
    #[arg(long, conflicts_with = "all")]
    explain: bool,
    #[command(flatten)]
    given: Given,
    /// How to show the traces
    #[arg(long, value_enum, default_value_t)]
    format: Traced,
}

impl Trace {
    pub(super) fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let options = TraceOptions {
            against: self.against,
            explain: self.explain,
            texts: self.format == Traced::Html,
            ..TraceOptions::from(self.across)
        };
        if self.any_time {
            session.context.thresholds.source_window_days = None;
        }
        if self.all && self.given.is_said() {
            return Err(Failure::NotForAll);
        }
        if self.all {
            return every_article(&options, self.format, session);
        }
        let Session { context, output, .. } = session;
        let mut items = Items::new(output, self.format.into(), Report::Trace);
        let given = self.given.into();
        let done =
            workflow::trace(context, &self.queries, &options, &given, &mut |t| items.put(t))?;
        items.end();
        Ok(session.outcome(&done))
    }
}

/// Traces what has no outcome that holds, then shows the figures, or the traces where a program reads them.
fn every_article(
    options: &TraceOptions,
    format: Traced,
    session: &mut Session,
) -> Result<Outcome, Failure> {
    let done = workflow::trace_all(&session.context, options)?;
    if format == Traced::Text {
        session.output.show(&Report::TracedAll(done), format.into());
        return Ok(Outcome::Done);
    }
    let Session { context, output, .. } = session;
    let mut items = Items::new(output, format.into(), Report::Trace);
    workflow::kept(context, options, &mut |trace| items.put(trace))?;
    items.end();
    Ok(Outcome::Done)
}
