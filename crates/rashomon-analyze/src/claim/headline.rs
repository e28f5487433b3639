//! What of the headline does its report say otherwise? A headline says shortly what its report says at length (methods.md P12).
//!
//! "Strike kills ten wedding guests" over "killed 12 people, ten of them civilians" counts the ten civilians, not all the dead:
//! a headline's figure that the report gives for a part and for no whole is that part. "Blast kills 7" over "at least seven
//! people were killed" says no more than its report: a bound that the report gives with the figure is the headline's too.

use rashomon_model::attribution::Flag;
use rashomon_model::claim::{Claim, CountRef};
use rashomon_model::quantity::{Category, Count, Outcome};
use std::collections::{BTreeMap, BTreeSet};

/// What the body of a report gives, by the figure: the first of each that it says.
#[derive(Default)]
struct Told {
    /// Figures of people.
    people: BTreeSet<(Outcome, Count)>,
    /// Figures of parts of a toll, with whom they count.
    parts: BTreeMap<(Outcome, Count), Category>,
    /// Bounds of people, by the number they are given with: "at least seven" by seven.
    bounds: BTreeMap<(Outcome, u64), Count>,
}

impl Told {
    fn by<'a>(counts: impl Iterator<Item = &'a CountRef>) -> Self {
        let mut told = Self::default();
        for count in counts {
            if count.part {
                told.parts.entry((count.of, count.count)).or_insert(count.category);
            }
            if count.category != Category::People {
                continue;
            }
            told.people.insert((count.of, count.count));
            if count.part || count.count.is_exact() {
                continue;
            }
            let most = count.count.max.filter(|_| count.count.min == 0);
            for number in [Some(count.count.min), most].into_iter().flatten() {
                told.bounds.entry((count.of, number)).or_insert(count.count);
            }
        }
        told
    }
}

/// Sets headline counts of people to what the body gives the same figure for.
pub(super) fn settle(claims: &mut [Claim]) {
    let heads = |claim: &Claim| claim.flags.contains(&Flag::Headline);
    let body = Told::by(claims.iter().filter(|claim| !heads(claim)).flat_map(|claim| &claim.proposition.count));
    for claim in claims.iter_mut().filter(|claim| heads(claim)) {
        for count in claim.proposition.count.iter_mut().filter(|count| count.category == Category::People) {
            let figure = (count.of, count.count);
            if body.people.contains(&figure) {
                continue;
            }
            if let Some(&category) = body.parts.get(&figure) {
                count.category = category;
                count.part = true;
                claim.why.push(format!("the report gives the headline's figure for {category} (P12)"));
                continue;
            }
            // "kills 7" over "at least seven"
            let bound = body.bounds.get(&(count.of, count.count.min)).filter(|_| count.count.is_exact());
            if let Some(&told) = bound {
                count.count = told;
                claim.why.push(format!("the report gives the headline's figure as {told} (P12)"));
            }
        }
    }
}
