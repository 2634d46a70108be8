//! Owns the signs of a page's operator: ids of advertising and analytics accounts, the owner in the copyright line,
//! the author's blurb. One account behind several domains is one operator's.

use std::collections::BTreeSet;

use crate::model::{Sign, SignKind};

/// Signs of one kind that are kept; a page with more is a page about them.
const MOST: usize = 8;
/// Bytes of a page that are looked at.
const LOOKED_AT: usize = 4_000_000;
/// Words from which on a line beside the story may be somebody's blurb, not a button.
const BLURB: usize = 12;
/// Longest blurb and owner's name, in characters.
const LONGEST_BLURB: usize = 600;
const LONGEST_OWNER: usize = 80;

/// How an account's id is written: what stands before it, the length of what follows, of which letters.
struct Pattern {
    kind: SignKind,
    before: &'static str,
    length: (usize, usize),
    letter: fn(char) -> bool,
}

const PATTERNS: &[Pattern] = &[
    Pattern { kind: SignKind::AdSense, before: "pub-", length: (10, 20), letter: digit },
    Pattern { kind: SignKind::Analytics, before: "UA-", length: (6, 16), letter: property },
    Pattern { kind: SignKind::Analytics, before: "G-", length: (8, 12), letter: capital },
    Pattern { kind: SignKind::TagManager, before: "GTM-", length: (4, 9), letter: capital },
];

fn digit(c: char) -> bool {
    c.is_ascii_digit()
}

fn property(c: char) -> bool {
    c.is_ascii_digit() || c == '-'
}

fn capital(c: char) -> bool {
    c.is_ascii_uppercase() || c.is_ascii_digit()
}

/// The signs in a page's markup.
pub(super) fn on_page(page: &str) -> Vec<Sign> {
    let mut found = BTreeSet::new();
    let end = (0..=page.len().min(LOOKED_AT)).rev().find(|at| page.is_char_boundary(*at));
    let looked_at = page.get(..end.unwrap_or(0)).unwrap_or_default();
    for pattern in PATTERNS {
        found.extend(ids(looked_at, pattern).into_iter().take(MOST).map(|id| (pattern.kind, id)));
    }
    let mut signs: Vec<Sign> =
        found.into_iter().map(|(kind, value)| Sign { kind, value }).collect();
    add_owners(&mut signs, owner(looked_at).into_iter().collect());
    signs
}

/// Adds the companies among these names.
pub(super) fn add_owners(signs: &mut Vec<Sign>, names: Vec<String>) {
    for name in names.into_iter().filter(|name| is_company(name)) {
        let sign = Sign { kind: SignKind::Owner, value: name.to_lowercase() };
        if !signs.contains(&sign) {
            signs.push(sign);
        }
    }
}

/// The blurbs among the lines that stand beside the story.
pub(super) fn blurbs(beside: &[String]) -> impl Iterator<Item = Sign> + '_ {
    let lines = beside.iter().map(|line| line.trim()).filter(|line| {
        line.split_whitespace().count() >= BLURB && line.chars().count() <= LONGEST_BLURB
    });
    lines.take(MOST).map(|line| Sign { kind: SignKind::Blurb, value: line.to_owned() })
}

/// Ids of a pattern, each once; they stand alone, so that no word and no longer id is cut.
fn ids(page: &str, pattern: &Pattern) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for (at, _) in page.match_indices(pattern.before) {
        let before = page.get(..at).and_then(|head| head.chars().next_back());
        let alone = match pattern.kind {
            // "ca-pub-…", "ca-app-pub-…"
            SignKind::AdSense => before.is_none_or(|c| !c.is_alphanumeric()),
            _ => {
                before.is_some_and(|c| matches!(c, '"' | '\'' | '=' | '/' | '>' | ' ' | ',' | '('))
            }
        };
        let rest = page.get(at + pattern.before.len()..).unwrap_or_default();
        let length = rest.find(|c: char| !(pattern.letter)(c)).unwrap_or(rest.len());
        let id = rest.get(..length).unwrap_or_default().trim_matches('-');
        let next = rest.get(length..).and_then(|rest| rest.chars().next());
        let ends = next.is_none_or(|c| !c.is_alphanumeric() && c != '_');
        let (least, most) = pattern.length;
        let real = id.chars().any(|c| c.is_ascii_digit()) || pattern.before == "GTM-";
        if alone && ends && real && (least..=most).contains(&id.len()) {
            // The last figures of a property count views of one account.
            let account = match pattern.before {
                "UA-" => id.split('-').next().unwrap_or(id),
                _ => id,
            };
            out.insert(format!("{}{account}", pattern.before));
        }
    }
    out
}

/// Endings of companies' names, lower case.
const COMPANIES: &[&str] = &[
    "gmbh",
    "ag",
    "kg",
    "ug",
    "se",
    "ltd",
    "limited",
    "llc",
    "inc",
    "corp",
    "plc",
    "s.a",
    "sa",
    "s.a.s",
    "sas",
    "sarl",
    "s.r.l",
    "srl",
    "s.p.a",
    "spa",
    "s.l",
    "b.v",
    "bv",
    "n.v",
    "ab",
    "a/s",
    "aps",
    "oy",
    "sp. z o.o",
    "s.r.o",
    "kft",
    "ltda",
    "co., ltd",
    "株式会社",
    "ооо",
    "ehf",
    "ohf",
];

/// The company in a copyright line ("© 2025 Harbour Media Ltd. All rights reserved.").
fn owner(page: &str) -> Option<String> {
    let marks = ["©", "&copy;", "&#169;"];
    let lines = marks.iter().flat_map(|mark| {
        page.match_indices(mark).filter_map(|(at, _)| page.get(at + mark.len()..))
    });
    lines.take(MOST).find_map(|rest| {
        let line: String = rest.chars().take(160).collect();
        let line = line.split(['<', '\n', '|', '•', '·', '"']).next()?.replace("&amp;", "&");
        let name = line.trim_start_matches(|c: char| {
            c.is_ascii_digit() || c.is_whitespace() || matches!(c, '-' | '–' | ',' | '.' | '©')
        });
        // "GmbH & Co. KG. Alle Rechte vorbehalten": the first full stop need not end the name.
        let stops = name.match_indices(". ").map(|(at, _)| at).chain([name.len()]);
        let names = stops.filter_map(|at| name.get(..at));
        let names = names.map(|name| name.trim().trim_end_matches([',', '.']));
        names.into_iter().find(|name| is_company(name)).map(str::to_owned)
    })
}

/// Whether a name ends as companies' names do.
pub(super) fn is_company(name: &str) -> bool {
    let lower = name.to_lowercase();
    let ends = |end: &&str| {
        let rest = lower.strip_suffix(*end);
        rest.is_some_and(|rest| rest.ends_with(' ') && rest.trim().chars().count() > 2)
    };
    name.chars().count() <= LONGEST_OWNER
        && (COMPANIES.iter().any(ends) || lower.starts_with("株式会社"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(page: &str) -> Vec<String> {
        on_page(page).into_iter().map(|sign| sign.value).collect()
    }

    #[test]
    fn accounts_are_read_and_look_alikes_are_not() {
        let page = "<script src='js?client=ca-pub-1234567890123456'></script><script>gtag('config', 'G-AB12CD34EF');\
            ga('create', 'UA-1234567-3', 'auto')</script><iframe src='ns.html?id=GTM-K7XW2Q'></iframe>\
            <p class='BIG-TITLE'>Der G-7-Gipfel, UA-Boote und die pub-runde 12</p><a href='/G-KLASSEN'>G-KLASSEN</a>";
        assert_eq!(
            signs(page),
            ["pub-1234567890123456", "G-AB12CD34EF", "UA-1234567", "GTM-K7XW2Q"]
        );
    }

    #[test]
    fn the_owner_of_the_copyright_line_is_a_company() {
        assert_eq!(
            signs("<footer>© 2019–2025 Harbour Media Ltd. All rights reserved.</footer>"),
            ["harbour media ltd"]
        );
        assert_eq!(
            signs("<p>&copy; Hafen Verlag GmbH & Co. KG</p>"),
            ["hafen verlag gmbh & co. kg"]
        );
        assert_eq!(signs("<p>© dpa</p><p>© 2025 All rights reserved</p>"), [] as [&str; 0]);
    }

    #[test]
    fn a_blurb_beside_the_story_is_a_sign() {
        let blurb =
            "Ida Beck writes about ports and ships for readers who like both, every week anew."
                .to_owned();
        let lines = [blurb.clone(), "Share this".to_owned()];
        assert_eq!(
            blurbs(&lines).collect::<Vec<_>>(),
            [Sign { kind: SignKind::Blurb, value: blurb }]
        );
    }
}
