//! Parse, run, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    copytrail::cli::main()
}
