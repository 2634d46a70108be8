//! Versions of everything in this room that stored indexes hang on.

use super::normal::NORMAL_FORM_VERSION;
use super::search::SEARCH_VERSION;
use super::skeleton::SKELETON_VERSION;
use super::stems::OWN_RULES_VERSION;

/// The crate of the Snowball stemmers and of the transliteration, as locked.
const SNOWBALL: &str = "1.0.1";
const ANY_ASCII: &str = "0.3.3";

/// Name and version of each table and scheme that an index hangs on: where one differs from what the index was made
/// with, the index is stale.
pub fn versions() -> Vec<(&'static str, String)> {
    let (major, minor, update) = char::UNICODE_VERSION;
    let (nf_major, nf_minor, nf_update) = unicode_normalization::UNICODE_VERSION;
    vec![
        ("normal_form", NORMAL_FORM_VERSION.to_string()),
        ("unicode", format!("{major}.{minor}.{update}")),
        ("unicode_normalization", format!("{nf_major}.{nf_minor}.{nf_update}")),
        ("stemmers", format!("snowball_stemmers_rs {SNOWBALL}, own rules {OWN_RULES_VERSION}")),
        ("transliteration", format!("any_ascii {ANY_ASCII}")),
        ("skeleton", SKELETON_VERSION.to_string()),
        ("search_tokens", SEARCH_VERSION.to_string()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_those_of_the_lock_file() {
        let lock = include_str!("../../Cargo.lock");
        for (name, version) in [("snowball_stemmers_rs", SNOWBALL), ("any_ascii", ANY_ASCII)] {
            assert!(
                lock.contains(&format!("name = \"{name}\"\nversion = \"{version}\"")),
                "{name} is not {version}"
            );
        }
        assert!(versions().iter().all(|(_, version)| !version.is_empty()));
    }
}
