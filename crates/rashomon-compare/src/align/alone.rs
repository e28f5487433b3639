//! Does an account that alone gives another day contradict all the others? Not published as such: it may tell of another occurrence.
//!
//! What a text tells of is known by its day, so a day that one account gives and several others do not is more often that of a list
//! published, a funeral or an attack told beside this one than a dispute about when this one was. On four invented cases nobody had tuned
//! the program on, 17 of the 65 false contradictions were such (`docs/quality.md`). Two accounts with two days, or several for
//! each, contradict each other as before; so do hours of one day.

use crate::align::Placed;
use crate::question::Value;
use crate::relate::Found;
use crate::rule;
use rashomon_model::alignment::{Question, RelationKind};
use rashomon_model::date::DateValue;
use rashomon_model::id::{ClaimId, DocumentId};
use std::collections::{BTreeMap, BTreeSet};

/// Accounts of one day from which another account's day, given by it alone, is held against none of them. Starting value.
const SEVERAL: usize = 3;

/// Makes contradictions of a day given once with a day given by several a conflict only if both tell of the same occurrence.
pub(super) fn settle(question: Question, found: &mut BTreeMap<(ClaimId, ClaimId), Found>, placed: &[Placed<'_>]) {
    if question != Question::When {
        return;
    }
    let told: Vec<(&ClaimId, &DocumentId, &DateValue)> = placed
        .iter()
        .filter_map(|one| match &one.answer.value {
            Value::Time(date) if !one.answer.negative => {
                Some((&one.answer.claim.id, &one.answer.claim.document, *date))
            }
            _ => None,
        })
        .collect();
    let meet = |a: &DateValue, b: &DateValue| a.first_day() <= b.last_day() && b.first_day() <= a.last_day();
    let accounts = |date: &DateValue| {
        let same = told.iter().filter(|(_, _, other)| meet(date, other));
        same.map(|(_, document, _)| *document).collect::<BTreeSet<_>>().len()
    };
    let of = |id: &ClaimId| told.iter().find(|(claim, ..)| *claim == id).map(|(_, _, date)| *date);
    for ((a, b), relation) in found.iter_mut().filter(|(_, relation)| relation.kind == RelationKind::Contradicts) {
        let (Some(x), Some(y)) = (of(a), of(b)) else { continue };
        let (few, many) = (accounts(x).min(accounts(y)), accounts(x).max(accounts(y)));
        if !meet(x, y) && few == 1 && many >= SEVERAL {
            *relation = Found::new(
                RelationKind::Ambiguous,
                rule::TIME,
                format!(
                    "{}, but one account alone gives that day: conflict only if it tells of the same occurrence",
                    relation.because
                ),
            );
        }
    }
}
