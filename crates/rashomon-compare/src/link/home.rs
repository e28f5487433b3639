//! To which occurrence of its text does a segment belong? To the one it fits and is not told apart from, else to one of its own.

use super::bearing::long_before;
use super::ground::{compatible_places, settled};
use super::local::Local;
use super::segment::{Segment, apart, may_meet};
use rashomon_model::date::{Basis, DateValue, Precision};
use rashomon_model::id::PlaceId;
use rashomon_model::place::Place;
use std::collections::{BTreeMap, BTreeSet};

/// What the account's opening says of an occurrence that its own words leave open.
pub(super) struct Scene<'a> {
    /// The places of the case.
    pub(super) places: &'a BTreeMap<PlaceId, Place>,
    /// The first scene of the opening.
    pub(super) opening: Option<PlaceId>,
    /// When the account was published.
    pub(super) published: Option<&'a DateValue>,
}

impl Scene<'_> {
    /// Whether what is told of elsewhere or of long ago is another occurrence than the one the account tells of without saying
    /// where or when.
    fn tells_apart(&self, local: &Local, own: &[&Segment], segment: &Segment) -> bool {
        if local.container || segment.container {
            return false;
        }
        let month = segment.time.as_ref().filter(|time| local.time.is_none() && time.precision == Precision::Month);
        let long_ago = month.zip(self.published).is_some_and(|(time, published)| long_before(time, published));
        let (Some(opening), Some(first), true) =
            (&self.opening, own.first(), settled(&local.places, self.places).is_empty())
        else {
            return long_ago;
        };
        let assumed = Segment {
            places: BTreeSet::from([opening.clone()]),
            time: None,
            toll: own.iter().any(|other| other.toll),
            act: own.iter().any(|other| other.act),
            ..(*first).clone()
        };
        long_ago || apart(&assumed, segment, self.places)
    }
}

/// Where a segment belongs.
pub(super) enum Home {
    /// To a local incident there is.
    Joins(usize),
    /// To a new one, a part of the one named, if any.
    Opens(Option<usize>),
}

/// The local incident a segment belongs to. One that names the same settlement first, then the same paragraph, then the
/// occurrence the account leads with: an undated remark further down speaks of the news, not of whatever was mentioned last.
pub(super) fn home(
    segment: &Segment,
    found: &[Local],
    members: &[Vec<&Segment>],
    at: &[(u32, usize)],
    scene: &Scene<'_>,
) -> Home {
    let places = scene.places;
    let fits = |rank: Option<u8>, index: usize| {
        let (Some(local), Some(own)) = (found.get(index), members.get(index)) else { return false };
        local.rank == rank
            && joins(local, segment, places)
            && !own.iter().any(|other| apart(other, segment, places))
            && !scene.tells_apart(local, own, segment)
    };
    let choose = |rank: Option<u8>| {
        let named = settled(&segment.places, places);
        let shares = |index: &usize| {
            let local = found.get(*index);
            local.is_some_and(|local| named.iter().any(|place| local.places.contains(&place.id)))
        };
        let near = || {
            let here = |offset: u32| segment.block.is_some_and(|block| block.holds(offset));
            at.iter().rev().take_while(|(offset, _)| here(*offset)).map(|(_, i)| *i).find(|index| fits(rank, *index))
        };
        let all = || (0..found.len()).filter(|index| fits(rank, *index));
        all().find(shares).or_else(near).or_else(|| all().next())
    };
    let Some(rank) = segment.rank else {
        return choose(None).map_or(Home::Opens(None), Home::Joins);
    };
    if let Some(index) = choose(Some(rank)) {
        return Home::Joins(index);
    }
    // "a quarter of an hour later": a time worked out, of something that names no place, is no other day's
    let first = || {
        let unplaced = settled(&segment.places, places).is_empty();
        let derived = segment.time.as_ref().is_none_or(|time| time.basis != Basis::Stated);
        (unplaced && derived).then(|| found.iter().position(Local::can_lead)).flatten()
    };
    let parent = choose(None).or_else(first);
    Home::Opens(parent.filter(|index| found.get(*index).is_some_and(|local| !local.container)))
}

/// Whether a segment can speak of the local incident.
fn joins(local: &Local, segment: &Segment, places: &BTreeMap<PlaceId, Place>) -> bool {
    segment.container == local.container
        && may_meet(segment.time.as_ref(), local.time.as_ref())
        && (compatible_places(&local.places, &segment.places, places) || same_day(segment.time.as_ref(), local))
}

/// Whether both are told of the same day, or the one of no day: one occurrence may have several places.
fn same_day(time: Option<&DateValue>, local: &Local) -> bool {
    match (time, &local.time) {
        (Some(a), Some(b)) => a.first_day() == b.first_day() && a.last_day() == b.last_day(),
        (None, _) => true,
        _ => false,
    }
}
