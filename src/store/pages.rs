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
        for document in later {
            if let Some(page) = self.read_dossier(document)? {
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

    /// Documents of the pages that follow a first one, in order.
    fn later_pages(&self, first: &str) -> Result<Vec<u32>> {
        // '.' comes right behind '-'.
        let (from, to) = (format!("{first}{PAGE}"), format!("{first}#page."));
        let mut statement = self.conn.prepare_cached(
            "SELECT identity, current FROM articles WHERE identity > ?1 AND identity < ?2",
        )?;
        let mut rows = statement.query(params![from, to])?;
        let mut pages: Vec<(u32, u32)> = Vec::new();
        while let Some(row) = rows.next()? {
            let identity: String = row.get(0)?;
            let number = identity.get(from.len()..).and_then(|number| number.parse().ok());
            pages.extend(number.zip(row.get(1)?));
        }
        pages.sort_unstable();
        Ok(pages.into_iter().map(|(_, document)| document).collect())
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
