//! Which stories of a collection share enough rare anchors to be compared: counted over all of them at once, no text read.

use rayon::prelude::*;

/// Stories of which an anchor tells nothing: a tenth of all, within these bounds.
const COMMON_SHARE: usize = 10;
const COMMON: std::ops::RangeInclusive<usize> = 20..=400;
/// Cosine of two stories' anchors, weighed by rarity, from which they are compared within one language …
const NEAR: f64 = 0.07;
/// … and across languages, where only names, numbers and meanings can be shared: of 40 pairs of the lineage suite that
/// are nearer than 0.07 33 are translations.
const NEAR_ACROSS: f64 = 0.055;
/// Cosine that one of the nearest must have within one language, where a retelling keeps the words' stems too, if none
/// is of another: below it is the day's news. Of 3,346 pairs of the lineage suite that are nearer than `NEAR` three are
/// retellings, none below 0.25; so it is with the rewritten texts of the other suite.
const NEAR_SAME: f64 = 0.16;
/// Stories that one is compared with, the nearest first.
const MOST: usize = 4;

/// What a story is found by.
#[derive(Debug, Clone, Default)]
pub struct Anchored {
    /// Hashes of anchors that mean the same in every language.
    pub keys: Vec<u32>,
    /// Seconds since 1970 of its publication.
    pub at: Option<i64>,
    /// Tells its language from others.
    pub language: u64,
}

/// For each story those that it may have been made from, the nearest first, none where it surely was not: not later
/// than it, and at most `window` seconds before; of two without a date the one that stands first.
pub fn near(stories: &[Anchored], window: Option<i64>) -> Vec<Vec<usize>> {
    let lists = Lists::new(stories);
    (0..stories.len())
        .into_par_iter()
        .map_init(|| vec![0.0; stories.len()], |scores, at| lists.near(stories, at, window, scores))
        .collect()
}

/// Slack of clocks, in seconds.
const SLACK: i64 = 1_800;

fn may_be_made_from(
    stories: &[Anchored],
    later: usize,
    earlier: usize,
    window: Option<i64>,
) -> bool {
    match (stories[earlier].at, stories[later].at) {
        (Some(from), Some(to)) => {
            let within = to - from >= -SLACK && window.is_none_or(|window| to - from <= window);
            within && earlier != later
        }
        _ => earlier < later,
    }
}

/// Parts that the anchors are listed in, by the highest bits of their hashes: bounds the memory.
const PARTS_LOG2: u32 = 4;

/// Which stories hold each anchor that more than one of them and not too many hold.
struct Lists {
    /// Anchor and story, by anchor.
    entries: Vec<(u32, u32)>,
    /// For each story: sum of its anchors' squared rarities.
    squares: Vec<f64>,
    stories: f64,
    common: usize,
}

impl Lists {
    fn new(stories: &[Anchored]) -> Self {
        let common = (stories.len() / COMMON_SHARE).clamp(*COMMON.start(), *COMMON.end());
        let mut lists = Self {
            entries: Vec::new(),
            squares: vec![0.0; stories.len()],
            stories: stories.len() as f64,
            common,
        };
        (0..1 << PARTS_LOG2).for_each(|part| lists.take(part, stories));
        lists.entries.shrink_to_fit();
        lists
    }

    /// Takes in the anchors of one part.
    fn take(&mut self, part: u32, stories: &[Anchored]) {
        let of_part = |key: &&u32| **key >> (u32::BITS - PARTS_LOG2) == part;
        let mut entries: Vec<(u32, u32)> = (0u32..)
            .zip(stories)
            .flat_map(|(number, story)| {
                story.keys.iter().filter(of_part).map(move |&key| (key, number))
            })
            .collect();
        entries.par_sort_unstable();
        entries.dedup();
        for list in entries.chunk_by(|a, b| a.0 == b.0) {
            let square = self.rarity(list.len()).powi(2);
            for &(_, story) in list {
                self.squares[story as usize] += square;
            }
            if (2..=self.common).contains(&list.len()) {
                self.entries.extend_from_slice(list);
            }
        }
    }

    fn rarity(&self, holders: usize) -> f64 {
        ((self.stories + 1.0) / (holders as f64 + 0.5)).ln()
    }

    fn list(&self, key: u32) -> &[(u32, u32)] {
        let from = self.entries.partition_point(|&(held, _)| held < key);
        let rest = self.entries.get(from..).unwrap_or_default();
        let length = rest.iter().take(self.common).take_while(|&&(held, _)| held == key).count();
        &rest[..length]
    }

    /// `scores` is all zeros, before and after.
    fn near(
        &self,
        stories: &[Anchored],
        at: usize,
        window: Option<i64>,
        scores: &mut [f64],
    ) -> Vec<usize> {
        let mut touched: Vec<usize> = Vec::new();
        for &key in &stories[at].keys {
            let list = self.list(key);
            let square = self.rarity(list.len()).powi(2);
            for &(_, other) in list {
                let other = other as usize;
                if scores[other] == 0.0 {
                    touched.push(other);
                }
                scores[other] += square;
            }
        }
        let mut found: Vec<(f64, usize)> = Vec::new();
        for other in touched {
            let shared = std::mem::take(&mut scores[other]);
            let cosine = shared / (self.squares[at] * self.squares[other]).sqrt().max(1.0);
            let across = stories[other].language != stories[at].language;
            let least = if across { NEAR_ACROSS } else { NEAR };
            if cosine >= least && may_be_made_from(stories, at, other, window) {
                found.push((cosine, other));
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        found.truncate(MOST);
        let worth = found.iter().any(|&(cosine, other)| {
            cosine >= NEAR_SAME || stories[other].language != stories[at].language
        });
        if !worth {
            return Vec::new();
        }
        found.into_iter().map(|(_, other)| other).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn story(keys: std::ops::Range<u32>, at: Option<i64>) -> Anchored {
        Anchored { keys: keys.collect(), at, language: 0 }
    }

    #[test]
    fn those_that_share_rare_anchors_are_near_and_the_earlier_is_the_source() {
        let mut stories: Vec<Anchored> =
            (10..60).map(|n| story(n * 100..n * 100 + 40, None)).collect();
        stories.push(story(0..40, Some(5_000)));
        stories.push(story(10..50, Some(90_000)));
        assert_eq!(near(&stories, Some(100_000))[51], [50]);
        assert!(near(&stories, Some(100_000))[50].is_empty());
        assert!(near(&stories, Some(10_000))[51].is_empty());
    }

    #[test]
    fn of_two_without_a_date_the_first_is_the_source() {
        let stories = [story(0..40, None), story(0..40, Some(1))];
        assert_eq!(near(&stories, None), [vec![], vec![0]]);
    }

    #[test]
    fn within_a_language_more_must_be_shared_than_across() {
        let of = |shared: u32, language| {
            let own = 1_000 * (shared + 1);
            let keys = (0..shared).chain(own..own + 100).collect();
            Anchored { keys, at: None, language }
        };
        let with = |language| {
            let others = (100..140).map(|n| story(n * 1_000..n * 1_000 + 100, None));
            let stories: Vec<Anchored> =
                [of(12, 1), of(13, language)].into_iter().chain(others).collect();
            near(&stories, None)[1].clone()
        };
        assert!(with(1).is_empty());
        assert_eq!(with(2), [0]);
    }
}
