//! The sidecar: captured bytes, each once, in a SQLite file of its own beside the store.
//!
//! It is written and synced before the store's transaction commits, so that the store never refers to
//! bytes that are not there; SQLite over a plain file, since a removed page must really go.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior, params};
use sha2::{Digest, Sha256};
use zstd::bulk::Compressor;

use super::columns::signed;
use super::error::{Result, StoreError};
use super::schema::{BUSY, file_name};
use crate::model::Capture;

/// "ctrC" in ASCII.
const APPLICATION_ID: i64 = 0x6374_7243;
const LEVEL: i32 = 3;

/// The sidecar of a store; its file is made when the first bytes come.
pub struct Sidecar {
    path: PathBuf,
    read_only: bool,
    conn: Option<Connection>,
}

impl Sidecar {
    /// `news.db` has `news.db.captures`.
    pub fn beside(store: &Path, read_only: bool) -> Self {
        let path = store.with_file_name(file_name(store) + ".captures");
        Self { path, read_only, conn: None }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    fn open(&mut self) -> Result<&mut Connection> {
        if self.conn.is_none() {
            self.conn = Some(if self.read_only { self.reader()? } else { self.writer()? });
        }
        self.conn.as_mut().ok_or(StoreError::ReadOnly("keep captured bytes"))
    }

    fn reader(&self) -> Result<Connection> {
        let conn = Connection::open_with_flags(&self.path, OpenFlags::SQLITE_OPEN_READ_ONLY)
            .map_err(|cause| StoreError::Open { path: self.path.clone(), cause })?;
        conn.busy_timeout(BUSY)?;
        Ok(conn)
    }

    fn writer(&self) -> Result<Connection> {
        let failed = |cause| StoreError::Open { path: self.path.clone(), cause };
        let conn = Connection::open(&self.path).map_err(failed)?;
        conn.busy_timeout(BUSY)?;
        let foreign = conn.query_row(
            "SELECT application_id <> ?1 AND EXISTS (SELECT 1 FROM sqlite_schema) FROM pragma_application_id",
            [APPLICATION_ID],
            |row| row.get(0),
        );
        if foreign.map_err(failed)? {
            let what = "another program's SQLite database".to_owned();
            return Err(StoreError::NotAStore { path: self.path.clone(), what });
        }
        conn.execute_batch(&format!(
            "PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             PRAGMA secure_delete = ON; PRAGMA application_id = {APPLICATION_ID};
             CREATE TABLE IF NOT EXISTS captured (
               id INTEGER PRIMARY KEY, sha256 BLOB NOT NULL UNIQUE, length INTEGER NOT NULL, data BLOB NOT NULL
             ) STRICT;"
        ))
        .map_err(failed)?;
        Ok(conn)
    }

    /// Keeps the bytes of these captures, each once, and syncs.
    pub fn keep(&mut self, captures: &[&Capture]) -> Result<()> {
        if captures.is_empty() {
            return Ok(());
        }
        let once: BTreeMap<[u8; 32], &Capture> = captures.iter().map(|c| (c.sha256, *c)).collect();
        let conn = self.open()?;
        let transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut fresh = Vec::new();
        for capture in once.into_values() {
            let mut known =
                transaction.prepare_cached("SELECT 1 FROM captured WHERE sha256 = ?1")?;
            if !known.exists([capture.sha256])? {
                fresh.push(capture);
            }
        }
        let packed: Vec<Vec<u8>> = fresh
            .par_iter()
            .map_init(
                || Compressor::new(LEVEL),
                |packer, capture| match packer {
                    Ok(packer) => packer.compress(&capture.bytes),
                    Err(_) => zstd::bulk::compress(&capture.bytes, LEVEL),
                },
            )
            .collect::<std::io::Result<_>>()
            .map_err(|cause| StoreError::Damaged(format!("a capture cannot be packed: {cause}")))?;
        for (capture, data) in fresh.iter().zip(&packed) {
            transaction
                .prepare_cached("INSERT INTO captured (sha256, length, data) VALUES (?1, ?2, ?3)")?
                .execute(params![capture.sha256, signed(capture.bytes.len()), data])?;
        }
        Ok(transaction.commit()?)
    }

    /// The bytes with this sum; `None` where they are not kept.
    pub fn bytes(&mut self, sha256: &[u8]) -> Result<Option<Vec<u8>>> {
        if !self.path.exists() {
            return Ok(None);
        }
        let mut statement =
            self.open()?.prepare_cached("SELECT data, length FROM captured WHERE sha256 = ?1")?;
        let found = statement
            .query_row([sha256], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, i64>(1)?)))
            .optional()?;
        let Some((data, length)) = found else { return Ok(None) };
        let length = usize::try_from(length).unwrap_or(0);
        let bytes = zstd::bulk::decompress(&data, length).map_err(|cause| {
            StoreError::Damaged(format!("a capture cannot be unpacked: {cause}"))
        })?;
        Ok(Some(bytes))
    }

    /// The sums of all that it holds.
    pub fn sums(&mut self) -> Result<Vec<Vec<u8>>> {
        if !self.path.exists() {
            return Ok(Vec::new());
        }
        let mut statement = self.open()?.prepare_cached("SELECT sha256 FROM captured")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Removes bytes, overwriting them in the file.
    pub fn remove(&mut self, sums: &[Vec<u8>]) -> Result<()> {
        if sums.is_empty() || !self.path.exists() {
            return Ok(());
        }
        let transaction = self.open()?.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for sum in sums {
            transaction.prepare_cached("DELETE FROM captured WHERE sha256 = ?1")?.execute([sum])?;
        }
        transaction.commit()?;
        self.open()?.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    /// Whether the bytes with this sum are there and have it; `None` where they are not.
    pub fn is_sound(&mut self, sha256: &[u8]) -> Result<Option<bool>> {
        Ok(self.bytes(sha256)?.map(|bytes| Sha256::digest(bytes).as_slice() == sha256))
    }

    /// Bytes on disk.
    pub fn size(&self) -> u64 {
        std::fs::metadata(&self.path).map_or(0, |file| file.len())
    }
}
