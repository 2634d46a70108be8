//! The licence that a dictionary states in its own words, named shortly.

/// What is said where a dictionary states none.
const NOT_STATED: &str = "not stated";

/// Finds a licence in a dictionary's notice. Words are looked for as they are wrapped, over line breaks.
pub(super) fn licence_of(notice: &str) -> String {
    const KNOWN: &[(&[&str], &str)] = &[
        (&["creative commons attribution-sharealike 4", "licenses/by-sa/4"], "CC-BY-SA-4.0"),
        (&["creative commons attribution-sharealike 3", "licenses/by-sa/3"], "CC-BY-SA-3.0"),
        (&["creative commons attribution-sharealike", "cc-by-sa", "cc by-sa"], "CC-BY-SA"),
        (&["electronic dictionary research"], "CC-BY-SA-4.0 (EDRDG)"),
        (&["affero general public license"], "GPL-3.0 and AGPL-3.0"),
        (
            &["public license ver. 3", "public license, version 3", "gplv3", "gpl version 3"],
            "GPL-3.0",
        ),
        (
            &["public license ver. 2", "public license, version 2", "gplv2", "gpl version 2"],
            "GPL-2.0-or-later",
        ),
        (&["gnu free documentation license"], "GFDL"),
        (&["general public license", "gpl"], "GPL"),
        (&["public domain"], "public domain"),
        (&["creative commons"], "Creative Commons"),
    ];
    let text = notice.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let found = KNOWN.iter().find(|(signs, _)| signs.iter().any(|sign| text.contains(sign)));
    found.map_or(NOT_STATED, |(_, name)| name).to_owned()
}

/// The version in a title or notice: what follows `ver.`, up to the next space.
pub(super) fn version_of(text: &str) -> String {
    let after = text.split("ver. ").nth(1).unwrap_or_default();
    after.split_whitespace().next().unwrap_or_default().trim_end_matches(',').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_of_known_dictionaries_are_read() {
        let wikdict =
            "Licensed under the Creative Commons Attribution-ShareAlike 3.0 Unported\n  license";
        assert_eq!(licence_of(wikdict), "CC-BY-SA-3.0");
        assert_eq!(
            licence_of("terms of the GNU\n  General Public License ver. 2.0 and"),
            "GPL-2.0-or-later"
        );
        assert_eq!(licence_of("all rights wronged"), "not stated");
        assert_eq!(version_of("French-English FreeDict Dictionary ver. 0.4.1"), "0.4.1");
    }
}
