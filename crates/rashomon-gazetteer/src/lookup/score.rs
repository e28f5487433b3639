//! How well does a place fit what is known around its name? Country, division, nearness, kind and size.

use std::collections::{BTreeMap, BTreeSet};

use rashomon_model::place::{PlaceQuery, distance_km};

use super::spelling::{names_division, names_settlement};
use super::{Likeness, MIN_SCORE, kind};
use crate::Layer;
use crate::fold::Key;
use crate::table::Record;

/// Factor for seas, regions and continents, which have no population to speak for them.
const WIDE_NAME: f64 = 1.05;
/// Factor for a settlement where a province or the like was asked for in words, and for a division or country where a
/// city was ("Karsen City" is not Karsen).
const OTHER_KIND: f64 = 0.75;
/// Factor for a division where the name was asked for without "province", "district" or the like: the town of the same
/// name is the narrower reading, and the one reports of incidents mean.
const BARE_DIVISION: f64 = 0.93;
/// Factor where the division asked for is another one than the place's.
const OTHER_DIVISION: f64 = 0.45;
/// Factor where a user's list says another country or division than the one asked for (its words may differ from ours).
const OTHER_LISTED: f64 = 0.7;
/// Factor where the division asked for is known but the place's own is not.
const UNKNOWN_DIVISION: f64 = 0.85;

/// Factor where several of the spellings asked for are the place's.
const AGREEING: f64 = 1.05;
/// Factor where the place lies in what stands behind its name.
const HINTED: f64 = 1.04;

/// A place with its score and what made it.
pub(super) struct Scored {
    /// Its number in the layer.
    pub(super) place: u32,
    /// From [`MIN_SCORE`] to 1.
    pub(super) score: f64,
    /// How its name was matched.
    pub(super) likeness: Likeness,
    /// What else speaks for or against it.
    pub(super) notes: Vec<String>,
}

/// What is known around a name, in the terms of one layer.
pub(super) struct Asked<'a> {
    /// The question.
    pub(super) query: &'a PlaceQuery,
    /// The country asked for.
    pub(super) country: Option<u32>,
    /// The divisions asked for.
    pub(super) divisions: Option<BTreeSet<u32>>,
    /// Names behind the name that may hold it.
    pub(super) hints: Vec<&'a str>,
    /// For each place, which of the spellings asked for are its own.
    pub(super) agreeing: BTreeMap<u32, BTreeSet<String>>,
}

/// Scores every place whose name matched; best first.
pub(super) fn score(layer: &Layer, asked: &Asked<'_>, likeness: &BTreeMap<u32, Likeness>) -> Vec<Scored> {
    let settlement = asked.query.names.iter().any(|name| names_settlement(name));
    let division = asked.query.names.iter().any(|name| names_division(name));
    let mut scored: Vec<Scored> = likeness
        .iter()
        .filter_map(|(&place, like)| {
            let record = layer.table.record(place)?;
            let elsewhere = asked.country.is_some() && record.country != asked.country && !layer.is_user();
            (!elsewhere).then_some((place, record, like))
        })
        .filter_map(|(place, record, like)| {
            let mut fit =
                Fit { layer, asked, place, record, score: like.score, notes: Vec::new(), chain: layer.chain(place) };
            fit.around();
            fit.listed();
            fit.named();
            fit.near();
            fit.kind(like, settlement, division);
            let Fit { score, notes, .. } = fit;
            (score >= MIN_SCORE).then(|| Scored { place, score: score.min(1.0), likeness: like.clone(), notes })
        })
        .collect();
    scored.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.place.cmp(&b.place)));
    scored
}

/// A place whose score is being found.
struct Fit<'a> {
    layer: &'a Layer,
    asked: &'a Asked<'a>,
    place: u32,
    record: Record,
    /// What holds it, smallest first.
    chain: Vec<u32>,
    score: f64,
    notes: Vec<String>,
}

impl Fit<'_> {
    /// Does it lie in the division asked for?
    fn around(&mut self) {
        let Some(divisions) = self.asked.divisions.as_ref().filter(|set| !set.is_empty()) else { return };
        let first = |above: &u32| self.layer.table.record(*above).is_some_and(|record| kind(record) == "admin1");
        if divisions.contains(&self.place) || self.chain.iter().any(|above| divisions.contains(above)) {
            self.notes.push("division agrees".to_owned());
        } else if self.chain.iter().any(first) {
            self.score *= OTHER_DIVISION;
            self.notes.push("other division".to_owned());
        } else {
            self.score *= UNKNOWN_DIVISION;
        }
    }

    /// Does a user's list say that it lies in the country and division asked for?
    fn listed(&mut self) {
        let Some(row) = self.layer.row(self.record.id) else { return };
        let within: Vec<String> = row.within.iter().map(|name| Key::of(name).strong).collect();
        let query = self.asked.query;
        for asked in [&query.country, &query.admin].into_iter().flatten().filter(|name| name.len() > 2) {
            if within.is_empty() {
                self.score *= UNKNOWN_DIVISION;
            } else if within.contains(&Key::of(asked).strong) {
                self.notes.push(format!("in {asked}"));
            } else {
                self.score *= OTHER_LISTED;
            }
        }
    }

    /// Do other spellings asked for, and the names behind them, speak for it?
    fn named(&mut self) {
        if self.asked.agreeing.get(&self.place).is_some_and(|keys| keys.len() > 1) {
            self.score *= AGREEING;
            self.notes.push("several spellings agree".to_owned());
        }
        let agrees = |hint: &&&str| {
            let key = Key::of(hint).strong;
            self.chain.iter().any(|&above| Key::of(self.layer.table.name(above)).strong == key)
        };
        if let Some(hint) = self.asked.hints.iter().find(agrees) {
            self.score *= HINTED;
            self.notes.push(format!("in {hint}"));
        }
    }

    /// How far is it from the point given?
    fn near(&mut self) {
        if let Some(near) = self.asked.query.near {
            let km = distance_km(near, (self.record.latitude, self.record.longitude));
            self.score *= 0.4 + 0.6 * (-km / 200.0).exp();
            self.notes.push(format!("{km:.0} km from the point given"));
        }
    }

    /// Is it of the kind asked for, and how large?
    fn kind(&mut self, like: &Likeness, asks_settlement: bool, asks_division: bool) {
        let kind = kind(self.record);
        let division = matches!(kind, "admin1" | "admin2");
        let wide = matches!(kind, "region" | "sea" | "continent");
        let settled = !division && !wide && kind != "country";
        let stripped = like.asked != self.asked.query.names.first().map_or("", |n| n.trim());
        if division && !asks_division {
            self.score *= BARE_DIVISION;
        }
        if stripped && ((asks_division && settled) || (asks_settlement && !settled)) {
            self.score *= OTHER_KIND;
        }
        if wide {
            self.score *= WIDE_NAME; // a part of the world is meant before a village that took its name
        } else {
            self.score *= 0.92 + 0.08 * size(self.record);
        }
    }
}

/// Size of a place on a scale of 0..=1: the logarithm of its inhabitants over that of ten million.
fn size(record: Record) -> f64 {
    (f64::from(record.population.max(1)).log10() / 7.0).min(1.0)
}
