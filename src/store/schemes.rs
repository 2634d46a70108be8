//! Which code made the indexes, and bringing those of an older scheme up to date.

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::Store;
use super::body::{Packer, pack_print};
use super::columns::signed;
use super::error::Result;
use super::postings::{self, Index};
use super::search;
use super::view::View;
use crate::model::{ArticlePrint, Dossier};

/// The scheme whose version is recorded with each revision; it makes no fingerprints.
pub const EXTRACTOR: &str = "extractor";

/// A kind of fingerprint with its version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheme {
    /// `normal_form`, `exact`, `simhash`, `shingle`, `anchor`, `search`, `extractor` …
    pub name: String,
    pub version: i64,
    /// Versions of the tables below it, as text (Unicode, stemmers, transliteration).
    pub hangs_on: String,
}

/// The generation that is written and searched.
pub fn generation(conn: &Connection) -> Result<i64> {
    Ok(conn
        .prepare_cached("SELECT max(number) FROM generations")?
        .query_row([], |row| row.get(0))?)
}

/// The version of a scheme on file, 0 where it is not.
pub fn version_of(conn: &Connection, name: &str) -> Result<i64> {
    let mut statement = conn.prepare_cached("SELECT version FROM schemes WHERE name = ?1")?;
    Ok(statement.query_row([name], |row| row.get(0)).optional()?.unwrap_or(0))
}

fn is_current(conn: &Connection, document: u32) -> Result<bool> {
    let mut statement =
        conn.prepare_cached("SELECT 1 FROM revisions WHERE id = ?1 AND superseded = 0")?;
    Ok(statement.exists([document])?)
}

impl View {
    /// The schemes on file, by name.
    pub fn schemes(&self) -> Result<Vec<Scheme>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT name, version, hangs_on FROM schemes ORDER BY name")?;
        let rows = statement.query_map([], |row| {
            Ok(Scheme { name: row.get(0)?, version: row.get(1)?, hangs_on: row.get(2)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How many revisions wait for fingerprints of the current generation.
    pub fn stale_count(&self) -> Result<u64> {
        // Older generations are struck off the list once nothing is of them: no look at the revisions then.
        let generations: i64 =
            self.conn.query_row("SELECT count(*) FROM generations", [], |row| row.get(0))?;
        if generations < 2 {
            return Ok(0);
        }
        let mut statement =
            self.conn.prepare_cached("SELECT count(*) FROM revisions WHERE generation <> ?1")?;
        let count = statement.query_row([generation(&self.conn)?], |row| row.get(0))?;
        Ok(super::columns::unsigned(count))
    }

    /// Up to `limit` revisions above `after` whose fingerprints are of an older generation. Start with 0,
    /// go on with the last number given.
    pub fn stale(&self, after: u32, limit: usize) -> Result<Vec<(u32, Dossier)>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT id FROM revisions WHERE id > ?1 AND generation <> ?2 ORDER BY id LIMIT ?3",
        )?;
        let documents = statement
            .query_map(params![after, generation(&self.conn)?, signed(limit)], |row| row.get(0))?
            .collect::<rusqlite::Result<Vec<u32>>>()?;
        let dossiers = self.dossiers(&documents)?;
        Ok(documents.into_iter().zip(dossiers).collect())
    }
}

impl Store {
    /// Says which schemes this build's fingerprints have. Where one other than the extractor's differs from
    /// what is on file, a new generation begins: everything on file is stale until it is refreshed, and
    /// look-ups see only what is of the new one. Gives whether that is so.
    pub fn set_schemes(&mut self, schemes: &[Scheme]) -> Result<bool> {
        let known = self.schemes()?;
        let changed: Vec<&Scheme> = schemes.iter().filter(|s| !known.contains(s)).collect();
        if changed.is_empty() {
            return Ok(false);
        }
        self.writable("begin a new scheme")?;
        let transaction =
            self.view.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for scheme in &changed {
            transaction.execute(
                "INSERT INTO schemes (name, version, hangs_on) VALUES (?1, ?2, ?3)
                 ON CONFLICT DO UPDATE SET version = excluded.version, hangs_on = excluded.hangs_on",
                params![scheme.name, scheme.version, scheme.hangs_on],
            )?;
        }
        let fingerprints = changed.iter().any(|s| s.name != EXTRACTOR);
        let filled =
            transaction.query_row("SELECT EXISTS (SELECT 1 FROM revisions)", [], |row| {
                row.get::<_, bool>(0)
            })?;
        let begins = fingerprints && filled;
        if begins {
            transaction
                .execute("INSERT INTO generations SELECT max(number) + 1 FROM generations", [])?;
        }
        transaction.commit()?;
        self.view.forget();
        Ok(begins)
    }

    /// Puts fingerprints of the current generation in the place of older ones, in one transaction:
    /// document, fingerprints, search tokens. Those already up to date are left alone.
    pub fn refresh(&mut self, prints: &[(u32, ArticlePrint, String)]) -> Result<usize> {
        self.writable("renew fingerprints")?;
        let transaction =
            self.view.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let generation = generation(&transaction)?;
        let mut packer = Packer::new()?;
        let mut renewed = Vec::new();
        for (document, print, tokens) in prints {
            let stale = transaction
                .prepare_cached(
                    "UPDATE revisions SET generation = ?2 WHERE id = ?1 AND generation <> ?2",
                )?
                .execute(params![document, generation])?;
            if stale == 0 {
                continue;
            }
            transaction
                .prepare_cached("INSERT OR REPLACE INTO prints (revision, print) VALUES (?1, ?2)")?
                .execute(params![document, pack_print(print)])?;
            if is_current(&transaction, *document)? {
                search::drop_document(&transaction, i64::from(*document))?;
                search::queue(&transaction, *document, &packer.tokens(tokens)?)?;
            }
            renewed.push((*document, print));
        }
        write_postings(&transaction, generation, &mut renewed)?;
        transaction.commit()?;
        self.view.forget();
        postings::settle(&mut self.view.conn, generation)?;
        Ok(renewed.len())
    }

    /// Drops the postings of older generations once nothing is stale; gives whether that is so.
    pub fn finish_rebuild(&mut self) -> Result<bool> {
        if self.stale_count()? > 0 {
            return Ok(false);
        }
        self.writable("drop old indexes")?;
        let transaction =
            self.view.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let current = generation(&transaction)?;
        postings::drop_other_generations(&transaction, current)?;
        transaction.execute("DELETE FROM generations WHERE number < ?1", [current])?;
        transaction.commit()?;
        self.view.forget();
        Ok(true)
    }
}

/// Writes the postings of these documents into all indexes.
pub fn write_postings(
    conn: &Connection,
    generation: i64,
    prints: &mut [(u32, &ArticlePrint)],
) -> Result<()> {
    prints.sort_unstable_by_key(|(document, _)| *document);
    let exact: Vec<Vec<u64>> = prints
        .iter()
        .map(|(_, print)| print.paragraphs.iter().map(|p| p.key().cast_unsigned()).collect())
        .collect();
    for index in Index::ALL {
        let batch: Vec<(u32, &[u64])> = prints
            .iter()
            .zip(&exact)
            .map(|((document, print), exact)| {
                let hashes = match index {
                    Index::Shingle => print.shingles.as_slice(),
                    Index::Anchor => &print.anchors,
                    Index::Exact => exact.as_slice(),
                    Index::PackShingle | Index::PackAnchor => &[],
                };
                (*document, hashes)
            })
            .collect();
        postings::write(conn, index, generation, &batch)?;
    }
    Ok(())
}
