//! The walk over a text that finds its words, byte by byte, and hashes their normal forms.

use xxhash_rust::xxh3::xxh3_64;

use super::characters::{
    self, ALONE, DROP, LATIN, MIXABLE, OTHER, SLOW, Table, WORDY, clings, is_apostrophe,
    is_invisible, script_bit, stands_alone,
};
use super::eight::Eight;
use super::normal::normal_form;

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

/// Longest word, in bytes, that is read the short way.
const QUICK: usize = 24;

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
            if self.start.is_none()
                && !self.unseen
                && byte.is_ascii()
                && let Some(token) = self.quick(bytes)
            {
                return Some(token);
            }
            let Some(&byte) = bytes.get(self.at) else { break };
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

    /// The next word if it is ASCII, short, and nothing can join it to what follows; signs before it are passed over
    /// either way. Eight bytes are looked at together.
    #[inline]
    fn quick(&mut self, bytes: &[u8]) -> Option<Token> {
        let mut eight = Eight::at(bytes, self.at)?;
        while eight.wordy_run() == 0 {
            let signs = eight.sign_run();
            self.at += signs;
            if signs == 0 {
                return None;
            }
            eight = Eight::at(bytes, self.at)?;
        }
        let mut folded = [0u8; QUICK];
        let mut length = 0;
        for part in folded.chunks_exact_mut(8) {
            part.copy_from_slice(&eight.lower());
            let run = eight.wordy_run();
            length += run;
            if run < 8 {
                break;
            }
            eight = Eight::at(bytes, self.at + length)?;
        }
        let word = folded.get(..length)?;
        let ends = match *bytes.get(self.at + length)? {
            b'\'' | b'`' => false,
            b'.' | b',' | b':' => !word.last().is_some_and(u8::is_ascii_digit),
            // A word of all the room may go on.
            next => next.is_ascii() && length < QUICK,
        };
        if !ends {
            return None;
        }
        let start = self.at;
        self.at += length;
        Some(Token { start, end: self.at, hash: xxh3_64(word), veiled: false, scripts: 0 })
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
                self.next_seen().is_some_and(|c| c.is_alphanumeric() && !stands_alone(c))
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
        let joins = self.next_seen().is_some_and(|c| c.is_alphanumeric() && !stands_alone(c));
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
        if stands_alone(c) && !clings(c) {
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
