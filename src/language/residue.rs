//! What a translation or a language model leaves behind in a text, and which language it points to.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::normal::normal_form;
use super::residue_signs::{Kind, SIGNS, Sign, style_signs};
use super::words::{Word, words};
use crate::model::Residue;

/// Points that a language needs before anything is said; a sign of its own is among them.
const NEEDED: u32 = 2;

/// First word's hash → (sign, spelling) that start with it.
static BY_FIRST: LazyLock<HashMap<u64, Vec<(usize, usize)>>> = LazyLock::new(|| {
    let mut index: HashMap<u64, Vec<(usize, usize)>> = HashMap::new();
    for (at, sign) in SIGNS.iter().enumerate() {
        for (which, spelling) in sign.spellings.iter().enumerate() {
            if let Some(&first) = spelling.hashes.first() {
                index.entry(first).or_default().push((at, which));
            }
        }
    }
    index
});

/// A sign met in the text.
struct Hit<'t> {
    sign: &'t Sign,
    start: usize,
    text: &'t str,
}

/// Signs in a text of `language` (BCP-47 primary subtag) that it was translated, and from which language; leftovers of a
/// language model point to "und" (none in particular). In the order of the text, each sign once.
///
/// Nothing is said unless one language gets two points with a sign of its own among them, and more than any other: a
/// single ambiguous spelling is none.
pub fn residue(text: &str, language: &str) -> Vec<Residue> {
    let words = words(text);
    let mut hits = listed(text, &words, language);
    hits.extend(style_signs(text, &words, language).into_iter().map(|(sign, start, text)| Hit {
        sign,
        start,
        text,
    }));
    hits.sort_by_key(|hit| hit.start);
    let mut told = Vec::new();
    let source = translated_from(&hits);
    for hit in &hits {
        let machine = hit.sign.kind == Kind::Machine;
        let target = if machine {
            Some("und")
        } else {
            source.filter(|source| hit.sign.points.contains(source))
        };
        if let Some(target) = target {
            told.push(Residue {
                language: target.to_owned(),
                text: hit.text.to_owned(),
                says: hit.sign.says.to_owned(),
            });
        }
    }
    told
}

/// Signs of the list, each at its first place.
fn listed<'t>(text: &'t str, words: &[Word], language: &str) -> Vec<Hit<'t>> {
    let mut hits: Vec<Hit<'t>> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let (start, end) = (word.start as usize, word.end as usize);
        let slice = text.get(start..end).unwrap_or_default();
        let bare = bare_hash(slice);
        let starts = |hash: u64| BY_FIRST.get(&hash).into_iter().flatten();
        for &(sign_at, spelling_at) in
            starts(word.hash).chain(bare.iter().flat_map(|&hash| starts(hash)))
        {
            let Some(sign) = SIGNS.get(sign_at) else { continue };
            let Some(spelling) = sign.spellings.get(spelling_at) else { continue };
            let known = hits.iter().any(|hit| std::ptr::eq(hit.sign, sign));
            if known || !sign.applies_to(language) {
                continue;
            }
            let count = spelling.hashes.len();
            let Some(run) = words.get(at..at + count) else { continue };
            let same = |(word, hash): (&Word, &u64)| {
                word.hash == *hash
                    || text.get(word.start as usize..word.end as usize).and_then(bare_hash)
                        == Some(*hash)
            };
            let end = run.last().map_or(end, |last| last.end as usize);
            if run.iter().zip(&spelling.hashes).all(same)
                && stands_right(text, start..end, sign.kind)
            {
                let end = if count == 1 { start + bare_length(slice) } else { end };
                hits.push(Hit { sign, start, text: text.get(start..end).unwrap_or_default() });
            }
        }
    }
    hits
}

/// Whether a pattern found at `range` stands as its kind demands: a name with a capital, a line alone on its line.
fn stands_right(text: &str, range: std::ops::Range<usize>, kind: Kind) -> bool {
    let before = text.get(..range.start).unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default();
    let empty = |piece: &str| !piece.chars().any(char::is_alphanumeric);
    let line_start = || empty(before.rsplit('\n').next().unwrap_or_default());
    let line_end = || empty(after.split('\n').next().unwrap_or_default());
    match kind {
        Kind::Name => {
            text.get(range).and_then(|name| name.chars().next()).is_some_and(char::is_uppercase)
        }
        Kind::Phrase => true,
        Kind::Line => line_start() && line_end(),
        Kind::Machine => line_start(),
    }
}

/// Bytes of a word before a possessive ending.
fn bare_length(word: &str) -> usize {
    word.rfind(['\'', '’']).unwrap_or(word.len())
}

/// Hash of the word without its possessive ending, if it has one.
fn bare_hash(word: &str) -> Option<u64> {
    let bare = word.get(..bare_length(word)).filter(|bare| bare.len() < word.len())?;
    Some(xxhash_rust::xxh3::xxh3_64(normal_form(bare).as_bytes()))
}

/// The language that the signs agree on.
fn translated_from(hits: &[Hit<'_>]) -> Option<&'static str> {
    let mut points: Vec<(&'static str, u32, bool)> = Vec::new();
    // Furniture is the page's, not the story's: however much there is, it counts once.
    let mut furnished: Vec<&str> = Vec::new();
    for hit in hits.iter().filter(|hit| hit.sign.kind != Kind::Machine) {
        let own = hit.sign.points.len() == 1;
        let line = hit.sign.kind == Kind::Line;
        for &language in &hit.sign.points {
            let weight = match (line, furnished.contains(&language)) {
                (true, true) => 0,
                (true, false) => 1,
                (false, _) => hit.sign.weight,
            };
            if line {
                furnished.push(language);
            }
            match points.iter_mut().find(|(known, ..)| *known == language) {
                Some((_, sum, has_own)) => {
                    *sum += weight;
                    *has_own |= own;
                }
                None => points.push((language, weight, own)),
            }
        }
    }
    points.sort_by_key(|&(_, sum, own)| std::cmp::Reverse((own, sum)));
    let &(language, sum, own) = points.first()?;
    // A rival with a sign of its own makes the matter ambiguous.
    let rival = points.get(1).is_some_and(|&(_, other, has_own)| has_own && other >= sum);
    (own && sum >= NEEDED && !rival).then_some(language)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, language: &str) -> Vec<(String, String)> {
        residue(text, language).into_iter().map(|sign| (sign.language, sign.text)).collect()
    }

    fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
        of.iter().map(|&(language, text)| (language.to_owned(), text.to_owned())).collect()
    }

    #[test]
    fn german_shines_through_english() {
        let text = "Copy the current link\nAdd to the memorial list\nMr Wolodymyr Selenskyj's answer, Dmitri Peskow said, came \
                    late. The Kreml boss waits.";
        let expected = [
            ("de", "Copy the current link"),
            ("de", "Add to the memorial list"),
            ("de", "Wolodymyr"),
            ("de", "Selenskyj"),
            ("de", "Dmitri Peskow"),
            ("de", "Peskow"),
            ("de", "Kreml"),
        ];
        assert_eq!(told(text, "en"), pairs(&expected));
    }

    #[test]
    fn other_languages_too() {
        assert_eq!(
            told("Vladimir Poutine met Loukachenko.", "en").first(),
            pairs(&[("fr", "Vladimir Poutine")]).first()
        );
        assert_eq!(
            told("Minister Ławrow wrote to „Zełenski”.", "en"),
            pairs(&[("pl", "Ławrow"), ("pl", "„Zełenski”"), ("pl", "Zełenski")])
        );
        assert_eq!(told("Er traf Yeltsin.", "de"), pairs(&[("en", "Yeltsin")]));
    }

    #[test]
    fn numbers_and_quotes_only_support() {
        assert_eq!(told("It rose 3,5 percent to 10.000 euros, „much“ more.", "en"), []);
        let with_name = told("It rose 3,5 percent to 10.000 euros, said Dmitri Peskow.", "en");
        assert_eq!(
            with_name,
            pairs(&[("de", "3,5"), ("de", "10.000"), ("de", "Dmitri Peskow"), ("de", "Peskow")])
        );
    }

    #[test]
    fn a_single_ambiguous_sign_is_none() {
        for text in [
            "The talks in Kiev with Lavrov and Zelensky.",
            "She studied at Moskau Street.",
            "Poutine is a dish of fries.",
            "The Kreml restaurant opened.",
            "Read also",
            "Nawalny and Kadyrow",
            "Copy the current link\nAdd to the memorial list\nNet profit rose 2.655 mln.",
        ] {
            assert_eq!(told(text, "en"), [], "{text}");
        }
        assert_eq!(told("Selenskyj, Peskow und Lawrow im Kreml.", "de"), []);
    }

    #[test]
    fn a_language_model_gives_itself_away() {
        let text = "Here is the rewritten article:\n\nThe minister resigned.";
        assert_eq!(told(text, "en"), pairs(&[("und", "Here is the rewritten article")]));
        assert_eq!(told("It answered: as an AI language model it could not say.", "en"), []);
    }
}
