//! Kept outcomes of traces: writing them, reading them again, and knowing which no longer hold.

use std::time::{SystemTime, UNIX_EPOCH};

use rayon::prelude::*;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params, params_from_iter};

use super::Store;
use super::columns::{named, signed, unsigned, word};
use super::error::{Result, StoreError};
use super::listing::Filter;
use super::outcome_rows;
use super::view::View;
use crate::model::{
    ArticleId, Footing, LicenceCase, Outlet, TraceReport, TraceState, TracedAll, Verdict,
};

/// zstd's own default; for what stays.
const LEVEL: i32 = 3;

/// A trace as it is kept.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    pub article: ArticleId,
    /// The revision that was traced.
    pub document: u32,
    pub report: TraceReport,
    /// Share of its words from its outlet's own earlier articles, 0..1, and the one that has most of them.
    pub repeated: f64,
    pub repeats: Option<ArticleId>,
    /// Who the origin and the immediate source are, as the tables know them.
    pub origin: Option<Outlet>,
    pub source: Option<Outlet>,
    pub carriers: u64,
    pub independent: u64,
    pub rights: LicenceCase,
}

/// A kept trace as it is read again.
#[derive(Debug, Clone)]
pub struct KeptTrace {
    pub article: ArticleId,
    pub report: TraceReport,
    /// What its licence is judged by; the trace itself says nothing of it.
    pub rights: LicenceCase,
}

/// A kept trace that a newcomer may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// A document of the article that was traced.
    pub document: u32,
    /// The revision that came.
    pub newcomer: u32,
    /// Whether only a trace that found other carriers of the article's text may change.
    pub among_carriers: bool,
}

/// Seconds since 1970.
pub fn now() -> i64 {
    signed(SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()))
}

/// What holds of an outcome `o` of the article `a` on the footing ?1.
pub const HOLDS: &str = "o.stale = 0 AND o.footing = ?1 AND o.revision = a.current";

impl View {
    /// The number of a footing; `None` where nothing was ever kept on it.
    pub fn footing(&self, footing: &Footing) -> Result<Option<i64>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT id FROM footings WHERE program = ?1 AND thresholds = ?2 AND lexicons = ?3",
        )?;
        let values = params![footing.program, footing.thresholds, footing.lexicons];
        Ok(statement.query_row(values, |row| row.get(0)).optional()?)
    }

    /// How far the articles on file are traced on a footing.
    pub fn trace_state(&self, footing: Option<i64>) -> Result<TraceState> {
        let sql = format!(
            "SELECT coalesce(sum({HOLDS}), 0), count(*), (SELECT count(*) FROM articles),
               (SELECT count(*) FROM revisions WHERE superseded = 0 AND id > (SELECT placed_to FROM placing))
             FROM outcomes o JOIN articles a ON a.id = o.article"
        );
        let (traced, kept, all, unplaced) =
            self.conn.prepare_cached(&sql)?.query_row([footing.unwrap_or(0)], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })?;
        let (traced, kept, all) = (unsigned(traced), unsigned(kept), unsigned(all));
        let unplaced = if kept > 0 { unsigned(unplaced) } else { 0 };
        Ok(TraceState { traced, stale: kept - traced.min(kept), untraced: all - kept, unplaced })
    }

    /// Up to `limit` articles above `after` without an outcome that holds, ascending.
    pub fn to_trace(
        &self,
        footing: i64,
        filter: &Filter,
        (after, limit): (ArticleId, usize),
    ) -> Result<Vec<ArticleId>> {
        let (clause, values) = filter.clause(2);
        let sql = format!(
            "SELECT a.id FROM articles a LEFT JOIN outcomes o ON o.article = a.id{clause}
               AND a.id > ?2 AND (o.article IS NULL OR NOT ({HOLDS}))
             ORDER BY a.id LIMIT {limit}"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let values = [Value::Integer(footing), Value::Integer(after)].into_iter().chain(values);
        let rows = statement.query_map(params_from_iter(values), |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How many articles have no outcome that holds.
    pub fn to_trace_count(&self, footing: i64, filter: &Filter) -> Result<u64> {
        let (clause, values) = filter.clause(1);
        let sql = format!(
            "SELECT count(*) FROM articles a LEFT JOIN outcomes o ON o.article = a.id{clause}
               AND (o.article IS NULL OR NOT ({HOLDS}))"
        );
        let values = std::iter::once(Value::Integer(footing)).chain(values);
        let mut statement = self.conn.prepare_cached(&sql)?;
        let count = statement.query_row(params_from_iter(values), |row| row.get(0))?;
        Ok(unsigned(count))
    }

    /// The kept trace of an article, whether it still holds or not; `None` where there is none.
    pub fn outcome(&self, article: ArticleId) -> Result<Option<TraceReport>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT o.report, f.thresholds FROM outcomes o JOIN footings f ON f.id = o.footing
             WHERE o.article = ?1",
        )?;
        let found = statement
            .query_row([article], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, String>(1)?)));
        match found.optional()? {
            Some((packed, _)) if packed.is_empty() => Ok(None),
            Some((packed, thresholds)) => self.unpack_outcome(&packed, &thresholds).map(Some),
            None => Ok(None),
        }
    }

    /// Up to `limit` kept traces of articles above `after` that hold on this footing, ascending: all of them in parts.
    pub fn outcomes(
        &self,
        footing: i64,
        (after, limit): (ArticleId, usize),
    ) -> Result<Vec<KeptTrace>> {
        let sql = format!(
            "SELECT o.article, o.report, f.thresholds, o.rights FROM outcomes o JOIN articles a ON a.id = o.article
               JOIN footings f ON f.id = o.footing
             WHERE {HOLDS} AND o.article > ?2 ORDER BY o.article LIMIT ?3"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(params![footing, after, signed(limit)], |row| {
            let packed = row.get::<_, Vec<u8>>(1)?;
            Ok((row.get(0)?, packed, row.get::<_, String>(2)?, row.get::<_, String>(3)?))
        })?;
        rows.map(|row| {
            let (article, packed, thresholds, rights) = row?;
            let report = self.unpack_outcome(&packed, &thresholds)?;
            let rights = serde_json::from_str(&rights).unwrap_or_default();
            Ok(KeptTrace { article, report, rights })
        })
        .collect()
    }

    fn unpack_outcome(&self, packed: &[u8], thresholds: &str) -> Result<TraceReport> {
        let damaged = |cause: serde_json::Error| {
            StoreError::Damaged(format!("a kept trace cannot be read ({cause})"))
        };
        let json = self.unpacker.borrow_mut().unpack(packed)?;
        let mut report: TraceReport = serde_json::from_slice(&json).map_err(damaged)?;
        report.thresholds = serde_json::from_str(thresholds).map_err(damaged)?;
        Ok(report)
    }

    /// How many kept outcomes hold on this footing, by verdict.
    pub fn verdict_counts(&self, footing: i64) -> Result<TracedAll> {
        let sql = format!(
            "SELECT o.verdict, count(*) FROM outcomes o JOIN articles a ON a.id = o.article
             WHERE {HOLDS} GROUP BY o.verdict"
        );
        let mut counts = TracedAll::default();
        let mut statement = self.conn.prepare_cached(&sql)?;
        let mut rows = statement.query([footing])?;
        while let Some(row) = rows.next()? {
            let count = unsigned(row.get(1)?);
            match named::<Verdict>(&row.get::<_, String>(0)?)? {
                Verdict::Original => counts.original = count,
                Verdict::Attributed => counts.attributed = count,
                Verdict::Misattributed => counts.misattributed = count,
                Verdict::Unattributed => counts.unattributed = count,
                Verdict::Unknown => counts.unknown = count,
            }
        }
        Ok(counts)
    }

    /// Which of these articles have no outcome that holds, in order.
    pub fn without_outcome(&self, footing: i64, ids: &[ArticleId]) -> Result<Vec<ArticleId>> {
        let sql = format!(
            "SELECT 1 FROM outcomes o JOIN articles a ON a.id = o.article WHERE o.article = ?2 AND {HOLDS}"
        );
        let mut holds = self.conn.prepare_cached(&sql)?;
        let mut without = Vec::new();
        for id in ids {
            if !holds.exists(params![footing, id])? {
                without.push(*id);
            }
        }
        Ok(without)
    }

    /// The highest revision on file: what a trace made now has seen.
    pub fn horizon(&self) -> Result<u32> {
        let sql = "SELECT coalesce(max(id), 0) FROM revisions";
        Ok(self.conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    }

    /// Up to which revision new texts were looked at for the stories they touch.
    pub fn placed_to(&self) -> Result<u32> {
        let sql = "SELECT placed_to FROM placing";
        Ok(self.conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    }

    /// By document: whether a trace of its article is kept that holds, as far as is known yet.
    pub fn traced_documents(&self) -> Result<Vec<bool>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT r.id FROM outcomes o JOIN revisions r ON r.article = o.article WHERE o.stale = 0",
        )?;
        let mut traced = vec![false; self.horizon()? as usize + 1];
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if let Some(place) = traced.get_mut(row.get::<_, u32>(0)? as usize) {
                *place = true;
            }
        }
        Ok(traced)
    }

    /// Whether any outcome is kept.
    pub fn has_outcomes(&self) -> Result<bool> {
        Ok(self.conn.prepare_cached("SELECT 1 FROM outcomes LIMIT 1")?.exists([])?)
    }
}

impl Store {
    /// The number of a footing, new where nothing was kept on it yet.
    pub fn settle_footing(&mut self, footing: &Footing) -> Result<i64> {
        if let Some(id) = self.footing(footing)? {
            return Ok(id);
        }
        self.writable("keep traces")?;
        self.view.conn.execute(
            "INSERT INTO footings (program, thresholds, lexicons) VALUES (?1, ?2, ?3)",
            params![footing.program, footing.thresholds, footing.lexicons],
        )?;
        Ok(self.view.conn.last_insert_rowid())
    }

    /// Keeps traces in the place of earlier ones, in one transaction. `horizon`: the highest revision on file when
    /// the first of them was made. Outcomes of the articles that they name and that had not seen them become stale.
    pub fn keep(&mut self, footing: i64, horizon: u32, batch: &[Kept]) -> Result<()> {
        self.writable("keep traces")?;
        let packed: Vec<Vec<u8>> = batch
            .par_iter()
            .map(|kept| {
                let mut report = kept.report.clone();
                report.thresholds.clear();
                let json = serde_json::to_vec(&report).map_err(std::io::Error::other)?;
                zstd::bulk::compress(&json, LEVEL)
            })
            .collect::<std::io::Result<_>>()
            .map_err(|cause| StoreError::Damaged(format!("a trace cannot be packed: {cause}")))?;
        let transaction =
            self.view.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (kept, packed) in batch.iter().zip(&packed) {
            outcome_rows::write(&transaction, (footing, horizon), kept, packed)?;
        }
        Ok(transaction.commit()?)
    }

    /// Marks the outcomes that newcomers may change as stale, as far as they had not seen them; then all revisions
    /// up to `to` count as placed. `named_window`: seconds either way within which an agency's items bear on a
    /// credit of it.
    pub fn place(&mut self, marks: &[Mark], to: u32, named_window: i64) -> Result<u64> {
        self.writable("mark kept traces")?;
        let transaction =
            self.view.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut marked = 0;
        {
            let mut mark = transaction.prepare_cached(
                "UPDATE outcomes SET stale = 1
                 WHERE article = (SELECT article FROM revisions WHERE id = ?1) AND horizon < ?2 AND stale = 0
                   AND (carriers > 0 OR NOT ?3)",
            )?;
            for Mark { newcomer, document, among_carriers } in marks {
                marked += mark.execute(params![document, newcomer, among_carriers])? as u64;
            }
        }
        transaction
            .prepare_cached("UPDATE outcomes SET stale = 1 WHERE of_its_time = 0 AND horizon < ?1")?
            .execute([to])?;
        // A credit is held against the named agency's own items of those days, whatever text these have.
        transaction
            .prepare_cached(
                "UPDATE outcomes SET stale = 1 WHERE article IN (
                   SELECT u.article FROM outcomes u JOIN articles a ON a.id = u.article
                     JOIN credits c ON c.revision = a.current JOIN outlets o ON o.agency = c.agency
                     JOIN articles n ON n.outlet = o.id AND n.at BETWEEN a.at - ?2 AND a.at + ?2
                   WHERE u.stale = 0 AND u.verdict IN (?3, ?4) AND u.horizon < n.current
                     AND n.current > (SELECT placed_to FROM placing) AND n.current <= ?1
                     AND a.id <> n.id)",
            )?
            .execute(params![
                to,
                named_window,
                word(Verdict::Misattributed),
                word(Verdict::Unknown)
            ])?;
        transaction.prepare_cached("UPDATE placing SET placed_to = ?1")?.execute([to])?;
        transaction.commit()?;
        Ok(marked)
    }
}

/// Marks the outcomes that name an article whose text or time has changed, and its own.
pub fn article_changed(conn: &Connection, article: ArticleId) -> Result<()> {
    conn.prepare_cached(
        "UPDATE outcomes SET stale = 1 WHERE article = ?1
           OR article IN (SELECT article FROM outcome_sources WHERE source = ?1)",
    )?
    .execute([article])?;
    Ok(())
}

/// Takes an article out of what is kept: its own outcome goes; those that name it are emptied, since they quote it,
/// and have to be made again.
pub fn article_removed(conn: &Connection, article: ArticleId) -> Result<()> {
    let citing = conn
        .prepare_cached("SELECT article FROM outcome_sources WHERE source = ?1")?
        .query_map([article], |row| row.get(0))?
        .collect::<rusqlite::Result<Vec<ArticleId>>>()?;
    for citing in citing {
        conn.prepare_cached("DELETE FROM outcome_sources WHERE article = ?1")?.execute([citing])?;
        conn.prepare_cached(
            "UPDATE outcomes SET stale = 1, verdict = ?2, copied = 0, repeated = 0, carriers = 0,
               independent = 0, relation = NULL, says = '', chain = '[]', origin_name = NULL,
               origin_agency = NULL, origin_kind = NULL, origin_group = NULL, origin = NULL,
               source_name = NULL, source_agency = NULL, source_kind = NULL, source_group = NULL,
               source = NULL, rights = '{}', report = x'' WHERE article = ?1",
        )?
        .execute(params![citing, word(Verdict::Unknown)])?;
    }
    for table in ["outcome_sources", "outcomes", "reviews", "audit_findings"] {
        conn.prepare_cached(&format!("DELETE FROM {table} WHERE article = ?1"))?
            .execute([article])?;
    }
    Ok(())
}
