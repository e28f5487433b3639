//! How alike are two ways of sorting things into groups? B-cubed, pairwise, adjusted Rand, and how many groups are mixed.

use std::collections::{BTreeMap, BTreeSet};

/// Precision and recall.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Pr {
    /// Precision.
    pub(super) precision: f64,
    /// Recall.
    pub(super) recall: f64,
}

impl Pr {
    /// Harmonic mean; 0 where both are.
    pub(super) fn f1(self) -> f64 {
        let sum = self.precision + self.recall;
        if sum == 0.0 { 0.0 } else { 2.0 * self.precision * self.recall / sum }
    }

    /// From what is right, given and wanted.
    pub(super) fn of(right: f64, given: f64, wanted: f64) -> Self {
        let share = |n: f64| if n == 0.0 { 0.0 } else { right / n };
        Self { precision: share(given), recall: share(wanted) }
    }
}

/// Measures of a grouping against filings that may overlap.
pub(super) struct Scores {
    /// B-cubed.
    pub(super) bcubed: Pr,
    /// Over unordered pairs.
    pub(super) pairwise: Pr,
    /// Adjusted Rand index, an item of several files counted under the first.
    pub(super) rand: f64,
    /// Share of all groups that hold two items which belong to no common file.
    pub(super) mixed: f64,
    /// The same over groups of two or more.
    pub(super) mixed_of_many: f64,
}

/// Two items belong together if they share a file.
pub(super) fn overlapping(given: &[String], gold: &[&BTreeSet<String>]) -> Scores {
    let together = |i: usize, j: usize| match (gold.get(i), gold.get(j)) {
        (Some(a), Some(b)) => a.intersection(b).next().is_some(),
        _ => false,
    };
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut files: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, name) in given.iter().enumerate() {
        groups.entry(name).or_default().push(i);
    }
    for (i, names) in gold.iter().enumerate() {
        for name in names.iter() {
            files.entry(name).or_default().push(i);
        }
    }
    let (mut precision, mut recall) = (0.0, 0.0);
    let (mut right, mut put, mut wanted) = (0.0, 0.0, 0.0);
    for (i, name) in given.iter().enumerate() {
        let own = groups.get(name.as_str()).map_or(&[][..], Vec::as_slice);
        let belong: BTreeSet<usize> = gold
            .get(i)
            .into_iter()
            .flat_map(|names| names.iter())
            .filter_map(|name| files.get(name.as_str()))
            .flatten()
            .copied()
            .collect();
        let both = own.iter().filter(|j| belong.contains(j)).count() as f64;
        precision += both / own.len() as f64;
        recall += both / belong.len() as f64;
        right += both - 1.0;
        put += own.len() as f64 - 1.0;
        wanted += belong.len() as f64 - 1.0;
    }
    let n = given.len().max(1) as f64;
    let mix = |group: &&Vec<usize>| group.iter().any(|i| group.iter().any(|j| !together(*i, *j)));
    let mixed = groups.values().filter(mix).count() as f64;
    let many = groups.values().filter(|group| group.len() > 1).count().max(1) as f64;
    let first: Vec<&str> = gold.iter().map(|names| names.first().map_or("", String::as_str)).collect();
    Scores {
        bcubed: Pr { precision: precision / n, recall: recall / n },
        pairwise: Pr::of(right, put, wanted),
        rand: rand(&given.iter().map(String::as_str).collect::<Vec<_>>(), &first),
        mixed: mixed / groups.len().max(1) as f64,
        mixed_of_many: mixed / many,
    }
}

/// Adjusted Rand index.
fn rand(a: &[&str], b: &[&str]) -> f64 {
    let pairs = |n: usize| (n * n.saturating_sub(1)) as f64 / 2.0;
    let mut both: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let (mut left, mut right): (BTreeMap<&str, usize>, BTreeMap<&str, usize>) = Default::default();
    for (x, y) in a.iter().zip(b) {
        *both.entry((x, y)).or_default() += 1;
        *left.entry(x).or_default() += 1;
        *right.entry(y).or_default() += 1;
    }
    let index: f64 = both.values().map(|n| pairs(*n)).sum();
    let of_a: f64 = left.values().map(|n| pairs(*n)).sum();
    let of_b: f64 = right.values().map(|n| pairs(*n)).sum();
    let expected = of_a * of_b / pairs(a.len()).max(1.0);
    let most = f64::midpoint(of_a, of_b);
    if most == expected { 1.0 } else { (index - expected) / (most - expected) }
}
