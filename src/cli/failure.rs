//! What ends a command, and the exit code it ends with.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::reporter::{ReportError, plain};
use crate::web::BadSettings;
use crate::workflow::WorkflowError;

/// Exit status of a command that was stopped with Ctrl-C, as shells count it (128 + SIGINT).
pub(super) const INTERRUPTED: u8 = 130;

/// Why a command could not be done.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error(transparent)]
    Workflow(#[from] WorkflowError),
    #[error(transparent)]
    Report(#[from] ReportError),
    #[error("the conversation with the assistant broke off: {0}")]
    Assistant(String),
    #[error(transparent)]
    Serve(#[from] BadSettings),
    #[error("{}: the token cannot be read: {cause}; name a file that holds it with --token", path.display())]
    Token { path: PathBuf, cause: io::Error },
    #[error("{}: cannot be written: {source}; choose another file with --output", path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("{}: cannot be read: {source}; give letter-de, letter-en or a file", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error(
        "the output cannot be written: {0}; the store is as it was left by the last whole batch"
    )]
    Stdout(io::Error),
    #[error(
        "no data directory is known on this system; name the store with --db FILE or COPYTRAIL_DB"
    )]
    NoDataDirectory,
    #[error("{0} is no kind of outlet; give outlet, wire, press_release, authority or portal")]
    NoSuchKind(String),
    #[error(
        "--outlet, --url, --published, --language and --ignore-robots are for inputs; --all traces what is on file as it stands: leave them out"
    )]
    NotForAll,
    #[error("stopped; whole batches are kept, the same command goes on from there")]
    Interrupted,
    /// Whoever read the output has seen enough: no fault, nothing to say.
    #[error("the reader of the output is gone")]
    ReaderGone,
}

impl Failure {
    /// Of writing to standard output.
    pub(super) fn of_stdout(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::ReaderGone
        } else {
            Self::Stdout(error)
        }
    }

    /// Says it on stderr and gives the exit code.
    pub(super) fn say(&self) -> ExitCode {
        match self {
            Self::ReaderGone => return ExitCode::SUCCESS,
            Self::Interrupted => {
                eprintln!("copytrail: {self}");
                return ExitCode::from(INTERRUPTED);
            }
            _ => eprintln!("copytrail: {}", plain(&self.to_string())),
        }
        ExitCode::from(2)
    }
}
