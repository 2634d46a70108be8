//! The way forward: which articles' outcomes name an item, and which items have earlier versions.

use rusqlite::{Row, params};

use super::columns::{moment, named, unsigned};
use super::error::Result;
use super::outcomes::HOLDS;
use super::view::View;
use crate::model::{ArticleHead, ArticleId, LicenceCase, Moment, Outlet, Relation, Verdict};

/// An article whose outcome names an item as a station of its chain.
#[derive(Debug, Clone)]
pub struct CopyOf {
    pub head: ArticleHead,
    pub published: Option<Moment>,
    /// Place of the item in its chain, 0 for the immediate source.
    pub station: usize,
    pub chain: Vec<String>,
    pub relation: Option<Relation>,
    /// Shares of the copy's and of the item's words; `None` where the words are others.
    pub copied: Option<f64>,
    pub of_item: Option<f64>,
    pub confidence: f64,
    pub verdict: Verdict,
    /// Whether it credits the asked party.
    pub credited: bool,
    pub rights: Option<LicenceCase>,
}

/// An article's head from column 0 on: id, url, user id, outlet, agency, title, published (three columns), language.
const HEAD: &str = "a.id, a.url, a.user_id, t.name, t.agency, r.title, r.published, r.published_at, r.published_day, r.language";

impl View {
    /// Every article that has its text from an item, by outcomes that hold, earliest first.
    pub fn copies_of(&self, footing: i64, item: ArticleId, party: &Outlet) -> Result<Vec<CopyOf>> {
        let sql = format!(
            "SELECT {HEAD}, s.station, o.chain, s.relation, s.copied, s.of_source, s.score, o.verdict, o.rights,
               EXISTS (SELECT 1 FROM credits c WHERE c.revision = a.current
                 AND (c.agency = ?3 OR lower(c.name) = lower(?4) OR c.domain = ?5))
             FROM outcome_sources s JOIN outcomes o ON o.article = s.article JOIN articles a ON a.id = o.article
               JOIN revisions r ON r.id = a.current JOIN outlets t ON t.id = a.outlet
             WHERE s.source = ?2 AND s.station IS NOT NULL AND {HOLDS} ORDER BY a.at, a.id"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let mut rows =
            statement.query(params![footing, item, party.agency, party.name, party.domain])?;
        let mut copies = Vec::new();
        while let Some(row) = rows.next()? {
            copies.push(copy(row)?);
        }
        Ok(copies)
    }

    /// How many articles share text with an item and do not have it from there.
    pub fn also_share(&self, footing: i64, item: ArticleId) -> Result<u64> {
        let sql = format!(
            "SELECT count(*) FROM outcome_sources s JOIN outcomes o ON o.article = s.article
               JOIN articles a ON a.id = o.article
             WHERE s.source = ?2 AND s.role = 'carrier' AND {HOLDS}"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        Ok(unsigned(statement.query_row(params![footing, item], |row| row.get(0))?))
    }

    /// The outlet's own earlier article that an article repeats most of, by its kept outcome.
    pub fn own_earlier(&self, article: ArticleId) -> Result<Vec<ArticleId>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT source FROM outcome_sources WHERE article = ?1 AND role = 'own'",
        )?;
        let rows = statement.query_map([article], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The head of an article.
    pub fn head(&self, article: ArticleId) -> Result<Option<(ArticleHead, Option<Moment>)>> {
        let sql = format!(
            "SELECT {HEAD} FROM articles a JOIN revisions r ON r.id = a.current
               JOIN outlets t ON t.id = a.outlet WHERE a.id = ?1"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let mut rows = statement.query([article])?;
        match rows.next()? {
            Some(row) => Ok(Some((head(row)?, moment(row, 6)?))),
            None => Ok(None),
        }
    }

    /// Items of agencies (of one, or of all) that have earlier versions, ascending.
    pub fn revised_items(&self, agency: Option<&str>) -> Result<Vec<ArticleId>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT DISTINCT a.id FROM revisions r JOIN articles a ON a.id = r.article
               JOIN outlets o ON o.id = a.outlet
             WHERE r.superseded = 1 AND o.kind IN ('wire', 'press_release')
               AND (?1 IS NULL OR o.agency = ?1 OR o.key = ?1 OR lower(o.name) = ?1)
             ORDER BY a.id",
        )?;
        let rows = statement.query_map([agency], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

fn head(row: &Row<'_>) -> Result<ArticleHead> {
    let id: ArticleId = row.get(0)?;
    Ok(ArticleHead {
        url: row.get::<_, Option<String>>(1)?.unwrap_or_else(|| format!("id:{id}")),
        id: Some(id),
        user_id: row.get(2)?,
        outlet: row.get(3)?,
        agency: row.get(4)?,
        title: row.get(5)?,
        published: row.get(6)?,
        language: row.get(9)?,
    })
}

fn copy(row: &Row<'_>) -> Result<CopyOf> {
    Ok(CopyOf {
        head: head(row)?,
        published: moment(row, 6)?,
        station: usize::try_from(row.get::<_, i64>(10)?).unwrap_or(0),
        chain: serde_json::from_str(&row.get::<_, String>(11)?).unwrap_or_default(),
        relation: row.get::<_, Option<String>>(12)?.map(|word| named(&word)).transpose()?,
        copied: row.get(13)?,
        of_item: row.get(14)?,
        confidence: row.get::<_, Option<f64>>(15)?.unwrap_or(0.0),
        verdict: named(&row.get::<_, String>(16)?)?,
        rights: serde_json::from_str(&row.get::<_, String>(17)?).ok(),
        credited: row.get(18)?,
    })
}
