//! Which articles on file: by outlet, language and day.

use clap::Args;

use crate::workflow;

#[derive(Debug, Args)]
pub(super) struct Filter {
    /// Only this outlet's, a domain or a name
    #[arg(long, value_name = "OUTLET")]
    outlet: Option<String>,
    /// Only in this language (de, en …)
    #[arg(long, value_name = "CODE")]
    language: Option<String>,
    /// Published on this day or later (2025-05-16)
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// Published on this day or earlier
    #[arg(long, value_name = "DAY")]
    to: Option<String>,
}

impl Filter {
    /// With the rows wanted: at most `limit` after the first `offset`.
    pub(super) fn rows(self, limit: Option<usize>, offset: usize) -> workflow::Filter {
        workflow::Filter {
            outlet: self.outlet,
            language: self.language,
            from: self.from,
            to: self.to,
            limit,
            offset,
        }
    }
}
