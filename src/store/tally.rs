//! The running figures: current articles by outlet and day, and by language.

use std::collections::HashMap;

use rusqlite::{Connection, params};

use super::error::Result;

/// Stands for a day that is not known.
pub const UNDATED: i64 = -9_999_999;

/// Stands for all outlets.
pub const ALL_OUTLETS: i64 = 0;

/// The day of a moment in UTC, counted from 1970.
pub fn day(at: Option<i64>) -> i64 {
    at.map_or(UNDATED, |seconds| seconds.div_euclid(86_400))
}

/// Where an article counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub outlet: i64,
    /// Seconds: published, else first seen.
    pub at: Option<i64>,
    pub language: Option<String>,
}

/// Changes of the figures, written at the end of a transaction.
#[derive(Default)]
pub struct Tally {
    calendar: HashMap<(i64, i64), i64>,
    languages: HashMap<String, i64>,
}

impl Tally {
    /// Counts an article in (1) or out (−1).
    pub fn count(&mut self, place: &Place, change: i64) {
        let day = day(place.at);
        *self.calendar.entry((place.outlet, day)).or_default() += change;
        *self.calendar.entry((ALL_OUTLETS, day)).or_default() += change;
        *self.languages.entry(place.language.clone().unwrap_or_default()).or_default() += change;
    }

    /// Writes the changes.
    pub fn save(self, conn: &Connection) -> Result<()> {
        let mut add = conn.prepare_cached(
            "INSERT INTO calendar (outlet, day, articles) VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET articles = articles + excluded.articles",
        )?;
        for ((outlet, day), change) in self.calendar.into_iter().filter(|(_, change)| *change != 0)
        {
            add.execute(params![outlet, day, change])?;
        }
        let mut add = conn.prepare_cached(
            "INSERT INTO languages (language, articles) VALUES (?1, ?2)
             ON CONFLICT DO UPDATE SET articles = articles + excluded.articles",
        )?;
        for (language, change) in self.languages.into_iter().filter(|(_, change)| *change != 0) {
            add.execute(params![language, change])?;
        }
        Ok(())
    }
}

/// Removes rows that count nothing.
pub fn sweep(conn: &Connection) -> Result<()> {
    conn.execute_batch(
        "DELETE FROM calendar WHERE articles = 0; DELETE FROM languages WHERE articles = 0;",
    )?;
    Ok(())
}
