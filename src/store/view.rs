//! What writer and readers share: a connection, and what is remembered of the store between two changes.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;

use super::body::Unpacker;
use super::error::{Result, StoreError};
use super::postings::block::kept;
use super::postings::{Gather, Index, Posting, Reach, Segment, each_hash, lookup, segments};
use super::schemes;

/// Everything that can be asked of a store.
pub struct View {
    pub(super) conn: Connection,
    path: PathBuf,
    pub(super) unpacker: RefCell<Unpacker>,
    remembered: RefCell<Option<Arc<Remembered>>>,
}

/// Small things that every look-up needs.
pub struct Remembered {
    /// SQLite's count of other connections' changes when this was read.
    data_version: i64,
    pub segments: Vec<Segment>,
    /// A bit for each revision that a newer one replaced.
    superseded: Vec<u64>,
    /// Lengths of lists that were found to be long, by index and kept hash: common words stand in every query.
    long: Mutex<HashMap<(Index, u64), usize>>,
    /// Kept hashes that an index was found not to have: the words of a language in which little is on file.
    absent: Mutex<HashSet<(Index, u64)>>,
}

/// Which revisions a look-up is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    Current,
    Replaced,
    All,
}

/// Documents from which a list's length is remembered.
const LONG: usize = 256;
/// Hashes that are remembered to be absent, 32 bytes each.
const ABSENT: usize = 1 << 18;

impl Remembered {
    fn read(conn: &Connection, data_version: i64) -> Result<Self> {
        let mut superseded = Vec::new();
        let mut statement = conn.prepare_cached("SELECT id FROM revisions WHERE superseded = 1")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let document: u32 = row.get(0)?;
            let word = document as usize / 64;
            if superseded.len() <= word {
                superseded.resize(word + 1, 0);
            }
            superseded[word] |= 1 << (document % 64);
        }
        let generation = schemes::generation(conn)?;
        let segments = segments(conn)?.into_iter().filter(|s| s.generation == generation).collect();
        Ok(Self {
            data_version,
            segments,
            superseded,
            long: Mutex::default(),
            absent: Mutex::default(),
        })
    }

    /// Whether the document is its article's text as it stands.
    pub fn is_current(&self, document: u32) -> bool {
        let word = self.superseded.get(document as usize / 64).copied().unwrap_or(0);
        word >> (document % 64) & 1 == 0
    }
}

impl View {
    pub(super) fn new(conn: Connection, path: PathBuf) -> Self {
        Self {
            conn,
            path,
            unpacker: RefCell::new(Unpacker::default()),
            remembered: RefCell::new(None),
        }
    }

    /// The store's file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Runs `work` on one unchanging state of the store, whatever others write meanwhile. Many small questions
    /// cost less so: each on its own takes and lets go the file's locks.
    pub fn at_once<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce() -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        if !self.conn.is_autocommit() {
            return work();
        }
        let transaction = self.conn.unchecked_transaction().map_err(StoreError::from)?;
        let done = work()?;
        transaction.commit().map_err(StoreError::from)?;
        Ok(done)
    }

    /// Runs `work` on one unchanging state of the store.
    pub(super) fn steady<T>(&self, work: impl FnOnce(&Remembered) -> Result<T>) -> Result<T> {
        self.at_once(|| work(&*self.remembered()?))
    }

    fn remembered(&self) -> Result<Arc<Remembered>> {
        let data_version = self
            .conn
            .prepare_cached("PRAGMA data_version")?
            .query_row([], |row| row.get::<_, i64>(0))?;
        let mut held = self.remembered.borrow_mut();
        if let Some(remembered) = held.as_ref().filter(|r| r.data_version == data_version) {
            return Ok(Arc::clone(remembered));
        }
        let fresh = Arc::new(Remembered::read(&self.conn, data_version)?);
        *held = Some(Arc::clone(&fresh));
        Ok(fresh)
    }

    /// To be called after a change by this connection, which SQLite does not count.
    pub(super) fn forget(&self) {
        self.remembered.replace(None);
    }

    /// What an index knows of each key, in the order of `keys`: how many current documents hold it, and
    /// which, where they are not more than `cap`. Revisions that a newer one replaced do not count, except
    /// in the length of a list longer than `cap`.
    pub fn lookup(&self, index: Index, keys: &[u64], cap: usize) -> Result<Vec<Posting>> {
        let reach = Reach { longest_list: cap, postings: usize::MAX };
        self.gather(index, keys, reach, Which::Current)
    }

    /// As [`View::lookup`], reading no more documents than is said over all lists: those of the rarest keys.
    /// Of the others the lengths are known, replaced revisions counted.
    pub fn lookup_rarest(&self, index: Index, keys: &[u64], reach: Reach) -> Result<Vec<Posting>> {
        self.gather(index, keys, reach, Which::Current)
    }

    /// As [`View::lookup`], over replaced revisions too.
    pub fn lookup_history(&self, index: Index, keys: &[u64], cap: usize) -> Result<Vec<Posting>> {
        let reach = Reach { longest_list: cap, postings: usize::MAX };
        self.gather(index, keys, reach, Which::All)
    }

    /// As [`View::lookup_rarest`], over replaced revisions only.
    pub fn lookup_replaced(
        &self,
        index: Index,
        keys: &[u64],
        reach: Reach,
    ) -> Result<Vec<Posting>> {
        self.gather(index, keys, reach, Which::Replaced)
    }

    /// Whether any article has a revision that a newer one replaced.
    pub fn holds_history(&self) -> Result<bool> {
        self.steady(|remembered| Ok(remembered.superseded.iter().any(|word| *word != 0)))
    }

    fn gather(
        &self,
        index: Index,
        keys: &[u64],
        reach: Reach,
        which: Which,
    ) -> Result<Vec<Posting>> {
        self.steady(|remembered| {
            let wanted = |document| match which {
                Which::Current => remembered.is_current(document),
                Which::Replaced => !remembered.is_current(document),
                Which::All => true,
            };
            let mut long = remembered.long.lock().unwrap_or_else(PoisonError::into_inner);
            let mut absent = remembered.absent.lock().unwrap_or_else(PoisonError::into_inner);
            let known = |hash| {
                if absent.contains(&(index, hash)) {
                    return Some(0);
                }
                let length = long.get(&(index, hash)).copied();
                length.filter(|length| *length > reach.longest_list)
            };
            let mut gather = Gather::new(keys, reach, &known);
            for segment in remembered.segments.iter().filter(|s| s.indexed == index.name()) {
                lookup(&self.conn, segment, &mut gather)?;
            }
            if absent.len() < ABSENT {
                absent.extend(gather.absent().map(|key| (index, kept(key))));
            }
            let found = gather.finish(&self.conn, &wanted)?;
            for posting in found.iter().filter(|posting| posting.frequency > LONG) {
                if posting.documents.is_empty() {
                    long.insert((index, kept(posting.key)), posting.frequency);
                }
            }
            Ok(found)
        })
    }

    /// Hands over the ascending current documents of every key of an index, key by key, in one pass; keys that
    /// only replaced revisions hold are left out.
    pub fn each_list(&self, index: Index, sink: &mut dyn FnMut(&[u32])) -> Result<()> {
        self.steady(|remembered| {
            let ours = remembered.segments.iter().filter(|s| s.indexed == index.name());
            let ours: Vec<Segment> = ours.cloned().collect();
            each_hash(&self.conn, &ours, |_, documents| {
                documents.retain(|document| remembered.is_current(*document));
                if !documents.is_empty() {
                    sink(documents);
                }
                Ok(())
            })
        })
    }

    /// Which current documents hold a paragraph with the exact hash that begins with the key
    /// ([`ParagraphPrint::key`](crate::model::ParagraphPrint::key)), in the order of `keys`. The index keeps
    /// 40 bits: compare the text, or the whole hash in [`View::print`].
    pub fn by_exact(&self, keys: &[i64], cap: usize) -> Result<Vec<Posting>> {
        let keys: Vec<u64> = keys.iter().map(|key| key.cast_unsigned()).collect();
        self.lookup(Index::Exact, &keys, cap)
    }

    /// Whether a document is its article's text as it stands, and not a replaced one.
    pub fn is_current(&self, document: u32) -> Result<bool> {
        self.steady(|remembered| Ok(remembered.is_current(document)))
    }
}
