//! Use cases, a file each: the only room that wires the others together.

mod add;
mod candidates;
mod clusters;
mod compare;
mod context;
mod demo;
mod extract;
mod furniture;
mod keep;
mod kin;
pub mod lexicon;
mod look;
pub mod outlets;
mod page;
mod read;
mod rebuild;
mod refetch;
mod retold;
mod side_by_side;
mod trace;
mod warm;
mod watch;

pub use add::add;
pub use clusters::{clusters, clusters_across};
pub use compare::compare;
pub use context::{Context, Done, LexiconChoice, Progress, Silent, WorkflowError};
pub use demo::demo;
pub use extract::extract;
pub use keep::{kept, trace_all};
pub use look::{Filter, coverage, formats, list, on_file, remove, search, show, stats, watched};
pub use read::Given;
pub use rebuild::{check, rebuild};
pub use refetch::{RefetchOptions, refetch};
pub use trace::{TraceOptions, trace};
pub use warm::Warm;
pub use watch::{WatchOptions, domains_in, watch};
