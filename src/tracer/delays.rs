//! How long after its source a copy came out, also where only a day is known.

use crate::model::{AuditEntry, Delay, Moment, Precision};

/// Delays as they come in, in minutes.
#[derive(Debug, Clone, Default)]
pub struct Delays {
    low: Vec<f64>,
    high: Vec<f64>,
    exact: Vec<f64>,
}

impl Delays {
    /// A delay between these bounds; the same twice where it is known to the minute.
    pub fn take(&mut self, low: f64, high: f64) {
        if high - low < 1.0 {
            self.exact.push(low);
        }
        self.low.push(low);
        self.high.push(high);
    }

    /// Quartiles of those known to the minute, and the bounds of the median of all.
    #[must_use]
    pub fn summary(mut self) -> Delay {
        let (measured, by_day) =
            (self.low.len() as u64, (self.low.len() - self.exact.len()) as u64);
        for list in [&mut self.low, &mut self.high, &mut self.exact] {
            list.sort_by(f64::total_cmp);
        }
        Delay {
            measured,
            by_day,
            lower_quartile: quantile(&self.exact, 0.25),
            median: quantile(&self.exact, 0.5),
            upper_quartile: quantile(&self.exact, 0.75),
            median_low: quantile(&self.low, 0.5),
            median_high: quantile(&self.high, 0.5),
        }
    }
}

/// By linear interpolation between neighbours (type 7 of Hyndman and Fan 1996); `None` of nothing.
fn quantile(sorted: &[f64], at: f64) -> Option<f64> {
    let place = at * sorted.len().checked_sub(1)? as f64;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a place in the list
    let below = place.floor() as usize;
    let (low, high) = (sorted.get(below)?, sorted.get(below + 1).or(sorted.get(below))?);
    Some(low + (high - low) * (place - place.floor()))
}

/// Bounds of the minutes that an article came out after its origin's item, or after its immediate source where that
/// has no date on file. A copy is not older than what it was taken from, so the lower bound is not below nothing
/// unless all of the interval is.
#[must_use]
pub fn between(entry: &AuditEntry) -> Option<(f64, f64)> {
    let parties = [entry.origin.as_ref(), entry.source.as_ref()];
    let source = parties.into_iter().flatten().find_map(|party| party.published.as_ref())?;
    Some(minutes(source, entry.published.as_ref()?))
}

/// Bounds of the minutes from one moment to another.
#[must_use]
pub fn minutes(earlier: &Moment, later: &Moment) -> (f64, f64) {
    let (from, to) = (earlier.bounds(), later.bounds());
    let (low, high) = ((to.0 - from.1) as f64 / 60.0, (to.1 - from.0) as f64 / 60.0);
    let by_day = [earlier, later].iter().any(|moment| moment.precision == Precision::Day);
    if by_day && high > 0.0 { (low.max(0.0), high) } else { (low, high) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_and_the_medians_bounds() {
        let mut delays = Delays::default();
        for minutes in [10.0, 20.0, 30.0, 40.0] {
            delays.take(minutes, minutes);
        }
        delays.take(0.0, 2_000.0);
        let delay = delays.summary();
        assert_eq!((delay.measured, delay.by_day), (5, 1));
        assert_eq!(delay.median, Some(25.0));
        assert_eq!((delay.lower_quartile, delay.upper_quartile), (Some(17.5), Some(32.5)));
        assert_eq!((delay.median_low, delay.median_high), (Some(20.0), Some(30.0)));
        assert_eq!(Delays::default().summary(), Delay::default());
    }

    #[test]
    fn a_day_leaves_an_interval() {
        let instant =
            |seconds| Moment { text: String::new(), seconds, precision: Precision::Instant };
        let day = Moment { text: "1970-01-02".into(), seconds: 86_400, precision: Precision::Day };
        assert_eq!(minutes(&instant(0), &instant(600)), (10.0, 10.0));
        let (low, high) = minutes(&instant(80_000), &day);
        assert!(low == 0.0 && high > 1_440.0, "{low} {high}");
    }
}
