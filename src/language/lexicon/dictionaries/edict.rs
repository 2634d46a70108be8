//! EDICT and EDICT2: `言葉;詞 [ことば;けとば] /(n) (1) word/language/(P)/`.

use super::gloss::without_brackets;
use super::licence::licence_of;
use super::{Bundle, DictionaryError, Draft, Format};

pub(super) struct Edict;

impl Format for Edict {
    fn name(&self) -> &'static str {
        "EDICT"
    }

    fn fits(&self, bundle: &Bundle) -> bool {
        bundle.is_mostly(|line| row(line).is_some())
    }

    fn read(&self, bundle: &Bundle) -> Result<Draft, DictionaryError> {
        let text = bundle.text().ok_or(DictionaryError::UnknownFormat)?;
        let notice = text.lines().next().unwrap_or_default();
        let created = notice.split("Created: ").nth(1).and_then(|rest| rest.split('/').next());
        let mut draft = Draft {
            title: format!("EDICT {}", bundle.name),
            version: created.unwrap_or_default().to_owned(),
            licence: licence_of(notice),
            language: "ja".into(),
            pairs: Vec::new(),
        };
        for line in text.lines().filter(|line| !is_notice(line)) {
            let Some((words, glosses)) = row(line) else { continue };
            for word in words {
                for gloss in glosses.split('/') {
                    draft.add(word, &without_brackets(gloss));
                }
            }
        }
        Ok(draft)
    }
}

/// The first line names the dictionary in place of a word.
fn is_notice(line: &str) -> bool {
    line.starts_with('　') || line.starts_with('#')
}

/// The written forms and the glosses of a row. A reading counts as a written form only where the word is usually
/// written so: else every short kana word would be found inside other words.
fn row(line: &str) -> Option<(Vec<&str>, &str)> {
    let (heads, glosses) = line.split_once(" /")?;
    if !glosses.trim_end().ends_with('/') {
        return None;
    }
    let (written, readings) = match heads.split_once(" [") {
        Some((written, readings)) => (written, readings.trim_end_matches(']')),
        None => (heads, ""),
    };
    if written.is_empty() || written.is_ascii() || written.contains(' ') {
        return None;
    }
    let mut words: Vec<&str> = written.split(';').map(bare).collect();
    if glosses.contains("(uk)") {
        words.extend(readings.split(';').map(bare).filter(|reading| reading.chars().count() > 2));
    }
    Some((words, glosses))
}

/// A form without its mark, `言葉(P)`.
fn bare(form: &str) -> &str {
    form.split('(').next().unwrap_or_default().trim()
}
