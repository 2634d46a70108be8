//! The news lexicon that comes with copytrail and the names beside it, compressed into the binary by language.

use std::io::Read;

use super::Source;

/// Each language's part of the tables in `db/lexicon` as the build compressed it.
static PARTS: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/builtin_lexicon.rs"));

/// The built-in news lexicon.
#[derive(Debug, Clone, Copy, Default)]
pub struct News;

impl News {
    /// Languages that it has words for.
    pub fn languages() -> impl Iterator<Item = &'static str> {
        PARTS.iter().map(|(language, _)| *language)
    }

    fn rows(language: &str) -> String {
        let Some((_, bytes)) = PARTS.iter().find(|(code, _)| *code == language) else {
            return String::new();
        };
        let mut text = String::new();
        let decoder = zstd::Decoder::new(*bytes);
        match decoder.and_then(|mut decoder| decoder.read_to_string(&mut text)) {
            Ok(_) => text,
            Err(_) => String::new(),
        }
    }
}

impl Source for News {
    fn name(&self) -> String {
        format!("news {}", env!("CARGO_PKG_VERSION"))
    }

    fn licence(&self) -> String {
        concat!(env!("CARGO_PKG_LICENSE"), "; names from the CLDR: Unicode-3.0").to_owned()
    }

    fn entries(&self, language: &str, sink: &mut dyn FnMut(&str, &str)) {
        for row in Self::rows(language).lines() {
            if let Some((meaning, words)) = row.split_once('\t') {
                words.split('|').for_each(|word| sink(word, meaning));
            }
        }
    }
}
