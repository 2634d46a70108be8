//! Language: the normal form, words, sentences, stems, skeletons, detection and the spelling that a translation leaves behind.

mod characters;
mod detection;
mod lookalike;
mod normal;
mod sentences;
mod skeleton;
mod stems;
mod words;

pub use detection::detect;
pub use normal::{NORMAL_FORM_VERSION, normal_form};
pub use sentences::sentences;
pub use skeleton::{SKELETON_VERSION, skeleton};
pub use stems::{stem, supported_stemmers};
pub use words::{Word, words};
