//! Adding a batch: one transaction, so that a stop at any moment leaves whole batches only.

use std::collections::HashMap;
use std::time::{SystemTime, UNIX_EPOCH};

use rayon::prelude::*;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::body::{Packed, Packer};
use super::columns::{moment, signed, word};
use super::error::{Result, StoreError};
use super::outlets::{self, Rules};
use super::tally::{Place, Tally};
use super::{Store, notices, pages, postings, schemes};
use crate::model::{Article, ArticleId, ArticlePrint, Capture, Dossier, Kind, Moment, Outlet};

/// What is to be added: an article with its resolved outlet, its fingerprints and its words for full-text search.
#[derive(Debug, Clone, Default)]
pub struct Deposit {
    pub dossier: Dossier,
    pub print: ArticlePrint,
    /// Stems or bigrams, a space between two. Empty where full text makes them of the text itself, which it does
    /// when it is filled, outside of the write path.
    pub search_tokens: String,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    New(ArticleId),
    /// A changed text or changed metadata under a known identity; the old revision stays.
    Revised(ArticleId),
    Unchanged(ArticleId),
    /// An address without a text.
    Sighting,
}

impl Store {
    /// Adds a batch in one transaction; outcomes in its order. Batches of 500 to 2,000 articles are quickest.
    /// The same identity may stand in it more than once. Where a revision that is known to be older than the
    /// current one comes in late, or what a paywall leaves of it, it is kept as history and the current one stays.
    pub fn add(&mut self, batch: &[Deposit]) -> Result<Vec<Outcome>> {
        self.writable("take in articles")?;
        // Packing takes longer than writing: on all cores, and before the file is locked.
        let packed = batch
            .par_iter()
            .map_init(Packer::new, |packer, deposit| match packer {
                Ok(packer) => packer.all(deposit),
                Err(_) => Packer::new()?.all(deposit),
            })
            .collect::<Result<Vec<Packed>>>()?;
        self.count_postings(batch);
        let done = self.add_batch(batch, &packed);
        self.view.forget();
        let (outcomes, generation) = done?;
        match postings::settle(&mut self.view.conn, generation) {
            // The batch is in; what is not merged now will be with the next.
            Ok(()) | Err(StoreError::Busy) => Ok(outcomes),
            Err(error) => Err(error),
        }
    }

    /// To be called at the end of a run that added: look-ups are quick again after many batches. Costs a share of what
    /// the run cost.
    pub fn tidy(&mut self) -> Result<()> {
        self.writable("merge indexes")?;
        let wrote = std::mem::take(&mut self.wrote);
        let generation = schemes::generation(&self.view.conn)?;
        let done = postings::tidy(&mut self.view.conn, generation, wrote);
        self.view.forget();
        match done {
            Ok(()) | Err(StoreError::Busy) => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn count_postings(&mut self, batch: &[Deposit]) {
        for (index, wrote) in postings::Index::ALL.into_iter().zip(&mut self.wrote) {
            let of = |deposit: &Deposit| match index {
                postings::Index::Shingle => deposit.print.shingles.len(),
                postings::Index::Anchor => deposit.print.anchors.len(),
                postings::Index::Exact => deposit.print.paragraphs.len(),
                postings::Index::PackShingle | postings::Index::PackAnchor => 0,
            };
            *wrote += signed(batch.iter().map(of).sum::<usize>());
        }
    }

    fn add_batch(&mut self, batch: &[Deposit], packed: &[Packed]) -> Result<(Vec<Outcome>, i64)> {
        let transaction =
            self.view.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut writing = Writing::new(&transaction, self.options.captures)?;
        let outcomes = batch
            .iter()
            .zip(packed)
            .map(|(deposit, packed)| writing.deposit(deposit, packed))
            .collect::<Result<Vec<_>>>()?;
        let generation = writing.generation;
        // The sidecar first: bytes that nothing refers to do no harm, a reference to no bytes would.
        writing.finish(&mut self.sidecar)?;
        transaction.commit()?;
        Ok((outcomes, generation))
    }
}

/// An article on file, as far as adding looks at it.
pub struct OnFile {
    pub id: ArticleId,
    pub current: i64,
    pub place: Place,
    pub first_seen: Option<Moment>,
}

/// A batch on its way in.
pub struct Writing<'a> {
    pub conn: &'a Connection,
    pub generation: i64,
    pub extractor: i64,
    pub now: i64,
    pub keep_captures: bool,
    outlets: HashMap<&'a Outlet, i64>,
    rules: Rules,
    pub tally: Tally,
    pub prints: Vec<(u32, &'a ArticlePrint)>,
    pub captures: Vec<&'a Capture>,
}

impl<'a> Writing<'a> {
    fn new(conn: &'a Connection, keep_captures: bool) -> Result<Self> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        Ok(Self {
            conn,
            generation: schemes::generation(conn)?,
            extractor: schemes::version_of(conn, schemes::EXTRACTOR)?,
            now: signed(now),
            keep_captures,
            outlets: HashMap::new(),
            rules: Rules::read(conn)?,
            tally: Tally::default(),
            prints: Vec::new(),
            captures: Vec::new(),
        })
    }

    fn deposit(&mut self, deposit: &'a Deposit, packed: &Packed) -> Result<Outcome> {
        let article = &deposit.dossier.article;
        let outlet = match self.rules.outlet(article) {
            Some(named) => outlets::put_outlet(self.conn, &named)?,
            None => self.outlet(&deposit.dossier.outlet)?,
        };
        notices::put_notice(self.conn, article, outlet)?;
        pages::page_changed(self.conn, &article.identity)?;
        if article.kind == Kind::Operator {
            outlets::put_outlet_signs(self.conn, outlet, article)?;
            return Ok(Outcome::Sighting);
        }
        if article.kind == Kind::Sighting {
            self.sighting(article, outlet)?;
            return Ok(Outcome::Sighting);
        }
        let Some(mut on_file) = self.on_file(&article.identity)? else {
            return self.new_article(deposit, packed, outlet).map(Outcome::New);
        };
        self.seen_earlier(&mut on_file, article.first_seen.as_ref())?;
        let taken = taken(article);
        let known = self.known(on_file.id, &packed.digest)?;
        let current_taken = self.taken_at(on_file.current)?;
        // A text that comes back after another one is a revision again, if it was seen later; else it is a repetition.
        let later = matches!((taken, current_taken), (Some(new), Some(old)) if new > old);
        if known == Some(on_file.current) || known.is_some() && !later {
            return Ok(Outcome::Unchanged(on_file.id));
        }
        let older = matches!((taken, current_taken), (Some(new), Some(old)) if new < old);
        let remnant = self.is_remnant(on_file.current, article)?;
        if known.is_some() && remnant {
            return Ok(Outcome::Unchanged(on_file.id));
        }
        let superseded = older || remnant;
        let revision = self.revision(on_file.id, (deposit, packed), superseded)?;
        if !superseded {
            self.replace_current(&on_file, revision, deposit, outlet)?;
        }
        Ok(Outcome::Revised(on_file.id))
    }

    /// The outlet's row. What is known of it only grows: an input that knows less takes nothing away.
    fn outlet(&mut self, outlet: &'a Outlet) -> Result<i64> {
        if let Some(id) = self.outlets.get(outlet) {
            return Ok(*id);
        }
        let id = self
            .conn
            .prepare_cached(
                "INSERT INTO outlets (key, name, domain, agency, kind, publisher)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (key) DO UPDATE SET
                   name = CASE excluded.name WHEN key THEN name ELSE excluded.name END,
                   kind = CASE excluded.kind WHEN 'outlet' THEN kind ELSE excluded.kind END,
                   domain = coalesce(excluded.domain, domain), agency = coalesce(excluded.agency, agency),
                   publisher = coalesce(excluded.publisher, publisher)
                 RETURNING id",
            )?
            .query_row(
                params![
                    outlet.key,
                    outlet.name,
                    outlet.domain,
                    outlet.agency,
                    word(outlet.kind),
                    outlet.group
                ],
                |row| row.get(0),
            )?;
        self.outlets.insert(outlet, id);
        Ok(id)
    }

    pub fn on_file(&self, identity: &str) -> Result<Option<OnFile>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT id, current, outlet, at, language, first_seen, first_seen_at,
               first_seen_day FROM articles WHERE identity = ?1",
        )?;
        let found = statement.query_row([identity], |row| {
            let place = Place { outlet: row.get(2)?, at: row.get(3)?, language: row.get(4)? };
            let first_seen = moment(row, 5)?;
            Ok(OnFile { id: row.get(0)?, current: row.get(1)?, place, first_seen })
        });
        Ok(found.optional()?)
    }

    /// The newest revision of the article with this text and metadata.
    fn known(&self, article: ArticleId, digest: &[u8; 16]) -> Result<Option<i64>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT id FROM revisions WHERE article = ?1 AND digest = ?2 ORDER BY number DESC LIMIT 1",
        )?;
        Ok(statement.query_row(params![article, digest], |row| row.get(0)).optional()?)
    }

    fn taken_at(&self, revision: i64) -> Result<Option<i64>> {
        let mut statement =
            self.conn.prepare_cached("SELECT taken_at FROM revisions WHERE id = ?1")?;
        Ok(statement.query_row([revision], |row| row.get(0)).optional()?.flatten())
    }

    fn new_article(
        &mut self,
        deposit: &'a Deposit,
        packed: &Packed,
        outlet: i64,
    ) -> Result<ArticleId> {
        let article = &deposit.dossier.article;
        self.conn
            .prepare_cached("INSERT INTO articles (identity, outlet) VALUES (?1, ?2)")?
            .execute(params![article.identity, outlet])?;
        let id = self.conn.last_insert_rowid();
        let earlier = self.sighted(&article.identity)?;
        let seen = [article.first_seen.as_ref(), earlier.as_ref()];
        let seen = seen.into_iter().flatten().min_by_key(|m| m.seconds);
        let revision = self.revision(id, (deposit, packed), false)?;
        self.point_to(id, revision, deposit, (outlet, seen))?;
        Ok(id)
    }

    /// When its address was sighted before there was a text.
    fn sighted(&self, identity: &str) -> Result<Option<Moment>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT first_seen, first_seen_at, first_seen_day FROM sightings WHERE identity = ?1",
        )?;
        let found = statement.query_row([identity], |row| moment(row, 0));
        Ok(found.optional()?.flatten())
    }
}

/// When the text was seen like this, in seconds, where the input says so.
pub fn taken(article: &Article) -> Option<i64> {
    let capture = article.capture.as_ref().and_then(|c| c.taken.as_ref());
    capture.or(article.first_seen.as_ref()).map(|m| m.seconds)
}
