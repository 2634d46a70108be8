//! Ding's word lists: `Wort {n}; Vokabel {f} | Wörter {pl} :: word; vocable | words`.

use super::gloss::without_brackets;
use super::languages::direction;
use super::licence::licence_of;
use super::{Bundle, DictionaryError, Draft, Format};

pub(super) struct Ding;

const BETWEEN: &str = "::";

impl Format for Ding {
    fn name(&self) -> &'static str {
        "Ding"
    }

    fn fits(&self, bundle: &Bundle) -> bool {
        let start = bundle.start().unwrap_or_default();
        let lines =
            || start.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
        let pairs = lines().filter(|line| line.contains(BETWEEN)).count();
        pairs > 0 && pairs * 2 > lines().count()
    }

    fn read(&self, bundle: &Bundle) -> Result<Draft, DictionaryError> {
        let text = bundle.text().ok_or(DictionaryError::UnknownFormat)?;
        let notice: Vec<&str> = text.lines().take_while(|line| line.starts_with('#')).collect();
        let direction = direction(&[&bundle.name, &notice.join(" ")])?;
        let fact = |key: &str| {
            let line = notice.iter().find(|line| line.to_lowercase().contains(key))?;
            line.split_once(BETWEEN).map(|(_, value)| value.trim().to_owned())
        };
        let mut draft = Draft {
            title: format!("Ding {}", bundle.name),
            version: fact("version").unwrap_or_default(),
            licence: licence_of(&notice.join(" ")),
            language: direction.language,
            pairs: Vec::new(),
        };
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let Some((left, right)) = line.split_once(BETWEEN) else { continue };
            let sides = if direction.from_english { (right, left) } else { (left, right) };
            pairs(&without_brackets(sides.0), &without_brackets(sides.1), &mut draft);
        }
        Ok(draft)
    }
}

/// Forms stand side by side on both sides at `|`, synonyms at `;`.
fn pairs(words: &str, english: &str, draft: &mut Draft) {
    for (words, english) in words.split('|').zip(english.split('|')) {
        for word in words.split(';') {
            for gloss in english.split(';') {
                draft.add(word, gloss);
            }
        }
    }
}
