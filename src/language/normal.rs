//! The normal form of a text, on which every fingerprint hangs, and its version.

use unicode_normalization::UnicodeNormalization;

use super::characters::{
    self, ALONE, DROP, LATIN, MIXABLE, PLAIN, SLOW, SPACE, Table, is_invisible, unify,
};
use super::lookalike;

/// Version of the normal form. A stored fingerprint with another one is stale.
pub const NORMAL_FORM_VERSION: i64 = 1;

/// ASCII: lower case, backtick as apostrophe, white space and controls as 0.
const ASCII: [u8; 128] = {
    let mut table = [0u8; 128];
    let mut b = 0x21u8;
    while b < 0x7F {
        table[b as usize] = if b == b'`' { b'\'' } else { b.to_ascii_lowercase() };
        b += 1;
    }
    table
};

/// The text in the form that is compared: NFKC (Unicode UAX #15), case folded, quotes, dashes and spaces unified and
/// runs of space collapsed, invisible characters out, look-alike letters folded in words that mix scripts (UTS #39).
///
/// Idempotent. Words of one script stay in it: a Cyrillic or Greek word is not touched.
pub fn normal_form(text: &str) -> String {
    Former::new(text).run()
}

/// Bytes that are looked at together where all of them are plain ASCII.
const BLOCK: usize = 16;

/// One pass over a text. A token is what stands between two spaces; it is minded only where it may need the long way.
struct Former<'t> {
    text: &'t str,
    table: &'static Table,
    out: Vec<u8>,
    /// Where a token may start at the earliest, in the text and in `out`.
    floor: (usize, usize),
    /// Start of the minded token, in the text and in `out`.
    token: Option<(usize, usize)>,
    /// Undecided characters in the token: it is folded the long way.
    slow: bool,
    scripts: u8,
}

impl<'t> Former<'t> {
    fn new(text: &'t str) -> Self {
        let out = Vec::with_capacity(text.len() + BLOCK);
        Self {
            text,
            table: characters::table(),
            out,
            floor: (0, 0),
            token: None,
            slow: false,
            scripts: 0,
        }
    }

    fn run(mut self) -> String {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if !byte.is_ascii() {
                at = self.wide(bytes, at);
            } else if self.token.is_none() && self.block(bytes, at) {
                at += BLOCK;
            } else {
                at = self.ascii(bytes, at);
            }
        }
        self.end_token(bytes.len());
        if self.out.last() == Some(&b' ') {
            self.out.pop();
        }
        String::from_utf8(self.out).unwrap_or_default()
    }

    /// Takes a block of printable ASCII with single spaces at once.
    fn block(&mut self, bytes: &[u8], at: usize) -> bool {
        let Some(block) = bytes.get(at..).and_then(<[u8]>::first_chunk::<BLOCK>) else {
            return false;
        };
        let mut before = self.out.last().copied().unwrap_or(b' ');
        let (mut odd, mut gaps) = (false, false);
        for &b in block {
            odd |= !(b' '..=b'~').contains(&b);
            odd |= b == b'`';
            gaps |= b == b' ' && before == b' ';
            before = b;
        }
        if odd || gaps {
            return false;
        }
        self.out.extend_from_slice(&block.map(|b| b | u8::from(b.is_ascii_uppercase()) << 5));
        true
    }

    /// Takes ASCII byte by byte, a block at most.
    fn ascii(&mut self, bytes: &[u8], from: usize) -> usize {
        let mut at = from;
        for &byte in bytes.get(from..).unwrap_or_default().iter().take(BLOCK) {
            let Some(&lower) = ASCII.get(usize::from(byte)) else { break };
            if lower == 0 {
                self.space(at, at + 1);
            } else {
                self.out.push(lower);
            }
            at += 1;
        }
        at
    }

    fn wide(&mut self, bytes: &[u8], at: usize) -> usize {
        let look = self.table.look(bytes.get(at..).unwrap_or_default());
        let next = at + usize::from(look.width);
        match look.class {
            SLOW => {
                self.mind(bytes, at);
                self.slow = true;
            }
            DROP => {}
            SPACE => self.space(at, next),
            class => {
                if class == ALONE {
                    // No mark before it can bind to it: what came before is settled by itself.
                    self.end_token(at);
                    self.floor = (at, self.out.len());
                } else if class & (MIXABLE ^ LATIN) != 0 && class != PLAIN {
                    self.mind(bytes, at);
                }
                if class != PLAIN {
                    self.scripts |= class;
                }
                self.out.extend_from_slice(look.folded());
            }
        }
        next
    }

    /// A space of any kind from `at` to `next`.
    fn space(&mut self, at: usize, next: usize) {
        self.end_token(at);
        if self.out.last().is_some_and(|&last| last != b' ') {
            self.out.push(b' ');
        }
        self.floor = (next, self.out.len());
    }

    /// From here on the token around `at` is minded: finds where it started.
    fn mind(&mut self, bytes: &[u8], at: usize) {
        if self.token.is_some() {
            return;
        }
        let (floor_in, floor_out) = self.floor;
        let is_gap = |b: &u8| ASCII.get(usize::from(*b)) == Some(&0);
        let before = bytes.get(floor_in..at).unwrap_or_default();
        let token_in = before.iter().rposition(is_gap).map_or(floor_in, |gap| floor_in + gap + 1);
        let written = self.out.get(floor_out..).unwrap_or_default();
        let token_out =
            written.iter().rposition(|&b| b == b' ').map_or(floor_out, |gap| floor_out + gap + 1);
        self.token = Some((token_in, token_out));
    }

    #[inline]
    fn end_token(&mut self, at: usize) {
        if let Some(token) = self.token.take() {
            self.settle(token, at);
            self.slow = false;
            self.scripts = 0;
        }
    }

    /// Folds the token the long way where the short one may have erred.
    fn settle(&mut self, (token_in, token_out): (usize, usize), at: usize) {
        let short = self.out.get(token_out..).unwrap_or_default();
        if short.iter().any(u8::is_ascii_alphabetic) {
            self.scripts |= LATIN;
        }
        if self.slow || (self.scripts & MIXABLE).count_ones() > 1 {
            self.out.truncate(token_out);
            let mut folded = String::new();
            fold_token(self.text.get(token_in..at).unwrap_or_default(), &mut folded);
            let fresh = self.out.last().is_none_or(|&last| last == b' ');
            let folded = if fresh { folded.trim_start_matches(' ') } else { &folded };
            self.out.extend_from_slice(folded.as_bytes());
        }
    }
}

/// The long way, for any characters: repeated until nothing changes, so that the form is its own form.
pub(super) fn fold_token(token: &str, out: &mut String) {
    let mut form: String = token.chars().filter(|&c| !is_invisible(c)).map(unify).nfkc().collect();
    // Three rounds settle every character of Unicode (tested); the bound is for what Unicode may add.
    for _ in 0..6 {
        let next = fold_once(&form);
        if next == form {
            break;
        }
        form = next;
    }
    for c in form.chars() {
        if c != ' ' || !out.ends_with(' ') {
            out.push(c);
        }
    }
}

fn fold_once(form: &str) -> String {
    let unmixed = lookalike::unmix(form);
    let mut last = ' ';
    let folded = unmixed.chars().flat_map(char::to_uppercase).flat_map(char::to_lowercase);
    folded
        .filter(|&c| {
            // Turkish dotted capital I folds to i and a dot above: the dot says nothing more.
            let dotted = c == '\u{307}' && last == 'i';
            last = c;
            !dotted && !is_invisible(c)
        })
        .map(unify)
        .nfkc()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::char::is_combining_mark;

    #[test]
    fn known_answers() {
        for (text, form) in [
            ("Der  Kanzler\n sagte:", "der kanzler sagte:"),
            ("„Straße“ – ‚gut‘ …", "\"strasse\" - 'gut' ..."),
            ("STRASSE", "strasse"),
            ("Bun\u{AD}des\u{200B}tag", "bundestag"),
            ("\u{FEFF}Zu\u{FE0F} früh", "zu früh"),
            ("fru\u{308}h", "früh"),
            ("10\u{A0}000 €", "10 000 €"),
            ("\u{3A1}utin", "putin"),
            ("П\u{443}тин Москва", "путин москва"),
            ("Πούτιν", "πούτιν"),
            ("ΟΔΟΣ οδός", "οδοσ οδόσ"),
            ("İstanbul ISPARTA ısparta", "istanbul isparta isparta"),
            ("ﬁnal Ａ１ ｶﾞ", "final a1 ガ"),
            ("a \u{200B} b", "a b"),
            ("IT-шник и Telegram-канал", "it-шник и telegram-канал"),
            ("«Ja»", "\"ja\""),
            ("´a` ¨", "'a'  \u{308}".replacen("  ", " ", 1).as_str()),
            ("今日は晴れ。", "今日は晴れ。"),
            ("", ""),
        ] {
            assert_eq!(normal_form(text), form, "{text:?}");
        }
    }

    #[test]
    fn every_character_is_settled_in_one_pass() {
        // The ideographs of planes 2 and 3 are their own form; the private planes mean nothing.
        let planes =
            ('\0'..='\u{D7FF}').chain('\u{F900}'..='\u{1FFFF}').chain('\u{2F800}'..='\u{2FA1F}');
        for c in planes.chain('\u{E0000}'..='\u{E01FF}') {
            let once = normal_form(&format!("x {c} {c}a a{c}"));
            assert_eq!(normal_form(&once), once, "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn the_short_way_agrees_with_the_long_one() {
        for c in
            ('\u{80}'..='\u{FFFF}').filter(|&c| !characters::is_space(c) && !is_combining_mark(c))
        {
            for token in [format!("{c}"), format!("{c}e"), format!("Ж{c}"), format!("A{c}ü")] {
                let mut long = String::new();
                fold_token(&token, &mut long);
                assert_eq!(normal_form(&token), long.trim_matches(' '), "{token:?}");
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn idempotent(text in "\\PC{0,60}") {
            let once = normal_form(&text);
            proptest::prop_assert_eq!(normal_form(&once), once);
        }

        #[test]
        fn idempotent_where_marks_and_scripts_mix(text in "[aAiIoсСіІαΣσßİ\u{307}\u{301}\u{308}\u{AD}\u{200B}\u{200D}´¨ʼ '’\u{A0}\u{3099}かｶﾞ가\u{11A8}·•]{0,12}") {
            let once = normal_form(&text);
            proptest::prop_assert_eq!(normal_form(&once), once);
        }
    }
}
