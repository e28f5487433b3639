//! What does each origin assert of a scope? Its latest statement, and the total it gives only in parts (methods.md A3.2).

use super::Input;
use super::fate::{Fate, fate};
use super::figure::{Live, code};
use crate::question::{Answer, Value};
use crate::relate::scope::is_toll;
use rashomon_model::assessment::LeftOut;
use rashomon_model::date::DateTime;
use rashomon_model::id::ClaimId;
use rashomon_model::quantity::{Category, Count, Outcome};
use std::collections::{BTreeMap, BTreeSet};

/// What one origin asserts of a scope.
#[derive(Debug, Clone)]
pub(super) struct Asserted<'a> {
    /// The origin's key.
    pub(super) origin: &'a str,
    /// Lowest number asserted.
    pub(super) lo: u64,
    /// Highest number asserted.
    pub(super) reach: u64,
    /// That number is the lower end of an open figure.
    pub(super) open: bool,
    /// The claim that gives the lowest.
    pub(super) low_claim: &'a ClaimId,
    /// The claim that gives the highest.
    pub(super) high_claim: &'a ClaimId,
    /// As ACLED codes the lowest of its figures.
    pub(super) code: u64,
}

/// When a figure was first said by its origin, and whether it is known.
fn first_said(live: &[&Live<'_>], count: Count) -> Option<(DateTime, DateTime)> {
    let said = live.iter().filter(|one| one.count == count);
    // words that give the time of the statement itself outweigh the dates of those who carry it
    let own = said
        .clone()
        .filter(|one| one.answer.claim.chain.last().is_some_and(|link| link.at.is_some()))
        .filter_map(|one| one.answer.asserted_at)
        .map(|time| (time.start, time.end))
        .max();
    own.or_else(|| said.filter_map(|one| one.answer.asserted_at).map(|time| (time.start, time.end)).min())
}

/// A3.2: per origin the latest statement; figures of one statement, or of statements whose order is not known, together.
pub(super) fn by_origin<'a>(live: &[Live<'a>], left_out: &mut Vec<LeftOut>) -> Vec<Asserted<'a>> {
    let mut groups: BTreeMap<&str, Vec<&Live<'a>>> = BTreeMap::new();
    for one in live {
        groups.entry(one.answer.origin).or_default().push(one);
    }
    let mut found = Vec::new();
    for (origin, group) in groups {
        let counts: BTreeSet<Count> = group.iter().map(|one| one.count).collect();
        let said: BTreeMap<Count, Option<(DateTime, DateTime)>> =
            counts.iter().map(|count| (*count, first_said(&group, *count))).collect();
        let later = |count: &Count| {
            let own = said.get(count).copied().flatten();
            said.iter().find(|(_, other)| matches!((own, other), (Some(own), Some(other)) if other.0 >= own.1))
        };
        let (old, kept): (Vec<&Live<'a>>, Vec<&Live<'a>>) = group.iter().partition(|one| later(&one.count).is_some());
        for one in old {
            let by = later(&one.count).map(|(count, _)| count.to_string()).unwrap_or_default();
            left_out.push(LeftOut {
                claim: one.answer.claim.id.clone(),
                because: format!("superseded by the same origin's later figure {by}"),
            });
        }
        found.extend(assert_of(origin, &kept));
    }
    found
}

/// The statements of one origin as one interval.
fn assert_of<'a>(origin: &'a str, kept: &[&Live<'a>]) -> Option<Asserted<'a>> {
    let id = |one: &&&Live<'a>| &one.answer.claim.id;
    let low = kept.iter().min_by_key(|one| (one.count.min, id(one)))?;
    let high = kept.iter().min_by_key(|one| (std::cmp::Reverse(one.top()), id(one)))?;
    let reach = high.top();
    Some(Asserted {
        origin,
        lo: low.count.min,
        reach,
        open: kept.iter().any(|one| one.top() == reach && one.is_open()),
        low_claim: &low.answer.claim.id,
        high_claim: &high.answer.claim.id,
        code: kept.iter().map(|one| code(one.count)).min().unwrap_or_default(),
    })
}

/// Civilians and combatants of one claim.
type Parts<'a> = (Option<Count>, Option<Count>, &'a Answer<'a>);

/// Derived totals: an origin that gives civilians and combatants but no total (E1: "36 civilians and 5 fighters").
pub(super) fn sums<'a>(input: &Input<'a>, of: Outcome, category: Category, direct: &[Live<'a>]) -> Vec<Live<'a>> {
    if category != Category::People || !is_toll(of) {
        return Vec::new();
    }
    let mut parts: BTreeMap<(&str, &ClaimId), Parts<'_>> = BTreeMap::new();
    for answer in input.answers {
        let Value::Count(figure) = &answer.value else { continue };
        let usable = figure.of == of && !figure.whole && matches!(fate(answer, figure.count, input), Fate::Live);
        if usable {
            let known = parts.entry((answer.origin, &answer.claim.id)).or_insert((None, None, answer));
            match figure.category {
                Category::Civilians => known.0 = Some(figure.count),
                Category::Combatants => known.1 = Some(figure.count),
                _ => {}
            }
        }
    }
    parts
        .into_iter()
        .filter(|((origin, _), _)| !direct.iter().any(|live| live.answer.origin == *origin))
        .filter_map(|(_, (civilians, combatants, answer))| {
            let sum = civilians?.min.saturating_add(combatants?.min);
            Some(Live { answer, count: Count::at_least(sum) })
        })
        .collect()
}
