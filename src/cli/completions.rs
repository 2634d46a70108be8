//! `completions`: for the shell.

use clap::Args;
use clap_complete::Shell;

use super::Outcome;
use super::failure::Failure;
use super::global::Session;

/// Write completions for a shell
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  copytrail completions bash > ~/.local/share/bash-completion/completions/copytrail"
)]
pub(super) struct Completions {
    /// Which shell
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut super::command(), "copytrail", &mut script);
        session.output.say(&String::from_utf8_lossy(&script))?;
        Ok(Outcome::Done)
    }
}
