//! Which paragraphs recur over an outlet's pages: learnt from what is on file, never written into a text.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension};

use super::error::Result;
use super::view::View;
use crate::model::{ArticleId, ParagraphPrint};

/// Longest list of documents that is read for a paragraph.
const LONGEST: usize = 1 << 18;
/// Documents of a list whose outlet is looked up, evenly chosen.
const SAMPLE: usize = 256;

impl View {
    /// For each paragraph whether at least `pages` other articles of the outlet hold it too. Versions of one story,
    /// which share most of their paragraphs, do not count. It hangs on what is on file, not on the order of adding.
    pub fn recurring(
        &self,
        outlet_key: &str,
        own: Option<ArticleId>,
        prints: &[ParagraphPrint],
        pages: usize,
    ) -> Result<Vec<bool>> {
        let none = || vec![false; prints.len()];
        let Some(outlet) = self.large_outlet(outlet_key, pages)? else { return Ok(none()) };
        let keys: Vec<i64> = prints.iter().map(ParagraphPrint::key).collect();
        let postings = self.by_exact(&keys, LONGEST)?;
        let mut known = HashMap::new();
        let mut held: Vec<Vec<u32>> = Vec::with_capacity(postings.len());
        for (posting, print) in postings.iter().zip(prints) {
            let step = posting.documents.len().div_ceil(SAMPLE).max(1);
            let mut others = Vec::new();
            for document in posting.documents.iter().step_by(step).filter(|_| print.words > 0) {
                let place = match known.get(document) {
                    Some(place) => *place,
                    None => *known.entry(*document).or_insert(place(&self.conn, *document)?),
                };
                if place.is_some_and(|(of, article)| of == outlet && Some(article) != own) {
                    others.push(*document);
                }
            }
            held.push(others);
        }
        let mut shared: HashMap<u32, usize> = HashMap::new();
        held.iter().flatten().for_each(|document| *shared.entry(*document).or_default() += 1);
        let told = prints.iter().filter(|print| print.words > 0).count();
        let is_version = |document: &u32| {
            let shared = shared.get(document).copied().unwrap_or(0);
            shared >= 2 && shared * 2 > told
        };
        let counted = |documents: &Vec<u32>| {
            documents.iter().filter(|document| !is_version(document)).count() >= pages
        };
        Ok(held.iter().map(counted).collect())
    }

    /// The outlet's row, where it has more articles than `pages`.
    fn large_outlet(&self, key: &str, pages: usize) -> Result<Option<i64>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT id FROM outlets o WHERE key = ?1
             AND (SELECT count(*) FROM (SELECT 1 FROM articles WHERE outlet = o.id LIMIT ?2)) >= ?2",
        )?;
        let pages = i64::try_from(pages).unwrap_or(i64::MAX);
        Ok(statement.query_row((key, pages), |row| row.get(0)).optional()?)
    }
}

/// Outlet and article of a document.
fn place(conn: &Connection, document: u32) -> Result<Option<(i64, ArticleId)>> {
    let mut statement = conn.prepare_cached(
        "SELECT a.outlet, a.id FROM revisions r JOIN articles a ON a.id = r.article WHERE r.id = ?1",
    )?;
    Ok(statement.query_row([document], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}
