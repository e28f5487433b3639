//! Which claims of one document speak of one occurrence?
//!
//! The segments of the text ([`super::segment`]) are brought together to local incidents: one joins the incident of its
//! paragraph, else the first it fits, unless the text tells the two apart. What sums up several is a container, a "second
//! strike" a part of the first.

use super::ground::{compatible_places, differ, settled};
use super::scene::Scenery;
use super::segment::{Segment, apart, may_meet, segments, wholes};
use super::{Linked, context};
use rashomon_model::analysis::EventKind;
use rashomon_model::attribution::Flag;
use rashomon_model::claim::{Claim, CountRef, PropositionKind};
use rashomon_model::date::{Basis, DateValue, Precision};
use rashomon_model::id::{ClaimId, DocumentId, PlaceId};
use rashomon_model::place::Place;
use rashomon_model::span::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Days before publication from which an undated-present claim is background rather than the event reported
/// (round-ups of a week are still news; older matters are history). Starting value.
pub const BACKGROUND_DAYS: i32 = 8;

/// Days between the first and the last of a stretch given by its dates from which it is a window of several occurrences. Starting
/// value.
pub const WINDOW_DAYS: i32 = 4;

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

/// The occurrence an account leads with: the first, unless only this text of a folder names where it was and most texts name where
/// another was (a communiqué that begins with the day's other fronts).
pub(super) fn lead(own: &[Local], common: &Common<'_>) -> Option<usize> {
    let first = own.iter().position(Local::can_lead).or_else(|| own.iter().position(|local| !local.container))?;
    let alone = own.get(first).is_some_and(|local| common.texts(local) == Some(1));
    let other = || own.iter().position(|local| local.can_lead() && common.is_of_most(local));
    Some(if alone { other().unwrap_or(first) } else { first })
}

/// How many texts of a folder name each settlement; of a corpus nothing is said.
pub(super) struct Common<'a> {
    places: &'a BTreeMap<PlaceId, Place>,
    named: BTreeMap<&'a PlaceId, usize>,
    texts: usize,
}

impl<'a> Common<'a> {
    /// Of the texts of a folder; `None` of them for a corpus.
    pub(super) fn of(documents: &[Linked<'a>], places: &'a BTreeMap<PlaceId, Place>) -> Self {
        let mut named: BTreeMap<&PlaceId, usize> = BTreeMap::new();
        for doc in documents {
            let toponyms = doc.analysis.toponyms.iter().filter_map(|toponym| toponym.place.as_ref());
            for id in toponyms.map(|place| &place.id).collect::<BTreeSet<_>>() {
                *named.entry(id).or_default() += 1;
            }
        }
        Self { places, named, texts: documents.len() }
    }

    /// How many texts name a settlement the occurrence was at, the most named of them; `None` if none is said.
    fn texts(&self, local: &Local) -> Option<usize> {
        settled(&local.places, self.places).iter().filter_map(|place| self.named.get(&place.id).copied()).max()
    }

    fn is_of_most(&self, local: &Local) -> bool {
        self.texts(local).is_some_and(|texts| texts * 2 > self.texts)
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
                let first = segment.claims.first().and_then(|i| doc.claims.get(*i));
                let kind = first.and_then(|claim| claim.proposition.event).unwrap_or(EventKind::Harm);
                let mut local = Local::new(doc.document.id.clone(), kind, segment.container);
                local.rank = segment.rank.filter(|_| parent.is_some());
                local.part_of = parent.and_then(|i| found.get(i)).and_then(|of| of.claims.first().cloned());
                found.push(local);
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

/// What the account's opening says of an occurrence that its own words leave open.
struct Scene<'a> {
    places: &'a BTreeMap<PlaceId, Place>,
    /// The first scene of the opening.
    opening: Option<PlaceId>,
    published: Option<&'a DateValue>,
}

impl Scene<'_> {
    /// Whether what is told of elsewhere or of long ago is another occurrence than the one the account tells of without saying
    /// where or when.
    fn tells_apart(&self, local: &Local, own: &[&Segment], segment: &Segment) -> bool {
        if local.container || segment.container {
            return false;
        }
        let month = segment.time.as_ref().filter(|time| local.time.is_none() && time.precision == Precision::Month);
        let long_ago = month.zip(self.published).is_some_and(|(time, published)| {
            time.last_day().until(published.first_day()).is_ok_and(|gap| gap.get_days() > BACKGROUND_DAYS)
        });
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
enum Home {
    /// To a local incident there is.
    Joins(usize),
    /// To a new one, a part of the one named, if any.
    Opens(Option<usize>),
}

/// The local incident a segment belongs to. One that names the same settlement first, then the same paragraph, then the
/// occurrence the account leads with: an undated remark further down speaks of the news, not of whatever was mentioned last.
fn home(segment: &Segment, found: &[Local], members: &[Vec<&Segment>], at: &[(u32, usize)], scene: &Scene<'_>) -> Home {
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

/// Whether the claim tells of violence or harm, so that it can open an incident.
pub(super) fn is_core(claim: &Claim) -> bool {
    let p = &claim.proposition;
    let typed = matches!(
        p.kind,
        PropositionKind::Strike
            | PropositionKind::Casualties
            | PropositionKind::Target
            | PropositionKind::Responsibility
    );
    let counted = !p.count.is_empty();
    typed && (p.event.is_some_and(EventKind::is_violence) || counted) && !claim.flags.contains(&Flag::NotAsserted)
}

/// Whether the claim only makes sense beside an incident.
fn is_side(claim: &Claim) -> bool {
    matches!(
        claim.proposition.kind,
        PropositionKind::Presence
            | PropositionKind::Target
            | PropositionKind::Evidence
            | PropositionKind::Purpose
            | PropositionKind::Damage
            | PropositionKind::Responsibility
    )
}

/// Whether the claim is of a total or of history: cumulative, coarser than a week, or a stretch of days long before
/// publication. One day long ago is an occurrence like any other: trials and anniversaries tell of it.
pub(super) fn is_total(doc: &Linked<'_>, claim: &Claim, time: Option<&DateValue>) -> bool {
    let old = match (time, &doc.document.published) {
        (Some(time), Some(published)) if time.precision > Precision::Day => {
            time.last_day().until(published.first_day()).is_ok_and(|gap| gap.get_days() > BACKGROUND_DAYS)
        }
        _ => false,
    };
    // "1 to 15 June": a window said in so many days, unlike "last week", in which one occurrence may lie
    let window = time.is_some_and(|time| {
        let days = time.first_day().until(time.last_day()).map_or(0, |gap| gap.get_days());
        !time.loose && days >= WINDOW_DAYS
    });
    claim.flags.contains(&Flag::Cumulative) || time.is_some_and(|t| t.precision > Precision::Week) || old || window
}

/// Places of the claim, as far as the gazetteer knows them.
pub(super) fn place_ids(claim: &Claim) -> BTreeSet<PlaceId> {
    claim.proposition.place.iter().filter_map(|place| place.place.clone()).collect()
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

/// Claims of presence, evidence, purpose: to the incident whose claim stands nearest before, else after.
fn attach_around(doc: &Linked<'_>, found: &mut [Local], at: &[(u32, usize)]) {
    let occurrence: Vec<(u32, usize)> =
        at.iter().copied().filter(|(_, i)| found.get(*i).is_some_and(|local| !local.container)).collect();
    let block = |offset: u32| doc.document.block_at(offset).map(|block| block.span);
    let told: BTreeSet<Span> = occurrence.iter().filter_map(|(offset, _)| block(*offset)).collect();
    // what somebody says beside what is told, or in the paragraph behind it
    let beside = |claim: &Claim| {
        let blocks = &doc.document.blocks;
        let at = blocks.partition_point(|block| block.span.end <= claim.cover().start);
        // a figure there may be of anything
        let before = at.checked_sub(1).filter(|_| claim.proposition.count.is_empty());
        let near = [Some(at), before].into_iter().flatten().filter_map(|i| blocks.get(i));
        !claim.chain.is_empty() && near.into_iter().any(|block| told.contains(&block.span))
    };
    for claim in doc.claims.iter().filter(|claim| !is_core(claim) && (is_side(claim) || beside(claim))) {
        let start = claim.cover().start;
        let after = occurrence.partition_point(|(offset, _)| *offset <= start);
        let near = after.checked_sub(1).and_then(|i| occurrence.get(i)).or_else(|| occurrence.get(after));
        if let Some(local) = near.and_then(|(_, index)| found.get_mut(*index)) {
            local.claims.push(claim.id.clone());
        }
    }
    let order: BTreeMap<&ClaimId, usize> = doc.claims.iter().enumerate().map(|(i, c)| (&c.id, i)).collect();
    for local in found {
        local.claims.sort_by_key(|id| order.get(id).copied());
    }
}
