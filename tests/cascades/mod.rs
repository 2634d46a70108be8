//! Invented edit cascades with their truth: wires' items, papers that run them, sites that take from papers.
//!
//! A cascade hangs on its seed alone. Along the way texts are cut, reworded, merged and moved, headlines
//! changed, credits kept, shortened, garbled or dropped, dates lost, kept to the day or set back; some wires'
//! items, and some papers', are not on file, and some articles are made of two items.

// Two tests share it, and neither uses all of it.
#![allow(dead_code)]

#[path = "../../benches/generator/dice.rs"]
pub mod dice;
mod edits;
pub mod judge;
#[path = "../../benches/generator/vocabulary.rs"]
mod vocabulary;

use dice::Dice;
use serde_json::{Value, json};
use vocabulary::Vocabulary;

/// First item's time: 2025-01-06 00:00 UTC.
const START: i64 = 1_736_121_600;
/// Seconds that stories begin within.
const SPREAD: u64 = 20 * 86_400;

/// Agencies: id, domain, name in a credit, language.
const AGENCIES: [(&str, &str, &str, &str); 8] = [
    ("dpa", "dpa.com", "dpa", "de"),
    ("afp", "afp.com", "AFP", "de"),
    ("apa", "apa.at", "APA", "de"),
    ("kna", "kna.de", "KNA", "de"),
    ("reuters", "reuters.com", "Reuters", "en"),
    ("ap", "apnews.com", "AP", "en"),
    ("pa", "pamediagroup.com", "PA", "en"),
    ("upi", "upi.com", "UPI", "en"),
];

/// What an article truly is.
#[derive(Debug, Clone)]
pub struct Truth {
    /// Address of what it was made from; `None` for an original.
    pub parent: Option<String>,
    /// Address of where its text started.
    pub origin: String,
    /// The agency that wrote it, where one did.
    pub agency: Option<String>,
    /// Whether it names its agency or its source.
    pub credited: bool,
    /// Whether it is on file.
    pub on_file: bool,
    /// The outlet that it stands at.
    pub outlet: String,
    /// The second item that went into it.
    pub second: Option<String>,
}

/// An article with its truth.
#[derive(Debug, Clone)]
pub struct Article {
    pub url: String,
    pub outlet: String,
    pub language: &'static str,
    pub title: String,
    pub paragraphs: Vec<String>,
    pub published: i64,
    /// What it says of its source, already a paragraph of its own or a dateline.
    pub credit: Option<String>,
    pub byline: Option<String>,
    /// As it states it.
    pub date: Option<String>,
    pub truth: Truth,
}

impl Article {
    /// A line as `add` reads it.
    pub fn line(&self) -> Value {
        let mut paragraphs = self.paragraphs.clone();
        match &self.credit {
            Some(credit) if credit.ends_with("- ") => {
                if let Some(first) = paragraphs.first_mut() {
                    first.insert_str(0, credit);
                }
            }
            Some(credit) => paragraphs.push(credit.clone()),
            None => {}
        }
        let mut line = json!({"url": self.url, "outlet": self.outlet, "title": self.title,
            "language": self.language, "paragraphs": paragraphs});
        if let Some(date) = &self.date {
            line["published"] = json!(date);
        }
        if let Some(byline) = &self.byline {
            line["byline"] = json!(byline);
        }
        line
    }
}

/// Seeded cascades.
pub struct Cascades {
    seed: u64,
    german: Vocabulary,
    english: Vocabulary,
}

impl Cascades {
    pub fn new(seed: u64) -> Self {
        Self { seed, german: Vocabulary::german(seed), english: Vocabulary::english(seed) }
    }

    /// All articles of these stories; those that are not on file too.
    pub fn stories(&self, count: u64) -> Vec<Article> {
        (0..count).flat_map(|number| self.story(number)).collect()
    }

    fn story(&self, number: u64) -> Vec<Article> {
        let mut dice =
            Dice::new(self.seed.wrapping_mul(0x9e37_79b9) ^ number.wrapping_mul(0x51_7cc1));
        let mut telling = Telling {
            words: if number.is_multiple_of(2) { &self.german } else { &self.english },
            number,
            dice: &mut dice,
            told: Vec::new(),
        };
        telling.first();
        let copies = [0, 1, 2, 3, 4, 6][usize::try_from(telling.dice.below(6)).unwrap_or(0)];
        for _ in 0..copies {
            telling.copy();
        }
        telling.told
    }
}

/// A story as it is told on.
struct Telling<'a> {
    words: &'a Vocabulary,
    number: u64,
    dice: &'a mut Dice,
    told: Vec<Article>,
}

impl Telling<'_> {
    fn chance(&mut self, percent: u64) -> bool {
        self.dice.below(100) < percent
    }

    fn agencies(&self) -> Vec<&'static (&'static str, &'static str, &'static str, &'static str)> {
        AGENCIES.iter().filter(|(.., language)| *language == self.words.language).collect()
    }

    /// The wire's item or a paper's own report; now and then two wires' items of one event.
    fn first(&mut self) {
        let published = START + i64::try_from(self.dice.below(SPREAD)).unwrap_or(0);
        let own_report = self.chance(25);
        let wires = if !own_report && self.chance(15) { 2 } else { 1 };
        let agencies = self.agencies();
        let start = usize::try_from(self.dice.below(4)).unwrap_or(0);
        for n in 0..wires {
            let names: Vec<String> = (0..3).map(|_| self.words.name(self.dice)).collect();
            let count = 4 + self.dice.below(6);
            let paragraphs: Vec<String> =
                (0..count).map(|_| self.words.paragraph(&names, self.dice)).collect();
            let title = self.words.title(&names, self.dice);
            let agency = (!own_report).then(|| *agencies[(start + n) % agencies.len()]);
            let (outlet, domain) = match agency {
                Some((_, domain, name, _)) => (name.to_owned(), domain.to_owned()),
                None => self.paper(),
            };
            let url = format!("https://www.{domain}/s{}-{n}", self.number);
            let byline = (own_report && self.chance(70)).then(|| names[0].clone());
            let credit = agency
                .map(|(_, _, name, _)| format!("{} ({name}) - ", self.words.place(self.dice)));
            let on_file = self.chance(if own_report { 90 } else { 70 });
            let truth = Truth {
                parent: None,
                origin: url.clone(),
                agency: agency.map(|a| a.0.to_owned()),
                credited: false,
                on_file,
                outlet: outlet.clone(),
                second: None,
            };
            let date = Some(edits::instant(published));
            let language = self.words.language;
            self.told.push(Article {
                url,
                outlet,
                language,
                title,
                paragraphs,
                published,
                credit,
                byline,
                date,
                truth,
            });
        }
    }

    fn paper(&mut self) -> (String, String) {
        let number = self.dice.below(150);
        let mut name = Dice::new(number ^ 0xb1a77);
        let place = self.words.place(&mut name);
        let place: String =
            place.chars().take(1).chain(place.to_lowercase().chars().skip(1)).collect();
        let outlet = match (self.words.language, number % 3) {
            ("de", 0) => format!("{place}er Zeitung"),
            ("de", 1) => format!("{place}er Kurier"),
            ("de", _) => format!("{place}er Anzeiger"),
            (_, 0) => format!("{place} Courier"),
            (_, 1) => format!("The {place} Times"),
            _ => format!("{place} Herald"),
        };
        (outlet, format!("{}-{number}.example", self.words.language))
    }

    /// One more article, made from one that is there.
    fn copy(&mut self) {
        let from_first = self.chance(60);
        let at = if from_first { 0 } else { self.dice.below(self.told.len() as u64) };
        let parent = self.told[usize::try_from(at).unwrap_or(0)].clone();
        let (outlet, domain) = self.paper();
        if self.told.iter().any(|article| article.outlet == outlet) {
            return;
        }
        let mut paragraphs = edits::edited(parent.paragraphs.clone(), self.words, self.dice);
        let merged = self.merged(at, &mut paragraphs);
        let published =
            parent.published + 600 + i64::try_from(self.dice.below(40_000)).unwrap_or(0);
        let title = if self.chance(45) {
            parent.title.clone()
        } else {
            self.words.title(std::slice::from_ref(&outlet), self.dice)
        };
        let (credit, credited) = self.credit(&parent, merged.as_ref());
        let date = edits::stated(published, self.dice);
        // Some papers set their own staff's name over what they took.
        let byline = self.chance(12).then(|| self.words.name(self.dice));
        let truth = Truth {
            parent: Some(parent.url.clone()),
            origin: parent.truth.origin.clone(),
            agency: parent.truth.agency.clone(),
            credited,
            on_file: self.dice.below(100) < 92,
            outlet: outlet.clone(),
            second: merged.map(|second| second.url).or(parent.truth.second),
        };
        let url = format!("https://www.{domain}/s{}-{}", self.number, self.told.len());
        let language = self.words.language;
        self.told.push(Article {
            url,
            outlet,
            language,
            title,
            paragraphs,
            published,
            credit,
            byline,
            date,
            truth,
        });
    }

    /// Now and then a part of the other wire's item, put under a copy of the first one.
    fn merged(&mut self, parent: u64, paragraphs: &mut Vec<String>) -> Option<Article> {
        let is_item =
            |other: &&Article| other.truth.agency.is_some() && other.truth.parent.is_none();
        let second = self.told.get(1).filter(is_item).filter(|_| parent == 0).cloned()?;
        if !self.chance(40) {
            return None;
        }
        let most = 1 + paragraphs.len().min(second.paragraphs.len()) / 3;
        paragraphs.extend(second.paragraphs.iter().take(most).cloned());
        Some(second)
    }

    /// What a copy says of its source, and whether that names it.
    fn credit(&mut self, parent: &Article, merged: Option<&Article>) -> (Option<String>, bool) {
        let german = self.words.language == "de";
        let name = |agency: Option<&str>| {
            AGENCIES
                .iter()
                .find(|(id, ..)| Some(*id) == agency)
                .map(|(_, _, name, _)| (*name).to_owned())
        };
        let agency = name(parent.truth.agency.as_deref());
        let source =
            (parent.truth.parent.is_some() || agency.is_none()).then(|| parent.outlet.clone());
        let label = if german { "Quelle" } else { "Source" };
        let roll = self.dice.below(100);
        match (agency, source) {
            _ if roll < 34 => (None, false),
            (Some(agency), _) if roll < 38 => {
                (Some(format!("{} wie es heisst", agency.to_lowercase().repeat(2))), false)
            }
            (Some(agency), Some(source)) if roll < 50 => {
                (Some(format!("{label}: {source}/{agency}")), true)
            }
            (_, Some(source)) if roll < 62 => (Some(format!("{label}: {source}")), true),
            (Some(agency), _) => {
                let both = merged.and_then(|second| name(second.truth.agency.as_deref()));
                let named = both.map_or(agency.clone(), |second| format!("{agency}/{second}"));
                let credit = match roll % 3 {
                    0 => format!("({named})"),
                    1 => format!("{label}: {named}"),
                    _ => format!("{} ({named}) - ", self.words.place(self.dice)),
                };
                (Some(credit), true)
            }
            (None, Some(source)) => (Some(format!("{label}: {source}")), true),
            (None, None) => (None, false),
        }
    }
}
