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
            Some(cyrillic(text, target))
        }
        (Script::Cyrillic, "ru" | "uk" | "bg" | "mk" | "be") => Some(text.to_owned()),
        (Script::Cyrillic | Script::Greek, target) if is_latin(target) => Some(any_ascii(text)),
        (Script::Latin, target) if is_latin(target) || acronym => Some(text.to_owned()),
        _ => None,
    }
}

/// Whether a language is written in Latin letters.
pub fn is_latin(language: &str) -> bool {
    !matches!(
        language,
        "ru" | "uk"
            | "bg"
            | "mk"
            | "be"
            | "el"
            | "ja"
            | "zh"
            | "ko"
            | "th"
            | "ar"
            | "fa"
            | "he"
            | "hi"
            | "ur"
            | "ka"
            | "hy"
    )
}

/// What other Cyrillic alphabets write for the letters of [`CYRILLIC`].
fn of_alphabet(letters: &str, sound: &str, target: &str) -> String {
    const OTHER: &[(&str, char, &str)] = &[
        ("uk be", 'и', "і"),
        ("uk bg", 'ё', "йо"),
        ("uk bg sr mk", 'ы', "и"),
        ("uk bg sr mk", 'э', "е"),
        ("sr mk", 'й', "ј"),
        ("sr mk", 'ю', "ју"),
        ("sr mk", 'я', "ја"),
        ("sr mk", 'ё', "јо"),
        ("sr mk be", 'щ', "шч"),
    ];
    if (sound, target) == ("h", "uk") {
        return "г".to_owned();
    }
    let known = |c: char| {
        let mut rows = OTHER.iter();
        rows.find(|(languages, letter, _)| *letter == c && languages.contains(target))
    };
    let mut written = String::new();
    for c in letters.chars() {
        match known(c) {
            Some((_, _, other)) => written.push_str(other),
            None => written.push(c),
        }
    }
    written
}

fn cyrillic(text: &str, target: &str) -> String {
    let lower = any_ascii(&text.to_lowercase()).to_lowercase();
    let mut spelt = String::with_capacity(text.len() * 2);
    let (mut rest, ending) = adjective(&lower, target);
    while let Some(first) = rest.chars().next() {
        let glides = spelt.ends_with(['а', 'е', 'и', 'о', 'у', 'ы', 'э', 'і'])
            && rest.starts_with('y')
            && !rest.starts_with("ya")
            && !rest.starts_with("yu");
        let known = CYRILLIC.iter().find(|(sound, _)| rest.starts_with(sound));
        let (sound, letters) = match known {
            _ if glides => ("y", "й"),
            _ if spelt.is_empty() && first == 'e' => ("e", "э"),
            Some(&(sound, letters)) => (sound, letters),
            None => (rest.get(..first.len_utf8()).unwrap_or_default(), ""),
        };
        spelt.push_str(&of_alphabet(letters, sound, target));
        rest = rest.get(sound.len().max(1)..).unwrap_or_default();
    }
    spelt.push_str(ending);
    capitalised(&spelt)
}

/// A name without its adjective's ending ("Zelensky", "Yury"), and the ending as the language writes it.
fn adjective<'n>(name: &'n str, target: &str) -> (&'n str, &'static str) {
    let strip = |endings: &[&str]| endings.iter().find_map(|ending| name.strip_suffix(ending));
    if let Some(stem) = strip(&["skyj", "skiy", "skyi", "skyy", "skij", "skii", "ski", "sky"]) {
        let ending = match target {
            "uk" => "ський",
            "bg" | "sr" | "mk" => "ски",
            "be" => "скі",
            _ => "ский",
        };
        return (stem, ending);
    }
    match strip(&["iy", "yy", "ij"]) {
        Some(stem) => (stem, if matches!(target, "bg" | "sr" | "mk") { "и" } else { "ий" }),
        None => (name, ""),
    }
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
        "fr" | "ru" | "uk" | "pl" | "cs" | "sk" | "bg" | "fi" | "sv" | "nb" | "no" | "hu" => {
            (None, ',')
        }
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
        assert_eq!(name("Zelenskyy", "uk").as_deref(), Some("Зеленський"));
        assert_eq!(name("Hrytsenko", "uk").as_deref(), Some("Гриценко"));
        assert_eq!(name("Radev", "bg").as_deref(), Some("Радев"));
        assert_eq!(name("Strauß", "ru").as_deref(), Some("Страусс"));
        assert_eq!(name("Lawrow", "ru").as_deref(), Some("Лавров"));
        assert_eq!(name("Merz", "fr").as_deref(), Some("Merz"));
        assert_eq!(name("Песков", "en").as_deref(), Some("Peskov"));
        assert_eq!(name("NATO", "ja").as_deref(), Some("NATO"));
        assert_eq!(name("Merkel", "ja"), None);
    }
}
