//! Which texts may share words at all? Candidates for reuse by the word sequences and values they share, within a window.
//!
//! In a folder of fewer than [`crate::link::pair::CORPUS`] texts everything is compared with everything. In a corpus two texts
//! are compared if they tell of one incident or were published within [`WINDOW_DAYS`] of each other (methods.md C2), and share
//! a few 5-word sequences; a sequence that stands in more than [`COMMON`] texts, or recurs over weeks, is page furniture or
//! a set phrase and counts nowhere. So the cost grows with the number of texts, not with its square.

use super::Traced;
use super::passage::Grams;
use super::rewrite::Facts;
use crate::link::pair::{CORPUS, FURNITURE};
use crate::source::key::fold;
use rashomon_model::date::Date;
use rashomon_model::id::DocumentId;
use rashomon_model::incident::{Account, Incident};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Days between publications within which texts of different incidents are still compared (methods.md C2).
pub const WINDOW_DAYS: i32 = 3;
/// Texts in which a word sequence may stand and still tell of reuse (methods.md C2, after passim).
pub const COMMON: usize = 100;
/// Shared sequences from which a pair is compared: fewer reach no threshold of C3 in a text of some length.
const FEWEST: usize = 4;

/// Which texts belong near each other.
pub(super) struct Window<'a> {
    small: bool,
    published: BTreeMap<&'a DocumentId, Date>,
    incidents: BTreeMap<&'a DocumentId, BTreeSet<usize>>,
}

impl<'a> Window<'a> {
    /// Of the texts given, with the incidents they tell of.
    pub(super) fn new(documents: &[Traced<'a>], incidents: &'a [(Incident, Vec<Account>)]) -> Self {
        let dated = |d: &Traced<'a>| d.document.published.as_ref().map(|date| (&d.document.id, date.first_day()));
        let mut told: BTreeMap<&DocumentId, BTreeSet<usize>> = BTreeMap::new();
        for (index, (incident, accounts)) in incidents.iter().enumerate().filter(|(_, (i, _))| !i.container) {
            for account in accounts.iter().filter(|_| incident.documents.len() > 1) {
                told.entry(&account.document).or_default().insert(index);
            }
        }
        Self {
            small: documents.len() < CORPUS,
            published: documents.iter().filter_map(dated).collect(),
            incidents: told,
        }
    }

    /// Whether the two are worth comparing.
    pub(super) fn holds(&self, a: &DocumentId, b: &DocumentId) -> bool {
        let near = || match (self.published.get(a), self.published.get(b)) {
            (Some(x), Some(y)) => x.until(*y).is_ok_and(|gap| gap.get_days().abs() <= WINDOW_DAYS),
            _ => true,
        };
        let together = || match (self.incidents.get(a), self.incidents.get(b)) {
            (Some(x), Some(y)) => x.intersection(y).next().is_some(),
            _ => false,
        };
        self.small || near() || together()
    }
}

/// Takes furniture out of the sequences of a corpus, and gives the pairs to compare, as indices, smaller first, sorted.
pub(super) fn by_words(documents: &[Traced<'_>], grams: &mut [Grams], window: &Window<'_>) -> Vec<(usize, usize)> {
    if window.small {
        return (0..documents.len()).flat_map(|i| (i + 1..documents.len()).map(move |j| (i, j))).collect();
    }
    let day = |i: u32| documents.get(i as usize).and_then(|d| window.published.get(&d.document.id)).copied();
    let mut standing: Vec<(u64, u32)> =
        (0..).zip(grams.iter()).flat_map(|(i, own)| own.sequences().map(move |gram| (gram, i))).collect();
    standing.sort_unstable();
    let mut furniture: HashSet<u64> = HashSet::new();
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for group in standing.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() >= 2) {
        let days = group.iter().filter_map(|(_, i)| day(*i));
        let (first, last) = (days.clone().min(), days.max());
        let spread = first.zip(last).and_then(|(a, b)| a.until(b).ok()).map_or(0, |span| span.get_days());
        if group.len() > COMMON || group.len() >= FURNITURE.0 && spread >= FURNITURE.1 {
            furniture.extend(group.first().map(|(gram, _)| *gram));
            continue;
        }
        for (n, (_, a)) in group.iter().enumerate() {
            pairs.extend(group.iter().skip(n + 1).map(|(_, b)| (*a, *b)));
        }
    }
    drop(standing);
    for own in grams.iter_mut() {
        own.without(&furniture);
    }
    pairs.sort_unstable();
    let id = |i: u32| documents.get(i as usize).map(|d| &d.document.id);
    pairs
        .chunk_by(|a, b| a == b)
        .filter(|same| same.len() >= FEWEST)
        .filter_map(|same| same.first().copied())
        .filter(|(a, b)| id(*a).zip(id(*b)).is_some_and(|(x, y)| window.holds(x, y)))
        .map(|(a, b)| (a as usize, b as usize))
        .collect()
}

/// Pairs that share at least two telling values of their claims, as indices, smaller first, sorted.
pub(super) fn by_values(documents: &[Traced<'_>], tuples: &[Facts], window: &Window<'_>) -> BTreeSet<(usize, usize)> {
    if window.small {
        return (0..documents.len()).flat_map(|i| (i + 1..documents.len()).map(move |j| (i, j))).collect();
    }
    let mut holders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, own) in tuples.iter().enumerate() {
        for value in own.telling() {
            holders.entry(value).or_default().push(i);
        }
    }
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for holding in holders.values().filter(|holding| holding.len() <= COMMON) {
        for (n, a) in holding.iter().enumerate() {
            for b in holding.iter().skip(n + 1) {
                *shared.entry((*a, *b)).or_default() += 1;
            }
        }
    }
    let id = |i: usize| documents.get(i).map(|d| &d.document.id);
    let holds = |a: usize, b: usize| id(a).zip(id(b)).is_some_and(|(x, y)| window.holds(x, y));
    shared.into_iter().filter(|((a, b), n)| *n >= 2 && holds(*a, *b)).map(|(pair, _)| pair).collect()
}

/// Texts by the words of their publisher's name ("the Talen Courier" / "Talen Courier"), without "the".
pub(super) struct Outlets(BTreeMap<Vec<String>, Vec<usize>>);

impl Outlets {
    /// Of the texts given.
    pub(super) fn new(documents: &[Traced<'_>]) -> Self {
        let mut found: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
        for (i, doc) in documents.iter().enumerate() {
            let name = doc.document.publisher.as_deref().map(outlet).filter(|name| !name.is_empty());
            if let Some(name) = name {
                found.entry(name).or_default().push(i);
            }
        }
        Self(found)
    }

    /// Texts of an outlet, as indices, that a text may credit: not itself, and none that came out later.
    pub(super) fn creditable(
        &self,
        name: &str,
        from: &Traced<'_>,
        documents: &[Traced<'_>],
        window: &Window<'_>,
    ) -> Vec<usize> {
        let later = |other: &Traced<'_>| match (&from.document.published, &other.document.published) {
            (Some(own), Some(other)) => own.end <= other.start,
            _ => false,
        };
        let own = &from.document.id;
        let meant =
            |other: &Traced<'_>| other.document.id != *own && !later(other) && window.holds(own, &other.document.id);
        let texts = self.0.get(&outlet(name)).map(Vec::as_slice).unwrap_or_default();
        texts.iter().copied().filter(|i| documents.get(*i).is_some_and(meant)).collect()
    }
}

/// The words of an outlet's name, without "the" and "agency" ("the Brandel agency" is Brandel, unless nothing else is left).
pub(super) fn outlet(name: &str) -> Vec<String> {
    let words: Vec<String> =
        name.split_whitespace().map(fold).filter(|word| word != "the" && !word.is_empty()).collect();
    let bare: Vec<String> = words.iter().filter(|word| *word != "agency").cloned().collect();
    if bare.is_empty() { words } else { bare }
}
