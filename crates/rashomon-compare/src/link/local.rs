//! Which claims of one document speak of one occurrence?
//!
//! The segments of the text ([`super::segment`]) are brought together to local incidents: one joins the incident of its
//! paragraph, else the first it fits, unless the text tells the two apart. What sums up several is a container, a "second
//! strike" a part of the first.

use super::around::attach_around;
use super::bearing::{is_core, place_ids};
use super::ground::{compatible_places, differ, settled};
use super::home::{Home, Scene, home};
use super::scene::Scenery;
use super::segment::{Segment, may_meet, segments, wholes};
use super::{Linked, context};
use rashomon_model::analysis::EventKind;
use rashomon_model::claim::{Claim, CountRef};
use rashomon_model::date::DateValue;
use rashomon_model::id::{ClaimId, DocumentId, PlaceId};
use rashomon_model::place::Place;
use std::collections::{BTreeMap, BTreeSet};

/// One occurrence as one document tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct Local {
    /// The document.
    pub document: DocumentId,
    /// Its claims of it, in text order.
    pub claims: Vec<ClaimId>,
    /// Kind of event most claims name.
    pub kind: EventKind,
    /// The day(s) said.
    pub time: Option<DateValue>,
    /// Whether the day was written for this occurrence rather than taken over from the document's main one.
    pub dated: bool,
    /// Places said.
    pub places: BTreeSet<PlaceId>,
    /// Party ids or names of actors said.
    pub actors: BTreeSet<String>,
    /// Counts said, as `outcome category interval`.
    pub counts: BTreeSet<String>,
    /// Means said, folded.
    pub means: BTreeSet<String>,
    /// A total or campaign, not one occurrence.
    pub container: bool,
    /// A sum over occurrences that the text tells apart; a container too.
    pub whole: bool,
    /// Place in a series of strikes, from 2; `None` for the first or only.
    pub rank: Option<u8>,
    /// A claim of the local incident of the same text it is a part of.
    pub part_of: Option<ClaimId>,
}

impl Local {
    /// One of which nothing is said yet.
    fn new(document: DocumentId, kind: EventKind, container: bool) -> Self {
        Self {
            document,
            claims: Vec::new(),
            kind,
            time: None,
            dated: false,
            places: BTreeSet::new(),
            actors: BTreeSet::new(),
            counts: BTreeSet::new(),
            means: BTreeSet::new(),
            container,
            whole: false,
            rank: None,
            part_of: None,
        }
    }

    /// Whether an account may lead with it: one occurrence, and no part of another.
    pub(super) fn can_lead(&self) -> bool {
        !self.container && self.rank.is_none()
    }
}

/// The local incidents of a document, in order of first claim; sums over several last.
///
/// `first`: places of the occurrence the account is known to be about, which is then told first.
pub(super) fn locals(
    doc: &Linked<'_>,
    places: &BTreeMap<PlaceId, Place>,
    first: Option<&BTreeSet<PlaceId>>,
) -> Vec<Local> {
    let scenery = Scenery::of(doc, places);
    let told = segments(&scenery);
    let whole = wholes(&told, places);
    let mut found: Vec<Local> = Vec::new();
    let mut members: Vec<Vec<&Segment>> = Vec::new();
    let mut at: Vec<(u32, usize)> = Vec::new(); // place in the text → local incident, in text order
    let mut sums: Vec<&Segment> = Vec::new();
    let scene = Scene { places, opening: context::opening(&scenery, true), published: doc.document.published.as_ref() };
    let mut order: Vec<(&Segment, bool)> = told.iter().zip(whole).collect();
    if let Some(first) = first {
        let about = |segment: &Segment| {
            !settled(&segment.places, places).is_empty() && compatible_places(&segment.places, first, places)
        };
        order.sort_by_key(|(segment, _)| !about(segment));
    }
    for (segment, whole) in order {
        if whole {
            sums.push(segment);
            continue;
        }
        let index = match home(segment, &found, &members, &at, &scene) {
            Home::Joins(index) => index,
            Home::Opens(parent) => {
                found.push(opened(doc, segment, parent.and_then(|i| found.get(i))));
                members.push(Vec::new());
                found.len() - 1
            }
        };
        take(doc, segment, index, &mut found, &mut at);
        if let Some(own) = members.get_mut(index) {
            own.push(segment);
        }
    }
    // what sums up several: one container for each stretch of days
    let parts = found.len();
    for segment in sums {
        let fits = |local: &Local| may_meet(local.time.as_ref(), segment.time.as_ref());
        let known = found.iter().skip(parts).position(fits).map(|i| i + parts);
        let index = known.unwrap_or_else(|| {
            let mut local = Local::new(doc.document.id.clone(), EventKind::Harm, true);
            local.whole = true;
            found.push(local);
            found.len() - 1
        });
        take(doc, segment, index, &mut found, &mut at);
    }
    at.sort_unstable();
    adopt(&mut found, parts, places);
    attach_around(doc, &mut found, &at);
    context::fill(&mut found, &scenery);
    found
}

/// A local incident that a segment opens, as a part of another if one is given.
fn opened(doc: &Linked<'_>, segment: &Segment, parent: Option<&Local>) -> Local {
    let first = segment.claims.first().and_then(|i| doc.claims.get(*i));
    let kind = first.and_then(|claim| claim.proposition.event).unwrap_or(EventKind::Harm);
    Local {
        rank: segment.rank.filter(|_| parent.is_some()),
        part_of: parent.and_then(|of| of.claims.first().cloned()),
        ..Local::new(doc.document.id.clone(), kind, segment.container)
    }
}

/// Adds a segment's claims to a local incident.
fn take(doc: &Linked<'_>, segment: &Segment, index: usize, found: &mut [Local], at: &mut Vec<(u32, usize)>) {
    let Some(local) = found.get_mut(index) else { return };
    for claim in segment.claims.iter().filter_map(|i| doc.claims.get(*i)) {
        if !segment.aside {
            at.push((claim.cover().start, index));
        }
        absorb(local, claim, claim.proposition.time.as_ref().map(|time| time.date.clone()), place_ids(claim));
    }
    local.places.extend(segment.places.iter().cloned());
}

/// Occurrences at the places and days of a sum are parts of it.
fn adopt(found: &mut [Local], parts: usize, places: &BTreeMap<PlaceId, Place>) {
    let wholes: Vec<Local> = found.iter().skip(parts).cloned().collect();
    for part in found.iter_mut().take(parts).filter(|part| part.part_of.is_none() && !part.container) {
        let within = |whole: &&Local| {
            may_meet(whole.time.as_ref(), part.time.as_ref())
                && !settled(&part.places, places).is_empty()
                && !differ(&whole.places, &part.places, places)
        };
        part.part_of = wholes.iter().find(within).and_then(|whole| whole.claims.first().cloned());
    }
}

/// Adds a claim to a local incident.
fn absorb(local: &mut Local, claim: &Claim, time: Option<DateValue>, named: BTreeSet<PlaceId>) {
    local.claims.push(claim.id.clone());
    local.places.extend(named);
    if let Some(kind) = claim.proposition.event
        && matches!(local.kind, EventKind::Harm | EventKind::Attack | EventKind::Damage)
    {
        local.kind = kind;
    }
    if let Some(time) = time {
        local.dated = true;
        if local.time.as_ref().is_none_or(|known| time.precision < known.precision) {
            local.time = Some(time);
        }
    }
    for party in claim.proposition.actor.all() {
        local
            .actors
            .insert(party.party.as_ref().map_or_else(|| party.name.to_lowercase(), |id| id.as_str().to_owned()));
    }
    let telling = |count: &&CountRef| count.cumulative.is_none() && count.count.is_exact() && count.count.min > 2;
    local
        .counts
        .extend(claim.proposition.count.iter().filter(telling).map(|c| format!("{} {} {}", c.of, c.category, c.count)));
    local.means.extend(claim.proposition.means.iter().map(|means| means.to_lowercase()));
}

/// A local incident of some of the claims of another: what they say themselves, and its day and places where they say none.
pub(super) fn rebuilt(whole: &Local, claims: Vec<ClaimId>, doc: &Linked<'_>) -> Local {
    let mut part = Local::new(whole.document.clone(), whole.kind, whole.container);
    (part.whole, part.rank, part.part_of) = (whole.whole, whole.rank, whole.part_of.clone());
    for claim in doc.claims.iter().filter(|claim| claims.contains(&claim.id) && is_core(claim)) {
        let time = claim.proposition.time.as_ref().map(|time| time.date.clone());
        absorb(&mut part, claim, time, place_ids(claim));
    }
    if part.time.is_none() {
        (part.time, part.dated) = (whole.time.clone(), whole.dated);
    }
    if part.places.is_empty() {
        part.places.clone_from(&whole.places);
    }
    part.claims = claims;
    part
}
