//! JMdict's XML, element by element: `keb` and `reb` are a word's forms, `gloss` without a language is English.

use super::gloss::without_brackets;
use super::{Bundle, DictionaryError, Draft, Format};

pub(super) struct JmDict;

impl Format for JmDict {
    fn name(&self) -> &'static str {
        "JMdict"
    }

    fn fits(&self, bundle: &Bundle) -> bool {
        // The document type definition before the first entry is longer than what a format is told by.
        bundle.single().is_some_and(|bytes| {
            let start = bytes.get(..100_000).unwrap_or(bytes);
            bytes.starts_with(b"<")
                && start.windows(7).any(|window| window == b"<JMdict" || window == b" JMdict")
        })
    }

    fn read(&self, bundle: &Bundle) -> Result<Draft, DictionaryError> {
        let text = bundle.text().ok_or(DictionaryError::UnknownFormat)?;
        let created =
            text.split("JMdict created: ").nth(1).and_then(|rest| rest.split_whitespace().next());
        let mut draft = Draft {
            title: "JMdict".into(),
            version: created.unwrap_or_default().to_owned(),
            licence: "CC-BY-SA-4.0 (EDRDG)".into(),
            language: "ja".into(),
            pairs: Vec::new(),
        };
        for entry in text.split("<entry>").skip(1) {
            let entry = entry.split("</entry>").next().unwrap_or_default();
            let mut words = elements(entry, "keb");
            if words.is_empty() || entry.contains("&uk;") {
                let readings = elements(entry, "reb");
                words.extend(readings.into_iter().filter(|reading| reading.chars().count() > 2));
            }
            for gloss in elements(entry, "gloss") {
                let gloss = without_brackets(gloss).replace("&amp;", "&");
                for word in &words {
                    draft.add(word, &gloss);
                }
            }
        }
        Ok(draft)
    }
}

/// Texts of the elements of a name; those in another language than English say so in an attribute and are left.
fn elements<'x>(xml: &'x str, name: &str) -> Vec<&'x str> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let parts = xml.split(open.as_str()).skip(1);
    parts
        .filter_map(|part| {
            let (attributes, rest) = part.split_once('>')?;
            let english = !attributes.contains("xml:lang") || attributes.contains("\"eng\"");
            let (text, _) = rest.split_once(close.as_str())?;
            english.then_some(text)
        })
        .collect()
}
