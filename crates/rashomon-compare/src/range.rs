//! How many, at least and at most, by whose count? Ranges over live origins in three profiles (methods.md A3).
//!
//! A range is bounds over what origins assert, not a confidence interval. Every claim that speaks of the same people and
//! sets no end is listed with the reason.

mod asserted;
mod fate;
mod figure;
mod total;

use crate::origin::Origins;
use crate::party::Parties;
use crate::question::{Answer, Value, rank};
use crate::relate::commits;
use crate::relate::scope::is_toll;
use crate::side::Accused;
use crate::{Settings, rule};
use asserted::{Asserted, by_origin, sums};
use fate::{Fate, counts_for, denies_all, elsewhere, fate};
use figure::{ACLED_FEW, Live, asserted, top};
use rashomon_model::alignment::Question;
use rashomon_model::assessment::{LeftOut, Profile, Range, Supported};
use rashomon_model::id::{ClaimId, JudgementId};
use rashomon_model::quantity::{Category, Outcome};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
pub use total::totals_of;

/// What ranges are made from.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// All answers of the incident.
    pub answers: &'a [Answer<'a>],
    /// Their origins.
    pub origins: &'a Origins,
    /// The party table.
    pub parties: &'a Parties<'a>,
    /// Who is accused.
    pub accused: &'a Accused,
    /// The profile in force.
    pub profile: Profile,
    /// Claims a person left out, and by which judgement.
    pub excluded: &'a BTreeMap<ClaimId, JudgementId>,
    /// Keys of the origins a person marked most reliable (profile `ucdp`), and by which judgement.
    pub reliable: &'a BTreeMap<String, JudgementId>,
    /// Distinct victims named and reviewed.
    pub named: &'a BTreeMap<(Outcome, Category), u64>,
    /// Settings.
    pub settings: &'a Settings,
}

/// Ranges of all scopes that have a figure, in the order of the grid.
#[must_use]
pub fn ranges(input: &Input<'_>) -> Vec<Range> {
    let scope = |of, category| (rank(Question::Count(of, category)).0, of, category);
    // victims named by a person have a range to be shown in, though no account counts them
    let mut found: BTreeSet<(u8, Outcome, Category)> = input.named.keys().map(|(of, who)| scope(*of, *who)).collect();
    for answer in input.answers {
        if let Value::Count(figure) = &answer.value {
            found.insert(scope(figure.of, figure.category));
            if figure.whole && figure.category != Category::Objects {
                found.insert(scope(figure.of, Category::People));
            }
        }
    }
    let mut ranges: BTreeMap<(u8, Outcome, Category), Range> =
        found.iter().map(|key| (*key, range(input, key.1, key.2))).collect();
    for (place, of, _) in &found {
        let key = (*place, *of, Category::People);
        if let Entry::Vacant(new) = ranges.entry(key) {
            let derived = range(input, *of, Category::People);
            if derived.min.is_some() {
                new.insert(derived);
            }
        }
    }
    ranges.into_values().collect()
}

/// The range of one scope.
#[must_use]
pub fn range(input: &Input<'_>, of: Outcome, category: Category) -> Range {
    let mut range = empty(input, of, category);
    let (found, numberless) = gather(input, &mut range);
    let mut live = without_parts(found, &mut range.left_out);
    live.extend(sums(input, of, category, &live));
    let asserted = by_origin(&live, &mut range.left_out);
    fill(&mut range, &asserted, &numberless, input);
    disputed(&mut range, input);
    range.denied_by_accused.sort();
    range.denied_by_accused.dedup();
    range.set_by.sort();
    range.set_by.dedup();
    range.left_out.sort_by(|a, b| (&a.claim, &a.because).cmp(&(&b.claim, &b.because)));
    range.left_out.dedup();
    range
}

/// The figures that count for the range's scope, and the claims without a number; what does not count is listed in the range.
fn gather<'a>(input: &Input<'a>, range: &mut Range) -> (Vec<Live<'a>>, Vec<&'a ClaimId>) {
    let (of, category) = (range.of, range.category);
    let mut live: Vec<Live<'_>> = Vec::new();
    let mut numberless: Vec<&ClaimId> = Vec::new();
    for answer in input.answers {
        let Value::Count(figure) = &answer.value else {
            if is_toll(of) && denies_all(answer, input) {
                range.denied_by_accused.push(answer.claim.id.clone());
            }
            continue;
        };
        let mut out = |because: String| range.left_out.push(LeftOut { claim: answer.claim.id.clone(), because });
        let Some(count) = counts_for(figure, of, category) else {
            elsewhere(figure, of, category, input.settings).into_iter().for_each(out);
            continue;
        };
        match fate(answer, count, input) {
            Fate::Live => live.push(Live { answer, count: asserted(answer, count) }),
            Fate::Possible => {
                out("only called possible: widens the possible maximum".to_owned());
                range.possible_max = range.possible_max.max(Some(top(answer, count)));
            }
            Fate::Conceded => {
                out("figure of the accused party: shown as conceded".to_owned());
                range.conceded = range.conceded.max(Some(top(answer, count)));
            }
            Fate::DeniedByAccused => {
                out("denial or zero by the accused party: never lowers the minimum".to_owned());
                range.denied_by_accused.push(answer.claim.id.clone());
            }
            Fate::Excluded(judgement) => out(format!("left out by a person: judgement {judgement}")),
            Fate::Numberless => {
                out(NO_NUMBER.to_owned());
                numberless.push(&answer.claim.id);
            }
            Fate::Out(because) => out(because.to_owned()),
        }
    }
    (live, numberless)
}

/// Reason of a claim without a number.
const NO_NUMBER: &str = "gives no number";

/// "Eleven passengers", "several people": beside figures of all they are a part, and no number.
fn without_parts<'a>(live: Vec<Live<'a>>, left_out: &mut Vec<LeftOut>) -> Vec<Live<'a>> {
    let weak = |known: &Live<'_>| known.answer.population.is_some() || known.answer.vague;
    if live.iter().all(weak) {
        return live;
    }
    let (some, all): (Vec<Live<'_>>, Vec<Live<'_>>) = live.into_iter().partition(weak);
    left_out.extend(some.iter().map(|known| LeftOut {
        claim: known.answer.claim.id.clone(),
        because: match known.answer.population {
            Some(who) => format!("other scope: counts {who}, a part"),
            None => NO_NUMBER.to_owned(),
        },
    }));
    all
}

fn empty(input: &Input<'_>, of: Outcome, category: Category) -> Range {
    Range {
        of,
        category,
        min: None,
        max: None,
        open: false,
        supported: Vec::new(),
        best: None,
        possible_max: None,
        conceded: None,
        denied_by_accused: Vec::new(),
        status_disputed: false,
        named_floor: input.named.get(&(of, category)).copied(),
        profile: input.profile,
        rule: rule::A3,
        set_by: Vec::new(),
        left_out: Vec::new(),
    }
}

/// A3.3 and A3.5: the ends, what is supported, and the profile's own figure.
fn fill(range: &mut Range, asserted: &[Asserted<'_>], numberless: &[&ClaimId], input: &Input<'_>) {
    let Some(low) = asserted.iter().min_by_key(|one| (one.lo, one.low_claim)) else {
        if input.profile == Profile::Acled && !numberless.is_empty() && is_toll(range.of) {
            // ACLED codes a bare plural and leaves nothing unknown
            range.min = Some(ACLED_FEW);
            range.max = Some(ACLED_FEW);
            range.set_by = numberless.iter().map(|id| (*id).clone()).collect();
        }
        return;
    };
    let most = asserted.iter().map(|one| one.reach).max().unwrap_or(low.lo);
    let highest = asserted.iter().filter(|one| one.reach == most);
    let high = highest.clone().min_by_key(|one| (one.open, one.high_claim));
    range.min = Some(low.lo);
    range.max = Some(most);
    range.open = highest.clone().any(|one| one.open);
    range.set_by.push(low.low_claim.clone());
    range.set_by.extend(high.map(|one| one.high_claim.clone()));
    range.supported = supported(asserted, input.origins);
    match input.profile {
        Profile::Airwars => {}
        Profile::Ucdp => {
            let marked = asserted.iter().filter(|one| input.reliable.contains_key(one.origin)).min_by_key(|one| one.lo);
            let by = |one: &Asserted<'_>| {
                input.reliable.get(one.origin).map(|id| format!(" (judgement {id})")).unwrap_or_default()
            };
            range.best = Some(marked.map_or_else(
                || (low.lo, "the lowest figure: no origin is marked most reliable".to_owned()),
                |one| (one.lo, format!("figure of the origin a reviewer marked most reliable{}", by(one))),
            ));
        }
        Profile::Acled => {
            let lowest = asserted.iter().min_by_key(|one| (one.code, one.low_claim));
            let code = lowest.map_or(low.lo, |one| one.code);
            range.min = Some(code);
            range.max = Some(code);
            range.open = false;
            range.set_by = lowest.map(|one| one.low_claim.clone()).into_iter().collect();
        }
    }
}

/// "At least m, from at least k independent origins", k from 2: for every m at which k grows.
fn supported(asserted: &[Asserted<'_>], origins: &Origins) -> Vec<Supported> {
    let mut figures: Vec<u64> = asserted.iter().map(|one| one.lo).filter(|lo| *lo > 0).collect();
    figures.sort_unstable_by(|a, b| b.cmp(a));
    figures.dedup();
    let mut found: Vec<Supported> = Vec::new();
    for m in figures {
        let behind = origins.independent(asserted.iter().filter(|one| one.lo >= m).map(|one| one.origin));
        let told = found.last().map_or(1, |last| last.origins);
        if behind > told {
            found.push(Supported { at_least: m, origins: behind });
        }
    }
    found
}

/// A3.4: an origin that is not accused says that all the dead were combatants.
fn disputed(range: &mut Range, input: &Input<'_>) {
    if range.category != Category::Civilians {
        return;
    }
    let says = |answer: &&Answer<'_>| {
        let all_combatants = matches!(&answer.value, Value::Count(figure)
            if figure.of == range.of && figure.whole && figure.category == Category::Combatants);
        all_combatants
            && !answer.negative
            && !answer.cumulative
            && commits(answer.claim)
            && !input.excluded.contains_key(&answer.claim.id)
            && !input.accused.is(input.origins.get(answer.origin), input.parties)
    };
    if let Some(answer) = input.answers.iter().filter(says).min_by_key(|answer| &answer.claim.id) {
        range.status_disputed = true;
        if range.min.is_some() {
            range.min = Some(0);
            range.set_by.push(answer.claim.id.clone());
        }
    }
}
