//! What the index keeps of an article's anchors, read quickly: adding reads every word of every article.

use std::cell::RefCell;
use std::collections::HashMap;

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::anchor_keys::{index_key, number_key};
use super::anchors::{
    AnchorClass, REMEMBERED, anchors, folds_l, is_unspaced_language, read_word, tokens,
};
use super::hashes::Hashed;
use super::lexicon::Table;
use super::unspaced_anchors::folded_skeletons;
use crate::model::Article;

/// Numbers, skeletons and own stems, bound to the article's language; never what a lexicon says. Sorted, each once.
pub fn article_anchors(article: &Article) -> Vec<u64> {
    let language = article.language.as_deref().unwrap_or("und");
    let folded = folds_l(language);
    let story = article.paragraphs.iter().filter(|p| p.role.is_story());
    let texts = article.title.iter().map(String::as_str).chain(story.map(|p| p.text.as_str()));
    let mut keys: Vec<u64> = Vec::new();
    if is_unspaced_language(language) || folded {
        let no_lexicon = Table::default();
        for text in texts {
            let found = anchors(text, language, &no_lexicon);
            let kept = found.iter().filter(|anchor| anchor.class != AnchorClass::Meaning);
            keys.extend(kept.map(|anchor| index_key(language, anchor.key)));
            if folded {
                keys.extend(folded_skeletons(text).map(|key| index_key(language, key)));
            }
        }
    } else {
        READ.with_borrow_mut(|read| {
            let mut reading = Reading { language, seed: xxh3_64(language.as_bytes()), read };
            texts.for_each(|text| reading.text(text, &mut keys));
        });
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Keys of a word's skeleton and stem in its language's index; 0 where it has none.
type WordKeys = [u64; 2];

thread_local! {
    /// By hash of word and language. Stemming and transliteration cost more than all the rest.
    static READ: RefCell<HashMap<u64, WordKeys, Hashed>> = RefCell::default();
}

struct Reading<'a> {
    language: &'a str,
    /// Tells the languages' words apart.
    seed: u64,
    read: &'a mut HashMap<u64, WordKeys, Hashed>,
}

impl Reading<'_> {
    /// The keys of a spaced text, without the trouble of where they stand. Words of ASCII letters are cut by the byte.
    fn text(&mut self, text: &str, keys: &mut Vec<u64>) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if byte.is_ascii_alphabetic() {
                let rest = bytes.get(at..).unwrap_or_default();
                let length = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
                let end = at + length;
                let goes_on = bytes.get(end).is_some_and(|next| !next.is_ascii() || *next == b'\'');
                if !goes_on {
                    self.word(text.get(at..end).unwrap_or_default(), keys);
                    at = end;
                    continue;
                }
            } else if byte.is_ascii() && !byte.is_ascii_digit() {
                at += 1;
                continue;
            }
            at += self.stretch(text.get(at..).unwrap_or_default(), keys);
        }
    }

    /// Reads what is not plain, up to the next ASCII space; gives its bytes.
    fn stretch(&mut self, text: &str, keys: &mut Vec<u64>) -> usize {
        let end = text.bytes().position(|byte| matches!(byte, b' ' | b'\n')).unwrap_or(text.len());
        let text = text.get(..end).unwrap_or_default();
        for (start, end, number) in tokens(text) {
            let word = &text[start..end];
            if number {
                keys.push(index_key(self.language, number_key(word)));
            } else {
                self.word(word, keys);
            }
        }
        end.max(1)
    }

    fn word(&mut self, word: &str, keys: &mut Vec<u64>) {
        let mark = xxh3_64_with_seed(word.as_bytes(), self.seed);
        if self.read.len() >= REMEMBERED {
            self.read.clear();
        }
        let language = self.language;
        let known = self.read.entry(mark).or_insert_with(|| {
            let read = read_word(word, language, &Table::default());
            let key = |key: Option<u64>| key.map_or(0, |key| index_key(language, key));
            read.map_or([0; 2], |read| [key(read.skeleton.map(|keys| keys.0)), key(read.stem)])
        });
        keys.extend(known.iter().filter(|key| **key != 0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Paragraph;
    use proptest::prelude::*;

    proptest! {
        /// The quick way gives what the anchors of the sentences give, whatever the text.
        #[test]
        fn the_index_holds_the_anchors_of_the_text(text in "(\\PC|[a-z' .,:0-9äß’]){0,120}", german in any::<bool>()) {
            let language = if german { "de" } else { "en" };
            let mut slow: Vec<u64> = anchors(&text, language, &Table::default())
                .iter()
                .filter(|anchor| anchor.class != AnchorClass::Meaning)
                .map(|anchor| index_key(language, anchor.key))
                .collect();
            slow.sort_unstable();
            slow.dedup();
            let paragraphs = vec![Paragraph { text, ..Paragraph::default() }];
            let language = Some(language.to_owned());
            let article = Article { language, paragraphs, ..Article::default() };
            prop_assert_eq!(article_anchors(&article), slow);
        }
    }
}
