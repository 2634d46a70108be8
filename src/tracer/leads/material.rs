//! What of an article tells it from others: its names, numbers and content words, each with its weight.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::tables::is_calendar_word;
use crate::language::{
    self, Anchor, AnchorClass, Lexicons, Table, english_stem_key, is_unspaced_language,
    normal_form, stem,
};
use crate::model::Article;

/// Title words weigh more: a paper's title and its copy's name the same things.
const TITLE: f64 = 1.5;
/// What each e-fold of sentences adds to a name, 1 to a word: a name that fills one story is in many stories.
const NAME_REPETITION: f64 = 0.5;
/// A first name finds less than the family name behind it.
const FIRST_NAME: f64 = 0.5;
/// Letters of the shortest part of a compound that is looked up.
const MIN_PART: usize = 4;
/// Letters of the longest German word that may be a name: longer ones are compounds.
const LONGEST_NAME: usize = 13;

/// What a word of an article is good for in a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// A capitalised word: a name, a country, an office.
    Name,
    Number,
    Word,
}

/// A word of an article with all its places taken together.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// As it stands.
    pub text: String,
    pub sort: Sort,
    /// Keys of the meanings that the lexicons give, the likeliest first.
    pub meanings: Vec<u64>,
    /// Grows with the number of sentences it stands in; 1 for one.
    pub weight: f64,
    /// Place of its first occurrence among the terms.
    pub order: usize,
}

/// How a word is written where its case tells something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Case {
    /// Only where a sentence begins, or in a title.
    #[default]
    Unknown,
    Capital,
    /// In lower case at least once.
    Lower,
}

/// What is known of a word while the article is read.
#[derive(Debug, Default)]
struct Seen {
    text: String,
    number: bool,
    case: Case,
    meanings: Vec<u64>,
    sentences: u32,
    /// Of them, those in which a capitalised word follows it.
    before_name: u32,
    title: bool,
    order: usize,
}

/// The terms of an article, in the order of its text.
pub fn terms(article: &Article, lexicons: &Lexicons) -> Vec<Term> {
    let language = article.language.as_deref().unwrap_or("und");
    let table = lexicons.table(language);
    let mut reader = Reader { language, table, seen: HashMap::new() };
    if let Some(title) = &article.title {
        reader.read(title, true);
    }
    for paragraph in article.paragraphs.iter().filter(|p| p.role.is_story()) {
        for range in language::sentences(&paragraph.text) {
            reader.read(paragraph.text.get(range).unwrap_or_default(), false);
        }
    }
    let mut terms: Vec<Term> =
        reader.seen.into_values().filter_map(|seen| term(seen, language)).collect();
    terms.sort_by_key(|term| term.order);
    terms
}

fn term(seen: Seen, language: &str) -> Option<Term> {
    let text = seen.text.trim_end_matches("'s").trim_end_matches("’s").to_owned();
    let capital = seen.case == Case::Capital;
    // German capitalises every noun.
    let noun = language == "de" && !(seen.meanings.is_empty() && may_be_german_name(&text));
    let sort = match (seen.number, capital && !noun) {
        (true, _) => Sort::Number,
        (false, true) => Sort::Name,
        (false, false) => Sort::Word,
    };
    let repetition = if sort == Sort::Name { NAME_REPETITION } else { 1.0 };
    let mut weight = 1.0 + repetition * f64::from(seen.sentences).ln();
    if seen.title {
        weight *= TITLE;
    }
    // In every sentence: a first name, or an office.
    if sort == Sort::Name && seen.before_name == seen.sentences {
        weight *= FIRST_NAME;
    }
    let term = Term { text, sort, meanings: seen.meanings, weight, order: seen.order };
    (!term.text.is_empty()).then_some(term)
}

/// German nouns that no lexicon knows are seldom names where they end as abstract nouns do, or are long.
fn may_be_german_name(word: &str) -> bool {
    const ABSTRACT: &[&str] = &[
        "ung", "ungen", "heit", "heiten", "keit", "keiten", "schaft", "schaften", "nis", "nisse",
        "nissen", "tion", "tionen", "ität", "ismus",
    ];
    word.chars().count() <= LONGEST_NAME && !ABSTRACT.iter().any(|ending| word.ends_with(ending))
}

struct Reader<'a> {
    language: &'a str,
    table: Arc<Table>,
    seen: HashMap<String, Seen>,
}

impl Reader<'_> {
    /// Reads a sentence or a title. Titles of English papers are written In Capitals, which prove no name.
    fn read(&mut self, text: &str, title: bool) {
        let mut words: BTreeMap<(u32, u32), Vec<Anchor>> = BTreeMap::new();
        for anchor in language::anchors(text, self.language, &self.table) {
            words.entry((anchor.start, anchor.end)).or_default().push(anchor);
        }
        let mut opens = !is_unspaced_language(self.language);
        let mut last: Option<(String, usize)> = None;
        for ((start, end), anchors) in words {
            let (start, end) = (start as usize, end as usize);
            let Some(word) = text.get(start..end) else { continue };
            let capital = word.chars().any(char::is_uppercase) || is_katakana(word);
            let key = self.note(word, &anchors);
            if let Some(seen) = key.as_ref().and_then(|key| self.seen.get_mut(key)) {
                seen.case = match seen.case {
                    _ if !capital => Case::Lower,
                    Case::Unknown if !opens && !title => Case::Capital,
                    case => case,
                };
                seen.title |= title;
                seen.sentences += 1;
            }
            let adjoins = |last_end: usize| text.get(last_end..start) == Some(" ");
            if let Some((before, _)) = last.filter(|&(_, end)| capital && adjoins(end))
                && let Some(seen) = self.seen.get_mut(&before)
            {
                seen.before_name += 1;
            }
            last = key.map(|key| (key, end));
            opens = false;
        }
    }

    /// Enters a word, if it is one to search for, and gives its key.
    fn note(&mut self, word: &str, anchors: &[Anchor]) -> Option<String> {
        let number = anchors.iter().any(|anchor| anchor.class == AnchorClass::Number);
        if !number && !is_content(word, self.language, anchors) {
            return None;
        }
        let plain = number || is_unspaced_language(self.language);
        let key = if plain { word.to_owned() } else { stem(self.language, word) };
        if !self.seen.contains_key(&key) {
            let meanings = if number { Vec::new() } else { self.meanings(&key, anchors) };
            // Digits of full width are digits.
            let text = if number { normal_form(word) } else { word.to_owned() };
            let order = self.seen.len();
            let seen = Seen { text, number, meanings, order, ..Seen::default() };
            self.seen.insert(key.clone(), seen);
        }
        Some(key)
    }

    /// What an English word means by itself first, then what the lexicon gives, most often given first.
    fn meanings(&self, head: &str, anchors: &[Anchor]) -> Vec<u64> {
        let own_stem = anchors.iter().find(|a| a.class == AnchorClass::Stem).map(|a| a.key);
        let given = self.table.meanings(head);
        let found = anchors.iter().filter(|anchor| anchor.class == AnchorClass::Meaning);
        let mut meanings: Vec<u64> = found.map(|anchor| anchor.key).collect();
        meanings.sort_by_key(|&meaning| {
            let own = Some(english_stem_key(meaning)) == own_stem;
            (!own, given.iter().position(|&known| known == meaning))
        });
        if meanings.is_empty() { self.compound(head) } else { meanings }
    }

    /// What the last part of a compound means ("Krisengipfel": Gipfel), in the languages that write compounds as one word.
    fn compound(&self, stem: &str) -> Vec<u64> {
        if !matches!(self.language, "de" | "nl" | "da" | "sv" | "nb" | "nn" | "no" | "is") {
            return Vec::new();
        }
        let starts = stem.char_indices().map(|(at, _)| at).skip(3);
        starts
            .filter_map(|at| stem.get(at..))
            .take_while(|part| part.chars().count() >= MIN_PART)
            .map(|part| self.table.meanings(part))
            .find(|meanings| !meanings.is_empty())
            .unwrap_or_default()
    }
}

/// Whether a word can tell one article from another: months, weekdays, contractions ("I'm") and function words cannot.
fn is_content(word: &str, language: &str, anchors: &[Anchor]) -> bool {
    let is = |class| anchors.iter().any(|anchor| anchor.class == class);
    if is_unspaced_language(language) {
        return is(AnchorClass::Name) || is(AnchorClass::Meaning);
    }
    let tail = word.split_once(['\'', '’']).map_or("", |(_, tail)| tail);
    let contraction = language == "en" && matches!(tail, "m" | "d" | "t" | "re" | "ve" | "ll");
    is(AnchorClass::Stem) && !contraction && !is_calendar_word(word, language)
}

fn is_katakana(word: &str) -> bool {
    word.chars().all(|c| ('\u{30a0}'..='\u{30ff}').contains(&c))
}
