//! An article that its site cuts into pages: each page stands on file as it was read, and is joined to the first one
//! whenever the article is read, so that the order of adding does not matter.

use rusqlite::{OptionalExtension, params};

use super::error::Result;
use super::outcomes;
use super::view::View;
use crate::model::{Article, ArticleId, Dossier};

/// Between the identity of an article and the number of its page, from 2; as `ingest` writes it.
const PAGE: &str = "#page-";

/// For a WHERE clause over `articles a`: later pages of articles whose first page is on file are no articles.
pub(super) const NO_LATER_PAGES: &str = " AND NOT (instr(a.identity, '#page-') > 0 AND EXISTS \
    (SELECT 1 FROM articles f WHERE f.identity = substr(a.identity, 1, instr(a.identity, '#page-') - 1)))";

/// A page that follows the first one.
struct Later {
    /// From 2.
    number: u32,
    id: ArticleId,
    /// Its current text.
    document: u32,
}

/// The identity of the first page.
fn first_of(identity: &str) -> Option<&str> {
    identity.split_once(PAGE).map(|(first, _)| first)
}

impl View {
    /// The whole article that a page belongs to: the first page's, with the text of those that follow. A page whose
    /// first one is not on file stands for itself.
    pub(super) fn whole(&self, page: Dossier) -> Result<Dossier> {
        let first = match first_of(&page.article.identity) {
            None => page,
            Some(first) => match self.by_identity(first)?.map(|id| self.page(id)).transpose()? {
                Some(Some(first)) => first,
                _ => return Ok(page),
            },
        };
        let later = self.later_pages(&first.article.identity)?;
        let mut whole = first;
        for page in later {
            if let Some(page) = self.read_dossier(page.document)? {
                join(&mut whole.article, page.article);
            }
        }
        Ok(whole)
    }

    /// An article's own page as it stands, without those that follow it.
    pub fn page(&self, id: ArticleId) -> Result<Option<Dossier>> {
        match self.document(id)? {
            Some(document) => self.read_dossier(document),
            None => Ok(None),
        }
    }

    /// Numbers of the pages that follow an article's first one, in order.
    pub fn pages_after(&self, id: ArticleId) -> Result<Vec<ArticleId>> {
        let mut statement =
            self.conn.prepare_cached("SELECT identity FROM articles WHERE id = ?1")?;
        let first: Option<String> = statement.query_row([id], |row| row.get(0)).optional()?;
        let later = first.map(|first| self.later_pages(&first)).transpose()?;
        Ok(later.unwrap_or_default().into_iter().map(|page| page.id).collect())
    }

    /// The pages that follow a first one, in order.
    fn later_pages(&self, first: &str) -> Result<Vec<Later>> {
        // '.' comes right behind '-'.
        let (from, to) = (format!("{first}{PAGE}"), format!("{first}#page."));
        let mut statement = self.conn.prepare_cached(
            "SELECT identity, id, current FROM articles WHERE identity > ?1 AND identity < ?2",
        )?;
        let mut rows = statement.query(params![from, to])?;
        let mut pages = Vec::new();
        while let Some(row) = rows.next()? {
            let identity: String = row.get(0)?;
            let number: Option<u32> = identity.get(from.len()..).and_then(|n| n.parse().ok());
            if let (Some(number), Some(document)) = (number, row.get(2)?) {
                pages.push(Later { number, id: row.get(1)?, document });
            }
        }
        pages.sort_unstable_by_key(|page| page.number);
        Ok(pages)
    }
}

/// Appends a page. What a page repeats of those before it (title, standfirst) is there once.
fn join(whole: &mut Article, page: Article) {
    let mut places = Vec::with_capacity(page.paragraphs.len());
    for paragraph in page.paragraphs {
        let known = whole.paragraphs.iter().position(|known| known.text == paragraph.text);
        places.push(known.unwrap_or(whole.paragraphs.len()));
        if known.is_none() {
            whole.paragraphs.push(paragraph);
        }
    }
    for mut credit in page.credits {
        if !whole.credits.iter().any(|known| known.party() == credit.party()) {
            credit.paragraph = credit.paragraph.and_then(|at| places.get(at).copied());
            whole.credits.push(credit);
        }
    }
    for line in page.furniture {
        if !whole.furniture.contains(&line) {
            whole.furniture.push(line);
        }
    }
    for link in page.links {
        if !whole.links.contains(&link) {
            whole.links.push(link);
        }
    }
}

/// What was kept of an article does not hold any more when one of its later pages came or changed.
pub(super) fn page_changed(conn: &rusqlite::Connection, identity: &str) -> Result<()> {
    let Some(first) = first_of(identity) else { return Ok(()) };
    let mut statement = conn.prepare_cached("SELECT id FROM articles WHERE identity = ?1")?;
    match statement.query_row([first], |row| row.get(0)).optional()? {
        Some(id) => outcomes::article_changed(conn, id),
        None => Ok(()),
    }
}
