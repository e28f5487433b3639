//! How many of these voices are independent of one another? The largest set without two that depend on each other.

use std::collections::BTreeSet;

/// Above this many origins left after the exact reductions the size is a lower bound found greedily: 2²⁴ subsets would be
/// the exact search's worst case.
const EXACT: usize = 24;

/// Size of the largest set of `n` voices no two of which are `dependent`.
pub(super) fn most(n: usize, dependent: impl Fn(usize, usize) -> bool) -> usize {
    let around = |i: usize| (0..n).filter(|j| *j != i && dependent(i, *j)).collect();
    let tied: Vec<BTreeSet<usize>> = (0..n).map(around).collect();
    largest(&tied, (0..n).collect())
}

/// Size of the largest set of vertices of `open` without an edge between two of them.
fn largest(tied: &[BTreeSet<usize>], open: BTreeSet<usize>) -> usize {
    let mut open = open;
    let mut taken = 0;
    loop {
        let around = |i: usize| -> BTreeSet<usize> {
            tied.get(i).map_or_else(BTreeSet::new, |edges| edges.intersection(&open).copied().collect())
        };
        let is_edge = |i: usize, j: usize| tied.get(i).is_some_and(|edges| edges.contains(&j));
        // a vertex all of whose neighbours are neighbours of each other is in some largest set
        let free = open.iter().copied().find(|i| {
            let near: Vec<usize> = around(*i).into_iter().collect();
            near.iter().enumerate().all(|(n, a)| near.iter().skip(n + 1).all(|b| is_edge(*a, *b)))
        });
        let fewest = || open.iter().copied().min_by_key(|i| (around(*i).len(), *i));
        let next = match (free, open.len()) {
            (_, 0) => return taken,
            (Some(free), _) => free,
            (None, n) if n <= EXACT => {
                let most = open.iter().copied().max_by_key(|i| (around(*i).len(), *i)).unwrap_or_default();
                let without: BTreeSet<usize> = open.iter().copied().filter(|i| *i != most).collect();
                let near = around(most);
                let with: BTreeSet<usize> = without.difference(&near).copied().collect();
                return taken + largest(tied, without).max(1 + largest(tied, with));
            }
            (None, _) => fewest().unwrap_or_default(),
        };
        let near = around(next);
        open.remove(&next);
        open = open.difference(&near).copied().collect();
        taken += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(n: usize, edges: &[(usize, usize)]) -> Vec<BTreeSet<usize>> {
        let mut tied = vec![BTreeSet::new(); n];
        for (a, b) in edges {
            tied[*a].insert(*b);
            tied[*b].insert(*a);
        }
        tied
    }

    #[test]
    fn largest_independent_sets() {
        let size = |n: usize, edges: &[(usize, usize)]| largest(&graph(n, edges), (0..n).collect());
        assert_eq!(size(0, &[]), 0);
        assert_eq!(size(3, &[]), 3);
        assert_eq!(size(3, &[(0, 1), (1, 2)]), 2, "a path");
        assert_eq!(size(4, &[(0, 1), (0, 2), (0, 3)]), 3, "a star");
        assert_eq!(size(5, &[(0, 1), (1, 2), (2, 3), (3, 4), (4, 0)]), 2, "a ring of five has no free vertex");
        let ring: Vec<(usize, usize)> = (0..40).map(|i| (i, (i + 1) % 40)).collect();
        assert_eq!(size(40, &ring), 20, "a long ring: greedy, then paths");
    }

    /// Against all subsets, on random graphs of eight.
    #[test]
    fn exact_for_small_sets() {
        let mut seed = 7_u64;
        for _ in 0..300 {
            let mut edges = Vec::new();
            for a in 0..8_usize {
                for b in a + 1..8 {
                    seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    if (seed >> 33).is_multiple_of(3) {
                        edges.push((a, b));
                    }
                }
            }
            let free = |set: u32| edges.iter().all(|(a, b)| set >> a & 1 == 0 || set >> b & 1 == 0);
            let best = (0..256_u32).filter(|set| free(*set)).map(u32::count_ones).max().unwrap_or_default();
            assert_eq!(largest(&graph(8, &edges), (0..8).collect()), best as usize, "{edges:?}");
        }
    }
}
