//! `review`: what people decide about findings.

use clap::{Args, Subcommand, ValueEnum};

use crate::model::{Decision, Report};
use crate::workflow::{self, Said};

use super::Outcome;
use super::failure::Failure;
use super::global::Session;
use super::output::{Listed, Shown};

/// Keep what a person decided about a finding; later audits respect it
///
/// A decision holds for the verdict and origin that it was made on: another one is a finding anew.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
#[command(
    after_help = "Examples:\n  copytrail review https://paper.example/kran --as dismissed --by mk --note \"paid by invoice\"\n  \
    copytrail review import decisions.csv\n  copytrail review list --format csv > decisions.csv"
)]
pub(super) struct Review {
    #[command(subcommand)]
    command: Option<Command>,
    /// Addresses, numbers or your own ids of articles on file
    #[arg(required = true, value_name = "ARTICLE")]
    articles: Vec<String>,
    /// The decision
    #[arg(long = "as", value_enum, required_unless_present = "withdraw", value_name = "DECISION")]
    decision: Option<Decided>,
    /// Who decides
    #[arg(long, required_unless_present = "withdraw", value_name = "NAME")]
    by: Option<String>,
    /// Why
    #[arg(long, default_value = "", value_name = "TEXT")]
    note: String,
    /// Take the decisions back
    #[arg(long, conflicts_with_all = ["decision", "by"])]
    withdraw: bool,
    /// How to show the decisions
    #[arg(long, value_enum, default_value_t)]
    format: Shown,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(List),
    Import(Import),
}

/// List the decisions, the latest first
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  copytrail review list --format csv > decisions.csv")]
struct List {
    /// How to show them; `import` takes the csv again
    #[arg(long, value_enum, default_value_t)]
    format: Listed,
}

/// Take decisions from CSV: article, decision, by, note, at
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  copytrail review import decisions.csv")]
struct Import {
    /// Files, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// How to show what was taken
    #[arg(long, value_enum, default_value_t)]
    format: Shown,
}

/// A decision as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Decided {
    /// It is as the finding says
    Confirmed,
    /// It is no finding
    Dismissed,
    /// It is a copy, and the use is licensed
    Licensed,
}

impl From<Decided> for Decision {
    fn from(decided: Decided) -> Self {
        match decided {
            Decided::Confirmed => Self::Confirmed,
            Decided::Dismissed => Self::Dismissed,
            Decided::Licensed => Self::Licensed,
        }
    }
}

impl Review {
    pub(super) fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        match self.command {
            Some(Command::List(list)) => {
                let rows = workflow::reviews(&session.context)?;
                session.output.show(&Report::Reviews(rows), list.format.into());
                Ok(Outcome::Done)
            }
            Some(Command::Import(import)) => {
                let done = workflow::import_reviews(&session.context, &import.files)?;
                let outcome = session.outcome(&done);
                session.output.show(&Report::Reviews(done.value), import.format.into());
                Ok(outcome)
            }
            None => self.decide(session),
        }
    }

    fn decide(self, session: &mut Session) -> Result<Outcome, Failure> {
        let (Some(decision), Some(by)) = (self.decision, self.by) else {
            let rows = workflow::withdraw(&session.context, &self.articles)?;
            session.output.show(&Report::Reviews(rows), self.format.into());
            return Ok(Outcome::Done);
        };
        let said = Said { decision: decision.into(), by, note: self.note };
        let done = workflow::review(&session.context, &self.articles, &said)?;
        let outcome = session.outcome(&done);
        session.output.show(&Report::Reviews(done.value), self.format.into());
        Ok(outcome)
    }
}
