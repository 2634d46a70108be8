//! Paragraph → fingerprint: what is kept of a text so that its copies are found again. Pure.

mod containment;
mod similarity;

use sha2::{Digest, Sha256};

use crate::language;
use crate::model::{Article, ArticlePrint, ParagraphPrint, ParagraphRole};

pub use containment::{KEPT_FRACTION, SHINGLE_WORDS, shingles};
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
    let mut print = ArticlePrint::default();
    let mut story = Vec::new();
    for paragraph in &article.paragraphs {
        let words = language::words(&paragraph.text);
        let hashes: Vec<u64> = words.iter().map(|word| word.hash).collect();
        let normal = language::normal_form(&paragraph.text);
        print.paragraphs.push(ParagraphPrint {
            exact: exact(&normal),
            simhash: simhash(&normal),
            words: u32::try_from(words.len()).unwrap_or(u32::MAX),
            shingles: shingles(&paragraph.text, &words),
        });
        if paragraph.role != ParagraphRole::Credit {
            story.push((paragraph.text.as_str(), hashes, words));
        }
    }
    print.shingles = containment::article_shingles(&story);
    print.anchors = language::article_anchors(article);
    print
}

/// SHA-256 of a normal form.
fn exact(normal: &str) -> [u8; 32] {
    Sha256::digest(normal.as_bytes()).into()
}
