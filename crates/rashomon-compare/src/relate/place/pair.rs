//! How do two places of the gazetteer lie to each other? Containment, nearness, and records of one place.

use crate::source::key::fold;
use rashomon_model::place::{Place, distance_km};

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

/// How one candidate relates to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pair {
    /// One place.
    Same,
    /// The first lies in the second.
    Inside,
    /// The second lies in the first.
    Around,
    /// Neither, but they share ground.
    Meet,
    /// They share none.
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

/// Kilometres between two places.
pub(super) fn km(a: &Place, b: &Place) -> f64 {
    distance_km((a.latitude, a.longitude), (b.latitude, b.longitude))
}

/// Two candidates, neither near anything.
pub(super) fn exact(a: &Place, b: &Place) -> Pair {
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

/// Two candidates, each of them or what is near it.
pub(super) fn pair(a: &Place, a_near: bool, b: &Place, b_near: bool) -> Pair {
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
