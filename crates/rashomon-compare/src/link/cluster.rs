//! Which local incidents are one? Average-link agglomeration over the compared pairs, under constraints.
//!
//! The two clusters with the highest average score over all their pairs are joined, as long as it reaches the threshold; a
//! pair that was never compared scores 0. What must not be joined never is; what a person joined is joined first. Clusters most of
//! whose pairs that say where and when they were lie apart are not joined either. Ties go to the lesser indices, so the result
//! depends on the list's order only, which is by content.

use super::pair::Scenes;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

/// A scored pair.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Edge {
    /// Lesser index.
    pub(super) a: u32,
    /// Greater index.
    pub(super) b: u32,
    /// Score; `None` if the two must not be joined.
    pub(super) score: Option<f64>,
    /// What the two say of where and when they were.
    pub(super) scenes: Scenes,
}

impl Edge {
    /// Two that must not be joined.
    pub(super) fn bar(a: u32, b: u32) -> Self {
        Self { a, b, score: None, scenes: Scenes::Unsaid }
    }
}

/// What comes out.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Clusters {
    /// Members of each cluster, sorted; clusters by least member.
    pub(super) members: Vec<Vec<u32>>,
    /// Pairs of clusters (indices into `members`) that were not joined though their average reaches the lower threshold.
    pub(super) near: Vec<(usize, usize, f64)>,
}

/// What lies between two clusters.
#[derive(Debug, Clone, Copy, Default)]
struct Between {
    /// Sum of the scores.
    sum: f64,
    /// Some pair must not be joined.
    barred: bool,
    /// Pairs that both say where and when they were, and those of them that lie apart.
    said: u32,
    apart: u32,
}

impl Between {
    fn of(edge: &Edge) -> Self {
        Self {
            sum: edge.score.unwrap_or(0.0),
            barred: edge.score.is_none(),
            said: u32::from(edge.scenes != Scenes::Unsaid),
            apart: u32::from(edge.scenes == Scenes::Apart),
        }
    }

    fn add(&mut self, other: Self) {
        self.sum += other.sum;
        self.barred |= other.barred;
        self.said += other.said;
        self.apart += other.apart;
    }

    /// Whether the two must not be joined: of some pair, or of most that say it.
    fn forbids(&self) -> bool {
        self.barred || self.apart * 2 > self.said
    }
}

/// A proposal to join, best first; equal ones by lesser indices.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Proposal {
    score: f64,
    a: u32,
    b: u32,
}

impl Eq for Proposal {}

impl Ord for Proposal {
    fn cmp(&self, other: &Self) -> Ordering {
        self.score.total_cmp(&other.score).then_with(|| (other.a, other.b).cmp(&(self.a, self.b)))
    }
}

impl PartialOrd for Proposal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Clusters of `n` items.
pub(super) fn cluster(n: usize, edges: &[Edge], together: &[(u32, u32)], join: f64, review: f64) -> Clusters {
    let mut state = State::new(n, edges);
    for (a, b) in together {
        let (a, b) = (state.root(*a), state.root(*b));
        if a != b {
            state.merge(a.min(b), a.max(b));
        }
    }
    let mut heap: BinaryHeap<Proposal> = BinaryHeap::new();
    for a in 0..n as u32 {
        heap.extend(state.proposals(a, join).filter(|p| p.a == a));
    }
    while let Some(proposal) = heap.pop() {
        if state.average(proposal.a, proposal.b) != Some(proposal.score) {
            continue; // one of the two has changed since
        }
        state.merge(proposal.a, proposal.b);
        heap.extend(state.proposals(proposal.a, join));
    }
    state.finish(review)
}

/// Joins single asides to clusters of what accounts lead with, best average first: the pairs that tie them.
pub(super) fn attached(
    clusters: &[Vec<u32>],
    edges: &[Edge],
    lead: impl Fn(u32) -> bool,
    join: f64,
) -> Vec<(u32, u32)> {
    let n = clusters.iter().map(Vec::len).sum();
    let mut of: Vec<usize> = vec![usize::MAX; n];
    for (cluster, members) in clusters.iter().enumerate() {
        for member in members {
            if let Some(known) = of.get_mut(*member as usize) {
                *known = cluster;
            }
        }
    }
    let mut between: BTreeMap<(u32, usize), Between> = BTreeMap::new();
    let mut barred: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for edge in edges {
        if edge.score.is_none() {
            barred.entry(edge.a).or_default().push(edge.b);
            barred.entry(edge.b).or_default().push(edge.a);
        }
        for (aside, other) in [(edge.a, edge.b), (edge.b, edge.a)] {
            let alone = of.get(aside as usize).and_then(|c| clusters.get(*c)).is_some_and(|own| own.len() == 1);
            if alone
                && !lead(aside)
                && lead(other)
                && let Some(cluster) = of.get(other as usize)
            {
                let sum = between.entry((aside, *cluster)).or_default();
                sum.add(Between::of(edge));
            }
        }
    }
    let mut wishes: Vec<(f64, u32, usize)> = between
        .into_iter()
        .filter(|(_, sum)| !sum.forbids())
        .filter_map(|((aside, cluster), sum)| {
            let size = clusters.get(cluster)?.iter().filter(|i| lead(**i)).count();
            let score = sum.sum / size.max(1) as f64;
            (score >= join).then_some((score, aside, cluster))
        })
        .collect();
    wishes.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut taken: BTreeMap<u32, usize> = BTreeMap::new();
    let mut tied = Vec::new();
    for (_, aside, cluster) in wishes {
        let clash = barred.get(&aside).into_iter().flatten().any(|other| taken.get(other) == Some(&cluster));
        if clash || taken.contains_key(&aside) {
            continue;
        }
        taken.insert(aside, cluster);
        tied.extend(
            clusters.get(cluster).and_then(|own| own.first()).map(|first| (aside.min(*first), aside.max(*first))),
        );
    }
    tied
}

/// Clusters on their way.
struct State {
    /// Members; empty once merged into another.
    members: Vec<Vec<u32>>,
    /// Where each was merged into.
    into: Vec<u32>,
    /// What lies between a cluster and others, both ways.
    between: Vec<BTreeMap<u32, Between>>,
}

impl State {
    fn new(n: usize, edges: &[Edge]) -> Self {
        let mut between: Vec<BTreeMap<u32, Between>> = vec![BTreeMap::new(); n];
        for edge in edges {
            let value = Between::of(edge);
            for (from, to) in [(edge.a, edge.b), (edge.b, edge.a)] {
                if let Some(map) = between.get_mut(from as usize) {
                    map.insert(to, value);
                }
            }
        }
        Self { members: (0..n as u32).map(|i| vec![i]).collect(), into: (0..n as u32).collect(), between }
    }

    fn root(&self, mut at: u32) -> u32 {
        while let Some(next) = self.into.get(at as usize).copied().filter(|next| *next != at) {
            at = next;
        }
        at
    }

    fn size(&self, of: u32) -> usize {
        self.members.get(of as usize).map_or(0, Vec::len)
    }

    /// Average score between two clusters; `None` if barred, unknown to each other or gone.
    fn average(&self, a: u32, b: u32) -> Option<f64> {
        let between = self.between.get(a as usize)?.get(&b)?;
        let pairs = self.size(a) * self.size(b);
        (!between.forbids() && pairs > 0).then(|| between.sum / pairs as f64)
    }

    /// What a cluster may be joined with.
    fn proposals(&self, of: u32, join: f64) -> impl Iterator<Item = Proposal> + '_ {
        self.between.get(of as usize).into_iter().flatten().filter_map(move |(other, _)| {
            let score = self.average(of, *other).filter(|score| *score >= join)?;
            Some(Proposal { score, a: of.min(*other), b: of.max(*other) })
        })
    }

    /// Moves everything of `b` to `a`.
    fn merge(&mut self, a: u32, b: u32) {
        let moved = self.between.get_mut(b as usize).map(std::mem::take).unwrap_or_default();
        for (other, value) in moved {
            if let Some(map) = self.between.get_mut(other as usize) {
                map.remove(&b);
            }
            if other == a {
                continue;
            }
            for (from, to) in [(a, other), (other, a)] {
                if let Some(known) = self.between.get_mut(from as usize).map(|map| map.entry(to).or_default()) {
                    known.add(value);
                }
            }
        }
        let members = self.members.get_mut(b as usize).map(std::mem::take).unwrap_or_default();
        if let Some(own) = self.members.get_mut(a as usize) {
            own.extend(members);
        }
        if let Some(into) = self.into.get_mut(b as usize) {
            *into = a;
        }
    }

    fn finish(mut self, review: f64) -> Clusters {
        let kept: Vec<u32> = (0..self.members.len() as u32).filter(|i| self.size(*i) > 0).collect();
        let place: BTreeMap<u32, usize> = kept.iter().enumerate().map(|(at, i)| (*i, at)).collect();
        let mut near = Vec::new();
        for a in &kept {
            for b in self.between.get(*a as usize).into_iter().flat_map(BTreeMap::keys).filter(|b| *b > a) {
                let close = self.average(*a, *b).filter(|score| *score >= review);
                if let (Some(score), Some(x), Some(y)) = (close, place.get(a), place.get(b)) {
                    near.push((*x, *y, score));
                }
            }
        }
        let members = kept
            .iter()
            .filter_map(|i| self.members.get_mut(*i as usize).map(std::mem::take))
            .map(|mut members| {
                members.sort_unstable();
                members
            })
            .collect();
        Clusters { members, near }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(a: u32, b: u32, score: f64) -> Edge {
        Edge { a, b, score: Some(score), scenes: Scenes::Unsaid }
    }

    #[test]
    fn the_average_decides_and_bars_hold() {
        let chain = [edge(0, 1, 0.9), edge(1, 2, 0.8), edge(2, 3, 0.9)];
        let found = cluster(4, &chain, &[], 0.5, 0.1);
        assert_eq!(found.members, [vec![0, 1], vec![2, 3]], "a chain of likeness is no incident");
        assert_eq!(found.near.len(), 1, "the two clusters are near each other");
        let barred = [edge(0, 1, 0.9), Edge::bar(0, 2), edge(1, 2, 0.85)];
        assert_eq!(cluster(3, &barred, &[], 0.3, 0.3).members, [vec![0, 1], vec![2]]);
        assert_eq!(cluster(3, &[], &[(0, 2)], 0.5, 0.5).members, [vec![0, 2], vec![1]], "a person joined two");
    }

    #[test]
    fn asides_join_what_others_lead_with() {
        // 0, 1 and 2 lead; 3 and 4 are asides, most like each other
        let edges =
            [edge(0, 1, 0.6), edge(0, 3, 0.6), edge(1, 3, 0.5), edge(1, 4, 0.6), edge(0, 4, 0.5), edge(3, 4, 0.9)];
        let clusters = [vec![0, 1], vec![2], vec![3], vec![4]];
        assert_eq!(attached(&clusters, &edges, |i| i < 3, 0.5), [(0, 3), (0, 4)]);
        let own = Edge::bar(1, 4);
        let barred: Vec<Edge> = edges.iter().map(|e| if (e.a, e.b) == (1, 4) { own } else { *e }).collect();
        assert_eq!(attached(&clusters, &barred, |i| i < 3, 0.5), [(0, 3)], "an aside of a text that leads with it");
    }

    #[test]
    fn the_scenes_of_most_pairs_decide() {
        let lying = |a, b, scenes| Edge { scenes, ..edge(a, b, 0.6) };
        // 0 tells of another scene than 1; 2 and 3 of the same as both
        let misread = [
            lying(0, 1, Scenes::Apart),
            lying(0, 2, Scenes::Meet),
            lying(0, 3, Scenes::Meet),
            edge(1, 2, 0.9),
            edge(1, 3, 0.8),
            edge(2, 3, 0.9),
        ];
        assert_eq!(cluster(4, &misread, &[], 0.5, 0.1).members, [vec![0, 1, 2, 3]]);
        assert_eq!(cluster(2, &misread[..1], &[], 0.5, 0.1).members, [vec![0], vec![1]]);
        let two = [lying(0, 1, Scenes::Apart), lying(0, 2, Scenes::Apart), edge(0, 3, 0.6), edge(1, 2, 0.9)];
        assert_eq!(cluster(4, &two, &[], 0.3, 0.1).members, [vec![0, 3], vec![1, 2]]);
    }

    #[test]
    fn ties_do_not_depend_on_the_order_of_edges() {
        let mut edges: Vec<Edge> = (0..6).flat_map(|a| (a + 1..6).map(move |b| edge(a, b, 0.5))).collect();
        let one = cluster(6, &edges, &[], 0.4, 0.4);
        edges.reverse();
        assert_eq!(one, cluster(6, &edges, &[], 0.4, 0.4));
    }
}
