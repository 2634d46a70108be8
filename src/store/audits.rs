//! What an audit reads and leaves behind: an outlet's articles with their outcomes, what is on file beside them, what was
//! shown last time.

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, TransactionBehavior, params, params_from_iter};

use super::Store;
use super::columns::{moment, named, unsigned};
use super::error::{Result, StoreError};
use super::listing::Filter;
use super::outcomes::{HOLDS, now};
use super::tally::{ALL_OUTLETS, UNDATED};
use super::view::View;
use crate::model::{ArticleId, AuditArticle, AuditCoverage, AuditEntry, AuditParty, Outlet, Stood};

/// What the audit shows of a party: its name, agency, kind, group, and the time of its item on file.
const ENTRY: &str = "SELECT a.id, a.url, a.user_id, r.title, r.published, r.published_at, r.published_day, r.words,
   o.verdict, o.copied, o.repeated, o.carriers, o.independent, o.relation, o.says, o.chain, o.rights,
   o.origin_name, o.origin_agency, o.origin_kind, o.origin_group, ro.published, ro.published_at, ro.published_day,
   o.source_name, o.source_agency, o.source_kind, o.source_group, rs.published, rs.published_at, rs.published_day,
   sa.url, o.source, v.decision, v.verdict, v.origin, f.verdict, f.origin,
   (SELECT l.outcome = 'gone' FROM looks l WHERE l.article = a.id ORDER BY l.at DESC LIMIT 1),
   EXISTS (SELECT 1 FROM looks l JOIN credit_changes c ON c.look = l.id AND c.added = 1
     WHERE l.article = a.id AND l.at >= (SELECT made_at FROM audits WHERE outlet = f.outlet))
 FROM articles a JOIN revisions r ON r.id = a.current JOIN outcomes o ON o.article = a.id
   LEFT JOIN articles oa ON oa.id = o.origin LEFT JOIN revisions ro ON ro.id = oa.current
   LEFT JOIN articles sa ON sa.id = o.source LEFT JOIN revisions rs ON rs.id = sa.current
   LEFT JOIN reviews v ON v.article = a.id LEFT JOIN audit_findings f ON f.article = a.id";

impl View {
    /// The outlet that a domain, address or name means; the one with most articles where several bear a name.
    pub fn outlet_named(&self, what: &str) -> Result<Option<Outlet>> {
        let what = what.trim().to_lowercase();
        let mut statement = self.conn.prepare_cached(
            "SELECT key, name, domain, agency, kind, publisher FROM outlets o
             WHERE key = ?1 OR lower(domain) = ?1 OR lower(name) = ?1 OR agency = ?1
             ORDER BY key <> ?1, lower(name) <> ?1,
               (SELECT count(*) FROM articles WHERE outlet = o.id) DESC LIMIT 1",
        )?;
        let found = statement.query_row([what], |row| {
            let kind = row.get::<_, String>(4)?;
            let outlet = Outlet {
                key: row.get(0)?,
                name: row.get(1)?,
                domain: row.get(2)?,
                agency: row.get(3)?,
                group: row.get(5)?,
                ..Outlet::default()
            };
            Ok((outlet, kind))
        });
        let Some((mut outlet, kind)) = found.optional()? else { return Ok(None) };
        outlet.kind = named(&kind)?;
        Ok(Some(outlet))
    }

    /// Hands over each article of the filter whose outcome holds, in the order of their time.
    pub fn each_audited(
        &self,
        footing: i64,
        filter: &Filter,
        sink: &mut dyn FnMut(AuditEntry),
    ) -> Result<()> {
        let (clause, values) = filter.clause(1);
        let sql = format!("{ENTRY}{clause} AND {HOLDS} ORDER BY a.at, a.id");
        let mut statement = self.conn.prepare_cached(&sql)?;
        let values = std::iter::once(Value::Integer(footing)).chain(values);
        let mut rows = statement.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            sink(entry(row)?);
        }
        Ok(())
    }

    /// What is on file of an outlet in a period (seconds, inclusive), and of the others.
    pub fn audit_coverage(&self, key: &str, filter: &Filter) -> Result<AuditCoverage> {
        let days = |seconds: Option<i64>| seconds.map(|s| s.div_euclid(86_400));
        let (from, to) = (days(filter.from), days(filter.to));
        let (articles, days_with, first, last) = self
            .conn
            .prepare_cached(
                "SELECT coalesce(sum(articles), 0), count(*), min(day), max(day) FROM calendar
                 WHERE outlet = (SELECT id FROM outlets WHERE key = ?1) AND articles > 0 AND day > ?2
                   AND (?3 IS NULL OR day >= ?3) AND (?4 IS NULL OR day <= ?4)",
            )?
            .query_row(params![key, UNDATED, from, to], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })?;
        let undated = self
            .conn
            .prepare_cached(
                "SELECT coalesce(sum(articles), 0) FROM calendar
             WHERE outlet = (SELECT id FROM outlets WHERE key = ?1) AND day = ?2",
            )?
            .query_row(params![key, UNDATED], |row| row.get(0))?;
        let span = match (from.or(first), to.or(last)) {
            (Some(from), Some(to)) if to >= from => unsigned(to - from + 1),
            _ => 0,
        };
        let (others, outlets, wires) = self.others(key)?;
        Ok(AuditCoverage {
            articles: unsigned(articles),
            undated: unsigned(undated),
            days: span,
            days_without: span.saturating_sub(unsigned(days_with)),
            first_day: self.day_name(first)?,
            last_day: self.day_name(last)?,
            other_articles: others,
            other_outlets: outlets,
            wire_articles: wires,
            untraced: 0,
        })
    }

    /// Articles and outlets on file beside this one, and the wires' articles among them.
    fn others(&self, key: &str) -> Result<(u64, u64, u64)> {
        let mut statement = self.conn.prepare_cached(
            "SELECT coalesce(sum(c.articles), 0), count(DISTINCT c.outlet),
               coalesce(sum(CASE WHEN o.agency IS NOT NULL THEN c.articles END), 0)
             FROM calendar c JOIN outlets o ON o.id = c.outlet
             WHERE c.articles > 0 AND c.outlet <> ?1 AND o.key <> ?2",
        )?;
        Ok(statement.query_row(params![ALL_OUTLETS, key], |row| {
            Ok((unsigned(row.get(0)?), unsigned(row.get(1)?), unsigned(row.get(2)?)))
        })?)
    }

    fn day_name(&self, day: Option<i64>) -> Result<Option<String>> {
        let mut statement = self.conn.prepare_cached("SELECT date(?1 * 86400, 'unixepoch')")?;
        Ok(statement.query_row([day], |row| row.get(0))?)
    }

    /// When an outlet was audited last, RFC 3339 in UTC.
    pub fn last_audit(&self, key: &str) -> Result<Option<String>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT strftime('%Y-%m-%dT%H:%M:%SZ', made_at, 'unixepoch') FROM audits WHERE outlet = ?1",
        )?;
        Ok(statement.query_row([key], |row| row.get(0)).optional()?)
    }
}

impl Store {
    /// Remembers what an audit showed of these articles: the next one tells what is new against it.
    pub fn record_audit(&mut self, footing: i64, key: &str, filter: &Filter) -> Result<()> {
        self.writable("remember an audit")?;
        let (clause, values) = filter.clause(2);
        let transaction =
            self.view.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute(
            "INSERT INTO audits (outlet, made_at) VALUES (?1, ?2)
             ON CONFLICT DO UPDATE SET made_at = excluded.made_at",
            params![key, now()],
        )?;
        let sql = format!(
            "INSERT OR REPLACE INTO audit_findings (article, outlet, verdict, origin)
             SELECT a.id, ?2, o.verdict, o.origin_name FROM articles a JOIN outcomes o ON o.article = a.id{clause}
               AND {HOLDS} AND o.verdict IN ('attributed', 'misattributed', 'unattributed')"
        );
        let first = [Value::Integer(footing), Value::Text(key.to_owned())];
        transaction.execute(&sql, params_from_iter(first.into_iter().chain(values)))?;
        Ok(transaction.commit()?)
    }
}

fn entry(row: &Row<'_>) -> Result<AuditEntry> {
    let id: ArticleId = row.get(0)?;
    let address = |url: Option<String>, id: ArticleId| url.unwrap_or_else(|| format!("id:{id}"));
    let list = |json: String| serde_json::from_str(&json).unwrap_or_default();
    let source: Option<ArticleId> = row.get(32)?;
    let relation: Option<String> = row.get(13)?;
    let article = AuditArticle {
        url: address(row.get(1)?, id),
        id: Some(id),
        user_id: row.get(2)?,
        title: row.get(3)?,
        published: row.get(4)?,
        words: unsigned(row.get(7)?),
        verdict: named(&row.get::<_, String>(8)?)?,
        copied: row.get(9)?,
        repeated: row.get(10)?,
        carriers: unsigned(row.get(11)?),
        independent: unsigned(row.get(12)?),
        relation: relation.map(|word| named(&word)).transpose()?,
        says: row.get(14)?,
        chain: list(row.get(15)?),
        origin: row.get(17)?,
        agency: row.get(18)?,
        kind: kind(row, 19)?,
        source_url: source
            .map(|source| Ok::<_, StoreError>(address(row.get(31)?, source)))
            .transpose()?,
        ..AuditArticle::default()
    };
    let decided = match row.get::<_, Option<String>>(33)? {
        Some(word) => {
            stood(row, 34)?.map(|then| Ok::<_, StoreError>((named(&word)?, then))).transpose()?
        }
        None => None,
    };
    Ok(AuditEntry {
        article,
        published: moment(row, 4)?,
        origin: party(row, 17)?,
        source: party(row, 24)?,
        shown: stood(row, 36)?,
        decided,
        is_gone: row.get::<_, Option<bool>>(38)?.unwrap_or(false),
        credit_added: row.get(39)?,
        rights: serde_json::from_str(&row.get::<_, String>(16)?).ok(),
    })
}

fn kind(row: &Row<'_>, at: usize) -> Result<Option<crate::model::OutletKind>> {
    row.get::<_, Option<String>>(at)?.map(|word| named(&word)).transpose()
}

/// A party from its name on: agency, kind, group, the three columns of its item's time.
fn party(row: &Row<'_>, at: usize) -> Result<Option<AuditParty>> {
    let Some(outlet) = row.get::<_, Option<String>>(at)? else { return Ok(None) };
    Ok(Some(AuditParty {
        outlet,
        agency: row.get(at + 1)?,
        kind: kind(row, at + 2)?,
        group: row.get(at + 3)?,
        published: moment(row, at + 4)?,
    }))
}

/// A finding's verdict and origin.
fn stood(row: &Row<'_>, at: usize) -> Result<Option<Stood>> {
    let Some(verdict) = row.get::<_, Option<String>>(at)? else { return Ok(None) };
    Ok(Some(Stood { verdict: named(&verdict)?, origin: row.get(at + 1)? }))
}
