//! What the judgements of this build hang on, so that a kept trace of another build is known for one.

use xxhash_rust::xxh3::xxh3_64;

/// Raised where a change of the code changes what is found; the weights tell of themselves.
const JUDGEMENT: u32 = 2;

/// Weights that the judgements rest on.
const WEIGHTS: [&str; 5] = [
    include_str!("../../db/model/derivation.tsv"),
    include_str!("../../db/model/crossing.tsv"),
    include_str!("../../db/model/calibration.tsv"),
    include_str!("../../db/model/verdicts.tsv"),
    include_str!("../../db/agency_partners.tsv"),
];

/// Version of the judging code, and the sum of its weights.
#[must_use]
pub fn version() -> String {
    let sum =
        WEIGHTS.iter().fold(0, |sum: u64, text| sum.rotate_left(1) ^ xxh3_64(text.as_bytes()));
    format!("judgement {JUDGEMENT}, weights {sum:016x}")
}
