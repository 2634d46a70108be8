//! Segments: a sorted run of (hash, document) pairs that a batch or a merge wrote.

use rusqlite::{Connection, params};

use super::Index;
use super::block::{Builder, HASH_BITS, LONE, kept, put_documents};
use crate::store::columns::signed;
use crate::store::error::Result;

/// A segment as the table lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    pub slot: i64,
    pub indexed: String,
    pub generation: i64,
    pub pairs: i64,
    pub blocks: i64,
    pub bytes: i64,
    pub low: i64,
    pub high: i64,
}

impl Segment {
    /// First key of its blocks, and the first key after them.
    pub fn keys(&self) -> (i64, i64) {
        (self.slot << HASH_BITS, (self.slot + 1) << HASH_BITS)
    }
}

/// All segments, those with the oldest documents first.
pub fn segments(conn: &Connection) -> Result<Vec<Segment>> {
    let mut statement = conn.prepare_cached(
        "SELECT slot, indexed, generation, pairs, blocks, bytes, low, high FROM segments ORDER BY low, slot",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(Segment {
            slot: row.get(0)?,
            indexed: row.get(1)?,
            generation: row.get(2)?,
            pairs: row.get(3)?,
            blocks: row.get(4)?,
            bytes: row.get(5)?,
            low: row.get(6)?,
            high: row.get(7)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Writes a segment, hash by hash.
pub struct Writer<'c> {
    conn: &'c Connection,
    segment: Segment,
    builder: Builder,
}

impl<'c> Writer<'c> {
    pub fn new(conn: &'c Connection, indexed: &str, generation: i64) -> Result<Self> {
        conn.prepare_cached(
            "INSERT INTO segments (indexed, generation, pairs, blocks, bytes, low, high)
             VALUES (?1, ?2, 0, 0, 0, 0, 0)",
        )?
        .execute(params![indexed, generation])?;
        let segment = Segment {
            slot: conn.last_insert_rowid(),
            indexed: indexed.to_owned(),
            generation,
            pairs: 0,
            blocks: 0,
            bytes: 0,
            low: i64::MAX,
            high: 0,
        };
        Ok(Self { conn, segment, builder: Builder::default() })
    }

    /// Adds a kept hash, above all before it, with its ascending documents.
    pub fn push(&mut self, hash: u64, documents: &[u32]) -> Result<()> {
        let (Some(first), Some(last)) = (documents.first(), documents.last()) else {
            return Ok(());
        };
        self.segment.pairs += signed(documents.len());
        self.segment.low = self.segment.low.min(i64::from(*first));
        self.segment.high = self.segment.high.max(i64::from(*last));
        if documents.len() >= LONE {
            self.flush()?;
            let mut data = Vec::with_capacity(documents.len() * 2);
            put_documents(&mut data, documents);
            return self.put(hash, documents.len(), &data);
        }
        if !self.builder.push(hash, documents) {
            self.flush()?;
            self.builder.push(hash, documents);
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        if self.builder.is_empty() {
            return Ok(());
        }
        let first = self.builder.first();
        let data = self.builder.take();
        self.put(first, 0, &data)
    }

    fn put(&mut self, first: u64, lone: usize, data: &[u8]) -> Result<()> {
        self.segment.blocks += 1;
        self.segment.bytes += signed(data.len());
        put_block(self.conn, self.segment.keys().0 + signed(first), lone, data)
    }

    /// Closes the segment; one without pairs is gone again.
    pub fn finish(mut self) -> Result<()> {
        self.flush()?;
        save_figures(self.conn, &self.segment)
    }
}

/// Writes a block's row.
pub fn put_block(conn: &Connection, key: i64, lone: usize, data: &[u8]) -> Result<()> {
    conn.prepare_cached("INSERT INTO blocks (key, lone, data) VALUES (?1, ?2, ?3)")?
        .execute(params![key, signed(lone), data])?;
    Ok(())
}

/// Records a segment's figures, or drops the row of an empty one.
pub fn save_figures(conn: &Connection, s: &Segment) -> Result<()> {
    if s.pairs == 0 {
        conn.prepare_cached("DELETE FROM segments WHERE slot = ?1")?.execute([s.slot])?;
        return Ok(());
    }
    conn.prepare_cached(
        "UPDATE segments SET pairs = ?2, blocks = ?3, bytes = ?4, low = ?5, high = ?6 WHERE slot = ?1",
    )?
    .execute(params![s.slot, s.pairs, s.blocks, s.bytes, s.low, s.high])?;
    Ok(())
}

/// Removes a segment with its blocks.
pub fn drop_segment(conn: &Connection, segment: &Segment) -> Result<()> {
    let (from, to) = segment.keys();
    conn.prepare_cached("DELETE FROM blocks WHERE key >= ?1 AND key < ?2")?
        .execute(params![from, to])?;
    conn.prepare_cached("DELETE FROM segments WHERE slot = ?1")?.execute([segment.slot])?;
    Ok(())
}

/// Removes the segments of all generations but one.
pub fn drop_other_generations(conn: &Connection, generation: i64) -> Result<()> {
    for segment in segments(conn)?.iter().filter(|s| s.generation != generation) {
        drop_segment(conn, segment)?;
    }
    Ok(())
}

/// Writes the hashes of a batch as a segment. `batch`: documents in ascending order with their hashes.
pub fn write(
    conn: &Connection,
    index: Index,
    generation: i64,
    batch: &[(u32, &[u64])],
) -> Result<()> {
    // A hash takes 40 bits, the place in the batch the other 24: one integer to sort. Larger batches make more segments.
    for part in batch.chunks(1 << (64 - HASH_BITS)) {
        let mut pairs = Vec::with_capacity(part.iter().map(|(_, hashes)| hashes.len()).sum());
        for (place, (_, hashes)) in part.iter().enumerate() {
            pairs.extend(hashes.iter().map(|h| kept(*h) << (64 - HASH_BITS) | place as u64));
        }
        if pairs.is_empty() {
            continue;
        }
        pairs.sort_unstable();
        pairs.dedup();
        let mut writer = Writer::new(conn, index.name(), generation)?;
        let mut documents = Vec::new();
        for same in pairs.chunk_by(|a, b| kept(*a) == kept(*b)) {
            documents.clear();
            documents.extend(same.iter().filter_map(|pair| {
                let place = usize::try_from(pair & ((1 << (64 - HASH_BITS)) - 1)).ok()?;
                part.get(place).map(|(document, _)| *document)
            }));
            writer.push(kept(same[0]), &documents)?;
        }
        writer.finish()?;
    }
    Ok(())
}
