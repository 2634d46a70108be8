//! What is kept of a text to find it again.

/// Fingerprints of one paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ParagraphPrint {
    /// SHA-256 of the normal form.
    pub exact: [u8; 32],
    /// 64-bit SimHash over character features of the normal form.
    pub simhash: u64,
    /// Words in the normal form.
    pub words: u32,
    /// Containment sketch: the kept shingle hashes, sorted, each once.
    pub shingles: Vec<u64>,
}

impl ParagraphPrint {
    /// The first eight bytes of the exact hash, as the store keys it.
    #[must_use]
    pub fn key(&self) -> i64 {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&self.exact[..8]);
        i64::from_be_bytes(bytes)
    }
}

/// Fingerprints of an article, a paragraph's each in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ArticlePrint {
    pub paragraphs: Vec<ParagraphPrint>,
    /// Postings that find the article by shared words: union of the paragraphs' shingles and of
    /// those that cross a paragraph break, sorted, each once.
    pub shingles: Vec<u64>,
    /// Postings that find it in another language or other words: hashes of numbers, name skeletons
    /// and stems, each bound to the article's language; sorted, each once.
    pub anchors: Vec<u64>,
}
