//! `mcp`: the same questions as tools for assistants.

use clap::Args;

use crate::web;
use crate::workflow::Silent;

use super::Outcome;
use super::failure::Failure;
use super::global::Session;

/// Answer an assistant's questions over standard input and output
///
/// It speaks the Model Context Protocol: trace, compare, audit, search and show as tools. Nothing is added to
/// the store unless --allow-add says so; without it an audit counts the traces that are kept.
#[derive(Debug, Args)]
#[command(
    after_help = "Example, as an assistant's settings have it:\n  copytrail mcp --db /home/me/news.db"
)]
pub(super) struct Mcp {
    /// Let the assistant take articles into the store
    #[arg(long)]
    allow_add: bool,
}

impl Mcp {
    pub(super) fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let stop = session.context.interrupted.clone();
        let context = session.context.beside(stop, Box::new(Silent));
        web::converse(context, self.allow_add).map_err(Failure::Assistant)?;
        Ok(Outcome::Done)
    }
}
