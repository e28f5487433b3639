//! Which local incidents are worth comparing at all? Keys; two that share no key are never looked at together.
//!
//! Keys (methods.md D): a day, or its neighbour, with a place or one that contains it; a day alone where no place is known;
//! a person; and pairs of rare words, which also finds one text inside another. A key that more than [`CROWD`] share says
//! nothing alone, so the number of comparisons grows with the number of local incidents, not with its square. In a folder of a few texts each is
//! compared with each.

use super::ground::{grain, has_fine_place};
use super::local::Local;
use super::sketch::{Sketch, Weigher, number};
use crate::hash::word as hash;
use rashomon_model::date::Precision;
use rashomon_model::id::PlaceId;
use rashomon_model::place::Place;
use std::collections::BTreeMap;

/// Local incidents that may share a key of day and place before it is too common to say anything (starting value: a day's
/// news of a large city).
pub(super) const CROWD: usize = 64;
/// The same for a rare word.
pub(super) const RARE: usize = 40;
/// A local incident's most telling words that serve as keys; two of them must be shared.
pub(super) const TELLING: usize = 14;

/// Local incidents up to which each is compared with each: in a folder that somebody put together on one event a pair left out
/// would speak against its clusters.
pub(super) const EACH: usize = 500;

/// Pairs to compare, as indices into the list given, smaller first, sorted.
pub(super) fn candidates(
    locals: &[Local],
    sketches: &[Sketch],
    weigher: &Weigher,
    places: &BTreeMap<PlaceId, Place>,
    folder: bool,
) -> Vec<(u32, u32)> {
    if folder && locals.len() <= EACH {
        let open: Vec<u32> = (0_u32..).zip(locals).filter(|(_, local)| !local.container).map(|(i, _)| i).collect();
        return open.iter().enumerate().flat_map(|(n, a)| open.iter().skip(n + 1).map(|b| (*a, *b))).collect();
    }
    let mut strong: Vec<(u64, u32)> = Vec::new();
    let mut rare: Vec<(u64, u32)> = Vec::new();
    for (index, (local, sketch)) in (0_u32..).zip(locals.iter().zip(sketches)).filter(|(_, (l, _))| !l.container) {
        strong.extend(where_and_when(local, places).into_iter().map(|key| (key, index)));
        strong.extend(sketch.people.iter().map(|person| (person.rotate_left(1), index)));
        rare.extend(telling(sketch, weigher).into_iter().map(|word| (word, index)));
    }
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    groups(&mut strong, CROWD, |a, b| pairs.push((a, b)));
    let mut sharing: Vec<(u32, u32)> = Vec::new();
    groups(&mut rare, RARE, |a, b| sharing.push((a, b)));
    sharing.sort_unstable();
    pairs.extend(sharing.chunk_by(|a, b| a == b).filter(|same| same.len() >= 2).filter_map(|same| same.first()));
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Calls `found` for every two that share a key which no more than `most` share.
fn groups(keyed: &mut Vec<(u64, u32)>, most: usize, mut found: impl FnMut(u32, u32)) {
    keyed.sort_unstable();
    keyed.dedup();
    for group in keyed.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() <= most) {
        for (i, (_, a)) in group.iter().enumerate() {
            for (_, b) in group.iter().skip(i + 1) {
                found(*a, *b);
            }
        }
    }
}

/// Keys of day and place.
fn where_and_when(local: &Local, places: &BTreeMap<PlaceId, Place>) -> Vec<u64> {
    let days: Vec<i64> = match &local.time {
        // a stretch longer than a week or so is no key
        Some(time) if time.precision <= Precision::Week => {
            (number(time.first_day())..=number(time.last_day()) + 1).take(12).collect()
        }
        _ => return Vec::new(),
    };
    let mut names: Vec<String> = Vec::new();
    for place in local.places.iter().filter_map(|id| places.get(id)) {
        let grain = grain(place);
        if grain < 4 {
            names.push(place.id.as_str().to_owned());
            // the divisions it lies in, but not the country
            let divisions = place.within_ids.len().saturating_sub(1);
            names.extend(place.within_ids.iter().take(divisions).map(|id| id.as_str().to_owned()));
        }
        if grain <= 1 {
            names.extend(cells(place.latitude, place.longitude));
        }
    }
    if !has_fine_place(&local.places, places) {
        names.push("anywhere".to_owned());
    }
    days.iter().flat_map(|day| names.iter().map(move |name| hash(&format!("{day} {name}")))).collect()
}

/// Cells of about 15 km a point lies in: two grids, the second shifted by half a cell both ways, so that points within seven
/// kilometres share one.
fn cells(latitude: f64, longitude: f64) -> [String; 2] {
    const SIDE: f64 = 0.135;
    let wide = SIDE / latitude.to_radians().cos().abs().max(0.05);
    let cell = |shift: f64| {
        format!("cell {shift} {:.0} {:.0}", (latitude / SIDE + shift).floor(), (longitude / wide + shift).floor())
    };
    [cell(0.0), cell(0.5)]
}

/// The rarest heavy words of a sketch that at least two texts have.
fn telling(sketch: &Sketch, weigher: &Weigher) -> Vec<u64> {
    let mut words: Vec<(u64, f32)> =
        sketch.terms.iter().copied().filter(|(word, _)| (2..=RARE).contains(&weigher.seen(*word))).collect();
    words.sort_by(|(a, x), (b, y)| y.total_cmp(x).then(a.cmp(b)));
    words.into_iter().take(TELLING).map(|(word, _)| word).collect()
}
