//! `licences`: who may use whose copy.

use clap::{Args, Subcommand};

use crate::model::{LicenceRow, Report};
use crate::workflow::licences;

use super::Outcome;
use super::failure::Failure;
use super::global::Session;
use super::output::{Listed, Shown};

/// Keep who may use whose copy; traces, audits and copies say then whether a use is licensed
///
/// A user is an outlet (domain or name) or a publisher's group; an owner an agency's id, one of its services (dpa/lno)
/// or an outlet. Of owners that no licence names nothing is said.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  copytrail licences import licences.csv\n  copytrail licences list dpa"
)]
pub(super) struct Licences {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Import(Import),
    List(List),
    Set(Set),
}

/// Take licences from CSV: user, owner, service, from, to, onward, note
///
/// The first line names the columns; user and owner must be there. The same licence twice changes nothing.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  copytrail licences import licences.csv")]
struct Import {
    /// Files, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// How to show what was taken
    #[arg(long, value_enum, default_value_t)]
    format: Shown,
}

/// List the licences on file
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  copytrail licences list paper.example --format csv > licences.csv"
)]
struct List {
    /// Only those of this user or owner
    #[arg(value_name = "PARTY")]
    party: Option<String>,
    /// How to show them; `import` takes the csv again
    #[arg(long, value_enum, default_value_t)]
    format: Listed,
}

/// Keep one licence, or take it out
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  copytrail licences set paper.example dpa/lno --from 2025-01-01 --to 2025-12-31"
)]
struct Set {
    /// Who may use it
    user: String,
    /// Whose copy, `dpa` or `dpa/lno`
    owner: String,
    /// First day (2025-01-01)
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// Last day
    #[arg(long, value_name = "DAY")]
    to: Option<String>,
    /// The user may pass it on
    #[arg(long)]
    onward: bool,
    /// What to remember of it
    #[arg(long, default_value = "", value_name = "TEXT")]
    note: String,
    /// Take it out instead
    #[arg(long)]
    remove: bool,
    /// How to show the outcome
    #[arg(long, value_enum, default_value_t)]
    format: Shown,
}

impl Licences {
    pub(super) fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        match self.command {
            Command::Import(import) => {
                let done = licences::import(&session.context, &import.files)?;
                let outcome = session.outcome(&done);
                session.output.show(&Report::Licences(done.value), import.format.into());
                Ok(outcome)
            }
            Command::List(list) => {
                let rows = licences::list(&session.context, list.party.as_deref())?;
                session.output.show(&Report::Licences(rows), list.format.into());
                Ok(Outcome::Done)
            }
            Command::Set(set) => set.run(session),
        }
    }
}

impl Set {
    fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let row = LicenceRow {
            user: self.user,
            owner: self.owner,
            service: None,
            from: self.from,
            to: self.to,
            onward: self.onward,
            note: self.note,
        };
        let rows = licences::set(&session.context, &row, self.remove)?;
        session.output.show(&Report::Licences(rows), self.format.into());
        Ok(Outcome::Done)
    }
}
