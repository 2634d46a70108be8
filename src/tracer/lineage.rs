//! The tree of derivations over a story.

use super::arborescence::maximum_arborescence;
use super::calibration::Edge;
use super::derivation::{Features, features, is_issuer, is_party};
use super::story::Story;
use super::weights;

/// Who was made from whom in a story.
#[derive(Debug, Clone, Default)]
pub struct Lineage {
    /// Each member's parent; `None` where it is not on file, or there is none.
    pub parent: Vec<Option<usize>>,
    /// What the probability of that choice is made from.
    pub edges: Vec<Edge>,
    /// Probability of that choice against the other parents, 0..1.
    pub confidence: Vec<f64>,
    /// Log-odds of each member that its source is not on file.
    pub unseen: Vec<f64>,
    /// Log-odds of each pair: `weights[parent][child]`; negative infinity where there is nothing in common.
    weights: Vec<Vec<f64>>,
    /// Measurements of each pair: `pairs[parent][child]`.
    pub pairs: Vec<Vec<Option<Features>>>,
}

impl Lineage {
    /// The best tree under a root that stands for "not on file".
    pub fn infer(story: &Story) -> Self {
        let count = story.members.len();
        let pairs: Vec<Vec<Option<Features>>> =
            (0..count)
                .map(|parent| {
                    (0..count)
                        .map(|child| {
                            if parent == child {
                                None
                            } else {
                                features(story, parent, child, None)
                            }
                        })
                        .collect()
                })
                .collect();
        let unseen: Vec<f64> = (0..count).map(|child| unseen_weight(story, child)).collect();
        let mut matrix = vec![vec![f64::NEG_INFINITY; count + 1]; count + 1];
        for child in 0..count {
            matrix[0][child + 1] = unseen[child];
            for parent in 0..count {
                if let Some(features) = &pairs[parent][child] {
                    matrix[parent + 1][child + 1] =
                        weights::derivation(features) + story.prior(parent, child);
                }
            }
        }
        let tree = maximum_arborescence(&matrix);
        let parent: Vec<Option<usize>> =
            (1..=count).map(|child| tree[child].checked_sub(1)).collect();
        let share = |to: usize| {
            let total: f64 = (0..=count).map(|other| matrix[other][to].exp()).sum();
            if total > 0.0 { matrix[tree[to]][to].exp() / total } else { 0.0 }
        };
        let edges: Vec<Edge> = (0..count)
            .map(|child| Edge {
                share: share(child + 1),
                of_item: parent[child].is_some_and(|at| is_issuer(story.members[at].dossier)),
                credited: !story.members[child].dossier.article.credits.is_empty(),
                choices: pairs.iter().filter(|row| row[child].is_some()).count(),
            })
            .collect();
        Self {
            confidence: edges.iter().map(Edge::probability).collect(),
            edges,
            parent,
            unseen,
            weights: matrix,
            pairs,
        }
    }

    /// Probability of each possible parent of a member, and last that of "not on file".
    pub fn choices(&self, member: usize) -> Vec<(Option<usize>, f64)> {
        let odds = |from: usize| self.weights[from][member + 1].exp();
        let total: f64 = (0..self.weights.len()).map(odds).sum();
        let share = |from: usize| if total > 0.0 { odds(from) / total } else { 0.0 };
        let parents = (1..self.weights.len()).map(|from| (Some(from - 1), share(from)));
        parents.chain(std::iter::once((None, share(0)))).collect()
    }

    /// Ancestors of a member that are on file, nearest first.
    pub fn ancestors(&self, member: usize) -> Vec<usize> {
        let mut path = Vec::new();
        let mut at = member;
        while let Some(parent) = self.parent[at] {
            path.push(parent);
            at = parent;
        }
        path
    }
}

/// Log-odds that an agency wrote its own item.
const OWN_ITEM: f64 = 4.0;

/// The weight of "its source is not on file".
fn unseen_weight(story: &Story, child: usize) -> f64 {
    let dossier = story.members[child].dossier;
    let own_item = if is_issuer(dossier) { OWN_ITEM } else { 0.0 };
    weights::unseen(&dossier.article.credits, credits_nobody(story, child)) + own_item
}

/// Whether a member credits somebody, and none of the parties has an article in the story.
pub fn credits_nobody(story: &Story, child: usize) -> bool {
    let credits = &story.members[child].dossier.article.credits;
    !credits.is_empty()
        && !credits.iter().any(|credit| {
            (0..story.members.len())
                .any(|other| other != child && is_party(story.members[other].dossier, credit))
        })
}
