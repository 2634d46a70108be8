//! Reading whole articles and their fingerprints: the hot path of a trace.

use rusqlite::{OptionalExtension, Row, params};

use super::Store;
use super::body::unpack_print;
use super::captures::Sidecar;
use super::columns::{moment, named, signed};
use super::error::{Result, StoreError};
use super::view::View;
use crate::model::{
    Article, ArticleId, Capture, Credit, Dossier, Outlet, OutletKind, ParagraphPrint,
};

const DOSSIER: &str = "SELECT a.id, a.identity, a.user_id, a.url,
   a.first_seen, a.first_seen_at, a.first_seen_day,
   r.published, r.published_at, r.published_day, r.modified, r.modified_at, r.modified_day,
   r.file, r.line, r.outlet_given, r.domain, r.language, r.title, r.kind,
   o.key, o.name, o.domain, o.agency, o.kind, o.publisher, b.body
 FROM revisions r JOIN articles a ON a.id = r.article JOIN outlets o ON o.id = a.outlet
   JOIN bodies b ON b.revision = r.id
 WHERE r.id = ?1";

impl View {
    /// The articles of these documents with paragraphs, credits and links, in order; numbers that are not on
    /// file are left out. An article of several pages is whole, at whichever page it was asked for; a replaced
    /// revision is the page that it was. Captured bytes are not among it: see [`Store::capture`].
    pub fn dossiers(&self, documents: &[u32]) -> Result<Vec<Dossier>> {
        self.steady(|remembered| {
            let mut found = Vec::with_capacity(documents.len());
            for document in documents {
                let Some(page) = self.read_dossier(*document)? else { continue };
                let current = remembered.is_current(*document);
                found.push(if current { self.whole(page)? } else { page });
            }
            Ok(found)
        })
    }

    /// An article as it stands, with all its pages.
    pub fn dossier(&self, id: ArticleId) -> Result<Option<Dossier>> {
        self.steady(|_| self.page(id)?.map(|page| self.whole(page)).transpose())
    }

    /// These articles as they stand, in order; numbers that are not on file are left out.
    pub fn articles(&self, ids: &[ArticleId]) -> Result<Vec<Dossier>> {
        self.steady(|_| {
            let mut found = Vec::with_capacity(ids.len());
            for id in ids {
                if let Some(page) = self.page(*id)? {
                    found.push(self.whole(page)?);
                }
            }
            Ok(found)
        })
    }

    /// Addresses of these documents' articles, as lists hold them, and what their outlets are, in order; numbers that
    /// are not on file are left out.
    pub fn heads(&self, documents: &[u32]) -> Result<Vec<(String, OutletKind)>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT coalesce(a.url, 'id:' || a.id), o.kind FROM revisions r
             JOIN articles a ON a.id = r.article JOIN outlets o ON o.id = a.outlet WHERE r.id = ?1",
        )?;
        let mut found = Vec::with_capacity(documents.len());
        for document in documents {
            let mut rows = statement.query([document])?;
            if let Some(row) = rows.next()? {
                let kind = named(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?)?;
                found.push((row.get(0)?, kind));
            }
        }
        Ok(found)
    }

    /// Words of each document's story, 0 where it is not on file, and seconds since 1970 of its publication, as far as
    /// the page says.
    pub fn words(&self, documents: &[u32]) -> Result<Vec<(u32, Option<i64>)>> {
        let mut statement =
            self.conn.prepare_cached("SELECT words, published_at FROM revisions WHERE id = ?1")?;
        documents
            .iter()
            .map(|document| {
                let both = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
                Ok(statement.query_row([document], both).optional()?.unwrap_or_default())
            })
            .collect()
    }

    /// Seconds since 1970 of each document's publication, as far as the page says.
    pub fn published(&self, documents: &[u32]) -> Result<Vec<Option<i64>>> {
        let mut statement =
            self.conn.prepare_cached("SELECT published_at FROM revisions WHERE id = ?1")?;
        documents
            .iter()
            .map(|document| {
                let published = statement.query_row([document], |row| row.get(0)).optional()?;
                Ok(published.flatten())
            })
            .collect()
    }

    pub(super) fn read_dossier(&self, document: u32) -> Result<Option<Dossier>> {
        let mut statement = self.conn.prepare_cached(DOSSIER)?;
        let mut rows = statement.query([document])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let mut article = article(row)?;
        let packed = row.get_ref(26)?.as_blob().map_err(rusqlite::Error::from)?;
        self.unpacker.borrow_mut().body(packed, &mut article)?;
        let outlet = outlet(row)?;
        let id = row.get(0)?;
        article.credits = self.credits(document)?;
        Ok(Some(Dossier { id: Some(id), article, outlet }))
    }

    fn credits(&self, document: u32) -> Result<Vec<Credit>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT agency, name, role, text, paragraph, domain, initials, reworked
             FROM credits WHERE revision = ?1 ORDER BY position",
        )?;
        let mut rows = statement.query([document])?;
        let mut credits = Vec::new();
        while let Some(row) = rows.next()? {
            let initials = row.get::<_, Option<String>>(6)?;
            credits.push(Credit {
                agency: row.get(0)?,
                name: row.get(1)?,
                role: named(row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?)?,
                text: row.get(3)?,
                paragraph: whole(row, 4)?,
                domain: row.get(5)?,
                initials: initials
                    .and_then(|json| serde_json::from_str(&json).ok())
                    .unwrap_or_default(),
                reworked: row.get(7)?,
            });
        }
        Ok(credits)
    }

    /// The document that is an article's text as it stands.
    pub fn document(&self, id: ArticleId) -> Result<Option<u32>> {
        let mut statement =
            self.conn.prepare_cached("SELECT current FROM articles WHERE id = ?1")?;
        Ok(statement.query_row([id], |row| row.get(0)).optional()?)
    }

    /// The article that a document is a revision of.
    pub fn article_of(&self, document: u32) -> Result<Option<ArticleId>> {
        let mut statement =
            self.conn.prepare_cached("SELECT article FROM revisions WHERE id = ?1")?;
        Ok(statement.query_row([document], |row| row.get(0)).optional()?)
    }

    /// Which revision of its article a document is, from 1.
    pub fn revision_number(&self, document: u32) -> Result<Option<u64>> {
        let mut statement =
            self.conn.prepare_cached("SELECT number FROM revisions WHERE id = ?1")?;
        let number = statement.query_row([document], |row| row.get(0)).optional()?;
        Ok(number.map(super::columns::unsigned))
    }

    /// Up to `limit` current documents above `after`, ascending, with their articles: all of the store in parts.
    pub fn documents(&self, after: u32, limit: usize) -> Result<Vec<(u32, ArticleId)>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT id, article FROM revisions WHERE id > ?1 AND superseded = 0 ORDER BY id LIMIT ?2",
        )?;
        let rows = statement
            .query_map(params![after, signed(limit)], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// All revisions of an article as document numbers, oldest first.
    pub fn revisions(&self, id: ArticleId) -> Result<Vec<u32>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT id FROM revisions WHERE article = ?1 ORDER BY number")?;
        let rows = statement.query_map([id], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Fingerprints of a document's paragraphs in order; their shingles are not kept apart, so they are empty.
    pub fn print(&self, document: u32) -> Result<Option<Vec<ParagraphPrint>>> {
        let mut statement =
            self.conn.prepare_cached("SELECT print FROM prints WHERE revision = ?1")?;
        let packed = statement.query_row([document], |row| row.get::<_, Vec<u8>>(0)).optional()?;
        let Some(packed) = packed else { return Ok(None) };
        let damaged = || StoreError::Damaged(format!("the fingerprints of document {document}"));
        unpack_print(&packed).map(Some).ok_or_else(damaged)
    }
}

impl View {
    /// What the store says of a capture, still without the bytes.
    fn taken(&self, id: ArticleId) -> Result<Option<Capture>> {
        let found = self
            .conn
            .prepare_cached(
                "SELECT sha256, came_from, taken, taken_at, taken_day, headers FROM captures
                 WHERE revision = (SELECT current FROM articles WHERE id = ?1)",
            )?
            .query_row(params![id], |row| {
                Ok(Capture {
                    bytes: Vec::new(),
                    sha256: row.get(0)?,
                    from: row.get(1)?,
                    taken: moment(row, 2)?,
                    headers: row.get(5)?,
                })
            })
            .optional()?;
        Ok(found)
    }

    /// As [`Store::capture`], over a connection to the sidecar that is opened for it: for the odd look from a
    /// worker thread.
    pub fn captured(&self, id: ArticleId) -> Result<Option<Capture>> {
        let Some(capture) = self.taken(id)? else { return Ok(None) };
        let bytes = Sidecar::beside(self.path(), true).bytes(&capture.sha256)?.unwrap_or_default();
        Ok(Some(Capture { bytes, ..capture }))
    }
}

impl Store {
    /// The bytes that an article's current revision was read from; empty where only their sum was kept.
    pub fn capture(&mut self, id: ArticleId) -> Result<Option<Capture>> {
        let Some(capture) = self.view.taken(id)? else { return Ok(None) };
        let bytes = self.sidecar.bytes(&capture.sha256)?.unwrap_or_default();
        Ok(Some(Capture { bytes, ..capture }))
    }
}

fn whole(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<usize>> {
    Ok(row.get::<_, Option<i64>>(column)?.and_then(|number| usize::try_from(number).ok()))
}

fn article(row: &Row<'_>) -> Result<Article> {
    Ok(Article {
        identity: row.get(1)?,
        user_id: row.get(2)?,
        url: row.get(3)?,
        first_seen: moment(row, 4)?,
        published: moment(row, 7)?,
        modified: moment(row, 10)?,
        file: row.get(13)?,
        line: whole(row, 14)?,
        outlet: row.get(15)?,
        domain: row.get(16)?,
        language: row.get(17)?,
        title: row.get(18)?,
        kind: named(row.get_ref(19)?.as_str().map_err(rusqlite::Error::from)?)?,
        ..Article::default()
    })
}

fn outlet(row: &Row<'_>) -> Result<Outlet> {
    Ok(Outlet {
        key: row.get(20)?,
        name: row.get(21)?,
        domain: row.get(22)?,
        agency: row.get(23)?,
        kind: named(row.get_ref(24)?.as_str().map_err(rusqlite::Error::from)?)?,
        group: row.get(25)?,
    })
}
