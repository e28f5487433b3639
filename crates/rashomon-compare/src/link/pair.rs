//! Do two local incidents speak of one occurrence? Features and weights, every one shown.
//!
//! The score is a sum of a few features (methods.md D), in units in which the likeness of two texts runs from 0 to 1:
//!
//! | feature | weight |
//! |---|---|
//! | likeness of the texts' words, rare ones weighing more (TF-IDF cosine) | 0 to 1 |
//! | each person named in both, up to three; less for whom many texts name | +0.12 |
//! | days meet; or one is more than three days later and the later text names the earlier day | +0.20 |
//! | one day may lie in the other's stretch of days | +0.10 |
//! | days of both are said and do not meet; the same where a person is named in both | −0.30, −0.10 |
//! | the same settlement: under 100,000 inhabitants, under a million, more | +0.10, +0.06, +0.03 |
//! | places that contain each other or lie near | +0.03 |
//! | both say where, the places exclude each other, and nobody is named in both | −0.30 |
//! | each age given by both, up to two; ages given, none shared | +0.05, −0.10 |
//! | the same kind of event; kinds that exclude each other | +0.05, −0.05 |
//! | a shared actor; a shared means; a shared figure above two | +0.05, +0.03, +0.08 |
//! | published within three days of each other | +0.05 |
//!
//! A settlement weighs by its size because in a town two attacks on one day are one attack far more often than in a city of
//! millions. The weights are ours, set by hand to round values after many variants were tried on the developers' part of the
//! incident corpus, on which the thresholds ([`OF_CORPUS`]) were tuned too (`docs/incidents.md`).

use super::apart::ToldApart;
use super::ground::{compatible_places, differ, has_fine_place, settled};
use super::local::Local;
use super::segment::{may_meet, meet};
use super::sketch::{KNOWN_PERSON, Sketch, number};
use rashomon_model::analysis::EventKind;
use rashomon_model::date::{DateValue, Precision};
use rashomon_model::id::PlaceId;
use rashomon_model::place::Place;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Scores from which two clusters are joined, and from which two that were not are listed as a possible duplicate: their
/// average over all pairs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// Joined from here.
    pub join: f64,
    /// A person should look from here.
    pub review: f64,
}

/// Texts from which a case is a corpus rather than a folder somebody put together on one event.
pub const CORPUS: usize = 100;
/// Texts in which the same words recur, and days between the first and the last of them, from which they are page furniture.
pub(crate) const FURNITURE: (usize, i32) = (3, 10);
/// Of a corpus (tuned, see the module's head): among thousands of texts some resemble each other by chance.
pub const OF_CORPUS: Thresholds = Thresholds { join: 0.48, review: 0.40 };
/// Of a folder, whose texts are there because they are thought to belong together (set on our invented cases): the same day
/// and place suffice where the words differ widely, as those of opposed parties do.
pub const OF_FOLDER: Thresholds = Thresholds { join: 0.34, review: 0.28 };

/// The thresholds for a case of so many texts.
#[must_use]
pub fn thresholds(texts: usize) -> Thresholds {
    if texts < CORPUS { OF_FOLDER } else { OF_CORPUS }
}

/// What a person named in both weighs.
const PERSON: f64 = 0.12;

/// A local incident with what it is known by.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    /// What its claims say.
    pub(super) local: &'a Local,
    /// What the text around them gives.
    pub(super) sketch: &'a Sketch,
}

/// The features of a pair, each already weighted.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Features {
    text: f64,
    people: f64,
    day: f64,
    place: f64,
    ages: f64,
    kind: f64,
    actors: f64,
    means: f64,
    figures: f64,
    published: f64,
    scenes: Scenes,
}

impl Features {
    /// The score.
    pub(super) fn total(&self) -> f64 {
        self.parts().iter().map(|(_, value)| value).sum()
    }

    fn parts(&self) -> [(&'static str, f64); 10] {
        [
            ("words alike", self.text),
            ("people named in both", self.people),
            ("days", self.day),
            ("places", self.place),
            ("ages", self.ages),
            ("kind of event", self.kind),
            ("shared actor", self.actors),
            ("shared means", self.means),
            ("shared figure", self.figures),
            ("published together", self.published),
        ]
    }

    /// What the two say of their scenes.
    pub(super) fn scenes(&self) -> Scenes {
        self.scenes
    }

    /// The score and what it is made of, in words.
    pub(super) fn because(&self) -> String {
        let parts: Vec<String> =
            self.parts().iter().filter(|(_, v)| v.abs() >= 0.005).map(|(name, v)| format!("{name} {v:+.2}")).collect();
        format!("{:.2} = {}", self.total(), parts.join(", "))
    }
}

/// What the case says of how telling a person is.
pub(super) struct Rarity<'a> {
    /// Texts each person is named in.
    pub(super) people: &'a HashMap<u64, u32>,
    /// Places of the case.
    pub(super) places: &'a BTreeMap<PlaceId, Place>,
    /// What some text tells apart.
    pub(super) apart: &'a ToldApart,
    /// Whether it is a folder put together on one event rather than a corpus ([`CORPUS`]).
    pub(super) folder: bool,
}

/// What two local incidents say of their scenes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Scenes {
    /// One of them does not say where or when it was.
    #[default]
    Unsaid,
    /// Both say it, and it may be one scene.
    Meet,
    /// Both say it, and it is two: each elsewhere and on another day.
    Apart,
}

/// Features of joining two; `None` if they must not be joined: totals never are, not even with each other, since their
/// windows differ; what one text presents as two occurrences is two, for the texts that tell of one of them too; and a second
/// strike is not the first. Two that by their own words lie apart are not barred by that alone: one text may be misread, so that
/// the clusters they come to stand in vote ([`super::cluster`]).
pub(super) fn features(a: Known<'_>, b: Known<'_>, rarity: &Rarity<'_>) -> Option<Features> {
    if a.local.container || b.local.container || a.local.document == b.local.document || a.local.rank != b.local.rank {
        return None;
    }
    if rarity.apart.tells(a.local, b.local, rarity.places) {
        return None;
    }
    let people = people(a.sketch, b.sketch, rarity);
    // names are read more surely than days and places are resolved
    let acquainted = people >= PERSON;
    Some(Features {
        text: cosine(&a.sketch.terms, &b.sketch.terms),
        people,
        day: days(a, b, acquainted),
        place: places(a, b, acquainted, rarity.places),
        ages: ages(a.sketch, b.sketch),
        kind: kinds(a.local.kind, b.local.kind),
        actors: if meets(&a.local.actors, &b.local.actors) { 0.05 } else { 0.0 },
        means: if meets(&a.local.means, &b.local.means) { 0.03 } else { 0.0 },
        figures: if meets(&a.local.counts, &b.local.counts) { 0.08 } else { 0.0 },
        scenes: scenes(a.local, b.local, rarity),
        published: match (a.sketch.published, b.sketch.published) {
            (Some(x), Some(y)) if (x - y).abs() <= 3 => 0.05,
            _ => 0.0,
        },
    })
}

/// How the scenes of two stand to each other. The texts of a folder are alike anyway: one occurrence is not both elsewhere and on
/// another day (the funeral of those killed may be shot at too). Among thousands of texts a day or a place is misread often
/// enough that people named weigh more.
fn scenes(a: &Local, b: &Local, rarity: &Rarity<'_>) -> Scenes {
    let places = rarity.places;
    let dated = a.dated && b.dated;
    let days = dated && !may_meet(a.time.as_ref(), b.time.as_ref());
    let elsewhere = || differ(&a.places, &b.places, places) && !compatible_places(&a.places, &b.places, places);
    let placed = || !settled(&a.places, places).is_empty() && !settled(&b.places, places).is_empty();
    if rarity.folder && days && elsewhere() {
        Scenes::Apart
    } else if dated && placed() {
        Scenes::Meet
    } else {
        Scenes::Unsaid
    }
}

/// Whether two sets share an element.
fn meets<T: Ord>(a: &BTreeSet<T>, b: &BTreeSet<T>) -> bool {
    let (small, large) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    small.iter().any(|x| large.contains(x))
}

/// Elements of two sorted lists that are equal.
fn shared<'a, T: Ord>(a: &'a [T], b: &'a [T]) -> impl Iterator<Item = &'a T> {
    let mut rest = b;
    a.iter().filter(move |x| {
        let skip = rest.partition_point(|y| y < x);
        rest = rest.get(skip..).unwrap_or(&[]);
        rest.first() == Some(*x)
    })
}

/// Cosine of two normalised, sorted word lists.
fn cosine(a: &[(u64, f32)], b: &[(u64, f32)]) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some((x, wx)), Some((y, wy))) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += f64::from(*wx) * f64::from(*wy);
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    sum
}

/// People in both texts, up to three; whom more than eight texts name counts for less, whom very many name for nothing.
fn people(a: &Sketch, b: &Sketch, rarity: &Rarity<'_>) -> f64 {
    let weight = |person: &u64| match rarity.people.get(person).map_or(1, |n| *n as usize) {
        n if n <= 8 => 1.0,
        n if n <= KNOWN_PERSON => 8.0 / n as f64,
        _ => 0.0,
    };
    PERSON * shared(&a.people, &b.people).map(weight).sum::<f64>().min(3.0)
}

/// The one day (or night) a local incident is dated to in so many words.
fn own_day(known: Known<'_>) -> Option<&DateValue> {
    known.local.time.as_ref().filter(|time| known.local.dated && time.precision <= Precision::Day)
}

/// How the days stand to each other.
fn days(a: Known<'_>, b: Known<'_>, acquainted: bool) -> f64 {
    let (x, y) = (own_day(a), own_day(b));
    let named = |day: &DateValue, other: &Sketch| {
        let (first, last) = (number(day.first_day()), number(day.last_day()));
        other.days.binary_search(&first).is_ok() || other.days.binary_search(&last).is_ok()
    };
    match (x, y) {
        (Some(x), Some(y)) => {
            let slack = i64::from(x.loose || y.loose);
            let apart =
                (number(x.first_day()) - number(y.last_day())).max(number(y.first_day()) - number(x.last_day()));
            if apart <= slack {
                0.2
            } else if apart > 3 && (named(x, b.sketch) || named(y, a.sketch)) {
                // a later text (a trial, an anniversary) that names the earlier day beside its own
                0.2
            } else if acquainted {
                -0.1
            } else {
                -0.3
            }
        }
        (Some(day), None) if named(day, b.sketch) => 0.2,
        (None, Some(day)) if named(day, a.sketch) => 0.2,
        _ => window(a, b),
    }
}

/// Whether the stretches of days taken over from the context can hold one day.
fn window(a: Known<'_>, b: Known<'_>) -> f64 {
    match (&a.local.time, &b.local.time) {
        (Some(x), Some(y)) if meet(x, y) => 0.1,
        _ => 0.0,
    }
}

/// How the places stand to each other.
fn places(a: Known<'_>, b: Known<'_>, acquainted: bool, places: &BTreeMap<PlaceId, Place>) -> f64 {
    let both = shared(&a.sketch.places, &b.sketch.places).filter_map(|id| places.get(id));
    let weight = |place: &Place| match place.population {
        0..100_000 => 0.1,
        100_000..1_000_000 => 0.06,
        _ => 0.03,
    };
    let same = both.map(weight).fold(0.0, f64::max);
    let fine = has_fine_place(&a.local.places, places) && has_fine_place(&b.local.places, places);
    let agree = compatible_places(&a.local.places, &b.local.places, places);
    match (fine, agree) {
        (true, true) => same.max(0.03),
        (true, false) if same == 0.0 && !acquainted => -0.3,
        _ => same,
    }
}

/// Ages are nearly as telling as names: two reports of one victim give one age.
fn ages(a: &Sketch, b: &Sketch) -> f64 {
    match shared(&a.ages, &b.ages).count() {
        0 if a.ages.is_empty() || b.ages.is_empty() => 0.0,
        0 => -0.1,
        n => 0.05 * n.min(2) as f64,
    }
}

/// Kinds of event. What hit may itself be disputed (a rocket, an air strike), so even kinds that exclude each other keep
/// nothing apart.
fn kinds(a: EventKind, b: EventKind) -> f64 {
    let loose =
        |kind: EventKind| matches!(kind, EventKind::Harm | EventKind::Attack | EventKind::Damage | EventKind::Other);
    if a == b {
        0.05
    } else if loose(a) || loose(b) {
        0.0
    } else {
        -0.05
    }
}
