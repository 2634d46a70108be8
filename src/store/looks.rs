//! Looks at pages that are on file: when, and what was found.

use rusqlite::types::Value;
use rusqlite::{Connection, Row, TransactionBehavior, params, params_from_iter};

use super::Store;
use super::columns::{named, word};
use super::error::Result;
use super::listing::OF_OUTLET;
use super::view::View;
use crate::model::{ArticleId, Look, LookOutcome};

const LOOK: &str = "SELECT l.id, l.article, a.url, o.name, l.at, l.outcome, l.status, l.etag, l.last_modified, l.says
 FROM looks l JOIN articles a ON a.id = l.article JOIN outlets o ON o.id = a.outlet";

impl View {
    /// The looks at an article, oldest first.
    pub fn looks(&self, article: ArticleId) -> Result<Vec<Look>> {
        self.read_looks(&format!("{LOOK} WHERE l.article = ?1 ORDER BY l.at, l.id"), article)
    }

    /// All looks from a moment on (seconds since 1970), oldest first: what is gone, changed, credited since.
    pub fn looks_since(&self, at: i64) -> Result<Vec<Look>> {
        self.read_looks(&format!("{LOOK} WHERE l.at >= ?1 ORDER BY l.at, l.id"), at)
    }

    fn read_looks(&self, sql: &str, value: i64) -> Result<Vec<Look>> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut rows = statement.query([value])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            let mut look = look(row)?;
            for (added, name) in credit_changes(&self.conn, id)? {
                if added { &mut look.credits_added } else { &mut look.credits_removed }.push(name);
            }
            found.push(look);
        }
        Ok(found)
    }

    /// Pages with an address, later pages of articles too, that were neither looked at nor read since a moment
    /// (seconds since 1970), those not looked at for longest first; all, without one. `outlet`: only those of this
    /// outlet, by its key or name.
    pub fn not_seen_since(&self, at: Option<i64>, outlet: Option<&str>) -> Result<Vec<ArticleId>> {
        let of_outlet = if outlet.is_some() { OF_OUTLET.replace('#', "2") } else { String::new() };
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT id FROM (
               SELECT a.id, max(coalesce(r.taken_at, r.added_at),
                 coalesce((SELECT max(l.at) FROM looks l WHERE l.article = a.id), 0)) AS seen
               FROM articles a JOIN revisions r ON r.id = a.current WHERE a.url LIKE 'http%'{of_outlet})
             WHERE ?1 IS NULL OR seen < ?1 ORDER BY seen, id",
        ))?;
        let mut values = vec![at.map_or(Value::Null, Value::Integer)];
        values.extend(outlet.map(|outlet| Value::Text(outlet.to_lowercase())));
        let rows = statement.query_map(params_from_iter(values), |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

fn look(row: &Row<'_>) -> Result<Look> {
    Ok(Look {
        article: row.get(1)?,
        url: row.get::<_, Option<String>>(2)?.unwrap_or_default(),
        outlet: row.get(3)?,
        at: row.get(4)?,
        outcome: named::<LookOutcome>(&row.get::<_, String>(5)?)?,
        status: row.get(6)?,
        etag: row.get(7)?,
        last_modified: row.get(8)?,
        says: row.get(9)?,
        credits_added: Vec::new(),
        credits_removed: Vec::new(),
    })
}

fn credit_changes(conn: &Connection, look: i64) -> Result<Vec<(bool, String)>> {
    let mut statement = conn.prepare_cached(
        "SELECT added, name FROM credit_changes WHERE look = ?1 ORDER BY added, party",
    )?;
    let rows = statement.query_map([look], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

impl Store {
    /// Keeps looks, all of them or none; those at articles that are not on file are left out.
    pub fn add_looks(&mut self, looks: &[Look]) -> Result<()> {
        self.writable("remember looks")?;
        let transaction =
            self.view.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for look in looks {
            let inserted = transaction
                .prepare_cached(
                    "INSERT INTO looks (article, at, outcome, status, etag, last_modified, says)
                     SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE EXISTS (SELECT 1 FROM articles WHERE id = ?1)",
                )?
                .execute(params![
                    look.article,
                    look.at,
                    word(look.outcome),
                    look.status,
                    look.etag,
                    look.last_modified,
                    look.says
                ])?;
            let id = transaction.last_insert_rowid();
            let added = look.credits_added.iter().map(|name| (true, name));
            let removed = look.credits_removed.iter().map(|name| (false, name));
            for (added, name) in added.chain(removed).filter(|_| inserted > 0) {
                transaction
                    .prepare_cached(
                        "INSERT OR IGNORE INTO credit_changes (look, added, party, name) VALUES (?1, ?2, ?3, ?4)",
                    )?
                    .execute(params![id, added, name.to_lowercase(), name])?;
            }
        }
        Ok(transaction.commit()?)
    }
}

/// Forgets the looks at an article.
pub fn forget_looks(conn: &Connection, article: ArticleId) -> Result<()> {
    conn.prepare_cached(
        "DELETE FROM credit_changes WHERE look IN (SELECT id FROM looks WHERE article = ?1)",
    )?
    .execute([article])?;
    conn.prepare_cached("DELETE FROM looks WHERE article = ?1")?.execute([article])?;
    Ok(())
}
