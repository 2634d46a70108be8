//! Stories over a whole store: groups of articles that carry the same text.
//!
//! Single linkage chains stories together through one shared paragraph. Here the closest pairs are
//! joined first, each verified on the text, and two groups only where enough of their members are
//! kin to one another.

use std::collections::HashMap;

/// Two articles whose sketches overlap.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kinship {
    pub a: usize,
    pub b: usize,
    /// Share of `a`'s shingles that `b` holds, 0..1, and the other way.
    pub of_a: f64,
    pub of_b: f64,
}

/// Share of the shorter text from which two articles carry the same story.
const SAME_STORY: f64 = 0.5;
/// Share of the longer text below which the shorter one is a paragraph in it, not the same story.
const NOT_A_PARAGRAPH: f64 = 0.15;
/// Share of the pairs across two groups that must be kin before the groups are one.
const LINKED: f64 = 0.34;

/// Failed comparisons from which two articles are no longer compared with anything that is less like them:
/// the reports of a series are like one another by the thousand and never the same.
const ENOUGH_FAILURES: u32 = 12;

/// Sorts pairs, the closest first.
pub fn closest_first(kin: &mut [Kinship]) {
    kin.sort_by(|x, y| {
        let closeness = |k: &Kinship| k.of_a + k.of_b;
        closeness(y).total_cmp(&closeness(x)).then((x.a, x.b).cmp(&(y.a, y.b)))
    });
}

/// Groups of two or more, the members in order. `kin`: pairs, the closest first; `verify` gives the shares of
/// a pair's two articles that are the same text.
pub fn group<E>(
    count: usize,
    kin: &[Kinship],
    mut verify: impl FnMut(&Kinship) -> Result<(f64, f64), E>,
) -> Result<Vec<Vec<usize>>, E> {
    let mut groups = Groups::new(count, kin);
    let mut failures = vec![0u32; count];
    for pair in kin {
        let (a, b) = (groups.of[pair.a], groups.of[pair.b]);
        let tired = failures[pair.a].min(failures[pair.b]) >= ENOUGH_FAILURES;
        if a == b || tired || !groups.are_linked(a, b) {
            continue;
        }
        let (of_a, of_b) = verify(pair)?;
        if of_a.max(of_b) >= SAME_STORY && of_a.min(of_b) >= NOT_A_PARAGRAPH {
            groups.join(a, b);
        } else {
            failures[pair.a] += 1;
            failures[pair.b] += 1;
        }
    }
    Ok(groups.members.into_iter().filter(|members| members.len() > 1).collect())
}

struct Groups {
    /// The group of each article.
    of: Vec<usize>,
    members: Vec<Vec<usize>>,
    /// How many pairs across two groups are kin, by group.
    links: Vec<HashMap<usize, usize>>,
}

impl Groups {
    fn new(count: usize, kin: &[Kinship]) -> Self {
        let mut links = vec![HashMap::new(); count];
        for pair in kin {
            *links[pair.a].entry(pair.b).or_default() += 1;
            *links[pair.b].entry(pair.a).or_default() += 1;
        }
        Self { of: (0..count).collect(), members: (0..count).map(|at| vec![at]).collect(), links }
    }

    fn are_linked(&self, a: usize, b: usize) -> bool {
        let pairs = self.members[a].len() * self.members[b].len();
        let links = self.links[a].get(&b).copied().unwrap_or(0);
        links as f64 >= LINKED * pairs as f64
    }

    fn join(&mut self, a: usize, b: usize) {
        let (keep, gone) =
            if self.members[a].len() >= self.members[b].len() { (a, b) } else { (b, a) };
        for member in std::mem::take(&mut self.members[gone]) {
            self.of[member] = keep;
            self.members[keep].push(member);
        }
        self.members[keep].sort_unstable();
        for (other, count) in std::mem::take(&mut self.links[gone]) {
            self.links[other].remove(&gone);
            if other != keep {
                *self.links[keep].entry(other).or_default() += count;
                *self.links[other].entry(keep).or_default() += count;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kin(a: usize, b: usize, of_a: f64, of_b: f64) -> Kinship {
        Kinship { a, b, of_a, of_b }
    }

    fn grouped(count: usize, pairs: &[Kinship]) -> Vec<Vec<usize>> {
        let mut pairs = pairs.to_vec();
        closest_first(&mut pairs);
        group::<()>(count, &pairs, |pair| Ok((pair.of_a, pair.of_b))).unwrap()
    }

    #[test]
    fn copies_are_one_group() {
        let pairs = [kin(0, 1, 0.9, 0.9), kin(0, 2, 0.8, 0.7), kin(1, 2, 0.7, 0.7)];
        assert_eq!(grouped(3, &pairs), vec![vec![0, 1, 2]]);
    }

    #[test]
    fn an_inserted_paragraph_does_not_merge_two_stories() {
        let pairs = [kin(0, 1, 0.9, 0.9), kin(2, 3, 0.9, 0.9), kin(1, 2, 0.12, 0.5)];
        assert_eq!(grouped(4, &pairs), vec![vec![0, 1], vec![2, 3]]);
    }

    #[test]
    fn one_article_of_two_stories_does_not_chain_them() {
        let pairs = [
            kin(0, 1, 0.9, 0.9),
            kin(0, 2, 0.9, 0.9),
            kin(1, 2, 0.9, 0.9),
            kin(3, 4, 0.9, 0.9),
            kin(3, 5, 0.9, 0.9),
            kin(4, 5, 0.9, 0.9),
            kin(2, 3, 0.5, 0.5),
        ];
        assert_eq!(grouped(6, &pairs), vec![vec![0, 1, 2], vec![3, 4, 5]]);
    }
}
