//! Shares, and the interval that a sample leaves open.

use crate::model::Share;

/// Standard normal quantile of a two-sided interval of 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// A share of a count; with the interval of Wilson (1927, score interval) where it was sampled.
#[must_use]
pub fn share(part: u64, of: u64, sampled: bool) -> Share {
    if of == 0 {
        return Share::default();
    }
    let n = of as f64;
    let p = part as f64 / n;
    if !sampled {
        return Share { share: p, low: None, high: None };
    }
    let middle = p + Z * Z / (2.0 * n);
    let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let whole = 1.0 + Z * Z / n;
    let (low, high) = ((middle - half) / whole, (middle + half) / whole);
    Share { share: p, low: Some(low.max(0.0)), high: Some(high.min(1.0)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilsons_bounds_for_known_cases() {
        let near = |a: Option<f64>, b: f64| (a.unwrap_or(9.0) - b).abs() < 5e-4;
        let ten_of_hundred = share(10, 100, true);
        assert!(near(ten_of_hundred.low, 0.0552) && near(ten_of_hundred.high, 0.1744));
        let none_of_ten = share(0, 10, true);
        assert!(near(none_of_ten.low, 0.0) && near(none_of_ten.high, 0.2775));
        assert_eq!(share(1, 4, false), Share { share: 0.25, low: None, high: None });
    }
}
