//! Which settlements does some text tell of as two occurrences, and when? What one text tells apart is two for the others too.

use super::Pairs;
use super::ground::{differ, settled};
use super::local::Local;
use rashomon_model::date::{DateTime, DateValue, Precision};
use rashomon_model::id::PlaceId;
use rashomon_model::place::Place;
use std::collections::{BTreeMap, BTreeSet};

/// Begin and end of a time.
type Stretch = (DateTime, DateTime);

fn stretch(time: &DateValue) -> Stretch {
    (time.start, time.end)
}

/// Pairs of settlements, lesser id first, with the times of each occurrence.
#[derive(Default)]
pub(super) struct ToldApart(BTreeMap<(PlaceId, PlaceId), BTreeSet<(Stretch, Stretch)>>);

impl ToldApart {
    /// What the texts tell apart, given all pairs of local incidents of one text. Of two days only in a folder, where no other
    /// text speaks for them, and only where the text says both: a day taken over from the context may be the wrong one, and in a
    /// corpus of thousands enough days are misread that this costs more than the days themselves already tell (pairwise F1 0.870
    /// to 0.856 on the incident corpus).
    pub(super) fn of(pairs: &Pairs, locals: &[Local], places: &BTreeMap<PlaceId, Place>, folder: bool) -> Self {
        let mut found = Self::default();
        for (a, b) in pairs {
            let (Some(x), Some(y)) = (locals.get(*a as usize), locals.get(*b as usize)) else { continue };
            let (Some(when), Some(other)) = (&x.time, &y.time) else { continue };
            if !x.can_lead() || !y.can_lead() || !differ(&x.places, &y.places, places) {
                continue;
            }
            let said = |local: &Local, time: &DateValue| local.dated && time.precision <= Precision::Day;
            if when.first_day() != other.first_day() && !(folder && said(x, when) && said(y, other)) {
                continue;
            }
            for p in settled(&x.places, places) {
                for q in settled(&y.places, places) {
                    let (pair, times) = ordered((p, when), (q, other));
                    found.0.entry(pair).or_default().insert(times);
                }
            }
        }
        found
    }

    /// Whether two tell of settlements that some text tells of as two occurrences, each of its time.
    pub(super) fn tells(&self, a: &Local, b: &Local, places: &BTreeMap<PlaceId, Place>) -> bool {
        let (Some(x), Some(y)) = (&a.time, &b.time) else { return false };
        if self.0.is_empty() {
            return false;
        }
        let (p, q) = (settled(&a.places, places), settled(&b.places, places));
        let meets = |a: Stretch, b: Stretch| a.0 < b.1 && b.0 < a.1;
        let told = |one: &Place, other: &Place| {
            let (pair, (low, high)) = ordered((one, x), (other, y));
            self.0.get(&pair).is_some_and(|times| times.iter().any(|(l, h)| meets(low, *l) && meets(high, *h)))
        };
        !p.is_empty()
            && !q.is_empty()
            && p.iter().all(|one| q.iter().all(|other| one.id != other.id && told(one, other)))
    }
}

/// Two settlements, the lesser id first, and the times in their order.
fn ordered(a: (&Place, &DateValue), b: (&Place, &DateValue)) -> ((PlaceId, PlaceId), (Stretch, Stretch)) {
    let (low, high) = if a.0.id < b.0.id { (a, b) } else { (b, a) };
    ((low.0.id.clone(), high.0.id.clone()), (stretch(low.1), stretch(high.1)))
}
