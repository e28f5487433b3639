//! What of the headline does its report say otherwise? A headline says shortly what its report says at length (methods.md P12).
//!
//! "Strike kills ten wedding guests" over "killed 12 people, ten of them civilians" counts the ten civilians, not all the dead:
//! a headline's figure that the report gives for a part and for no whole is that part. "Blast kills 7" over "at least seven
//! people were killed" says no more than its report: a bound that the report gives with the figure is the headline's too.

use rashomon_model::attribution::Flag;
use rashomon_model::claim::{Claim, CountRef};
use rashomon_model::quantity::Category;

/// Sets headline counts of people to what the body gives the same figure for.
pub(super) fn settle(claims: &mut [Claim]) {
    let heads = |claim: &Claim| claim.flags.contains(&Flag::Headline);
    let body: Vec<CountRef> =
        claims.iter().filter(|claim| !heads(claim)).flat_map(|claim| claim.proposition.count.iter().cloned()).collect();
    for claim in claims.iter_mut().filter(|claim| heads(claim)) {
        for count in claim.proposition.count.iter_mut().filter(|count| count.category == Category::People) {
            let same = |told: &&CountRef| told.of == count.of && told.count == count.count;
            if body.iter().filter(same).any(|told| told.category == Category::People) {
                continue;
            }
            if let Some(part) = body.iter().filter(same).find(|told| told.part) {
                count.category = part.category;
                count.part = true;
                claim.why.push(format!("the report gives the headline's figure for {} (P12)", part.category));
                continue;
            }
            // "kills 7" over "at least seven"
            let bound = |told: &&CountRef| {
                told.of == count.of
                    && told.category == count.category
                    && !told.part
                    && count.count.is_exact()
                    && !told.count.is_exact()
                    && (told.count.min == count.count.min || told.count.min == 0 && told.count.max == count.count.max)
            };
            if let Some(told) = body.iter().find(bound) {
                count.count = told.count;
                claim.why.push(format!("the report gives the headline's figure as {} (P12)", told.count));
            }
        }
    }
}
