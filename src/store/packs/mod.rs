//! Index packs on file: listing, taking out, what is found in them. Their form is in `write` and `read`.
//!
//! A pack's file: [`PACK_MAGIC`](crate::model::PACK_MAGIC); the length of the head (4 bytes, lowest first) and the
//! head, JSON; the articles, a zstd frame of JSON lines in strictly ascending order of address and outlet; the postings
//! of the shingles and of the anchors, bit by bit (`lists`); the SHA-256 of all before it. An article is its number in
//! that order. There is no place for a text: an article has the fields of
//! [`PackArticle`](crate::model::PackArticle) and no others, each of bounded length.
//!
//! Of a hash 32 bits are kept. Whoever has a text can ask whether a pack has it, or a passage of some fifteen words;
//! whoever guesses at words can confirm names and numbers by the anchors, without their order. Nothing gives a text back.

mod bits;
mod lists;
mod read;
mod write;

use rusqlite::{OptionalExtension, Row, TransactionBehavior, params};

use super::Store;
use super::columns::{hex, unsigned};
use super::error::{Result, StoreError};
use super::postings::{Index, drop_segment, segments};
use super::schemes::generation;
use super::view::View;
use crate::model::{PackArticle, PackRow};

/// Where the numbers of packs' articles begin.
pub const PACK_FIRST: u32 = 1 << 31;
const FIRST: i64 = PACK_FIRST as i64;
/// Bits of a hash that a pack keeps, the highest.
const HASH_BITS: u32 = 32;
/// Kinds of fingerprints in a pack, as schemes name them, with the index that holds them on file.
const KINDS: [(&str, Index, Index); 2] =
    [("shingle", Index::Shingle, Index::PackShingle), ("anchor", Index::Anchor, Index::PackAnchor)];

/// Why a pack cannot be written or taken in.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What is wrong with the file and what to do.
    #[error("{0}")]
    Refused(String),
    #[error("the pack cannot be written: {0}; check the place it goes to")]
    Write(std::io::Error),
}

impl From<rusqlite::Error> for PackError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// What became of a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackOutcome {
    New,
    /// Another one of the same name was on file.
    Replaced,
    Unchanged,
}

/// The part of a hash that a pack keeps, in the place where look-ups expect it.
#[must_use]
pub fn pack_key(hash: u64) -> u64 {
    hash & (u64::MAX << (64 - HASH_BITS))
}

fn pack_row(row: &Row<'_>, current: i64) -> rusqlite::Result<PackRow> {
    let versions: String = row.get(6)?;
    let sha256: Vec<u8> = row.get(7)?;
    Ok(PackRow {
        name: row.get(0)?,
        maker: row.get(1)?,
        made: row.get(2)?,
        articles: unsigned(row.get(3)?),
        shingles: unsigned(row.get(4)?),
        anchors: unsigned(row.get(5)?),
        versions: serde_json::from_str(&versions).unwrap_or_default(),
        sha256: hex(&sha256),
        fits: row.get::<_, i64>(8)? == current,
        bytes: None,
    })
}

impl View {
    /// The packs on file, by name.
    pub fn packs(&self) -> Result<Vec<PackRow>> {
        let current = generation(&self.conn)?;
        let mut statement = self.conn.prepare_cached(
            "SELECT name, maker, made, articles, shingles, anchors, versions, sha256, generation
             FROM packs ORDER BY name",
        )?;
        let rows = statement.query_map([], |row| pack_row(row, current))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Languages of the articles in packs that fit, most frequent first.
    pub fn pack_languages(&self) -> Result<Vec<(String, u64)>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT language, count(*) FROM pack_articles
             WHERE language <> '' AND EXISTS (SELECT 1 FROM packs WHERE generation = ?1
               AND pack_articles.id >= first AND pack_articles.id < first + articles)
             GROUP BY 1 ORDER BY 2 DESC, 1",
        )?;
        let rows = statement
            .query_map([generation(&self.conn)?], |row| Ok((row.get(0)?, unsigned(row.get(1)?))))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// An article of a pack by its number, with the pack's name and maker.
    pub fn pack_article(&self, number: u32) -> Result<Option<(String, String, PackArticle)>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT p.name, p.maker, a.address, a.outlet, a.title, a.language, a.published, a.first_seen, a.words, a.shingles
             FROM pack_articles a JOIN packs p ON a.id >= p.first AND a.id < p.first + p.articles WHERE a.id = ?1",
        )?;
        let found = statement.query_row([number], |row| {
            let article = PackArticle {
                address: row.get(2)?,
                outlet: row.get(3)?,
                title: row.get(4)?,
                language: row.get(5)?,
                published: row.get(6)?,
                first_seen: row.get(7)?,
                words: row.get(8)?,
                shingles: row.get(9)?,
            };
            Ok((row.get(0)?, row.get(1)?, article))
        });
        Ok(found.optional()?)
    }
}

impl Store {
    /// Removes a pack; gives whether it was on file. What it held is overwritten in the file, not only let go.
    pub fn remove_pack(&mut self, name: &str) -> Result<bool> {
        self.writable("remove a pack")?;
        self.overwriting(|store| {
            let transaction =
                store.view.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let gone = drop_pack(&transaction, name)?;
            transaction.commit()?;
            if gone {
                store.wipe()?;
            }
            Ok(gone)
        })
    }
}

/// Takes a pack out of all tables.
fn drop_pack(conn: &rusqlite::Connection, name: &str) -> Result<bool> {
    let range = conn
        .prepare_cached("SELECT first, first + articles FROM packs WHERE name = ?1")?
        .query_row([name], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))
        .optional()?;
    let Some((first, end)) = range else { return Ok(false) };
    for segment in segments(conn)? {
        if segment.low >= first && segment.high < end {
            drop_segment(conn, &segment)?;
        }
    }
    conn.execute("DELETE FROM pack_articles WHERE id >= ?1 AND id < ?2", params![first, end])?;
    conn.execute("DELETE FROM packs WHERE name = ?1", [name])?;
    Ok(true)
}
