//! What of an article tells it from others: its names, numbers and content words, each with its weight.

use std::collections::{BTreeMap, HashMap};

use super::tables::is_calendar_word;
use crate::language::{
    self, Anchor, AnchorClass, Lexicons, english_stem_key, is_unspaced_language, stem,
};
use crate::model::{Article, ParagraphRole};

/// Title words weigh more: a paper's title and its copy's name the same things.
const TITLE: f64 = 1.5;
/// Letters of the shortest part of a compound that is looked up.
const MIN_PART: usize = 4;

/// What a word of an article is good for in a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// A name that no lexicon knows.
    Name,
    /// A capitalised word that a lexicon knows: a country, a city, a weekday.
    Proper,
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

/// What is known of a word while the article is read.
#[derive(Debug, Default)]
struct Seen {
    text: String,
    number: bool,
    /// Stands with a capital where no sentence begins.
    capital: bool,
    /// Stands in lower case somewhere.
    lower: bool,
    meanings: Vec<u64>,
    sentences: u32,
    title: bool,
    order: usize,
}

/// The terms of an article, in the order of its text.
pub fn terms(article: &Article, lexicons: &Lexicons) -> Vec<Term> {
    let language = article.language.as_deref().unwrap_or("und");
    let mut reader = Reader { language, lexicons, seen: HashMap::new() };
    // Titles of English papers are written In Capitals: they prove no name.
    if let Some(title) = &article.title {
        reader.read(title, true);
    }
    for paragraph in article.paragraphs.iter().filter(|p| p.role != ParagraphRole::Credit) {
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
    let name = seen.capital && !seen.lower;
    let known = !seen.meanings.is_empty();
    let sort = match (seen.number, name, known) {
        (true, ..) => Sort::Number,
        (_, true, false) => Sort::Name,
        // German capitalises every noun.
        (_, true, true) if language != "de" => Sort::Proper,
        _ => Sort::Word,
    };
    let weight = (1.0 + f64::from(seen.sentences).ln()) * if seen.title { TITLE } else { 1.0 };
    let text = seen.text.trim_end_matches("'s").trim_end_matches("’s").to_owned();
    (!text.is_empty()).then_some(Term {
        text,
        sort,
        meanings: seen.meanings,
        weight,
        order: seen.order,
    })
}

struct Reader<'a> {
    language: &'a str,
    lexicons: &'a Lexicons,
    seen: HashMap<String, Seen>,
}

impl Reader<'_> {
    /// Reads a sentence or a title.
    fn read(&mut self, text: &str, title: bool) {
        let table = self.lexicons.table(self.language);
        let mut words: BTreeMap<(u32, u32), Vec<Anchor>> = BTreeMap::new();
        for anchor in language::anchors(text, self.language, &table) {
            words.entry((anchor.start, anchor.end)).or_default().push(anchor);
        }
        let mut first = true;
        for ((start, end), anchors) in words {
            let Some(word) = text.get(start as usize..end as usize) else { continue };
            if !is_worth_asking(word, self.language) {
                first = false;
                continue;
            }
            let opens = first && !is_unspaced_language(self.language);
            if let Some(seen) = self.note(word, &anchors) {
                let capital = word.chars().any(char::is_uppercase) || is_katakana(word);
                seen.capital |= capital && !opens && !title;
                seen.lower |= !capital;
                seen.title |= title;
                seen.sentences += 1;
            }
            first = false;
        }
    }

    /// The entry of a word, if it is one to search for.
    fn note(&mut self, word: &str, anchors: &[Anchor]) -> Option<&mut Seen> {
        let unspaced = is_unspaced_language(self.language);
        let number = anchors.iter().any(|anchor| anchor.class == AnchorClass::Number);
        let stem_key = anchors.iter().find(|a| a.class == AnchorClass::Stem).map(|a| a.key);
        let mut meanings: Vec<u64> = anchors
            .iter()
            .filter(|anchor| anchor.class == AnchorClass::Meaning)
            .map(|anchor| anchor.key)
            .collect();
        // What an English word means by itself before what the lexicon says that it stands for.
        let head = if unspaced { word.to_owned() } else { stem(self.language, word) };
        let table = self.lexicons.table(self.language);
        let given = table.meanings(&head);
        meanings.sort_by_key(|&meaning| {
            let own = Some(english_stem_key(meaning)) == stem_key;
            (!own, given.iter().position(|&known| known == meaning))
        });
        let content = number
            || !meanings.is_empty()
            || anchors.iter().any(|anchor| match anchor.class {
                AnchorClass::Name => unspaced,
                AnchorClass::Stem => !unspaced,
                _ => false,
            });
        if !content {
            return None;
        }
        if meanings.is_empty() && !number {
            meanings = self.compound(word);
        }
        let key = if number { word.to_owned() } else { head };
        let order = self.seen.len();
        let seen = self.seen.entry(key).or_insert_with(|| Seen {
            text: word.to_owned(),
            number,
            order,
            ..Seen::default()
        });
        if seen.meanings.is_empty() {
            seen.meanings = meanings;
        }
        Some(seen)
    }

    /// What the last part of a compound means ("Krisengipfel": Gipfel), in the languages that write compounds as one word.
    fn compound(&self, word: &str) -> Vec<u64> {
        if !matches!(self.language, "de" | "nl" | "da" | "sv" | "nb" | "nn" | "no" | "is") {
            return Vec::new();
        }
        let table = self.lexicons.table(self.language);
        let stem = stem(self.language, word);
        let starts = stem.char_indices().map(|(at, _)| at).skip(3);
        starts
            .filter_map(|at| stem.get(at..))
            .take_while(|part| part.chars().count() >= MIN_PART)
            .map(|part| table.meanings(part).to_vec())
            .find(|meanings| !meanings.is_empty())
            .unwrap_or_default()
    }
}

/// Months, weekdays and contractions ("I'm") are in every paper.
fn is_worth_asking(word: &str, language: &str) -> bool {
    let contraction = language == "en"
        && word.split_once(['\'', '’']).is_some_and(|(_, tail)| !tail.eq_ignore_ascii_case("s") && tail.len() < 3);
    !contraction && !is_calendar_word(word, language)
}

fn is_katakana(word: &str) -> bool {
    word.chars().all(|c| ('\u{30a0}'..='\u{30ff}').contains(&c))
}
