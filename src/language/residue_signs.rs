//! The list of signs that a translation leaves, read from its file, and the habits of writing that support them.

use std::sync::LazyLock;

use super::words::{Word, words};

const LIST: &str = include_str!("../../db/language/residue.tsv");

/// How a pattern has to stand in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// With its capital.
    Name,
    /// Anywhere, in any case.
    Phrase,
    /// Alone on its line.
    Line,
    /// At the start of a line; a language model speaks.
    Machine,
}

/// One way to write a sign.
pub(super) struct Spelling {
    /// Hashes of its words.
    pub hashes: Vec<u64>,
}

/// Something that points to another language.
pub(super) struct Sign {
    /// Languages of the text; empty means any.
    texts: Vec<&'static str>,
    except: Vec<&'static str>,
    pub spellings: Vec<Spelling>,
    pub kind: Kind,
    /// Languages that write so; one alone makes the sign that language's own.
    pub points: Vec<&'static str>,
    /// Points that it gives.
    pub weight: u32,
    /// Why, in a clause.
    pub says: &'static str,
}

impl Sign {
    /// Whether it says anything in a text of the language: it does not where that language itself writes so.
    pub fn applies_to(&self, language: &str) -> bool {
        (self.texts.is_empty() || self.texts.contains(&language))
            && !self.except.contains(&language)
            && !self.points.contains(&language)
    }
}

pub(super) static SIGNS: LazyLock<Vec<Sign>> =
    LazyLock::new(|| LIST.lines().filter(|line| !line.starts_with('#')).filter_map(read).collect());

fn read(line: &'static str) -> Option<Sign> {
    let mut columns = line.split('\t');
    let mut next = || columns.next();
    let (texts, patterns, kind) = (next()?, next()?, next()?);
    let (points, weight, says) = (next()?, next()?.parse().ok()?, next()?);
    let kind = match kind {
        "name" => Kind::Name,
        "phrase" => Kind::Phrase,
        "line" => Kind::Line,
        "machine" => Kind::Machine,
        _ => return None,
    };
    let hashes =
        |pattern: &str| Spelling { hashes: words(pattern).iter().map(|word| word.hash).collect() };
    Some(Sign {
        texts: texts.split(',').filter(|text| *text != "*" && !text.starts_with('-')).collect(),
        except: texts.split(',').filter_map(|text| text.strip_prefix('-')).collect(),
        spellings: patterns.split('|').map(hashes).collect(),
        kind,
        points: points.split(',').collect(),
        weight,
        says,
    })
}

/// Habits that several languages share: they never speak alone, and numbers, which slip everywhere, add nothing.
static STYLES: LazyLock<[Sign; 4]> = LazyLock::new(|| {
    let style = |points: &[&'static str], weight, says| Sign {
        texts: Vec::new(),
        except: Vec::new(),
        spellings: Vec::new(),
        kind: Kind::Phrase,
        points: points.to_vec(),
        weight,
        says,
    };
    let low = [
        "de", "cs", "sk", "pl", "hu", "bg", "is", "lt", "lv", "et", "sl", "hr", "sr", "bs", "mk",
        "ro", "nl", "uk", "ru",
    ];
    let angled = [
        "fr", "ru", "uk", "be", "es", "it", "pt", "no", "el", "tr", "de", "da", "sl", "hr", "sr",
        "cs", "pl", "ro", "ca",
    ];
    let comma = [
        "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "sk", "ru", "uk", "bg", "sv", "da", "no",
        "fi", "is", "hu", "ro", "hr", "sr", "sl", "tr", "el", "lt", "lv", "et", "id", "vi", "bs",
        "mk", "be", "ca", "af", "lb",
    ];
    let point = [
        "de", "es", "it", "pt", "nl", "da", "is", "tr", "id", "el", "ro", "hr", "sr", "sl", "vi",
        "bs", "mk", "ca",
    ];
    [
        style(&low, 1, "low opening quotation mark of another language"),
        style(&angled, 1, "angled quotation marks of another language"),
        style(&comma, 0, "decimal comma of another language"),
        style(&point, 0, "thousands set apart by points"),
    ]
});

/// Habits of writing in a text that its language does not have: sign, byte offset, as it stands.
pub(super) fn style_signs<'t>(
    text: &'t str,
    words: &[Word],
    language: &str,
) -> Vec<(&'static Sign, usize, &'t str)> {
    let [low, angled, comma, point] = &*STYLES;
    let mut found = Vec::new();
    for (sign, open, closing) in [(low, '„', &['“', '”', '"'][..]), (angled, '«', &['»'])] {
        let Some(start) = text.find(open).filter(|_| sign.applies_to(language)) else { continue };
        let rest = text.get(start..).unwrap_or_default();
        // As far as the closing sign, if it stands on the same line.
        let line = rest.lines().next().unwrap_or_default();
        if let Some((at, close)) = line.match_indices(closing).next() {
            found.push((sign, start, line.get(..at + close.len()).unwrap_or_default()));
        }
    }
    for (sign, fits) in
        [(comma, is_decimal_comma as fn(&str) -> bool), (point, is_pointed_thousand)]
    {
        let slices = words.iter().filter_map(|word| {
            Some((word.start as usize, text.get(word.start as usize..word.end as usize)?))
        });
        // Chinese and Japanese group and divide as English does; only languages that clearly differ are judged.
        if matches!(language, "en" | "ja" | "zh" | "ko") {
            found.extend(
                slices
                    .filter(|(_, slice)| fits(slice))
                    .map(|(start, slice)| (sign, start, slice))
                    .take(1),
            );
        }
    }
    found
}

/// "3,5", "12,75": no English number is grouped so.
fn is_decimal_comma(word: &str) -> bool {
    let Some((whole, part)) = word.split_once(',') else { return false };
    let digits = |piece: &str, most: usize| {
        (1..=most).contains(&piece.len()) && piece.bytes().all(|b| b.is_ascii_digit())
    };
    digits(whole, 3) && digits(part, 2)
}

/// "10.000", "1.084.000"; "2.655" may be a decimal.
fn is_pointed_thousand(word: &str) -> bool {
    let digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    let Some((whole, rest)) = word.split_once('.') else { return false };
    let groups: Vec<&str> = rest.split('.').collect();
    let grouped = (1..=3).contains(&whole.len())
        && digits(whole)
        && groups.iter().all(|g| g.len() == 3 && digits(g));
    let sure = groups.len() > 1 || whole.len() > 1 && rest == "000";
    grouped && sure && !whole.starts_with('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_is_a_sign() {
        let lines = LIST.lines().filter(|line| !line.starts_with('#'));
        for line in lines {
            let sign = read(line).unwrap_or_else(|| panic!("not a sign: {line}"));
            assert!(sign.spellings.iter().all(|spelling| !spelling.hashes.is_empty()), "{line}");
            assert!((1..=2).contains(&sign.weight), "{line}");
            assert!(
                sign.points.len() == 1 || sign.weight == 1,
                "an ambiguous sign only supports: {line}"
            );
            assert_eq!(sign.kind == Kind::Machine, sign.points == ["und"], "{line}");
        }
    }

    #[test]
    fn numbers_of_other_languages() {
        assert!(is_decimal_comma("3,5") && is_decimal_comma("120,75"));
        assert!(!is_decimal_comma("3,500") && !is_decimal_comma("3.5"));
        assert!(is_pointed_thousand("10.000") && is_pointed_thousand("1.084.000"));
        assert!(
            !is_pointed_thousand("10.00")
                && !is_pointed_thousand("2.655")
                && !is_pointed_thousand("0.000")
                && !is_pointed_thousand("2024")
        );
    }
}
