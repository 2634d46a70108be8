//! `lexicon add`, `list` and `remove`: the dictionaries that the user has, kept once for all stores.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::context::{Done, WorkflowError};
use crate::language::lexicon::Source;
use crate::language::lexicon::dictionaries::{
    self, Bundle, Dictionary, DictionaryError, Head, compile, read_head,
};
use crate::model::{LexiconRow, Refusal};

/// Ending of a kept dictionary.
const KEPT: &str = "lexicon";
/// Bytes that a kept dictionary's facts fit into.
const HEAD_BYTES: u64 = 16_384;
/// Bytes of the largest file that is read.
const LARGEST: u64 = 1 << 30;
/// Endings of the files that make up a dictionary of several.
const PARTS: &[&str] = &["index", "dict", "ifo", "idx", "syn"];
const PACKED: &[&str] = &["gz", "dz"];
/// Where a Unix system keeps the dictionaries of its packages.
const SYSTEM: &[&str] =
    &["/usr/share/dictd", "/usr/share/trans", "/usr/share/edict", "/usr/share/stardict/dic"];

/// Reads dictionaries and keeps each in `dir`, in place of one of the same name. A dictionary of several files is named
/// by any of them.
pub fn add(dir: &Path, files: &[String]) -> Result<Done<Vec<LexiconRow>>, WorkflowError> {
    let mut refused = Vec::new();
    let mut wholes = BTreeSet::new();
    for file in files {
        let path = Path::new(file);
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => wholes.extend(wholes_in(path)),
            Ok(_) => wholes.extend(Whole::of(path)),
            Err(error) => refused.push(refusal(path, &format!("{error}; check the path"))),
        }
    }
    let mut done = keep_all(dir, wholes)?;
    refused.append(&mut done.refused);
    if done.value.is_empty() {
        let reason =
            refused.first().map_or("no dictionary was found", |first| first.reason.as_str());
        return Err(WorkflowError::NothingRead { inputs: files.join(", "), reason: reason.into() });
    }
    Ok(Done { value: done.value, refused })
}

/// Reads every dictionary with English that the system's packages have installed. Those between two other languages
/// are passed over: there may be hundreds.
pub fn add_system(dir: &Path) -> Result<Done<Vec<LexiconRow>>, WorkflowError> {
    add_folders(dir, &SYSTEM.iter().map(PathBuf::from).collect::<Vec<_>>())
}

fn add_folders(dir: &Path, folders: &[PathBuf]) -> Result<Done<Vec<LexiconRow>>, WorkflowError> {
    let wholes = folders.iter().flat_map(|folder| wholes_in(folder)).collect();
    let mut done = keep_all(dir, wholes)?;
    let other = |refusal: &Refusal| refusal.reason.contains("neither side is English");
    done.refused.retain(|refusal| !other(refusal));
    if done.value.is_empty() && done.refused.is_empty() {
        return Err(WorkflowError::NothingRead {
            inputs: SYSTEM.join(", "),
            reason: "no dictionary with English is installed; on Debian: apt install dict-freedict-fra-eng (and others \
                     of that kind), trans-de-en, edict"
                .into(),
        });
    }
    Ok(done)
}

/// The dictionaries kept in `dir`, by name.
pub fn list(dir: &Path) -> Result<Vec<LexiconRow>, WorkflowError> {
    Ok(kept_in(dir).iter().filter_map(|path| head_of(path)).map(row).collect())
}

/// Removes kept dictionaries; gives the names of those that were there.
pub fn remove(dir: &Path, names: &[String]) -> Result<Done<Vec<String>>, WorkflowError> {
    let mut done = Done::<Vec<String>>::default();
    for name in names {
        let known = kept_in(dir)
            .into_iter()
            .find(|path| path.file_stem().is_some_and(|stem| *stem == **name));
        let removed = known.map(fs::remove_file);
        match removed {
            Some(Ok(())) => done.value.push(name.clone()),
            Some(Err(error)) => done.refused.push(refusal(Path::new(name), &error.to_string())),
            None => done.refused.push(refusal(
                Path::new(name),
                "no dictionary of this name is kept; `copytrail lexicon list` shows what is",
            )),
        }
    }
    if done.value.is_empty() {
        let reason = done.refused.first().map_or("no name given", |first| first.reason.as_str());
        return Err(WorkflowError::NothingRead { inputs: names.join(", "), reason: reason.into() });
    }
    Ok(done)
}

/// The dictionaries of a directory: kept ones, of which only the facts are read now, and files as they were published,
/// which are read whole. What is no dictionary is passed over.
pub fn sources_in(dir: &Path) -> Vec<Box<dyn Source>> {
    let mut sources: Vec<Box<dyn Source>> = Vec::new();
    for path in kept_in(dir) {
        let first = first_bytes(&path).unwrap_or_default();
        let dictionary = Dictionary::new(&first, move |range| part_of(&path, range));
        sources.extend(dictionary.map(|dictionary| Box::new(dictionary) as Box<dyn Source>));
    }
    let raw: Vec<Option<Dictionary>> = wholes_in(dir)
        .into_par_iter()
        .map(|whole| whole.compiled().ok().and_then(|(_, bytes)| Dictionary::in_memory(bytes)))
        .collect();
    sources.extend(
        raw.into_iter().flatten().map(|dictionary| Box::new(dictionary) as Box<dyn Source>),
    );
    sources
}

/// A dictionary's files: where they are, and the name without endings that they share.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Whole {
    name: String,
    /// By the ending that tells the part.
    files: BTreeMap<String, PathBuf>,
}

impl Whole {
    /// Of any of the files.
    fn of(path: &Path) -> Option<Self> {
        let folder = path.parent()?;
        let (name, ending) = name_and_ending(path)?;
        let mut files = BTreeMap::new();
        if PARTS.contains(&ending.as_str()) {
            for part in PARTS {
                let plain = folder.join(format!("{name}.{part}"));
                let packed =
                    PACKED.iter().map(|packing| folder.join(format!("{name}.{part}.{packing}")));
                if let Some(found) =
                    std::iter::once(plain).chain(packed).find(|file| file.is_file())
                {
                    files.insert((*part).to_owned(), found);
                }
            }
        } else {
            files.insert(ending, path.to_owned());
        }
        Some(Self { name, files })
    }

    fn bundle(&self) -> Result<Bundle, String> {
        let mut parts = Vec::new();
        for (ending, path) in &self.files {
            let size = fs::metadata(path).map_err(|error| error.to_string())?.len();
            if size > LARGEST {
                return Err(format!("larger than {LARGEST} bytes, which no dictionary is"));
            }
            parts.push((ending.clone(), fs::read(path).map_err(|error| error.to_string())?));
        }
        Bundle::new(&self.name, parts).map_err(|error| error.to_string())
    }

    /// The kept form, with its facts.
    fn compiled(&self) -> Result<(Head, Vec<u8>), String> {
        let bundle = self.bundle()?;
        let say = |error: DictionaryError| error.to_string();
        let (format, draft) = dictionaries::read(&bundle).map_err(say)?;
        let bytes = compile(&self.name, format, &bundle.sha256, &draft).map_err(say)?;
        let head = read_head(&bytes).map(|(head, _)| head).ok_or("its facts do not fit")?;
        Ok((head, bytes))
    }

    fn path(&self) -> &Path {
        self.files.values().next().map_or(Path::new(""), PathBuf::as_path)
    }
}

/// File name without endings, and the one that tells the part.
fn name_and_ending(path: &Path) -> Option<(String, String)> {
    let file = path.file_name()?.to_string_lossy().into_owned();
    let unpacked = PACKED.iter().find_map(|packing| file.strip_suffix(&format!(".{packing}")));
    let bare = unpacked.unwrap_or(&file);
    match bare.rsplit_once('.') {
        Some((name, ending)) if !name.is_empty() => Some((name.to_owned(), ending.to_lowercase())),
        _ => Some((bare.to_owned(), String::new())),
    }
}

/// The dictionaries below a folder, kept ones left out.
fn wholes_in(folder: &Path) -> BTreeSet<Whole> {
    let mut found = BTreeSet::new();
    let Ok(entries) = fs::read_dir(folder) else { return found };
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        if path.is_dir() {
            found.extend(wholes_in(&path));
        } else if path.extension().is_none_or(|ending| ending != KEPT) {
            found.extend(Whole::of(&path));
        }
    }
    found
}

fn keep_all(dir: &Path, wholes: BTreeSet<Whole>) -> Result<Done<Vec<LexiconRow>>, WorkflowError> {
    let cannot = |error: io::Error| WorkflowError::LexiconFolder(dir.display().to_string(), error);
    fs::create_dir_all(dir).map_err(cannot)?;
    let read: Vec<(Whole, Result<Head, String>)> = wholes
        .into_par_iter()
        .map(|whole| {
            let kept = whole.compiled().and_then(|(head, bytes)| {
                write(dir, &whole.name, &bytes).map_err(|error| error.to_string())?;
                Ok(head)
            });
            (whole, kept)
        })
        .collect();
    let mut done = Done::<Vec<LexiconRow>>::default();
    for (whole, kept) in read {
        match kept {
            Ok(head) => done.value.push(row(head)),
            Err(reason) => done.refused.push(refusal(whole.path(), &reason)),
        }
    }
    Ok(done)
}

/// Keeps a dictionary in the place of the one of its name.
pub(super) fn keep(dir: &Path, name: &str, bytes: &[u8]) -> Result<(), WorkflowError> {
    let cannot = |error: io::Error| WorkflowError::LexiconFolder(dir.display().to_string(), error);
    fs::create_dir_all(dir).map_err(cannot)?;
    write(dir, name, bytes).map_err(cannot)
}

/// Whole or not at all: a run beside this one may be reading.
fn write(dir: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let mut file = tempfile::NamedTempFile::new_in(dir)?;
    file.write_all(bytes)?;
    file.persist(dir.join(format!("{name}.{KEPT}")))?;
    Ok(())
}

fn kept_in(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).into_iter().flatten().filter_map(Result::ok);
    let paths = entries.map(|entry| entry.path());
    let mut kept: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|ending| ending == KEPT)).collect();
    kept.sort();
    kept
}

fn first_bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(HEAD_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn head_of(path: &Path) -> Option<Head> {
    read_head(&first_bytes(path).ok()?).map(|(head, _)| head)
}

fn part_of(path: &Path, range: Range<u64>) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(range.start))?;
    let mut bytes = Vec::new();
    file.take(range.end.saturating_sub(range.start)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

pub(super) fn row(head: Head) -> LexiconRow {
    LexiconRow {
        name: head.name,
        title: head.title,
        format: head.format,
        version: head.version,
        licence: head.licence,
        language: head.language,
        words: head.words,
        entries: head.entries,
        sha256: head.sha256,
    }
}

fn refusal(path: &Path, reason: &str) -> Refusal {
    Refusal { file: path.display().to_string(), line: None, reason: reason.to_owned() }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)] // a test that cannot go on has failed
mod tests {
    use super::*;
    use crate::language::{Lexicons, stem};

    const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/lexicons");

    fn means(lexicons: &Lexicons, language: &str, word: &str, english: &str) -> bool {
        let table = lexicons.table(language);
        let key = if language == "zh" || language == "ja" {
            word.to_owned()
        } else {
            stem(language, word)
        };
        let mut expected = crate::language::Table::default();
        expected.add("en", "x", english);
        expected.settle();
        expected.meanings("x").iter().all(|meaning| table.meanings(&key).contains(meaning))
    }

    /// A word of each format's fixture, and what it means.
    const WORDS: &[(&str, &str, &str)] = &[
        ("fr", "sommet", "summit"),
        ("ru", "выборы", "election"),
        ("it", "terremoto", "earthquake"),
        ("de", "Bundesregierung", "federal government"),
        ("ja", "選挙", "election"),
        ("ja", "衆議院", "house representatives"),
        ("ja", "台風", "typhoon"),
        ("zh", "地震", "earthquake"),
        ("zh", "選舉", "election"),
        ("is", "kosningar", "election"),
    ];

    #[test]
    fn every_format_is_read_told_by_what_is_in_it() {
        let dir = tempfile::tempdir().unwrap();
        let done = add(dir.path(), &[FIXTURES.to_owned()]).unwrap();
        let formats: BTreeSet<&str> = done.value.iter().map(|row| row.format.as_str()).collect();
        let all = ["CC-CEDICT", "Ding", "EDICT", "JMdict", "StarDict", "dictd", "tab-separated"];
        assert_eq!(formats.into_iter().collect::<Vec<_>>(), all);
        let refused: Vec<String> =
            done.refused.iter().map(|r| r.file.rsplit('/').next().unwrap().to_owned()).collect();
        assert_eq!(refused, ["ita-deu.dict", "notes.txt"]);
        assert_eq!(list(dir.path()).unwrap(), done.value);
        assert!(done.value.iter().all(|row| row.sha256.len() == 64 && row.licence != "not stated"));
        let lexicons = Lexicons::new(sources_in(dir.path()));
        for (language, word, english) in WORDS {
            assert!(means(&lexicons, language, word, english), "{language} {word} {english}");
        }
        // Neither a definition nor an example is a translation.
        assert!(!means(&lexicons, "ru", "выборы", "vote"));
    }

    #[test]
    fn published_files_in_a_directory_serve_as_they_are() {
        let lexicons = Lexicons::new(sources_in(Path::new(FIXTURES)));
        for (language, word, english) in WORDS {
            assert!(means(&lexicons, language, word, english), "{language} {word} {english}");
        }
    }

    #[test]
    fn what_is_removed_is_gone_and_what_is_not_there_is_named() {
        let dir = tempfile::tempdir().unwrap();
        add(dir.path(), &[format!("{FIXTURES}/is-words.tsv")]).unwrap();
        let done = remove(dir.path(), &["is-words".into(), "cornish".into()]).unwrap();
        assert_eq!((done.value, done.refused.len()), (vec!["is-words".to_owned()], 1));
        assert_eq!(list(dir.path()).unwrap(), Vec::new());
        assert!(remove(dir.path(), &["is-words".into()]).is_err());
    }

    #[test]
    fn the_systems_folders_may_be_missing_and_other_pairs_are_passed_over() {
        let dir = tempfile::tempdir().unwrap();
        let nothing = add_folders(dir.path(), &[dir.path().join("absent")]);
        assert!(nothing.unwrap_err().to_string().contains("apt install"));
        let done = add_folders(dir.path(), &[PathBuf::from(FIXTURES)]).unwrap();
        assert!(done.refused.iter().all(|refusal| !refusal.file.contains("ita-deu")));
    }

    #[test]
    fn a_lost_part_is_asked_for() {
        let dir = tempfile::tempdir().unwrap();
        let copy = dir.path().join("eng-rus.index");
        fs::copy(format!("{FIXTURES}/eng-rus.index"), &copy).unwrap();
        let failed = add(&dir.path().join("kept"), &[copy.display().to_string()]);
        assert!(failed.unwrap_err().to_string().contains(".dict or .dict.dz is missing"));
    }
}
