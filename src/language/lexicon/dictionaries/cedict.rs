//! CC-CEDICT: `新聞 新闻 [xin1 wen2] /news/CL:條|条[tiao2],個|个[ge4]/`.

use super::gloss::without_brackets;
use super::licence::licence_of;
use super::{Bundle, DictionaryError, Draft, Format};

pub(super) struct CcCedict;

impl Format for CcCedict {
    fn name(&self) -> &'static str {
        "CC-CEDICT"
    }

    fn fits(&self, bundle: &Bundle) -> bool {
        bundle.is_mostly(|line| row(line).is_some())
    }

    fn read(&self, bundle: &Bundle) -> Result<Draft, DictionaryError> {
        let text = bundle.text().ok_or(DictionaryError::UnknownFormat)?;
        let notice: Vec<&str> = text.lines().take_while(|line| line.starts_with('#')).collect();
        let date = notice.iter().find_map(|line| line.strip_prefix("#! date="));
        let mut draft = Draft {
            title: "CC-CEDICT".into(),
            version: date.unwrap_or_default().split('T').next().unwrap_or_default().to_owned(),
            licence: licence_of(&notice.join(" ")),
            language: "zh".into(),
            pairs: Vec::new(),
        };
        for line in text.lines() {
            let Some((traditional, simplified, glosses)) = row(line) else { continue };
            for gloss in glosses.split('/').filter(|gloss| !gloss.starts_with("CL:")) {
                let gloss = without_brackets(gloss);
                draft.add(simplified, &gloss);
                if traditional != simplified {
                    draft.add(traditional, &gloss);
                }
            }
        }
        Ok(draft)
    }
}

/// Traditional form, simplified form and glosses of a row.
fn row(line: &str) -> Option<(&str, &str, &str)> {
    let (heads, rest) = line.split_once(" [")?;
    let (traditional, simplified) = heads.split_once(' ')?;
    let (_, glosses) = rest.split_once("] /")?;
    let one_word = !simplified.is_empty() && !simplified.contains(' ') && !line.starts_with('#');
    one_word.then_some((traditional, simplified, glosses.trim_end().trim_end_matches('/')))
}
