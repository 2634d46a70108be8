//! Maximum-weight arborescence: the best tree of derivations over a story.
//!
//! Chu & Liu (1965), Edmonds (1967). Node 0 is the root, which stands for "not on file".

/// Each node's parent in the arborescence of the largest total weight under root 0, the root's own
/// entry being 0. `weights[from][to]`, negative infinity where there is no edge. Every node must be
/// reachable from the root.
pub fn maximum_arborescence(weights: &[Vec<f64>]) -> Vec<usize> {
    let count = weights.len();
    let mut parent: Vec<usize> = (0..count).map(|to| best_into(weights, to)).collect();
    if count > 0 {
        parent[0] = 0;
    }
    let Some(cycle) = find_cycle(&parent) else { return parent };

    let outside: Vec<usize> = (0..count).filter(|node| !cycle.contains(node)).collect();
    let merged = outside.len();
    let (smaller, entered, left) = contract(weights, &parent, &cycle, &outside);
    let tree = maximum_arborescence(&smaller);
    for (at, &node) in outside.iter().enumerate() {
        if at > 0 {
            parent[node] = if tree[at] == merged { left[at] } else { outside[tree[at]] };
        }
    }
    let from = tree[merged];
    parent[entered[from]] = outside[from];
    parent
}

fn best_into(weights: &[Vec<f64>], to: usize) -> usize {
    (0..weights.len())
        .filter(|&from| from != to)
        .max_by(|&a, &b| weights[a][to].total_cmp(&weights[b][to]).then(b.cmp(&a)))
        .unwrap_or(0)
}

/// A cycle among the chosen edges.
fn find_cycle(parent: &[usize]) -> Option<Vec<usize>> {
    for start in 1..parent.len() {
        let mut path = Vec::new();
        let mut node = start;
        while node != 0 && !path.contains(&node) {
            path.push(node);
            node = parent[node];
        }
        if node != 0 {
            let at = path.iter().position(|&on_path| on_path == node)?;
            return Some(path.split_off(at));
        }
    }
    None
}

/// The graph with the cycle as one node, its last; for each outside node the cycle's node that its
/// edge into the cycle enters, and the one that its edge out of the cycle leaves.
fn contract(
    weights: &[Vec<f64>],
    parent: &[usize],
    cycle: &[usize],
    outside: &[usize],
) -> (Vec<Vec<f64>>, Vec<usize>, Vec<usize>) {
    let merged = outside.len();
    let mut smaller = vec![vec![f64::NEG_INFINITY; merged + 1]; merged + 1];
    let (mut entered, mut left) = (vec![cycle[0]; merged], vec![cycle[0]; merged]);
    for (a, &from) in outside.iter().enumerate() {
        for (b, &to) in outside.iter().enumerate() {
            smaller[a][b] = weights[from][to];
        }
        for &node in cycle {
            let entering = weights[from][node] - weights[parent[node]][node];
            if entering > smaller[a][merged] {
                (smaller[a][merged], entered[a]) = (entering, node);
            }
            if weights[node][from] > smaller[merged][a] {
                (smaller[merged][a], left[a]) = (weights[node][from], node);
            }
        }
    }
    (smaller, entered, left)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn total(weights: &[Vec<f64>], parent: &[usize]) -> f64 {
        (1..parent.len()).map(|node| weights[parent[node]][node]).sum()
    }

    fn is_tree(parent: &[usize]) -> bool {
        find_cycle(parent).is_none()
    }

    /// The best of all assignments of parents.
    fn brute_force(weights: &[Vec<f64>]) -> f64 {
        let count = weights.len();
        let mut best = f64::NEG_INFINITY;
        for code in 0..count.pow(u32::try_from(count - 1).unwrap()) {
            let mut rest = code;
            let mut parent = vec![0; count];
            for slot in parent.iter_mut().skip(1) {
                *slot = rest % count;
                rest /= count;
            }
            let sound = (1..count).all(|node| parent[node] != node) && is_tree(&parent);
            if sound {
                best = best.max(total(weights, &parent));
            }
        }
        best
    }

    proptest! {
        #[test]
        fn no_tree_weighs_more(flat in prop::collection::vec(-50i32..50, 25)) {
            let weights: Vec<Vec<f64>> =
                flat.chunks(5).map(|row| row.iter().map(|&w| f64::from(w)).collect()).collect();
            let parent = maximum_arborescence(&weights);
            prop_assert!(is_tree(&parent));
            prop_assert!((total(&weights, &parent) - brute_force(&weights)).abs() < 1e-9);
        }
    }

    #[test]
    fn a_cycle_of_copies_is_broken_where_it_costs_least() {
        let none = f64::NEG_INFINITY;
        let weights = vec![vec![none, 1.0, 5.0], vec![none, none, 10.0], vec![none, 10.0, none]];
        assert_eq!(maximum_arborescence(&weights), vec![0, 2, 0]);
    }
}
