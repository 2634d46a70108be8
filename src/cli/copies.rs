//! `copies`: who ran an item, or an outlet's items.

use clap::Args;

use crate::model::Report;
use crate::workflow::{self, CopiesOptions};

use super::Outcome;
use super::failure::Failure;
use super::global::Session;
use super::output::{Items, Listed};

/// Say who ran an item, or an outlet's items of a period: when, how much of it, credited, licensed
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  copytrail copies https://wire.example/items/4711\n  \
    copytrail copies dpa --from 2025-05-16 --to 2025-05-16 --format jsonl")]
pub(super) struct Copies {
    /// Articles on file (address, number, your own id), or outlets (domain, name, agency's id)
    #[arg(required = true, value_name = "ARTICLE|OUTLET")]
    of: Vec<String>,
    /// Of an outlet: items published on this day or later (2025-05-16)
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// Of an outlet: items published on this day or earlier
    #[arg(long, value_name = "DAY")]
    to: Option<String>,
    /// How to show them
    #[arg(long, value_enum, default_value_t)]
    format: Listed,
}

impl Copies {
    pub(super) fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let options = CopiesOptions { of: self.of, from: self.from, to: self.to };
        let Session { context, output, .. } = session;
        let mut items = Items::new(output, self.format.into(), Report::Copies);
        let done = workflow::copies(context, &options, &mut |report| items.put(report))?;
        items.end();
        Ok(session.outcome(&done))
    }
}
