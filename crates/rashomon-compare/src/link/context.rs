//! Where and when was an occurrence of which its own words say neither? What the account around it says, and the whole of
//! which it is a part.
//!
//! ```text
//! no day      that of the account's largest occurrence whose places it can share, else the day its head names, else the days
//!             before publication
//! no place    the first scene of the account's opening
//! a part      where and when the whole was
//! ```

use super::Linked;
use super::bearing::BACKGROUND_DAYS;
use super::ground::{compatible_places, grain, has_fine_place};
use super::head::bare;
use super::local::Local;
use super::scene::{Scenery, starting_in};
use super::segment::may_meet;
use rashomon_model::Document;
use rashomon_model::date::{Basis, DateValue, Precision};
use rashomon_model::document::{Block, BlockKind};
use rashomon_model::id::PlaceId;
use rashomon_model::place::Place;
use rashomon_model::span::Span;
use std::collections::BTreeMap;

/// Completes the local incidents of a document.
pub(super) fn fill(found: &mut [Local], scenery: &Scenery<'_>) {
    fill_places(found, scenery);
    fill_days(found, scenery.doc, scenery.places);
    fill_parts(found);
}

/// Days before publication in which an undated occurrence is taken to lie: news without a day is of the day before, or of
/// the night; two days allow for a weekly's or a late copy's delay. Starting value.
const UNDATED_DAYS: i32 = 2;

/// An undated occurrence takes the day of the document's largest dated one whose places it can share, else the day its head names;
/// where the document dates only other occurrences, the days before publication; where it dates none, the first day it names.
fn fill_days(found: &mut [Local], doc: &Linked<'_>, places: &BTreeMap<PlaceId, Place>) {
    let mut dated: Vec<Local> = found.iter().filter(|local| local.dated && !local.container).cloned().collect();
    dated.sort_by_key(|local| (std::cmp::Reverse(local.claims.len()), local.claims.first().cloned()));
    let named = headed(doc).or_else(|| if dated.is_empty() { first_day_named(doc) } else { None });
    for local in found.iter_mut().filter(|local| local.time.is_none() && !local.container) {
        let shared = dated.iter().find(|other| compatible_places(&local.places, &other.places, places));
        local.time = match shared {
            Some(other) => other.time.clone(),
            None => named.clone().or_else(|| before_publication(doc)),
        };
    }
}

/// Most words of a line of an account's head. Starting value.
const HEAD: usize = 16;

/// The day that a line of the account's head names beside a place ("Note 4: Orvel, 7 June 2047"): what the account is about, unless
/// the line says where and when it was written.
pub(super) fn headed(doc: &Linked<'_>) -> Option<DateValue> {
    let document = doc.document;
    document.blocks.iter().take(LEAD_BLOCKS).filter(|block| is_head(document, block)).find_map(|block| {
        starting_in(&doc.analysis.toponyms, |toponym| toponym.span, block.span).first()?;
        let inside = starting_in(&doc.analysis.times, |time| time.span, block.span).iter();
        let day = inside.filter_map(|time| time.date.clone()).find(|date| date.precision <= Precision::Day)?;
        let before = |published: &DateValue| {
            let gap = day.last_day().until(published.last_day());
            gap.is_ok_and(|gap| (0..=HEADED_DAYS).contains(&gap.get_days()))
        };
        let meant = about(doc, block.span) && document.published.as_ref().is_none_or(before);
        meant.then_some(day)
    })
}

/// Most days from a day in the head to publication; one longer ago is an anniversary's. Starting value.
const HEADED_DAYS: i32 = 366;

/// Whether a line of the head names an act of violence, or behind its label nothing but place and day.
fn about(doc: &Linked<'_>, block: Span) -> bool {
    let mut events = starting_in(&doc.analysis.events, |event| event.span, block).iter();
    let act = events.any(|event| event.kind.is_violence());
    let label = doc.document.slice(block).rfind(": ").and_then(|at| u32::try_from(at + 2).ok()).unwrap_or(0);
    act || bare(doc, Span::new(block.start + label, block.end))
}

/// Whether a block is a line of the head that tells what the account is about: a title or a short line without a stop, which does not
/// date it.
pub(super) fn is_head(document: &Document, block: &Block) -> bool {
    let text = document.slice(block.span).trim_end();
    let titled = matches!(block.kind, BlockKind::Headline | BlockKind::Standfirst | BlockKind::Paragraph);
    let signed = document.published_anchor.is_some_and(|anchor| anchor.overlaps(block.span));
    let short = || text.split_whitespace().take(HEAD + 1).count() <= HEAD;
    titled && !signed && !text.ends_with(['.', '!', '?', ';', ':']) && short()
}

/// The first day the account names that lies in the week before publication or on its day: what an account tells without
/// saying when, it tells of that day.
fn first_day_named(doc: &Linked<'_>) -> Option<DateValue> {
    let published = doc.document.published.as_ref()?;
    let skipped = |span: Span| {
        let kind = doc.document.block_at(span.start).map(|block| block.kind);
        doc.document.published_anchor.is_some_and(|anchor| anchor.overlaps(span))
            || matches!(kind, Some(BlockKind::Byline | BlockKind::Dateline))
    };
    doc.analysis
        .times
        .iter()
        .filter(|time| !skipped(time.span))
        .filter_map(|time| time.date.as_ref())
        .filter(|date| date.precision <= Precision::Day && date.first_day() <= published.last_day())
        .find(|date| {
            let gap = date.first_day().until(published.first_day());
            gap.is_ok_and(|gap| gap.get_days() <= BACKGROUND_DAYS)
        })
        .cloned()
}

/// Blocks from the top of an account whose first place an occurrence without a place of its own is taken to be at.
const LEAD_BLOCKS: usize = 4;

/// The first place finer than a country that the account's opening names as a scene; if `told`, in so many words.
pub(super) fn opening(scenery: &Scenery<'_>, told: bool) -> Option<PlaceId> {
    let (doc, places) = (scenery.doc, scenery.places);
    let end = doc.document.blocks.get(LEAD_BLOCKS).map_or(u32::MAX, |block| block.span.start);
    doc.analysis
        .toponyms
        .iter()
        .take_while(|toponym| toponym.span.start < end)
        .filter(|toponym| if told { scenery.is_lead_scene(toponym) } else { scenery.is_opening_scene(toponym) })
        .filter_map(|toponym| toponym.place.as_ref())
        .find(|place| places.get(&place.id).is_some_and(|known| grain(known) < 4))
        .map(|place| place.id.clone())
}

/// An occurrence without a place finer than a country takes the first such place of the account's opening.
fn fill_places(found: &mut [Local], scenery: &Scenery<'_>) {
    let places = scenery.places;
    let Some(lead) = opening(scenery, false) else { return };
    for local in found.iter_mut().filter(|local| !local.container && !has_fine_place(&local.places, places)) {
        local.places.insert(lead.clone());
    }
}

/// The days up to publication in which undated news lies.
fn before_publication(doc: &Linked<'_>) -> Option<DateValue> {
    let published = doc.document.published.as_ref()?;
    let first = published.first_day().checked_sub(jiff::Span::new().days(UNDATED_DAYS)).ok()?;
    Some(DateValue {
        start: first.at(0, 0, 0, 0),
        precision: Precision::Week,
        basis: Basis::Derived,
        rests_on: None,
        loose: true,
        ..published.clone()
    })
}

/// A part of another occurrence lies where and on the day it does, unless the text says otherwise.
fn fill_parts(found: &mut [Local]) {
    let known = found.to_vec();
    for part in found.iter_mut().filter(|local| local.rank.is_some()) {
        let holds = |local: &&Local| part.part_of.as_ref().is_some_and(|claim| local.claims.contains(claim));
        let Some(of) = known.iter().find(holds) else { continue };
        part.places.extend(of.places.iter().cloned());
        if !part.dated || !may_meet(part.time.as_ref(), of.time.as_ref()) {
            (part.time, part.dated) = (of.time.clone(), of.dated);
        }
    }
}
