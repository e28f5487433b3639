//! How do two claims relate that name several places, and what if the event was at several?

use super::pair::{Pair, exact, km};
use super::{PlaceIndex, Spot, relate};
use crate::relate::Found;
use crate::rule;
use rashomon_model::alignment::{Cause, RelationKind};
use rashomon_model::id::PlaceId;
use rashomon_model::place::Place;
use std::collections::BTreeSet;

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
