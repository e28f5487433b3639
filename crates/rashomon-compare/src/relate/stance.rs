//! Same question, same or opposite answer? Parties affirmed or denied as target, as present, as purpose.
//!
//! The verdict is symbolic: the party named and the polarity decide, never the likeness of the wording (sentence vectors
//! cannot tell a paraphrase from a contradiction: measured, at chance). Two different parties both affirmed do not exclude
//! each other, since both may have been hit: that is AMBIGUOUS, not CONTRADICTS (methods.md 0.4).

use super::Found;
use crate::party::{Match, Parties};
use crate::rule;
use rashomon_model::alignment::{Cause, RelationKind};
use rashomon_model::party::PartyRef;

/// A party with the polarity of what is said of it.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The party.
    pub party: &'a PartyRef,
    /// It is denied.
    pub negative: bool,
}

/// "Islamic State", "not Islamic State".
#[must_use]
pub fn label(side: Side<'_>, parties: &Parties<'_>) -> String {
    let name = parties.name(side.party);
    if side.negative { format!("not {name}") } else { name.to_owned() }
}

/// The relation of two answers to one question about a party.
///
/// `names_all` says that an answer may mean to name all there is (who was hit, what for); where it cannot (who was present),
/// different parties both affirmed stand beside each other.
#[must_use]
pub fn relate(a: Side<'_>, b: Side<'_>, names_all: bool, parties: &Parties<'_>) -> Found {
    let (x, y) = (label(a, parties), label(b, parties));
    let how = parties.relation(&parties.key(a.party), &parties.key(b.party));
    let found = |kind, rule, because| Found::new(kind, rule, because);
    let definition = |kind| Found {
        cause: Some(Cause::Definition),
        ..found(kind, rule::Q4, format!("{x} and {y}: one is a class word that may mean the other"))
    };
    let unclear = || {
        found(
            RelationKind::NotComparable,
            rule::UNCLEAR,
            format!("the affiliation of the parties in {x} and {y} to each other is unclear"),
        )
    };
    match (a.negative, b.negative, how) {
        (_, _, Match::Unclear) => unclear(),
        (true, true, Match::Same) => found(RelationKind::Equal, rule::V3D, format!("both say {x}")),
        (false, false, Match::Same) => found(RelationKind::Equal, rule::Q1, format!("both say {x}")),
        (false, false, Match::Member) | (true, true, Match::Group) => {
            found(RelationKind::Refines, rule::Q2, format!("{x} is the more exact form of {y}"))
        }
        (false, false, Match::Group) | (true, true, Match::Member) => {
            found(RelationKind::RefinedBy, rule::Q2, format!("{y} is the more exact form of {x}"))
        }
        (false, false, Match::Class) => definition(RelationKind::Overlaps),
        (false, false, Match::Apart) if !names_all => {
            found(RelationKind::Complements, rule::Q5, format!("{x} and {y} can both be so"))
        }
        (false, false, Match::Unknown) => found(
            RelationKind::NotComparable,
            rule::Q5,
            format!("{x} and {y}: whether they are one the party table does not know"),
        ),
        (false, false, Match::Apart) => {
            found(RelationKind::Ambiguous, rule::Q3, format!("{x} and {y} conflict only if each means to name all"))
        }
        (true, true, Match::Class) => definition(RelationKind::NotComparable),
        (true, true, Match::Apart | Match::Unknown) => {
            found(RelationKind::Complements, rule::Q5, format!("{x} and {y} can both be so"))
        }
        (false, true, Match::Same | Match::Member) | (true, false, Match::Same | Match::Group) => {
            found(RelationKind::Denies, rule::V3, format!("{x} and {y}: the one is denied by the other"))
        }
        (false, true, Match::Group) | (true, false, Match::Member) => found(
            RelationKind::Ambiguous,
            rule::V3N,
            format!("{x} and {y} conflict only if the wider party means the denied part of it"),
        ),
        (false, true, Match::Class) | (true, false, Match::Class) => definition(RelationKind::Ambiguous),
        (false, true, Match::Apart) | (true, false, Match::Apart) => {
            found(RelationKind::Complements, rule::Q5, format!("{x} and {y} can both be so"))
        }
        (false, true, Match::Unknown) | (true, false, Match::Unknown) => found(
            RelationKind::NotComparable,
            rule::V3N,
            format!("{x} and {y}: nothing denied follows, as far as the party table knows"),
        ),
    }
}
