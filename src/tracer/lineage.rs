//! The tree of derivations over a story.

use super::arborescence::maximum_arborescence;
use super::derivation::{Features, features, is_party, is_wire};
use super::story::Story;
use super::weights;

/// Who was made from whom in a story.
#[derive(Debug, Clone, Default)]
pub struct Lineage {
    /// Each member's parent; `None` where it is not on file, or there is none.
    pub parent: Vec<Option<usize>>,
    /// Probability of that choice against the other parents, 0..1.
    pub confidence: Vec<f64>,
    /// Measurements of each pair: `pairs[parent][child]`.
    pub pairs: Vec<Vec<Option<Features>>>,
}

impl Lineage {
    /// The best tree under a root that stands for "not on file".
    pub fn infer(story: &Story) -> Self {
        let count = story.members.len();
        let pairs: Vec<Vec<Option<Features>>> = (0..count)
            .map(|parent| {
                (0..count)
                    .map(
                        |child| if parent == child { None } else { features(story, parent, child) },
                    )
                    .collect()
            })
            .collect();
        let mut matrix = vec![vec![f64::NEG_INFINITY; count + 1]; count + 1];
        for child in 0..count {
            matrix[0][child + 1] = unseen(story, child);
            for parent in 0..count {
                if let Some(features) = &pairs[parent][child] {
                    matrix[parent + 1][child + 1] = weights::derivation(features);
                }
            }
        }
        let tree = maximum_arborescence(&matrix);
        let parent: Vec<Option<usize>> =
            (1..=count).map(|child| tree[child].checked_sub(1)).collect();
        let probability = |from: usize, to: usize| {
            let total: f64 = (0..=count).map(|other| matrix[other][to].exp()).sum();
            if total > 0.0 { matrix[from][to].exp() / total } else { 0.0 }
        };
        Self {
            confidence: (1..=count).map(|child| probability(tree[child], child)).collect(),
            parent,
            pairs,
        }
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
fn unseen(story: &Story, child: usize) -> f64 {
    let dossier = story.members[child].dossier;
    let own_item = if is_wire(dossier) { OWN_ITEM } else { 0.0 };
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
