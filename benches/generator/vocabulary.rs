//! The words of the generator: function words of the language, and invented ones built of its syllables.

use super::dice::Dice;

/// Words of a language's vocabulary.
const WORDS: usize = 60_000;
/// Stock phrases that unrelated articles share.
const PHRASES: u64 = 4_000;
/// First and last names each.
const NAMES: u64 = 2_500;
/// Zipf–Mandelbrot law of word frequencies: 1 / (rank + shift) ^ exponent.
const SHIFT: f64 = 2.7;
const EXPONENT: f64 = 1.05;

const ENGLISH: &str = "the of to and in a is that for it was on with as be by at he this had not are but from or \
    have an they which one were all their there been who said if will more when no some would into its than other \
    about two after over also only new can his has we out up year first could them last most government may such";
const GERMAN: &str = "die der und in zu den das nicht von sie ist des sich mit dem dass er es ein ich auf so eine \
    auch als an nach wie im für man aber aus durch wenn nur war noch werden bei hat wir was wird sein einen welche \
    sind oder zur um haben einer mir über ihm diese einem ihr uns da zum kann doch vor dieser sagte mehr am wurde";
const ENGLISH_SYLLABLES: &str = "ber con dis tion ment ing er al ist port mar ket land ship ward ly con pro gress \
    fin ance min ter coun cil ex pect re duc sta bil qua li ver dict har bour trea ty mis sion ge ne ral cen tre";
const GERMAN_SYLLABLES: &str = "ver han del schaft ung lich keit be trieb auf trag land tag rat haus stadt werk \
    kraft wirt gemein de aus schuss vor stand ent wick lung fin anz mi nis ter prä si dent stra ße bür ger über";

/// A language's words by rank, with what makes sentences of them.
pub struct Vocabulary {
    /// BCP 47 primary subtag.
    pub language: &'static str,
    words: Vec<String>,
    /// Running sum of the words' probabilities.
    sums: Vec<f64>,
    syllables: Vec<&'static str>,
    seed: u64,
}

impl Vocabulary {
    pub fn english(seed: u64) -> Self {
        Self::new("en", ENGLISH, ENGLISH_SYLLABLES, seed)
    }

    pub fn german(seed: u64) -> Self {
        Self::new("de", GERMAN, GERMAN_SYLLABLES, seed)
    }

    fn new(
        language: &'static str,
        function_words: &'static str,
        syllables: &'static str,
        seed: u64,
    ) -> Self {
        let syllables: Vec<&str> = syllables.split_ascii_whitespace().collect();
        let mut dice = Dice::new(seed ^ 0x5eed);
        let mut known: std::collections::HashSet<String> = std::collections::HashSet::new();
        let mut words: Vec<String> = Vec::with_capacity(WORDS);
        for word in function_words.split_ascii_whitespace() {
            if known.insert(word.to_owned()) {
                words.push(word.to_owned());
            }
        }
        while words.len() < WORDS {
            let count = 2 + dice.below(3);
            let word: String = (0..count).map(|_| *dice.pick(&syllables)).collect();
            if known.insert(word.clone()) {
                words.push(word);
            }
        }
        let mut sum = 0.0;
        let sums: Vec<f64> = (1..=WORDS)
            .map(|rank| {
                sum += (rank as f64 + SHIFT).powf(-EXPONENT);
                sum
            })
            .collect();
        Self { language, words, sums, syllables, seed }
    }

    /// A word, by its frequency.
    pub fn word(&self, dice: &mut Dice) -> &str {
        let at = dice.share() * self.sums.last().copied().unwrap_or_default();
        let rank = self.sums.partition_point(|&sum| sum < at);
        self.words.get(rank).map_or("", String::as_str)
    }

    fn invented(&self, dice: &mut Dice, syllables: u64) -> String {
        capital(&(0..syllables).map(|_| *dice.pick(&self.syllables)).collect::<String>())
    }

    /// A person, of a stock that all articles share.
    pub fn name(&self, dice: &mut Dice) -> String {
        let mut first = Dice::new(self.seed ^ dice.below(NAMES) ^ 0xf1);
        let mut last = Dice::new(self.seed ^ dice.below(NAMES) ^ 0x1a57_0000);
        format!("{} {}", self.invented(&mut first, 2), self.invented(&mut last, 3))
    }

    /// A place as a dateline writes it.
    pub fn place(&self, dice: &mut Dice) -> String {
        let mut place = Dice::new(self.seed ^ dice.below(NAMES) ^ 0x91ace);
        self.invented(&mut place, 3).to_uppercase()
    }

    pub fn title(&self, names: &[String], dice: &mut Dice) -> String {
        let words: Vec<&str> = (0..6).map(|_| self.word(dice)).collect();
        format!("{} {}", dice.pick(names), words.join(" "))
    }

    /// Two to four sentences, 25 to 70 words.
    pub fn paragraph(&self, names: &[String], dice: &mut Dice) -> String {
        let count = 2 + dice.below(3);
        (0..count).map(|_| self.sentence(names, dice)).collect::<Vec<_>>().join(" ")
    }

    fn sentence(&self, names: &[String], dice: &mut Dice) -> String {
        let length = 10 + dice.below(14);
        let mut parts: Vec<String> = Vec::new();
        while (parts.len() as u64) < length {
            match dice.below(100) {
                0..4 => parts.extend(dice.pick(names).split(' ').map(str::to_owned)),
                4..6 => parts.push(dice.below(1_000).to_string()),
                6 => parts.push(format!("{}.{}", dice.below(100), dice.below(10))),
                7 => parts.push(format!("{:02}:{:02}", dice.below(24), dice.below(60))),
                8 => parts.extend(self.phrase(dice)),
                9..12 => parts.push(format!("{},", self.word(dice))),
                _ => parts.push(self.word(dice).to_owned()),
            }
        }
        format!("{}.", capital(&parts.join(" ")))
    }

    /// A stock phrase of six to nine words; some are frequent.
    fn phrase(&self, dice: &mut Dice) -> Vec<String> {
        let rank = (PHRASES as f64).powf(dice.share());
        let mut phrase = Dice::new(self.seed ^ (rank as u64) ^ 0x0f4a_5e00_0000);
        let length = 6 + phrase.below(4);
        (0..length).map(|_| self.word(&mut phrase).to_owned()).collect()
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
