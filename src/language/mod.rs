//! Language: the normal form, words, sentences, stems, skeletons, detection and the spelling that a translation leaves behind.

mod characters;
mod detection;
mod disguise;
mod eight;
mod furniture;
mod lookalike;
mod normal;
mod residue;
mod residue_signs;
mod scan;
mod search;
mod sentences;
mod skeleton;
mod stems;
mod versions;
mod words;

pub use detection::detect;
pub use disguise::disguises;
pub use furniture::is_furniture;
pub use normal::{NORMAL_FORM_VERSION, normal_form};
pub use residue::residue;
pub use search::{SEARCH_VERSION, search_tokens};
pub use sentences::sentences;
pub use skeleton::{SKELETON_VERSION, skeleton};
pub use stems::{stem, supported_stemmers};
pub use versions::versions;
pub use words::{Word, words};
