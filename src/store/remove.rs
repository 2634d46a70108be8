//! Taking articles out without a trace in any table, index or free page.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use super::error::{Result, StoreError};
use super::looks::forget_looks;
use super::postings;
use super::tally::{self, Place, Tally};
use super::{Store, search};
use crate::model::ArticleId;

impl Store {
    /// Removes articles with all their revisions, captures that nothing else refers to, and sightings of their
    /// addresses; gives how many were on file. What they held is overwritten in the file, not only let go.
    pub fn remove(&mut self, ids: &[ArticleId]) -> Result<usize> {
        self.writable("remove articles")?;
        let removed = self.overwriting(|store| store.remove_all(ids))?;
        self.sweep_captures()?;
        Ok(removed)
    }

    /// Runs `work` so that what it deletes is overwritten.
    pub(super) fn overwriting<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut Self) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let set = |store: &Self, how: &str| {
            let pragma = format!("PRAGMA secure_delete = {how}");
            store.view.conn.execute_batch(&pragma).map_err(StoreError::from)
        };
        set(self, "ON")?;
        let done = work(self);
        self.view.forget();
        set(self, "FAST")?;
        done
    }

    /// Overwrites what earlier changes let go, and the log.
    pub(super) fn wipe(&mut self) -> Result<()> {
        wipe_free_pages(&mut self.view.conn)?;
        self.view.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    fn remove_all(&mut self, ids: &[ArticleId]) -> Result<usize> {
        let transaction =
            self.view.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut tally = Tally::default();
        let mut gone = Gone::default();
        let mut removed = 0;
        for id in ids {
            if let Some(place) = remove_article(&transaction, *id, &mut gone)? {
                tally.count(&place, -1);
                removed += 1;
            }
        }
        tally.save(&transaction)?;
        tally::sweep(&transaction)?;
        postings::erase(&transaction, &gone.documents)?;
        transaction.execute_batch(
            "DELETE FROM outlets WHERE id NOT IN (SELECT outlet FROM articles)
               AND id NOT IN (SELECT outlet FROM sightings)
               AND id NOT IN (SELECT outlet FROM outlet_signs);
             DELETE FROM signs WHERE id NOT IN (SELECT sign FROM page_signs)
               AND id NOT IN (SELECT sign FROM outlet_signs)",
        )?;
        transaction.commit()?;
        if gone.searched {
            // Full text only marks what is deleted; merging all of it drops what is marked.
            self.view.conn.execute_batch("INSERT INTO search (search) VALUES ('optimize')")?;
        }
        if removed > 0 {
            self.wipe()?;
        }
        Ok(removed)
    }

    /// Removes captured bytes that nothing refers to: those of the removed, and what a stop left behind.
    fn sweep_captures(&mut self) -> Result<()> {
        let mut loose = Vec::new();
        let mut used = self
            .view
            .conn
            .prepare_cached("SELECT 1 FROM captures WHERE sha256 = ?1 AND kept = 1")?;
        for sum in self.sidecar.sums()? {
            if !used.exists([&sum])? {
                loose.push(sum);
            }
        }
        self.sidecar.remove(&loose)
    }
}

/// Overwrites the pages that earlier changes let go (queued tokens, old revisions of a row): takes them all
/// into a table of zeros and drops it. A vacuum would do the same by writing the whole store again.
fn wipe_free_pages(conn: &mut Connection) -> Result<()> {
    const PAGES: i64 = 4_096;
    let transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let pragma = |name: &str| -> Result<i64> {
        Ok(transaction.query_row(&format!("PRAGMA {name}"), [], |row| row.get(0))?)
    };
    let page = pragma("page_size")?;
    transaction.execute_batch("CREATE TABLE wiped (zeros BLOB) STRICT")?;
    loop {
        let free = pragma("freelist_count")?;
        if free == 0 {
            break;
        }
        let zeros = free.min(PAGES) * (page - 4);
        transaction.execute("INSERT INTO wiped VALUES (zeroblob(?1))", [zeros])?;
    }
    transaction.execute_batch("DROP TABLE wiped")?;
    Ok(transaction.commit()?)
}

/// What was taken out.
#[derive(Default)]
struct Gone {
    documents: BTreeSet<u32>,
    /// Whether any of it was in full text.
    searched: bool,
}

fn remove_article(conn: &Connection, id: ArticleId, gone: &mut Gone) -> Result<Option<Place>> {
    let found = conn
        .prepare_cached("SELECT outlet, at, language, identity FROM articles WHERE id = ?1")?
        .query_row([id], |row| {
            let place = Place { outlet: row.get(0)?, at: row.get(1)?, language: row.get(2)? };
            Ok((place, row.get::<_, String>(3)?))
        })
        .optional()?;
    let Some((place, identity)) = found else { return Ok(None) };
    let revisions = conn
        .prepare_cached("SELECT id FROM revisions WHERE article = ?1")?
        .query_map([id], |row| row.get(0))?
        .collect::<rusqlite::Result<Vec<u32>>>()?;
    for revision in revisions {
        gone.searched |= search::drop_document(conn, i64::from(revision))?;
        for table in ["bodies", "prints", "credits", "captures", "page_signs"] {
            conn.prepare_cached(&format!("DELETE FROM {table} WHERE revision = ?1"))?
                .execute([revision])?;
        }
        gone.documents.insert(revision);
    }
    super::outcomes::article_removed(conn, id)?;
    conn.prepare_cached("DELETE FROM revisions WHERE article = ?1")?.execute([id])?;
    forget_looks(conn, id)?;
    conn.prepare_cached("DELETE FROM articles WHERE id = ?1")?.execute([id])?;
    super::notices::forget_notices(conn, &identity)?;
    super::watch::leave_alone(conn, &identity)?;
    conn.prepare_cached("DELETE FROM sightings WHERE identity = ?1")?.execute([identity])?;
    Ok(Some(place))
}
