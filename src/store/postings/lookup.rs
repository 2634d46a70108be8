//! Looking up many keys at once: keys sorted, each block read once.

use rusqlite::{CachedStatement, Connection, Row, params};

use super::block::{Block, HASH_BITS, List, kept};
use super::{Posting, Segment};
use crate::store::columns::{signed, unsigned};
use crate::store::error::{Result, StoreError};

/// Blocks a key up to which a segment is read through instead of sought in: a seek costs what two blocks do.
const SCAN_BLOCKS: usize = 2;

/// Collects the postings of the asked keys.
pub struct Gather<'k> {
    postings: Vec<Posting>,
    /// Kept hash and place in `postings`, sorted.
    order: Vec<(u64, usize)>,
    cap: usize,
    wanted: &'k dyn Fn(u32) -> bool,
}

impl<'k> Gather<'k> {
    /// `cap`: documents above which only the length is of interest. `wanted`: documents that count.
    pub fn new(keys: &[u64], cap: usize, wanted: &'k dyn Fn(u32) -> bool) -> Self {
        let mut order: Vec<(u64, usize)> =
            keys.iter().enumerate().map(|(place, key)| (kept(*key), place)).collect();
        order.sort_unstable();
        let postings = keys.iter().map(|key| Posting { key: *key, ..Posting::default() }).collect();
        Self { postings, order, cap, wanted }
    }

    /// Takes in a list of `count` documents; `list` is asked for only where it is needed.
    fn take<'l>(
        &mut self,
        place: usize,
        count: usize,
        list: impl FnOnce() -> Result<List<'l>>,
    ) -> Result<()> {
        let Some(posting) = self.postings.get_mut(place) else { return Ok(()) };
        posting.frequency += count;
        if posting.frequency > self.cap {
            posting.documents.clear();
            return Ok(());
        }
        let before = posting.documents.len();
        list()?.read(&mut posting.documents).ok_or_else(|| damaged(posting.key))?;
        let read = posting.documents.len();
        let mut kept = before;
        for at in before..read {
            let document = posting.documents[at];
            if (self.wanted)(document) {
                posting.documents[kept] = document;
                kept += 1;
            }
        }
        posting.documents.truncate(kept);
        posting.frequency -= read - kept;
        Ok(())
    }

    /// Serves the keys from `at` on that this block decides; gives the place of the first it does not.
    fn block(&mut self, row: &Row<'_>, mut at: usize) -> Result<usize> {
        let first = unsigned(row.get(0)?) & ((1 << HASH_BITS) - 1);
        while self.order.get(at).is_some_and(|(hash, _)| *hash < first) {
            at += 1;
        }
        let lone = usize::try_from(row.get::<_, i64>(1)?).unwrap_or(0);
        if lone > 0 {
            while let Some(&(hash, place)) = self.order.get(at).filter(|(hash, _)| *hash == first) {
                self.take(place, lone, || Ok(List::Many(lone, blob(row, hash)?)))?;
                at += 1;
            }
            return Ok(at);
        }
        let block = Block::open(first, blob(row, first)?).ok_or_else(|| damaged(first))?;
        let mut from = 0;
        while let Some(&(hash, place)) = self.order.get(at) {
            from = block.seek(hash, from);
            if from == block.len() {
                break;
            }
            if block.hash(from) == hash {
                let list = block.list(from).ok_or_else(|| damaged(hash))?;
                self.take(place, list.len(), || Ok(list))?;
            }
            at += 1;
        }
        Ok(at)
    }

    /// What was found, in the order of the keys.
    pub fn finish(mut self) -> Vec<Posting> {
        for posting in &mut self.postings {
            if !posting.documents.is_sorted() {
                posting.documents.sort_unstable();
            }
        }
        self.postings
    }
}

fn damaged(key: u64) -> StoreError {
    StoreError::Damaged(format!("the posting block of {key:016x} cannot be read"))
}

fn blob<'r>(row: &'r Row<'_>, key: u64) -> Result<&'r [u8]> {
    row.get_ref(2)?.as_blob().map_err(|_| damaged(key))
}

/// Looks all keys of `gather` up in a segment.
pub fn lookup(conn: &Connection, segment: &Segment, gather: &mut Gather<'_>) -> Result<()> {
    if segment.blocks <= signed(gather.order.len() * SCAN_BLOCKS) {
        let mut statement = conn.prepare_cached(
            "SELECT key, lone, data FROM blocks WHERE key >= ?1 AND key < ?2 ORDER BY key",
        )?;
        return scan(&mut statement, segment, gather);
    }
    let mut statement = conn.prepare_cached(
        "SELECT key, lone, data FROM blocks WHERE key >= ?1 AND key <= ?2 ORDER BY key DESC LIMIT 1",
    )?;
    let from = segment.keys().0;
    let mut at = 0;
    while let Some(&(hash, _)) = gather.order.get(at) {
        let mut rows = statement.query(params![from, from + signed(hash)])?;
        let served = match rows.next()? {
            Some(row) => gather.block(row, at)?,
            None => at,
        };
        // The sought block is the only one that could hold this key.
        at = served.max(at + 1);
    }
    Ok(())
}

fn scan(
    statement: &mut CachedStatement<'_>,
    segment: &Segment,
    gather: &mut Gather<'_>,
) -> Result<()> {
    let (from, to) = segment.keys();
    let mut rows = statement.query(params![from, to])?;
    let mut at = 0;
    while at < gather.order.len() {
        let Some(row) = rows.next()? else { break };
        at = gather.block(row, at)?;
    }
    Ok(())
}
