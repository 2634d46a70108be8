//! Which language a text is written in: by script, by function words and letters, and by trigrams.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_script::{Script, UnicodeScript};
use whatlang::Lang;

/// Frequent words and letters by language; lines of language, tab, words.
const WORDS: &str = include_str!("../../db/language/function_words.tsv");

/// Words read from a text at most: more change nothing.
const ENOUGH: usize = 400;
/// Words between two looks at whether the matter is settled.
const PROBE: usize = 40;
/// Points that a language needs by its function words alone, about four of its own words.
const SURE: f64 = 11.0;
/// The same where trigrams say so too.
const SECONDED: f64 = 3.0;
/// Points between the best language and the runner-up: about one word that only the best one has.
const LEAD: f64 = 3.5;
/// The same where trigrams say so too.
const SECONDED_LEAD: f64 = 1.5;
/// The runner-up has at most this share of the best one's points, however long the text.
const CLEAR: f64 = 0.93;
/// Confidence of the trigrams where there is no function word to go by.
const TRIGRAMS: f64 = 0.95;

struct Lexicon {
    languages: Vec<&'static str>,
    /// Word → languages that have it, as indexes.
    words: HashMap<&'static str, Vec<usize>>,
    letters: HashMap<char, Vec<usize>>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon =
        Lexicon { languages: Vec::new(), words: HashMap::new(), letters: HashMap::new() };
    for line in WORDS.lines().filter(|line| !line.starts_with('#')) {
        let Some((language, words)) = line.split_once('\t') else { continue };
        let at = lexicon.languages.len();
        lexicon.languages.push(language);
        for word in words.split_ascii_whitespace() {
            let holders = match word.strip_prefix('~').and_then(|letter| letter.chars().next()) {
                Some(letter) => lexicon.letters.entry(letter).or_default(),
                None => lexicon.words.entry(word).or_default(),
            };
            if holders.last() != Some(&at) {
                holders.push(at);
            }
        }
    }
    lexicon
});

/// The language of a text as BCP-47 primary subtag ("no" for both Norwegians); none in doubt, as with a few words.
///
/// Scripts that one language writes decide at once; elsewhere function words and letters that are peculiar to a language
/// vote, each weighing the logarithm of how few languages share it, seconded by trigrams (crate whatlang).
pub fn detect(text: &str) -> Option<&'static str> {
    let script = main_script(text)?;
    if let Some(language) = by_script(script, text) {
        return Some(language);
    }
    let mut count = Votes::new();
    for word in text.split(is_outside).filter(|word| !word.is_empty()).take(ENOUGH) {
        count.add(word);
        if count.words.is_multiple_of(PROBE)
            && count.leader().is_some_and(|leader| leader.is_beyond_doubt())
        {
            break;
        }
    }
    let leader = count.leader()?;
    if leader.leads(SURE, LEAD) {
        return Some(leader.language);
    }
    let trigrams = whatlang::detect(head(text))?;
    let told = code(trigrams.lang())?;
    if told == leader.language && leader.leads(SECONDED, SECONDED_LEAD) {
        return Some(told);
    }
    // Trigrams alone decide only where no word speaks against them.
    let certain = trigrams.is_reliable() && trigrams.confidence() >= TRIGRAMS;
    (certain && leader.points < SECONDED && text.chars().count() >= 60).then_some(told)
}

/// As much of a text as the trigrams need, which are slow.
fn head(text: &str) -> &str {
    let end = text.char_indices().nth(1000).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}

/// Whether a character is no part of a word; marks and joiners of Indic and Arabic scripts are.
fn is_outside(c: char) -> bool {
    if c.is_ascii() {
        return !(c.is_ascii_alphabetic() || c == '\'');
    }
    let joins = matches!(c, '’' | '\u{200C}' | '\u{200D}' | '\u{300}'..='\u{36F}' | '\u{900}'..='\u{963}' | '\u{64B}'..='\u{652}');
    !(joins || c.is_alphabetic())
}

/// The language ahead.
struct Leader {
    language: &'static str,
    points: f64,
    second: f64,
}

impl Leader {
    /// Has the points and the distance.
    fn leads(&self, points: f64, lead: f64) -> bool {
        self.points >= points
            && self.points - self.second >= lead
            && self.second <= self.points * CLEAR
    }

    fn is_beyond_doubt(&self) -> bool {
        self.leads(3.0 * SURE, 3.0 * LEAD) && self.second < self.points * 0.6
    }
}

/// Points of the languages by function words and letters.
struct Votes {
    points: Vec<f64>,
    words: usize,
}

impl Votes {
    fn new() -> Self {
        Self { points: vec![0.0; LEXICON.languages.len()], words: 0 }
    }

    fn add(&mut self, word: &str) {
        self.words += 1;
        let lower = word.to_lowercase().replace('’', "'");
        let lower = lower.trim_matches('\'');
        if let Some(holders) = LEXICON.words.get(lower) {
            self.give(holders, 1.0);
        }
        for holders in
            lower.chars().filter(|c| !c.is_ascii()).filter_map(|c| LEXICON.letters.get(&c))
        {
            self.give(holders, 0.25);
        }
    }

    fn give(&mut self, holders: &[usize], share: f64) {
        // How few languages have it, in nats.
        let weight = (self.points.len() as f64 / holders.len() as f64).ln() * share;
        for &holder in holders {
            if let Some(sum) = self.points.get_mut(holder) {
                *sum += weight;
            }
        }
    }

    fn leader(&self) -> Option<Leader> {
        let best = (0..self.points.len()).max_by(|&a, &b| self.at(a).total_cmp(&self.at(b)))?;
        let others = (0..self.points.len()).filter(|&at| at != best);
        let second = others.map(|at| self.at(at)).fold(0.0, f64::max);
        Some(Leader { language: LEXICON.languages.get(best)?, points: self.at(best), second })
    }

    fn at(&self, language: usize) -> f64 {
        self.points.get(language).copied().unwrap_or_default()
    }
}

/// The script of most of the text's letters.
fn main_script(text: &str) -> Option<Script> {
    let mut counts: Vec<(Script, usize)> = Vec::new();
    for c in text.chars().filter(|c| c.is_alphabetic()).take(1000) {
        let script = if c.is_ascii() { Script::Latin } else { c.script() };
        // An ideograph or a syllable says as much as some letters.
        let weight =
            if matches!(script, Script::Han | Script::Hiragana | Script::Katakana | Script::Hangul)
            {
                3
            } else {
                1
            };
        match counts.iter_mut().find(|(known, _)| *known == script) {
            Some((_, count)) => *count += weight,
            None => counts.push((script, weight)),
        }
    }
    let share = |of: &[Script]| {
        counts
            .iter()
            .filter(|(script, _)| of.contains(script))
            .map(|(_, count)| count)
            .sum::<usize>()
    };
    let (kana, han) = (share(&[Script::Hiragana, Script::Katakana]), share(&[Script::Han]));
    let all: usize = counts.iter().map(|(_, count)| count).sum();
    if (kana + han) * 2 > all {
        return Some(if kana * 20 > kana + han { Script::Hiragana } else { Script::Han });
    }
    let &(script, count) = counts.iter().max_by_key(|(_, count)| *count)?;
    (count * 2 > all).then_some(script)
}

/// The language of a script that one language writes. A handful of characters is too little even then.
fn by_script(script: Script, text: &str) -> Option<&'static str> {
    let language = match script {
        Script::Hiragana => "ja",
        Script::Han => "zh",
        Script::Hangul => "ko",
        Script::Thai => "th",
        Script::Greek => "el",
        Script::Georgian => "ka",
        Script::Armenian => "hy",
        Script::Hebrew => match whatlang::detect(text)?.lang() {
            Lang::Yid => "yi",
            _ => "he",
        },
        Script::Ethiopic => "am",
        Script::Bengali => "bn",
        Script::Tamil => "ta",
        Script::Telugu => "te",
        Script::Malayalam => "ml",
        Script::Kannada => "kn",
        Script::Gujarati => "gu",
        Script::Gurmukhi => "pa",
        Script::Oriya => "or",
        Script::Sinhala => "si",
        Script::Myanmar => "my",
        Script::Khmer => "km",
        Script::Lao => "lo",
        _ => return None,
    };
    (text.chars().filter(|c| c.is_alphabetic()).count() >= 6).then_some(language)
}

/// The subtag of a language that the trigrams know and that is read from words too.
fn code(lang: Lang) -> Option<&'static str> {
    Some(match lang {
        Lang::Eng => "en",
        Lang::Deu => "de",
        Lang::Fra => "fr",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Nld => "nl",
        Lang::Afr => "af",
        Lang::Swe => "sv",
        Lang::Dan => "da",
        Lang::Nob => "no",
        Lang::Fin => "fi",
        Lang::Est => "et",
        Lang::Lav => "lv",
        Lang::Lit => "lt",
        Lang::Pol => "pl",
        Lang::Ces => "cs",
        Lang::Slk => "sk",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Hun => "hu",
        Lang::Ron => "ro",
        Lang::Tur => "tr",
        Lang::Aze => "az",
        Lang::Cat => "ca",
        Lang::Cym => "cy",
        Lang::Epo => "eo",
        Lang::Lat => "la",
        Lang::Ind => "id",
        Lang::Tgl => "tl",
        Lang::Vie => "vi",
        Lang::Zul => "zu",
        Lang::Uzb => "uz",
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Bel => "be",
        Lang::Bul => "bg",
        Lang::Mkd => "mk",
        Lang::Ara => "ar",
        Lang::Pes => "fa",
        Lang::Urd => "ur",
        Lang::Hin => "hi",
        Lang::Mar => "mr",
        Lang::Nep => "ne",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &[(&str, &str)] = &[
        (
            "The president said on Monday that the talks with the minister would continue after the summit.",
            "en",
        ),
        (
            "Der Kanzler sagte am Montag, dass die Gespräche mit dem Minister nach dem Gipfel weitergehen.",
            "de",
        ),
        (
            "Le président a dit lundi que les discussions avec le ministre se poursuivraient après le sommet.",
            "fr",
        ),
        (
            "El presidente dijo el lunes que las conversaciones con el ministro seguirán después de la cumbre.",
            "es",
        ),
        (
            "O presidente disse na segunda-feira que as conversas com o ministro não vão parar depois da cimeira.",
            "pt",
        ),
        (
            "Forsetinn sagði á mánudag að viðræðurnar við ráðherrann myndu halda áfram eftir fundinn.",
            "is",
        ),
        (
            "Presidenten sa mandag at samtalene med ministeren skulle fortsette etter toppmøtet, men ikke nå.",
            "no",
        ),
        (
            "Præsidenten sagde mandag, at samtalerne med ministeren ville fortsætte efter topmødet, men ikke nu.",
            "da",
        ),
        (
            "Presidenten sade på måndagen att samtalen med ministern skulle fortsätta efter toppmötet.",
            "sv",
        ),
        (
            "Predsjednik je rekao da će se razgovori nastaviti nakon sastanka, što je također važno za svijet.",
            "hr",
        ),
        (
            "Predsednik je rekao da će se razgovori nastaviti posle sastanka, što je takođe važno za svet.",
            "sr",
        ),
        (
            "Президент сказал в понедельник, что переговоры с министром продолжатся после встречи.",
            "ru",
        ),
        (
            "Президент сказав у понеділок, що переговори з міністром триватимуть після зустрічі.",
            "uk",
        ),
        (
            "Президентът каза в понеделник, че разговорите с министъра ще продължат след срещата.",
            "bg",
        ),
        ("大統領は月曜日、首脳会談の後も協議を続けると述べた。", "ja"),
        ("总统星期一表示，峰会之后将继续会谈。", "zh"),
        ("대통령은 월요일 정상회담 후에도 협의를 계속하겠다고 말했다.", "ko"),
    ];

    #[test]
    fn known_languages() {
        for &(text, language) in KNOWN {
            assert_eq!(detect(text), Some(language), "{text}");
        }
    }

    #[test]
    fn nothing_is_said_in_doubt() {
        for text in ["", "!?", "12:30", "Berlin", "Trump Putin Istanbul", "OK", "中"] {
            assert_eq!(detect(text), None, "{text}");
        }
    }

    #[test]
    fn every_line_of_the_list_is_read() {
        assert!(LEXICON.languages.len() > 50);
        assert!(LEXICON.words.get("the").is_some_and(|holders| holders.len() == 1));
    }
}
