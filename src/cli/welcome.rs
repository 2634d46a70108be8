//! `copytrail` alone: what to type first.

use std::io::{self, IsTerminal};
use std::process::ExitCode;

const WELCOME: &str = "\
copytrail says where a news article came from, and what that rests on. First steps:

  copytrail demo              see it work on an invented story
  copytrail add FOLDER        take in what articles may have come from
  copytrail trace PAGE        where a page came from: a file or an address
  copytrail serve --open      the same in the browser
  copytrail --help            every command
";

/// At a terminal that is an answer; in a script a command is missing.
pub(super) fn say() -> ExitCode {
    if io::stdout().is_terminal() {
        print!("{WELCOME}");
        return ExitCode::SUCCESS;
    }
    eprint!("{WELCOME}");
    ExitCode::from(2)
}
