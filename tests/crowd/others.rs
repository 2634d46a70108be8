//! Other articles for a store: invented reports in the words that the built-in lexicon has, so that chance finds the same
//! meanings, places, politicians and numbers in them as in real news. Six reports, in several languages, tell of one event.

use std::io::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use super::dice::Dice;

/// Languages with their share of the reports, in hundredths: those of the suites.
const LANGUAGES: [(&str, u64); 6] =
    [("de", 35), ("en", 25), ("fr", 14), ("ru", 12), ("ja", 8), ("is", 6)];
/// Reports of one event.
const REPORTS: u64 = 6;
/// Meanings that an event's reports have in common.
const TOPIC: usize = 120;
/// People and places of an event.
const PEOPLE: usize = 4;
const PLACES: usize = 5;
/// Zipf–Mandelbrot law of word frequencies: 1 / (rank + shift) ^ exponent.
const SHIFT: f64 = 20.0;
const EXPONENT: f64 = 0.9;
/// Syllables of invented people in Latin, Cyrillic and katakana.
const SYLLABLES: [[&str; 3]; 24] = [
    ["ma", "ма", "マ"],
    ["re", "ре", "レ"],
    ["ko", "ко", "コ"],
    ["ti", "ти", "ティ"],
    ["sa", "са", "サ"],
    ["lu", "лу", "ル"],
    ["no", "но", "ノ"],
    ["vi", "ви", "ビ"],
    ["ber", "бер", "ベル"],
    ["man", "ман", "マン"],
    ["dor", "дор", "ドル"],
    ["gen", "ген", "ゲン"],
    ["pa", "па", "パ"],
    ["ri", "ри", "リ"],
    ["to", "то", "ト"],
    ["ne", "не", "ネ"],
    ["fa", "фа", "ファ"],
    ["bo", "бо", "ボ"],
    ["de", "де", "デ"],
    ["kin", "кин", "キン"],
    ["mor", "мор", "モル"],
    ["ste", "сте", "ステ"],
    ["ga", "га", "ガ"],
    ["lan", "лан", "ラン"],
];

/// A table of the lexicon as rows of meanings, by language.
struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    fn read(name: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("db").join(name);
        let text = std::fs::read_to_string(path).unwrap();
        let cells = |line: &str| line.split('\t').map(str::to_owned).collect::<Vec<_>>();
        let mut lines = text.lines().filter(|line| !line.starts_with('#')).map(cells);
        Self { header: lines.next().unwrap(), rows: lines.collect() }
    }

    /// The words for a row's meaning in a language; English has the meaning itself as well.
    fn words(&self, row: usize, language: &str) -> Vec<&str> {
        let column = self.header.iter().position(|name| name == language);
        let cell = column.and_then(|column| self.rows[row].get(column)).map_or("", String::as_str);
        let own = (language == "en").then(|| self.rows[row][0].as_str());
        own.into_iter().chain(cell.split('|')).filter(|word| !word.is_empty()).collect()
    }
}

/// What several reports tell of.
struct Event {
    meanings: Vec<usize>,
    people: Vec<Vec<usize>>,
    /// Rows of a table of names.
    places: Vec<(bool, usize)>,
    numbers: Vec<String>,
}

/// Makes other articles; one is the same for its number on every machine.
pub struct Others {
    seed: u64,
    news: Table,
    names: Table,
    famous: Table,
    function_words: Vec<(String, Vec<String>)>,
    /// Running sum of the meanings' probabilities.
    sums: Vec<f64>,
}

impl Others {
    pub fn new(seed: u64) -> Self {
        let news = Table::read("lexicon/news.tsv");
        let mut sum = 0.0;
        let weights = (0..news.rows.len()).map(|rank| (rank as f64 + SHIFT).powf(-EXPONENT));
        let sums = weights.map(|weight| {
            sum += weight;
            sum
        });
        let sums: Vec<f64> = sums.collect();
        let function = Table::read("language/function_words.tsv");
        let words = |row: &Vec<String>| {
            let words = row.get(1)?.split(' ').filter(|word| !word.starts_with('~'));
            Some((row[0].clone(), words.map(str::to_owned).collect()))
        };
        Self {
            seed,
            function_words: function.rows.iter().filter_map(words).collect(),
            news,
            names: Table::read("lexicon/names.tsv"),
            famous: Table::read("lexicon/people_and_places.tsv"),
            sums,
        }
    }

    fn dice(&self, number: u64, purpose: u64) -> Dice {
        Dice::new(self.seed ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (purpose << 56))
    }

    /// A meaning, by its frequency in news.
    fn meaning(&self, dice: &mut Dice) -> usize {
        let at = dice.share() * self.sums.last().unwrap();
        self.sums.partition_point(|&sum| sum < at)
    }

    fn event(&self, number: u64) -> Event {
        let mut dice = self.dice(number, 1);
        let below =
            |dice: &mut Dice, bound: usize| usize::try_from(dice.below(bound as u64)).unwrap();
        Event {
            meanings: (0..TOPIC).map(|_| self.meaning(&mut dice)).collect(),
            people: (0..PEOPLE)
                .map(|_| (0..2 + below(&mut dice, 2)).map(|_| below(&mut dice, 24)).collect())
                .collect(),
            places: (0..PLACES)
                .map(|_| match dice.below(3) {
                    0 => (true, below(&mut dice, self.famous.rows.len())),
                    _ => (false, below(&mut dice, self.names.rows.len())),
                })
                .collect(),
            numbers: (0..8).map(|_| figure(&mut dice)).collect(),
        }
    }

    /// Article `number` as `add` reads it.
    pub fn article(&self, number: u64) -> Value {
        let mut dice = self.dice(number, 2);
        let event = self.event(number / REPORTS);
        let mut share = dice.below(100);
        let language = LANGUAGES.iter().find(|(_, hundredths)| {
            let found = share < *hundredths;
            share = share.saturating_sub(*hundredths);
            found
        });
        let language = language.map_or("en", |(language, _)| language);
        let title = self.sentence(&event, language, 6, &mut dice);
        let paragraphs: Vec<String> = (0..5 + dice.below(6))
            .map(|_| {
                let sentences = (0..=dice.below(4)).map(|_| {
                    let words = 6 + dice.below(12);
                    self.sentence(&event, language, words, &mut dice)
                });
                sentences.collect::<Vec<_>>().join(" ")
            })
            .collect();
        json!({
            "url": format!("https://paper-{}.example/report/{number}", number % 211),
            "outlet": format!("paper-{}.example", number % 211),
            "title": title,
            "language": language,
            "text": paragraphs.join("\n\n"),
        })
    }

    /// Writes articles 0 to `count` as JSON lines.
    pub fn write(&self, count: u64, to: &Path) {
        let mut out = std::io::BufWriter::new(std::fs::File::create(to).unwrap());
        for number in 0..count {
            writeln!(out, "{}", self.article(number)).unwrap();
        }
        out.flush().unwrap();
    }

    /// A sentence with so many words that mean something.
    fn sentence(&self, event: &Event, language: &str, words: u64, dice: &mut Dice) -> String {
        let unspaced = language == "ja";
        let functions = self.function_words.iter().find(|(name, _)| name == language);
        let functions = functions.map_or(&[][..], |(_, words)| words.as_slice());
        let particles = ["の", "は", "を", "に", "が", "で"].map(str::to_owned);
        let functions = if unspaced { &particles[..] } else { functions };
        let mut said: Vec<String> = Vec::new();
        for _ in 0..words {
            said.push(self.word(event, language, dice));
            if dice.below(3) > 0 && !functions.is_empty() {
                said.push(dice.pick(functions).clone());
            }
        }
        let text = said.join(if unspaced { "" } else { " " });
        format!("{}{}", capital(&text), if unspaced { "。" } else { "." })
    }

    fn word(&self, event: &Event, language: &str, dice: &mut Dice) -> String {
        match dice.below(100) {
            0..4 => {
                let script = match language {
                    "ru" => 1,
                    "ja" => 2,
                    _ => 0,
                };
                let person = dice.pick(&event.people);
                capital(&person.iter().map(|&at| SYLLABLES[at][script]).collect::<String>())
            }
            4..9 => {
                let &(famous, row) = dice.pick(&event.places);
                let table = if famous { &self.famous } else { &self.names };
                let words = table.words(row, language);
                // Scripts that the table of the famous has not write them as English does.
                if words.is_empty() {
                    capital(&table.rows[row][0])
                } else {
                    capital(dice.pick::<&str>(&words))
                }
            }
            9..14 => match dice.below(2) {
                0 => dice.pick(&event.numbers).clone(),
                _ => figure(dice),
            },
            rest => loop {
                let row = if rest < 60 { *dice.pick(&event.meanings) } else { self.meaning(dice) };
                let words = self.news.words(row, language);
                if !words.is_empty() {
                    break (*dice.pick::<&str>(&words)).to_owned();
                }
            },
        }
    }
}

/// A number as news has them.
fn figure(dice: &mut Dice) -> String {
    match dice.below(6) {
        0 => (2010 + dice.below(16)).to_string(),
        1 | 2 => (1 + dice.below(31)).to_string(),
        3 => (10 * (1 + dice.below(99))).to_string(),
        4 => format!("{}.{}", dice.below(30), 1 + dice.below(9)),
        _ => (32 + dice.below(900)).to_string(),
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
