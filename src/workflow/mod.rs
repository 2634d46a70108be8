//! Use cases, a file each: the only room that wires the others together.

mod add;
mod audit;
mod candidates;
mod clusters;
mod compare;
mod context;
mod copies;
mod corrections;
mod demo;
mod earlier;
mod evidence;
mod export;
mod extract;
mod furniture;
mod hint;
mod history;
mod keep;
mod kin;
mod languages;
mod learn;
pub mod lexicon;
pub mod licences;
mod look;
pub mod outlets;
mod page;
mod read;
mod rebuild;
mod refetch;
mod retold;
mod review;
mod rights;
mod sheet;
mod side_by_side;
mod trace;
mod verify;
mod warm;
mod watch;
mod witnesses;

pub use add::add;
pub use audit::{AuditOptions, audit, outlets_in};
pub use clusters::{clusters, clusters_across};
pub use compare::compare;
pub use context::{Context, Done, LexiconChoice, Progress, Silent, WorkflowError};
pub use copies::{CopiesOptions, copies};
pub use corrections::corrections;
pub use demo::demo;
pub use evidence::evidence;
pub use export::{ExportError, RowSink, table};
pub use extract::extract;
pub use history::history;
pub use keep::{kept, trace_all};
pub use languages::languages;
pub use learn::learn;
pub use look::{
    Filter, coverage, fill, formats, list, on_file, remove, search, show, stats, unsearched,
    watched,
};
pub use read::Given;
pub use rebuild::{check, rebuild};
pub use refetch::{RefetchOptions, refetch};
pub use review::{Said, import_reviews, review, review_of, reviews, withdraw};
pub use trace::{TraceOptions, trace};
pub use verify::verify;
pub use warm::Warm;
pub use watch::{WatchOptions, domains_in, watch};
