//! Stems: Snowball where it has the language, short rules of our own where it has not.

use std::sync::LazyLock;

use snowball_stemmers_rs::{Algorithm, Stemmer};

/// Version of the rules of our own below.
pub(super) const OWN_RULES_VERSION: i64 = 1;

const SNOWBALL: &[(&str, Algorithm)] = &[
    ("ar", Algorithm::Arabic),
    ("bs", Algorithm::Serbian),
    ("ca", Algorithm::Catalan),
    ("cs", Algorithm::Czech),
    ("da", Algorithm::Danish),
    ("de", Algorithm::German),
    ("el", Algorithm::Greek),
    ("en", Algorithm::English),
    ("eo", Algorithm::Esperanto),
    ("es", Algorithm::Spanish),
    ("et", Algorithm::Estonian),
    ("eu", Algorithm::Basque),
    ("fa", Algorithm::Persian),
    ("fi", Algorithm::Finnish),
    ("fr", Algorithm::French),
    ("ga", Algorithm::Irish),
    ("hi", Algorithm::Hindi),
    ("hr", Algorithm::Serbian),
    ("hu", Algorithm::Hungarian),
    ("hy", Algorithm::Armenian),
    ("id", Algorithm::Indonesian),
    ("it", Algorithm::Italian),
    ("lt", Algorithm::Lithuanian),
    ("nb", Algorithm::Norwegian),
    ("ne", Algorithm::Nepali),
    ("nl", Algorithm::Dutch),
    ("nn", Algorithm::Norwegian),
    ("no", Algorithm::Norwegian),
    ("pl", Algorithm::Polish),
    ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian),
    ("ru", Algorithm::Russian),
    ("sr", Algorithm::Serbian),
    ("st", Algorithm::Sesotho),
    ("sv", Algorithm::Swedish),
    ("ta", Algorithm::Tamil),
    ("tr", Algorithm::Turkish),
    ("uk", Algorithm::Ukrainian),
    ("yi", Algorithm::Yiddish),
];

/// Endings to cut, longest first, where Snowball has no stemmer. At least three letters stay.
const OWN: &[(&str, &[&str])] = &[
    (
        "is",
        &[
            "unum", "anna", "inum", "arnir", "arnar", "urnar", "irnar", "ina", "inn", "ið", "inu",
            "num", "nni", "nna", "num", "ins", "ana", "ann", "um", "ar", "ir", "ur", "in", "na",
            "an", "i", "a", "u", "s", "r",
        ],
    ),
    (
        "sk",
        &[
            "ovania", "ovanie", "encami", "ejšieho", "ejších", "ovému", "ového", "ových", "ovými",
            "ami", "och", "ách", "iach", "ého", "ému", "ými", "ých", "ich", "ovi", "ého", "eho",
            "emu", "ove", "ov", "om", "ou", "ej", "ia", "ie", "iu", "ám", "á", "é", "í", "ý", "ú",
            "a", "e", "i", "o", "u", "y",
        ],
    ),
    (
        "bg",
        &[
            "ищата",
            "ският",
            "ската",
            "ското",
            "ските",
            "овете",
            "евете",
            "ията",
            "ието",
            "иите",
            "ята",
            "ата",
            "ите",
            "ето",
            "ото",
            "ове",
            "еве",
            "ият",
            "ия",
            "ие",
            "ии",
            "ът",
            "ят",
            "а",
            "я",
            "о",
            "е",
            "и",
            "ъ",
            "у",
            "ю",
        ],
    ),
    (
        "mk",
        &[
            "ските",
            "ската",
            "скиот",
            "ското",
            "овите",
            "иите",
            "ата",
            "ите",
            "ето",
            "ото",
            "ови",
            "иот",
            "от",
            "та",
            "то",
            "те",
            "ни",
            "на",
            "но",
            "а",
            "о",
            "е",
            "и",
            "у",
        ],
    ),
    (
        "be",
        &[
            "ага", "яга", "аму", "яму", "амі", "ямі", "ымі", "імі", "ах", "ях", "ам", "ям", "ай",
            "яй", "ой", "ую", "юю", "ыя", "ія", "ых", "іх", "ым", "ім", "аў", "яў", "оў", "ом",
            "ем", "а", "я", "у", "ю", "ы", "і", "е", "э", "о", "ь",
        ],
    ),
    (
        "sl",
        &[
            "ovega", "ovemu", "ovih", "ega", "emu", "imi", "ami", "ama", "oma", "ima", "ih", "im",
            "em", "om", "ov", "ev", "ah", "eh", "a", "e", "i", "o", "u",
        ],
    ),
    (
        "lv",
        &[
            "ajiem", "ajām", "ajās", "iem", "ām", "ām", "ēm", "īm", "ās", "ēs", "īs", "os", "us",
            "as", "es", "is", "ai", "ei", "im", "am", "um", "ā", "ē", "ī", "ū", "a", "e", "i", "u",
            "s", "š",
        ],
    ),
];

fn snowball(language: &str) -> Option<&'static Stemmer> {
    static STEMMERS: LazyLock<Vec<(&str, Stemmer)>> = LazyLock::new(|| {
        SNOWBALL
            .iter()
            .map(|&(language, algorithm)| (language, Stemmer::create(algorithm)))
            .collect()
    });
    let at = STEMMERS.binary_search_by_key(&language, |&(known, _)| known).ok()?;
    STEMMERS.get(at).map(|(_, stemmer)| stemmer)
}

/// The stem of a word in a language (BCP-47 primary subtag), in lower case: Snowball's (Porter 2001), or the word without
/// its ending by short rules where Snowball lacks the language. Chinese, Japanese and unknown languages: lower case only.
pub fn stem(language: &str, word: &str) -> String {
    let lower = word.to_lowercase();
    if let Some(stemmer) = snowball(language) {
        return stemmer.stem(&lower).into_owned();
    }
    match OWN.iter().find(|(known, _)| *known == language) {
        Some((_, endings)) => cut(&lower, endings).to_owned(),
        None => lower,
    }
}

fn cut<'w>(word: &'w str, endings: &[&str]) -> &'w str {
    let stems = endings.iter().filter_map(|ending| word.strip_suffix(ending));
    stems
        .into_iter()
        .filter(|stem| stem.chars().count() >= 3)
        .min_by_key(|stem| stem.len())
        .unwrap_or(word)
}

/// Languages that [`stem`] does more for than lower-casing, in order.
pub fn supported_stemmers() -> Vec<&'static str> {
    let own = OWN.iter().map(|&(language, _)| language);
    let mut all: Vec<&str> = SNOWBALL.iter().map(|&(language, _)| language).chain(own).collect();
    all.sort_unstable();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_meet() {
        for (language, one, other) in [
            ("de", "Verhandlungen", "Verhandlung"),
            ("en", "talks", "talk"),
            ("fr", "présidents", "président"),
            ("ru", "войны", "война"),
            ("uk", "переговорів", "переговори"),
            ("pl", "samochodów", "samochodem"),
            ("cs", "prezidenta", "prezidentem"),
            ("sk", "prezidenta", "prezidentom"),
            ("is", "forsetinn", "forseti"),
            ("bg", "войната", "война"),
            ("bg", "президентът", "президента"),
            ("hr", "predsjednika", "predsjedniku"),
            ("sr", "председника", "председнику"),
        ] {
            assert_eq!(stem(language, one), stem(language, other), "{language}: {one} and {other}");
        }
    }

    #[test]
    fn known_answers() {
        assert_eq!(stem("en", "Negotiations"), "negoti");
        assert_eq!(stem("de", "Verhandlungen"), "verhandl");
        assert_eq!(stem("ja", "連携"), "連携");
        assert_eq!(stem("xx", "Hund"), "hund");
    }

    #[test]
    fn the_list_is_in_order() {
        assert!(SNOWBALL.is_sorted_by_key(|&(language, _)| language));
        assert!(supported_stemmers().contains(&"is"));
    }
}
