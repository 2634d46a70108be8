//! Pairs of articles that carry the same story: what was found of them, and what of the found is right.

use std::collections::HashMap;

use crate::generator::Generator;

/// Which story each article carries; 0 and up, by number.
pub struct Truth {
    pub stories: Vec<u64>,
    pub urls: HashMap<String, usize>,
}

/// Found of all true pairs, and true of all found, 0..1.
#[derive(Debug, Clone, Copy)]
pub struct Score {
    pub recall: f64,
    pub precision: f64,
}

impl Score {
    pub fn text(self) -> String {
        format!("{:.2} % / {:.2} %", 100.0 * self.recall, 100.0 * self.precision)
    }
}

impl Truth {
    pub fn of(generator: &Generator, articles: u64) -> Self {
        let stories = (0..articles)
            .map(|number| {
                let plan = generator.plan(number);
                if plan.kind.is_copy() { plan.parent } else { number }
            })
            .collect();
        Self { stories, urls: HashMap::new() }
    }

    fn all(&self) -> u64 {
        let mut sizes: HashMap<u64, u64> = HashMap::new();
        for story in &self.stories {
            *sizes.entry(*story).or_default() += 1;
        }
        sizes.values().map(|size| size * (size - 1) / 2).sum()
    }

    /// Judges pairs of article numbers.
    pub fn pairs(&self, found: &[(usize, usize)]) -> Score {
        let same = |a: usize, b: usize| {
            self.stories.get(a).is_some_and(|story| self.stories.get(b) == Some(story))
        };
        let right = found.iter().filter(|(a, b)| same(*a, *b)).count() as f64;
        Score {
            recall: right / self.all().max(1) as f64,
            precision: right / found.len().max(1) as f64,
        }
    }

    /// Judges groups of article numbers: every pair within one counts.
    pub fn groups(&self, groups: &[Vec<usize>]) -> Score {
        let mut found = Vec::new();
        for group in groups {
            for (at, a) in group.iter().enumerate() {
                found.extend(group[at + 1..].iter().map(|b| (*a, *b)));
            }
        }
        self.pairs(&found)
    }
}
