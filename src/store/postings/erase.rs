//! Taking documents out of the inverted indexes without a trace.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};

use super::block::{Block, Builder, HASH_BITS, LONE, List, put_documents};
use super::segment::{Segment, put_block, save_figures, segments};
use crate::store::columns::{signed, unsigned};
use crate::store::error::{Result, StoreError};

/// Rewrites every block that holds one of the documents. Hashes are not kept by document, so all segments
/// that reach over them are read: some 100 MB/s, for a rare command.
pub fn erase(conn: &Connection, gone: &BTreeSet<u32>) -> Result<()> {
    let (Some(&low), Some(&high)) = (gone.first(), gone.last()) else { return Ok(()) };
    for mut segment in segments(conn)? {
        if segment.low > i64::from(high) || segment.high < i64::from(low) {
            continue;
        }
        erase_from(conn, &mut segment, gone)?;
    }
    Ok(())
}

/// What is left of a block.
struct Rest {
    lists: Vec<(u64, Vec<u32>)>,
    removed: usize,
}

fn rest_of(first: u64, lone: usize, data: &[u8], gone: &BTreeSet<u32>) -> Option<Rest> {
    let mut rest = Rest { lists: Vec::new(), removed: 0 };
    let mut take = |hash, list: List<'_>| {
        let mut into = Vec::new();
        list.read(&mut into)?;
        let before = into.len();
        into.retain(|document| !gone.contains(document));
        rest.removed += before - into.len();
        if !into.is_empty() {
            rest.lists.push((hash, into));
        }
        Some(())
    };
    if lone > 0 {
        take(first, List::Many(lone, data))?;
    } else {
        let block = Block::open(first, data)?;
        for place in 0..block.len() {
            take(block.hash(place), block.list(place)?)?;
        }
    }
    Some(rest)
}

fn erase_from(conn: &Connection, segment: &mut Segment, gone: &BTreeSet<u32>) -> Result<()> {
    let (mut next, end) = segment.keys();
    loop {
        let held = conn
            .prepare_cached(
                "SELECT key, lone, data FROM blocks WHERE key >= ?1 AND key < ?2 ORDER BY key LIMIT 256",
            )?
            .query_map(params![next, end], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, Vec<u8>>(2)?))
            })?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        let Some((last, ..)) = held.last() else { break };
        next = last + 1;
        for (key, lone, data) in held {
            let first = unsigned(key) & ((1 << HASH_BITS) - 1);
            let rest = rest_of(first, usize::try_from(lone).unwrap_or(0), &data, gone).ok_or_else(
                || StoreError::Damaged(format!("posting block {first:010x} cannot be read")),
            )?;
            if rest.removed > 0 {
                replace(conn, segment, (key, data.len()), &rest)?;
            }
        }
    }
    save_figures(conn, segment)
}

/// Puts what is left of a block in its place. `old`: its key and bytes.
fn replace(conn: &Connection, segment: &mut Segment, old: (i64, usize), rest: &Rest) -> Result<()> {
    conn.prepare_cached("DELETE FROM blocks WHERE key = ?1")?.execute([old.0])?;
    segment.pairs -= signed(rest.removed);
    segment.blocks -= 1;
    segment.bytes -= signed(old.1);
    let base = segment.keys().0;
    let mut put = |first: u64, lone: usize, data: &[u8]| {
        segment.blocks += 1;
        segment.bytes += signed(data.len());
        put_block(conn, base + signed(first), lone, data)
    };
    let mut builder = Builder::default();
    for (hash, list) in &rest.lists {
        if list.len() >= LONE {
            let mut data = Vec::new();
            put_documents(&mut data, list);
            put(*hash, list.len(), &data)?;
        } else if !builder.push(*hash, list) {
            // A list that lost all but one of its documents may widen all values.
            put(builder.first(), 0, &builder.take())?;
            builder.push(*hash, list);
        }
    }
    if !builder.is_empty() {
        put(builder.first(), 0, &builder.take())?;
    }
    Ok(())
}
