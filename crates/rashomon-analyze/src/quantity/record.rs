//! What is written down of a count? The record of a phrase that counts, of a sum, and of a statement about a whole toll.

use super::bind::{self, Binding};
use super::item::{Item, casualty};
use super::noun::NounKind;
use super::whole;
use crate::lexeme::Lexeme;
use rashomon_model::quantity::{Category, Count, Outcome, Quantity};
use rashomon_model::span::Span;

/// The extent of lexemes `from..to`.
pub(super) fn extent(lexemes: &[Lexeme<'_>], from: usize, to: usize) -> Option<Span> {
    Some(lexemes.get(from)?.span.cover(lexemes.get(to.checked_sub(1)?)?.span))
}

/// The record of one counted phrase.
pub(super) fn quantity(lexemes: &[Lexeme<'_>], item: &Item, binding: Option<&Binding>) -> Quantity {
    let span = |from: usize, to: usize| extent(lexemes, from, to.max(from + 1)).unwrap_or_default();
    let mut whole = span(item.start, item.end);
    let own = binding.filter(|b| !b.how.starts_with("as the count"));
    if let Some(b) = own {
        // As far as contiguous: a verb farther off stays outside.
        if b.at.0 <= item.end + 3 && b.at.1 + 3 >= item.start {
            whole = whole.cover(span(b.at.0, b.at.1));
        }
    }
    // "the second six": with what did it, as a verb would be
    if binding.is_some_and(|b| b.how == bind::GAPPED)
        && let Some(from) = bind::subject(lexemes, item.start)
    {
        whole = whole.cover(span(from, item.end));
    }
    let of = binding.map(|b| b.outcome).or(match item.noun.map(|n| n.kind) {
        Some(NounKind::Outcome(outcome)) => Some(outcome),
        _ => None,
    });
    // "the number of children killed at six"
    let counted = binding.filter(|_| item.head.is_none()).and_then(|b| bind::counted_in(lexemes, b));
    let category = item.category.or(counted).or(match of {
        Some(o) if casualty(o) => Some(Category::People),
        _ => None,
    });
    let zero = item.amount.zero;
    Quantity {
        span: whole,
        number: span(item.start, item.number_end),
        of,
        category,
        count: item.amount.count,
        noun: item.head.map(|(from, to)| span(from, to)),
        outcome_at: binding.map(|b| span(b.at.0, b.at.1)),
        cumulative: None,
        part_of: None,
        whole: item.whole,
        zero,
        beside: item.beside,
        outdated: false,
        why: format!("{}; outcome {}", item.amount.why, binding.map_or("not said", |b| b.how)),
    }
}

/// The record of a sum.
pub(super) fn total(
    lexemes: &[Lexeme<'_>],
    items: &[Item],
    bound: &[Option<Binding>],
    sum: &whole::Sum,
) -> Option<Quantity> {
    let (first, last) = (items.get(sum.from)?, items.get(sum.to)?);
    let binding = bound.get(sum.from)?.as_ref()?;
    let span = extent(lexemes, first.start, last.end)?;
    Some(Quantity {
        span,
        number: span,
        of: Some(binding.outcome),
        category: Some(sum.category),
        count: sum.count,
        noun: None,
        outcome_at: extent(lexemes, binding.at.0, binding.at.1),
        cumulative: None,
        part_of: None,
        whole: false,
        zero: false,
        beside: false,
        outdated: false,
        why: format!("sum of the {} counts listed", sum.to - sum.from + 1),
    })
}

/// The record of a statement about the whole of a toll.
pub(super) fn of_status(lexemes: &[Lexeme<'_>], status: &whole::Status) -> Option<Quantity> {
    let span = extent(lexemes, status.start, status.end)?;
    let number = match status.number {
        Some((from, to, _)) => extent(lexemes, from, to)?,
        None => lexemes.get(status.start)?.span,
    };
    Some(Quantity {
        span,
        number,
        of: Some(match status.outcome {
            Outcome::Destroyed => return None,
            outcome => outcome,
        }),
        category: Some(status.category),
        count: status.number.map_or(Count::at_least(1), |(_, _, count)| count),
        noun: extent(lexemes, status.noun.0, status.noun.1),
        outcome_at: extent(lexemes, status.at.0, status.at.1),
        cumulative: None,
        part_of: None,
        whole: true,
        zero: false,
        beside: false,
        outdated: false,
        why: "status of the whole toll (U1)".to_owned(),
    })
}
