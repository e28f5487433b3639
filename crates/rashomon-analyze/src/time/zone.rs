//! Which offset from UTC has a clock time? From the zone written behind it, from the same moment told in another zone, or from
//! the place it is told of.
//!
//! "10:30 (0730 GMT)" gives the offset by itself; "10:30 local time" in a sentence about one town takes the rules of that
//! town's zone for that day (IANA database as bundled by `jiff`; the system's is never asked). A zone that several places of
//! the sentence would answer differently is left open, and so is a clock time no place stands beside.

use super::lexicon::Zone;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone, TimeZoneDatabase};
use rashomon_model::Document;
use rashomon_model::analysis::{Sentence, TimeExpression};
use rashomon_model::date::{DateValue, Precision};
use rashomon_model::document::BlockKind;
use rashomon_model::place::Toponym;
use rashomon_model::resources::Places;
use rashomon_model::span::Span;
use std::sync::LazyLock;

/// The rules bundled with the binary.
static RULES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// Minutes east of UTC of a zone at a civil time; `None` for an hour that the clocks skip or tell twice.
pub(super) fn offset(zone: &Zone, at: DateTime) -> Option<i16> {
    match zone {
        Zone::Fixed(minutes) => Some(*minutes),
        Zone::Named(name) => civil(&RULES.get(name).ok()?, at),
    }
}

/// Minutes of a zone's offset at a civil time.
fn civil(zone: &TimeZone, at: DateTime) -> Option<i16> {
    match zone.to_ambiguous_timestamp(at).offset() {
        AmbiguousOffset::Unambiguous { offset } => i16::try_from(offset.seconds() / 60).ok(),
        _ => None,
    }
}

/// Whether the value is a clock time, which alone has an offset.
fn clock(date: &DateValue) -> bool {
    matches!(date.precision, Precision::Minute | Precision::Hour)
}

/// The offset of a clock that stands `ahead` minutes before one of a known offset, the day left open: within half a day of UTC,
/// in quarters of an hour.
pub(super) fn between(known: i16, ahead: i32) -> Option<i16> {
    let found = (i32::from(known) + ahead + 12 * 60 - 1).rem_euclid(24 * 60) - (12 * 60 - 1);
    if found % 15 == 0 { i16::try_from(found).ok() } else { None }
}

/// "10:30 (0730 GMT)", "0730 GMT (10:30 local time)": one moment by two clocks; the offset of the one tells that of the other.
pub(super) fn pair(times: &mut [TimeExpression], text: &str) {
    for i in 1..times.len() {
        let (head, tail) = times.split_at_mut(i);
        let (Some(first), Some(second)) = (head.last_mut(), tail.first_mut()) else { continue };
        if Span::new(first.span.end.min(second.span.start), second.span.start).of(text).trim() != "(" {
            continue;
        }
        let (Some(a), Some(b)) = (&mut first.date, &mut second.date) else { continue };
        if !clock(a) || !clock(b) {
            continue;
        }
        let minutes = |d: &DateValue| i32::from(d.start.hour()) * 60 + i32::from(d.start.minute());
        // The known zone's clock is behind the other by the other's offset, within a day.
        let (known, told) = match (a.offset, b.offset) {
            (None, Some(known)) => (known, minutes(a) - minutes(b)),
            (Some(known), None) => (known, minutes(b) - minutes(a)),
            _ => continue,
        };
        let Some(found) = between(known, told) else { continue };
        let why = "; the same moment by two clocks";
        if a.offset.is_none() {
            a.offset = Some(found);
            a.local = true;
            first.why.push_str(why);
            // a bracket names no day of its own
            let told = a.told_at(known);
            b.start = told.start;
            b.end = told.end;
        } else {
            b.offset = Some(found);
            b.local = true;
            second.why.push_str(why);
            let told = a.told_at(found);
            b.start = told.start;
            b.end = told.end;
        }
    }
}

/// Gives clock times the offset of the place they are told of, and tells those of another zone by the clocks of that place.
///
/// `toponyms` and `sentences` are those of the document, sorted. Times that have no date, or no place beside them, stay.
pub fn place(
    times: &mut [TimeExpression],
    doc: &Document,
    sentences: &[Sentence],
    toponyms: &[Toponym],
    places: &dyn Places,
) {
    let timed = |t: &TimeExpression| t.date.as_ref().is_some_and(clock);
    if !times.iter().any(timed) {
        return;
    }
    let zones: Vec<Kept> = toponyms.iter().map(|toponym| kept(doc, toponym, places)).collect();
    let whole = only(&zones);
    for time in times.iter_mut() {
        let Some(date) = time.date.as_ref().filter(|date| clock(date)) else { continue };
        let at = sentences.partition_point(|s| s.span.end <= time.span.start);
        let sentence = sentences.get(at).map(|s| s.span).filter(|span| span.overlaps(time.span));
        let block = doc.block_at(time.span.start).map(|block| block.span);
        let wider = |told: Told, span: Option<Span>| match (told, span) {
            (Told::Nothing, Some(span)) => read(toponyms, &zones, span, date),
            (told, _) => told,
        };
        let near = wider(wider(Told::Nothing, sentence), block);
        let found = match (named(toponyms, &zones, time.span, &doc.text, date), near, whole) {
            (Some(named), ..) => Some(named),
            (None, Told::Offset(offset, why), _) => Some((offset, why)),
            (None, Told::Nothing, Some((zone, why))) => at_place(zone, date).map(|offset| (offset, why.clone())),
            (None, Told::Nothing | Told::Unclear, _) => None,
        };
        let Some((offset, why)) = found else { continue };
        let moved = match date.offset {
            Some(own) if own == offset => continue,
            Some(_) => {
                time.why.push_str(&format!("; told by the clocks of {why}"));
                date.told_at(offset)
            }
            None => {
                time.why.push_str(&format!("; by {why}"));
                DateValue { offset: Some(offset), ..date.clone() }
            }
        };
        time.date = Some(moved);
    }
}

/// What clocks a place named keeps.
enum Kept {
    /// The zone, with its name and the place's.
    Zone(TimeZone, String),
    /// A spot of which the zone is not known: what stands beside it stays open.
    Unknown,
    /// Not asked: not resolved, a dateline, or so wide that it has several.
    Unasked,
}

/// The clocks of a toponym.
fn kept(doc: &Document, toponym: &Toponym, places: &dyn Places) -> Kept {
    let Some(place) = toponym.place.as_ref().filter(|_| !dateline(doc, toponym.span)) else { return Kept::Unasked };
    let zone = places.zone(place).and_then(|name| Some((RULES.get(&name).ok()?, name)));
    match zone {
        Some((zone, name)) => Kept::Zone(zone, format!("{name}, the zone of {}", place.name)),
        None if place.is_area() || place.kind == "continent" => Kept::Unasked,
        None => Kept::Unknown,
    }
}

/// What the places of a stretch of text say of the clocks.
enum Told {
    /// All keep this offset; the zone of the first.
    Offset(i16, String),
    /// They differ, or one is not known.
    Unclear,
    /// There is none.
    Nothing,
}

/// Whether a place stands in a dateline: where the report was written, not where it happened.
fn dateline(doc: &Document, span: Span) -> bool {
    let Some(block) = doc.block_at(span.start) else { return false };
    if matches!(block.kind, BlockKind::Dateline | BlockKind::Byline) {
        return true;
    }
    let opening = span.start == block.span.start && span.of(&doc.text).chars().all(|c| !c.is_lowercase());
    opening && span.of(&doc.text).chars().any(char::is_uppercase)
}

/// "10:30 Telmark time": the place right behind the clock time.
fn named(toponyms: &[Toponym], zones: &[Kept], span: Span, text: &str, date: &DateValue) -> Option<(i16, String)> {
    let at = toponyms.partition_point(|t| t.span.start < span.end);
    let toponym = toponyms.get(at)?;
    let gap = text.get(span.end as usize..toponym.span.start as usize)?;
    let after = text.get(toponym.span.end as usize..)?;
    let Kept::Zone(zone, why) = zones.get(at)? else { return None };
    (gap == " " && after.trim_start().starts_with("time")).then(|| at_place(zone, date).map(|o| (o, why.clone())))?
}

/// The zone of all places of the document, if they have but one and none is of an unknown zone.
fn only(zones: &[Kept]) -> Option<(&TimeZone, &String)> {
    let mut found: Option<(&TimeZone, &String)> = None;
    for kept in zones {
        match (kept, found) {
            (Kept::Unknown, _) => return None,
            (Kept::Zone(zone, _), Some((known, _))) if zone != known => return None,
            (Kept::Zone(zone, why), None) => found = Some((zone, why)),
            _ => {}
        }
    }
    found
}

/// Most places of a sentence or paragraph looked at: one with more is a list, told of no place.
const PLACES: usize = 40;

/// What the places of a stretch of text say of a clock time.
fn read(toponyms: &[Toponym], zones: &[Kept], span: Span, date: &DateValue) -> Told {
    let from = toponyms.partition_point(|t| t.span.start < span.start);
    let mut found = Told::Nothing;
    for (n, (toponym, kept)) in toponyms.iter().zip(zones).skip(from).enumerate() {
        if toponym.span.start >= span.end {
            break;
        }
        let (zone, why) = match kept {
            Kept::Zone(zone, why) => (zone, why),
            Kept::Unknown => return Told::Unclear,
            Kept::Unasked => continue,
        };
        let Some(offset) = at_place(zone, date).filter(|_| n < PLACES) else { return Told::Unclear };
        match &found {
            Told::Offset(known, _) if *known != offset => return Told::Unclear,
            Told::Offset(..) => {}
            _ => found = Told::Offset(offset, why.clone()),
        }
    }
    found
}

/// The offset of a zone at a time that may be told by other clocks.
fn at_place(zone: &TimeZone, date: &DateValue) -> Option<i16> {
    match date.offset {
        None => civil(zone, date.start),
        Some(own) => {
            let moment = Offset::from_seconds(i32::from(own) * 60).ok()?.to_timestamp(date.start).ok()?;
            i16::try_from(zone.to_offset(moment).seconds() / 60).ok()
        }
    }
}
