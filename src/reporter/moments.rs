//! Moments as reports state them, as instants.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

const DAY: i64 = 86_400;

/// First and last second that a date leaves open, in seconds since 1970; a day's are those in UTC.
pub(super) fn range(moment: &str) -> Option<(i64, i64)> {
    if let Ok(instant) = moment.parse::<Timestamp>() {
        return Some((instant.as_second(), instant.as_second()));
    }
    let utc = |civil: DateTime| Some(Offset::UTC.to_timestamp(civil).ok()?.as_second());
    if moment.contains('T') {
        let at = utc(moment.parse().ok()?)?;
        return Some((at, at));
    }
    let at = utc(moment.parse::<Date>().ok()?.at(0, 0, 0, 0))?;
    Some((at, at + DAY - 1))
}

/// The first second that a stated time leaves open, in seconds since 1970.
#[must_use]
pub fn first_second(moment: Option<&str>) -> Option<i64> {
    moment.and_then(range).map(|(first, _)| first)
}
