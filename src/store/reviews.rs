//! What people decided about findings.

use rusqlite::{TransactionBehavior, params};

use super::Store;
use super::columns::{named, word};
use super::error::Result;
use super::outcomes::now;
use super::view::View;
use crate::model::{ArticleId, Decision, ReviewRow, Verdict};

/// A decision on its way in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    pub article: ArticleId,
    pub decision: Decision,
    pub by: String,
    pub note: String,
    /// Seconds since 1970; now where it is `None`.
    pub at: Option<i64>,
}

impl View {
    /// All decisions, the latest first.
    pub fn reviews(&self) -> Result<Vec<ReviewRow>> {
        self.decisions(None)
    }

    /// The decision about one article.
    pub fn review_of(&self, article: ArticleId) -> Result<Option<ReviewRow>> {
        Ok(self.decisions(Some(article))?.pop())
    }

    fn decisions(&self, article: Option<ArticleId>) -> Result<Vec<ReviewRow>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT v.article, coalesce(a.url, 'id:' || a.id), o.name, r.title, v.decision, v.by_whom, v.note,
               strftime('%Y-%m-%dT%H:%M:%SZ', v.at, 'unixepoch'), v.verdict, v.origin,
               coalesce(v.verdict = k.verdict AND v.origin IS k.origin_name, 0)
             FROM reviews v JOIN articles a ON a.id = v.article JOIN outlets o ON o.id = a.outlet
               JOIN revisions r ON r.id = a.current LEFT JOIN outcomes k ON k.article = v.article
             WHERE ?1 IS NULL OR v.article = ?1
             ORDER BY v.at DESC, v.article",
        )?;
        let mut rows = statement.query([article])?;
        let mut reviews = Vec::new();
        while let Some(row) = rows.next()? {
            reviews.push(ReviewRow {
                article: row.get(0)?,
                url: row.get(1)?,
                outlet: row.get(2)?,
                title: row.get(3)?,
                decision: named(&row.get::<_, String>(4)?)?,
                by: row.get(5)?,
                note: row.get(6)?,
                at: row.get(7)?,
                verdict: named::<Verdict>(&row.get::<_, String>(8)?)?,
                origin: row.get(9)?,
                holds: row.get(10)?,
            });
        }
        Ok(reviews)
    }
}

impl Store {
    /// Keeps decisions, each about the finding as it stands now and in the place of an earlier one; gives the articles
    /// that have no finding to decide on.
    pub fn review(&mut self, reviews: &[Review]) -> Result<Vec<ArticleId>> {
        self.writable("keep decisions")?;
        let transaction =
            self.view.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut without = Vec::new();
        for review in reviews {
            let kept = transaction
                .prepare_cached(
                    "INSERT OR REPLACE INTO reviews (article, decision, by_whom, note, at, verdict, origin)
                     SELECT article, ?2, ?3, ?4, ?5, verdict, origin_name FROM outcomes WHERE article = ?1 AND stale = 0",
                )?
                .execute(params![
                    review.article,
                    word(review.decision),
                    review.by,
                    review.note,
                    review.at.unwrap_or_else(now),
                ])?;
            if kept == 0 {
                without.push(review.article);
            }
        }
        transaction.commit()?;
        Ok(without)
    }

    /// Takes decisions back; gives how many there were.
    pub fn withdraw_reviews(&mut self, articles: &[ArticleId]) -> Result<u64> {
        self.writable("take decisions back")?;
        let mut gone = 0;
        for article in articles {
            gone += self.view.conn.execute("DELETE FROM reviews WHERE article = ?1", [article])?;
        }
        Ok(gone as u64)
    }
}
