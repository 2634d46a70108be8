//! Which languages a dictionary is between, and what its headwords look like in news.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::DictionaryError;

/// ISO 639-1, ISO 639-3 (and 639-2/B where it differs), and the English names used in titles.
const LANGUAGES: &[(&str, &[&str])] = &[
    ("ar", &["ara", "arabic"]),
    ("bg", &["bul", "bulgarian", "български"]),
    ("ca", &["cat", "catalan"]),
    ("cs", &["ces", "cze", "czech"]),
    ("cy", &["cym", "wel", "welsh"]),
    ("da", &["dan", "danish", "dansk"]),
    ("de", &["deu", "ger", "german", "deutsch"]),
    ("el", &["ell", "gre", "greek", "ελληνικά"]),
    ("en", &["eng", "english"]),
    ("es", &["spa", "spanish", "español"]),
    ("et", &["est", "estonian"]),
    ("eu", &["eus", "baq", "basque"]),
    ("fa", &["fas", "per", "persian"]),
    ("fi", &["fin", "finnish", "suomi"]),
    ("fr", &["fra", "fre", "french", "français"]),
    ("ga", &["gle", "irish"]),
    ("he", &["heb", "hebrew"]),
    ("hi", &["hin", "hindi"]),
    ("hr", &["hrv", "croatian"]),
    ("hu", &["hun", "hungarian", "magyar"]),
    ("hy", &["hye", "arm", "armenian"]),
    ("id", &["ind", "indonesian"]),
    ("is", &["isl", "ice", "icelandic"]),
    ("it", &["ita", "italian", "italiano"]),
    ("ja", &["jpn", "japanese", "日本語"]),
    ("ko", &["kor", "korean"]),
    ("lt", &["lit", "lithuanian"]),
    ("lv", &["lav", "latvian"]),
    ("mk", &["mkd", "mac", "macedonian"]),
    ("nb", &["nob", "nor", "norwegian", "norsk"]),
    ("nl", &["nld", "dut", "dutch", "nederlands"]),
    ("pl", &["pol", "polish", "polski"]),
    ("pt", &["por", "portuguese", "português"]),
    ("ro", &["ron", "rum", "romanian"]),
    ("ru", &["rus", "russian", "русский"]),
    ("sk", &["slk", "slo", "slovak"]),
    ("sl", &["slv", "slovenian"]),
    ("sr", &["srp", "serbian"]),
    ("sv", &["swe", "swedish", "svenska"]),
    ("th", &["tha", "thai"]),
    ("tr", &["tur", "turkish", "türkçe"]),
    ("uk", &["ukr", "ukrainian"]),
    ("vi", &["vie", "vietnamese"]),
    ("zh", &["zho", "chi", "chinese"]),
];

/// A dictionary's direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Direction {
    /// The language that is not English.
    pub language: String,
    /// Whether its headwords are English.
    pub from_english: bool,
}

fn code(word: &str) -> Option<&'static str> {
    let word = word.to_lowercase();
    let known =
        LANGUAGES.iter().find(|(code, names)| *code == word || names.contains(&word.as_str()));
    known.map(|(code, _)| *code)
}

/// The first two languages named side by side in a name or a title: `freedict-deu-eng`, `French-English FreeDict`.
fn pair(text: &str) -> Option<(&'static str, &'static str)> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).collect();
    words.windows(2).find_map(|two| match two {
        [one, other] => Some((code(one)?, code(other)?)),
        _ => None,
    })
}

/// The direction, from the first of these texts that names two languages.
pub(super) fn direction(texts: &[&str]) -> Result<Direction, DictionaryError> {
    let (from, to) =
        texts.iter().find_map(|text| pair(text)).ok_or(DictionaryError::UnknownLanguages)?;
    match (from, to) {
        ("en", "en") => Err(DictionaryError::UnknownLanguages),
        ("en", language) => Ok(Direction { language: language.into(), from_english: true }),
        (language, "en") => Ok(Direction { language: language.into(), from_english: false }),
        _ => Err(DictionaryError::NotWithEnglish(format!("{from}-{to}"))),
    }
}

/// The language of a word list: its name is or begins with a code, or names a pair with English.
pub(super) fn language_of(name: &str) -> Result<String, DictionaryError> {
    if let Ok(direction) = direction(&[name]) {
        return Ok(direction.language);
    }
    let mut words = name.split(|c: char| !c.is_alphabetic());
    let first = words.find_map(code).filter(|code| *code != "en");
    first.map(str::to_owned).ok_or(DictionaryError::UnknownLanguages)
}

/// A headword as news writes it: stress marks of Cyrillic and points of Arabic and Hebrew are for learners.
pub(super) fn headword(language: &str, word: &str) -> String {
    let word = word.trim();
    if word.is_ascii() {
        return word.to_owned();
    }
    match language {
        "bg" | "ru" | "sr" | "mk" | "be" | "uk" => {
            let plain = |c: &char| !matches!(c, '\u{300}' | '\u{301}');
            word.nfd().filter(plain).nfc().collect()
        }
        "ar" | "fa" | "he" => {
            word.nfc().filter(|c| !is_combining_mark(*c) && *c != '\u{640}').collect()
        }
        _ => word.nfc().collect(),
    }
}

/// Whether a word can be of a language, by its letters: Latin ones alone are no word where another script is written.
pub(super) fn is_in_its_script(language: &str, word: &str) -> bool {
    const OTHER_SCRIPTS: &[&str] =
        &["ar", "bg", "be", "el", "fa", "he", "hi", "hy", "ja", "ko", "mk", "ru", "th", "uk", "zh"];
    !(OTHER_SCRIPTS.contains(&language) && word.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_are_read_from_names_and_titles() {
        let read = |text| direction(&[text]).map(|d| (d.language, d.from_english));
        assert_eq!(read("freedict-deu-eng"), Ok(("de".into(), false)));
        assert_eq!(read("eng-rus"), Ok(("ru".into(), true)));
        assert_eq!(read("suomi-English FreeDict+WikDict dictionary"), Ok(("fi".into(), false)));
        assert_eq!(read("deu-ita"), Err(DictionaryError::NotWithEnglish("de-it".into())));
        assert_eq!(read("words"), Err(DictionaryError::UnknownLanguages));
        assert_eq!(language_of("is-words"), Ok("is".into()));
    }

    #[test]
    fn marks_for_learners_go_and_letters_stay() {
        assert_eq!(headword("bg", "ба́нка"), "банка");
        assert_eq!(headword("ru", "район"), "район");
        assert_eq!(headword("ar", "التّوقّع"), "التوقع");
        assert_eq!(headword("cs", "žito"), "žito");
        assert!(!is_in_its_script("bg", "rule") && is_in_its_script("fi", "rule"));
    }
}
