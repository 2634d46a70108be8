//! Full text over the caller's tokens: filled from a queue, outside of the write path.

use rayon::prelude::*;
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use super::Store;
use super::columns::{signed, unsigned};
use super::error::{Result, StoreError};
use super::view::View;
use crate::language;
use crate::model::{Article, SearchHit};

/// Characters of a snippet.
const SNIPPET: usize = 200;

/// Title and story as tokens of the full-text index, a space between two.
fn tokens_of(article: &Article) -> String {
    let language = article.language.as_deref();
    let story = article.paragraphs.iter().map(|paragraph| paragraph.text.as_str());
    let texts = article.title.iter().map(String::as_str).chain(story);
    let tokens: Vec<String> =
        texts.flat_map(|text| language::search_tokens(text, language)).collect();
    tokens.join(" ")
}

/// Puts a document's packed tokens into the queue; no bytes where they are still to be made of its text.
pub fn queue(conn: &Connection, document: u32, tokens: &[u8]) -> Result<()> {
    conn.prepare_cached("INSERT OR REPLACE INTO search_queue (revision, tokens) VALUES (?1, ?2)")?
        .execute(params![document, tokens])?;
    Ok(())
}

/// Takes a document out of full text, wherever it stands; gives whether it was in the index and not only on its way.
pub fn drop_document(conn: &Connection, document: i64) -> Result<bool> {
    let queued =
        conn.prepare_cached("DELETE FROM search_queue WHERE revision = ?1")?.execute([document])?;
    if queued == 0 {
        let deleted =
            conn.prepare_cached("DELETE FROM search WHERE rowid = ?1")?.execute([document])?;
        return Ok(deleted > 0);
    }
    Ok(false)
}

impl Store {
    /// Moves up to `limit` documents from the queue into full text; gives how many it moved. A search before
    /// the queue is empty does not find the rest.
    pub fn fts_catch_up(&mut self, limit: usize) -> Result<usize> {
        self.writable("fill the full-text index")?;
        let transaction =
            Transaction::new_unchecked(&self.view.conn, TransactionBehavior::Immediate)?;
        let waiting = transaction
            .prepare_cached("SELECT revision, tokens FROM search_queue ORDER BY revision LIMIT ?1")?
            .query_map([signed(limit)], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<Vec<(i64, Vec<u8>)>>>()?;
        for (document, tokens) in self.view.tokens(&waiting)? {
            transaction
                .prepare_cached("INSERT INTO search (rowid, tokens) VALUES (?1, ?2)")?
                .execute(params![document, tokens])?;
        }
        if let Some((last, _)) = waiting.last() {
            transaction.execute("DELETE FROM search_queue WHERE revision <= ?1", [last])?;
        }
        transaction.commit()?;
        Ok(waiting.len())
    }
}

impl View {
    /// The tokens of documents in the queue: as they were packed, else made of the texts, on all cores.
    fn tokens(&self, waiting: &[(i64, Vec<u8>)]) -> Result<Vec<(i64, String)>> {
        let mut made = Vec::with_capacity(waiting.len());
        let mut texts = Vec::new();
        for (document, packed) in waiting {
            if packed.is_empty() {
                let number = u32::try_from(*document).map_err(|_| StoreError::TooMany)?;
                let article = self.dossiers(&[number])?.pop().map(|dossier| dossier.article);
                texts.push((*document, article.unwrap_or_default()));
                continue;
            }
            let tokens = String::from_utf8(self.unpacker.borrow_mut().unpack(packed)?)
                .map_err(|cause| StoreError::Damaged(format!("tokens of {document}: {cause}")))?;
            made.push((*document, tokens));
        }
        made.par_extend(texts.into_par_iter().map(|(id, article)| (id, tokens_of(&article))));
        Ok(made)
    }

    /// How many documents wait to be put into full text.
    pub fn fts_pending(&self) -> Result<u64> {
        Ok(unsigned(
            self.conn.query_row("SELECT count(*) FROM search_queue", [], |row| row.get(0))?,
        ))
    }

    /// Articles that hold the tokens, best first by BM25: those with all of them, then, where these are fewer
    /// than `limit`, those with some. `tokens` are made as those of the articles were.
    pub fn search(&self, tokens: &[String], limit: usize) -> Result<Vec<SearchHit>> {
        let quoted: Vec<String> = tokens
            .iter()
            .filter(|token| !token.trim().is_empty())
            .map(|token| format!("\"{}\"", token.replace('"', "\"\"")))
            .collect();
        if quoted.is_empty() {
            return Ok(Vec::new());
        }
        self.steady(|_| {
            let mut found = self.matching(&quoted.join(" AND "), limit)?;
            if found.len() < limit && quoted.len() > 1 {
                for hit in self.matching(&quoted.join(" OR "), limit)? {
                    if found.len() < limit && found.iter().all(|(document, _)| *document != hit.0) {
                        found.push(hit);
                    }
                }
            }
            let hits = found.into_iter().map(|(document, score)| self.hit(document, score, tokens));
            hits.filter_map(Result::transpose).collect()
        })
    }

    fn matching(&self, query: &str, limit: usize) -> Result<Vec<(u32, f64)>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT rowid, -rank FROM search WHERE search MATCH ?1 ORDER BY rank LIMIT ?2",
        )?;
        let rows = statement
            .query_map(params![query, signed(limit)], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn hit(&self, document: u32, score: f64, tokens: &[String]) -> Result<Option<SearchHit>> {
        let Some(dossier) = self.dossiers(&[document])?.pop() else { return Ok(None) };
        let Some(row) = dossier.id.map_or(Ok(None), |id| self.row(id))? else { return Ok(None) };
        let texts: Vec<&str> = dossier.article.paragraphs.iter().map(|p| p.text.as_str()).collect();
        Ok(Some(SearchHit {
            article: row,
            score,
            snippet: snippet(&texts, tokens),
            revision: None,
        }))
    }
}

/// The beginning of the paragraph that holds most of the tokens as they stand (stems begin words).
fn snippet(texts: &[&str], tokens: &[String]) -> String {
    let holds = |text: &str| {
        let text = text.to_lowercase();
        tokens.iter().filter(|token| text.contains(token.as_str())).count()
    };
    let best = texts.iter().rev().max_by_key(|text| holds(text)).copied().unwrap_or_default();
    let mut snippet: String = best.chars().take(SNIPPET).collect();
    if snippet.len() < best.len() {
        snippet.push('…');
    }
    snippet
}
