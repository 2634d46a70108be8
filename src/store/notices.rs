//! Corrections and kills: which item is one, and of which.

use rusqlite::{Connection, OptionalExtension, params};

use super::columns::{named, word};
use super::error::Result;
use super::view::View;
use crate::model::{Article, ArticleId, NoticeKind, NoticeOnFile};

/// A headline is corrected within so many seconds.
const WITHIN: i64 = 14 * 86_400;

/// A notice's row, as far as its item is looked for.
struct Row {
    kind: String,
    identity: String,
    of: Option<String>,
    about: Option<String>,
    outlet: i64,
    at: Option<i64>,
    says: String,
}

impl View {
    /// Corrections and kills on file, oldest first; with the items that they are about, where these are on file.
    pub fn notices(&self) -> Result<Vec<NoticeOnFile>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT kind, identity, of, about, outlet, at, says FROM notices ORDER BY at, id",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(Row {
                kind: row.get(0)?,
                identity: row.get(1)?,
                of: row.get(2)?,
                about: row.get(3)?,
                outlet: row.get(4)?,
                at: row.get(5)?,
                says: row.get(6)?,
            })
        })?;
        let mut found = Vec::new();
        for row in rows {
            let row = row?;
            let itself = self.by_identity(&row.identity)?;
            let other = self.item_of(&row, itself)?;
            found.push(NoticeOnFile {
                kind: named::<NoticeKind>(&row.kind)?,
                item: other.or(itself),
                notice: itself.filter(|_| other.is_some()),
                at: row.at,
                says: row.says,
            });
        }
        Ok(found)
    }

    /// The other item that a notice is about: the one that it names, else the latest of its outlet with the headline
    /// that it quotes. `None` where it is about its own earlier version.
    fn item_of(&self, notice: &Row, itself: Option<ArticleId>) -> Result<Option<ArticleId>> {
        let own = itself.unwrap_or(-1);
        if let Some(of) = &notice.of {
            let mut statement = self.conn.prepare_cached(
                "SELECT id FROM articles WHERE user_id = ?1 AND id <> ?2 ORDER BY id DESC LIMIT 1",
            )?;
            let named = statement.query_row(params![of, own], |row| row.get(0)).optional()?;
            if named.is_some() {
                return Ok(named);
            }
        }
        let Some(about) = &notice.about else { return Ok(None) };
        let mut statement = self.conn.prepare_cached(
            "SELECT a.id FROM articles a JOIN revisions r ON r.id = a.current
             WHERE a.outlet = ?1 AND r.title = ?2 AND a.id <> ?3
               AND (?4 IS NULL OR a.at IS NULL OR a.at BETWEEN ?4 - ?5 AND ?4)
             ORDER BY a.at DESC, a.id DESC LIMIT 1",
        )?;
        let values = params![notice.outlet, about, own, notice.at, WITHIN];
        Ok(statement.query_row(values, |row| row.get(0)).optional()?)
    }
}

/// Keeps what an item says of another one, or of its own earlier version; the same said twice is one notice.
pub fn put_notice(conn: &Connection, article: &Article, outlet: i64) -> Result<()> {
    let Some(notice) = &article.notice else { return Ok(()) };
    let at = article.modified.as_ref().or(article.published.as_ref()).map(|moment| moment.seconds);
    conn.prepare_cached(
        "INSERT INTO notices (kind, identity, of, about, outlet, at, says) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
         WHERE NOT EXISTS (SELECT 1 FROM notices WHERE identity = ?2 AND kind = ?1 AND at IS ?6)",
    )?
    .execute(params![
        word(notice.kind),
        article.identity,
        notice.of,
        notice.about,
        outlet,
        at,
        notice.says
    ])?;
    Ok(())
}

/// Forgets what was said of an item, and what it said.
pub fn forget_notices(conn: &Connection, identity: &str) -> Result<()> {
    conn.prepare_cached("DELETE FROM notices WHERE identity = ?1")?.execute([identity])?;
    Ok(())
}
