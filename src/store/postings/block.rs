//! The form of a posting block: sorted hashes, each with its ascending documents, in as many bits as they need.
//!
//! Varint number of entries, a byte each for the bits of a hash and of a value, varint lowest document; the
//! hashes less the block's first (which is its key); the values; a tail of lists. A value is `document −
//! lowest` × 2 for a single document, else `place in the tail` × 2 + 1. A list is the varint number of its
//! documents and their differences as varints. Fixed widths, so that a hash is found by halving. A list of
//! `LONE` documents or more is a block of its own, differences only: its length stands in a column, so that a
//! look-up that only wants the length reads no more.

use crate::store::columns::{put_varint, varint};

/// Bits of a hash that are kept: at 40 million hashes in the index one query hash in 27,000 meets a wrong
/// document, which verification on the text throws out; the eight bits beyond cost a byte a posting.
pub const HASH_BITS: u32 = 40;

/// Documents from which a list is a block of its own.
pub const LONE: usize = 512;

/// Bytes up to which a block is filled: four to a page of 8 KB.
pub const BLOCK_BYTES: usize = 2_016;

/// Bytes that the head of a block takes at most.
const HEAD: usize = 2 + 2 + 5;

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

/// Bits that a value takes.
fn bits(value: u64) -> u32 {
    64 - value.leading_zeros()
}

/// Bytes of `count` numbers of `width` bits.
fn packed_bytes(count: usize, width: u32) -> usize {
    (count * width as usize).div_ceil(8)
}

fn pack(out: &mut Vec<u8>, numbers: impl Iterator<Item = u64>, width: u32) {
    let (mut held, mut filled) = (0u128, 0);
    for number in numbers {
        held |= u128::from(number) << filled;
        filled += width;
        while filled >= 8 {
            out.push(held.to_le_bytes()[0]);
            held >>= 8;
            filled -= 8;
        }
    }
    if filled > 0 {
        out.push(held.to_le_bytes()[0]);
    }
}

/// Number `place` of those that `pack` wrote; `width` ≤ 57.
fn packed(bytes: &[u8], place: usize, width: u32) -> u64 {
    let bit = place * width as usize;
    let rest = bytes.get(bit / 8..).unwrap_or_default();
    let word = if let Some(eight) = rest.first_chunk::<8>() {
        u64::from_le_bytes(*eight)
    } else {
        let mut eight = [0; 8];
        eight[..rest.len()].copy_from_slice(rest);
        u64::from_le_bytes(eight)
    };
    word >> (bit % 8) & ((1 << width) - 1)
}

/// A block under construction.
#[derive(Default)]
pub struct Builder {
    /// Hash, and the document or the place in the tail.
    entries: Vec<(u64, Value)>,
    tail: Vec<u8>,
    lowest: Option<u32>,
    highest: u32,
}

#[derive(Clone, Copy)]
enum Value {
    One(u32),
    Many(usize),
}

impl Builder {
    /// Adds a hash above all before it; false where the block is full and the entry belongs to the next.
    pub fn push(&mut self, hash: u64, documents: &[u32]) -> bool {
        let before = (self.tail.len(), self.lowest, self.highest);
        let value = if let [document] = documents {
            self.lowest = Some(self.lowest.map_or(*document, |lowest| lowest.min(*document)));
            self.highest = self.highest.max(*document);
            Value::One(*document)
        } else {
            put_varint(&mut self.tail, documents.len() as u64);
            put_documents(&mut self.tail, documents);
            Value::Many(before.0)
        };
        self.entries.push((hash, value));
        let full = self.entries.len() > 1 && self.bytes() > BLOCK_BYTES;
        if full {
            self.entries.pop();
            self.tail.truncate(before.0);
            (self.lowest, self.highest) = (before.1, before.2);
        }
        !full
    }

    fn widths(&self) -> (u32, u32) {
        let last = self.entries.last().map_or(0, |(hash, _)| *hash);
        let reach = u64::from(self.highest - self.lowest.unwrap_or(self.highest));
        (bits(last - self.first()), bits(reach.max(self.tail.len() as u64)) + 1)
    }

    fn bytes(&self) -> usize {
        let (hash, value) = self.widths();
        let count = self.entries.len();
        HEAD + packed_bytes(count, hash) + packed_bytes(count, value) + self.tail.len()
    }

    /// The block's first hash: its key.
    pub fn first(&self) -> u64 {
        self.entries.first().map_or(0, |(hash, _)| *hash)
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The block's bytes; the builder is empty afterwards.
    pub fn take(&mut self) -> Vec<u8> {
        let (hash_width, value_width) = self.widths();
        let (first, lowest) = (self.first(), self.lowest.unwrap_or(0));
        let mut out = Vec::with_capacity(self.bytes());
        put_varint(&mut out, self.entries.len() as u64);
        out.extend(hash_width.to_le_bytes().first());
        out.extend(value_width.to_le_bytes().first());
        put_varint(&mut out, u64::from(lowest));
        pack(&mut out, self.entries.iter().map(|(hash, _)| hash - first), hash_width);
        let values = self.entries.iter().map(|(_, value)| match value {
            Value::One(document) => u64::from(document - lowest) << 1,
            Value::Many(place) => (*place as u64) << 1 | 1,
        });
        pack(&mut out, values, value_width);
        out.append(&mut self.tail);
        *self = Self { entries: std::mem::take(&mut self.entries), ..Self::default() };
        self.entries.clear();
        out
    }
}

/// The documents of an entry, still packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List<'a> {
    One(u32),
    /// How many, and their differences.
    Many(usize, &'a [u8]),
}

impl List<'_> {
    /// How many documents.
    pub fn len(self) -> usize {
        match self {
            Self::One(_) => 1,
            Self::Many(count, _) => count,
        }
    }

    /// Appends the documents; `None` where the bytes are no such list.
    pub fn read(self, into: &mut Vec<u32>) -> Option<()> {
        match self {
            Self::One(document) => into.push(document),
            Self::Many(count, bytes) => {
                let (mut at, mut previous) = (0, 0u32);
                for _ in 0..count {
                    let step = u32::try_from(varint(bytes, &mut at)?).ok()?;
                    previous = previous.checked_add(step)?;
                    into.push(previous);
                }
            }
        }
        Some(())
    }
}

/// A block as it is read, copying nothing.
pub struct Block<'a> {
    first: u64,
    count: usize,
    hash_width: u32,
    value_width: u32,
    lowest: u32,
    hashes: &'a [u8],
    values: &'a [u8],
    tail: &'a [u8],
}

impl<'a> Block<'a> {
    /// `None` where the bytes are no block.
    pub fn open(first: u64, data: &'a [u8]) -> Option<Self> {
        let mut at = 0;
        let count = usize::try_from(varint(data, &mut at)?).ok().filter(|n| *n <= 1 << 20)?;
        let (hash_width, value_width) = (u32::from(*data.get(at)?), u32::from(*data.get(at + 1)?));
        at += 2;
        if hash_width > HASH_BITS || !(1..=33).contains(&value_width) {
            return None;
        }
        let lowest = u32::try_from(varint(data, &mut at)?).ok()?;
        let rest = data.get(at..)?;
        let (hashes, rest) = rest.split_at_checked(packed_bytes(count, hash_width))?;
        let (values, tail) = rest.split_at_checked(packed_bytes(count, value_width))?;
        Some(Self { first, count, hash_width, value_width, lowest, hashes, values, tail })
    }

    /// How many hashes.
    pub fn len(&self) -> usize {
        self.count
    }

    /// The hash at a place.
    pub fn hash(&self, place: usize) -> u64 {
        self.first + packed(self.hashes, place, self.hash_width)
    }

    /// The first place from `from` on whose hash is not below `hash`.
    pub fn seek(&self, hash: u64, from: usize) -> usize {
        let (mut low, mut high) = (from, self.count);
        while low < high {
            let middle = low.midpoint(high);
            if self.hash(middle) < hash {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// The documents at a place; `None` where they cannot be read.
    pub fn list(&self, place: usize) -> Option<List<'a>> {
        let value = packed(self.values, place, self.value_width);
        if value & 1 == 0 {
            let above = u32::try_from(value >> 1).ok()?;
            return self.lowest.checked_add(above).map(List::One);
        }
        let mut at = usize::try_from(value >> 1).ok()?;
        let count = usize::try_from(varint(self.tail, &mut at)?).ok()?;
        Some(List::Many(count, self.tail.get(at..)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_went_into_a_block_comes_out(
            lists in prop::collection::btree_map(
                prop_oneof![0u64..1 << HASH_BITS, 0u64..500],
                prop::collection::btree_set(prop_oneof![0u32.., 0u32..300], 1..20),
                1..400,
            )
        ) {
            let mut builder = Builder::default();
            let mut put: Vec<(u64, Vec<u32>)> = Vec::new();
            for (hash, set) in &lists {
                let list: Vec<u32> = set.iter().copied().collect();
                if !builder.push(*hash, &list) {
                    break;
                }
                put.push((*hash, list));
            }
            let first = builder.first();
            let data = builder.take();
            prop_assert!(builder.is_empty());
            prop_assert!(data.len() <= BLOCK_BYTES || put.len() == 1);
            let block = Block::open(first, &data).unwrap();
            let mut got = Vec::new();
            for place in 0..block.len() {
                let mut into = Vec::new();
                let list = block.list(place).unwrap();
                list.read(&mut into).unwrap();
                prop_assert_eq!(into.len(), list.len());
                prop_assert_eq!(block.seek(block.hash(place), 0), place);
                got.push((block.hash(place), into));
            }
            prop_assert_eq!(got, put);
        }

        #[test]
        fn any_bytes_are_read_without_harm(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let Some(block) = Block::open(0, &bytes) else { return Ok(()) };
            let mut into = Vec::new();
            for place in 0..block.len().min(1000) {
                let _ = block.list(place).and_then(|list| list.read(&mut into));
            }
            prop_assert!(block.seek(7, 0) <= block.len());
        }
    }
}
