//! A query's anchors as another language's index holds them.

use super::anchor_keys::{english_stem_key, hashed_stem_key, index_key};
use super::anchors::{Anchor, AnchorClass, anchors, folds_l};
use super::lexicon::{Lexicons, Table};
use crate::model::Article;

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

/// The anchors of a query's title and story, read once for all the languages on file.
#[derive(Debug, Clone, Default)]
pub struct QueryAnchors {
    language: String,
    /// By key, each once.
    plain: Vec<Anchor>,
    /// With r for l, for languages that do not tell them apart.
    folded: Vec<Anchor>,
}

impl QueryAnchors {
    /// Reads an article; `targets` are the languages that [`QueryAnchors::terms`] will be asked for.
    pub fn read(article: &Article, language: &str, targets: &[&str], lexicons: &Lexicons) -> Self {
        let own = lexicons.table(language);
        let folds = targets.iter().any(|target| folds_l(language) != folds_l(target));
        let story = article.paragraphs.iter().filter(|p| p.role.is_story());
        let texts = article.title.iter().map(String::as_str).chain(story.map(|p| p.text.as_str()));
        let mut read = Self { language: language.to_owned(), ..Self::default() };
        for text in texts {
            for anchor in anchors(text, language, &own) {
                if folds {
                    read.folded.push(Anchor { key: anchor.folded, ..anchor });
                }
                read.plain.push(anchor);
            }
        }
        for anchors in [&mut read.plain, &mut read.folded] {
            anchors.sort_by_key(|anchor| anchor.key);
            anchors.dedup_by_key(|anchor| anchor.key);
        }
        read
    }

    /// The anchors as sentences of a pair with a text of this language hold them.
    pub fn for_language(&self, other: &str) -> &[Anchor] {
        if folds_l(&self.language) == folds_l(other) { &self.plain } else { &self.folded }
    }

    /// The anchors as texts of any of the targets' languages can share them: with r for l where one of these does not
    /// tell them apart and another does.
    pub fn shared(&self) -> &[Anchor] {
        if self.folded.is_empty() { &self.plain } else { &self.folded }
    }

    /// The keys of all of them, each once.
    pub fn all_keys(&self) -> Vec<u64> {
        let both = self.plain.iter().chain(&self.folded);
        let mut keys: Vec<u64> = both.map(|anchor| anchor.key).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// The query's terms for the index of a language.
    pub fn terms(&self, target: &str, lexicons: &Lexicons) -> Vec<Term> {
        let theirs = lexicons.table(target);
        self.for_language(target)
            .iter()
            .map(|anchor| Term {
                key: anchor.key,
                class: anchor.class,
                weight: anchor.weight,
                index_keys: index_keys(anchor, &self.language, target, &theirs),
            })
            .filter(|term| !term.index_keys.is_empty())
            .collect()
    }
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
            let words = theirs.indexed(anchor.key, MAX_WORDS).into_iter();
            words.map(|hash| index_key(target, hashed_stem_key(hash))).collect()
        }
    }
}
