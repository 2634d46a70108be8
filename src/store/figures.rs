//! Figures over the whole store, from running sums where a trace needs them.

use rusqlite::{OptionalExtension, params};

use super::Store;
use super::columns::unsigned;
use super::error::Result;
use super::listing::Filter;
use super::tally::{ALL_OUTLETS, UNDATED};
use super::view::View;
use crate::model::{Coverage, Searched, Stats, TraceState};

/// Bytes that a block's row takes beside its data: key, length of list, sizes.
const BLOCK_ROW: i64 = 14;

impl View {
    /// Current articles, of one language or of all.
    pub fn document_count(&self, language: Option<&str>) -> Result<u64> {
        let mut statement = self.conn.prepare_cached(
            "SELECT coalesce(sum(articles), 0) FROM languages WHERE ?1 IS NULL OR language = ?1",
        )?;
        Ok(unsigned(statement.query_row([language], |row| row.get(0))?))
    }

    /// What there is to compare with; `of_its_time` is for [`View::of_its_time`] to fill in.
    pub fn searched(&self) -> Result<Searched> {
        let (from, to) = self
            .conn
            .prepare_cached(
                "SELECT date(min(day) * 86400, 'unixepoch'), date(max(day) * 86400, 'unixepoch')
             FROM calendar WHERE outlet = ?1 AND day > ?2 AND articles > 0",
            )?
            .query_row([ALL_OUTLETS, UNDATED], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let outlets = self
            .conn
            .prepare_cached(
                "SELECT count(*) FROM outlets o
             WHERE EXISTS (SELECT 1 FROM calendar c WHERE c.outlet = o.id AND c.articles > 0)",
            )?
            .query_row([], |row| row.get(0))?;
        let languages = self.languages()?.into_iter().map(|(language, _)| language).collect();
        let articles = self.document_count(None)?;
        Ok(Searched { articles, outlets: unsigned(outlets), from, to, languages, of_its_time: 0 })
    }

    /// Languages of the current articles, most frequent first.
    pub fn languages(&self) -> Result<Vec<(String, u64)>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT language, articles FROM languages WHERE articles > 0 AND language <> ''
             ORDER BY articles DESC, language",
        )?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, unsigned(row.get(1)?))))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Current articles of other outlets that were published (or, where that is not known, first seen) within
    /// `window_days` either way, to the day in UTC. Undated ones count, and all of them where `seconds` is `None`.
    pub fn of_its_time(
        &self,
        seconds: Option<i64>,
        window_days: i64,
        outlet_key: &str,
    ) -> Result<u64> {
        let window = window_days.saturating_mul(86_400);
        let (from, to) = seconds.map_or((i64::MIN, i64::MAX), |at| {
            (
                at.saturating_sub(window).div_euclid(86_400),
                at.saturating_add(window).div_euclid(86_400),
            )
        });
        let own = self
            .conn
            .prepare_cached("SELECT id FROM outlets WHERE key = ?1")?
            .query_row([outlet_key], |row| row.get::<_, i64>(0))
            .optional()?;
        let mut statement = self.conn.prepare_cached(
            "SELECT coalesce(sum(articles), 0) FROM calendar
             WHERE outlet = ?1 AND (day BETWEEN ?2 AND ?3 OR day = ?4)",
        )?;
        let mut count = |outlet: i64| -> Result<i64> {
            Ok(statement.query_row(params![outlet, from, to, UNDATED], |row| row.get(0))?)
        };
        let all = count(ALL_OUTLETS)?;
        Ok(unsigned(all - own.map_or(Ok(0), count)?))
    }

    /// Current articles of an agency's own that were published, or else first seen, within `window_days` either
    /// way, to the day in UTC; undated ones do not count.
    pub fn items_of(&self, agency: &str, seconds: i64, window_days: i64) -> Result<u64> {
        let day = seconds.div_euclid(86_400);
        let mut statement = self.conn.prepare_cached(
            "SELECT coalesce(sum(c.articles), 0) FROM calendar c JOIN outlets o ON o.id = c.outlet
             WHERE o.agency = ?1 AND c.day BETWEEN ?2 AND ?3",
        )?;
        let (from, to) = (day.saturating_sub(window_days), day.saturating_add(window_days));
        Ok(unsigned(statement.query_row(params![agency, from, to], |row| row.get(0))?))
    }

    /// Articles on file by outlet and day.
    pub fn coverage(&self, filter: &Filter) -> Result<Vec<Coverage>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT o.name, CASE WHEN c.day > ?1 THEN date(c.day * 86400, 'unixepoch') END, c.articles
             FROM calendar c JOIN outlets o ON o.id = c.outlet
             WHERE c.articles > 0 AND (?2 IS NULL OR o.key = lower(?2) OR lower(o.name) = lower(?2))
               AND (?3 IS NULL OR c.day * 86400 + 86399 >= ?3) AND (?4 IS NULL OR c.day * 86400 <= ?4)
               AND (c.day > ?1 OR ?3 IS NULL AND ?4 IS NULL)
             ORDER BY o.name, c.day",
        )?;
        let rows = statement.query_map(
            params![UNDATED, filter.outlet, filter.from, filter.to],
            |row| {
                let articles = unsigned(row.get(2)?);
                Ok(Coverage { outlet: row.get(0)?, day: row.get(1)?, articles })
            },
        )?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Bytes on disk of each matching index, and of the paragraphs' hashes.
    pub fn index_sizes(&self) -> Result<Vec<(String, u64)>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT indexed, sum(bytes + ?1 * blocks) FROM segments GROUP BY indexed
             UNION ALL SELECT 'prints', coalesce(sum(length(print) + 8), 0) FROM prints",
        )?;
        let rows =
            statement.query_map([BLOCK_ROW], |row| Ok((row.get(0)?, unsigned(row.get(1)?))))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn count(&self, sql: &str) -> Result<u64> {
        Ok(unsigned(self.conn.query_row(sql, [], |row| row.get(0))?))
    }
}

impl Store {
    /// Figures of the store; reads over the revisions and their fingerprints. Of the schemes the version on
    /// file stands twice: which one this build has, its fingerprinters know.
    pub fn stats(&self) -> Result<Stats> {
        let searched = self.searched()?;
        let (revisions, paragraphs, text_bytes) = self.conn.query_row(
            "SELECT count(*), coalesce(sum(paragraphs), 0), coalesce(sum(text_bytes), 0) FROM revisions",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?;
        let postings =
            format!("SELECT coalesce(sum(bytes + {BLOCK_ROW} * blocks), 0) FROM segments");
        let prints = "SELECT coalesce(sum(length(print) + 8), 0) FROM prints";
        let schemes = self.schemes()?.into_iter().map(|s| (s.name, s.version, s.version)).collect();
        Ok(Stats {
            articles: searched.articles,
            revisions: unsigned(revisions),
            paragraphs: unsigned(paragraphs),
            outlets: searched.outlets,
            sightings: self.count("SELECT count(*) FROM sightings")?,
            credits: self.count("SELECT count(*) FROM credits")?,
            captures: self.count("SELECT count(DISTINCT sha256) FROM captures WHERE kept = 1")?,
            capture_bytes: self.sidecar.size(),
            text_bytes: unsigned(text_bytes),
            index_bytes: self.count(&postings)? + self.count(prints)?,
            store_bytes: std::fs::metadata(self.path()).map_or(0, |file| file.len()),
            from: searched.from,
            to: searched.to,
            languages: self.languages()?,
            schemes,
            outcomes: TraceState::default(),
            packs: self.packs()?,
        })
    }
}
