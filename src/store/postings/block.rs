//! The form of a posting block: sorted hashes, each with its ascending documents, delta and varint coded.
//!
//! An entry is `(hash − previous hash) × 2 + many`, then the document, or where `many` is set the number of
//! documents less two, the bytes they take, and the documents as differences. A block's first hash is its
//! key, so its difference is 0. A list of `LONE` documents or more is a block of its own, documents only:
//! its length stands in a column, so that a look-up that only wants the length reads no more.

use crate::store::columns::{put_varint, varint};

/// Bits of a hash that are kept: at 40 million hashes in the index one query hash in 27,000 meets a wrong
/// document, which verification on the text throws out; the eight bits beyond cost a byte a posting.
pub const HASH_BITS: u32 = 40;

/// Documents from which a list is a block of its own.
pub const LONE: usize = 512;

/// Bytes up to which a block is filled: four to a page of 8 KB.
pub const BLOCK_BYTES: usize = 2_016;

/// The part of a hash that the index keeps.
pub const fn kept(hash: u64) -> u64 {
    hash >> (64 - HASH_BITS)
}

/// Appends a document list as differences.
pub fn put_documents(out: &mut Vec<u8>, documents: &[u32]) {
    let mut previous = 0;
    for &document in documents {
        put_varint(out, u64::from(document - previous));
        previous = document;
    }
}

/// Appends the documents of a list to `into`; `None` where the bytes are no such list.
pub fn documents(bytes: &[u8], into: &mut Vec<u32>) -> Option<()> {
    let (mut at, mut previous) = (0, 0u32);
    while at < bytes.len() {
        previous = previous.checked_add(u32::try_from(varint(bytes, &mut at)?).ok()?)?;
        into.push(previous);
    }
    Some(())
}

/// A block under construction.
#[derive(Default)]
pub struct Builder {
    pub first: u64,
    previous: u64,
    pub data: Vec<u8>,
    scratch: Vec<u8>,
}

impl Builder {
    /// Adds a hash above all before it; false where the block is full and the entry belongs to the next.
    pub fn push(&mut self, hash: u64, documents: &[u32]) -> bool {
        let delta = if self.data.is_empty() { 0 } else { hash - self.previous };
        self.scratch.clear();
        if let [document] = documents {
            put_varint(&mut self.scratch, delta << 1);
            put_varint(&mut self.scratch, u64::from(*document));
        } else {
            let mut list = Vec::with_capacity(documents.len() * 2);
            put_documents(&mut list, documents);
            put_varint(&mut self.scratch, delta << 1 | 1);
            put_varint(&mut self.scratch, documents.len() as u64 - 2);
            put_varint(&mut self.scratch, list.len() as u64);
            self.scratch.extend_from_slice(&list);
        }
        if self.data.is_empty() {
            self.first = hash;
        } else if self.data.len() + self.scratch.len() > BLOCK_BYTES {
            return false;
        }
        self.previous = hash;
        self.data.extend_from_slice(&self.scratch);
        true
    }

    pub fn clear(&mut self) {
        self.data.clear();
    }
}

/// An entry as it stands in a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    pub hash: u64,
    /// How many documents.
    pub count: usize,
    /// Those documents as differences.
    pub list: &'a [u8],
}

/// Reads the entries of a block in order, copying nothing.
pub struct Entries<'a> {
    data: &'a [u8],
    at: usize,
    hash: u64,
}

impl<'a> Entries<'a> {
    pub fn new(first: u64, data: &'a [u8]) -> Self {
        Self { data, at: 0, hash: first }
    }

    /// Whether all bytes were read; false after a damaged entry.
    pub fn is_done(&self) -> bool {
        self.at == self.data.len()
    }
}

impl<'a> Iterator for Entries<'a> {
    type Item = Entry<'a>;

    fn next(&mut self) -> Option<Entry<'a>> {
        let mut at = self.at;
        let head = varint(self.data, &mut at)?;
        let hash = self.hash.checked_add(head >> 1)?;
        let (count, length) = if head & 1 == 0 {
            let from = at;
            varint(self.data, &mut at)?;
            let length = at - from;
            at = from;
            (1, length)
        } else {
            let count = usize::try_from(varint(self.data, &mut at)?).ok()?.checked_add(2)?;
            (count, usize::try_from(varint(self.data, &mut at)?).ok()?)
        };
        let list = self.data.get(at..at.checked_add(length)?)?;
        self.at = at + length;
        self.hash = hash;
        Some(Entry { hash, count, list })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    proptest! {
        #[test]
        fn what_went_into_a_block_comes_out(
            lists in prop::collection::btree_map(
                0u64..1 << HASH_BITS,
                prop::collection::btree_set(0u32.., 1..20),
                1..40,
            )
        ) {
            let mut builder = Builder::default();
            let mut model = BTreeMap::new();
            for (hash, set) in &lists {
                let list: Vec<u32> = set.iter().copied().collect();
                if !builder.push(*hash, &list) {
                    break;
                }
                model.insert(*hash, set.clone());
            }
            let mut entries = Entries::new(builder.first, &builder.data);
            let mut found = BTreeMap::new();
            for entry in entries.by_ref() {
                let mut into = Vec::new();
                documents(entry.list, &mut into).unwrap();
                prop_assert_eq!(into.len(), entry.count);
                found.insert(entry.hash, into.into_iter().collect::<BTreeSet<u32>>());
            }
            prop_assert!(entries.is_done());
            prop_assert_eq!(found, model);
        }

        #[test]
        fn any_bytes_are_read_without_harm(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut into = Vec::new();
            for entry in Entries::new(0, &bytes).take(400) {
                let _ = documents(entry.list, &mut into);
            }
            prop_assert!(into.len() <= bytes.len());
        }
    }
}
