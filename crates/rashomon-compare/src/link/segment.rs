//! Which stretch of a text tells of one scene? Runs of claims, and which of them one text tells apart.
//!
//! A [`Segment`] is a run of claims of one paragraph that name no two places or days. A text tells two segments *apart* if
//! their times do not meet, or if they name different settlements and each has a toll of its own (methods.md D: "Orvel and
//! Kesta each with tolls in one text": two), or an attack of its own where the settlements are not near each other. A segment whose figure sums up what is told apart is a *whole*, no occurrence. A
//! "second strike" is told apart from the first, but as a part of it.
//!
//! ```text
//! Bombs fell on Orvel and Kesta, killing 19.      whole: names both, and 19 is more than either's
//! In Orvel 13 died.                               one
//! Two rescuers were killed in a second strike.    two, part of one
//! In Kesta six people were killed.                three
//! ```

use super::Linked;
use super::head::{Head, heads};
use super::local::{is_core, is_told_of, is_total, place_ids};
use super::pair::{compatible_places, grain, within};
use crate::relate::place::STRETCHED;
use rashomon_model::analysis::EventKind;
use rashomon_model::claim::{Claim, CountRef};
use rashomon_model::date::{DateValue, Precision};
use rashomon_model::id::PlaceId;
use rashomon_model::place::Place;
use rashomon_model::quantity::{Category, Outcome};
use rashomon_model::span::Span;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Words before an event's word by which it is one of a series, with its number in it.
const SERIES: &[(&str, u8)] = &[("second", 2), ("2nd", 2), ("third", 3), ("3rd", 3), ("fourth", 4), ("4th", 4)];

/// Words after an event's word by which its series runs over days or places: no part of the occurrence told before.
const SPREAD: &[&str] = &["in", "since", "this", "within", "for", "of", "on"];

/// Characters behind an event's word looked at for "on the same".
const SAME_REACH: usize = 24;

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
pub(super) fn segments(doc: &Linked<'_>, places: &BTreeMap<PlaceId, Place>) -> Vec<Segment> {
    let mut found: Vec<Segment> = Vec::new();
    let heads = heads(doc, places);
    for (index, claim) in doc.claims.iter().enumerate().filter(|(_, claim)| is_core(claim)) {
        let mut next = of_claim(doc, index, claim, places);
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
fn of_claim(doc: &Linked<'_>, index: usize, claim: &Claim, places: &BTreeMap<PlaceId, Place>) -> Segment {
    let said = claim.proposition.time.as_ref().map(|time| time.date.clone());
    let time = said.or_else(|| topic_day(doc, claim));
    let start = claim.cover().start;
    let figures = || claim.proposition.count.iter().filter(|count| !count.part && count.count.min > 0);
    let people = |count: &&CountRef| count.category != Category::Objects;
    let toll = |count: &&CountRef| {
        people(count)
            && matches!(
                count.of,
                Outcome::Killed | Outcome::Injured | Outcome::Casualties | Outcome::Missing | Outcome::Abducted
            )
    };
    let (scene, row) = scene(doc, claim, places);
    Segment {
        claims: vec![index],
        block: doc.document.block_at(start).map(|block| block.span),
        container: is_total(doc, claim, time.as_ref()),
        places: scene,
        killed: figures().filter(people).filter(|count| count.of == Outcome::Killed).map(|c| c.count.min).max(),
        toll: figures().any(|count| toll(&count)),
        act: claim.proposition.event.is_some_and(is_act),
        rank: rank(doc, claim),
        aside: is_aside(doc, claim),
        time,
        row,
    }
}

/// "… to bury Ilo Marant, a student shot in Kesta on Friday": the event stands in an apposition to a name, as a participle.
fn is_aside(doc: &Linked<'_>, claim: &Claim) -> bool {
    let inside = |span: Span| claim.anchors.iter().any(|anchor| anchor.contains(span));
    let mut events =
        doc.analysis.events.iter().filter(|event| event.kind.is_violence() && !event.unreal && inside(event.span));
    let (Some(event), None) = (events.next(), events.next()) else { return false };
    let text = &doc.document.text;
    let start = doc.analysis.sentences.partition_point(|sentence| sentence.span.end <= event.span.start);
    let Some(sentence) = doc.analysis.sentences.get(start) else { return false };
    let before = Span::new(sentence.span.start.min(event.span.start), event.span.start).of(text);
    let Some((name, noun)) = before.rsplit_once(", ") else { return false };
    let named = name.rsplit(' ').next().is_some_and(|word| word.starts_with(char::is_uppercase)) && name.contains(' ');
    let words: Vec<&str> = noun.split_whitespace().collect();
    let apposed = matches!(words.as_slice(), ["a" | "an" | "the", rest @ ..] if (1..=4).contains(&rest.len()));
    let after = Span::new(event.span.end.min(sentence.span.end), sentence.span.end).of(text);
    let passive =
        matches!(after.split_whitespace().next(), Some("in" | "at" | "on" | "by" | "near" | "during" | "last"));
    named && apposed && passive
}

/// Places a claim tells of, and whether it tells of several as one: those read as its place, else those its words name as a
/// scene. A figure of several places named apart ("eleven in Orvel and six in Kesta") is of the one named next after it.
fn scene(doc: &Linked<'_>, claim: &Claim, places: &BTreeMap<PlaceId, Place>) -> (BTreeSet<PlaceId>, bool) {
    let inside = |span: Span| claim.anchors.iter().any(|anchor| anchor.contains(span));
    let fine = |id: &PlaceId| places.get(id).is_some_and(|place| grain(place) <= 1);
    let mut read = place_ids(claim);
    // a claim read to be at some place was not read to be at the others it names: a hospital's town, where something was bound
    if read.is_empty() {
        let toponyms = doc.analysis.toponyms.iter().filter(|toponym| inside(toponym.span) && is_told_of(doc, toponym));
        read.extend(toponyms.filter_map(|toponym| toponym.place.as_ref()).map(|place| place.id.clone()));
    }
    if !read.iter().any(fine) {
        read.extend(opening(doc, claim).into_iter().filter(fine));
    }
    let named: Vec<(Span, &PlaceId)> = doc
        .analysis
        .toponyms
        .iter()
        .filter(|toponym| inside(toponym.span))
        .filter_map(|toponym| Some((toponym.span, &toponym.place.as_ref()?.id)))
        .filter(|(_, id)| fine(id) && read.contains(*id))
        .collect();
    let several = named.windows(2).filter_map(|two| if let [a, b] = two { Some((a, b)) } else { None });
    let mut row = false;
    for (a, b) in several.filter(|(a, b)| a.1 != b.1) {
        let between = doc.document.slice(Span::new(a.0.end.min(b.0.start), b.0.start));
        if is_row(between) {
            row = true;
            continue;
        }
        let figure = claim.proposition.count.iter().map(|count| count.span.start).min().unwrap_or(0);
        let meant = named.iter().find(|(span, _)| span.start >= figure).map_or(a.1, |(_, id)| *id);
        let only = read.iter().filter(|id| !fine(id) || *id == meant).cloned().collect();
        return (only, false);
    }
    (read, row)
}

/// Bytes from the start of a sentence within which a place says what the sentence is about.
const OPENING: u32 = 32;

/// The shipped openers of topics.
#[derive(Deserialize)]
struct Topics {
    openers: Vec<String>,
}

/// Words by which a sentence says what it is about; none if the embedded file were broken (a test reads it, so it is not).
static OPENERS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let topics: Result<Topics, _> = toml::from_str(include_str!("../../data/topics.toml"));
    topics.map(|topics| topics.openers).unwrap_or_default()
});

/// What of the claim's sentence stands before the claim, and whether it opens by saying what it is about.
fn before_claim(doc: &Linked<'_>, claim: &Claim) -> Option<(Span, bool)> {
    let start = claim.cover().start;
    let at = doc.analysis.sentences.partition_point(|sentence| sentence.span.end <= start);
    let sentence = doc.analysis.sentences.get(at)?.span;
    let before = Span::new(sentence.start.min(start), start);
    let words = doc.document.slice(before).to_lowercase();
    let about = |opener: &String| words.strip_prefix(opener.as_str()).is_some_and(|rest| rest.starts_with(' '));
    Some((before, OPENERS.iter().any(about)))
}

/// Places by which the claim's sentence opens ("As for Kesta, the army repeated that …", "In Orvel, residents said …").
fn opening(doc: &Linked<'_>, claim: &Claim) -> BTreeSet<PlaceId> {
    let Some((before, topic)) = before_claim(doc, claim) else { return BTreeSet::new() };
    let reach = if topic { before.end } else { before.end.min(before.start + OPENING) };
    doc.analysis
        .toponyms
        .iter()
        .filter(|t| t.span.start >= before.start && t.span.end <= reach)
        .filter(|t| topic || is_told_of(doc, t))
        .filter_map(|t| t.place.as_ref().map(|place| place.id.clone()))
        .collect()
}

/// The day by which the claim's sentence says what it is about ("Asked about the raid of 3 March, the army said …").
fn topic_day(doc: &Linked<'_>, claim: &Claim) -> Option<DateValue> {
    let (before, _) = before_claim(doc, claim).filter(|(_, topic)| *topic)?;
    let times = doc.analysis.times.iter().filter(|time| before.contains(time.span));
    times.filter_map(|time| time.date.clone()).find(|date| date.precision <= Precision::Day)
}

/// Whether the words between two places join them to one row: nothing but commas, "and", "or" and what a place is.
fn is_row(between: &str) -> bool {
    let joining = |word: &str| {
        matches!(
            word,
            "" | "and"
                | "or"
                | "the"
                | "in"
                | "village"
                | "town"
                | "city"
                | "villages"
                | "towns"
                | "of"
                | "nearby"
                | "neighbouring"
                | "neighboring"
        )
    };
    between.split(|c: char| c.is_whitespace() || c == ',').all(joining)
        && between.contains([',', ' '])
        && (between.contains(',') || between.contains("and") || between.contains("or"))
}

/// An attack, rather than what came of one.
fn is_act(kind: EventKind) -> bool {
    kind.is_violence() && !matches!(kind, EventKind::Harm | EventKind::Damage)
}

/// The claim's place in a series of strikes: "a second strike", but not "the second strike in a week".
fn rank(doc: &Linked<'_>, claim: &Claim) -> Option<u8> {
    let inside = |span: Span| claim.anchors.iter().any(|anchor| anchor.contains(span));
    let text = &doc.document.text;
    let events = doc.analysis.events.iter().filter(|event| is_act(event.kind) && !event.unreal && inside(event.span));
    events
        .filter_map(|event| {
            let before = text.get(..event.span.start as usize)?;
            let mut words = before.rsplit(char::is_whitespace).filter(|word| !word.is_empty());
            let near = [words.next()?, words.next().unwrap_or("")];
            let rank = near.iter().find_map(|word| {
                let word = word.to_lowercase();
                SERIES.iter().find(|(name, _)| *name == word).map(|(_, rank)| *rank)
            })?;
            let after = text.get(event.span.end as usize..)?.trim_start_matches(|c: char| c.is_alphabetic());
            let next = after.trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap_or("").to_lowercase();
            // "the second strike on the same street" is of the series; "the second strike in a week" is not
            let rest = after.trim_start();
            let same = rest.chars().take(SAME_REACH).collect::<String>().contains(" same ");
            (same || !SPREAD.contains(&next.as_str())).then_some(rank)
        })
        .next()
}

/// Whether a claim goes on with the scene.
fn continues(last: &Segment, next: &Segment, places: &BTreeMap<PlaceId, Place>) -> bool {
    let times = match (&last.time, &next.time) {
        (Some(a), Some(b)) => meet(a, b),
        _ => true,
    };
    last.block.is_some()
        && last.block == next.block
        && last.aside == next.aside
        && last.container == next.container
        && (next.rank.is_none() || next.rank == last.rank)
        && (last.row == next.row || settled(&next.places, places).is_empty())
        && times
        && !differ(&last.places, &next.places, places)
}

/// Whether two stretches of time meet.
pub(super) fn meet(a: &DateValue, b: &DateValue) -> bool {
    a.start < b.end && b.start < a.end
}

/// Settlements and finer places.
pub(super) fn settled<'a>(ids: &'a BTreeSet<PlaceId>, places: &'a BTreeMap<PlaceId, Place>) -> Vec<&'a Place> {
    let spot = |place: &&Place| grain(place) <= 1 && !STRETCHED.contains(&place.kind.as_str());
    ids.iter().filter_map(|id| places.get(id)).filter(spot).collect()
}

/// Whether both name settlements, and none of the one is, or lies in, one of the other.
pub(super) fn differ(a: &BTreeSet<PlaceId>, b: &BTreeSet<PlaceId>, places: &BTreeMap<PlaceId, Place>) -> bool {
    let (x, y) = (settled(a, places), settled(b, places));
    let alike = |p: &Place, q: &Place| p.id == q.id || within(p, q) || within(q, p) || p.name == q.name;
    !x.is_empty() && !y.is_empty() && !x.iter().any(|p| y.iter().any(|q| alike(p, q)))
}

/// Whether the text tells the two as two occurrences.
pub(super) fn apart(a: &Segment, b: &Segment, places: &BTreeMap<PlaceId, Place>) -> bool {
    let times = matches!((&a.time, &b.time), (Some(x), Some(y)) if !meet(x, y));
    let own = a.toll && b.toll || a.act && b.act && !compatible_places(&a.places, &b.places, places);
    times || own && differ(&a.places, &b.places, places)
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
                    && parts.iter().all(|p| settled(&p.places, places).iter().all(|q| within(q, area)))
            });
            killed == sum || area && killed > most
        })
        .collect()
}
