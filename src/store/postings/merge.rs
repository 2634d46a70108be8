//! Merging segments of like size, so that a look-up touches few and adding costs what the addition costs.

use std::collections::VecDeque;

use rusqlite::{Connection, params};

use super::Index;
use super::block::{Block, HASH_BITS, List};
use super::segment::{Segment, Writer, drop_segment, segments};
use crate::store::columns::unsigned;
use crate::store::error::{Result, StoreError};

/// Segments of one size that are merged into one of the next. Four: each posting is rewritten once a
/// fourfold growth, and a look-up meets at most three segments a size.
const FAN: usize = 4;

/// Pairs below which segments count as the smallest size.
const SMALLEST: i64 = 1_024;

/// Blocks that a cursor holds at once, for each segment under merge.
const HELD: i64 = 64;

/// Reads a segment hash by hash, holding a bounded number of blocks.
pub struct Cursor<'c> {
    conn: &'c Connection,
    next_key: i64,
    end_key: i64,
    blocks: VecDeque<(u64, usize, Vec<u8>)>,
    /// Of the block being read: hashes, and where each one's documents end.
    entries: Vec<(u64, usize)>,
    held: Vec<u32>,
    at: usize,
}

impl<'c> Cursor<'c> {
    pub fn new(conn: &'c Connection, segment: &Segment) -> Result<Self> {
        let (next_key, end_key) = segment.keys();
        let mut cursor = Self {
            conn,
            next_key,
            end_key,
            blocks: VecDeque::new(),
            entries: Vec::new(),
            held: Vec::new(),
            at: 0,
        };
        cursor.load()?;
        Ok(cursor)
    }

    /// The hash it stands at; `None` at the end.
    pub fn hash(&self) -> Option<u64> {
        self.entries.get(self.at).map(|(hash, _)| *hash)
    }

    /// The documents of that hash.
    pub fn documents(&self) -> &[u32] {
        let from = self.at.checked_sub(1).and_then(|i| self.entries.get(i)).map_or(0, |e| e.1);
        let to = self.entries.get(self.at).map_or(from, |e| e.1);
        self.held.get(from..to).unwrap_or_default()
    }

    /// Goes to the next hash.
    pub fn advance(&mut self) -> Result<()> {
        self.at += 1;
        if self.at >= self.entries.len() {
            self.load()?;
        }
        Ok(())
    }

    fn load(&mut self) -> Result<()> {
        self.entries.clear();
        self.held.clear();
        self.at = 0;
        if self.blocks.is_empty() {
            self.fetch()?;
        }
        let Some((first, lone, data)) = self.blocks.pop_front() else { return Ok(()) };
        self.unpack(first, lone, &data).ok_or_else(|| {
            StoreError::Damaged(format!("posting block {first:010x} cannot be read"))
        })
    }

    fn unpack(&mut self, first: u64, lone: usize, data: &[u8]) -> Option<()> {
        if lone > 0 {
            List::Many(lone, data).read(&mut self.held)?;
            self.entries.push((first, self.held.len()));
            return Some(());
        }
        let block = Block::open(first, data)?;
        for place in 0..block.len() {
            block.list(place)?.read(&mut self.held)?;
            self.entries.push((block.hash(place), self.held.len()));
        }
        Some(())
    }

    fn fetch(&mut self) -> Result<()> {
        let mut statement = self.conn.prepare_cached(
            "SELECT key, lone, data FROM blocks WHERE key >= ?1 AND key < ?2 ORDER BY key LIMIT ?3",
        )?;
        let mut rows = statement.query(params![self.next_key, self.end_key, HELD])?;
        while let Some(row) = rows.next()? {
            let key: i64 = row.get(0)?;
            self.next_key = key + 1;
            let first = unsigned(key) & ((1 << HASH_BITS) - 1);
            let lone = usize::try_from(row.get::<_, i64>(1)?).unwrap_or(0);
            self.blocks.push_back((first, lone, row.get(2)?));
        }
        Ok(())
    }
}

/// The size class of a segment.
fn level(segment: &Segment) -> u32 {
    let fan = signed_fan();
    let (mut bound, mut level) = (SMALLEST * fan, 0);
    while segment.pairs >= bound {
        bound = bound.saturating_mul(fan);
        level += 1;
    }
    level
}

fn signed_fan() -> i64 {
    i64::try_from(FAN).unwrap_or(i64::MAX)
}

/// The newest segments of an index that should become one; empty where all is well.
fn due(all: &[Segment], index: Index, generation: i64) -> Vec<Segment> {
    let of_index: Vec<&Segment> =
        all.iter().filter(|s| s.indexed == index.name() && s.generation == generation).collect();
    let mut levels: Vec<u32> = of_index.iter().map(|s| level(s)).collect();
    levels.sort_unstable();
    let full = levels.chunk_by(|a, b| a == b).find(|same| same.len() >= FAN);
    let Some(full) = full.and_then(|same| same.first()) else { return Vec::new() };
    of_index.into_iter().filter(|s| level(s) <= *full).cloned().collect()
}

/// Reads segments side by side: every hash once, ascending, with the documents of all of them, ascending.
pub fn each_hash(
    conn: &Connection,
    parts: &[Segment],
    mut sink: impl FnMut(u64, &mut Vec<u32>) -> Result<()>,
) -> Result<()> {
    let mut cursors =
        parts.iter().map(|part| Cursor::new(conn, part)).collect::<Result<Vec<_>>>()?;
    let mut documents: Vec<u32> = Vec::new();
    while let Some(hash) = cursors.iter().filter_map(Cursor::hash).min() {
        documents.clear();
        for cursor in cursors.iter_mut().filter(|c| c.hash() == Some(hash)) {
            documents.extend_from_slice(cursor.documents());
            cursor.advance()?;
        }
        if !documents.is_sorted() {
            documents.sort_unstable();
        }
        documents.dedup();
        sink(hash, &mut documents)?;
    }
    Ok(())
}

/// Makes one segment of several.
fn merge(conn: &Connection, parts: &[Segment]) -> Result<()> {
    let Some(first) = parts.first() else { return Ok(()) };
    let mut writer = Writer::new(conn, &first.indexed, first.generation)?;
    each_hash(conn, parts, |hash, documents| writer.push(hash, documents))?;
    writer.finish()?;
    parts.iter().try_for_each(|part| drop_segment(conn, part))
}

/// Postings that the end of a run rewrites at most, for each that the run wrote: what stays behind is looked through
/// by every look-up.
const TIDIED: i64 = 2;

/// The newest segments of an index that the end of a run may make one of; `wrote`: pairs that the run wrote.
fn loose(all: &[Segment], index: Index, generation: i64, wrote: i64) -> Vec<Segment> {
    let mut left = wrote.saturating_mul(TIDIED);
    let of_index = all.iter().filter(|s| s.indexed == index.name() && s.generation == generation);
    let mut newest: Vec<Segment> = of_index
        .rev()
        .take_while(|segment| {
            left -= segment.pairs;
            left >= 0
        })
        .cloned()
        .collect();
    newest.reverse();
    newest
}

/// Merges what a run has left behind in small segments, as far as that is in proportion to what it wrote.
pub fn tidy(conn: &mut Connection, generation: i64, wrote: [i64; 3]) -> Result<()> {
    for (index, wrote) in Index::ALL.into_iter().zip(wrote) {
        if loose(&segments(conn)?, index, generation, wrote).len() < 2 {
            continue;
        }
        let transaction =
            conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        merge(&transaction, &loose(&segments(&transaction)?, index, generation, wrote))?;
        transaction.commit()?;
    }
    settle(conn, generation)
}

/// Merges what is due, each merge a transaction of its own: a stop in between leaves more segments, no less data.
pub fn settle(conn: &mut Connection, generation: i64) -> Result<()> {
    for index in Index::ALL {
        while !due(&segments(conn)?, index, generation).is_empty() {
            let transaction =
                conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            // Once more: another process may have merged them while this one waited.
            merge(&transaction, &due(&segments(&transaction)?, index, generation))?;
            transaction.commit()?;
        }
    }
    Ok(())
}
