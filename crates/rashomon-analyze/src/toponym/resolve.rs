//! Which of the places that bear the name is meant? The places of the document decide together.
//!
//! Each name has candidates; the score of a candidate is a sum of what speaks for it, in this order of weight: a place
//! named right after it that holds it ("Karsen, Kentucky"), the country and first-order division that most other names of
//! the document lie in, nearness to other places of the document, its kind and its inhabitants. Places are chosen, the
//! shares counted anew, and the choice repeated until it stands (at most [`ROUNDS`] times). All occurrences of a name mean
//! one place. The weights are set by hand and were checked on the developers' half of the bench (docs/places.md).

use std::collections::BTreeMap;

use rashomon_model::PlaceId;
use rashomon_model::place::{Candidate, Place, PlaceQuery, distance_km};
use rashomon_model::resources::Places;
use rashomon_model::span::Span;

use super::accept::Around;
use super::lists::{CUES, DEMONYMS};

/// Rounds of choosing.
const ROUNDS: usize = 4;
/// Likeness of the name, times the look-up's score.
const LIKENESS: f64 = 3.0;
/// Inhabitants, times the logarithm's share of ten million.
const POPULATION: f64 = 1.3;
/// Held by the place named right after.
const CONTAINER: f64 = 3.0;
/// Not held by the place named right after.
const OTHER_CONTAINER: f64 = -1.5;
/// Share of the other names in the same country.
const COUNTRY: f64 = 1.2;
/// Share of the other names in the same first-order division.
const DIVISION: f64 = 1.6;
/// Nearness to the nearest other place, and to the others on average.
const NEAREST: f64 = 0.9;
const AVERAGE: f64 = 0.7;
/// Distance at which nearness has fallen to a third, in kilometres.
const REACH_KM: f64 = 120.0;

/// A name to resolve.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    /// Extent in the text.
    pub(super) span: Span,
    /// Name looked up.
    pub(super) name: String,
    /// Words around it.
    pub(super) around: Around,
    /// Index of the spot that follows after a comma or "in", if any.
    pub(super) container: Option<usize>,
}

/// What was chosen for a spot.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    /// Candidates with their final scores (0..=1, the best one's share), best first.
    pub(super) candidates: Vec<Candidate>,
    /// Reason.
    pub(super) why: String,
}

/// Candidates of a name: as it is, without the article, by demonym, by abbreviation.
pub(super) fn candidates(name: &str, places: &dyn Places) -> Vec<Candidate> {
    let bare = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
    let full = CUES.abbreviations.get(bare).map_or(bare, String::as_str);
    let country = DEMONYMS.get(&full.to_lowercase());
    let name = country.map_or(full, String::as_str);
    places.lookup(&PlaceQuery { names: vec![name.to_owned()], ..PlaceQuery::default() })
}

/// Resolves all spots together.
pub(super) fn resolve(spots: &[Spot], places: &dyn Places) -> Vec<Choice> {
    let mut by_name: BTreeMap<&str, Vec<Candidate>> = BTreeMap::new();
    for spot in spots {
        by_name.entry(spot.name.as_str()).or_insert_with(|| candidates(&spot.name, places));
    }
    let names: Vec<&str> = by_name.keys().copied().collect();
    let mut chosen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut scores: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for round in 0..ROUNDS {
        let before = chosen.clone();
        for name in &names {
            let context = if round == 0 { Context::default() } else { Context::of(name, &before, &by_name) };
            let list = by_name.get(name).map_or(&[][..], Vec::as_slice);
            let here: Vec<&Spot> = spots.iter().filter(|spot| spot.name == *name).collect();
            let totals: Vec<f64> = list
                .iter()
                .map(|c| own(c, &here) + context.score(&c.place) + held(c, &here, spots, &by_name, &before))
                .collect();
            let best = (0..totals.len()).fold(None, |best: Option<usize>, i| match best {
                Some(b) if totals.get(b) >= totals.get(i) => Some(b),
                _ => Some(i),
            });
            if let Some(best) = best {
                chosen.insert(name, best);
            }
            scores.insert(name, totals);
        }
        if round > 0 && before == chosen {
            break;
        }
    }
    spots.iter().map(|spot| choice(spot, by_name.get(spot.name.as_str()), scores.get(spot.name.as_str()))).collect()
}

/// What speaks for a candidate by itself.
fn own(candidate: &Candidate, here: &[&Spot]) -> f64 {
    let place = &candidate.place;
    #[allow(clippy::cast_precision_loss)]
    let size = ((place.population.max(10) as f64).log10() / 7.0).min(1.0);
    let division = here.iter().any(|spot| spot.around.division);
    let settlement = here.iter().any(|spot| spot.around.settlement);
    let named =
        here.iter().any(|spot| spot.name.split_whitespace().any(|word| CUES.division.contains(&word.to_lowercase())));
    let kind = match place.kind.as_str() {
        "country" => 1.1,
        "continent" => 1.0,
        "sea" | "region" => 0.7,
        "admin1" if division => 1.2,
        "admin1" if settlement => -0.6,
        "admin1" => 0.35,
        "admin2" if division || named => 0.8,
        "admin2" => -0.5,
        _ if settlement => 0.6,
        _ if division => -0.4,
        "city" | "town" => 0.2,
        _ => 0.0,
    };
    LIKENESS * candidate.score + POPULATION * size + kind
}

/// What the place named right after says.
fn held(
    candidate: &Candidate,
    here: &[&Spot],
    spots: &[Spot],
    by_name: &BTreeMap<&str, Vec<Candidate>>,
    chosen: &BTreeMap<&str, usize>,
) -> f64 {
    let mut best: Option<f64> = None;
    for spot in here {
        let Some(container) = spot.container.and_then(|i| spots.get(i)) else {
            continue;
        };
        let list = by_name.get(container.name.as_str()).map_or(&[][..], Vec::as_slice);
        let within = |c: &Candidate| candidate.place.within_ids.contains(&c.place.id);
        let picked = chosen.get(container.name.as_str()).and_then(|&i| list.get(i));
        let score = if picked.is_some_and(within) {
            CONTAINER
        } else if list.iter().take(6).any(within) {
            CONTAINER * 0.6
        } else if list.iter().take(1).any(|c| matches!(c.place.kind.as_str(), "country" | "admin1")) {
            OTHER_CONTAINER
        } else {
            0.0
        };
        best = Some(best.map_or(score, |b| b.max(score)));
    }
    best.unwrap_or(0.0)
}

/// What the other names of the document say, as chosen so far.
#[derive(Default)]
struct Context {
    /// Share of the other names by id of what holds them (themselves included).
    shares: BTreeMap<PlaceId, f64>,
    /// Points of the other places narrower than a country.
    points: Vec<(f64, f64)>,
}

impl Context {
    /// From all names but one.
    fn of(name: &str, chosen: &BTreeMap<&str, usize>, by_name: &BTreeMap<&str, Vec<Candidate>>) -> Self {
        let others: Vec<&Place> = chosen
            .iter()
            .filter(|(other, _)| **other != name)
            .filter_map(|(other, &i)| by_name.get(other)?.get(i))
            .map(|candidate| &candidate.place)
            .collect();
        let mut context = Self::default();
        #[allow(clippy::cast_precision_loss)]
        let each = 1.0 / others.len().max(2) as f64;
        for place in others {
            for id in place.within_ids.iter().chain([&place.id]) {
                *context.shares.entry(id.clone()).or_default() += each;
            }
            if !matches!(place.kind.as_str(), "country" | "continent" | "sea" | "region" | "admin1") {
                context.points.push((place.latitude, place.longitude));
            }
        }
        context
    }

    /// How well a place fits.
    fn score(&self, place: &Place) -> f64 {
        let share = |id: &PlaceId| self.shares.get(id).copied().unwrap_or(0.0);
        let chain = &place.within_ids;
        let country = chain.last().unwrap_or(&place.id);
        let division = match chain.len() {
            0 => None,
            1 => Some(&place.id),
            n => chain.get(n - 2),
        };
        let mut score = COUNTRY * share(country) + division.map_or(0.0, |id| DIVISION * share(id));
        if !self.points.is_empty() {
            let near: Vec<f64> = self
                .points
                .iter()
                .map(|&point| (-distance_km(point, (place.latitude, place.longitude)) / REACH_KM).exp())
                .collect();
            #[allow(clippy::cast_precision_loss)]
            let average = near.iter().sum::<f64>() / near.len() as f64;
            score += NEAREST * near.iter().copied().fold(0.0, f64::max) + AVERAGE * average;
        }
        score
    }
}

/// The candidates in their final order, with the best's reason.
fn choice(spot: &Spot, list: Option<&Vec<Candidate>>, scores: Option<&Vec<f64>>) -> Choice {
    let (Some(list), Some(scores)) = (list, scores) else {
        return Choice { candidates: Vec::new(), why: format!("no listed place is named {}", spot.name) };
    };
    let mut ranked: Vec<(f64, &Candidate)> = scores.iter().copied().zip(list).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.place.id.cmp(&b.1.place.id)));
    let best = ranked.first().map_or(0.0, |r| r.0);
    let candidates: Vec<Candidate> = ranked
        .iter()
        .take(5)
        .map(|(score, candidate)| Candidate { score: (score - best).exp().min(1.0), ..(*candidate).clone() })
        .collect();
    let why = match candidates.as_slice() {
        [] => format!("no listed place is named {}", spot.name),
        [only] if list.len() == 1 => format!("{}; the only place so named", only.why),
        [first, ..] => format!("{}; best of {} by the other places of the document", first.why, list.len()),
    };
    Choice { candidates, why }
}
