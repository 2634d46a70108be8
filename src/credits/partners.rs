//! Agencies that carry each other's copy: where the text of one can stand under the name of another in good faith.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The independent agencies of `db/agency_partners.tsv`, each with those whose copy it carries all the same.
static INDEPENDENT: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    include_str!("../../db/agency_partners.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .map(|(agency, partners)| (agency, partners.split_whitespace().collect()))
        .collect()
});

/// Whether an agency may carry another's copy. Only a few agencies are known to run nobody else's; of any other
/// (a national agency carries the world's) it must be taken that it may.
pub fn may_carry(agency: &str, other: &str) -> bool {
    INDEPENDENT.get(agency).is_none_or(|partners| partners.contains(&other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_national_agency_carries_anybody_and_a_world_agency_its_partners() {
        assert!(may_carry("apa", "dpa"));
        assert!(may_carry("dpa", "ap"));
        assert!(!may_carry("reuters", "dpa"));
        assert!(!may_carry("dpa", "reuters"));
    }

    #[test]
    fn the_table_holds_agencies_only() {
        for (agency, partners) in INDEPENDENT.iter() {
            for id in std::iter::once(agency).chain(partners) {
                assert!(super::super::agency(id).is_some(), "{id} is no agency of db/agencies.tsv");
            }
        }
    }
}
