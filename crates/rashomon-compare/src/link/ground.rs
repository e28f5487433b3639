//! Can two sets of places be one occurrence's? Grain, containment, nearness.
//!
//! ```text
//! Orvel | Orvel province      compatible: the one lies in the other
//! Orvel | Kesta               differ: two settlements; compatible all the same if they lie near each other
//! Orvel | the river           compatible with what lies near; a river is no settlement, so that they never differ
//! ```

use crate::relate::place::{NEAR_KM, STRETCHED, inside};
use rashomon_model::id::PlaceId;
use rashomon_model::place::{Place, distance_km};
use std::collections::{BTreeMap, BTreeSet};

/// Settlements and finer places.
pub(super) fn settled<'a>(ids: &'a BTreeSet<PlaceId>, places: &'a BTreeMap<PlaceId, Place>) -> Vec<&'a Place> {
    let spot = |place: &&Place| grain(place) <= 1 && !STRETCHED.contains(&place.kind.as_str());
    ids.iter().filter_map(|id| places.get(id)).filter(spot).collect()
}

/// Whether both name settlements, and none of the one is, or lies in, one of the other.
pub(super) fn differ(a: &BTreeSet<PlaceId>, b: &BTreeSet<PlaceId>, places: &BTreeMap<PlaceId, Place>) -> bool {
    let (x, y) = (settled(a, places), settled(b, places));
    let alike = |p: &Place, q: &Place| p.id == q.id || inside(p, q) || inside(q, p) || p.name == q.name;
    !x.is_empty() && !y.is_empty() && !x.iter().any(|p| y.iter().any(|q| alike(p, q)))
}

/// Whether two sets of places can be one occurrence's: one is empty, or some pair is the same, contained, or near. Countries
/// agree only with what lies in them and say nothing when finer places are named.
pub(super) fn compatible_places(
    a: &BTreeSet<PlaceId>,
    b: &BTreeSet<PlaceId>,
    places: &BTreeMap<PlaceId, Place>,
) -> bool {
    let (of_a, of_b) = (told(a, places), told(b, places));
    if of_a.is_empty() || of_b.is_empty() {
        return true;
    }
    of_a.iter().any(|x| of_b.iter().any(|y| same_or_within(x, y)))
}

/// The places known: those finer than a country, where there are such.
fn told<'a>(ids: &BTreeSet<PlaceId>, places: &'a BTreeMap<PlaceId, Place>) -> Vec<&'a Place> {
    let all: Vec<&Place> = ids.iter().filter_map(|id| places.get(id)).collect();
    if !all.iter().any(|place| grain(place) < 4) {
        return all;
    }
    all.into_iter().filter(|place| grain(place) < 4).collect()
}

/// The same place, one inside the other, or settlements no farther apart than their radii and [`NEAR_KM`].
fn same_or_within(a: &Place, b: &Place) -> bool {
    if a.id == b.id || inside(a, b) || inside(b, a) {
        return true;
    }
    let far = distance_km((a.latitude, a.longitude), (b.latitude, b.longitude));
    let settlement = |p: &Place| grain(p) <= 1;
    settlement(a) && settlement(b) && far <= NEAR_KM + a.radius_km.min(NEAR_KM) + b.radius_km.min(NEAR_KM)
}

/// Grain of a place: 0 facility or village, 1 town or city, 2 second-order, 3 first-order division, 4 country, 5 sea or region.
#[must_use]
pub(super) fn grain(place: &Place) -> u8 {
    match place.kind.as_str() {
        "admin2" => 2,
        "admin1" => 3,
        "country" => 4,
        "sea" | "region" => 5,
        "town" | "city" => 1,
        _ => 0,
    }
}

/// Whether any of the places is finer than a country.
pub(super) fn has_fine_place(ids: &BTreeSet<PlaceId>, places: &BTreeMap<PlaceId, Place>) -> bool {
    ids.iter().filter_map(|id| places.get(id)).any(|place| grain(place) < 4)
}
