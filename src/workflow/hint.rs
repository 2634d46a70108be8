//! The word to a user whose translated pages are traced with the built-in lexicon alone: which dictionary would help,
//! and the one line that gets it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::context::Context;
use super::lexicon::list;
use crate::model::{Relation, TraceReport};

/// Packages of Debian and its kin that have a language's dictionary with English.
const PACKAGES: &[(&str, &str)] = &[
    ("ar", "dict-freedict-ara-eng dict-freedict-eng-ara"),
    ("bg", "dict-freedict-eng-bul"),
    ("cs", "dict-freedict-ces-eng"),
    ("da", "dict-freedict-dan-eng"),
    ("de", "trans-de-en dict-freedict-deu-eng"),
    ("el", "dict-freedict-eng-ell"),
    ("es", "dict-freedict-spa-eng dict-freedict-eng-spa"),
    ("fi", "dict-freedict-fin-eng"),
    ("fr", "dict-freedict-fra-eng dict-freedict-eng-fra"),
    ("hr", "dict-freedict-hrv-eng dict-freedict-eng-hrv"),
    ("hu", "dict-freedict-hun-eng dict-freedict-eng-hun"),
    ("is", "dict-freedict-isl-eng"),
    ("it", "dict-freedict-ita-eng dict-freedict-eng-ita"),
    ("ja", "edict"),
    ("nb", "dict-freedict-eng-nor"),
    ("nl", "dict-freedict-nld-eng dict-freedict-eng-nld"),
    ("no", "dict-freedict-eng-nor"),
    ("pl", "dict-freedict-pol-eng dict-freedict-eng-pol"),
    ("pt", "dict-freedict-por-eng dict-freedict-eng-por"),
    ("ru", "dict-freedict-eng-rus"),
    ("sk", "dict-freedict-slk-eng"),
    ("sv", "dict-freedict-swe-eng dict-freedict-eng-swe"),
    ("tr", "dict-freedict-tur-eng dict-freedict-eng-tur"),
];

/// Languages of translated pages for which no dictionary was at hand.
pub struct Hint {
    /// Whether the run wants lexicons at all.
    wanted: bool,
    /// Where its dictionaries are; looked into at the end alone, and only where that matters.
    folder: Option<PathBuf>,
    translated: BTreeSet<String>,
}

impl Hint {
    pub fn new(context: &Context) -> Self {
        Self {
            wanted: context.uses_lexicons(),
            folder: context.lexicon_folder().map(Path::to_owned),
            translated: BTreeSet::new(),
        }
    }

    /// Notes the languages between which a page was translated, or seems to have been.
    pub fn see(&mut self, report: &TraceReport) {
        if !self.wanted {
            return;
        }
        let translated = report.sources.iter().filter(|s| s.relation == Relation::Translated);
        let mut languages: BTreeSet<&str> =
            translated.filter_map(|source| source.language.as_deref()).collect();
        if report.sources.is_empty() {
            languages.extend(report.residue.iter().map(|residue| residue.language.as_str()));
        }
        if !languages.is_empty() {
            languages.extend(report.query.language.as_deref());
        }
        let others = languages.into_iter().filter(|language| *language != "en");
        self.translated.extend(others.map(str::to_owned));
    }

    /// What to say at the end, if anything.
    pub fn says(&self) -> Option<String> {
        if self.translated.is_empty() {
            return None;
        }
        let rows = self.folder.as_deref().map(list).and_then(Result::ok).unwrap_or_default();
        self.wording(&rows.into_iter().map(|row| row.language).collect())
    }

    /// What to say where dictionaries of these languages are at hand.
    fn wording(&self, known: &BTreeSet<String>) -> Option<String> {
        let missing: BTreeSet<&str> =
            self.translated.difference(known).map(String::as_str).collect();
        let packages = PACKAGES.iter().filter(|(language, _)| missing.contains(language));
        let packages: Vec<&str> = packages.map(|(_, packages)| *packages).collect();
        let languages: Vec<&str> = missing.into_iter().collect();
        let languages = languages.join(", ");
        match packages.as_slice() {
            [] if languages.is_empty() => None,
            [] => Some(format!(
                "only the built-in lexicon has words of {languages}; a dictionary finds more: `copytrail lexicon add FILE` takes one"
            )),
            _ => Some(format!(
                "only the built-in lexicon has words of {languages}; a dictionary finds more: `sudo apt install {} && copytrail lexicon add --system`",
                packages.join(" ")
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{QueryHead, Residue};

    fn hint(wanted: bool) -> Hint {
        Hint { wanted, folder: None, translated: BTreeSet::new() }
    }

    fn seems_translated(from: &str) -> TraceReport {
        let residue = Residue { language: from.to_owned(), ..Residue::default() };
        let query = QueryHead { language: Some("en".to_owned()), ..QueryHead::default() };
        TraceReport { residue: vec![residue], query, ..TraceReport::default() }
    }

    #[test]
    fn the_line_to_type_names_the_packages_that_are_missing() {
        let mut seen = hint(true);
        seen.see(&seems_translated("ja"));
        seen.see(&seems_translated("fr"));
        let says = seen.wording(&BTreeSet::from(["fr".to_owned()])).unwrap_or_default();
        assert!(
            says.contains("`sudo apt install edict && copytrail lexicon add --system`"),
            "{says}"
        );
    }

    #[test]
    fn nothing_is_said_where_nothing_was_translated_or_no_lexicon_is_wanted() {
        let mut seen = hint(true);
        seen.see(&TraceReport::default());
        assert_eq!(seen.says(), None);
        let mut seen = hint(false);
        seen.see(&seems_translated("ja"));
        assert_eq!(seen.says(), None);
    }
}
