//! What a single character counts for: letter, space, quote, dash, nothing at all; and a table of answers for the common ones.

use std::sync::LazyLock;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, is_nfkc_quick};
use unicode_script::{Script, UnicodeScript};

use super::normal::fold_token;

/// Letters of the scripts that are mixed to deceive, as bits of a class.
pub(super) const LATIN: u8 = 1;
pub(super) const GREEK: u8 = 2;
pub(super) const CYRILLIC: u8 = 4;
pub(super) const ARMENIAN: u8 = 8;
/// Bits that say which of the deceiving scripts a word has letters of.
pub(super) const MIXABLE: u8 = LATIN | GREEK | CYRILLIC | ARMENIAN;
/// A letter or digit that belongs to none of them.
pub(super) const OTHER: u8 = 0x10;
/// Any letter or digit of a spaced script.
pub(super) const WORDY: u8 = MIXABLE | OTHER;
/// A character of a script without spaces: a word of its own.
pub(super) const ALONE: u8 = 0x20;
/// Punctuation and signs.
pub(super) const PLAIN: u8 = 0x40;
/// Space of any width, controls included.
pub(super) const SPACE: u8 = 0x41;
/// Invisible: leaves nothing behind.
pub(super) const DROP: u8 = 0x80;
/// Not decidable from this character alone: take the long way.
pub(super) const SLOW: u8 = 0;

/// One character looked up: class, bytes read, bytes it folds to.
#[derive(Clone, Copy)]
pub(super) struct Look {
    pub class: u8,
    pub width: u8,
    fold: [u8; 4],
    fold_len: u8,
}

impl Look {
    const fn bare(class: u8, width: u8) -> Self {
        Self { class, width, fold: [0; 4], fold_len: 0 }
    }

    fn with(class: u8, width: u8, folded: &[u8]) -> Self {
        let mut look = Self::bare(class, width);
        for (to, from) in look.fold.iter_mut().zip(folded) {
            *to = *from;
            look.fold_len += 1;
        }
        look
    }

    /// The folded form; empty for invisible and undecided characters.
    #[inline]
    pub fn folded(&self) -> &[u8] {
        self.fold.get(..usize::from(self.fold_len)).unwrap_or_default()
    }
}

/// Answers for U+0080 to U+07FF (two bytes in UTF-8).
pub(super) struct Table {
    two: Vec<Look>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| Table {
    two: (0x80..0x800).filter_map(char::from_u32).map(two_byte_entry).collect(),
});

pub(super) fn table() -> &'static Table {
    &TABLE
}

fn two_byte_entry(c: char) -> Look {
    if is_invisible(c) {
        return Look::bare(DROP, 2);
    }
    if is_space(c) {
        return Look::with(SPACE, 2, b" ");
    }
    let mut folded = String::new();
    fold_token(c.encode_utf8(&mut [0; 4]), &mut folded);
    let starts = |f: char| !is_combining_mark(f) && f != ' ';
    if folded.is_empty() || folded.len() > 4 || is_combining_mark(c) || !folded.chars().all(starts)
    {
        return Look::bare(SLOW, 2);
    }
    // A letter whose own normal form is another still composes with marks as that form does; marks are undecided anyway.
    if is_nfkc_quick(folded.chars()) != IsNormalized::Yes {
        return Look::bare(SLOW, 2);
    }
    // The micro sign has no script; what it folds to has.
    let script = folded.chars().next().map_or(OTHER, script_bit);
    let class = if c.is_alphanumeric() && !is_apostrophe(c) { script } else { PLAIN };
    Look::with(class, 2, folded.as_bytes())
}

impl Table {
    /// Looks at the character that starts `bytes`, which is not ASCII. Anything odd is [`SLOW`].
    #[inline]
    pub fn look(&self, bytes: &[u8]) -> Look {
        match *bytes {
            [a @ 0xC2..=0xDF, b, ..] => {
                let at = ((usize::from(a) & 0x1F) << 6 | usize::from(b) & 0x3F).wrapping_sub(0x80);
                self.two.get(at).copied().unwrap_or(Look::bare(SLOW, 2))
            }
            [a @ 0xE0..=0xEF, b, c, ..] => three_bytes(a, b, c),
            [0xF0..=0xFF, ..] => Look::bare(SLOW, 4),
            _ => Look::bare(SLOW, 1),
        }
    }
}

fn three_bytes(a: u8, b: u8, c: u8) -> Look {
    let same = [a, b, c];
    match (a, b, c) {
        (0xE2, 0x80, 0x90..=0x95) => Look::with(PLAIN, 3, b"-"),
        (0xE2, 0x80, 0x98..=0x9B | 0xB9 | 0xBA) => Look::with(PLAIN, 3, b"'"),
        (0xE2, 0x80, 0x9C..=0x9F) => Look::with(PLAIN, 3, b"\""),
        (0xE2, 0x80, 0xA6) => Look::with(PLAIN, 3, b"..."),
        (0xE2, 0x80, 0x80..=0x8A | 0xA8 | 0xA9 | 0xAF)
        | (0xE2, 0x81, 0x9F)
        | (0xE3, 0x80, 0x80) => Look::with(SPACE, 3, b" "),
        (0xE2, 0x80, 0x8B..=0x8F | 0xAA..=0xAE)
        | (0xE2, 0x81, 0xA0..=0xAF)
        | (0xEF, 0xB8, 0x80..=0x8F)
        | (0xEF, 0xBB, 0xBF) => Look::bare(DROP, 3),
        (0xE2, 0x80, 0xA2)
        | (0xE2, 0x82, 0xAC)
        | (0xE3, 0x80, 0x81..=0x84 | 0x88..=0x9C | 0xA0)
        | (0xE3, 0x83, 0xBB) => Look::with(PLAIN, 3, &same),
        (0xEF, 0xBC, 0x81..) | (0xEF, 0xBD, 0x80..=0x9E) => full_width(b, c),
        // Kana without its combining and compatibility signs, unified ideographs, precomposed Hangul: their own normal forms.
        (0xE3, 0x81, 0x81..)
        | (0xE3, 0x82, 0x80..=0x96 | 0xA1..)
        | (0xE3, 0x83, 0x80..=0xBA | 0xBC..=0xBE) => Look::with(ALONE, 3, &same),
        (0xE3, 0x90.., _) | (0xE4, 0x80..=0xB6 | 0xB8.., _) | (0xE5..=0xE9, ..) => {
            Look::with(ALONE, 3, &same)
        }
        (0xEA, 0xB0.., _) | (0xEB | 0xEC, ..) | (0xED, ..=0x9D, _) => Look::with(OTHER, 3, &same),
        _ => Look::bare(SLOW, 3),
    }
}

/// U+FF01 to U+FF5E: ASCII as wide as an ideograph.
fn full_width(b: u8, c: u8) -> Look {
    let ascii = (c & 0x3F | (b & 1) << 6).wrapping_add(0x20).to_ascii_lowercase();
    let class = match ascii {
        b'a'..=b'z' => LATIN,
        b'0'..=b'9' => OTHER,
        _ => PLAIN,
    };
    Look::with(class, 3, &[if ascii == b'`' { b'\'' } else { ascii }])
}

/// The class bit of a letter or digit.
pub(super) fn script_bit(c: char) -> u8 {
    match c.script() {
        Script::Latin => LATIN,
        Script::Greek => GREEK,
        Script::Cyrillic => CYRILLIC,
        Script::Armenian => ARMENIAN,
        _ => OTHER,
    }
}

/// Default-ignorable characters (Unicode `Default_Ignorable_Code_Point`), soft hyphen and variation selectors among them.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(u32::from(c),
        0xAD | 0x34F | 0x61C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F
        | 0x202A..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFF8
        | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF)
}

/// White space and controls.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// Signs that stand for an apostrophe or a single quotation mark.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`'
            | '´'
            | 'ʹ'
            | 'ʻ'
            | 'ʼ'
            | 'ʽ'
            | 'ˈ'
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | '‹'
            | '›'
            | '′'
            | '‵'
            | '＇'
            | '｀'
    )
}

/// Quotes, dashes and spaces in their one form; everything else as it is.
pub(super) fn unify(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '〝' | '〞' | '〟' | '＂' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '⁃' | '﹘' | '﹣' | '－' => {
            '-'
        }
        c if is_apostrophe(c) => '\'',
        c if is_space(c) => ' ',
        c => c,
    }
}

/// Characters of scripts that set no spaces between words: Chinese, Japanese, Thai, Lao, Khmer, Burmese.
pub(super) fn stands_alone(c: char) -> bool {
    matches!(u32::from(c),
        0x0E01..=0x0E3A | 0x0E40..=0x0E4E | 0x0E81..=0x0ECD | 0x0EDC..=0x0EDF | 0x1000..=0x103F | 0x104C..=0x108F
        | 0x109A..=0x109F | 0x1780..=0x17D3 | 0x17D7 | 0x17DC..=0x17DD | 0x3005..=0x3007 | 0x3021..=0x3029
        | 0x3031..=0x3035 | 0x3041..=0x309F | 0x30A1..=0x30FA | 0x30FC..=0x30FF | 0x31F0..=0x31FF | 0x3400..=0x4DBF
        | 0x4E00..=0x9FFF | 0xA9E0..=0xA9FE | 0xAA60..=0xAA7F | 0xF900..=0xFAFF | 0xFF66..=0xFF9F
        | 0x1B000..=0x1B16F | 0x20000..=0x3FFFF)
}

/// Marks that belong to the character before them, half-width voicing signs included.
pub(super) fn clings(c: char) -> bool {
    is_combining_mark(c) || matches!(c, '\u{FF9E}' | '\u{FF9F}')
}
