//! The flags that turn the look across languages and wordings off, of every command that takes it.

use clap::Args;

use crate::workflow::TraceOptions;

#[derive(Debug, Args)]
pub(super) struct Across {
    /// Do not look for sources in other languages
    #[arg(long)]
    no_translation: bool,
    /// Do not look for sources in other words
    #[arg(long)]
    no_rewriting: bool,
}

impl From<Across> for TraceOptions {
    fn from(across: Across) -> Self {
        Self {
            translation: !across.no_translation,
            rewriting: !across.no_rewriting,
            ..Self::default()
        }
    }
}
