//! The form that dictionaries are kept in: facts as a line of JSON, then two blocks: a table's layer as it stands in
//! memory, and, compressed, words with their glosses as the dictionary has them.
//!
//! Stemming a large dictionary takes seconds, so it is done once, when the dictionary is added. A layer made by other
//! rules than this program's is not used; then the glosses are read, which is slower and says the same.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::io::{self, Read};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::super::Source;
use super::super::layer::{Draft as LayerDraft, Layer};
use super::super::table::enter;
use super::{DictionaryError, Draft};
use crate::language::versions;

/// First line of the form; the number grows when the form changes.
const MAGIC: &str = "copytrail dictionary 2";
/// First line of the form before, whose glosses can be read and whose stems cannot.
const MAGIC_BEFORE: &str = "copytrail dictionary 1";
/// zstd's level: unpacking costs the same at every level.
const LEVEL: i32 = 12;

/// What is known of a dictionary without unpacking it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// What it is kept and removed under.
    pub name: String,
    pub title: String,
    pub format: String,
    pub version: String,
    pub licence: String,
    /// The language whose words it has; the other is English.
    pub language: String,
    /// Of its largest file as it was added, in hexadecimal.
    pub sha256: String,
    /// Stems of the language.
    pub words: u64,
    /// Pairs of a word and a gloss.
    pub entries: u64,
    /// Rules that the stems were made by.
    stemmers: String,
    /// Bytes of the two blocks.
    stems_bytes: u64,
    words_bytes: u64,
}

/// A dictionary in the kept form.
pub struct Dictionary {
    head: Head,
    /// Byte at which the first block starts.
    start: u64,
    read: Box<Reader>,
}

/// Gives the bytes of a range of the kept form.
type Reader = dyn Fn(Range<u64>) -> io::Result<Vec<u8>> + Send + Sync;

impl Dictionary {
    /// Of the first bytes of the kept form (see [`read_head`]) and of a way to read the rest when it is asked for.
    pub fn new(
        first_bytes: &[u8],
        read: impl Fn(Range<u64>) -> io::Result<Vec<u8>> + Send + Sync + 'static,
    ) -> Option<Self> {
        let (head, start) = read_head(first_bytes)?;
        Some(Self { head, start, read: Box::new(read) })
    }

    /// Of the whole kept form.
    pub fn in_memory(bytes: Vec<u8>) -> Option<Self> {
        let (head, start) = read_head(&bytes)?;
        let read = move |range: Range<u64>| {
            let range = usize::try_from(range.start).ok().zip(usize::try_from(range.end).ok());
            let part = range.and_then(|(from, to)| bytes.get(from..to));
            part.map(<[u8]>::to_vec).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
        };
        Some(Self { head, start, read: Box::new(read) })
    }

    pub fn head(&self) -> &Head {
        &self.head
    }

    fn glosses(&self) -> String {
        let read = || -> io::Result<String> {
            let from = self.start.saturating_add(self.head.stems_bytes);
            let bytes = (self.read)(from..from.saturating_add(self.head.words_bytes))?;
            let mut text = String::new();
            zstd::Decoder::new(bytes.as_slice())?.read_to_string(&mut text)?;
            Ok(text)
        };
        read().unwrap_or_default()
    }
}

impl Source for Dictionary {
    fn name(&self) -> String {
        format!("{} {}", self.head.name, self.head.version).trim_end().to_owned()
    }

    fn licence(&self) -> String {
        self.head.licence.clone()
    }

    fn entries(&self, language: &str, sink: &mut dyn FnMut(&str, &str)) {
        if language != self.head.language {
            return;
        }
        for (word, english) in self.glosses().lines().filter_map(|row| row.split_once('\t')) {
            sink(word, english);
        }
    }

    fn layer(&self, language: &str) -> Option<Layer> {
        if language != self.head.language || self.head.stemmers != stemmers() {
            return None;
        }
        let end = self.start.saturating_add(self.head.stems_bytes);
        (self.read)(self.start..end).ok().and_then(|bytes| Layer::from_bytes(&bytes))
    }
}

/// The facts, and where the blocks start; `None` where the bytes are not of this form.
pub fn read_head(bytes: &[u8]) -> Option<(Head, u64)> {
    let end = bytes.iter().position(|&byte| byte == b'\n')?;
    let of_before = bytes.get(..end)? == MAGIC_BEFORE.as_bytes();
    if !of_before && bytes.get(..end)? != MAGIC.as_bytes() {
        return None;
    }
    let rest = bytes.get(end + 1..)?;
    let line = rest.iter().position(|&byte| byte == b'\n')?;
    let mut head: Head = serde_json::from_slice(rest.get(..line)?).ok()?;
    if of_before {
        head.stemmers.clear();
    }
    let start = end + 1 + line + 1;
    Some((head, u64::try_from(start).ok()?))
}

/// The kept form of what a reader found.
pub fn compile(
    name: &str,
    format: &str,
    sha256: &str,
    draft: &Draft,
) -> Result<Vec<u8>, DictionaryError> {
    let damaged = |cause: io::Error| DictionaryError::Damaged {
        part: name.to_owned(),
        cause: cause.to_string(),
    };
    let layer = layer_of(draft);
    let count = layer.len() as u64;
    let pairs: BTreeSet<&(String, String)> = draft.pairs.iter().collect();
    let mut words = String::new();
    for (word, english) in &pairs {
        let _ = writeln!(words, "{word}\t{english}");
    }
    let stems = layer.to_bytes();
    let words = zstd::encode_all(words.as_bytes(), LEVEL).map_err(damaged)?;
    let head = Head {
        name: name.to_owned(),
        title: draft.title.clone(),
        format: format.to_owned(),
        version: draft.version.clone(),
        licence: draft.licence.clone(),
        language: draft.language.clone(),
        sha256: sha256.to_owned(),
        words: count,
        entries: pairs.len() as u64,
        stemmers: stemmers(),
        stems_bytes: stems.len() as u64,
        words_bytes: words.len() as u64,
    };
    if count == 0 {
        return Err(DictionaryError::Empty);
    }
    let line = serde_json::to_string(&head).map_err(|error| damaged(error.into()))?;
    Ok([MAGIC.as_bytes(), b"\n", line.as_bytes(), b"\n", &stems, &words].concat())
}

fn layer_of(draft: &Draft) -> Layer {
    let mut layer = LayerDraft::default();
    let mut known: HashMap<&str, Vec<u64>> = HashMap::new();
    for (word, english) in &draft.pairs {
        enter(&mut layer, (&draft.language, word, english), &mut known);
    }
    layer.settle()
}

/// The stemmers' version, part of every compiled dictionary.
fn stemmers() -> String {
    let all = versions();
    all.into_iter()
        .find(|(name, _)| *name == "stemmers")
        .map(|(_, version)| version)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::super::{Lexicons, Table};
    use super::*;

    fn draft() -> Draft {
        let pair = |word: &str, english: &str| (word.to_owned(), english.to_owned());
        Draft {
            title: "Little".into(),
            version: "2".into(),
            licence: "CC0-1.0".into(),
            language: "de".into(),
            pairs: vec![
                pair("Gipfel", "summit"),
                pair("Gipfel", "peak"),
                pair("Gipfel", "summit meeting"),
                pair("Gipfel", "summit"),
            ],
        }
    }

    fn tables(bytes: Vec<u8>) -> (Arc<Table>, Arc<Table>) {
        let kept = Dictionary::in_memory(bytes).map(|d| Box::new(d) as Box<dyn Source>);
        let kept = Lexicons::new(kept.into_iter().collect());
        (kept.table("de"), kept.table("fr"))
    }

    #[test]
    fn what_was_compiled_is_looked_up_as_if_it_had_been_read_now() {
        let bytes = compile("little", "test", "00", &draft()).unwrap_or_default();
        let (german, french) = tables(bytes);
        let mut now = Table::default();
        for (word, english) in &draft().pairs {
            now.add("de", word, english);
        }
        now.settle();
        let stem = crate::language::stem("de", "Gipfel");
        assert!(!now.meanings(&stem).is_empty() && french.is_empty());
        assert_eq!(german.meanings(&stem), now.meanings(&stem));
    }

    #[test]
    fn stems_of_other_rules_are_not_used() {
        let bytes = compile("little", "test", "00", &draft()).unwrap_or_default();
        let rules = stemmers().into_bytes();
        let at = bytes.windows(rules.len()).position(|part| part == rules).unwrap_or_default();
        let mut other = bytes;
        other[at] = b'X';
        let dictionary = Dictionary::in_memory(other.clone());
        assert_eq!(dictionary.map(|d| d.layer("de").is_none()), Some(true));
        let (german, _) = tables(other);
        assert_eq!(german.meanings(&crate::language::stem("de", "Gipfel")).len(), 3);
    }

    #[test]
    fn other_bytes_are_not_of_this_form() {
        assert_eq!(read_head(b"copytrail dictionary 3\n{}\n"), None);
        assert_eq!(read_head(b""), None);
    }
}
