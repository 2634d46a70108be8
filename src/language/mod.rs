//! Language: the normal form, words, sentences, stems, skeletons, detection and the spelling that a translation leaves behind.

mod anchor_keys;
mod anchors;
mod characters;
mod detection;
mod disguise;
mod eight;
mod furniture;
mod hashes;
pub mod lexicon;
mod lookalike;
mod normal;
mod residue;
mod residue_signs;
mod scan;
mod search;
mod sentences;
mod skeleton;
mod stems;
mod terms;
mod unspaced_anchors;
mod versions;
mod words;

pub use anchor_keys::{english_stem_key, folded_key};
pub use anchors::{
    ANCHOR_VERSION, Anchor, AnchorClass, anchors, article_anchors, folds_l, is_unspaced_language,
};
pub use characters::is_unspaced;
pub use detection::detect;
pub use disguise::disguises;
pub use furniture::is_furniture;
pub(crate) use hashes::Hashed;
pub use lexicon::{Lexicons, Table};
pub use normal::{NORMAL_FORM_VERSION, normal_form};
pub use residue::residue;
pub use search::{SEARCH_VERSION, search_tokens};
pub use sentences::sentences;
pub use skeleton::{SKELETON_VERSION, skeleton};
pub use stems::{stem, supported_stemmers};
pub use terms::{QueryAnchors, Term};
pub use versions::versions;
pub use words::{Word, words};
