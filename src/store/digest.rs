//! Whether two readings of an article are the same text and metadata.

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::columns::word;
use crate::model::{Article, Moment, ParagraphRole};

/// Hash of what makes a revision: text, title, people, dates, language, kind, credits, links. Where it was
/// read from, what the page shows beside the story and keys without meaning make none.
pub fn digest(article: &Article) -> [u8; 16] {
    let mut hash = Xxh3::new();
    let mut put = |bytes: &[u8]| {
        hash.update(&(bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    };
    let text = |moment: &Option<Moment>| moment.as_ref().map_or(String::new(), |m| m.text.clone());
    put(article.title.as_deref().unwrap_or_default().as_bytes());
    put(article.language.as_deref().unwrap_or_default().as_bytes());
    put(text(&article.published).as_bytes());
    put(text(&article.modified).as_bytes());
    put(word(article.kind).as_bytes());
    for person in &article.byline {
        put(person.as_bytes());
    }
    put(&(article.paragraphs.len() as u64).to_le_bytes());
    for paragraph in &article.paragraphs {
        if paragraph.role != ParagraphRole::Text {
            put(word(paragraph.role).as_bytes());
        }
        put(paragraph.text.as_bytes());
    }
    put(&serde_json::to_vec(&(&article.credits, &article.links)).unwrap_or_default());
    hash.digest128().to_le_bytes()
}

/// The hash that the index over addresses keeps.
pub fn url_key(url: &str) -> i64 {
    xxh3_64(url.as_bytes()).cast_signed()
}
