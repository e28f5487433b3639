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

use crate::table::Map;

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
fn candidates(name: &str, places: &dyn Places) -> Vec<Candidate> {
    let bare = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
    let full = CUES.abbreviations.get(bare).map_or(bare, String::as_str);
    let country = DEMONYMS.get(&full.to_lowercase());
    let name = country.map_or(full, String::as_str);
    let found = places.lookup(&PlaceQuery { names: vec![name.to_owned()], ..PlaceQuery::default() });
    // who gives a list for a case says which places are meant; a namesake elsewhere is then no candidate
    let user = |candidate: &Candidate| candidate.place.id.as_str().starts_with("user:");
    if found.iter().any(user) { found.into_iter().filter(user).collect() } else { found }
}

/// Look-ups of a document's names, each done once.
pub(super) struct LookUps<'p> {
    places: &'p dyn Places,
    known: BTreeMap<String, Vec<Candidate>>,
}

impl<'p> LookUps<'p> {
    pub(super) fn new(places: &'p dyn Places) -> Self {
        Self { places, known: BTreeMap::new() }
    }

    /// Candidates of a name ([`candidates`]).
    pub(super) fn candidates(&mut self, name: &str) -> &[Candidate] {
        if !self.known.contains_key(name) {
            self.known.insert(name.to_owned(), candidates(name, self.places));
        }
        self.known.get(name).map_or(&[], Vec::as_slice)
    }

    /// The same, given away.
    fn take(&mut self, name: &str) -> Vec<Candidate> {
        self.known.remove(name).unwrap_or_else(|| candidates(name, self.places))
    }
}

/// A name of the document with what it may mean.
struct Name {
    candidates: Vec<Candidate>,
    /// The places of the candidates as [`Context`] sees them.
    sites: Vec<Site>,
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
pub(super) fn resolve(spots: &[Spot], mut looked_up: LookUps<'_>) -> Vec<Choice> {
    let mut order: BTreeMap<&str, usize> = BTreeMap::new();
    for spot in spots {
        let next = order.len();
        order.entry(spot.name.as_str()).or_insert(next);
    }
    let mut bearing: Vec<Vec<&Spot>> = vec![Vec::new(); order.len()];
    for spot in spots {
        if let Some(list) = order.get(spot.name.as_str()).and_then(|i| bearing.get_mut(*i)) {
            list.push(spot);
        }
    }
    let index = |i: usize| spots.get(i).and_then(|spot| order.get(spot.name.as_str())).copied();
    let mut names: Vec<Name> = vec![];
    let mut sites = Sites::default();
    let mut sorted: Vec<(&str, usize)> = order.iter().map(|(name, i)| (*name, *i)).collect();
    sorted.sort_by_key(|(_, i)| *i);
    for (name, i) in sorted {
        let here = bearing.get(i).map(Vec::as_slice).unwrap_or_default();
        let candidates = looked_up.take(name);
        let places = candidates.iter().map(|candidate| sites.add(&candidate.place)).collect();
        let apart = apart(name, &candidates, &order);
        let own: Vec<f64> =
            candidates.iter().zip(apart).map(|(candidate, apart)| self::own(candidate, here) + apart).collect();
        let containers = here.iter().filter_map(|spot| index(spot.container?)).filter(|c| *c != i).collect();
        let belief = believe(&own);
        names.push(Name {
            candidates,
            sites: places,
            total: own.clone(),
            own,
            belief,
            containers,
            contents: Vec::new(),
        });
    }
    for i in 0..names.len() {
        for container in names.get(i).map(|name| name.containers.clone()).unwrap_or_default() {
            if let Some(container) = names.get_mut(container) {
                container.contents.push(i);
            }
        }
    }
    let mut nearness = Nearness::default();
    for _ in 0..ROUNDS {
        let context = Context::of(&names, sites.ids.len());
        let totals: Vec<Vec<f64>> = (0..names.len()).map(|i| totals(i, &names, &context, &mut nearness)).collect();
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
fn totals(i: usize, names: &[Name], context: &Context, nearness: &mut Nearness) -> Vec<f64> {
    let Some(name) = names.get(i) else {
        return Vec::new();
    };
    name.sites
        .iter()
        .zip(&name.own)
        .map(|(site, own)| {
            own + context.score(i, site, nearness) + held(site, name, names) + holding(site, name, names)
        })
        .collect()
}

/// What the names written right after say: do they hold it?
fn held(site: &Site, name: &Name, names: &[Name]) -> f64 {
    let containers = name.containers.iter().filter_map(|&i| names.get(i));
    containers
        .map(|container| {
            let mass = mass(container, |holder| site.within.contains(&holder.id));
            let wide = mass_of_kind(container);
            CONTAINER * mass + OTHER_CONTAINER * (wide - mass).max(0.0)
        })
        .fold(None, |best: Option<f64>, score| Some(best.map_or(score, |b| b.max(score))))
        .unwrap_or(0.0)
}

/// What the names written right before say: does it hold them?
fn holding(site: &Site, name: &Name, names: &[Name]) -> f64 {
    let contents = name.contents.iter().filter_map(|&i| names.get(i));
    contents.map(|content| HOLDING * mass(content, |held| held.within.contains(&site.id))).fold(0.0, f64::max)
}

/// Belief in the candidates of a name that pass a test.
fn mass(name: &Name, test: impl Fn(&Site) -> bool) -> f64 {
    name.belief
        .iter()
        .filter_map(|(i, belief)| name.sites.get(*i).map(|site| (site, belief)))
        .filter(|(site, _)| test(site))
        .map(|(_, belief)| belief)
        .sum()
}

/// Belief that a name means a country or division.
fn mass_of_kind(name: &Name) -> f64 {
    mass(name, |site| matches!(site.rank, Rank::Division | Rank::County))
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

/// How wide a place is, as far as its neighbours ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rank {
    /// A country or first-order division.
    Division,
    /// A second-order division.
    County,
    /// A continent, sea or region.
    Wide,
    /// A settlement or other point.
    Point,
}

/// A candidate's place as its neighbours see it, with ids numbered.
struct Site {
    /// Number of the candidate, over all names.
    number: u32,
    id: u32,
    within: Vec<u32>,
    rank: Rank,
    at: (f64, f64),
}

impl Site {
    /// Whether it says where on earth, and not only in which country or sea.
    fn is_narrow(&self) -> bool {
        matches!(self.rank, Rank::Point | Rank::County)
    }
}

/// Numbers for the ids of places.
#[derive(Default)]
struct Sites {
    ids: Map<PlaceId, u32>,
    count: u32,
}

impl Sites {
    fn number(&mut self, id: &PlaceId) -> u32 {
        let next = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
        *self.ids.entry(id.clone()).or_insert(next)
    }

    fn add(&mut self, place: &Place) -> Site {
        self.count += 1;
        Site {
            number: self.count,
            id: self.number(&place.id),
            within: place.within_ids.iter().map(|id| self.number(id)).collect(),
            rank: match place.kind.as_str() {
                "country" | "admin1" => Rank::Division,
                "admin2" => Rank::County,
                "continent" | "sea" | "region" => Rank::Wide,
                _ => Rank::Point,
            },
            at: (place.latitude, place.longitude),
        }
    }
}

/// Nearness of two candidates, worked out once for all rounds.
#[derive(Default)]
struct Nearness(Map<(u32, u32), f64>);

impl Nearness {
    /// Pairs remembered: enough for any article, and a bound on memory.
    const MOST: usize = 1 << 18;

    /// 1 at the same point, a third [`REACH_KM`] away.
    fn of(&mut self, a: (u32, (f64, f64)), b: (u32, (f64, f64))) -> f64 {
        if let Some(known) = self.0.get(&(a.0, b.0)) {
            return *known;
        }
        let near = (-distance_km(a.1, b.1) / REACH_KM).exp();
        if self.0.len() < Self::MOST {
            self.0.insert((a.0, b.0), near);
        }
        near
    }
}

/// A candidate that says where on earth, and how far it is believed.
struct Point {
    number: u32,
    at: (f64, f64),
    belief: f64,
}

/// What the names of the document are believed to mean together.
struct Context {
    /// Belief by id of what holds a place (itself included), over all names.
    shares: Vec<f64>,
    /// The same of each name alone, to leave a name out of its own context.
    alone: Vec<Map<u32, f64>>,
    /// Candidates of each name narrower than a division, with their points and belief; at most [`NEIGHBOURS`] names have any.
    points: Vec<Vec<Point>>,
}

impl Context {
    /// From the beliefs of all names, whose places have so many ids.
    fn of(names: &[Name], ids: usize) -> Self {
        let mut context = Self { shares: vec![0.0; ids], alone: Vec::new(), points: Vec::new() };
        let mut neighbours = 0;
        for name in names {
            let mut alone: Map<u32, f64> = Map::default();
            let mut met: Vec<u32> = Vec::new();
            let mut points = Vec::new();
            for (i, belief) in &name.belief {
                let Some(site) = name.sites.get(*i) else { continue };
                for id in site.within.iter().chain([&site.id]) {
                    *alone.entry(*id).or_insert_with(|| {
                        met.push(*id);
                        0.0
                    }) += belief;
                }
                if site.is_narrow() {
                    points.push(Point { number: site.number, at: site.at, belief: *belief });
                }
            }
            for id in met {
                if let (Some(share), Some(belief)) = (context.shares.get_mut(id as usize), alone.get(&id)) {
                    *share += belief;
                }
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
    fn score(&self, name: usize, site: &Site, nearness: &mut Nearness) -> f64 {
        let others = self.alone.len().saturating_sub(1);
        if others == 0 {
            return 0.0;
        }
        #[allow(clippy::cast_precision_loss)]
        let n = others.max(2) as f64;
        let share = |id: u32| {
            let all = self.shares.get(id as usize).copied().unwrap_or(0.0);
            let own = self.alone.get(name).and_then(|alone| alone.get(&id)).copied().unwrap_or(0.0);
            (all - own).max(0.0) / n
        };
        let chain = &site.within;
        let country = chain.last().unwrap_or(&site.id);
        let division = match chain.len() {
            0 => None,
            1 => Some(&site.id),
            n => chain.get(n - 2),
        };
        let mut score = COUNTRY * share(*country) + division.map_or(0.0, |id| DIVISION * share(*id));
        if !site.is_narrow() {
            return score;
        }
        let (mut nearest, mut sum, mut counted) = (0.0_f64, 0.0, 0.0);
        for (other, points) in self.points.iter().enumerate() {
            if other == name || points.is_empty() {
                continue;
            }
            let near: f64 = points
                .iter()
                .map(|point| point.belief * nearness.of((point.number, point.at), (site.number, site.at)))
                .sum();
            nearest = nearest.max(near);
            sum += near;
            counted += 1.0;
        }
        if counted > 0.0 {
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
