//! Eight bytes looked at together: which are ASCII letters or digits, and their lower case.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * ONES;

/// Eight bytes of a text, the first in the lowest place; the marks are the high bit of each byte's place.
#[derive(Clone, Copy)]
pub(super) struct Eight {
    bytes: u64,
    wordy: u64,
    upper: u64,
}

/// Marks of the bytes from `low` to `high`; the bytes are below 0x80, so that no sum carries into the next place.
const fn between(bytes: u64, low: u8, high: u8) -> u64 {
    let at_least = bytes + (0x80 - low as u64) * ONES;
    let above = bytes + (0x7F - high as u64) * ONES;
    at_least & !above & HIGH
}

impl Eight {
    /// The bytes from `at` on; none where fewer than eight are left.
    #[inline]
    pub fn at(text: &[u8], at: usize) -> Option<Self> {
        let bytes = u64::from_le_bytes(*text.get(at..)?.first_chunk()?);
        let low = bytes & !HIGH;
        let ascii = !bytes & HIGH;
        let upper = between(low, b'A', b'Z') & ascii;
        let wordy = (between(low, b'a', b'z') | between(low, b'0', b'9')) & ascii | upper;
        Some(Self { bytes, wordy, upper })
    }

    /// How many letters and digits the bytes begin with.
    #[inline]
    pub const fn wordy_run(self) -> usize {
        ((!self.wordy & HIGH).trailing_zeros() / 8) as usize
    }

    /// How many ASCII signs, neither letters nor digits, the bytes begin with.
    #[inline]
    pub const fn sign_run(self) -> usize {
        ((self.wordy | self.bytes & HIGH).trailing_zeros() / 8) as usize
    }

    /// The bytes with ASCII letters in lower case.
    #[inline]
    pub const fn lower(self) -> [u8; 8] {
        (self.bytes | self.upper >> 2).to_le_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_is_judged_as_alone() {
        for byte in 0..=u8::MAX {
            for place in 0..8 {
                let mut text = *b"aaaaaaaa";
                text[place] = byte;
                let eight = Eight::at(&text, 0).expect("eight bytes");
                let run = if byte.is_ascii_alphanumeric() { 8 } else { place };
                assert_eq!(eight.wordy_run(), run, "{byte} at {place}");
                assert_eq!(eight.lower(), text.map(|b| b.to_ascii_lowercase()));
                let mut signs = *b"        ";
                signs[place] = byte;
                let run = if byte.is_ascii() && !byte.is_ascii_alphanumeric() { 8 } else { place };
                assert_eq!(
                    Eight::at(&signs, 0).map(Eight::sign_run),
                    Some(run),
                    "{byte} at {place}"
                );
            }
        }
        assert!(Eight::at(b"short", 0).is_none() && Eight::at(b"eight by", 1).is_none());
    }
}
