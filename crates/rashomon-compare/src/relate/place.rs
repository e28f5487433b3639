//! How do two places of the event relate? Candidates, containment and nearness (methods.md E4).
//!
//! A place named in a claim is a set of candidates of the gazetteer; all pairs of candidates are compared, unrelated pairs
//! are dropped, and only if all are unrelated do the places contradict each other. "Near X" is X with 10 km more.

mod pair;
mod several;

use super::Found;
use crate::rule;
use crate::source::key::fold;
pub use pair::NEAR_KM;
use pair::{Pair, km, pair};
pub(crate) use pair::{STRETCHED, inside};
use rashomon_model::alignment::{Cause, RelationKind};
use rashomon_model::id::PlaceId;
use rashomon_model::place::Place;
pub use several::{Several, Together, relate_lists};
use std::collections::BTreeMap;

/// A place as a claim has it, with all it may mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// Name as written.
    pub name: String,
    /// Places it may mean; empty if unresolved.
    pub candidates: Vec<PlaceId>,
    /// "near X".
    pub near: bool,
}

impl Spot {
    /// "near X" or "X".
    #[must_use]
    pub fn label(&self) -> String {
        if self.near { format!("near {}", self.name) } else { self.name.clone() }
    }
}

/// The places of the case by id.
pub type PlaceIndex<'a> = BTreeMap<&'a PlaceId, &'a Place>;

/// Leaves of the places one claim names those that tell most: "a village in the north of the country" is of the village, not of
/// the country besides, a street of the city of the street; and a place named twice is one.
pub fn finest(spots: &mut Vec<Spot>, places: &PlaceIndex<'_>) {
    let known = |spot: &Spot| spot.candidates.first().and_then(|id| places.get(id).copied());
    let around = |outer: &Spot, inner: &Spot| match (known(outer), known(inner)) {
        (Some(outer), Some(inner)) => outer.id != inner.id && inside(inner, outer),
        _ => false,
    };
    let mut kept: Vec<Spot> = Vec::with_capacity(spots.len());
    for spot in spots.drain(..) {
        let same = |other: &Spot| {
            other.near == spot.near
                && other.candidates == spot.candidates
                && (!spot.candidates.is_empty() || other.name == spot.name)
        };
        if !kept.iter().any(same) {
            kept.push(spot);
        }
    }
    spots.extend(kept.iter().filter(|spot| !kept.iter().any(|other| around(spot, other))).cloned());
}

/// The name of a place; of a division with what it is, where a place of the case bears the same name ("Lorun (province)").
pub(crate) fn told_apart(place: &Place, places: &PlaceIndex<'_>) -> String {
    let kind = match place.kind.as_str() {
        "admin1" => "province",
        "admin2" => "district",
        _ => return place.name.clone(),
    };
    let shared =
        places.values().any(|other| other.id != place.id && other.name == place.name && other.kind != place.kind);
    if shared { format!("{} ({kind})", place.name) } else { place.name.clone() }
}

/// The relation of two places named.
#[must_use]
pub fn relate(a: &Spot, b: &Spot, places: &PlaceIndex<'_>) -> Found {
    let label = |spot: &Spot, other: &Spot| {
        let known = spot.candidates.first().and_then(|id| places.get(id));
        let namesake = fold(&spot.name) == fold(&other.name) && spot.candidates != other.candidates;
        let apart = known.filter(|_| namesake).map(|place| told_apart(place, places));
        match apart.filter(|name| name.ends_with(')')) {
            Some(name) if spot.near => format!("near {name}"),
            Some(name) => name,
            None => spot.label(),
        }
    };
    let (x, y) = (label(a, b), label(b, a));
    let found = |kind, because| Found::new(kind, rule::PLACE, because);
    let known =
        |spot: &Spot| -> Vec<&Place> { spot.candidates.iter().filter_map(|id| places.get(id).copied()).collect() };
    let (left, right) = (known(a), known(b));
    if left.is_empty() || right.is_empty() {
        return if a.near == b.near && fold(&a.name) == fold(&b.name) {
            found(RelationKind::Equal, format!("both say {x}"))
        } else {
            found(RelationKind::NotComparable, format!("{x} or {y} is not in the gazetteer"))
        };
    }
    let pairs: Vec<Pair> = left.iter().flat_map(|l| right.iter().map(|r| pair(l, a.near, r, b.near))).collect();
    let live: Vec<Pair> = pairs.into_iter().filter(|pair| *pair != Pair::Apart).collect();
    let all = |wanted: Pair| live.iter().all(|pair| *pair == wanted);
    if live.is_empty() {
        return Found {
            cause: Some(if close(&left, &right) { Cause::PlaceGrain } else { Cause::Conflict }),
            ..found(RelationKind::Contradicts, format!("{x} and {y} lie apart, neither within the other"))
        };
    }
    if a.near == b.near && same(&a.candidates, &b.candidates) {
        return found(RelationKind::Equal, format!("{x} and {y} are one place"));
    }
    if all(Pair::Same) {
        found(RelationKind::Equal, format!("{x} and {y} are one place"))
    } else if all(Pair::Inside) {
        found(RelationKind::Refines, format!("{x} lies within {y}"))
    } else if all(Pair::Around) {
        found(RelationKind::RefinedBy, format!("{y} lies within {x}"))
    } else {
        found(RelationKind::Overlaps, format!("{x} and {y} can mean the same ground"))
    }
}

/// Whether the two names have the same readings.
fn same(a: &[PlaceId], b: &[PlaceId]) -> bool {
    a.len() == b.len() && a.iter().all(|id| b.contains(id))
}

/// Whether some pair lies closer than "near" reaches: neighbours that a rougher account would call by one name.
fn close(left: &[&Place], right: &[&Place]) -> bool {
    left.iter().any(|l| right.iter().any(|r| km(l, r) <= l.radius_km + r.radius_km + NEAR_KM))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(name: &str, kind: &str, within: &[&str]) -> Place {
        Place {
            id: PlaceId::new(name),
            name: name.to_owned(),
            names: Vec::new(),
            latitude: 10.0,
            longitude: 20.0,
            kind: kind.to_owned(),
            population: 0,
            within: within.iter().map(|&outer| outer.to_owned()).collect(),
            within_ids: Vec::new(),
            radius_km: 2.0,
        }
    }

    #[test]
    fn a_village_in_a_country_is_told_of_the_village() {
        let (village, country) = (place("Kesh", "village", &["Orvia"]), place("Orvia", "country", &[]));
        let places: PlaceIndex<'_> = [&village, &country].into_iter().map(|place| (&place.id, place)).collect();
        let spot = |place: &Place| Spot { name: place.name.clone(), candidates: vec![place.id.clone()], near: false };
        let mut spots = vec![spot(&village), spot(&country), spot(&village)];
        finest(&mut spots, &places);
        assert_eq!(spots, [spot(&village)]);
    }
}
