//! What the user says of inputs that do not say it themselves.

use clap::Args;

use crate::workflow;

#[derive(Debug, Args)]
pub(super) struct Given {
    /// The outlet, a domain or a name, where the input names none
    #[arg(long, value_name = "OUTLET")]
    outlet: Option<String>,
    /// The page's address, where the input has none
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// When it was published (2025-05-16, or 2025-05-16T18:02:00+02:00), where the input does not say
    #[arg(long, value_name = "DATE")]
    published: Option<String>,
    /// Its language (de, en …), where the input does not say
    #[arg(long, value_name = "CODE")]
    language: Option<String>,
    /// Fetch the one address given although the site's robots.txt closes it to programs
    #[arg(long)]
    ignore_robots: bool,
}

impl Given {
    /// Whether anything is said that only inputs can lack.
    pub(super) fn is_said(&self) -> bool {
        let said = [&self.outlet, &self.url, &self.published, &self.language];
        self.ignore_robots || said.iter().any(|value| value.is_some())
    }
}

impl From<Given> for workflow::Given {
    fn from(given: Given) -> Self {
        Self {
            outlet: given.outlet,
            url: given.url,
            published: given.published,
            language: given.language,
            ignore_robots: given.ignore_robots,
        }
    }
}
