//! Containment sketches: which shingles of a text are kept as postings.
//!
//! A shingle is a run of words; a fixed fraction of the hash space is kept, so that two texts keep
//! the same shingles and "how much of A is in B" can be asked of the sketches alone.
//! Irber et al., "Lightweight compositional analysis of metagenomes with `FracMinHash`" (2022).

use std::ops::Range;

use crate::language::{self, Word};
use crate::model::Paragraph;

/// Words in a shingle.
pub const SHINGLE_WORDS: usize = 5;
/// Characters in a shingle of Chinese, Japanese or Thai text, where a character is counted as a word.
const UNSPACED_SHINGLE: usize = 10;
/// One shingle in this many is kept.
pub const KEPT_FRACTION: u64 = 3;
/// Shingles that even the shortest paragraph keeps, if it has as many.
const MIN_KEPT: usize = 3;

/// The kept shingles of a paragraph, sorted, each once.
pub fn shingles(text: &str, words: &[Word]) -> Vec<u64> {
    let hashes: Vec<u64> = words.iter().map(|word| word.hash).collect();
    keep(windows(text, &hashes))
}

/// All shingles of a passage: whatever a paragraph that holds it has kept of them is among these.
pub fn all_shingles(text: &str, words: &[Word]) -> Vec<u64> {
    let hashes: Vec<u64> = words.iter().map(|word| word.hash).collect();
    let mut all = windows(text, &hashes);
    all.sort_unstable();
    all.dedup();
    all
}

/// The kept shingles of a whole story: those of its paragraphs, and those that cross a paragraph
/// break, so that merged and split paragraphs still meet. `own`: the paragraphs' kept shingles.
pub fn article_shingles(paragraphs: &[(&Paragraph, Vec<Word>)], own: &[Vec<u64>]) -> Vec<u64> {
    let mut kept: Vec<u64> = Vec::new();
    let mut tail: Vec<u64> = Vec::new();
    let story = paragraphs.iter().zip(own).filter(|((p, _), _)| p.role.is_story());
    for ((paragraph, words), own) in story {
        kept.extend(own);
        let width = width(&paragraph.text);
        let hashes = words.iter().map(|word| word.hash);
        let bridge: Vec<u64> = tail.iter().copied().chain(hashes.clone().take(width - 1)).collect();
        kept.extend(bridge.windows(width).map(hash).filter(|&hash| is_kept(hash)));
        tail.extend(hashes);
        let cut = tail.len().saturating_sub(width - 1);
        tail.drain(..cut);
    }
    kept.sort_unstable();
    kept.dedup();
    kept
}

/// The byte ranges of a paragraph in which shingles of a list stand, those that meet made one. `wanted`: ascending.
pub fn parts_held(text: &str, words: &[Word], wanted: &[u64]) -> Vec<Range<usize>> {
    let hashes: Vec<u64> = words.iter().map(|word| word.hash).collect();
    let width = width(text);
    let mut parts: Vec<Range<usize>> = Vec::new();
    for (at, shingle) in windows(text, &hashes).into_iter().enumerate() {
        let (Some(first), Some(last)) = (words.get(at), words.get(at + width - 1)) else { break };
        if wanted.binary_search(&shingle).is_err() {
            continue;
        }
        let (start, end) = (first.start as usize, last.end as usize);
        match parts.last_mut() {
            Some(part) if start <= part.end => part.end = end,
            _ => parts.push(start..end),
        }
    }
    parts
}

fn width(text: &str) -> usize {
    let unspaced = text.chars().find(|c| c.is_alphabetic()).is_some_and(language::is_unspaced);
    if unspaced { UNSPACED_SHINGLE } else { SHINGLE_WORDS }
}

fn windows(text: &str, hashes: &[u64]) -> Vec<u64> {
    hashes.windows(width(text)).map(hash).collect()
}

/// Hash of a run of words, in order.
fn hash(words: &[u64]) -> u64 {
    let mixed = words.iter().fold(0x9e37_79b9_7f4a_7c15_u64, |seed, &word| {
        (seed.rotate_left(23) ^ word).wrapping_mul(0xff51_afd7_ed55_8ccd)
    });
    (mixed ^ (mixed >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53) ^ (mixed >> 29)
}

fn is_kept(hash: u64) -> bool {
    hash < u64::MAX / KEPT_FRACTION
}

/// Those below the kept fraction, and the smallest where these are too few.
fn keep(mut all: Vec<u64>) -> Vec<u64> {
    all.sort_unstable();
    all.dedup();
    let kept = all.partition_point(|&hash| is_kept(hash));
    all.truncate(kept.max(MIN_KEPT));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(text: &str) -> Vec<u64> {
        shingles(text, &language::words(text))
    }

    #[test]
    fn known_answers() {
        // All three windows of five words, since so short a text keeps a minimum. A change needs a new version.
        let kept =
            [3_726_710_936_361_862_192, 11_263_635_721_632_434_638, 15_450_556_742_356_360_492];
        assert_eq!(of("eins zwei drei vier fünf sechs sieben"), kept);
    }

    #[test]
    fn a_short_paragraph_keeps_a_minimum() {
        assert_eq!(of("the mayor opened the new bridge on friday").len(), MIN_KEPT);
        assert!(of("four words are few").is_empty());
    }

    proptest! {
        /// A paragraph's sketch is found again wherever the paragraph stands.
        #[test]
        fn a_contained_text_keeps_its_shingles(words in prop::collection::vec("[a-z]{2,9}", 20..60), own in prop::collection::vec("[a-z]{2,9}", 5..20)) {
            let text = words.join(" ");
            let larger = format!("{} {text}", own.join(" "));
            let kept = of(&larger);
            prop_assert!(of(&text).iter().filter(|hash| is_kept(**hash)).all(|hash| kept.binary_search(hash).is_ok()));
        }
    }
}
