//! Paragraph → fingerprint: what is kept of a text so that its copies are found again. Pure.

mod containment;
mod similarity;

use std::ops::Range;

use sha2::{Digest, Sha256};

use crate::language::{self, Word};
use crate::model::{Article, ArticlePrint, Paragraph, ParagraphPrint};

pub use containment::{KEPT_FRACTION, SHINGLE_WORDS, all_shingles, shingles};
pub use similarity::{distance, simhash};

/// Version of the exact hash and the SimHash; both hang on the normal form.
pub const PARAGRAPH_VERSION: i64 = language::NORMAL_FORM_VERSION * 100 + 1;
/// Version of the containment shingles.
pub const SHINGLE_VERSION: i64 = language::NORMAL_FORM_VERSION * 100 + 1;
/// Version of the anchors.
pub const ANCHOR_VERSION: i64 = language::ANCHOR_VERSION * 100 + 1;

/// All fingerprints of an article. Credit blocks have a paragraph's hashes, so that they can be
/// checked, but leave no postings.
pub fn fingerprint(article: &Article) -> ArticlePrint {
    let read = read(article);
    let shingles = of_paragraphs(&read);
    let of_article = containment::article_shingles(&read, &shingles);
    let paragraphs = read.iter().zip(shingles).map(|((paragraph, words), shingles)| {
        let normal = language::normal_form(&paragraph.text);
        ParagraphPrint {
            exact: exact(&normal),
            simhash: simhash(&normal),
            words: u32::try_from(words.len()).unwrap_or(u32::MAX),
            shingles,
        }
    });
    ArticlePrint {
        paragraphs: paragraphs.collect(),
        shingles: of_article,
        anchors: language::article_anchors(article),
    }
}

/// The postings that find an article by shared words: sorted, each once.
pub fn story_shingles(article: &Article) -> Vec<u64> {
    let read = read(article);
    containment::article_shingles(&read, &of_paragraphs(&read))
}

/// Where in an article the given shingles stand: paragraph numbers and byte offsets, as far as each goes together.
/// `shingles`: ascending.
pub fn parts_held(article: &Article, shingles: &[u64]) -> Vec<(usize, Range<usize>)> {
    if shingles.is_empty() {
        return Vec::new();
    }
    let paragraphs = read(article).into_iter().enumerate();
    paragraphs
        .flat_map(|(number, (paragraph, words))| {
            let held = containment::parts_held(&paragraph.text, &words, shingles);
            held.into_iter().map(move |part| (number, part))
        })
        .collect()
}

fn of_paragraphs(read: &[(&Paragraph, Vec<Word>)]) -> Vec<Vec<u64>> {
    read.iter().map(|(paragraph, words)| shingles(&paragraph.text, words)).collect()
}

/// The paragraphs with their words.
fn read(article: &Article) -> Vec<(&Paragraph, Vec<Word>)> {
    article
        .paragraphs
        .iter()
        .map(|paragraph| (paragraph, language::words(&paragraph.text)))
        .collect()
}

/// SHA-256 of a normal form.
fn exact(normal: &str) -> [u8; 32] {
    Sha256::digest(normal.as_bytes()).into()
}
