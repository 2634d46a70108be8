//! The anchors that an index keeps of an article, for every later question about it.

use super::anchors::{
    AnchorClass, MIN_SKELETON, anchors, folds_l, index_key, is_unspaced_language, number_key,
    skeleton_key, tokens, tokens_unspaced, word_anchors,
};
use super::lexicon::Table;
use super::skeleton;
use crate::model::{Article, ParagraphRole};

/// What the index keeps of an article: numbers, skeletons and own stems, bound to its language;
/// never what a lexicon says. Sorted, each once.
pub fn article_anchors(article: &Article) -> Vec<u64> {
    let language = article.language.as_deref().unwrap_or("und");
    let folded = folds_l(language);
    let no_lexicon = Table::default();
    let story = article.paragraphs.iter().filter(|p| p.role != ParagraphRole::Credit);
    let texts = article.title.iter().map(String::as_str).chain(story.map(|p| p.text.as_str()));
    let mut keys: Vec<u64> = Vec::new();
    if !is_unspaced_language(language) && !folded {
        for text in texts {
            kept_keys(text, language, &no_lexicon, &mut keys);
        }
        keys.sort_unstable();
        keys.dedup();
        for key in &mut keys {
            *key = index_key(language, *key);
        }
        keys.sort_unstable();
        return keys;
    }
    for text in texts {
        let found = anchors(text, language, &no_lexicon);
        let kept = found.iter().filter(|anchor| anchor.class != AnchorClass::Meaning);
        keys.extend(kept.map(|anchor| index_key(language, anchor.key)));
        if folded {
            keys.extend(folded_skeletons(text).map(|key| index_key(language, key)));
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The keys of a spaced text that its index keeps, without the trouble of where they stand.
fn kept_keys(text: &str, language: &str, no_lexicon: &Table, keys: &mut Vec<u64>) {
    for (start, end, number) in tokens(text) {
        let word = &text[start..end];
        if number {
            keys.push(number_key(word));
        } else if let Some(read) = word_anchors(word, language, no_lexicon) {
            keys.extend(read.skeleton);
            keys.extend(read.stem);
        }
    }
}

fn folded_skeletons(text: &str) -> impl Iterator<Item = u64> + '_ {
    tokens_unspaced(text)
        .into_iter()
        .filter(|&(_, _, number)| !number)
        .map(|(start, end, _)| skeleton(&text[start..end]))
        .filter(|outline| outline.len() >= MIN_SKELETON && outline.contains('l'))
        .map(|outline| skeleton_key(&outline, true))
}
