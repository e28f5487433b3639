//! What did a person decide about one occurrence or two? Must-links and cannot-links (methods.md D: reviewer decision).

use super::local::{Local, rebuilt};
use super::{Linked, Pairs};
use crate::judge::Tie;
use rashomon_model::id::ClaimId;
use std::collections::BTreeSet;

/// Decisions on incidents, by the claims they point at.
pub type Decided = [Tie<BTreeSet<ClaimId>>];

/// Whether a local incident has one of the claims.
fn holds(local: &Local, claims: &BTreeSet<ClaimId>) -> bool {
    local.claims.iter().any(|claim| claims.contains(claim))
}

/// Divides local incidents that hold claims a person says are of two: the second's claims become one of their own.
pub(super) fn divide(found: Vec<Local>, doc: &Linked<'_>, decided: &Decided) -> Vec<Local> {
    let mut found = found;
    for tie in decided.iter().filter(|tie| !tie.same) {
        let meant = |local: &&mut Local| holds(local, &tie.a) && holds(local, &tie.b);
        let mut parts = Vec::new();
        for local in found.iter_mut().filter(meant) {
            let (own, rest): (Vec<ClaimId>, Vec<ClaimId>) =
                local.claims.iter().cloned().partition(|claim| tie.b.contains(claim) && !tie.a.contains(claim));
            parts.push(rebuilt(local, own, doc));
            *local = rebuilt(local, rest, doc);
        }
        found.extend(parts);
    }
    found
}

/// Pairs of local incidents a person says are one, and pairs a person says are not.
pub(super) fn pairs(locals: &[Local], decided: &Decided) -> (Pairs, Pairs) {
    let (mut together, mut apart) = (Vec::new(), Vec::new());
    let meant = |claims: &BTreeSet<ClaimId>| -> Vec<u32> {
        (0..).zip(locals).filter(|(_, local)| holds(local, claims)).map(|(i, _)| i).collect()
    };
    for tie in decided {
        let (a, b) = (meant(&tie.a), meant(&tie.b));
        let across = a.iter().flat_map(|x| b.iter().filter(move |y| *y != x).map(move |y| (*x.min(y), *x.max(y))));
        if tie.same { together.extend(across) } else { apart.extend(across) }
    }
    (together, apart)
}

/// Adds what a person decided to the reasons of the clusters it concerns.
pub(super) fn tell(members: &[Vec<u32>], locals: &[Local], because: &mut [Vec<String>], decided: &Decided) {
    for (own, lines) in members.iter().zip(because) {
        let any = |claims| own.iter().filter_map(|i| locals.get(*i as usize)).any(|local| holds(local, claims));
        for tie in decided {
            let (a, b) = (any(&tie.a), any(&tie.b));
            if tie.same && a && b {
                lines.push(tie.because.clone());
            } else if !tie.same && (a || b) {
                lines.push(format!("{} (kept apart from another incident)", tie.because));
            }
        }
    }
}
