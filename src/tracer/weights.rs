//! Log-odds of a derivation, from the measurements on a pair of articles.

use super::derivation::Features;

/// A derivation cannot have gone back in time by more than clocks and slow feeds explain, in hours.
const CLOCK_SLACK_HOURS: f64 = 0.5;

/// Natural-log odds that the child was made from the parent, against any other way.
pub fn derivation(features: &Features) -> f64 {
    let mut weight = -1.0 + 3.0 * features.coverage;
    weight -= 0.9 * features.missing.min(12.0);
    weight += 0.7 * features.shared_only.min(8.0);
    weight -= 0.7 * features.not_inherited.min(8.0);
    weight += time(features.hours);
    weight += bonus(features.names_outlet, 4.0);
    weight += bonus(features.names_agency && features.parent_is_wire, 1.5);
    weight += bonus(features.parent_is_wire, 1.0);
    weight -= bonus(features.child_is_wire, 6.0);
    weight -= bonus(features.credit_elsewhere, 1.0);
    weight -= bonus(features.credit_dropped, 0.3);
    weight
}

/// Natural-log odds that an article's source is not on file: what a derivation is weighed against.
pub fn unseen(credits_nobody_on_file: bool, is_wire: bool) -> f64 {
    bonus(credits_nobody_on_file, 1.2) + bonus(is_wire, 4.0) - 0.5
}

/// What the hours from parent to child are worth.
pub fn time(hours: Option<f64>) -> f64 {
    match hours {
        None => 0.0,
        Some(hours) if hours < -CLOCK_SLACK_HOURS => -5.0,
        Some(hours) if hours < 0.0 => -1.0,
        Some(_) => 0.8,
    }
}

fn bonus(holds: bool, weight: f64) -> f64 {
    if holds { weight } else { 0.0 }
}
