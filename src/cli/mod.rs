//! The command line: arguments to a call of the workflow, its answer to the reporter, the outcome to an exit code.

mod across;
mod add;
mod audit;
mod check;
mod clusters;
mod compare;
mod completions;
mod copies;
mod corrections;
mod coverage;
mod demo;
mod export;
mod extract;
mod failure;
mod filter;
mod formats;
mod given;
mod global;
mod lexicon;
mod licences;
mod list;
mod mcp;
mod outlets;
mod output;
mod packs;
mod progress;
mod rebuild;
mod refetch;
mod remove;
mod replace;
mod review;
mod search;
mod serve;
mod show;
mod stats;
mod trace;
mod verify;
mod watch;
mod welcome;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use failure::Failure;
use global::{Global, Session};

/// Where did this article come from?
///
/// copytrail traces a news article back to its origin (agency → paper → aggregator) and says what
/// that rests on. Everything it compares is in one file of yours; nothing leaves the machine.
#[derive(Debug, Parser)]
#[command(name = "copytrail", version, max_term_width = 100, propagate_version = true)]
#[command(
    after_help = "Start with `copytrail demo`. Each command's --help ends with an example.\n\n\
    Exit status: 0 done; 1 done, but some inputs were refused (each is named on stderr), or `check`\n\
    found something; 2 nothing could be done."
)]
pub struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Add(add::Add),
    Extract(extract::Extract),
    Trace(trace::Trace),
    Compare(compare::Compare),
    Clusters(clusters::Clusters),
    Audit(audit::Audit),
    Copies(copies::Copies),
    Corrections(corrections::Corrections),
    Licences(licences::Licences),
    Review(review::Review),
    Show(show::Show),
    List(list::List),
    Search(search::Search),
    Serve(serve::Serve),
    Mcp(mcp::Mcp),
    Stats(stats::Stats),
    Coverage(coverage::Coverage),
    Check(check::Check),
    Rebuild(rebuild::Rebuild),
    Remove(remove::Remove),
    Watch(watch::Watch),
    Refetch(refetch::Refetch),
    Outlets(outlets::Outlets),
    Export(export::Export),
    Packs(packs::Packs),
    Verify(verify::Verify),
    Lexicon(lexicon::Lexicon),
    Formats(formats::Formats),
    Demo(demo::Demo),
    Completions(completions::Completions),
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Done,
    /// Some inputs were refused, or a check found something.
    Partly,
}

/// Parses the arguments, runs the command and gives its exit code.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let Some(command) = cli.command else {
        return welcome::say();
    };
    let ended = match Session::start(cli.global) {
        Ok(mut session) => {
            let ended = run(command, &mut session);
            session.end(ended)
        }
        Err(failure) => Err(failure),
    };
    match ended {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Partly) => ExitCode::from(1),
        Err(failure) => failure.say(),
    }
}

/// The whole command line as clap knows it: for completions, and for the test that every command
/// is documented.
#[must_use]
pub fn command() -> clap::Command {
    Cli::command()
}

fn run(command: Command, session: &mut Session) -> Result<Outcome, Failure> {
    match command {
        Command::Add(add) => add.run(session),
        Command::Extract(extract) => extract.run(session),
        Command::Trace(trace) => trace.run(session),
        Command::Compare(compare) => compare.run(session),
        Command::Clusters(clusters) => clusters.run(session),
        Command::Audit(audit) => audit.run(session),
        Command::Copies(copies) => copies.run(session),
        Command::Corrections(corrections) => corrections.run(session),
        Command::Licences(licences) => licences.run(session),
        Command::Review(review) => review.run(session),
        Command::Show(show) => show.run(session),
        Command::List(list) => list.run(session),
        Command::Search(search) => search.run(session),
        Command::Serve(serve) => serve.run(session),
        Command::Mcp(mcp) => mcp.run(session),
        Command::Stats(stats) => stats.run(session),
        Command::Coverage(coverage) => coverage.run(session),
        Command::Check(check) => check.run(session),
        Command::Rebuild(rebuild) => rebuild.run(session),
        Command::Remove(remove) => remove.run(session),
        Command::Watch(watch) => watch.run(session),
        Command::Refetch(refetch) => refetch.run(session),
        Command::Outlets(outlets) => outlets.run(session),
        Command::Export(export) => export.run(session),
        Command::Packs(packs) => packs.run(session),
        Command::Verify(verify) => verify.run(session),
        Command::Lexicon(lexicon) => lexicon.run(session),
        Command::Formats(formats) => formats.run(session),
        Command::Demo(demo) => demo.run(session),
        Command::Completions(completions) => completions.run(session),
    }
}
