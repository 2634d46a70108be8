//! Full text over the caller's tokens: filled from a queue, outside of the write path.

use rusqlite::{Connection, TransactionBehavior, params};

use super::Store;
use super::columns::{signed, unsigned};
use super::error::{Result, StoreError};
use super::view::View;
use crate::model::SearchHit;

/// Characters of a snippet.
const SNIPPET: usize = 200;

/// Puts a document's packed tokens into the queue.
pub fn queue(conn: &Connection, document: u32, tokens: &[u8]) -> Result<()> {
    conn.prepare_cached("INSERT OR REPLACE INTO search_queue (revision, tokens) VALUES (?1, ?2)")?
        .execute(params![document, tokens])?;
    Ok(())
}

/// Takes a document out of full text, wherever it stands.
pub fn drop_document(conn: &Connection, document: i64) -> Result<()> {
    let queued =
        conn.prepare_cached("DELETE FROM search_queue WHERE revision = ?1")?.execute([document])?;
    if queued == 0 {
        conn.prepare_cached("DELETE FROM search WHERE rowid = ?1")?.execute([document])?;
    }
    Ok(())
}

impl Store {
    /// Moves up to `limit` documents from the queue into full text; gives how many it moved. A search before
    /// the queue is empty does not find the rest.
    pub fn fts_catch_up(&mut self, limit: usize) -> Result<usize> {
        self.writable("fill the full-text index")?;
        let transaction =
            self.view.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let waiting = transaction
            .prepare_cached("SELECT revision, tokens FROM search_queue ORDER BY revision LIMIT ?1")?
            .query_map([signed(limit)], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<Vec<(i64, Vec<u8>)>>>()?;
        let mut unpacker = self.view.unpacker.borrow_mut();
        for (document, packed) in &waiting {
            let tokens = String::from_utf8(unpacker.unpack(packed)?)
                .map_err(|cause| StoreError::Damaged(format!("tokens of {document}: {cause}")))?;
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
        Ok(Some(SearchHit { article: row, score, snippet: snippet(&texts, tokens) }))
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
