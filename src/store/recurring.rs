//! Paragraphs that are run again and again, counted over what is on file.

use std::collections::{BTreeSet, HashMap};

use super::error::Result;
use super::view::View;
use crate::model::Recurrence;

/// Articles of a paragraph that are looked at, evenly over all of them.
const LOOKED_AT: usize = 200;
/// Articles up to which a paragraph's list is read at all.
const LONGEST: usize = 100_000;

impl View {
    /// For each exact hash ([`ParagraphPrint::key`](crate::model::ParagraphPrint::key)) the outlet that runs this
    /// paragraph most often in its current articles, and how often; `None` where fewer than `least` articles have it.
    pub fn recurring(&self, keys: &[i64], least: usize) -> Result<Vec<Option<Recurrence>>> {
        let held = self.by_exact(keys, LONGEST)?;
        held.iter()
            .map(|held| {
                if held.documents.len() < least {
                    return Ok(None);
                }
                let step = held.documents.len().div_ceil(LOOKED_AT);
                let looked_at: Vec<u32> = held.documents.iter().copied().step_by(step).collect();
                self.most_often(&looked_at)
            })
            .collect()
    }

    fn most_often(&self, documents: &[u32]) -> Result<Option<Recurrence>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT o.name, a.at / 86400 FROM revisions r
             JOIN articles a ON a.id = r.article JOIN outlets o ON o.id = a.outlet WHERE r.id = ?1",
        )?;
        let mut of_outlet: HashMap<String, (usize, BTreeSet<i64>)> = HashMap::new();
        for document in documents {
            let mut rows = statement.query([document])?;
            let Some(row) = rows.next()? else { continue };
            let (articles, days) = of_outlet.entry(row.get(0)?).or_default();
            *articles += 1;
            days.extend(row.get::<_, Option<i64>>(1)?);
        }
        let most = of_outlet.into_iter().max_by(|a, b| a.1.0.cmp(&b.1.0).then(b.0.cmp(&a.0)));
        Ok(most.map(|(outlet, (articles, days))| Recurrence { outlet, articles, days: days.len() }))
    }
}
