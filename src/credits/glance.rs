//! Whether a text can name an agency at all: one pass over it, before each of its pieces is looked up.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::tables::{agencies, fold};

/// From here on scripts are written without spaces, so that a name may touch its neighbours.
const UNSPACED: char = '\u{2e80}';

static NAMES: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let marked = agencies().iter().flat_map(|agency| agency.names.iter());
    let names = marked.map(|name| fold(name.trim_start_matches(['=', '~', '!'])));
    let domains = agencies().iter().flat_map(|agency| agency.domains.iter());
    let mut all: Vec<String> = names.chain(domains.map(|domain| fold(domain))).collect();
    all.retain(|name| !name.is_empty());
    all.sort_unstable();
    all.dedup();
    AhoCorasick::new(all).ok()
});

/// Whether a name or domain of an agency stands in a text, in whatever case and between whatever signs. True says
/// little, false that no piece of the text is one.
pub(super) fn may_name_agency(text: &str) -> bool {
    let folded = fold(text);
    // "der Deutschen Presse-Agentur"
    stands_in(&folded) || (folded.contains("en ") && stands_in(&folded.replace("en ", "e ")))
}

fn stands_in(folded: &str) -> bool {
    let Some(names) = NAMES.as_ref() else { return true };
    let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && c < UNSPACED);
    names.find_overlapping_iter(folded).any(|found| {
        let name = folded.get(found.range()).unwrap_or_default();
        let before = folded.get(..found.start()).and_then(|text| text.chars().next_back());
        let after = folded.get(found.end()..).and_then(|text| text.chars().next());
        !name.is_ascii() || !joins(before) && !joins(after)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_seen_wherever_a_credit_may_put_it() {
        for agency in agencies() {
            for name in &agency.names {
                let name = name.trim_start_matches(['=', '~', '!']);
                for text in [
                    name.to_owned(),
                    name.to_uppercase(),
                    format!("(sak/{name})"),
                    format!("65 Prozent. {name}"),
                    format!("Mit Material von {name}."),
                    format!("と述べた」{name}"),
                    format!("l'{name}"),
                ] {
                    assert!(may_name_agency(&text), "{name}: {text}");
                }
            }
        }
        assert!(may_name_agency("der Deutschen Presse-Agentur"));
    }

    #[test]
    fn a_part_of_a_word_is_no_name() {
        assert!(!may_name_agency("The mapping of the capital shows a pattern."));
        assert!(!may_name_agency("Die Hauptstadt im Frühling"));
    }
}
