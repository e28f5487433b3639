//! What is said once of many pairs of claims? A relation that holds for the same reason between all of them.

use crate::relate::Found;
use rashomon_model::alignment::{Cause, Gap, Relation, RelationKind};
use rashomon_model::id::ClaimId;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// What makes two relations one: the two answers, how they relate and why.
type Sameness = (RelationKind, &'static str, String, Option<Gap>, Option<Cause>, bool);

/// A relation of two answers and all pairs of voices of which it holds.
struct Held {
    found: Found,
    /// The first pair in the order of claims.
    first: (ClaimId, ClaimId),
    more: Vec<(ClaimId, ClaimId)>,
}

/// The relations found, those of one kind for one reason with all claims of which they hold; sorted.
pub(super) fn said_once(found: BTreeMap<(ClaimId, ClaimId), Found>) -> Vec<Relation> {
    let mut held: BTreeMap<Sameness, Held> = BTreeMap::new();
    for (pair, found) in found {
        let key = (found.kind, found.rule, found.because.clone(), found.severity, found.cause, found.review);
        match held.entry(key) {
            Entry::Vacant(new) => drop(new.insert(Held { found, first: pair, more: Vec::new() })),
            Entry::Occupied(mut known) => known.get_mut().more.push(pair),
        }
    }
    let mut relations: Vec<Relation> = held.into_values().map(relation).collect();
    relations.sort_by(|x, y| (&x.a, &x.b, x.kind, x.rule).cmp(&(&y.a, &y.b, y.kind, y.rule)));
    relations
}

/// The relation with its claims.
fn relation(held: Held) -> Relation {
    let (a, b) = held.first;
    let all = |first: &ClaimId, side: fn(&(ClaimId, ClaimId)) -> &ClaimId| -> Vec<ClaimId> {
        let others: BTreeSet<&ClaimId> = held.more.iter().map(side).filter(|id| *id != first).collect();
        std::iter::once(first).chain(others).cloned().collect()
    };
    Relation {
        all_a: all(&a, |pair| &pair.0),
        all_b: all(&b, |pair| &pair.1),
        a,
        b,
        kind: held.found.kind,
        rule: held.found.rule,
        because: held.found.because,
        severity: held.found.severity,
        cause: held.found.cause,
        review: held.found.review,
    }
}
