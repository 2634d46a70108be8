//! Words of a text: where they stand and what their normal form hashes to.

use super::scan::Scan;

/// A word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Byte offset of its first character in the text as given.
    pub start: u32,
    /// Byte offset behind its last character.
    pub end: u32,
    /// xxh3 (64 bits, seed 0) of the word's normal form: stable, and the same for its disguised copies.
    pub hash: u64,
}

/// The words of a text in their order. Punctuation is none; a number with inner separators ("1.084", "10:00") is one;
/// apostrophes inside a word belong to it. In scripts without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese)
/// each character with its marks is a word. Invisible characters never split one.
pub fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::with_capacity(text.len() / 6 + 1);
    let mut scan = Scan::new(text);
    while let Some(token) = scan.next_word() {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        found.push(Word { start: offset(token.start), end: offset(token.end), hash: token.hash });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::normal::normal_form;
    use xxhash_rust::xxh3::xxh3_64;

    fn slices(text: &str) -> Vec<&str> {
        words(text).iter().map(|w| &text[w.start as usize..w.end as usize]).collect()
    }

    fn hashes(text: &str) -> Vec<u64> {
        words(text).iter().map(|w| w.hash).collect()
    }

    #[test]
    fn known_words() {
        assert_eq!(
            slices("Um 10:00 Uhr, 1.084 Fälle (3,5 %)."),
            ["Um", "10:00", "Uhr", "1.084", "Fälle", "3,5"]
        );
        assert_eq!(
            slices("L’homme didn't 'go' front-line"),
            ["L’homme", "didn't", "go", "front", "line"]
        );
        assert_eq!(slices("Ende 2024. Dann"), ["Ende", "2024", "Dann"]);
        assert_eq!(slices("日本のiPhone版。ｶﾞス"), ["日", "本", "の", "iPhone", "版", "ｶﾞ", "ス"]);
        assert_eq!(slices("ที่นี่"), ["ที่", "นี่"]);
        assert_eq!(slices("한국어 말"), ["한국어", "말"]);
        assert_eq!(slices("می\u{200C}خواهم"), ["می\u{200C}خواهم"]);
        assert_eq!(slices("\u{200B}a\u{200B} b"), ["a", "b"]);
        assert!(slices("… – „“ !? 👍🏽").is_empty());
    }

    #[test]
    fn hashes_are_fixed() {
        assert_eq!(words("Putin")[0].hash, xxh3_64(b"putin"));
        assert_eq!(words("Straße")[0].hash, xxh3_64(b"strasse"));
        assert_eq!(words("Putin")[0].hash, 4_675_623_094_828_681_580);
    }

    #[test]
    fn disguised_words_hash_as_plain_ones() {
        assert_eq!(
            hashes("\u{3A1}utin und \u{421}hina tr\u{200B}offen si\u{AD}ch"),
            hashes("Putin und China troffen sich")
        );
        assert_eq!(hashes("fru\u{308}h l\u{2019}homme ＡＢＣ"), hashes("früh l'homme abc"));
        assert_ne!(hashes("сосна"), hashes("cocha"));
    }

    proptest::proptest! {
        #[test]
        fn offsets_slice_and_hash_is_of_the_normal_form(text in "\\PC{0,60}") {
            let mut last = 0;
            for word in words(&text) {
                proptest::prop_assert!(word.start as usize >= last && word.start < word.end);
                let slice = text.get(word.start as usize..word.end as usize);
                proptest::prop_assert_eq!(word.hash, xxh3_64(normal_form(slice.unwrap()).as_bytes()));
                last = word.end as usize;
            }
        }

        #[test]
        fn offsets_hold_where_marks_and_scripts_mix(text in "[aAiIoсСіα1.,:'’`ßİ\u{307}\u{301}\u{AD}\u{200B}\u{FE0F}´ \u{A0}\u{3099}か中ｶﾞ가ทที่]{0,14}") {
            let mut last = 0;
            for word in words(&text) {
                proptest::prop_assert!(word.start as usize >= last && word.start < word.end);
                let slice = text.get(word.start as usize..word.end as usize);
                proptest::prop_assert_eq!(word.hash, xxh3_64(normal_form(slice.unwrap()).as_bytes()));
                last = word.end as usize;
            }
        }

        #[test]
        fn zero_width_characters_change_no_hash(text in "[a-zA-ZäöüÄß0-9 .,']{0,40}", every in 1usize..5, pick in 0usize..4) {
            let veil = ['\u{200B}', '\u{200D}', '\u{AD}', '\u{FE0F}'][pick];
            let mut veiled = String::new();
            for (at, c) in text.chars().enumerate() {
                veiled.push(c);
                if at % every == 0 { veiled.push(veil); }
            }
            proptest::prop_assert_eq!(hashes(&veiled), hashes(&text));
        }
    }
}
