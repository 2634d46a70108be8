//! From what a user types to an article on file.

use rusqlite::{OptionalExtension, params};

use super::digest::url_key;
use super::error::Result;
use super::view::View;
use crate::model::ArticleId;

impl View {
    /// The article that is meant by a store's number, `id:NUMBER`, an address as it was given, a normalised
    /// address, or the user's own identifier; looked for in this order, the latest where several carry it.
    pub fn find(&self, what: &str) -> Result<Option<ArticleId>> {
        let what = what.trim();
        if let Ok(number) = what.strip_prefix("id:").unwrap_or(what).parse::<ArticleId>()
            && self.document(number)?.is_some()
        {
            return Ok(Some(number));
        }
        if let Some(id) = self.by_url(what)? {
            return Ok(Some(id));
        }
        if let Some(id) = self.by_identity(what)? {
            return Ok(Some(id));
        }
        self.by_user_id(what)
    }

    /// The article with this identity.
    pub fn by_identity(&self, identity: &str) -> Result<Option<ArticleId>> {
        let mut statement =
            self.conn.prepare_cached("SELECT id FROM articles WHERE identity = ?1")?;
        Ok(statement.query_row([identity], |row| row.get(0)).optional()?)
    }

    fn by_url(&self, url: &str) -> Result<Option<ArticleId>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT id FROM articles WHERE url_key = ?1 AND url = ?2 ORDER BY id DESC LIMIT 1",
        )?;
        Ok(statement.query_row(params![url_key(url), url], |row| row.get(0)).optional()?)
    }

    fn by_user_id(&self, user_id: &str) -> Result<Option<ArticleId>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT id FROM articles WHERE user_id = ?1 ORDER BY id DESC LIMIT 1",
        )?;
        Ok(statement.query_row([user_id], |row| row.get(0)).optional()?)
    }
}
