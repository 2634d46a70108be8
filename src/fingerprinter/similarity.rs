//! SimHash of a paragraph: 64 bits whose Hamming distance grows with the share of text that differs.
//!
//! Charikar, "Similarity estimation techniques from rounding algorithms" (STOC 2002), over character
//! features. The sums are those of the `simhash` crate; they are only added up faster.
//!
//! It judges no pair and searches nothing, by measurement (`cargo test --test matching simhash -- --nocapture`, on
//! paragraphs of 40 words with one word in eight changed): the shingles find what any radius finds that unrelated
//! paragraphs do not reach, and alignment, which judges every candidate, says on the words themselves what the
//! distance guesses. It is kept with each paragraph, checked, and there for stores without their texts.

use crate::language;

/// Characters in a feature of a text whose script puts spaces between words.
const FEATURE: usize = 5;
/// Characters in a feature of Chinese, Japanese or Thai text, where a character says more.
const UNSPACED_FEATURE: usize = 2;

/// SimHash of a normal form; 0 for an empty one.
pub fn simhash(normal: &str) -> u64 {
    let mut sums = Sums::default();
    if normal.is_ascii() && normal.len() >= FEATURE {
        sums.add_all(normal.as_bytes().windows(FEATURE).map(fnv));
    } else {
        sums.add_all(features(normal).map(|feature| fnv(feature.as_bytes())));
    }
    sums.majority()
}

/// Bits in which two `SimHashes` differ, 0..=64.
pub fn distance(a: u64, b: u64) -> u32 {
    simhash::hamming_distance(a, b)
}

/// Overlapping character windows of a text; a text shorter than one is its own feature.
fn features(text: &str) -> impl Iterator<Item = &str> {
    let width = text
        .chars()
        .find(|c| c.is_alphabetic())
        .map_or(FEATURE, |c| if language::is_unspaced(c) { UNSPACED_FEATURE } else { FEATURE });
    let mut starts = text.char_indices().map(|(at, _)| at);
    let mut ends =
        text.char_indices().map(|(at, _)| at).skip(width).chain(std::iter::once(text.len()));
    let short = !text.is_empty() && text.char_indices().nth(width).is_none();
    let whole = short.then_some(text);
    let windows = std::iter::from_fn(move || {
        let (start, end) = (starts.next()?, ends.next()?);
        Some(&text[start..end])
    });
    whole.into_iter().chain(windows.take(if short { 0 } else { usize::MAX }))
}

/// FNV-1a of a string as `std::hash::Hash` feeds it: its bytes, then 0xff.
fn fnv(bytes: &[u8]) -> u64 {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(PRIME);
    step(bytes.iter().fold(BASIS, |hash, &byte| step(hash, byte)), 0xff)
}

/// How many features had each bit set: bit `i` of plane `p` is binary digit `p` of bit `i`'s count.
#[derive(Default)]
struct Sums {
    planes: [u64; 32],
    features: u32,
}

/// Adds three bits of each place: sum and carry.
const fn add_three(a: u64, b: u64, c: u64) -> (u64, u64) {
    let either = a ^ b;
    (either ^ c, (a & b) | (either & c))
}

impl Sums {
    /// Eight at a time, so that most carries stay in registers (Harley and Seal's population count).
    fn add_all(&mut self, mut hashes: impl Iterator<Item = u64>) {
        loop {
            let mut eight = [0u64; 8];
            let mut count = 0;
            for (slot, hash) in eight.iter_mut().zip(&mut hashes) {
                *slot = hash;
                count += 1;
            }
            if count < 8 {
                for hash in eight.into_iter().take(count) {
                    self.carry(0, hash);
                }
                self.features += u32::try_from(count).unwrap_or(0);
                return;
            }
            self.add_eight(eight);
        }
    }

    #[expect(clippy::many_single_char_names, reason = "eight of a kind")]
    fn add_eight(&mut self, [a, b, c, d, e, f, g, h]: [u64; 8]) {
        let [ones, twos, fours, ..] = &mut self.planes;
        let (sum, two_a) = add_three(*ones, a, b);
        let (sum, two_b) = add_three(sum, c, d);
        let (sum, two_c) = add_three(sum, e, f);
        let (sum, two_d) = add_three(sum, g, h);
        *ones = sum;
        let (sum, four_a) = add_three(*twos, two_a, two_b);
        let (sum, four_b) = add_three(sum, two_c, two_d);
        *twos = sum;
        let (sum, eight) = add_three(*fours, four_a, four_b);
        *fours = sum;
        self.carry(3, eight);
        self.features += 8;
    }

    /// Adds a bit of each place to the counts, at a binary digit.
    fn carry(&mut self, digit: usize, bits: u64) {
        let mut carry = bits;
        for plane in self.planes.iter_mut().skip(digit) {
            let next = *plane & carry;
            *plane ^= carry;
            carry = next;
            if carry == 0 {
                break;
            }
        }
    }

    /// The bits that more than half of the features had set.
    fn majority(&self) -> u64 {
        let half = self.features / 2;
        let (mut above, mut equal) = (0u64, u64::MAX);
        for (digit, plane) in self.planes.iter().enumerate().rev() {
            if half >> digit & 1 == 0 {
                above |= equal & plane;
                equal &= !plane;
            } else {
                equal &= plane;
            }
        }
        above
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_sums_are_those_of_the_simhash_crate(text in "\\PC{0,200}") {
            prop_assert_eq!(simhash(&text), simhash::simhash_stream(features(&text)));
        }
    }

    #[test]
    fn known_answers() {
        assert_eq!(simhash(""), 0);
        let text = "der kanzler reist am montag nach paris und trifft dort den präsidenten";
        let changed = "der kanzler reist am dienstag nach paris und trifft dort den präsidenten";
        assert_eq!(simhash(text), 15_130_561_779_806_789_457);
        let unrelated =
            "die feuerwehr löschte in der nacht einen brand im alten lagerhaus am hafen";
        let near = distance(simhash(text), simhash(changed));
        assert!(near < distance(simhash(text), simhash(unrelated)));
    }
}
