//! Do two clusters speak of one occurrence? Features, weights and cannot-links.

use super::local::{Local, has_fine_place};
use rashomon_model::analysis::EventKind;
use rashomon_model::date::{DateValue, Precision};
use rashomon_model::id::PlaceId;
use rashomon_model::place::{Place, distance_km};
use std::collections::{BTreeMap, BTreeSet};

/// Score from which two clusters are joined (starting value; day and place agreeing suffice, either alone does not).
pub const JOIN: f64 = 2.0;
/// Distance up to which two settlements can be the same occurrence beyond their radii, in kilometres (methods.md E4).
pub const NEAR_KM: f64 = 10.0;

/// Score and reason of joining two clusters; `None` if they must not be joined.
pub(super) fn score(a: &[Local], b: &[Local], places: &BTreeMap<PlaceId, Place>) -> Option<(f64, String)> {
    let container = |cluster: &[Local]| cluster.iter().any(|local| local.container);
    if container(a) || container(b) {
        return None; // totals are never joined, not even with each other: their windows differ
    }
    let same_document = a.iter().any(|x| b.iter().any(|y| x.document == y.document));
    if same_document {
        return None; // the text itself presents them as two
    }
    let day = days(a, b)?;
    let (of_a, of_b) = (all_places(a), all_places(b));
    let (place, where_why) = if !has_fine_place(&of_a, places) || !has_fine_place(&of_b, places) {
        (0.5, "no finer place than a country on one side")
    } else if compatible_places(&of_a, &of_b, places) {
        (1.0, "places agree")
    } else {
        return None;
    };
    let kind = kinds(a, b)?;
    let actors = actors(a, b);
    let counts = counts(a, b);
    let total = day.0 + place + kind + actors + counts;
    Some((total, format!("{}; {where_why}; kind of event +{kind}; actors +{actors}; figures +{counts}", day.1)))
}

/// Days meet (1.2), or one side has none (0.4); `None` if explicit days exclude each other. A loose day may be one off.
fn days(a: &[Local], b: &[Local]) -> Option<(f64, String)> {
    let of = |cluster: &[Local]| -> Vec<DateValue> { cluster.iter().filter_map(|local| local.time.clone()).collect() };
    let (of_a, of_b) = (of(a), of(b));
    if of_a.is_empty() || of_b.is_empty() {
        return Some((0.4, "one side gives no day".into()));
    }
    let meet = |x: &DateValue, y: &DateValue| x.start < y.end && y.start < x.end;
    let all_meet = of_a.iter().all(|x| of_b.iter().any(|y| meet(x, y)));
    let any_meet = of_a.iter().any(|x| of_b.iter().any(|y| meet(x, y)));
    let named = || of_a.first().map(DateValue::edtf).unwrap_or_default();
    let coarse = |times: &[DateValue]| times.iter().all(|time| time.precision > Precision::Day);
    let loose = coarse(&of_a) || coarse(&of_b);
    match (any_meet, all_meet, loose) {
        (true, _, true) => Some((0.9, format!("{} lies in the days before publication", named()))),
        (true, ..) => Some((1.2, format!("both on {}", named()))),
        _ => None,
    }
}

/// A shared figure (0.5): the same count of the same outcome in both is no accident.
fn counts(a: &[Local], b: &[Local]) -> f64 {
    let shared = a.iter().any(|x| b.iter().any(|y| x.counts.intersection(&y.counts).next().is_some()));
    if shared { 0.5 } else { 0.0 }
}

/// Kinds of event: equal 0.4, one unspecific 0.3; `None` if they exclude each other.
fn kinds(a: &[Local], b: &[Local]) -> Option<f64> {
    let loose =
        |kind: EventKind| matches!(kind, EventKind::Harm | EventKind::Attack | EventKind::Damage | EventKind::Other);
    let pairs = || a.iter().flat_map(|x| b.iter().map(move |y| (x.kind, y.kind)));
    if pairs().any(|(x, y)| x == y) {
        Some(0.4)
    } else if pairs().any(|(x, y)| loose(x) || loose(y)) {
        Some(0.3)
    } else {
        None
    }
}

/// A shared actor speaks for one occurrence; different ones prove nothing, since who did it may be what is disputed.
fn actors(a: &[Local], b: &[Local]) -> f64 {
    let shared = a.iter().any(|x| b.iter().any(|y| x.actors.intersection(&y.actors).next().is_some()));
    if shared { 0.4 } else { 0.0 }
}

/// All places of a cluster.
fn all_places(cluster: &[Local]) -> BTreeSet<PlaceId> {
    cluster.iter().flat_map(|local| local.places.iter().cloned()).collect()
}

/// Whether two sets of places can be one occurrence's: one is empty, or some pair is the same, contained, or near. Countries
/// agree only with what lies in them and say nothing when finer places are named.
pub(super) fn compatible_places(
    a: &BTreeSet<PlaceId>,
    b: &BTreeSet<PlaceId>,
    places: &BTreeMap<PlaceId, Place>,
) -> bool {
    let fine = |ids: &BTreeSet<PlaceId>| -> Vec<Place> {
        let all: Vec<&Place> = ids.iter().filter_map(|id| places.get(id)).collect();
        let finest: Vec<Place> = all.iter().filter(|place| grain(place) < 4).map(|p| (*p).clone()).collect();
        if finest.is_empty() { all.into_iter().cloned().collect() } else { finest }
    };
    let (of_a, of_b) = (fine(a), fine(b));
    if of_a.is_empty() || of_b.is_empty() {
        return true;
    }
    of_a.iter().any(|x| of_b.iter().any(|y| same_or_within(x, y)))
}

/// The same place, one inside the other, or settlements no farther apart than their radii and [`NEAR_KM`].
fn same_or_within(a: &Place, b: &Place) -> bool {
    if a.id == b.id || a.within_ids.contains(&b.id) || b.within_ids.contains(&a.id) {
        return true;
    }
    let far = distance_km((a.latitude, a.longitude), (b.latitude, b.longitude));
    let settlement = |p: &Place| grain(p) <= 1;
    settlement(a) && settlement(b) && far <= NEAR_KM + a.radius_km.min(NEAR_KM) + b.radius_km.min(NEAR_KM)
}

/// Grain of a place: 0 facility or village, 1 town or city, 2 second-order, 3 first-order division, 4 country, 5 sea or region.
#[must_use]
pub fn grain(place: &Place) -> u8 {
    match place.kind.as_str() {
        "admin2" => 2,
        "admin1" => 3,
        "country" => 4,
        "sea" | "region" => 5,
        "town" | "city" => 1,
        _ => 0,
    }
}
