//! Which figure does the text itself give as an earlier state? "It has corroborated eight deaths. It previously reported seven."
//!
//! A figure told as what was said before, beside a later one of the same teller's text, is no answer any more: the claim stays,
//! the figure is left out of it, so that a text does not contradict what it revises.

use rashomon_model::analysis::Analysis;
use rashomon_model::claim::{Claim, CountRef};

/// Takes outdated figures out of claims where the text gives another figure of the same scope that is not outdated.
pub(super) fn settle(analysis: &Analysis, claims: &mut [Claim]) {
    let outdated = |count: &CountRef| {
        let from = analysis.quantities.partition_point(|q| q.span.start < count.span.start);
        let here =
            analysis.quantities.get(from..).unwrap_or_default().iter().take_while(|q| q.span.start == count.span.start);
        here.into_iter().any(|q| q.span == count.span && q.outdated)
    };
    if !analysis.quantities.iter().any(|q| q.outdated) {
        return;
    }
    let live: Vec<CountRef> = claims
        .iter()
        .flat_map(|claim| &claim.proposition.count)
        .filter(|count| count.cumulative.is_none() && !outdated(count))
        .cloned()
        .collect();
    for claim in claims {
        let revised = |count: &CountRef| {
            let same = |other: &CountRef| other.of == count.of && other.count != count.count;
            let meant = |other: &CountRef| other.category == count.category || other.whole;
            outdated(count) && live.iter().any(|other| same(other) && meant(other))
        };
        let (left, kept): (Vec<CountRef>, Vec<CountRef>) =
            std::mem::take(&mut claim.proposition.count).into_iter().partition(revised);
        claim.proposition.count = kept;
        claim.why.extend(
            left.iter()
                .map(|count| format!("{} {} as an earlier state, which the text revises", count.count, count.of)),
        );
    }
}
