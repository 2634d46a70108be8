//! What `watch` remembers between two rounds: sites, their sources, and the pages that these have listed.

use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};

use super::Store;
use super::columns::{named, signed, unsigned, word};
use super::digest::url_key;
use super::error::{Result, StoreError};
use super::view::View;
use crate::model::{SiteState, SourceKind, WatchedSource};

/// A settled page is forgotten when no source has listed it for so long, in seconds.
const FORGET: i64 = 90 * 86_400;

/// Stands for a modification that no page will outdo.
const NEVER: i64 = i64::MAX;

/// A site that is followed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Site {
    pub site: String,
    pub state: SiteState,
    pub says: String,
    /// Seconds since 1970 at which its sources were last looked for.
    pub looked_at: i64,
    pub counts: SiteCounts,
}

/// What a site's pages came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SiteCounts {
    pub articles: u64,
    pub teasers: u64,
    /// Kept from programs: by status, robots.txt, consent wall or bot check.
    pub kept_out: u64,
    pub others: u64,
}

/// A source with what the last answer said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub source: WatchedSource,
    pub site: String,
    pub parent: Option<String>,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    /// How often it has failed, one time after another.
    pub failures: u32,
    /// Seconds since 1970 before which it is left alone.
    pub next_at: i64,
}

/// A page as a source lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub url: String,
    /// Normalised address.
    pub identity: String,
    /// Seconds since 1970, as the source states it.
    pub modified_at: Option<i64>,
}

/// A page that is to be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingPage {
    pub key: i64,
    pub site: String,
    pub url: String,
    /// Seconds since 1970 at which a source first listed it.
    pub seen_at: i64,
    pub tries: u32,
}

/// What a page is kept under: the hash of its normalised address.
#[must_use]
pub fn page_key(identity: &str) -> i64 {
    url_key(identity)
}

impl View {
    /// A site, where it is followed.
    pub fn watched_site(&self, site: &str) -> Result<Option<Site>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT state, says, looked_at, articles, teasers, kept_out, others FROM watched_sites WHERE site = ?1",
        )?;
        let found = statement.query_row([site], |row| {
            let count = |at| Ok::<_, rusqlite::Error>(unsigned(row.get(at)?));
            let counts = SiteCounts {
                articles: count(3)?,
                teasers: count(4)?,
                kept_out: count(5)?,
                others: count(6)?,
            };
            Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?, counts))
        });
        let Some((state, says, looked_at, counts)) = found.optional()? else { return Ok(None) };
        Ok(Some(Site { site: site.to_owned(), state: named(&state)?, says, looked_at, counts }))
    }

    /// The names of all sites that are followed.
    pub fn watched_sites(&self) -> Result<Vec<String>> {
        let mut statement =
            self.conn.prepare_cached("SELECT site FROM watched_sites ORDER BY site")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The sources of a site.
    pub fn watched_sources(&self, site: &str) -> Result<Vec<Source>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT url, kind, site, parent, etag, last_modified, failures, next_at FROM watched_sources
             WHERE site = ?1 ORDER BY url",
        )?;
        let rows = statement.query_map([site], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, source(row)?))
        })?;
        let mut found = Vec::new();
        for row in rows {
            let (url, kind, mut source) = row?;
            source.source = WatchedSource { url, kind: named(&kind)? };
            found.push(source);
        }
        Ok(found)
    }

    /// Pages of a site that are due, oldest first.
    pub fn waiting_pages(&self, site: &str, now: i64, limit: usize) -> Result<Vec<WaitingPage>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT key, site, url, seen_at, tries FROM watched_pages
             WHERE url IS NOT NULL AND site = ?1 AND next_at <= ?2 ORDER BY next_at, seen_at, key LIMIT ?3",
        )?;
        let rows = statement.query_map(params![site, now, signed(limit)], |row| {
            Ok(WaitingPage {
                key: row.get(0)?,
                site: row.get(1)?,
                url: row.get(2)?,
                seen_at: row.get(3)?,
                tries: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How many pages of a site are still to be fetched, due or not.
    pub fn waiting_count(&self, site: &str) -> Result<u64> {
        let mut statement = self.conn.prepare_cached(
            "SELECT count(*) FROM watched_pages WHERE url IS NOT NULL AND site = ?1",
        )?;
        Ok(unsigned(statement.query_row([site], |row| row.get(0))?))
    }
}

fn source(row: &Row<'_>) -> rusqlite::Result<Source> {
    Ok(Source {
        source: WatchedSource { url: String::new(), kind: SourceKind::Feed },
        site: row.get(2)?,
        parent: row.get(3)?,
        etag: row.get(4)?,
        last_modified: row.get(5)?,
        failures: row.get(6)?,
        next_at: row.get(7)?,
    })
}

/// Takes a page in; whether it was not known before.
fn list_page(conn: &Connection, site: &str, page: &Listed, now: i64) -> Result<bool> {
    let key = url_key(&page.identity);
    let inserted = conn
        .prepare_cached(
            "INSERT INTO watched_pages (key, site, url, seen_at, listed_at, modified_at)
             SELECT ?1, ?2, CASE WHEN EXISTS (SELECT 1 FROM articles WHERE identity = ?3) THEN NULL ELSE ?4 END,
               ?5, ?5, ?6
             WHERE NOT EXISTS (SELECT 1 FROM watched_pages WHERE key = ?1)",
        )?
        .execute(params![key, site, page.identity, page.url, now, page.modified_at])?;
    if inserted > 0 {
        return Ok(true);
    }
    conn.prepare_cached(
        "UPDATE watched_pages SET listed_at = ?2,
           url = CASE WHEN ?3 > coalesce(modified_at, ?3) THEN ?4 ELSE url END,
           tries = CASE WHEN ?3 > coalesce(modified_at, ?3) THEN 0 ELSE tries END,
           modified_at = CASE modified_at WHEN ?5 THEN ?5 ELSE coalesce(?3, modified_at) END
         WHERE key = ?1",
    )?
    .execute(params![key, now, page.modified_at, page.url, NEVER])?;
    Ok(false)
}

/// A page whose article was taken out is not fetched again, however often a source lists it.
pub fn leave_alone(conn: &Connection, identity: &str) -> Result<()> {
    conn.prepare_cached("UPDATE watched_pages SET url = NULL, modified_at = ?2 WHERE key = ?1")?
        .execute(params![url_key(identity), NEVER])?;
    Ok(())
}

impl Store {
    /// Keeps what is known of a site.
    pub fn save_site(&mut self, site: &Site) -> Result<()> {
        self.writable("remember sites")?;
        let counts = &site.counts;
        self.view
            .conn
            .prepare_cached(
                "INSERT OR REPLACE INTO watched_sites
                   (site, state, says, looked_at, articles, teasers, kept_out, others)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                site.site,
                word(site.state),
                site.says,
                site.looked_at,
                signed(counts.articles),
                signed(counts.teasers),
                signed(counts.kept_out),
                signed(counts.others),
            ])?;
        Ok(())
    }

    /// Sources that were found under a site, or under one of its sitemap indexes: new ones are taken in, those that
    /// are not found any more let go.
    pub fn save_sources(
        &mut self,
        site: &str,
        parent: Option<&str>,
        found: &[WatchedSource],
    ) -> Result<()> {
        self.writable("remember sources")?;
        let transaction =
            self.view.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let known = transaction
            .prepare_cached("SELECT url FROM watched_sources WHERE site = ?1 AND parent IS ?2")?
            .query_map(params![site, parent], |row| row.get(0))?
            .collect::<rusqlite::Result<Vec<String>>>()?;
        for gone in known.iter().filter(|url| !found.iter().any(|source| source.url == **url)) {
            transaction
                .prepare_cached("DELETE FROM watched_sources WHERE url = ?1 OR parent = ?1")?
                .execute([gone])?;
        }
        for source in found {
            transaction
                .prepare_cached(
                    "INSERT INTO watched_sources (url, site, kind, parent) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT (url) DO NOTHING",
                )?
                .execute(params![source.url, site, word(source.kind), parent])?;
        }
        Ok(transaction.commit()?)
    }

    /// Keeps what a poll of a source brought, all of it or nothing; gives the keys of pages that were not known. A page that is on file already is listed as settled, one that was settled and is stated to be modified since
    /// waits again.
    pub fn save_poll(&mut self, source: &Source, pages: &[Listed], now: i64) -> Result<Vec<i64>> {
        self.writable("remember polls")?;
        let transaction =
            self.view.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut fresh = Vec::new();
        for page in pages {
            let key = url_key(&page.identity);
            if list_page(&transaction, &source.site, page, now)? {
                fresh.push(key);
            }
        }
        transaction
            .prepare_cached(
                "UPDATE watched_sources SET etag = ?2, last_modified = ?3, polled_at = ?4, failures = ?5, next_at = ?6,
                   kind = ?7 WHERE url = ?1",
            )?
            .execute(params![
                source.source.url,
                source.etag,
                source.last_modified,
                now,
                source.failures,
                source.next_at,
                word(source.source.kind)
            ])?;
        transaction.commit()?;
        Ok(fresh)
    }

    /// Pages that need not be fetched any more.
    pub fn settle_pages(&mut self, keys: &[i64]) -> Result<()> {
        self.each_page(keys, "UPDATE watched_pages SET url = NULL, tries = 0 WHERE key = ?1")
    }

    /// Pages that could not be fetched now: to be tried again from `next_at` (seconds since 1970) on.
    pub fn put_off_pages(&mut self, keys: &[i64], next_at: i64) -> Result<()> {
        let sql = format!(
            "UPDATE watched_pages SET tries = tries + 1, next_at = {next_at} WHERE key = ?1"
        );
        self.each_page(keys, &sql)
    }

    /// Pages that were not asked for, since their site wants to be left alone until `next_at`.
    pub fn postpone_pages(&mut self, keys: &[i64], next_at: i64) -> Result<()> {
        let sql = format!("UPDATE watched_pages SET next_at = {next_at} WHERE key = ?1");
        self.each_page(keys, &sql)
    }

    /// Lets go of settled pages that no source has listed for long.
    pub fn forget_pages(&mut self, now: i64) -> Result<()> {
        self.writable("forget pages")?;
        self.view
            .conn
            .prepare_cached("DELETE FROM watched_pages WHERE url IS NULL AND listed_at < ?1")?
            .execute([now - FORGET])?;
        Ok(())
    }

    fn each_page(&mut self, keys: &[i64], sql: &str) -> Result<()> {
        self.writable("remember pages")?;
        let transaction =
            self.view.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for key in keys {
            transaction.prepare_cached(sql)?.execute([key])?;
        }
        transaction.commit().map_err(StoreError::from)
    }
}
