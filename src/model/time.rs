//! A moment as a source states it: kept as given, with what it is worth.

use serde::{Deserialize, Serialize};

/// How finely a moment is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// A calendar day without a time of day.
    Day,
    /// A time of day, to the minute or finer.
    Instant,
}

/// A point in time as an input states it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Moment {
    /// RFC 3339 with the offset it was given with (`2025-05-16T07:20:00+02:00`), or `YYYY-MM-DD` for a day.
    pub text: String,
    /// Seconds since 1970-01-01T00:00:00Z; for a day its first second in UTC.
    pub seconds: i64,
    /// What part of `text` was stated.
    pub precision: Precision,
}

impl Moment {
    /// Earliest and latest second that the statement allows. A day without a zone may begin 14 hours
    /// before and end 12 hours after the UTC day.
    #[must_use]
    pub fn bounds(&self) -> (i64, i64) {
        const HOUR: i64 = 3_600;
        match self.precision {
            Precision::Instant => (self.seconds, self.seconds),
            Precision::Day => (self.seconds - 14 * HOUR, self.seconds + 36 * HOUR - 1),
        }
    }

    /// The calendar day as stated, `YYYY-MM-DD`.
    #[must_use]
    pub fn day(&self) -> &str {
        self.text.get(..10).unwrap_or(&self.text)
    }
}
