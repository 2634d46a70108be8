//! Derivation across languages and wordings: sentences aligned by anchors instead of words.
//!
//! A translation and a machine's rewrite keep names, numbers, meanings and their order; chance and a
//! second report of the same event do not keep the order and the detail. Sentence alignment with
//! lengths after Gale & Church, "A program for aligning sentences in bilingual corpora" (1993); the
//! likelihood ratio is our own.

mod align;
mod frequency;
mod grid;
mod judge;
mod near;
mod ratio;
mod score;
mod sentence;
mod verbatim;

pub use align::{Aligned, Hit, align};
pub use frequency::Frequencies;
pub use grid::{Grid, Query};
pub use judge::{Crossed, Crossing, judge, judge_known};
pub use near::{Anchored, near};
pub use score::{FEATURE_NAMES, Features, Rival, Scored, features, probability};
pub use sentence::{Sentence, sentence_texts, sentences};
