//! Word lists of two columns: word, tab, English; several translations at `;` or `|`. Lines that open with `#` may state
//! `language:`, `version:` and `licence:`.

use super::gloss::without_brackets;
use super::languages::language_of;
use super::{Bundle, DictionaryError, Draft, Format};

pub(super) struct Tabbed;

impl Format for Tabbed {
    fn name(&self) -> &'static str {
        "tab-separated"
    }

    fn fits(&self, bundle: &Bundle) -> bool {
        bundle.is_mostly(|line| row(line).is_some())
    }

    fn read(&self, bundle: &Bundle) -> Result<Draft, DictionaryError> {
        let text = bundle.text().ok_or(DictionaryError::UnknownFormat)?;
        let fact = |key: &str| {
            let notice = text.lines().take_while(|line| line.starts_with('#'));
            notice
                .filter_map(|line| line.trim_start_matches('#').trim().split_once(':'))
                .find(|(name, _)| name.trim().eq_ignore_ascii_case(key))
                .map(|(_, value)| value.trim().to_owned())
        };
        let language = language_of(&fact("language").unwrap_or_else(|| bundle.name.clone()))?;
        let mut draft = Draft {
            title: bundle.name.clone(),
            version: fact("version").unwrap_or_default(),
            licence: fact("licence")
                .or_else(|| fact("license"))
                .unwrap_or_else(|| "not stated".into()),
            language,
            pairs: Vec::new(),
        };
        for (word, english) in text.lines().filter_map(row) {
            for gloss in without_brackets(english).split([';', '|']) {
                draft.add(word, gloss);
            }
        }
        Ok(draft)
    }
}

fn row(line: &str) -> Option<(&str, &str)> {
    let (word, english) = line.split_once('\t')?;
    let english = english.split('\t').next()?;
    (!line.starts_with('#') && !word.trim().is_empty() && !english.trim().is_empty())
        .then_some((word, english))
}
