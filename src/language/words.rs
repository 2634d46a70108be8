//! Words of a text: where they stand and what their normal form hashes to.

use xxhash_rust::xxh3::xxh3_64;

use super::characters::{
    self, ALONE, DROP, LATIN, MIXABLE, OTHER, SLOW, Table, WORDY, clings, is_apostrophe,
    is_invisible, script_bit, is_unspaced,
};
use super::normal::normal_form;

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

/// ASCII letters in lower case and digits; everything else 0.
const ALNUM: [u8; 128] = {
    let mut table = [0u8; 128];
    let mut b = 0u8;
    while b < 128 {
        if b.is_ascii_alphanumeric() {
            table[b as usize] = b.to_ascii_lowercase();
        }
        b += 1;
    }
    table
};

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

/// A word with what its folding took.
pub(super) struct Token {
    pub start: usize,
    pub end: usize,
    pub hash: u64,
    /// Invisible characters stand inside.
    pub veiled: bool,
    /// Bits of the scripts of its letters.
    pub scripts: u8,
}

/// Walks over a text word by word.
pub(super) struct Scan<'t> {
    text: &'t str,
    table: &'static Table,
    at: usize,
    folded: Vec<u8>,
    start: Option<usize>,
    end: usize,
    slow: bool,
    unseen: bool,
    veiled: bool,
    scripts: u8,
}

impl<'t> Scan<'t> {
    pub fn new(text: &'t str) -> Self {
        Self {
            text,
            table: characters::table(),
            at: 0,
            folded: Vec::with_capacity(64),
            start: None,
            end: 0,
            slow: false,
            unseen: false,
            veiled: false,
            scripts: 0,
        }
    }

    pub fn next_word(&mut self) -> Option<Token> {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            let done = match ALNUM.get(usize::from(byte)) {
                Some(0) => self.ascii_sign(byte),
                Some(_) => {
                    self.ascii_run(bytes);
                    false
                }
                None => match self.wide(bytes) {
                    Step::Within => false,
                    Step::Ended => true,
                    Step::Alone(width) => {
                        if self.start.is_none() {
                            return Some(self.alone(width));
                        }
                        // The word before it first; the character is looked at again.
                        true
                    }
                },
            };
            if done && self.start.is_some() {
                return self.finish();
            }
        }
        self.finish()
    }

    /// Reads ASCII letters and digits as far as they go.
    #[inline]
    fn ascii_run(&mut self, bytes: &[u8]) {
        self.open(self.at);
        let rest = bytes.get(self.at..).unwrap_or_default();
        let mut taken = 0;
        for &byte in rest {
            match ALNUM.get(usize::from(byte)) {
                Some(&lower) if lower != 0 => self.folded.push(lower),
                _ => break,
            }
            taken += 1;
        }
        self.at += taken;
        self.end = self.at;
    }

    #[inline]
    fn open(&mut self, at: usize) {
        if self.start.is_none() {
            self.start = Some(at);
            self.unseen = false;
        }
        self.veiled |= self.unseen;
        self.unseen = false;
    }

    /// An ASCII sign ends the word unless it joins what stands around it.
    fn ascii_sign(&mut self, byte: u8) -> bool {
        let here = self.at;
        self.at += 1;
        if self.start.is_none() {
            return true;
        }
        let joins = match byte {
            b'.' | b',' | b':' => {
                self.folded.last().is_some_and(u8::is_ascii_digit)
                    && self.next_seen().is_some_and(|c| c.is_ascii_digit())
            }
            b'\'' | b'`' => {
                self.next_seen().is_some_and(|c| c.is_alphanumeric() && !is_unspaced(c))
            }
            _ => false,
        };
        if joins {
            self.folded.push(if byte == b'`' { b'\'' } else { byte });
            return false;
        }
        self.at = here + 1;
        true
    }

    /// The next character that can be seen.
    fn next_seen(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().find(|&c| !is_invisible(c))
    }

    fn wide(&mut self, bytes: &[u8]) -> Step {
        let look = self.table.look(bytes.get(self.at..).unwrap_or_default());
        let width = usize::from(look.width);
        match look.class {
            SLOW => return self.undecided(),
            DROP => self.unseen = true,
            ALONE => return Step::Alone(width),
            class if class & WORDY != 0 && class & !WORDY == 0 => {
                self.open(self.at);
                self.scripts |= class;
                self.folded.extend_from_slice(look.folded());
                self.end = self.at + width;
            }
            _ => {
                self.at += width;
                return if look.folded() == b"'" { self.apostrophe() } else { Step::Ended };
            }
        }
        self.at += width;
        Step::Within
    }

    fn apostrophe(&mut self) -> Step {
        let joins = self.next_seen().is_some_and(|c| c.is_alphanumeric() && !is_unspaced(c));
        if self.start.is_some() && joins {
            self.folded.push(b'\'');
            return Step::Within;
        }
        Step::Ended
    }

    /// A character that the table does not decide.
    fn undecided(&mut self) -> Step {
        let Some(c) = self.text.get(self.at..).and_then(|rest| rest.chars().next()) else {
            self.at += 1;
            return Step::Ended;
        };
        let width = c.len_utf8();
        if is_unspaced(c) && !clings(c) {
            return Step::Alone(width);
        }
        let here = self.at;
        self.at += width;
        if is_invisible(c) {
            self.unseen = true;
        } else if is_apostrophe(c) {
            return self.apostrophe();
        } else if clings(c) {
            if self.start.is_none() {
                return Step::Ended;
            }
            self.take_slow(here, 0);
        } else if c.is_alphanumeric() {
            self.take_slow(here, script_bit(c));
        } else {
            return Step::Ended;
        }
        Step::Within
    }

    fn take_slow(&mut self, from: usize, script: u8) {
        self.open(from);
        self.slow = true;
        self.scripts |= script;
        self.folded.push(0);
        self.end = self.at;
    }

    /// A character that is a word, with the marks that cling to it.
    fn alone(&mut self, width: usize) -> Token {
        let start = self.at;
        let mut end = start + width;
        let mut slow = width != 3;
        let mut seen = end;
        for c in self.text.get(end..).unwrap_or_default().chars() {
            seen += c.len_utf8();
            if clings(c) {
                end = seen;
                slow = true;
            } else if !is_invisible(c) {
                break;
            }
        }
        let slice = self.text.get(start..end).unwrap_or_default();
        // Kana and unified ideographs are their own normal form.
        slow |= slice.as_bytes().first().is_none_or(|lead| !(0xE3..=0xE9).contains(lead));
        slow |= self.table.look(slice.as_bytes()).class != ALONE;
        let hash =
            if slow { xxh3_64(normal_form(slice).as_bytes()) } else { xxh3_64(slice.as_bytes()) };
        self.at = end;
        self.unseen = false;
        Token { start, end, hash, veiled: false, scripts: OTHER }
    }

    fn finish(&mut self) -> Option<Token> {
        let start = self.start.take()?;
        let slow = self.slow || (self.scripts & (MIXABLE ^ LATIN) != 0 && self.mixes());
        let hash = if slow {
            xxh3_64(normal_form(self.text.get(start..self.end).unwrap_or_default()).as_bytes())
        } else {
            xxh3_64(&self.folded)
        };
        let token =
            Token { start, end: self.end, hash, veiled: self.veiled, scripts: self.scripts };
        self.folded.clear();
        self.slow = false;
        self.unseen = false;
        self.veiled = false;
        self.scripts = 0;
        Some(token)
    }

    /// Letters of several scripts; ASCII ones count as Latin.
    fn mixes(&mut self) -> bool {
        if self.folded.iter().any(u8::is_ascii_alphabetic) {
            self.scripts |= LATIN;
        }
        (self.scripts & MIXABLE).count_ones() > 1
    }
}

enum Step {
    /// The word goes on, or there is none.
    Within,
    /// Whatever word there was has ended.
    Ended,
    /// A character of that many bytes is a word of its own.
    Alone(usize),
}

#[cfg(test)]
mod tests {
    use super::*;

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
