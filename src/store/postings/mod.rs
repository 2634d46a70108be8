//! The inverted indexes: from a hash to the documents that hold it. A log-structured merge tree in two tables.

pub mod block;
mod erase;
mod lookup;
mod merge;
mod segment;

pub use erase::erase;
pub use lookup::{Gather, Reach, lookup};
pub use merge::{Cursor, each_hash, settle, tidy};
pub use segment::{Segment, Writer, drop_other_generations, drop_segment, segments, write};

/// An inverted index of the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Index {
    /// Containment shingles: finds the same words.
    Shingle,
    /// Numbers, name skeletons, stems: finds other words and other languages.
    Anchor,
    /// The exact hashes of paragraphs.
    Exact,
    /// Shingles of the articles in packs, whose numbers are beyond all documents'.
    PackShingle,
    /// Their anchors.
    PackAnchor,
}

impl Index {
    /// Those over the articles on file.
    pub const ALL: [Self; 3] = [Self::Shingle, Self::Anchor, Self::Exact];

    /// As the schema names it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Shingle => "shingle",
            Self::Anchor => "anchor",
            Self::Exact => "exact",
            Self::PackShingle => "pack_shingle",
            Self::PackAnchor => "pack_anchor",
        }
    }
}

/// What an index knows of a key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Posting {
    /// As it was asked for.
    pub key: u64,
    /// How many documents hold it.
    pub frequency: usize,
    /// Those documents, ascending; empty where there are more than the asked cap.
    pub documents: Vec<u32>,
}
