//! Which words do two texts share? Word 5-grams outside quoted speech, and the aligned runs they join into.

use crate::hash::word as hash;
use crate::source::key::fold;
use rashomon_model::Document;
use rashomon_model::analysis::Analysis;
use rashomon_model::dependence::Passage;
use rashomon_model::span::Span;
use std::collections::{BTreeMap, HashSet};

/// Words in a shingle (methods.md C2).
pub const GRAM: usize = 5;

/// The words of a text with the place of each, and where each 5-gram begins.
#[derive(Debug, Clone)]
pub struct Grams {
    words: Vec<(u64, Span)>,
    starts: BTreeMap<u64, Vec<usize>>,
}

impl Grams {
    /// Folds the words of all sentences; 5-grams that touch quoted speech are not counted, since the same quotation
    /// shows a shared speaker, not copying.
    #[must_use]
    pub fn of(doc: &Document, analysis: &Analysis) -> Self {
        let quoted = quoted(&doc.text);
        let mut words = Vec::with_capacity(analysis.words.len());
        let mut free = Vec::with_capacity(analysis.words.len());
        for word in &analysis.words {
            words.push((hash(&fold(doc.slice(word.span))), word.span));
            let at = quoted.partition_point(|q| q.end <= word.span.start);
            free.push(quoted.get(at).is_none_or(|q| q.start > word.span.start));
        }
        let mut starts: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        for i in 0..(words.len() + 1).saturating_sub(GRAM) {
            let (Some(window), Some(outside)) = (words.get(i..i + GRAM), free.get(i..i + GRAM)) else { break };
            if outside.iter().all(|free| *free) {
                let gram = window
                    .iter()
                    .fold(0xcbf2_9ce4_8422_2325_u64, |h, (word, _)| (h ^ word).wrapping_mul(0x0100_0000_01b3));
                starts.entry(gram).or_default().push(i);
            }
        }
        Self { words, starts }
    }

    /// The different 5-grams.
    pub(super) fn sequences(&self) -> impl Iterator<Item = u64> + '_ {
        self.starts.keys().copied()
    }

    /// Leaves 5-grams out.
    pub(super) fn without(&mut self, left_out: &HashSet<u64>) {
        self.starts.retain(|gram, _| !left_out.contains(gram));
    }

    /// How many different 5-grams stand in both.
    #[must_use]
    pub fn shared(&self, other: &Self) -> usize {
        self.starts.keys().filter(|gram| other.starts.contains_key(gram)).count()
    }

    /// Containment: `shared` over the different 5-grams here; 0 for a text shorter than five words.
    #[must_use]
    pub fn share(&self, shared: usize) -> f64 {
        if self.starts.is_empty() { 0.0 } else { shared as f64 / self.starts.len() as f64 }
    }
}

/// Stretches between quotation marks, at most 1,500 bytes each (an unclosed mark quotes nothing).
fn quoted(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in text.char_indices() {
        match c {
            '“' | '«' | '„' => open = Some(at),
            '”' | '»' => {
                if let Some(from) = open.take().filter(|from| at - from <= 1_500) {
                    found.push(Span::from_usize(from, at));
                }
            }
            '"' => match open.take() {
                Some(from) if at - from <= 1_500 => found.push(Span::from_usize(from, at)),
                _ => open = Some(at),
            },
            _ => {}
        }
    }
    found.sort_unstable();
    found
}

/// Maximal runs of equal words that hold at least one shared 5-gram, longest first, at most 20; `here` in the left text, `there` in
/// the right.
#[must_use]
pub fn passages(left: &Grams, right: &Grams) -> Vec<Passage> {
    let mut runs: Vec<Passage> = Vec::new();
    let mut covered_to = 0;
    let mut by_start: Vec<(usize, &Vec<usize>)> = left
        .starts
        .iter()
        .filter_map(|(gram, starts)| right.starts.get(gram).map(|there| (starts, there)))
        .flat_map(|(starts, there)| starts.iter().map(move |i| (*i, there)))
        .collect();
    by_start.sort_unstable_by_key(|(i, _)| *i);
    for (i, there) in by_start {
        if i < covered_to {
            continue;
        }
        let best = there.iter().map(|j| (extent(left, right, i, *j), *j)).max_by_key(|(n, j)| (*n, usize::MAX - j));
        let Some((n, j)) = best else { continue };
        covered_to = i + n;
        let span = |grams: &Grams, from: usize| {
            let first = grams.words.get(from).map(|w| w.1).unwrap_or_default();
            let last = grams.words.get(from + n - 1).map(|w| w.1).unwrap_or_default();
            first.cover(last)
        };
        runs.push(Passage { here: span(left, i), there: span(right, j), words: n });
    }
    runs.sort_by(|x, y| y.words.cmp(&x.words).then(x.cmp(y)));
    runs.truncate(20);
    runs
}

/// Words equal from `i` here and `j` there on.
fn extent(left: &Grams, right: &Grams, i: usize, j: usize) -> usize {
    left.words.iter().skip(i).zip(right.words.iter().skip(j)).take_while(|((a, _), (b, _))| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_are_found_and_unclosed_ones_are_not() {
        let text = "He said “we left” and \"they came\" but \"no";
        let words: Vec<&str> = quoted(text).iter().map(|span| span.of(text)).collect();
        assert_eq!(words, ["“we left", "\"they came"]);
    }
}
