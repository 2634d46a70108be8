//! The words that introduce a credit or rule one out: `db/credit_words.tsv`, by kind, and what they cut from a line.

use std::collections::{HashMap, HashSet};
use std::sync::{LazyLock, OnceLock};

use aho_corasick::{AhoCorasick, MatchKind};

/// What a phrase of the table does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Source,
    Byline,
    Material,
    Behind,
    Picture,
    Staff,
    Post,
    /// Joins parties.
    And,
    /// Joins parties where one of them is known; between a person's names it is part of the name.
    Joint,
    Text,
    Ran,
    At,
    Title,
    Before,
    After,
    Month,
    Day,
    Clock,
    Rights,
    Definite,
    First,
}

/// The phrases of a kind, the longest first, and the same as a set.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    pub longest_first: Vec<&'static str>,
    set: HashSet<&'static str>,
    /// All of them at once; `None` where they are too many for it.
    finder: OnceLock<Option<AhoCorasick>>,
}

impl Phrases {
    /// Whether a word or phrase, in lower case, is one of them.
    pub fn has(&self, phrase: &str) -> bool {
        self.set.contains(phrase)
    }

    /// Where the first of them stands in a text in lower case.
    fn first_in(&self, lower: &str) -> Option<usize> {
        let build = || {
            let builder = AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).to_owned();
            builder.build(&self.longest_first).ok()
        };
        match self.finder.get_or_init(build) {
            Some(finder) => finder.find(lower).map(|found| found.start()),
            None => self.longest_first.iter().filter_map(|phrase| lower.find(phrase)).min(),
        }
    }
}

static WORDS: LazyLock<HashMap<Kind, Phrases>> = LazyLock::new(|| {
    let mut words: HashMap<Kind, Phrases> = HashMap::new();
    for line in include_str!("../../db/credit_words.tsv").lines().filter(|l| !l.starts_with('#')) {
        let mut cells = line.split('\t');
        if let (Some(kind), Some(phrases)) = (cells.next().and_then(kind), cells.nth(1)) {
            words.entry(kind).or_default().set.extend(phrases.split(';').map(str::trim));
        }
    }
    for phrases in words.values_mut() {
        phrases.longest_first = phrases.set.iter().copied().collect();
        phrases.longest_first.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    }
    words
});

static NONE: LazyLock<Phrases> = LazyLock::new(Phrases::default);

fn kind(cell: &str) -> Option<Kind> {
    Some(match cell {
        "source" => Kind::Source,
        "byline" => Kind::Byline,
        "material" => Kind::Material,
        "behind" => Kind::Behind,
        "picture" => Kind::Picture,
        "staff" => Kind::Staff,
        "post" => Kind::Post,
        "and" => Kind::And,
        "joint" => Kind::Joint,
        "text" => Kind::Text,
        "ran" => Kind::Ran,
        "at" => Kind::At,
        "title" => Kind::Title,
        "before" => Kind::Before,
        "after" => Kind::After,
        "month" => Kind::Month,
        "day" => Kind::Day,
        "clock" => Kind::Clock,
        "rights" => Kind::Rights,
        "definite" => Kind::Definite,
        "first" => Kind::First,
        _ => return None,
    })
}

/// The phrases of a kind.
pub(super) fn phrases(kind: Kind) -> &'static Phrases {
    WORDS.get(&kind).unwrap_or(&NONE)
}

/// Lower case with every byte in its place, so that what is found there can be cut from `text`.
pub(super) fn lowered(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let lower = |c: char| {
        let mut low = c.to_lowercase();
        low.next().filter(|l| l.len_utf8() == c.len_utf8() && low.next().is_none()).unwrap_or(c)
    };
    text.chars().map(lower).collect()
}

const SPACES: [char; 3] = [' ', '\u{a0}', '\u{202f}'];

/// The value behind a source label ("Quelle: ", "Source : ", "出典：").
pub(super) fn after_source(text: &str) -> Option<&str> {
    let lower = lowered(text);
    phrases(Kind::Source).longest_first.iter().filter(|w| lower.starts_with(**w)).find_map(|w| {
        let rest = text.get(w.len()..)?.trim_start_matches(SPACES);
        rest.strip_prefix([':', '：']).map(str::trim)
    })
}

/// The value behind the opening of a byline ("Von dpa", "By: Reuters").
pub(super) fn after_byline(text: &str) -> Option<&str> {
    let lower = lowered(text);
    phrases(Kind::Byline).longest_first.iter().filter(|w| lower.starts_with(**w)).find_map(|w| {
        let rest = text.get(w.len()..)?;
        let value = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}', ':']);
        (value.len() < rest.len()).then_some(value)
    })
}

/// The parties of a phrase that says their copy was worked in, before or behind it.
pub(super) fn around_material(text: &str) -> Option<&str> {
    let lower = lowered(text);
    let opens = |w: &&&str| lower.starts_with(**w);
    if let Some(word) = phrases(Kind::Material).longest_first.iter().find(opens) {
        let rest = text.get(word.len()..)?;
        let free = word.ends_with('\'') || rest.starts_with([' ', ':', '\u{a0}']);
        return free.then(|| rest.trim_start_matches([' ', ':', '\u{a0}']));
    }
    phrases(Kind::Behind).longest_first.iter().find_map(|w| {
        let at = lower.find(w)?;
        let tail = text.get(at + w.len()..)?.trim();
        let ends = tail.len() < 40 && !tail.trim_matches('.').contains('.');
        if ends { text.get(..at).map(str::trim) } else { None }
    })
}

/// Whether a line speaks of a picture, a moving one or a chart.
pub(super) fn is_picture(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["picture alliance", "picture-alliance", "pictures/", "via getty"]
        .iter()
        .any(|p| lower.contains(p))
        || lower
            .split(|c: char| !(c.is_alphanumeric() || c == '-'))
            .any(|w| phrases(Kind::Picture).has(w) || w.ends_with("-bildfunk"))
}

/// Whether a list's item is a newsroom word.
pub(super) fn is_staff(item: &str) -> bool {
    phrases(Kind::Staff).has(item.to_lowercase().trim_matches(['.', ' ']))
}

/// Whether a name has a word in it that papers and broadcasters call themselves by.
pub(super) fn is_title(name: &str) -> bool {
    let titles = phrases(Kind::Title);
    let inside = |w: &str| titles.longest_first.iter().any(|t| t.len() > 5 && w.ends_with(t));
    name.to_lowercase().split([' ', '-']).any(|w| titles.has(w) || inside(w))
}

/// Whether a text in lower case opens with a phrase of a kind.
pub(super) fn opens(lower: &str, kind: Kind) -> bool {
    phrases(kind).longest_first.iter().any(|p| lower.starts_with(p))
}

/// Finds the earliest phrase of a kind in a text that is in lower case.
pub(super) fn earliest(lower: &str, kind: Kind) -> Option<usize> {
    phrases(kind).first_in(lower)
}
