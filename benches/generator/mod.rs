//! Invented news for measuring: seeded articles with a natural vocabulary, copied and edited at known rates.
//!
//! Article `n` hangs on the seed and on `n` alone, so a larger corpus begins with every smaller one.

mod dice;
mod edits;
mod vocabulary;

use std::io::{self, Write};

use serde_json::json;

pub use dice::Dice;
use edits::{change_words, fill_template, trim};
use vocabulary::Vocabulary;

/// How far back a copy's original lies at most, in articles.
const REACH: u64 = 200;
/// Series of daily reports that are filled in anew from one form.
const SERIES: u64 = 40;
/// Seconds between two articles.
const PACE: i64 = 20;
/// First article's time: 2025-01-06 00:00 UTC.
const START: i64 = 1_736_121_600;
/// Outlets, the first of which are wires.
const OUTLETS: u64 = 240;
/// One word in so many is changed in an edited copy.
pub const ONE_IN: u64 = 8;

/// What an article is to the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Nobody's copy.
    Own,
    /// All of another article, word for word.
    Exact,
    /// Its first paragraphs only.
    Trimmed,
    /// All of it, one word in eight another.
    Edited,
    /// An own article with one paragraph of 40 words or more of another, word for word.
    Inserted,
    /// The same with one word in eight another.
    InsertedEdited,
    /// A daily report from a form: most of its words are yesterday's, and it is nobody's copy.
    Template,
}

impl Kind {
    /// As the gold file names it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Exact => "exact",
            Self::Trimmed => "trimmed",
            Self::Edited => "edited",
            Self::Inserted => "inserted",
            Self::InsertedEdited => "inserted_edited",
            Self::Template => "template",
        }
    }

    /// Whether it carries the whole story of its parent.
    pub const fn is_copy(self) -> bool {
        matches!(self, Self::Exact | Self::Trimmed | Self::Edited)
    }

    /// Whether one of its paragraphs is its parent's.
    pub const fn is_inserted(self) -> bool {
        matches!(self, Self::Inserted | Self::InsertedEdited)
    }
}

/// What is true of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    pub kind: Kind,
    /// The article that it was copied from; its own number where it is nobody's copy.
    pub parent: u64,
}

/// An article as it is written out.
#[derive(Debug, Clone)]
pub struct Made {
    pub plan: Plan,
    pub url: String,
    pub outlet: String,
    pub title: String,
    pub language: &'static str,
    pub published: String,
    pub paragraphs: Vec<String>,
}

impl Made {
    /// Its line, with the keys that `add` reads.
    pub fn line(&self) -> String {
        json!({
            "url": self.url, "outlet": self.outlet, "title": self.title, "language": self.language,
            "published": self.published, "text": self.paragraphs.join("\n\n"),
        })
        .to_string()
    }
}

/// Makes articles.
pub struct Generator {
    seed: u64,
    languages: [Vocabulary; 2],
}

impl Generator {
    pub fn new(seed: u64) -> Self {
        Self { seed, languages: [Vocabulary::english(seed), Vocabulary::german(seed)] }
    }

    fn dice(&self, number: u64, purpose: u64) -> Dice {
        Dice::new(self.seed ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (purpose << 56))
    }

    /// What article `number` is, in the rates of the table's head: 45 in 100 are copies, 6 hold a foreign
    /// paragraph, 5 are filled-in forms.
    pub fn plan(&self, number: u64) -> Plan {
        let mut dice = self.dice(number, 1);
        let kind = match dice.below(100) {
            0..22 => Kind::Exact,
            22..33 => Kind::Trimmed,
            33..45 => Kind::Edited,
            45..48 => Kind::Inserted,
            48..51 => Kind::InsertedEdited,
            51..56 => Kind::Template,
            _ => Kind::Own,
        };
        if matches!(kind, Kind::Own | Kind::Template) {
            return Plan { kind, parent: number };
        }
        let mut at = number;
        while at > 0 {
            at -= 1 + dice.below(REACH).min(at - 1);
            let before = self.plan(at);
            match before.kind {
                Kind::Own => return Plan { kind, parent: at },
                copy if copy.is_copy() => return Plan { kind, parent: before.parent },
                _ => {}
            }
        }
        Plan { kind: Kind::Own, parent: number }
    }

    /// Article `number`.
    pub fn article(&self, number: u64) -> Made {
        let plan = self.plan(number);
        let mut dice = self.dice(number, 2);
        let words = self.words_of(if plan.kind.is_copy() { plan.parent } else { number });
        let (title, paragraphs) = match plan.kind {
            Kind::Own | Kind::Inserted | Kind::InsertedEdited => self.own(number),
            Kind::Template => fill_template(words, self.dice(number % SERIES, 3), &mut dice),
            _ => self.own(plan.parent),
        };
        let paragraphs = match plan.kind {
            Kind::Trimmed => trim(paragraphs, &mut dice),
            Kind::Edited => paragraphs.iter().map(|p| change_words(p, words, &mut dice)).collect(),
            Kind::Inserted | Kind::InsertedEdited => self.with_foreign(plan, paragraphs, &mut dice),
            _ => paragraphs,
        };
        let outlet = outlet(dice.below(OUTLETS));
        let at = START + PACE * i64::try_from(number).unwrap_or(i64::MAX / 2 / PACE);
        let published = jiff::Timestamp::from_second(at).map(|t| t.to_string());
        Made {
            url: format!("https://www.{outlet}/news/{number}"),
            published: published.unwrap_or_default(),
            language: words.language,
            plan,
            outlet,
            title,
            paragraphs,
        }
    }

    /// Three articles in ten are German.
    fn words_of(&self, number: u64) -> &Vocabulary {
        &self.languages[usize::from(self.dice(number, 4).below(10) < 3)]
    }

    /// The text that an article has of its own.
    fn own(&self, number: u64) -> (String, Vec<String>) {
        let words = self.words_of(number);
        let mut dice = self.dice(number, 5);
        let names: Vec<String> = (0..4).map(|_| words.name(&mut dice)).collect();
        let title = words.title(&names, &mut dice);
        let count = 6 + dice.below(7);
        let mut paragraphs: Vec<String> =
            (0..count).map(|_| words.paragraph(&names, &mut dice)).collect();
        if dice.below(3) == 0 {
            paragraphs[0] = format!("{} - {}", words.place(&mut dice), paragraphs[0]);
        }
        (title, paragraphs)
    }

    /// One paragraph of the parent's put into an own article.
    fn with_foreign(&self, plan: Plan, mut own: Vec<String>, dice: &mut Dice) -> Vec<String> {
        let parent = self.own(plan.parent).1;
        // The first may open with a place, which a copy would not carry along.
        let long = parent.iter().skip(1).find(|p| p.split(' ').count() >= 40);
        let Some(foreign) = long else { return own };
        let foreign: Vec<&str> = foreign.split(' ').take(40).collect();
        let mut foreign = foreign.join(" ");
        if plan.kind == Kind::InsertedEdited {
            foreign = change_words(&foreign, self.words_of(plan.parent), dice);
        }
        let place = 1 + usize::try_from(dice.below(own.len() as u64 - 1)).unwrap_or(0);
        own.insert(place, foreign);
        own
    }

    /// Whether the article really holds a foreign paragraph: its parent had one of 40 words.
    pub fn holds_foreign(&self, plan: Plan) -> bool {
        plan.kind.is_inserted()
            && self.own(plan.parent).1.iter().skip(1).any(|p| p.split(' ').count() >= 40)
    }

    /// Writes articles as JSON lines.
    pub fn write(&self, numbers: std::ops::Range<u64>, out: &mut dyn Write) -> io::Result<()> {
        numbers.into_iter().try_for_each(|number| writeln!(out, "{}", self.article(number).line()))
    }

    /// As [`Generator::write`], and to `gold` what is true of each: its address, its story's and parent's number, its kind.
    pub fn write_with_gold(
        &self,
        mut numbers: std::ops::Range<u64>,
        out: &mut dyn Write,
        gold: &mut dyn Write,
    ) -> io::Result<()> {
        numbers.try_for_each(|number| {
            let made = self.article(number);
            let story = if made.plan.kind.is_copy() { made.plan.parent } else { number };
            let parent = (made.plan.parent != number).then_some(made.plan.parent);
            let kind = made.plan.kind.name();
            let line = json!({"url": made.url, "story": story, "parent": parent, "kind": kind});
            writeln!(gold, "{line}")?;
            writeln!(out, "{}", made.line())
        })
    }
}

fn outlet(number: u64) -> String {
    const NAMES: [&str; 12] = [
        "post", "kurier", "herald", "courier", "gazette", "bote", "anzeiger", "times", "tribune",
        "blatt", "echo", "journal",
    ];
    let name = NAMES[usize::try_from(number).unwrap_or(0) % NAMES.len()];
    format!("{name}-{}.example", number / NAMES.len() as u64)
}
