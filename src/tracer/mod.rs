//! Candidate → alignment → lineage: where an article's text came from. Pure: no clock, no I/O.

mod align;
mod arborescence;
mod body;
mod chain;
mod clusters;
mod compare;
mod crossed;
pub mod crossing;
mod derivation;
mod evidence;
pub mod leads;
mod lineage;
mod mention;
mod own;
mod sources;
mod story;
mod trace;
mod verdict;
mod version;
mod weights;

pub use align::report as describe;
pub use align::{Matched, align};
pub use body::Body;
pub use clusters::{Kinship, closest_first, group};
pub use compare::{beside, compare, later_first};
pub use crossing::Crossing;
pub use derivation::{DERIVATION_NAMES, derivation_time};
pub use own::repeated;
pub use sources::is_source;
pub use trace::{Question, trace};
pub use version::version;
pub use weights::UNSEEN_NAMES;
