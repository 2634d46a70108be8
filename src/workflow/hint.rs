//! The word to a user whose translated pages are traced with the built-in lexicon alone: which dictionary would help,
//! and the one line that gets it.

use std::collections::BTreeSet;

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
    /// Languages that the run has a dictionary for; `None` where it wants no lexicon at all.
    known: Option<BTreeSet<String>>,
    missing: BTreeSet<String>,
}

impl Hint {
    pub fn new(context: &Context) -> Self {
        let rows = context.lexicon_folder().map(list).and_then(Result::ok).unwrap_or_default();
        let known =
            context.uses_lexicons().then(|| rows.into_iter().map(|row| row.language).collect());
        Self { known, missing: BTreeSet::new() }
    }

    /// Notes the languages between which a page was translated, or seems to have been.
    pub fn see(&mut self, report: &TraceReport) {
        let Some(known) = &self.known else { return };
        let translated = report.sources.iter().filter(|s| s.relation == Relation::Translated);
        let mut languages: BTreeSet<&str> =
            translated.filter_map(|source| source.language.as_deref()).collect();
        if report.sources.is_empty() {
            languages.extend(report.residue.iter().map(|residue| residue.language.as_str()));
        }
        if !languages.is_empty() {
            languages.extend(report.query.language.as_deref());
        }
        let missing = languages.into_iter().filter(|l| *l != "en" && !known.contains(*l));
        self.missing.extend(missing.map(str::to_owned));
    }

    /// What to say at the end, if anything.
    pub fn says(&self) -> Option<String> {
        let packages = PACKAGES.iter().filter(|(language, _)| self.missing.contains(*language));
        let packages: Vec<&str> = packages.map(|(_, packages)| *packages).collect();
        let languages: Vec<&str> = self.missing.iter().map(String::as_str).collect();
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

    fn hint(known: Option<&[&str]>) -> Hint {
        let known = known.map(|known| known.iter().map(|&language| language.to_owned()).collect());
        Hint { known, missing: BTreeSet::new() }
    }

    fn seems_translated(from: &str) -> TraceReport {
        let residue = Residue { language: from.to_owned(), ..Residue::default() };
        let query = QueryHead { language: Some("en".to_owned()), ..QueryHead::default() };
        TraceReport { residue: vec![residue], query, ..TraceReport::default() }
    }

    #[test]
    fn the_line_to_type_names_the_packages_that_are_missing() {
        let mut seen = hint(Some(&["fr"]));
        seen.see(&seems_translated("ja"));
        seen.see(&seems_translated("fr"));
        let says = seen.says().unwrap_or_default();
        assert!(
            says.contains("`sudo apt install edict && copytrail lexicon add --system`"),
            "{says}"
        );
    }

    #[test]
    fn nothing_is_said_where_nothing_was_translated_or_no_lexicon_is_wanted() {
        let mut seen = hint(Some(&[]));
        seen.see(&TraceReport::default());
        assert_eq!(seen.says(), None);
        let mut seen = hint(None);
        seen.see(&seems_translated("ja"));
        assert_eq!(seen.says(), None);
    }
}
