//! Which occurrence does a claim belong to that tells of none itself? Presence, evidence, purpose, and what is said beside.

use super::Linked;
use super::bearing::{is_core, is_side};
use super::local::Local;
use rashomon_model::claim::Claim;
use rashomon_model::id::ClaimId;
use rashomon_model::span::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Claims of presence, evidence, purpose: to the incident whose claim stands nearest before, else after.
pub(super) fn attach_around(doc: &Linked<'_>, found: &mut [Local], at: &[(u32, usize)]) {
    let occurrence: Vec<(u32, usize)> =
        at.iter().copied().filter(|(_, i)| found.get(*i).is_some_and(|local| !local.container)).collect();
    let block = |offset: u32| doc.document.block_at(offset).map(|block| block.span);
    let told: BTreeSet<Span> = occurrence.iter().filter_map(|(offset, _)| block(*offset)).collect();
    // what somebody says beside what is told, or in the paragraph behind it
    let beside = |claim: &Claim| {
        let blocks = &doc.document.blocks;
        let at = blocks.partition_point(|block| block.span.end <= claim.cover().start);
        // a figure there may be of anything
        let before = at.checked_sub(1).filter(|_| claim.proposition.count.is_empty());
        let near = [Some(at), before].into_iter().flatten().filter_map(|i| blocks.get(i));
        !claim.chain.is_empty() && near.into_iter().any(|block| told.contains(&block.span))
    };
    for claim in doc.claims.iter().filter(|claim| !is_core(claim) && (is_side(claim) || beside(claim))) {
        let start = claim.cover().start;
        let after = occurrence.partition_point(|(offset, _)| *offset <= start);
        let near = after.checked_sub(1).and_then(|i| occurrence.get(i)).or_else(|| occurrence.get(after));
        if let Some(local) = near.and_then(|(_, index)| found.get_mut(*index)) {
            local.claims.push(claim.id.clone());
        }
    }
    let order: BTreeMap<&ClaimId, usize> = doc.claims.iter().enumerate().map(|(i, c)| (&c.id, i)).collect();
    for local in found {
        local.claims.sort_by_key(|id| order.get(id).copied());
    }
}
