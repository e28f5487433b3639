//! How do two answers to "who did it" relate? Alternatives of joint actors (methods.md E4).

use super::Found;
use crate::party::{Key, Match, Parties};
use crate::rule;
use rashomon_model::alignment::{Cause, RelationKind};
use rashomon_model::party::Actors;

/// How two sets of joint actors relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    Equal,
    Finer,
    Wider,
    Overlap,
    Class,
    Unclear,
    Unknown,
    Apart,
}

/// The alternatives as keys; empty ones left out.
fn keys(actors: &Actors, parties: &Parties<'_>) -> Vec<Vec<Key>> {
    let mut found: Vec<Vec<Key>> = actors
        .alternatives
        .iter()
        .filter(|joint| !joint.is_empty())
        .map(|joint| {
            let mut keys: Vec<Key> = joint.iter().map(|party| parties.key(party)).collect();
            keys.sort();
            keys.dedup();
            keys
        })
        .collect();
    found.sort();
    found.dedup();
    found
}

/// The actors in words: "Russia or Syria", "Russia and Syria".
#[must_use]
pub fn label(actors: &Actors, parties: &Parties<'_>) -> String {
    let joints: Vec<String> = actors
        .alternatives
        .iter()
        .filter(|joint| !joint.is_empty())
        .map(|joint| {
            let mut names: Vec<&str> = Vec::new();
            for party in joint {
                let name = parties.name(party);
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            names.join(" and ")
        })
        .collect();
    joints.join(" or ")
}

/// What groups equal answers: the alternatives as sorted keys.
#[must_use]
pub fn group(actors: &Actors, parties: &Parties<'_>) -> String {
    format!("{:?}", keys(actors, parties))
}

fn joint(a: &[Key], b: &[Key], parties: &Parties<'_>) -> Joint {
    let all: Vec<Match> = a.iter().flat_map(|x| b.iter().map(|y| parties.relation(x, y))).collect();
    let covered = |from: &[Key], by: &[Key], up: Match| {
        from.iter().all(|x| by.iter().any(|y| matches!(parties.relation(x, y), m if m == Match::Same || m == up)))
    };
    if a == b {
        Joint::Equal
    } else if covered(a, b, Match::Member) && covered(b, a, Match::Group) {
        Joint::Finer
    } else if covered(a, b, Match::Group) && covered(b, a, Match::Member) {
        Joint::Wider
    } else if all.iter().any(|m| m.shares()) {
        Joint::Overlap
    } else if all.contains(&Match::Unclear) {
        Joint::Unclear
    } else if all.contains(&Match::Class) {
        Joint::Class
    } else if all.contains(&Match::Unknown) {
        Joint::Unknown
    } else {
        Joint::Apart
    }
}

/// The relation of two affirmed answers.
#[must_use]
pub fn relate(a: &Actors, b: &Actors, parties: &Parties<'_>) -> Found {
    let (x, y) = (label(a, parties), label(b, parties));
    let (left, right) = (keys(a, parties), keys(b, parties));
    let found = |kind, rule, because| Found::new(kind, rule, because);
    if left.is_empty() || right.is_empty() {
        return found(RelationKind::NotComparable, rule::ACTOR, "one names nobody".to_owned());
    }
    if left == right {
        return found(RelationKind::Equal, rule::ACTOR, format!("both say {x}"));
    }
    let table: Vec<Vec<Joint>> = left.iter().map(|l| right.iter().map(|r| joint(l, r, parties)).collect()).collect();
    let finer = table.iter().all(|row| row.iter().any(|j| matches!(j, Joint::Equal | Joint::Finer)));
    let wider = (0..right.len()).all(|column| {
        table.iter().any(|row| row.get(column).is_some_and(|j| matches!(j, Joint::Equal | Joint::Wider)))
    });
    let any = |wanted: &[Joint]| table.iter().flatten().any(|j| wanted.contains(j));
    match (finer, wider) {
        (true, true) => found(RelationKind::Overlaps, rule::ACTOR, format!("{x} and {y} share actors")),
        (true, false) => found(RelationKind::Refines, rule::ACTOR, format!("{x} is the more exact form of {y}")),
        (false, true) => found(RelationKind::RefinedBy, rule::ACTOR, format!("{y} is the more exact form of {x}")),
        _ if any(&[Joint::Equal, Joint::Finer, Joint::Wider, Joint::Overlap]) => {
            found(RelationKind::Overlaps, rule::ACTOR, format!("{x} and {y} share an actor but not all"))
        }
        _ if any(&[Joint::Unclear]) => found(
            RelationKind::NotComparable,
            rule::UNCLEAR,
            format!("the affiliation of {x} and {y} to each other is unclear"),
        ),
        _ if any(&[Joint::Class]) => Found {
            cause: Some(Cause::Definition),
            ..found(
                RelationKind::Overlaps,
                rule::Q4,
                format!("{x} and {y}: one is a class word that may mean the other"),
            )
        },
        _ if any(&[Joint::Unknown]) => found(
            RelationKind::NotComparable,
            rule::ACTOR,
            format!("{x} and {y}: a name the party table does not know"),
        ),
        _ => Found {
            cause: Some(Cause::Conflict),
            ..found(RelationKind::Contradicts, rule::ACTOR, format!("{x} and {y} share no actor"))
        },
    }
}

/// Whether the affirmed answer entails that one of the denied parties did it: `Some(true)` always, `Some(false)` under one
/// of its alternatives or by its group only, `None` never.
#[must_use]
pub fn entails(affirmed: &Actors, denied: &Actors, parties: &Parties<'_>) -> Option<bool> {
    let (affirmed, denied) = (keys(affirmed, parties), keys(denied, parties));
    let hit = |joint: &Vec<Key>, wanted: fn(Match) -> bool| {
        joint.iter().any(|actor| denied.iter().flatten().any(|other| wanted(parties.relation(actor, other))))
    };
    let sure = |m: Match| matches!(m, Match::Same | Match::Member);
    if !affirmed.is_empty() && affirmed.iter().all(|joint| hit(joint, sure)) {
        return Some(true);
    }
    affirmed.iter().any(|joint| hit(joint, |m| m.shares() || m == Match::Class)).then_some(false)
}
