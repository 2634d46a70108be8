//! Dictionaries that the user has: their formats read into pairs of a word and English, and the compiled form they are
//! kept in. Bytes in, entries out; where the bytes come from is the workflow's business.

mod bundle;
mod cedict;
mod compiled;
mod dictd;
mod ding;
mod edict;
mod gloss;
mod jmdict;
mod languages;
mod licence;
mod stardict;
mod tabbed;

pub use bundle::Bundle;
pub use compiled::{Dictionary, Head, compile, read_head};

/// What the names of dictionaries that were learned from a store begin with, and their format.
pub const LEARNED: &str = "learned";
/// Pairs that are taken of one dictionary; the largest free ones have a million.
pub const MAX_PAIRS: usize = 4_000_000;
/// Bytes of the longest word that is taken.
const MAX_WORD: usize = 96;
/// Bytes of the longest English gloss that is taken.
const MAX_GLOSS: usize = 120;

/// What a format's reader found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    pub title: String,
    /// As the dictionary states it; empty where it does not.
    pub version: String,
    /// As the dictionary states it, or "not stated".
    pub licence: String,
    /// ISO 639-1 where there is such a code.
    pub language: String,
    /// A word of that language, and English that translates it.
    pub pairs: Vec<(String, String)>,
}

impl Draft {
    /// Takes a pair unless it is empty, too long, a phrase or not in the language's script.
    fn add(&mut self, word: &str, english: &str) {
        let english = english.trim();
        let word = languages::headword(&self.language, word);
        let fits = !word.is_empty()
            && word.len() <= MAX_WORD
            && !word.contains(char::is_whitespace)
            && !english.is_empty()
            && english.len() <= MAX_GLOSS
            && languages::is_in_its_script(&self.language, &word);
        if fits && self.pairs.len() < MAX_PAIRS {
            self.pairs.push((word, english.to_owned()));
        }
    }
}

/// A dictionary format: how it is told, and its reader.
trait Format: Sync {
    /// Name as `lexicon list` prints it.
    fn name(&self) -> &'static str;
    /// Told by content; the name of a file says only which part of the dictionary it is.
    fn fits(&self, bundle: &Bundle) -> bool;
    fn read(&self, bundle: &Bundle) -> Result<Draft, DictionaryError>;
}

/// In the order in which they are asked: the most particular first.
const FORMATS: &[&dyn Format] = &[
    &stardict::StarDict,
    &dictd::Dictd,
    &jmdict::JmDict,
    &cedict::CcCedict,
    &edict::Edict,
    &ding::Ding,
    &tabbed::Tabbed,
];

/// Why a dictionary was not taken.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum DictionaryError {
    #[error(
        "not a dictionary that can be read: dictd (.index with .dict or .dict.dz), StarDict, Ding, EDICT, JMdict, CC-CEDICT, or lines of word, tab, English"
    )]
    UnknownFormat,
    #[error(
        "its languages cannot be told from its name or title; name the file like deu-eng, or de-en.tsv"
    )]
    UnknownLanguages,
    #[error("{0}: neither side is English, through which languages meet")]
    NotWithEnglish(String),
    #[error("its {0} is missing; give that file too, or keep it beside this one")]
    MissingPart(&'static str),
    #[error("{part} cannot be unpacked: {cause}; the file is damaged, get it again")]
    Damaged { part: String, cause: String },
    #[error("no entry of it could be read; is the file whole?")]
    Empty,
}

/// Reads a dictionary of any of the formats; gives the format's name with it.
pub fn read(bundle: &Bundle) -> Result<(&'static str, Draft), DictionaryError> {
    let format =
        FORMATS.iter().find(|format| format.fits(bundle)).ok_or(DictionaryError::UnknownFormat)?;
    let draft = format.read(bundle)?;
    if draft.pairs.is_empty() {
        return Err(DictionaryError::Empty);
    }
    Ok((format.name(), draft))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_no_dictionary_is_refused_with_its_remedy() {
        let letter = Bundle::new(
            "letter-deu-eng",
            vec![("txt".into(), b"Dear reader,\nno tabs here.\n".to_vec())],
        );
        assert_eq!(letter.and_then(|b| read(&b)), Err(DictionaryError::UnknownFormat));
    }

    proptest! {
        #[test]
        fn no_bytes_whatever_bring_a_reader_down(
            bytes in proptest::collection::vec(any::<u8>(), 0..400),
            others in proptest::collection::vec(any::<u8>(), 0..200),
            head in prop::sample::select(vec!["", "StarDict's dict ifo file\nsametypesequence=m\nbookname=French-English\n", "<JMdict>\n", "a\tA\tB\n", "# License :: x\n"]),
        ) {
            for (first, second) in [("index", "dict"), ("ifo", "idx"), ("idx", "dict"), ("", "dict")] {
                let start = [head.as_bytes(), &bytes].concat();
                let parts = vec![(first.to_owned(), start), (second.to_owned(), others.clone()), ("dict".to_owned(), others.clone())];
                if let Ok(bundle) = Bundle::new("deu-eng", parts) {
                    for format in FORMATS {
                        let _ = format.read(&bundle);
                    }
                }
            }
        }
    }
}
