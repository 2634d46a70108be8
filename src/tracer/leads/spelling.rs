//! How another language writes a name or a number.

use any_ascii::any_ascii;
use unicode_script::{Script, UnicodeScript};

/// Sounds as English and German spell Russian and Ukrainian names, longest first, and the Cyrillic letters for them.
const CYRILLIC: &[(&str, &str)] = &[
    ("schtsch", "щ"),
    ("shch", "щ"),
    ("tsch", "ч"),
    ("dzh", "дж"),
    ("sch", "ш"),
    ("zh", "ж"),
    ("kh", "х"),
    ("ts", "ц"),
    ("ch", "ч"),
    ("sh", "ш"),
    ("yu", "ю"),
    ("ju", "ю"),
    ("ya", "я"),
    ("ja", "я"),
    ("yo", "ё"),
    ("ye", "е"),
    ("je", "е"),
    ("ck", "к"),
    ("ph", "ф"),
    ("th", "т"),
    ("ee", "и"),
    ("oo", "у"),
    ("a", "а"),
    ("b", "б"),
    ("c", "к"),
    ("d", "д"),
    ("e", "е"),
    ("f", "ф"),
    ("g", "г"),
    ("h", "х"),
    ("i", "и"),
    ("j", "дж"),
    ("k", "к"),
    ("l", "л"),
    ("m", "м"),
    ("n", "н"),
    ("o", "о"),
    ("p", "п"),
    ("q", "к"),
    ("r", "р"),
    ("s", "с"),
    ("t", "т"),
    ("u", "у"),
    ("v", "в"),
    ("w", "в"),
    ("x", "кс"),
    ("y", "ы"),
    ("z", "з"),
];

/// A name in the script of a language; `None` where its letters cannot be told (Chinese, Japanese, Arabic).
pub fn name(text: &str, target: &str) -> Option<String> {
    let script = text.chars().map(|c| c.script()).find(|s| *s != Script::Common)?;
    let acronym = text.chars().count() > 1 && text.chars().all(char::is_uppercase);
    match (script, target) {
        (Script::Latin, "ru" | "uk" | "bg" | "sr" | "mk" | "be") if !acronym => {
            Some(cyrillic(text))
        }
        (Script::Cyrillic, "ru" | "uk" | "bg" | "mk" | "be") => Some(text.to_owned()),
        (Script::Cyrillic | Script::Greek, target) if is_latin(target) => Some(any_ascii(text)),
        (Script::Latin, target) if is_latin(target) || acronym => Some(text.to_owned()),
        (Script::Latin, _) => None,
        _ => None,
    }
}

/// Whether a language is written in Latin letters.
pub fn is_latin(language: &str) -> bool {
    !matches!(
        language,
        "ru" | "uk" | "bg" | "mk" | "be" | "el" | "ja" | "zh" | "ko" | "th" | "ar" | "fa" | "he" | "hi" | "ur" | "ka" | "hy"
    )
}

fn cyrillic(text: &str) -> String {
    let lower = any_ascii(&text.to_lowercase()).to_lowercase();
    let mut spelt = String::with_capacity(text.len() * 2);
    let mut rest = lower.as_str();
    // "Zelensky", "Gorky", "Yury": a last y is an adjective's or a short i.
    let ending = ["skyj", "skiy", "skyi", "skyy", "skij", "ski", "sky"]
        .iter()
        .find_map(|ending| rest.strip_suffix(ending).map(|stem| (stem, "ский")))
        .or_else(|| ["iy", "yy", "ij"].iter().find_map(|e| rest.strip_suffix(e).map(|s| (s, "ий"))));
    let mut tail = "";
    if let Some((stem, spelling)) = ending {
        rest = stem;
        tail = spelling;
    }
    while let Some(first) = rest.chars().next() {
        let vowel_before = spelt.ends_with(['а', 'е', 'и', 'о', 'у', 'ы', 'э']);
        let glide = first == 'y' && vowel_before && !rest.starts_with("ya") && !rest.starts_with("yu");
        let (taken, letters) = if glide {
            (1, "й")
        } else if spelt.is_empty() && first == 'e' {
            (1, "э")
        } else if let Some((sound, letters)) = CYRILLIC.iter().find(|(sound, _)| rest.starts_with(sound)) {
            (sound.len(), *letters)
        } else {
            (first.len_utf8(), "")
        };
        spelt.push_str(letters);
        rest = rest.get(taken..).unwrap_or_default();
    }
    spelt.push_str(tail);
    capitalised(&spelt)
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// Signs of a language in numbers: what groups thousands (none: a space), and the decimal sign.
fn number_signs(language: &str) -> (Option<char>, char) {
    match language {
        "en" | "ja" | "zh" | "ko" | "he" | "th" | "hi" | "ar" | "fa" => (Some(','), '.'),
        "fr" | "ru" | "uk" | "pl" | "cs" | "sk" | "bg" | "fi" | "sv" | "nb" | "no" | "hu" => (None, ','),
        _ => (Some('.'), ','),
    }
}

/// A number of one language as another writes it: "1,084.5" in English is "1.084,5" in German. What does not follow its
/// language's habit stays as it stands: a translation that kept the source's number is a gift.
pub fn number(text: &str, language: &str, target: &str) -> String {
    let (group, decimal) = number_signs(language);
    let (whole, fraction) = match text.rsplit_once(decimal) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let groups: Vec<&str> = match group {
        Some(sign) => whole.split(sign).collect(),
        None => vec![whole],
    };
    let digits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let grouped = groups.iter().skip(1).all(|part| part.len() == 3);
    if !grouped || !groups.iter().copied().chain(fraction).all(digits) {
        return text.to_owned();
    }
    let (their_group, their_decimal) = number_signs(target);
    let joint = match their_group {
        _ if matches!(target, "ja" | "zh") => String::new(),
        Some(sign) => sign.to_string(),
        None => " ".to_owned(),
    };
    let mut written = groups.join(&joint);
    if let Some(fraction) = fraction {
        written.push(their_decimal);
        written.push_str(fraction);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_the_habit_of_the_language() {
        for (text, from, to, written) in [
            ("1,084.5", "en", "de", "1.084,5"),
            ("12.500", "de", "en", "12,500"),
            ("3,5", "de", "en", "3.5"),
            ("12,500", "en", "fr", "12 500"),
            ("12,500", "en", "ja", "12500"),
            ("10:00", "en", "de", "10:00"),
            ("1.2.3", "en", "de", "1.2.3"),
            ("375", "en", "ru", "375"),
        ] {
            assert_eq!(number(text, from, to), written, "{text} from {from} to {to}");
        }
    }

    #[test]
    fn names_are_spelt_in_the_script_of_the_language() {
        assert_eq!(name("Peskov", "ru").as_deref(), Some("Песков"));
        assert_eq!(name("Zelensky", "ru").as_deref(), Some("Зеленский"));
        assert_eq!(name("Shcherbakov", "ru").as_deref(), Some("Щербаков"));
        assert_eq!(name("Lawrow", "ru").as_deref(), Some("Лавров"));
        assert_eq!(name("Merz", "fr").as_deref(), Some("Merz"));
        assert_eq!(name("Песков", "en").as_deref(), Some("Peskov"));
        assert_eq!(name("NATO", "ja").as_deref(), Some("NATO"));
        assert_eq!(name("Merkel", "ja"), None);
    }
}
