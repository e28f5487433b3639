//! Which figure does the text itself give as an earlier state? "It has corroborated eight deaths. It previously reported seven."
//!
//! A figure told as what was said before, beside a later one of the same teller's text, is no answer any more: the claim stays,
//! the figure is left out of it, so that a text does not contradict what it revises.

use rashomon_model::analysis::Analysis;
use rashomon_model::claim::{Claim, CountRef, Proposition};
use rashomon_model::quantity::{Category, Count, Outcome};
use std::collections::BTreeMap;

/// Of what a figure is: an outcome and a category of people, or with no category the whole of a toll.
type Scope = (Outcome, Option<Category>);

/// Takes outdated figures out of claims where the text gives another figure of the same scope that is not outdated.
pub(super) fn settle(analysis: &Analysis, claims: &mut [Claim]) {
    if !analysis.quantities.iter().any(|q| q.outdated) {
        return;
    }
    let outdated = |count: &CountRef| {
        let from = analysis.quantities.partition_point(|q| q.span.start < count.span.start);
        let here = analysis.quantities.get(from..).unwrap_or_default().iter();
        here.take_while(|q| q.span.start == count.span.start).any(|q| q.span == count.span && q.outdated)
    };
    // two different figures of each scope: any figure differs from one of two
    let mut live: BTreeMap<Scope, (Count, Option<Count>)> = BTreeMap::new();
    let counts = claims.iter().flat_map(|claim| &claim.proposition.count);
    for count in counts.filter(|count| count.cumulative.is_none() && !outdated(count)) {
        for scope in [Some(Some(count.category)), count.whole.then_some(None)].into_iter().flatten() {
            let (first, second) = live.entry((count.of, scope)).or_insert((count.count, None));
            if *first != count.count {
                second.get_or_insert(count.count);
            }
        }
    }
    let another = |count: &CountRef, scope: Option<Category>| {
        live.get(&(count.of, scope)).is_some_and(|(first, second)| *first != count.count || second.is_some())
    };
    for claim in claims {
        let revised =
            |count: &CountRef| outdated(count) && (another(count, Some(count.category)) || another(count, None));
        let (left, kept): (Vec<CountRef>, Vec<CountRef>) =
            std::mem::take(&mut claim.proposition.count).into_iter().partition(revised);
        claim.proposition.count = kept;
        claim.why.extend(
            left.iter()
                .map(|count| format!("{} {} as an earlier state, which the text revises", count.count, count.of)),
        );
    }
}

/// "The militia claimed 50 dead at the barracks in April; the army's own figure was nineteen": a figure that takes up the toll told
/// before it in the sentence is of the same place and day.
pub(super) fn take_up(analysis: &Analysis, claims: &mut [Claim]) {
    let taken = |claim: &Claim| {
        let (place, time) = (claim.proposition.place.is_empty(), claim.proposition.time.is_none());
        place
            && time
            && claim.proposition.count.iter().any(|count| {
                let from = analysis.quantities.partition_point(|q| q.span.start < count.span.start);
                analysis.quantities.get(from).is_some_and(|q| q.span == count.span && crate::quantity::takes_up(q))
            })
    };
    let sentence = |claim: &Claim| {
        let at = claim.anchors.first().map_or(0, |span| span.start);
        analysis.sentences.partition_point(|s| s.span.end <= at)
    };
    let told: Vec<(usize, u32, Proposition)> = claims
        .iter()
        .filter(|claim| !taken(claim) && !claim.proposition.count.is_empty())
        .map(|claim| (sentence(claim), claim.cover().start, claim.proposition.clone()))
        .collect();
    for claim in claims.iter_mut().filter(|claim| taken(claim)) {
        let (here, at) = (sentence(claim), claim.cover().start);
        let before = told.iter().filter(|(of, start, _)| *of == here && *start < at).max_by_key(|(_, start, _)| *start);
        if let Some((_, _, before)) = before {
            claim.proposition.place.clone_from(&before.place);
            claim.proposition.time.clone_from(&before.time);
        }
    }
}
