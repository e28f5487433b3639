//! How do two places of the event relate? Candidates, containment and nearness (methods.md E4).
//!
//! A place named in a claim is a set of candidates of the gazetteer; all pairs of candidates are compared, unrelated pairs
//! are dropped, and only if all are unrelated do the places contradict each other. "Near X" is X with 10 km more.

use super::Found;
use crate::rule;
use crate::source::key::fold;
use rashomon_model::alignment::{Cause, RelationKind};
use rashomon_model::id::PlaceId;
use rashomon_model::place::{Place, distance_km};
use std::collections::{BTreeMap, BTreeSet};

/// Kilometres that "near X" adds to the radius of X (methods.md E4).
pub const NEAR_KM: f64 = 10.0;

/// Kinds of place that hold others rather than lie in one another: a village "within" a district of a town's name is not in the
/// town.
const SETTLEMENTS: [&str; 5] = ["city", "town", "village", "hamlet", "settlement"];

/// Kinds of place that stretch: what lies on one may be told by its name or by that of the settlement beside it.
pub(crate) const STRETCHED: &[&str] = &[
    "strait",
    "sound",
    "channel",
    "bay",
    "gulf",
    "lake",
    "river",
    "ocean",
    "coast",
    "valley",
    "desert",
    "forest",
    "mountain",
    "mountains",
    "range",
    "plain",
    "road",
    "highway",
    "delta",
];

/// Below this distance two records of one name and grain are one place (double records of gazetteers).
const DOUBLE_KM: f64 = 5.0;

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

/// How one candidate relates to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pair {
    Same,
    Inside,
    Around,
    Meet,
    Apart,
}

/// By the gazetteer's ids, or, for places that have none (a user's own list), by the name of the country or division; of a spot
/// within a settlement ("the square, within the city") by the settlement's name, if it lies there.
pub(crate) fn inside(a: &Place, b: &Place) -> bool {
    let spot = || !SETTLEMENTS.contains(&a.kind.as_str()) && km(a, b) <= b.radius_km + NEAR_KM;
    let named = || {
        let is = |outer: &String, name: &String| fold(outer) == fold(name);
        let names = || std::iter::once(&b.name).chain(&b.names);
        a.id != b.id && a.within.iter().any(|outer| names().any(|name| is(outer, name)))
    };
    a.within_ids.contains(&b.id) || (a.within_ids.is_empty() && (b.is_area() || spot()) && named())
}

/// Two records of one place.
fn double(a: &Place, b: &Place) -> bool {
    a.is_area() == b.is_area() && fold(&a.name) == fold(&b.name) && km(a, b) <= DOUBLE_KM
}

fn km(a: &Place, b: &Place) -> f64 {
    distance_km((a.latitude, a.longitude), (b.latitude, b.longitude))
}

/// Two candidates, neither near anything.
fn exact(a: &Place, b: &Place) -> Pair {
    if a.id == b.id || double(a, b) {
        Pair::Same
    } else if inside(a, b) {
        Pair::Inside
    } else if inside(b, a) {
        Pair::Around
    } else if beside(a, b) {
        Pair::Meet
    } else {
        Pair::Apart
    }
}

/// A river, road or coast and what lies by it.
fn beside(a: &Place, b: &Place) -> bool {
    let stretched = |place: &Place| STRETCHED.contains(&place.kind.as_str());
    (stretched(a) || stretched(b)) && km(a, b) <= a.radius_km + b.radius_km + NEAR_KM
}

/// "Near `a`" against the place `b` itself: `b` lies in the disc, around it, across its edge, or outside.
fn near(a: &Place, b: &Place) -> Pair {
    if inside(a, b) {
        return Pair::Inside;
    }
    let radius = a.radius_km + NEAR_KM;
    let distance = km(a, b);
    if exact(a, b) != Pair::Apart || distance + b.radius_km <= radius {
        Pair::Around
    } else if distance <= radius + b.radius_km {
        Pair::Meet
    } else {
        Pair::Apart
    }
}

/// "Near `a`" against "near `b`".
fn both_near(a: &Place, b: &Place) -> Pair {
    if exact(a, b) == Pair::Same {
        Pair::Same
    } else if km(a, b) <= a.radius_km + b.radius_km + 2.0 * NEAR_KM {
        Pair::Meet
    } else {
        Pair::Apart
    }
}

fn pair(a: &Place, a_near: bool, b: &Place, b_near: bool) -> Pair {
    match (a_near, b_near) {
        (false, false) => exact(a, b),
        (true, true) => both_near(a, b),
        (true, false) => near(a, b),
        (false, true) => match near(b, a) {
            Pair::Inside => Pair::Around,
            Pair::Around => Pair::Inside,
            other => other,
        },
    }
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

/// What is known of the event's having several places.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Several {
    /// Nothing: different places exclude each other.
    No,
    /// Some account names different places of it, so many kilometres apart, though not these two together: places no farther
    /// apart than that may be two of several.
    Some(f64),
    /// One account names both.
    Both,
}

/// Places that some account of the incident names together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Together {
    /// Pairs, smaller id first.
    pairs: BTreeSet<(PlaceId, PlaceId)>,
    /// Kilometres between the two farthest from each other of the pairs that exclude each other.
    widest: Option<f64>,
}

impl Together {
    /// Of all pairs of places, smaller id first, that some account names together.
    #[must_use]
    pub fn new(pairs: BTreeSet<(PlaceId, PlaceId)>, places: &PlaceIndex<'_>) -> Self {
        let apart = |(a, b): &(PlaceId, PlaceId)| match (places.get(a), places.get(b)) {
            (Some(a), Some(b)) if exact(a, b) == Pair::Apart && !a.is_area() && !b.is_area() => Some(km(a, b)),
            _ => None,
        };
        let widest = pairs.iter().filter_map(apart).reduce(f64::max);
        Self { pairs, widest }
    }

    /// What this says of two lists of places.
    #[must_use]
    pub fn several<'a>(&self, a: &'a [Spot], b: &'a [Spot]) -> Several {
        let ids = |list: &'a [Spot]| list.iter().flat_map(|spot| &spot.candidates);
        let mut pairs = ids(a).flat_map(|p| ids(b).map(move |q| (p.min(q).clone(), p.max(q).clone())));
        match self.widest {
            _ if pairs.any(|pair| self.pairs.contains(&pair)) => Several::Both,
            Some(widest) => Several::Some(widest),
            None => Several::No,
        }
    }
}

/// Kilometres between the nearest of what the two lists may mean.
fn nearest(a: &[Spot], b: &[Spot], places: &PlaceIndex<'_>) -> f64 {
    let known = |list: &[Spot]| -> Vec<&Place> {
        list.iter().flat_map(|spot| &spot.candidates).filter_map(|id| places.get(id).copied()).collect()
    };
    let (left, right) = (known(a), known(b));
    left.iter().flat_map(|l| right.iter().map(|r| km(l, r))).reduce(f64::min).unwrap_or(f64::INFINITY)
}

/// The relation of two lists of places, each list naming all the places its claim speaks of.
#[must_use]
pub fn relate_lists(a: &[Spot], b: &[Spot], places: &PlaceIndex<'_>, several: Several) -> Found {
    if let ([x], [y]) = (a, b) {
        return spread(relate(x, y, places), several, nearest(a, b, places));
    }
    let names = |list: &[Spot]| list.iter().map(Spot::label).collect::<Vec<_>>().join(", ");
    let (x, y) = (names(a), names(b));
    let found = |kind, rule, because| Found::new(kind, rule, because);
    let table: Vec<Vec<RelationKind>> =
        a.iter().map(|l| b.iter().map(|r| relate(l, r, places).kind).collect()).collect();
    let agrees = |kind: &RelationKind| {
        matches!(kind, RelationKind::Equal | RelationKind::Refines | RelationKind::RefinedBy | RelationKind::Overlaps)
    };
    let of_a = table.iter().all(|row| row.iter().any(agrees));
    let of_b = (0..b.len()).all(|column| table.iter().any(|row| row.get(column).is_some_and(agrees)));
    let live: Vec<RelationKind> = table.iter().flatten().copied().filter(agrees).collect();
    if live.is_empty() {
        let named = !a.is_empty() && !b.is_empty();
        let comparable = named && table.iter().flatten().all(|kind| *kind == RelationKind::Contradicts);
        return if comparable {
            let apart = found(RelationKind::Contradicts, rule::PLACE, format!("{x} and {y} have no place in common"));
            spread(Found { cause: Some(Cause::Conflict), ..apart }, several, nearest(a, b, places))
        } else {
            found(RelationKind::NotComparable, rule::PLACE, format!("{x} and {y} cannot all be found in the gazetteer"))
        };
    }
    let each = |wanted: RelationKind| live.iter().all(|kind| *kind == wanted || *kind == RelationKind::Equal);
    match (of_a, of_b) {
        (true, true) if live.iter().all(|kind| *kind == RelationKind::Equal) => {
            found(RelationKind::Equal, rule::PLACE, format!("both name {x}"))
        }
        (true, true) if each(RelationKind::Refines) => {
            found(RelationKind::Refines, rule::PLACE, format!("{x} lie within {y}"))
        }
        (true, true) if each(RelationKind::RefinedBy) => {
            found(RelationKind::RefinedBy, rule::PLACE, format!("{y} lie within {x}"))
        }
        (true, false) => found(RelationKind::PartOf, rule::PLACES, format!("{x}: some of the places {y}")),
        (false, true) => found(RelationKind::Contains, rule::PLACES, format!("{y}: some of the places {x}")),
        _ => found(RelationKind::Overlaps, rule::PLACES, format!("{x} and {y} have places in common")),
    }
}

/// A contradiction of places that one account names together is none; where other accounts name places as far apart it is one
/// only if each account means to name all.
fn spread(found: Found, several: Several, distance: f64) -> Found {
    if found.kind != RelationKind::Contradicts {
        return found;
    }
    match several {
        Several::Some(widest) if distance <= widest => Found::new(
            RelationKind::Ambiguous,
            rule::PLACES,
            format!("{}, but others name places as far apart: conflict only if each means to name all", found.because),
        ),
        Several::Both => Found::new(
            RelationKind::Complements,
            rule::PLACES,
            format!("{}, but one account names both", found.because),
        ),
        Several::No | Several::Some(_) => found,
    }
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
