//! Is it a rewrite? Texts in other words that tell the same facts, mostly in the same order, and little new.
//!
//! A rewrite farm leaves no shared wording, so shingles fail (methods.md C, content farms); what it keeps is the set of facts:
//! the same figures, the same people quoted, in the same order. Rule C3r: at least [`LEAST_SHARED`] numbers and people quoted
//! of one text stand in the other, earlier one, two of them in no third text; [`LEAST_SHARE`] of all it
//! has stand there; and at least [`LEAST_ORDER`] of them in the same order. The claims that say the same are shown in pairs.

use super::Traced;
use crate::source::key::fold;
use rashomon_model::analysis::TimeType;
use rashomon_model::claim::Claim;
use rashomon_model::dependence::{Dependence, DependenceKind, Upstream};
use rashomon_model::source::{Source, SourceKind};
use rashomon_model::span::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Least number of numbers and people quoted that both have (methods.md C: an equal set of values; starting value).
const LEAST_SHARED: usize = 4;
/// Least share of the rewrite's figures and people that the other text has: nothing new, but for a misreading.
const LEAST_SHARE: f64 = 0.75;
/// Least number of shared ones that no third text of the case has.
const LEAST_RARE: usize = 2;
/// Least share of the shared ones that stand in the same order (a longest common order).
const LEAST_ORDER: f64 = 0.6;

/// Facts of one text: what each says, and where it stands first.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Facts {
    by_value: BTreeMap<String, Span>,
}

impl Facts {
    /// How many both have.
    pub(super) fn shared(&self, other: &Self) -> usize {
        self.by_value.keys().filter(|value| other.by_value.contains_key(*value)).count()
    }

    /// The facts as keys.
    pub(super) fn telling(&self) -> impl Iterator<Item = &String> {
        self.by_value.keys()
    }

    /// Shared facts in the order of this text, with where they stand here and there.
    fn pairs<'a>(&'a self, other: &'a Self) -> Vec<(&'a String, Span, Span)> {
        let both = |(value, here): (&'a String, &Span)| Some((value, *here, *other.by_value.get(value)?));
        let mut found: Vec<(&String, Span, Span)> = self.by_value.iter().filter_map(both).collect();
        found.sort_by_key(|(value, here, _)| (*here, *value));
        found
    }
}

/// In how many texts each fact stands.
pub(super) struct Rarity<'a>(BTreeMap<&'a str, usize>);

impl<'a> Rarity<'a> {
    /// Over all texts of the case.
    pub(super) fn of(all: &'a [Facts]) -> Self {
        let mut counted = BTreeMap::new();
        for value in all.iter().flat_map(|facts| facts.by_value.keys()) {
            *counted.entry(value.as_str()).or_default() += 1;
        }
        Self(counted)
    }
}

/// A possible rewrite of `b` by `a` or the other way round, by the facts they share.
pub(super) fn rewritten(
    (a, left): (&Traced<'_>, &Facts),
    (b, right): (&Traced<'_>, &Facts),
    rarity: &Rarity<'_>,
) -> Option<Dependence> {
    let earlier = |x: &Traced<'_>, y: &Traced<'_>| match (&x.document.published, &y.document.published) {
        (Some(px), Some(py)) => px.end <= py.start,
        _ => false,
    };
    let same_outlet = a.document.publisher.is_some() && a.document.publisher == b.document.publisher;
    // the later text is the rewrite; of one day, the one with fewer facts
    let backward = earlier(a, b) || !earlier(b, a) && left.by_value.len() > right.by_value.len();
    let (from, own, to, other) = if backward { (b, right, a, left) } else { (a, left, b, right) };
    let shared = own.pairs(other);
    let share = shared.len() as f64 / own.by_value.len().max(1) as f64;
    let rare = shared.iter().filter(|(value, ..)| rarity.0.get(value.as_str()).is_some_and(|n| *n <= 2)).count();
    let order = in_order(&shared) as f64 / shared.len().max(1) as f64;
    let enough = shared.len() >= LEAST_SHARED && share >= LEAST_SHARE && rare >= LEAST_RARE && order >= LEAST_ORDER;
    (enough && !same_outlet).then(|| Dependence {
        from: from.document.id.clone(),
        to: Upstream::Document(to.document.id.clone()),
        kind: DependenceKind::PossibleCopy,
        direction_by: if earlier(to, from) { "C4b" } else { "undirected" },
        anchors: shared
            .iter()
            .flat_map(|(_, here, there)| [from.document.anchor(*here), to.document.anchor(*there)])
            .collect(),
        passages: Vec::new(),
        score: share,
        because: format!(
            "C3r: in other words, {} of its {} numbers and people quoted stand in the other text, {rare} of them in no third, \
             mostly in the same order: {}",
            shared.len(),
            own.by_value.len(),
            shared.iter().map(|(value, ..)| value.as_str()).collect::<Vec<_>>().join("; ")
        ),
    })
}

/// Length of the longest run of shared facts, not necessarily next to each other, that stand in one order in both.
fn in_order(shared: &[(&String, Span, Span)]) -> usize {
    let mut longest: Vec<Span> = Vec::new();
    for (_, _, there) in shared {
        let at = longest.partition_point(|known| known < there);
        match longest.get_mut(at) {
            Some(known) => *known = *there,
            None => longest.push(*there),
        }
    }
    longest.len()
}

/// The number a word is.
fn number(word: &str) -> Option<u64> {
    let digits = word.bytes().all(|b| b.is_ascii_digit() || b == b',') && word.len() <= 9;
    let written = || word.replace(',', "").parse().ok().filter(|n| *n > 1);
    if digits { written() } else { crate::question::written(word) }
}

/// Surnames of the people who speak in the case.
pub(super) fn surnames(sources: &[Source]) -> BTreeSet<String> {
    let people = sources.iter().filter(|source| source.kind == SourceKind::Person && source.document.is_none());
    people.filter(|source| source.name.contains(' ')).filter_map(|source| surname(&source.name)).collect()
}

/// The facts of a text: its numbers that are no dates (as numbers: what they count is read less surely than what they are),
/// and who of the people of the case is quoted.
pub(super) fn facts(text: &Traced<'_>, people: &BTreeSet<String>) -> Facts {
    let mut by_value: BTreeMap<String, Span> = BTreeMap::new();
    let mut add = |value: String, at: Span| {
        let known = by_value.entry(value).or_insert(at);
        *known = (*known).min(at);
    };
    for claim in text.claims {
        for link in &claim.chain {
            if let Some(name) = surname(&link.name).filter(|name| people.contains(name)) {
                add(format!("quotes {name}"), claim.cover());
            }
        }
    }
    let mut dates: Vec<Span> =
        text.analysis.times.iter().filter(|t| t.kind != TimeType::Duration).map(|t| t.span).collect();
    dates.sort_unstable();
    let starts: Vec<Span> = text.claims.iter().map(Claim::cover).collect();
    for word in &text.analysis.words {
        let at = dates.partition_point(|span| span.end <= word.span.start);
        let dated = dates.get(at).is_some_and(|span| span.overlaps(word.span));
        if let Some(n) = number(text.document.slice(word.span)).filter(|_| !dated) {
            // shown with the claim it stands in
            let claim = starts.iter().find(|span| span.contains(word.span));
            add(n.to_string(), claim.copied().unwrap_or(word.span));
        }
    }
    Facts { by_value }
}

/// The last word of a person's name that is not a title.
fn surname(name: &str) -> Option<String> {
    let last = name.split_whitespace().rev().find(|word| !crate::source::key::is_title(word))?;
    let folded = fold(last);
    let named = last.chars().next().is_some_and(char::is_uppercase) && folded.chars().count() > 2;
    named.then_some(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts_of(values: &[(&str, u32)]) -> Facts {
        Facts { by_value: values.iter().map(|(value, at)| ((*value).to_owned(), Span::new(*at, at + 1))).collect() }
    }

    #[test]
    fn order_is_that_of_the_other_text() {
        let (a, b) = (facts_of(&[("x", 1), ("y", 5), ("z", 9)]), facts_of(&[("x", 3), ("z", 4), ("y", 8), ("w", 9)]));
        let shared = a.pairs(&b);
        assert_eq!(shared.len(), 3);
        assert_eq!(in_order(&shared), 2, "y and z change places");
    }

    #[test]
    fn numbers_in_words_and_figures() {
        assert_eq!(["Twelve", "1,200", "one", "1", "many"].map(number), [Some(12), Some(1200), None, None, None]);
    }
}
