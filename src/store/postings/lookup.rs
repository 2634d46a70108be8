//! Looking up many keys at once: keys sorted, each block read once.

use rusqlite::{CachedStatement, Connection, Row, params};

use super::block::{Block, HASH_BITS, LONE, List, kept};
use super::{Posting, Segment};
use crate::store::columns::{signed, unsigned};
use crate::store::error::{Result, StoreError};

/// Blocks a key up to which a segment is read through instead of sought in: a seek costs what two blocks do.
const SCAN_BLOCKS: usize = 2;

/// Up to where lists are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// Documents in a list above which only its length is of interest.
    pub longest_list: usize,
    /// Documents that are read over all lists, those of the rarest keys first; of the lists beyond only the
    /// lengths are known.
    pub postings: usize,
}

/// Collects the postings of the asked keys.
pub struct Gather {
    postings: Vec<Posting>,
    /// Kept hash and place in `postings`, sorted.
    order: Vec<(u64, usize)>,
    reach: Reach,
    /// Places whose list goes on in a block of its own, which is read last, where it is needed at all.
    long: Vec<(usize, i64)>,
}

impl Gather {
    /// `known`: the length of a list that is known to be beyond reach; it is not looked up.
    pub fn new(keys: &[u64], reach: Reach, known: &dyn Fn(u64) -> Option<usize>) -> Self {
        let mut order = Vec::with_capacity(keys.len());
        let mut postings = Vec::with_capacity(keys.len());
        for (place, key) in keys.iter().enumerate() {
            let length = known(kept(*key));
            if length.is_none() {
                order.push((kept(*key), place));
            }
            let frequency = length.unwrap_or(0);
            postings.push(Posting { key: *key, frequency, documents: Vec::new() });
        }
        order.sort_unstable();
        Self { postings, order, reach, long: Vec::new() }
    }

    /// Takes in a list that stands in a block among others.
    fn take(&mut self, place: usize, list: List<'_>) -> Result<()> {
        let Some(posting) = self.postings.get_mut(place) else { return Ok(()) };
        posting.frequency += list.len();
        if posting.frequency > self.reach.longest_list {
            posting.documents.clear();
            return Ok(());
        }
        list.read(&mut posting.documents).ok_or_else(|| damaged(posting.key))
    }

    /// Takes note of a list of `count` documents that has a block of its own.
    fn take_long(&mut self, place: usize, count: usize, key: i64) {
        let Some(posting) = self.postings.get_mut(place) else { return };
        posting.frequency += count;
        if posting.frequency > self.reach.longest_list {
            posting.documents.clear();
        } else {
            self.long.push((place, key));
        }
    }

    /// Serves the keys from `at` on that this block decides; gives the place of the first it does not.
    fn block(&mut self, row: &Row<'_>, mut at: usize) -> Result<usize> {
        let key: i64 = row.get(0)?;
        let first = unsigned(key) & ((1 << HASH_BITS) - 1);
        while self.order.get(at).is_some_and(|(hash, _)| *hash < first) {
            at += 1;
        }
        let lone = usize::try_from(row.get::<_, i64>(1)?).unwrap_or(0);
        if lone > 0 {
            while let Some(&(_, place)) = self.order.get(at).filter(|(hash, _)| *hash == first) {
                self.take_long(place, lone, key);
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
                self.take(place, list)?;
            }
            at += 1;
        }
        Ok(at)
    }

    /// The keys that no document holds, once all segments were looked through.
    pub fn absent(&self) -> impl Iterator<Item = u64> {
        self.postings.iter().filter(|posting| posting.frequency == 0).map(|posting| posting.key)
    }

    /// What was found, in the order of the keys. `wanted`: documents that count.
    pub fn finish(
        mut self,
        conn: &Connection,
        wanted: &dyn Fn(u32) -> bool,
    ) -> Result<Vec<Posting>> {
        self.keep_rarest();
        self.read_long(conn)?;
        for posting in self.postings.iter_mut().filter(|posting| !posting.documents.is_empty()) {
            let read = posting.documents.len();
            posting.documents.retain(|document| wanted(*document));
            posting.frequency -= read - posting.documents.len();
            if !posting.documents.is_sorted() {
                posting.documents.sort_unstable();
            }
        }
        Ok(self.postings)
    }

    /// Drops the lists of the most frequent keys where all together are beyond reach.
    fn keep_rarest(&mut self) {
        let within = |posting: &&Posting| posting.frequency <= self.reach.longest_list;
        let all: usize = self.postings.iter().filter(within).map(|p| p.frequency).sum();
        if all <= self.reach.postings {
            return;
        }
        let mut places: Vec<usize> = (0..self.postings.len()).collect();
        places.sort_by_key(|&place| self.postings[place].frequency);
        let mut read = 0;
        for place in places {
            let posting = &mut self.postings[place];
            read += posting.frequency;
            if read > self.reach.postings {
                posting.documents.clear();
                self.long.retain(|(other, _)| *other != place);
            }
        }
    }

    fn read_long(&mut self, conn: &Connection) -> Result<()> {
        let mut statement = conn.prepare_cached("SELECT lone, data FROM blocks WHERE key = ?1")?;
        for (place, key) in std::mem::take(&mut self.long) {
            let Some(posting) = self.postings.get_mut(place) else { continue };
            if posting.frequency > self.reach.longest_list {
                continue;
            }
            let mut rows = statement.query([key])?;
            let Some(row) = rows.next()? else { return Err(damaged(posting.key)) };
            let count = usize::try_from(row.get::<_, i64>(0)?).unwrap_or(LONE);
            let data = row.get_ref(1)?.as_blob().map_err(|_| damaged(posting.key))?;
            let list = List::Many(count, data);
            list.read(&mut posting.documents).ok_or_else(|| damaged(posting.key))?;
        }
        Ok(())
    }
}

fn damaged(key: u64) -> StoreError {
    StoreError::Damaged(format!("the posting block of {key:016x} cannot be read"))
}

fn blob<'r>(row: &'r Row<'_>, key: u64) -> Result<&'r [u8]> {
    row.get_ref(2)?.as_blob().map_err(|_| damaged(key))
}

/// Looks all keys of `gather` up in a segment.
pub fn lookup(conn: &Connection, segment: &Segment, gather: &mut Gather) -> Result<()> {
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

fn scan(statement: &mut CachedStatement<'_>, segment: &Segment, gather: &mut Gather) -> Result<()> {
    let (from, to) = segment.keys();
    let mut rows = statement.query(params![from, to])?;
    let mut at = 0;
    while at < gather.order.len() {
        let Some(row) = rows.next()? else { break };
        at = gather.block(row, at)?;
    }
    Ok(())
}
