//! How many does the clause count, and of whom?

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
