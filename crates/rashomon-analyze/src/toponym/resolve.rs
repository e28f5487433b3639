//! Which of the places that bear the name is meant? The places of the document decide together.
//!
//! Each name has candidates; the score of a candidate is a sum of what speaks for it, in this order of weight: a place
//! named right after it that holds it ("Karsen, Kentucky"), the country and first-order division that most other names of
//! the document lie in, nearness to other places of the document, its kind and its inhabitants. No name is decided before
//! the others: each carries its belief in its candidates into the next round (a mean-field approximation, [`ROUNDS`]
//! rounds), so that several ambiguous names of one area find it together. All occurrences of a name mean one place. The weights are set by hand and were checked on the developers' half of the bench (docs/places.md).

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
/// Holds the name written right before.
const HOLDING: f64 = 1.5;
/// Meant by a fuller name that the document uses too ("Karsen City" beside "Karsen", if Karsen is also a country).
const NAMED_APART: f64 = -4.0;
/// Temperature of the belief in candidates: differences of score below it leave a name open.
const TEMPERATURE: f64 = 0.5;
/// Candidates of a name that others take into account.
const BELIEVED: usize = 8;
/// Names whose points are taken into account, so that the cost stays linear in the number of names.
const NEIGHBOURS: usize = 40;
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
    let found = places.lookup(&PlaceQuery { names: vec![name.to_owned()], ..PlaceQuery::default() });
    // who gives a list for a case says which places are meant; a namesake elsewhere is then no candidate
    let user = |candidate: &Candidate| candidate.place.id.as_str().starts_with("user:");
    if found.iter().any(user) { found.into_iter().filter(user).collect() } else { found }
}

/// A name of the document with what it may mean.
struct Name {
    candidates: Vec<Candidate>,
    /// Score of each candidate by itself.
    own: Vec<f64>,
    /// Score with the other names.
    total: Vec<f64>,
    /// Belief in each candidate, 0..=1, summing to one over the best [`BELIEVED`].
    belief: Vec<(usize, f64)>,
    /// Names that its occurrences are written as lying in ("X, Y").
    containers: Vec<usize>,
    /// Names written as lying in it.
    contents: Vec<usize>,
}

/// Resolves all spots together.
pub(super) fn resolve(spots: &[Spot], places: &dyn Places) -> Vec<Choice> {
    let mut order: BTreeMap<&str, usize> = BTreeMap::new();
    for spot in spots {
        let next = order.len();
        order.entry(spot.name.as_str()).or_insert(next);
    }
    let index = |i: usize| spots.get(i).and_then(|spot| order.get(spot.name.as_str())).copied();
    let mut names: Vec<Name> = vec![];
    let mut sorted: Vec<(&str, usize)> = order.iter().map(|(name, i)| (*name, *i)).collect();
    sorted.sort_by_key(|(_, i)| *i);
    for (name, i) in sorted {
        let here: Vec<&Spot> = spots.iter().filter(|spot| spot.name == name).collect();
        let candidates = candidates(name, places);
        let apart = apart(name, &candidates, &order);
        let own: Vec<f64> =
            candidates.iter().zip(apart).map(|(candidate, apart)| self::own(candidate, &here) + apart).collect();
        let containers = here.iter().filter_map(|spot| index(spot.container?)).filter(|c| *c != i).collect();
        let belief = believe(&own);
        names.push(Name { candidates, total: own.clone(), own, belief, containers, contents: Vec::new() });
    }
    for i in 0..names.len() {
        for container in names.get(i).map(|name| name.containers.clone()).unwrap_or_default() {
            if let Some(container) = names.get_mut(container) {
                container.contents.push(i);
            }
        }
    }
    for _ in 0..ROUNDS {
        let context = Context::of(&names);
        let totals: Vec<Vec<f64>> = (0..names.len()).map(|i| totals(i, &names, &context)).collect();
        for (name, total) in names.iter_mut().zip(totals) {
            name.belief = believe(&total);
            name.total = total;
        }
    }
    spots
        .iter()
        .map(|spot| {
            let name = order.get(spot.name.as_str()).and_then(|i| names.get(*i));
            choice(spot, name.map_or(&[], |n| &n.candidates), name.map_or(&[], |n| &n.total))
        })
        .collect()
}

/// What speaks against towns that the document calls by their own name elsewhere, while the name used here is a country's or
/// division's own: who writes "Karsen City" and "Karsen" means two places.
fn apart(name: &str, candidates: &[Candidate], names: &BTreeMap<&str, usize>) -> Vec<f64> {
    let wide = |place: &Place| matches!(place.kind.as_str(), "country" | "admin1");
    let owned = candidates.iter().any(|c| wide(&c.place) && c.place.name.eq_ignore_ascii_case(name));
    candidates
        .iter()
        .map(|candidate| {
            let own = candidate.place.name.as_str();
            let town = !matches!(candidate.place.kind.as_str(), "country" | "admin1" | "admin2");
            if owned && town && !own.eq_ignore_ascii_case(name) && names.contains_key(own) { NAMED_APART } else { 0.0 }
        })
        .collect()
}

/// Belief in the best candidates: the softmax of their scores.
fn believe(scores: &[f64]) -> Vec<(usize, f64)> {
    let mut ranked: Vec<(usize, f64)> = scores.iter().copied().enumerate().collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    ranked.truncate(BELIEVED);
    let best = ranked.first().map_or(0.0, |r| r.1);
    for entry in &mut ranked {
        entry.1 = ((entry.1 - best) / TEMPERATURE).exp();
    }
    let sum: f64 = ranked.iter().map(|r| r.1).sum();
    for entry in &mut ranked {
        entry.1 /= sum;
    }
    ranked
}

/// Scores of one name's candidates with what the others are believed to mean.
fn totals(i: usize, names: &[Name], context: &Context) -> Vec<f64> {
    let Some(name) = names.get(i) else {
        return Vec::new();
    };
    name.candidates
        .iter()
        .zip(&name.own)
        .map(|(c, own)| own + context.score(i, &c.place) + held(&c.place, name, names) + holding(&c.place, name, names))
        .collect()
}

/// What the names written right after say: do they hold it?
fn held(place: &Place, name: &Name, names: &[Name]) -> f64 {
    let containers = name.containers.iter().filter_map(|&i| names.get(i));
    containers
        .map(|container| {
            let mass = mass(container, |c| place.within_ids.contains(&c.id));
            let wide = mass_of_kind(container);
            CONTAINER * mass + OTHER_CONTAINER * (wide - mass).max(0.0)
        })
        .fold(None, |best: Option<f64>, score| Some(best.map_or(score, |b| b.max(score))))
        .unwrap_or(0.0)
}

/// What the names written right before say: does it hold them?
fn holding(place: &Place, name: &Name, names: &[Name]) -> f64 {
    let contents = name.contents.iter().filter_map(|&i| names.get(i));
    contents.map(|content| HOLDING * mass(content, |c| c.within_ids.contains(&place.id))).fold(0.0, f64::max)
}

/// Belief in the candidates of a name that pass a test.
fn mass(name: &Name, test: impl Fn(&Place) -> bool) -> f64 {
    name.belief
        .iter()
        .filter_map(|(i, belief)| name.candidates.get(*i).map(|c| (c, belief)))
        .filter(|(c, _)| test(&c.place))
        .map(|(_, belief)| belief)
        .sum()
}

/// Belief that a name means a country or division.
fn mass_of_kind(name: &Name) -> f64 {
    mass(name, |place| matches!(place.kind.as_str(), "country" | "admin1" | "admin2"))
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
        "admin1" => 0.8,
        "admin2" if division || named => 0.8,
        "admin2" => -0.5,
        _ if settlement => 0.6,
        _ if division => -0.4,
        "city" | "town" => 0.2,
        _ => 0.0,
    };
    LIKENESS * candidate.score + POPULATION * size + kind
}

/// What the names of the document are believed to mean together.
struct Context {
    /// Belief by id of what holds a place (itself included), over all names.
    shares: BTreeMap<PlaceId, f64>,
    /// The same of each name alone, to leave a name out of its own context.
    alone: Vec<BTreeMap<PlaceId, f64>>,
    /// Points of each name narrower than a division, with belief; at most [`NEIGHBOURS`] names have any.
    points: Vec<Vec<(f64, f64, f64)>>,
}

impl Context {
    /// From the beliefs of all names.
    fn of(names: &[Name]) -> Self {
        let mut context = Self { shares: BTreeMap::new(), alone: Vec::new(), points: Vec::new() };
        let mut neighbours = 0;
        for name in names {
            let mut alone: BTreeMap<PlaceId, f64> = BTreeMap::new();
            let mut points = Vec::new();
            for (i, belief) in &name.belief {
                let Some(Candidate { place, .. }) = name.candidates.get(*i) else { continue };
                for id in place.within_ids.iter().chain([&place.id]) {
                    *alone.entry(id.clone()).or_default() += belief;
                }
                if !matches!(place.kind.as_str(), "country" | "continent" | "sea" | "region" | "admin1") {
                    points.push((place.latitude, place.longitude, *belief));
                }
            }
            for (id, belief) in &alone {
                *context.shares.entry(id.clone()).or_default() += belief;
            }
            if neighbours == NEIGHBOURS {
                points.clear();
            } else if !points.is_empty() {
                neighbours += 1;
            }
            context.alone.push(alone);
            context.points.push(points);
        }
        context
    }

    /// How well a candidate of a name fits the other names.
    fn score(&self, name: usize, place: &Place) -> f64 {
        let others = self.alone.len().saturating_sub(1);
        if others == 0 {
            return 0.0;
        }
        #[allow(clippy::cast_precision_loss)]
        let n = others.max(2) as f64;
        let share = |id: &PlaceId| {
            let all = self.shares.get(id).copied().unwrap_or(0.0);
            let own = self.alone.get(name).and_then(|alone| alone.get(id)).copied().unwrap_or(0.0);
            (all - own).max(0.0) / n
        };
        let chain = &place.within_ids;
        let country = chain.last().unwrap_or(&place.id);
        let division = match chain.len() {
            0 => None,
            1 => Some(&place.id),
            n => chain.get(n - 2),
        };
        let mut score = COUNTRY * share(country) + division.map_or(0.0, |id| DIVISION * share(id));
        let (mut nearest, mut sum, mut counted) = (0.0_f64, 0.0, 0.0);
        for (other, points) in self.points.iter().enumerate() {
            if other == name || points.is_empty() {
                continue;
            }
            let near: f64 = points
                .iter()
                .map(|(lat, lon, belief)| {
                    belief * (-distance_km((*lat, *lon), (place.latitude, place.longitude)) / REACH_KM).exp()
                })
                .sum();
            nearest = nearest.max(near);
            sum += near;
            counted += 1.0;
        }
        if counted > 0.0 && !matches!(place.kind.as_str(), "country" | "continent" | "sea" | "region" | "admin1") {
            score += NEAREST * nearest + AVERAGE * sum / counted;
        }
        score
    }
}

/// The candidates in their final order, with the best's reason.
fn choice(spot: &Spot, list: &[Candidate], scores: &[f64]) -> Choice {
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
