//! Do two counts tell of the same harm, by their places, days and forces? Rules N12 and N8 (methods.md 0.4; D on sub-incidents).
//!
//! Claims linked to one incident may still count at different places or on different days of it. A contradiction must hold
//! under every reading; so counts told of places that lie apart, or of days that do not meet, exclude each other only if both
//! mean all the harm, and a count over a division or over more places may hold that of one. A figure below another of its own
//! voice in one text may be a part of that. Combatants of a state and of no state are never counted together.

use super::count::severity;
use super::count::{Figure, apart};
use super::place::{PlaceIndex, Several, Spot, relate_lists};
use super::{Context, Found, time};
use crate::question::Answer;
use crate::rule;
use rashomon_model::alignment::{Cause, RelationKind};
use rashomon_model::quantity::{Count, Outcome};

/// The relation of two counts, given what they are told of. Relations other than CONTRADICTS stay, and so does a dispute about
/// who the dead were (U1).
#[must_use]
pub fn of_counts(found: Found, a: (&Figure, &Answer<'_>), b: (&Figure, &Answer<'_>), context: &Context<'_>) -> Found {
    if matches!(found.kind, RelationKind::Contradicts | RelationKind::Growth)
        && let Some(part) = of_some(a, b)
    {
        // a part that is more, and the later: the toll grew
        let grew = found.kind == RelationKind::Growth && part.kind == RelationKind::Contradicts;
        return if grew { found } else { part };
    }
    if found.kind != RelationKind::Contradicts || found.cause == Some(Cause::Category) {
        return found;
    }
    if matches!((a.1.of_a_state, b.1.of_a_state), (Some(x), Some(y)) if x != y) {
        let because = format!("{} and {} count the combatants of different forces", a.0, b.0);
        return Found::new(RelationKind::NotComparable, rule::N8, because);
    }
    // what one voice makes of its own figures is rule V4's
    if !context.one_voice(a.1, b.1)
        && let Some(found) = may_be_a_part(a, b)
    {
        return found;
    }
    if a.1.numberless != b.1.numberless && a.0.count.min > 0 && b.0.count.min > 0 {
        let because = format!("{} and {}: one of them gives no number", a.0, b.0);
        return Found::new(RelationKind::NotComparable, rule::N8, because);
    }
    // those missing are found, dead or alive: a figure of another hour need not be wrong
    if a.0.of == Outcome::Missing && a.0.count.min > 0 && b.0.count.min > 0 && a.1.asserted_at != b.1.asserted_at {
        let because = format!("{} and {} are of different hours: those missing are found by and by", a.0, b.0);
        return Found::new(RelationKind::Ambiguous, rule::N12, because);
    }
    if days_apart(a.1, b.1) {
        return ambiguous(a.0, b.0, "days");
    }
    let places = context.places;
    let (x, y) = (fine(&a.1.told_of, places), fine(&b.1.told_of, places));
    let part = |inner: &Figure, outer: &Figure, kind: RelationKind| {
        let fits = outer.count.max.is_none_or(|most| inner.count.min <= most);
        let because = format!("{inner} can be a part of {outer}, which is told of more places");
        fits.then(|| Found::new(kind, rule::N12, because))
    };
    let rough = |inner: &Figure, outer: &Figure| {
        let fits = outer.count.max.is_none_or(|most| inner.count.min <= most);
        let because =
            format!("{inner} and {outer}: the latter is told of a wider area and may hold more than the former");
        fits.then(|| Found::new(RelationKind::Ambiguous, rule::N12, because))
    };
    // "nineteen in Orvel" and "37 dead", where others give figures for other places
    let of_one = |inner: (&Figure, &Answer<'_>), outer: (&Figure, &Answer<'_>)| {
        inner.1.shared_out
            && !outer.1.shared_out
            && outer.1.told_of.len() != 1
            && outer.0.count.max.is_none_or(|most| inner.0.count.min <= most)
    };
    if of_one(a, b) || of_one(b, a) {
        let because = format!(
            "{} and {}: one is told of one of several places, the other names none: they conflict only if both mean the same harm",
            a.0, b.0
        );
        return Found::new(RelationKind::Ambiguous, rule::N12, because);
    }
    let own = |answer: &Answer<'_>| answer.claim.proposition.place.iter().any(|place| place.place.is_some());
    let grain = Found { cause: Some(Cause::PlaceGrain), ..found.clone() };
    match relate_lists(&x, &y, places, Several::No).kind {
        RelationKind::Contradicts => ambiguous(a.0, b.0, "places"),
        RelationKind::PartOf => part(a.0, b.0, RelationKind::PartOf).unwrap_or(grain),
        RelationKind::Contains => part(b.0, a.0, RelationKind::Contains).unwrap_or(grain),
        // two tolls with no place of their own words are those of what their accounts tell of, however wide the name
        RelationKind::Refines | RelationKind::RefinedBy if found.rule == rule::N4 && !own(a.1) && !own(b.1) => found,
        RelationKind::Refines => rough(a.0, b.0).unwrap_or(grain),
        RelationKind::RefinedBy => rough(b.0, a.0).unwrap_or(grain),
        _ => found,
    }
}

/// Where one counts some of the people by what they were ("eleven passengers of its bus"): a part of a total of people, and not
/// comparable with a count of others. `None` if both count the same people.
fn of_some(a: (&Figure, &Answer<'_>), b: (&Figure, &Answer<'_>)) -> Option<Found> {
    let part = |inner: (&Figure, &Answer<'_>), outer: &Figure, kind| {
        let who = inner.1.population.unwrap_or("some");
        let Some(most) = outer.count.max.filter(|most| inner.0.count.min > *most) else {
            return Found::new(kind, rule::N5, format!("{} ({who}) can be a part of {outer}", inner.0));
        };
        Found {
            severity: Some(severity(most, inner.0.count.min)),
            cause: Some(Cause::Scope),
            ..Found::new(RelationKind::Contradicts, rule::N6, format!("{} ({who}) is more than {outer}", inner.0))
        }
    };
    if (a.0.of, a.0.category) != (b.0.of, b.0.category) {
        // "no member of the guard was killed" says nothing of 53 prisoners
        let named = [(a, b), (b, a)].into_iter().find_map(|(some, other)| Some((some.1.population?, other)));
        let (who, other) = named.filter(|(who, other)| other.1.population != Some(who))?;
        let because =
            format!("{} and {} cannot be compared: one counts {who}, the other {}", a.0, b.0, other.0.category);
        return Some(Found::new(RelationKind::NotComparable, rule::N8, because));
    }
    match (a.1.population, b.1.population) {
        (Some(_), None) => Some(part(a, b.0, RelationKind::PartOf)),
        (None, Some(_)) => Some(part(b, a.0, RelationKind::Contains)),
        (Some(x), Some(y)) if x != y => {
            let because = format!("{} and {} count {x} and {y}", a.0, b.0);
            Some(Found::new(RelationKind::NotComparable, rule::N8, because))
        }
        _ => None,
    }
}

/// Where one figure is below another of its own voice in its own text: if as a floor it does not exclude the other, they conflict
/// only if it means all the harm.
fn may_be_a_part(a: (&Figure, &Answer<'_>), b: (&Figure, &Answer<'_>)) -> Option<Found> {
    let floor = |(figure, answer): (&Figure, &Answer<'_>)| {
        if answer.below.is_some() { Count::at_least(figure.count.min) } else { figure.count }
    };
    let (told, most) = [a, b].into_iter().find_map(|(figure, answer)| Some((figure, answer.below?)))?;
    if apart(floor(a), floor(b)) {
        return None;
    }
    let because = format!(
        "{} and {}: the voice behind {told} gives {most} in the same text; they conflict only if the lower figure means all the harm",
        a.0, b.0
    );
    Some(Found::new(RelationKind::Ambiguous, rule::N12, because))
}

fn ambiguous(a: &Figure, b: &Figure, what: &str) -> Found {
    let because = format!("{a} and {b} are told of different {what}: they conflict only if each means all the harm");
    Found::new(RelationKind::Ambiguous, rule::N12, because)
}

/// Whether both claims name a day in words of their own and the days do not meet.
fn days_apart(a: &Answer<'_>, b: &Answer<'_>) -> bool {
    let own = |answer: &Answer<'_>| answer.claim.proposition.time.clone().filter(|time| time.span.is_some());
    let (Some(x), Some(y)) = (own(a), own(b)) else { return false };
    time::relate(&x.date, &y.date).kind == RelationKind::Contradicts
}

/// Places finer than a country: that it happened in the country says nothing of what is counted.
fn fine(spots: &[Spot], places: &PlaceIndex<'_>) -> Vec<Spot> {
    let coarse = |spot: &&Spot| {
        let first = spot.candidates.first().and_then(|id| places.get(id));
        first.is_none_or(|place| matches!(place.kind.as_str(), "country" | "sea" | "region"))
    };
    spots.iter().filter(|spot| !coarse(spot)).cloned().collect()
}
