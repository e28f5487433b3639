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
use rashomon_model::claim::Claim;
use rashomon_model::date::{Date, DateValue};
use rashomon_model::id::{ClaimId, DocumentId};
use std::collections::{BTreeMap, BTreeSet};

/// Accounts of one day, of as many origins, from which another's day, given by it alone, is held against none of them. Starting value.
const SEVERAL: usize = 3;

/// Who gives a stretch of days: origins, each with the text it stands in.
type Givers<'a> = BTreeSet<(&'a str, &'a DocumentId)>;

/// Makes contradictions of a day given once with a day given by several a conflict only if both tell of the same occurrence. Counted are
/// origins, of one text but once: however often a day is copied, it is one voice's, and whoever a text quotes, it is one account.
pub(super) fn settle(question: Question, found: &mut BTreeMap<(ClaimId, ClaimId), Found>, placed: &[Placed<'_>]) {
    if question != Question::When || found.values().all(|relation| relation.kind != RelationKind::Contradicts) {
        return;
    }
    let told: Vec<(&Claim, &str, &DateValue)> = placed
        .iter()
        .filter_map(|one| match &one.answer.value {
            Value::Time(date) if !one.answer.negative => Some((one.answer.claim, one.answer.origin, *date)),
            _ => None,
        })
        .collect();
    // who gives each stretch of days, and in which texts: claims are many, stretches few
    let stretch = |date: &DateValue| (date.first_day(), date.last_day());
    let meet = |a: &(Date, Date), b: &(Date, Date)| a.0 <= b.1 && b.0 <= a.1;
    let mut days: BTreeMap<(Date, Date), Givers<'_>> = BTreeMap::new();
    for (claim, origin, date) in &told {
        days.entry(stretch(date)).or_default().insert((origin, &claim.document));
    }
    let count = |date: &(Date, Date)| {
        let same = || days.iter().filter(|(other, _)| meet(date, other)).flat_map(|(_, givers)| givers);
        let origins: BTreeSet<&str> = same().map(|(origin, _)| *origin).collect();
        let texts: BTreeSet<&DocumentId> = same().map(|(_, text)| *text).collect();
        origins.len().min(texts.len())
    };
    let counted: BTreeMap<(Date, Date), usize> = days.keys().map(|date| (*date, count(date))).collect();
    let voices = |date: &DateValue| counted.get(&stretch(date)).copied().unwrap_or(0);
    let of: BTreeMap<&ClaimId, &DateValue> = told.iter().rev().map(|(claim, _, date)| (&claim.id, *date)).collect();
    for ((a, b), relation) in found.iter_mut().filter(|(_, relation)| relation.kind == RelationKind::Contradicts) {
        let (Some(x), Some(y)) = (of.get(a), of.get(b)) else { continue };
        let (few, many) = (voices(x).min(voices(y)), voices(x).max(voices(y)));
        if !meet(&stretch(x), &stretch(y)) && few == 1 && many >= SEVERAL {
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
