//! Of which place, and since when, is a value told? What the other answers of an incident add to each (rules N12 and V5).

use crate::question::{Answer, Value};
use crate::relate::commits;
use crate::relate::place::{PlaceIndex, Spot, finest, relate};
use rashomon_model::alignment::{Question, RelationKind};
use rashomon_model::date::DateValue;
use rashomon_model::id::DocumentId;
use rashomon_model::quantity::{Count, Outcome};
use std::collections::{BTreeMap, BTreeSet};

/// Completes the answers of one incident: leaves of the places of each the finest, gives counts without a place the one place
/// their account tells of, counts told again the time they were told first, and counts below another of the same voice in the
/// same text that other.
pub(super) fn complete(answers: &mut [Answer<'_>], places: &PlaceIndex<'_>) {
    for answer in answers.iter_mut() {
        if let Value::Places(spots) = &mut answer.value {
            finest(spots, places);
        }
        finest(&mut answer.told_of, places);
    }
    shared_out(answers, places);
    place_counts(answers, places);
    first_told(answers);
    below_another(answers);
}

/// A teller does not contradict himself within one text: of several figures that one voice gives for one question there, the
/// lower exact ones may be parts of the highest, also of a floor ("arrested 37", "a further 119"; rule N12).
fn below_another<'a>(answers: &mut [Answer<'a>]) {
    let told = |answer: &Answer<'_>| match &answer.value {
        Value::Count(figure) if !answer.negative && !answer.cumulative && commits(answer.claim) => {
            (figure.count.min > 0).then_some(figure.count)
        }
        _ => None,
    };
    // nine soldiers and 21 fighters are no parts of each other
    let key = |answer: &Answer<'a>| (&answer.claim.document, answer.origin, answer.question, answer.of_a_state);
    let mut highest: BTreeMap<(&DocumentId, &str, Question, Option<bool>), Count> = BTreeMap::new();
    for answer in answers.iter() {
        if let Some(count) = told(answer) {
            let known = highest.entry(key(answer)).or_insert(count);
            *known = count.max(*known);
        }
    }
    for answer in answers {
        let count = told(answer).filter(|count| count.is_exact());
        let higher = count.and_then(|count| highest.get(&key(answer)).filter(|most| most.min > count.min));
        answer.below = higher.copied();
    }
}

/// Where the incident's accounts give figures of one outcome for places that lie apart, each such figure is of its place: a part of
/// any that names none ("in Orvel 21 were killed, in Kesta 13": parts of "39 dead").
fn shared_out(answers: &mut [Answer<'_>], places: &PlaceIndex<'_>) {
    let of = |answer: &Answer<'_>| match &answer.value {
        Value::Count(figure) if !answer.negative && figure.count.min > 0 && commits(answer.claim) => Some(figure.of),
        _ => None,
    };
    let mut told: BTreeMap<Outcome, Vec<Spot>> = BTreeMap::new();
    for (answer, outcome) in answers.iter().filter_map(|answer| Some((answer, of(answer)?))) {
        if let [only] = answer.told_of.as_slice() {
            let known = told.entry(outcome).or_default();
            if !known.contains(only) {
                known.push(only.clone());
            }
        }
    }
    let apart = |spots: &Vec<Spot>| {
        let differ = |a: &Spot, b: &Spot| relate(a, b, places).kind == RelationKind::Contradicts;
        spots.iter().enumerate().any(|(i, a)| spots.iter().skip(i + 1).any(|b| differ(a, b)))
    };
    let several: BTreeSet<Outcome> = told.iter().filter(|(_, spots)| apart(spots)).map(|(of, _)| *of).collect();
    for answer in answers {
        answer.shared_out = of(answer).is_some_and(|of| several.contains(&of)) && answer.told_of.len() == 1;
    }
}

/// A count without a place is told of the place its account tells of, if that is one.
fn place_counts(answers: &mut [Answer<'_>], places: &PlaceIndex<'_>) {
    let mut told: BTreeMap<&DocumentId, Vec<Spot>> = BTreeMap::new();
    for answer in answers.iter().filter(|answer| !answer.negative && commits(answer.claim)) {
        if let Value::Places(spots) = &answer.value {
            let known = told.entry(&answer.claim.document).or_default();
            known.extend(spots.iter().filter(|spot| !spot.candidates.is_empty()).cloned());
        }
    }
    for spots in told.values_mut() {
        finest(spots, places);
    }
    for answer in answers.iter_mut().filter(|answer| answer.told_of.is_empty()) {
        if let (Value::Count(_), Some([only])) = (&answer.value, told.get(&answer.claim.document).map(Vec::as_slice)) {
            answer.told_of = vec![only.clone()];
        }
    }
}

/// Origin, question, figure, and whether it is a total over a wider window.
type Figured<'a> = (&'a str, Question, Count, bool);

/// By what a figure is known to be told again; `None` for other answers.
fn figured<'a>(answer: &Answer<'a>) -> Option<Figured<'a>> {
    match &answer.value {
        Value::Count(figure) if !answer.negative => {
            Some((answer.origin, answer.question, figure.count, answer.cumulative))
        }
        _ => None,
    }
}

/// A figure told again is not told anew: of one origin's equal figures each counts as stated when the first was, so that a
/// reprint of yesterday's toll is no statement of today (rule V5).
fn first_told<'a>(answers: &mut [Answer<'a>]) {
    let mut first: BTreeMap<Figured<'a>, &'a DateValue> = BTreeMap::new();
    for answer in answers.iter() {
        if let (Some(key), Some(time)) = (figured(answer), answer.asserted_at) {
            let known = first.entry(key).or_insert(time);
            if (time.start, time.end) < (known.start, known.end) {
                *known = time;
            }
        }
    }
    for answer in answers {
        if let Some(time) = figured(answer).and_then(|key| first.get(&key).copied()) {
            answer.first_at = Some(time);
        }
    }
}
