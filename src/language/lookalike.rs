//! Letters of one script that pass for letters of another, and the words that mix them.

use std::borrow::Cow;

use super::characters::{ARMENIAN, CYRILLIC, GREEK, LATIN, MIXABLE, is_unspaced, script_bit};

/// Pairs of a Greek, Cyrillic or Armenian letter and the Latin one it looks like: the part of Unicode's confusables
/// (UTS #39) that keeps its case and is one letter for one. Fixed here, since stored hashes hang on it.
const PAIRS: &[(char, char)] = &[
    ('А', 'A'),
    ('В', 'B'),
    ('Е', 'E'),
    ('І', 'I'),
    ('Ј', 'J'),
    ('К', 'K'),
    ('М', 'M'),
    ('Н', 'H'),
    ('О', 'O'),
    ('Р', 'P'),
    ('С', 'C'),
    ('Ѕ', 'S'),
    ('Т', 'T'),
    ('У', 'Y'),
    ('Х', 'X'),
    ('Ү', 'Y'),
    ('Ԍ', 'G'),
    ('Ԝ', 'W'),
    ('Ӏ', 'I'),
    ('а', 'a'),
    ('е', 'e'),
    ('і', 'i'),
    ('ј', 'j'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('ѕ', 's'),
    ('у', 'y'),
    ('х', 'x'),
    ('һ', 'h'),
    ('ԁ', 'd'),
    ('ԛ', 'q'),
    ('ԝ', 'w'),
    ('ѵ', 'v'),
    ('ү', 'y'),
    ('ӏ', 'l'),
    ('г', 'r'),
    ('Α', 'A'),
    ('Β', 'B'),
    ('Ε', 'E'),
    ('Ζ', 'Z'),
    ('Η', 'H'),
    ('Ι', 'I'),
    ('Κ', 'K'),
    ('Μ', 'M'),
    ('Ν', 'N'),
    ('Ο', 'O'),
    ('Ρ', 'P'),
    ('Τ', 'T'),
    ('Υ', 'Y'),
    ('Χ', 'X'),
    ('ο', 'o'),
    ('ν', 'v'),
    ('α', 'a'),
    ('ι', 'i'),
    ('ρ', 'p'),
    ('υ', 'u'),
    ('γ', 'y'),
    ('օ', 'o'),
    ('ս', 'u'),
    ('ո', 'n'),
    ('հ', 'h'),
    ('ց', 'g'),
    ('զ', 'q'),
    ('Օ', 'O'),
    ('Տ', 'S'),
    ('Ս', 'U'),
];

/// `form` with the look-alike letters of each script-mixing word folded into the word's own script.
pub(super) fn unmix(form: &str) -> Cow<'_, str> {
    if (letters(form) & MIXABLE).count_ones() < 2 {
        return Cow::Borrowed(form);
    }
    let mut out = String::with_capacity(form.len());
    let mut rest = form;
    while !rest.is_empty() {
        let outside = |c: char| !c.is_alphabetic() || is_unspaced(c);
        let end = rest.find(outside).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        out.push_str(&unmix_word(word).unwrap_or_else(|| word.to_owned()));
        let gap = after.find(|c| !outside(c)).unwrap_or(after.len());
        let (between, next) = after.split_at(gap);
        out.push_str(between);
        rest = next;
    }
    Cow::Owned(out)
}

/// The word in one script, if its foreign letters all have a look-alike there: the script of most letters, else Latin.
pub(super) fn unmix_word(word: &str) -> Option<String> {
    let scripts = letters(word) & MIXABLE;
    if scripts.count_ones() < 2 {
        return None;
    }
    let count = |script: u8| word.chars().filter(|&c| script_bit(c) == script).count();
    let mut targets = [LATIN, CYRILLIC, GREEK].map(|script| (script, count(script)));
    targets.sort_by_key(|&(_, letters)| std::cmp::Reverse(letters));
    // "μA" is no Greek word: another script than Latin has to have most of the letters.
    let all = word.chars().count();
    let present = targets
        .into_iter()
        .filter(|&(script, letters)| letters * 2 > all || script == LATIN && letters > 0);
    present
        .map(|(script, _)| word.chars().map(|c| counterpart(c, script)).collect())
        .find_map(|folded: Option<String>| folded)
}

fn letters(word: &str) -> u8 {
    word.chars()
        .filter(|c| !c.is_ascii() || c.is_ascii_alphabetic())
        .fold(0, |bits, c| bits | script_bit(c))
}

/// `c` in the script, itself if it is already of it or of none that is mixed.
fn counterpart(c: char, script: u8) -> Option<char> {
    let own = script_bit(c);
    if own == script || own & MIXABLE == 0 {
        return Some(c);
    }
    let latin = if own == LATIN {
        Some(c)
    } else {
        PAIRS.iter().find(|&&(from, _)| from == c).map(|&(_, to)| to)
    }?;
    if script == LATIN {
        return Some(latin);
    }
    PAIRS
        .iter()
        .find(|&&(from, to)| to == latin && script_bit(from) == script && script != ARMENIAN)
        .map(|&(from, _)| from)
}

/// Whether the letter is drawn like the Latin one, not merely close to it: what may be called a disguise.
/// Small Greek letters stand in formulas and names of substances (the alpha of TNF), and differ at a second look.
pub(super) fn is_identical(c: char) -> bool {
    !matches!(c, 'ν' | 'α' | 'ι' | 'ρ' | 'υ' | 'γ' | 'г')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_confusables_of_unicode() {
        let shape = |c: char| unicode_security::skeleton(&c.to_string()).collect::<String>();
        for &(foreign, latin) in PAIRS {
            assert_eq!(shape(foreign), shape(latin), "{foreign} and {latin}");
            assert_eq!(foreign.is_uppercase(), latin.is_uppercase(), "{foreign} and {latin}");
        }
    }

    #[test]
    fn only_mixed_words_fold() {
        assert_eq!(unmix_word("\u{3A1}utin").as_deref(), Some("Putin"));
        assert_eq!(unmix_word("п\u{6F}езд"), Some("поезд".to_owned()));
        assert_eq!(unmix_word("ΔTx"), None);
        assert_eq!(unmix("сон son"), "сон son");
    }
}
