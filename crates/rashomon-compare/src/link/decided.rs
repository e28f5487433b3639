//! What did a person decide about one occurrence or two? Must-links and cannot-links (methods.md D: reviewer decision).

use super::Linked;
use super::local::{Local, rebuilt};
use crate::judge::Tie;
use rashomon_model::id::ClaimId;
use std::collections::BTreeSet;

/// Decisions on incidents, by the claims they point at.
pub type Decided = [Tie<BTreeSet<ClaimId>>];

fn holds(cluster: &[Local], claims: &BTreeSet<ClaimId>) -> bool {
    cluster.iter().any(|local| local.claims.iter().any(|claim| claims.contains(claim)))
}

/// Divides local incidents that hold claims a person says are of two: the second's claims become one of their own.
pub(super) fn divide(found: Vec<Local>, doc: &Linked<'_>, decided: &Decided) -> Vec<Local> {
    let mut found = found;
    for tie in decided.iter().filter(|tie| !tie.same) {
        let meant = |local: &&mut Local| {
            let one = std::slice::from_ref(&**local);
            holds(one, &tie.a) && holds(one, &tie.b)
        };
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

/// Unites the clusters a person says are one, with the reason beside each that took in others.
pub(super) fn unite(clusters: &mut Vec<Vec<Local>>, reasons: &mut Vec<Vec<String>>, decided: &Decided) {
    for tie in decided.iter().filter(|tie| tie.same) {
        let meant: Vec<usize> = (0..clusters.len())
            .filter(|i| clusters.get(*i).is_some_and(|cluster| holds(cluster, &tie.a) || holds(cluster, &tie.b)))
            .collect();
        let Some((first, others)) = meant.split_first() else { continue };
        for other in others.iter().rev() {
            let (moved, mut because) = (clusters.remove(*other), reasons.remove(*other));
            if let (Some(into), Some(reason)) = (clusters.get_mut(*first), reasons.get_mut(*first)) {
                into.extend(moved);
                reason.append(&mut because);
            }
        }
        if let Some(reason) = reasons.get_mut(*first) {
            reason.push(tie.because.clone());
        }
    }
}

/// Whether a person says that the two clusters are not of one occurrence.
pub(super) fn apart(a: &[Local], b: &[Local], decided: &Decided) -> bool {
    decided
        .iter()
        .filter(|tie| !tie.same)
        .any(|tie| (holds(a, &tie.a) && holds(b, &tie.b)) || (holds(a, &tie.b) && holds(b, &tie.a)))
}

/// Why a person keeps this cluster apart from others.
pub(super) fn kept_apart<'a>(cluster: &'a [Local], decided: &'a Decided) -> impl Iterator<Item = String> + 'a {
    decided
        .iter()
        .filter(move |tie| !tie.same && (holds(cluster, &tie.a) || holds(cluster, &tie.b)))
        .map(|tie| format!("{} (kept apart from another incident)", tie.because))
}
