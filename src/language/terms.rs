//! A query's anchors as another language's index holds them.

use std::collections::HashMap;

use super::anchor_keys::{english_stem_key, folded_key, index_key, stem_key};
use super::anchors::{Anchor, AnchorClass, anchors, folds_l, is_unspaced_language};
use super::lexicon::{Lexicons, Table};
use crate::model::{Article, ParagraphRole};

/// Words of a language that one meaning is looked up under.
const MAX_WORDS: usize = 8;

/// An anchor of the query, and where the index of a language may hold it.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// The anchor's key, as sentences of the pair hold it.
    pub key: u64,
    pub class: AnchorClass,
    pub weight: f32,
    /// Keys in the language's index, any of which may stand for it.
    pub index_keys: Vec<u64>,
}

/// The terms of an article for the index of a language.
pub fn terms(article: &Article, language: &str, target: &str, lexicons: &Lexicons) -> Vec<Term> {
    let own = lexicons.table(language);
    let theirs = lexicons.table(target);
    let folded = folds_l(language) != folds_l(target);
    let story = article.paragraphs.iter().filter(|p| p.role != ParagraphRole::Credit);
    let texts = article.title.iter().map(String::as_str).chain(story.map(|p| p.text.as_str()));
    let mut found: HashMap<u64, Term> = HashMap::new();
    for text in texts {
        for anchor in anchors(text, language, &own) {
            let key = if folded { folded_key(text, &anchor) } else { anchor.key };
            found.entry(key).or_insert_with(|| Term {
                key,
                class: anchor.class,
                weight: anchor.weight,
                index_keys: index_keys(&Anchor { key, ..anchor }, language, target, &theirs),
            });
        }
    }
    let mut all: Vec<Term> =
        found.into_values().filter(|term| !term.index_keys.is_empty()).collect();
    all.sort_unstable_by_key(|term| term.key);
    all
}

fn index_keys(anchor: &Anchor, language: &str, target: &str, theirs: &Table) -> Vec<u64> {
    match anchor.class {
        AnchorClass::Number | AnchorClass::Name | AnchorClass::Word => {
            vec![index_key(target, anchor.key)]
        }
        AnchorClass::Stem if language == target => vec![index_key(target, anchor.key)],
        AnchorClass::Stem => Vec::new(),
        AnchorClass::Meaning if target == "en" => {
            vec![index_key(target, english_stem_key(anchor.key))]
        }
        AnchorClass::Meaning => {
            let words = theirs.words(anchor.key).iter().take(MAX_WORDS);
            words.flat_map(|word| word_keys(word, target)).collect()
        }
    }
}

/// Keys under which a lexicon word stands in the index: its stem, or its first pair of characters.
fn word_keys(word: &str, target: &str) -> Vec<u64> {
    if !is_unspaced_language(target) {
        return vec![index_key(target, stem_key(word))];
    }
    let second = word.char_indices().nth(2).map_or(word.len(), |(at, _)| at);
    vec![index_key(target, stem_key(&word[..second]))]
}
