//! `outlets`: who is who.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::model::{OutletRule, Report};
use crate::workflow::outlets;

use super::Outcome;
use super::failure::Failure;
use super::global::Session;
use super::output::Shown;

/// Say who is who: which outlet a domain or path is
///
/// A table of agencies and outlets is built in; what you say of a domain or path wins over it, and
/// the articles on file follow.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  copytrail outlets set paper.example/regional 'Paper Regional' --group 'Harbour Media'\n  \
    copytrail outlets import papers.csv    # place,outlet,group,kind,contact,country\n  \
    copytrail outlets list --operators     # outlets behind which one operator stands"
)]
pub(super) struct Outlets {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Take in a table of outlets (CSV, semicolons and tabs too)
    #[command(after_help = "Example:\n  copytrail outlets import papers.csv")]
    Import(Import),
    /// List the outlets that are known
    #[command(
        after_help = "Example:\n  copytrail outlets list --on-file --format csv -o papers.csv"
    )]
    List(List),
    /// Say who a domain or path is
    #[command(
        after_help = "Example:\n  copytrail outlets set paper.example Paper --kind portal --country IS"
    )]
    Set(Set),
}

#[derive(Debug, Args)]
struct Import {
    /// The table; its first row names the columns place (or domain), outlet, group, kind, contact, country
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// How to show the rows that were taken in
    #[arg(long, value_enum, default_value_t)]
    format: Shown,
}

#[derive(Debug, Args)]
struct List {
    /// Only outlets with articles on file
    #[arg(long)]
    on_file: bool,
    /// Show which outlets share advertising or analytics accounts, an owner, or an author's blurb
    #[arg(long, conflicts_with = "on_file")]
    operators: bool,
    /// How to show them
    #[arg(long, value_enum, default_value_t)]
    format: Listed,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Listed {
    /// For a person at a terminal
    #[default]
    Text,
    /// One document
    Json,
    /// A line an item
    Jsonl,
    /// The table that `outlets import` takes in
    Csv,
}

#[derive(Debug, Args)]
struct Set {
    /// A domain, or a domain and path
    #[arg(value_name = "DOMAIN[/PATH]")]
    place: String,
    /// Its common name
    #[arg(value_name = "OUTLET")]
    outlet: String,
    /// Its publisher: outlets of one group
    #[arg(long, value_name = "NAME")]
    group: Option<String>,
    /// What it is: an outlet, wire, press-release, authority or portal
    #[arg(long, value_name = "KIND", default_value = "outlet")]
    kind: String,
    /// Whom to write to
    #[arg(long, value_name = "MAIL|URL")]
    contact: Option<String>,
    /// Where it is, as an ISO 3166 code (DE, IS …)
    #[arg(long, value_name = "CODE")]
    country: Option<String>,
    /// How to show the row
    #[arg(long, value_enum, default_value_t)]
    format: Shown,
}

impl Outlets {
    pub(super) fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        match self.command {
            Command::Import(import) => import.run(session),
            Command::List(list) => list.run(session),
            Command::Set(set) => set.run(session),
        }
    }
}

impl Import {
    fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let done = outlets::import(&session.context, &self.file)?;
        let outcome = session.outcome(&done);
        let (rows, changed) = done.value;
        session.note_changed(changed);
        session.output.show(&Report::Outlets(rows), self.format.into());
        Ok(outcome)
    }
}

impl List {
    fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let shown = match self.format {
            Listed::Text => Shown::Text,
            Listed::Json => Shown::Json,
            Listed::Jsonl => Shown::Jsonl,
            Listed::Csv => {
                let rows = outlets::outlets(&session.context, self.on_file)?;
                session.output.say(&outlets::table(&rows))?;
                return Ok(Outcome::Done);
            }
        };
        let report = if self.operators {
            Report::Operators(outlets::operators(&session.context)?)
        } else {
            Report::Outlets(outlets::outlets(&session.context, self.on_file)?)
        };
        session.output.show(&report, shown.into());
        Ok(Outcome::Done)
    }
}

impl Set {
    fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let kind = outlets::kind(&self.kind).ok_or(Failure::NoSuchKind(self.kind))?;
        let rule = OutletRule {
            place: self.place,
            name: self.outlet,
            group: self.group,
            kind,
            contact: self.contact,
            country: self.country,
        };
        let (row, changed) = outlets::set(&session.context, rule)?;
        session.note_changed(changed);
        session.output.show(&Report::Outlets(vec![row]), self.format.into());
        Ok(Outcome::Done)
    }
}
