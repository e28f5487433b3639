//! How many does the clause count, and of whom?

use super::cue::{LISTS, find};
use super::proposition::Reader;
use crate::cover::inside;
use rashomon_model::claim::CountRef;
use rashomon_model::quantity::{Category, Outcome, Quantity};
use rashomon_model::span::Span;

impl Reader<'_> {
    /// Counts of the clause whose outcome is known.
    pub(super) fn counts(&self, pieces: &[Span]) -> Vec<CountRef> {
        let all: Vec<CountRef> = inside(&self.analysis.quantities, pieces, |q| q.span).filter_map(count_ref).collect();
        let same = |a: &CountRef, b: &CountRef| (a.of, a.category) == (b.of, b.category);
        // "wounded infants and children": the sum stands for its parts, and a count is not read twice
        let mut found: Vec<CountRef> = Vec::new();
        for (i, count) in all.iter().enumerate() {
            let within = |(j, other): (usize, &CountRef)| {
                j != i && same(count, other) && other.span.contains(count.span) && (other.span != count.span || j < i)
            };
            // parts stand beside their sum
            if !all.iter().enumerate().skip(i.saturating_sub(8)).take(17).any(within) {
                found.push(count.clone());
            }
        }
        found
    }

    /// Whether a negation is of the verb of the positive counts of these kinds, "were not detained", "did not carry out 20 strikes", rather
    /// than of something beside them ("84 were detained without charge", "20 strikes without warning"); `None` if there are no such counts.
    pub(super) fn denies_counts(&self, pieces: &[Span], of: impl Fn(Outcome) -> bool) -> Option<bool> {
        let positive = |q: &&Quantity| q.of.is_some_and(&of) && q.count.max != Some(0);
        let mut told = inside(&self.analysis.quantities, pieces, |q| q.span).filter(positive).peekable();
        told.peek()?;
        Some(told.any(|quantity| {
            let verb = quantity.outcome_at.unwrap_or(quantity.number);
            let between = if verb.start >= quantity.number.end {
                Span::new(quantity.number.end, verb.end)
            } else {
                let begin = pieces.iter().rev().map(|piece| piece.start).find(|start| *start <= verb.start);
                let clause = Span::new(begin.unwrap_or(verb.start), verb.start);
                let reach: usize =
                    clause.of(&self.doc.text).split_inclusive(' ').rev().take(VERB_REACH).map(str::len).sum();
                Span::new(verb.start.saturating_sub(u32::try_from(reach).unwrap_or(0)), verb.start)
            };
            find(&self.doc.text, between, &LISTS.negation).is_some()
        }))
    }
}

/// Words before a verb among which its negation stands ("had not yet been able to").
const VERB_REACH: usize = 4;

/// Whether attacks are counted, or what they were aimed at or made with.
pub(super) fn is_attack(of: Outcome) -> bool {
    matches!(of, Outcome::Strikes | Outcome::Targets | Outcome::Sorties | Outcome::Munitions)
}

/// Whether the outcome is harm to people.
pub(super) fn is_harm(of: Outcome) -> bool {
    matches!(of, Outcome::Killed | Outcome::Injured | Outcome::Casualties | Outcome::Victims | Outcome::Missing)
}

/// Whether the outcome befalls people who live.
pub(super) fn is_fate(of: Outcome) -> bool {
    matches!(of, Outcome::Abducted | Outcome::Arrested | Outcome::Displaced)
}

/// The quantity as a count of a claim, if its outcome is known.
fn count_ref(quantity: &Quantity) -> Option<CountRef> {
    let of = quantity.of?;
    let people = !matches!(
        of,
        Outcome::Targets
            | Outcome::Strikes
            | Outcome::Sorties
            | Outcome::Aircraft
            | Outcome::Munitions
            | Outcome::Destroyed
    );
    let category = quantity.category.unwrap_or(if people { Category::People } else { Category::Objects });
    Some(CountRef {
        of,
        category,
        count: quantity.count,
        span: quantity.span,
        cumulative: quantity.cumulative.as_ref().map(|total| total.span),
        whole: quantity.whole,
        part: quantity.part_of.is_some(),
    })
}
