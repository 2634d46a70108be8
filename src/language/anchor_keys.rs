//! Keys of anchors: a hash for each class and content, and what it becomes in an index.

/// What tells the classes' keys apart; between meaning and stem of English only this differs.
const NUMBER: u64 = 0x1b87_3593_cc9e_2d51;
const SKELETON: u64 = 0x85eb_ca6b_27d4_eb2f;
const MEANING: u64 = 0xc2b2_ae35_1656_67b1;
const STEM: u64 = 0x9e37_79b1_85eb_ca77;

fn key(class: u64, content: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64(content.as_bytes()) ^ class
}

/// Key of a number's digits.
pub(super) fn number_key(word: &str) -> u64 {
    let digits: String = word
        .chars()
        .filter_map(|c| c.to_digit(10).or_else(|| fullwidth_digit(c)))
        .filter_map(|digit| char::from_digit(digit, 10))
        .collect();
    key(NUMBER, &digits)
}

fn fullwidth_digit(c: char) -> Option<u32> {
    ('０'..='９').contains(&c).then(|| c as u32 - '０' as u32)
}

pub(super) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || fullwidth_digit(c).is_some()
}

/// Key of a name's skeleton; with `folded`, r stands for l too.
pub fn skeleton_key(skeleton: &str, folded: bool) -> u64 {
    if folded { key(SKELETON, &skeleton.replace('l', "r")) } else { key(SKELETON, skeleton) }
}

/// Key of a meaning: an English stem.
pub fn meaning_key(english_stem: &str) -> u64 {
    key(MEANING, english_stem)
}

/// Key of a stem of the text's own language.
pub fn stem_key(stem: &str) -> u64 {
    key(STEM, stem)
}

/// Key of a stem of which only the hash is at hand.
pub(super) fn hashed_stem_key(hash: u64) -> u64 {
    hash ^ STEM
}

/// Key of the English stem that a meaning is.
pub fn english_stem_key(meaning: u64) -> u64 {
    meaning ^ MEANING ^ STEM
}

/// Keys of a name's skeleton: as it is, and with r for l.
pub(super) fn skeleton_keys(skeleton: &str) -> (u64, u64) {
    let plain = skeleton_key(skeleton, false);
    let folded = if skeleton.contains('l') { skeleton_key(skeleton, true) } else { plain };
    (plain, folded)
}

/// An anchor's key in the index of a language.
pub fn index_key(language: &str, key: u64) -> u64 {
    let mut bytes = [0u8; 16];
    bytes[..8].copy_from_slice(&key.to_be_bytes());
    for (slot, byte) in bytes[8..].iter_mut().zip(language.bytes()) {
        *slot = byte;
    }
    xxhash_rust::xxh3::xxh3_64(&bytes)
}
