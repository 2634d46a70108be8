//! What an anchor is worth, found or missed, and what two lengths say: the parts of a log-likelihood ratio.

use crate::language::AnchorClass;

/// What is worth less than nothing: no anchor in common.
pub const NOTHING_SHARED: f64 = -9.0;
/// Anchors of one sentence hang together; each counts for this much of an independent one.
const DEPENDENCE: f64 = 0.5;
/// An anchor is missed for many reasons; it costs this much of what the model says.
const SOFTENING: f64 = 0.6;
/// A meaning that is found is worth at least as much as one kept this often.
const MEANING_FLOOR: f64 = 0.3;

/// How often an anchor of a class is found again in a true copy (measured on translated news).
fn kept_of_class(class: AnchorClass) -> f64 {
    match class {
        AnchorClass::Number => 0.75,
        AnchorClass::Name => 0.5,
        AnchorClass::Word => 0.12,
        AnchorClass::Meaning | AnchorClass::Stem => 0.35,
    }
}

/// Log of how surely a copy keeps an anchor of this class and weight, for its gain.
pub fn log_kept(class: AnchorClass, weight: f32) -> f64 {
    let floor = if class == AnchorClass::Meaning { MEANING_FLOOR } else { 0.0 };
    (kept_of_class(class) * f64::from(weight)).clamp(floor.max(f64::MIN_POSITIVE), 0.9).ln()
}

/// What an anchor costs when it is not found again; negative.
pub fn missed(class: AnchorClass, weight: f32) -> f64 {
    DEPENDENCE * (1.0 - (kept_of_class(class) * f64::from(weight)).min(0.8) * SOFTENING).ln()
}

/// What an anchor brings when found where chance would put it with this log probability.
pub fn gain(log_kept: f64, log_chance: f64) -> f64 {
    const MOST: f64 = -std::f64::consts::LN_2;
    DEPENDENCE * (log_kept - log_chance.min(MOST)).max(0.0)
}

/// Log-likelihood ratio of two lengths in characters, of a pair against unrelated sentences;
/// `expansion` is the usual log ratio of the two languages.
pub fn length(ours: usize, theirs: usize, expansion: f64) -> f64 {
    const PAIRED: f64 = 0.28;
    const UNRELATED: f64 = 0.9;
    const SHORTEST: usize = 4;
    if ours.min(theirs) <= SHORTEST {
        return 0.0;
    }
    let z = (theirs as f64 / ours as f64).ln() - expansion;
    let log_density = |sigma: f64| -(z / sigma).powi(2) / 2.0 - sigma.ln();
    log_density(PAIRED) - log_density(UNRELATED)
}
