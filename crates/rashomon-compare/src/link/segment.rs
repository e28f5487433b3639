//! Which stretch of a text tells of one scene? Runs of claims, and which of them one text tells apart.
//!
//! A [`Segment`] is a run of claims of one paragraph that name no two places or days. A text tells two segments *apart* if
//! their times do not meet, or if they name different settlements and each has a toll of its own (methods.md D: "Orvel and
//! Kesta each with tolls in one text": two), or a toll or an attack of its own where the settlements are not near each other. A segment
//! whose figure sums up what is told apart is a *whole*, no occurrence. A "second strike" is told apart from the first, but as a
//! part of it.
//!
//! ```text
//! Bombs fell on Orvel and Kesta, killing 19.      whole: names both, and 19 is more than either's
//! In Orvel 13 died.                               one
//! Two rescuers were killed in a second strike.    two, part of one
//! In Kesta six people were killed.                three
//! ```

use super::bearing::{is_core, is_total};
use super::ground::{compatible_places, differ, settled};
use super::head::{Head, heads};
use super::scene::Scenery;
use crate::relate::place::inside;
use rashomon_model::analysis::EventKind;
use rashomon_model::claim::{Claim, CountRef};
use rashomon_model::date::DateValue;
use rashomon_model::id::PlaceId;
use rashomon_model::place::Place;
use rashomon_model::quantity::{Category, Outcome};
use rashomon_model::span::Span;
use std::collections::{BTreeMap, BTreeSet};

/// A run of claims of one scene.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Segment {
    /// Claims, as indices into those of the document.
    pub(super) claims: Vec<usize>,
    /// Paragraph.
    pub(super) block: Option<Span>,
    /// The most exact time said.
    pub(super) time: Option<DateValue>,
    /// All places said.
    pub(super) places: BTreeSet<PlaceId>,
    /// Highest figure of people killed said of all of them; `None` without one.
    pub(super) killed: Option<u64>,
    /// It counts people harmed.
    pub(super) toll: bool,
    /// It has a word for an attack of its own.
    pub(super) act: bool,
    /// A disaster did the harm, nobody else.
    pub(super) disaster: bool,
    /// A total over a wider window.
    pub(super) container: bool,
    /// Place in a series of strikes ("a second strike"), from 2; `None` for the first or only.
    pub(super) rank: Option<u8>,
    /// It names two places as one row ("in Orvel and Kesta").
    pub(super) row: bool,
    /// It only says of somebody named what happened to him before: what follows does not go on with it.
    pub(super) aside: bool,
}

/// Segments of the document's claims of violence, in text order.
pub(super) fn segments(scenery: &Scenery<'_>) -> Vec<Segment> {
    let (doc, places) = (scenery.doc, scenery.places);
    let mut found: Vec<Segment> = Vec::new();
    let heads = heads(doc, places);
    let since = scenery.days_since(is_core);
    for (index, claim) in doc.claims.iter().enumerate().filter(|(_, claim)| is_core(claim)) {
        let mut next = of_claim(scenery, index, claim);
        if let Some(day) =
            since.as_ref().filter(|_| next.container).filter(|day| scenery.since(claim).as_ref() == Some(day))
        {
            (next.container, next.time) = (false, Some((*day).clone()));
        }
        if let Some(head) = next.block.and_then(|block| heads.get(&block)) {
            next.under(head, places);
        }
        match found.last_mut().filter(|last| continues(last, &next, places)) {
            Some(last) => last.take(next),
            None => found.push(next),
        }
    }
    found
}

impl Segment {
    /// What its words leave open is the section's.
    fn under(&mut self, head: &Head, places: &BTreeMap<PlaceId, Place>) {
        if settled(&self.places, places).is_empty() {
            self.places.insert(head.place.clone());
        }
        if self.time.is_none() && !self.container {
            self.time.clone_from(&head.time);
        }
    }

    /// Adds what follows.
    fn take(&mut self, next: Segment) {
        self.claims.extend(next.claims);
        self.places.extend(next.places);
        if let Some(time) = next.time
            && self.time.as_ref().is_none_or(|known| time.precision < known.precision)
        {
            self.time = Some(time);
        }
        self.killed = self.killed.max(next.killed);
        self.toll |= next.toll;
        self.act |= next.act;
        self.row |= next.row;
        self.aside &= next.aside;
    }
}

/// One claim as a segment.
fn of_claim(scenery: &Scenery<'_>, index: usize, claim: &Claim) -> Segment {
    let doc = scenery.doc;
    let said = claim.proposition.time.as_ref().map(|time| time.date.clone());
    let time = said
        .or_else(|| scenery.topic_day(claim))
        .or_else(|| scenery.occasion_day(claim))
        .or_else(|| scenery.pointed_time(claim));
    let start = claim.cover().start;
    let (scene, row) = scenery.scene(claim);
    // nobody was killed at a place that is named: a toll of its own
    let named = !settled(&scene, scenery.places).is_empty();
    let figures = || claim.proposition.count.iter().filter(|count| !count.part && (count.count.min > 0 || named));
    let people = |count: &&CountRef| count.category != Category::Objects;
    let toll = |count: &&CountRef| {
        people(count)
            && matches!(
                count.of,
                Outcome::Killed
                    | Outcome::Injured
                    | Outcome::Casualties
                    | Outcome::Missing
                    | Outcome::Abducted
                    | Outcome::Arrested
            )
    };
    let total = is_total(doc, claim, time.as_ref()) && !scenery.is_of_month(claim, time.as_ref(), &scene);
    Segment {
        claims: vec![index],
        block: doc.document.block_at(start).map(|block| block.span),
        container: total || scenery.is_sum(claim),
        places: scene,
        killed: figures().filter(people).filter(|count| count.of == Outcome::Killed).map(|c| c.count.min).max(),
        toll: figures().any(|count| toll(&count)),
        act: claim.proposition.event.is_some_and(EventKind::is_act),
        disaster: scenery.is_disaster(claim),
        rank: scenery.rank(claim),
        aside: scenery.is_aside(claim),
        time,
        row,
    }
}

/// Whether a claim goes on with the scene.
fn continues(last: &Segment, next: &Segment, places: &BTreeMap<PlaceId, Place>) -> bool {
    last.block.is_some()
        && last.block == next.block
        && last.aside == next.aside
        && last.disaster == next.disaster
        && last.container == next.container
        && (next.rank.is_none() || next.rank == last.rank)
        && (last.row == next.row || settled(&next.places, places).is_empty())
        && may_meet(last.time.as_ref(), next.time.as_ref())
        && !differ(&last.places, &next.places, places)
}

/// Whether two stretches of time meet.
pub(super) fn meet(a: &DateValue, b: &DateValue) -> bool {
    a.start < b.end && b.start < a.end
}

/// Whether two occurrences may be of one time: their stretches meet, or of one nothing is said.
pub(super) fn may_meet(a: Option<&DateValue>, b: Option<&DateValue>) -> bool {
    a.zip(b).is_none_or(|(a, b)| meet(a, b))
}

/// Whether the text tells the two as two occurrences.
pub(super) fn apart(a: &Segment, b: &Segment, places: &BTreeMap<PlaceId, Place>) -> bool {
    let times = !may_meet(a.time.as_ref(), b.time.as_ref());
    let told = |segment: &Segment| segment.toll || segment.act;
    let own = a.toll && b.toll || told(a) && told(b) && !compatible_places(&a.places, &b.places, places);
    // "the slide cost 37 lives" in a text of a shooting
    let disaster = a.disaster != b.disaster && told(a) && told(b);
    times || disaster || own && differ(&a.places, &b.places, places)
}

/// Which segments are sums over segments told apart: they name the places of two, or an area that holds them and give more
/// dead than any; or name no one place and give exactly what those told apart come to.
pub(super) fn wholes(found: &[Segment], places: &BTreeMap<PlaceId, Place>) -> Vec<bool> {
    let placed = |segment: &Segment| !segment.row && !segment.container && !settled(&segment.places, places).is_empty();
    let parts: Vec<&Segment> = found
        .iter()
        .filter(|a| placed(a))
        .filter(|a| found.iter().any(|b| placed(b) && differ(&a.places, &b.places, places) && apart(a, b, places)))
        .collect();
    // the toll of each place told apart, once
    let mut dead: BTreeMap<Vec<&str>, u64> = BTreeMap::new();
    for part in parts.iter().filter(|part| part.rank.is_none()) {
        let key = settled(&part.places, places).iter().map(|place| place.id.as_str()).collect();
        let known: &mut u64 = dead.entry(key).or_default();
        *known = (*known).max(part.killed.unwrap_or(0));
    }
    let known: Vec<u64> = dead.into_values().filter(|n| *n > 0).collect();
    let (most, sum) = (known.iter().copied().max().unwrap_or(0), known.iter().sum::<u64>());
    found
        .iter()
        .map(|segment| {
            if segment.container || segment.rank.is_some() || parts.len() < 2 {
                return false;
            }
            let own = settled(&segment.places, places);
            let covers = |part: &&&Segment| {
                let theirs = settled(&part.places, places);
                theirs.iter().any(|p| own.iter().any(|q| q.id == p.id))
            };
            if segment.row {
                // of two places or more that are told apart elsewhere in the text
                let met: Vec<&&Segment> = parts.iter().filter(covers).collect();
                return met.iter().any(|a| met.iter().any(|b| differ(&a.places, &b.places, places)));
            }
            let Some(killed) = segment.killed.filter(|_| own.is_empty() && known.len() >= 2) else { return false };
            let area = segment.places.iter().filter_map(|id| places.get(id)).any(|area| {
                area.kind != "country"
                    && parts.iter().all(|p| settled(&p.places, places).iter().all(|q| inside(q, area)))
            });
            killed == sum || area && killed > most
        })
        .collect()
}
