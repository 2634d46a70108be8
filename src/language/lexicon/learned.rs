//! Words that translated sentences show to mean the same.
//!
//! Two words that stand in the same pairs of sentences far more often than chance would have it translate one another:
//! Dunning's log-likelihood ratio, "Accurate methods for the statistics of surprise and coincidence" (1993), and of a
//! sentence's words the strongest tie first, as in Melamed's competitive linking, "Models of translational equivalence
//! among words" (2000).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::language::{is_unspaced_language, stem};

/// Pairs of sentences in which two words must stand together.
const FEWEST: u32 = 4;
/// Log-likelihood ratio from which their company is beyond doubt: once in ten million by chance.
const BEYOND_DOUBT: f64 = 28.4;
/// Share of the rarer word's sentences in which the other stands too.
const FAITHFUL: f64 = 0.5;
/// Meanings that are learned of one word.
const MOST_MEANINGS: usize = 2;
/// Words that are learned of one language, the surest first.
const MOST_WORDS: usize = 20_000;
/// Letters of a word that is learned, and characters of an unspaced one.
const LETTERS: usize = 3;
const CHARACTERS: std::ops::RangeInclusive<usize> = 2..=6;

/// Sentences of a language with those of English that they became or came from.
#[derive(Debug, Clone, Default)]
pub struct Parallel {
    language: String,
    pairs: u32,
    /// By stem: the word as it is mostly written, and the pairs that it stands in.
    words: BTreeMap<String, Seen>,
    english: BTreeMap<String, Seen>,
}

#[derive(Debug, Clone, Default)]
struct Seen {
    forms: BTreeMap<String, u32>,
    pairs: Vec<u32>,
}

impl Seen {
    fn form(&self) -> &str {
        let most =
            self.forms.iter().max_by_key(|(form, count)| (**count, std::cmp::Reverse(*form)));
        most.map_or("", |(form, _)| form)
    }
}

impl Parallel {
    pub fn new(language: &str) -> Self {
        Self { language: language.to_owned(), ..Self::default() }
    }

    /// How many pairs of sentences were added.
    pub fn len(&self) -> u32 {
        self.pairs
    }

    pub fn is_empty(&self) -> bool {
        self.pairs == 0
    }

    /// Adds a sentence and the English one.
    pub fn add(&mut self, sentence: &str, english: &str) {
        let number = self.pairs;
        self.pairs += 1;
        note(&mut self.words, &self.language, sentence, number);
        note(&mut self.english, "en", english, number);
    }

    /// Word and English word, the surest first.
    pub fn learned(&self) -> Vec<(String, String)> {
        let ties = self.ties();
        let mut taken: HashMap<&str, usize> = HashMap::new();
        let mut used: HashMap<&str, usize> = HashMap::new();
        let mut learned = Vec::new();
        for (_, word, english) in &ties {
            let (mine, theirs) = (taken.entry(word).or_default(), used.entry(english).or_default());
            if *mine >= MOST_MEANINGS || *theirs >= MOST_MEANINGS || learned.len() >= MOST_WORDS {
                continue;
            }
            *mine += 1;
            *theirs += 1;
            let forms = self.words.get(*word).zip(self.english.get(*english));
            learned.extend(forms.map(|(w, e)| (w.form().to_owned(), e.form().to_owned())));
        }
        learned
    }

    /// All stems that keep company beyond doubt, the surest first.
    fn ties(&self) -> Vec<(f64, &str, &str)> {
        let mut in_pair: Vec<Vec<&str>> = vec![Vec::new(); self.pairs as usize];
        for (stem, seen) in self.english.iter().filter(|(_, seen)| count(&seen.pairs) >= FEWEST) {
            for &pair in &seen.pairs {
                in_pair[pair as usize].push(stem);
            }
        }
        let mut ties = Vec::new();
        for (word, seen) in self.words.iter().filter(|(_, seen)| count(&seen.pairs) >= FEWEST) {
            let mut together: BTreeMap<&str, u32> = BTreeMap::new();
            for english in seen.pairs.iter().flat_map(|&pair| &in_pair[pair as usize]) {
                *together.entry(english).or_default() += 1;
            }
            for (english, both) in together.into_iter().filter(|(_, both)| *both >= FEWEST) {
                let theirs = self.english.get(english).map_or(0, |seen| count(&seen.pairs));
                let tie = Tie { both, one: count(&seen.pairs), other: theirs, all: self.pairs };
                if tie.is_faithful() && tie.ratio() >= BEYOND_DOUBT {
                    ties.push((tie.ratio(), word.as_str(), english));
                }
            }
        }
        ties.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        ties
    }
}

fn count(pairs: &[u32]) -> u32 {
    u32::try_from(pairs.len()).unwrap_or(u32::MAX)
}

/// Notes a sentence's words under their stems, each once.
fn note(words: &mut BTreeMap<String, Seen>, language: &str, sentence: &str, number: u32) {
    let mut once = BTreeSet::new();
    for word in content_words(language, sentence) {
        let stem = stem(language, &word);
        if once.insert(stem.clone()) {
            let seen = words.entry(stem).or_default();
            seen.pairs.push(number);
            *seen.forms.entry(word).or_default() += 1;
        }
    }
}

/// The words that may be learned: of three letters up, or runs of one script where there are no spaces.
fn content_words(language: &str, sentence: &str) -> Vec<String> {
    if !is_unspaced_language(language) {
        let words = sentence.split(|c: char| !c.is_alphabetic());
        let long = words.filter(|word| word.chars().count() >= LETTERS);
        return long.map(str::to_lowercase).collect();
    }
    let script = |c: char| match c {
        '\u{4e00}'..='\u{9fff}' => 1,
        '\u{30a0}'..='\u{30ff}' => 2,
        '\u{0e00}'..='\u{0eff}' | '\u{1780}'..='\u{17ff}' | '\u{1000}'..='\u{109f}' => 3,
        _ => 0,
    };
    let chars: Vec<char> = sentence.chars().collect();
    let runs = chars.chunk_by(|a, b| script(*a) == script(*b));
    runs.filter(|run| {
        CHARACTERS.contains(&run.len()) && run.first().is_some_and(|c| script(*c) > 0)
    })
    .map(|run| run.iter().collect())
    .collect()
}

/// How often two words stand in pairs of sentences.
#[derive(Debug, Clone, Copy)]
struct Tie {
    both: u32,
    one: u32,
    other: u32,
    all: u32,
}

impl Tie {
    fn is_faithful(self) -> bool {
        f64::from(self.both) >= FAITHFUL * f64::from(self.one.max(self.other))
    }

    /// Dunning's log-likelihood ratio, for company above chance; 0 below.
    fn ratio(self) -> f64 {
        let (both, one, other) = (f64::from(self.both), f64::from(self.one), f64::from(self.other));
        let all = f64::from(self.all);
        if both * all <= one * other {
            return 0.0;
        }
        let cell = |seen: f64, expected: f64| {
            if seen > 0.0 { seen * (seen / expected).ln() } else { 0.0 }
        };
        let (not_one, not_other) = (all - one, all - other);
        2.0 * (cell(both, one * other / all)
            + cell(one - both, one * not_other / all)
            + cell(other - both, not_one * other / all)
            + cell(all - one - other + both, not_one * not_other / all))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parallel(pairs: &[(&str, &str)]) -> Parallel {
        let mut parallel = Parallel::new("de");
        for (german, english) in pairs {
            parallel.add(german, english);
        }
        parallel
    }

    #[test]
    fn words_that_keep_company_are_learned_and_those_that_do_not_are_not() {
        let mut pairs = Vec::new();
        for _ in 0..12 {
            pairs.push(("Der Deich hielt", "The dyke held"));
            pairs.push(("Die Schleuse blieb zu", "The lock stayed shut"));
            pairs.push(("Niemand kam", "Nobody came"));
        }
        let learned = parallel(&pairs).learned();
        let has = |german: &str, english: &str| {
            learned.contains(&(german.to_owned(), english.to_owned()))
        };
        assert!(has("deich", "dyke") || has("deich", "held"), "{learned:?}");
        assert!(!has("deich", "lock") && !has("schleuse", "dyke"), "{learned:?}");
    }

    #[test]
    fn what_was_seen_together_three_times_is_chance() {
        let pairs = [("Der Deich hielt", "The dyke held"); 3];
        assert!(parallel(&pairs).learned().is_empty());
    }

    #[test]
    fn the_ratio_is_dunnings() {
        // "the swiss" in his table 2: k(AB) 110, k(A~B) 2442, k(~AB) 111, k(~A~B) 29114.
        let tie = Tie { both: 110, one: 2552, other: 221, all: 31_777 };
        assert!((tie.ratio() - 270.72).abs() < 0.01, "{}", tie.ratio());
    }

    #[test]
    fn unspaced_words_are_runs_of_one_script() {
        assert_eq!(content_words("ja", "東京でトランプ氏が会見"), ["東京", "トランプ", "会見"]);
    }
}
