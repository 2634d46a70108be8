//! Lists of articles.

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, params_from_iter};

use super::columns::{signed, unsigned};
use super::error::Result;
use super::pages::NO_LATER_PAGES;
use super::view::View;
use crate::model::{ArticleId, ArticleRow};

/// Which articles a list holds; later pages of an article are none of their own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Key (registrable domain) or common name.
    pub outlet: Option<String>,
    pub language: Option<String>,
    /// Seconds since 1970, inclusive; undated articles are left out where a bound is set.
    pub from: Option<i64>,
    pub to: Option<i64>,
    pub limit: Option<usize>,
    pub offset: usize,
}

const ROW: &str =
    "SELECT a.id, a.url, a.user_id, o.name, r.title, r.published, r.language, r.paragraphs,
   r.words, (SELECT count(*) FROM revisions WHERE article = a.id)
 FROM articles a JOIN revisions r ON r.id = a.current JOIN outlets o ON o.id = a.outlet";

/// For a WHERE clause over `articles a`; `#` is the number of the place of an outlet's key or name, in lower case.
pub(super) const OF_OUTLET: &str =
    " AND a.outlet IN (SELECT id FROM outlets WHERE key = ?# OR lower(name) = ?#)";

impl Filter {
    /// The WHERE clause with its values, for a statement that has `taken` places before them.
    pub(super) fn clause(&self, taken: usize) -> (String, Vec<Value>) {
        let (mut clause, mut values) = (format!(" WHERE true{NO_LATER_PAGES}"), Vec::new());
        let mut and = |condition: &str, value: Value| {
            values.push(value);
            let place = (taken + values.len()).to_string();
            clause += &condition.replace('#', &place);
        };
        if let Some(outlet) = &self.outlet {
            and(OF_OUTLET, Value::Text(outlet.to_lowercase()));
        }
        if let Some(language) = &self.language {
            and(" AND a.language = ?#", Value::Text(language.clone()));
        }
        if let Some(from) = self.from {
            and(" AND a.at >= ?#", Value::Integer(from));
        }
        if let Some(to) = self.to {
            and(" AND a.at <= ?#", Value::Integer(to));
        }
        (clause, values)
    }

    fn limits(&self) -> String {
        let limit = self.limit.map_or(-1, signed);
        format!(" LIMIT {limit} OFFSET {}", self.offset)
    }
}

impl View {
    /// Articles in order of their time, undated ones first.
    pub fn list(&self, filter: &Filter) -> Result<Vec<ArticleRow>> {
        let (clause, values) = filter.clause(0);
        let sql = format!("{ROW}{clause} ORDER BY a.at, a.id{}", filter.limits());
        let mut statement = self.conn.prepare(&sql)?;
        let rows = statement.query_map(params_from_iter(values), article_row)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// One article's row.
    pub fn row(&self, id: ArticleId) -> Result<Option<ArticleRow>> {
        let mut statement = self.conn.prepare_cached(&format!("{ROW} WHERE a.id = ?1"))?;
        Ok(statement.query_row([id], article_row).optional()?)
    }

    /// Numbers of all that is on file, later pages of articles too, ascending.
    pub fn every_id(&self) -> Result<Vec<ArticleId>> {
        let mut statement = self.conn.prepare_cached("SELECT id FROM articles ORDER BY id")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Numbers of the articles, ascending.
    pub fn ids(&self, filter: &Filter) -> Result<Vec<ArticleId>> {
        let (clause, values) = filter.clause(0);
        let sql = format!("SELECT a.id FROM articles a{clause} ORDER BY a.id{}", filter.limits());
        let mut statement = self.conn.prepare(&sql)?;
        let rows = statement.query_map(params_from_iter(values), |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

fn article_row(row: &Row<'_>) -> rusqlite::Result<ArticleRow> {
    let count = |at: usize| -> rusqlite::Result<usize> {
        Ok(unsigned(row.get(at)?).try_into().unwrap_or(0))
    };
    Ok(ArticleRow {
        id: row.get(0)?,
        url: row.get(1)?,
        user_id: row.get(2)?,
        outlet: row.get(3)?,
        title: row.get(4)?,
        published: row.get(5)?,
        language: row.get(6)?,
        paragraphs: count(7)?,
        words: count(8)?,
        revisions: count(9)?,
    })
}
