//! How well does a place fit the other names of the document? By the country and division most of them lie in, and by nearness.

use rashomon_model::PlaceId;
use rashomon_model::place::{Place, distance_km};

use crate::table::Map;

/// Share of the other names in the same country.
const COUNTRY: f64 = 1.2;

/// Share of the other names in the same first-order division.
const DIVISION: f64 = 1.6;

/// Nearness to the nearest other place, and to the others on average.
const NEAREST: f64 = 0.9;

const AVERAGE: f64 = 0.7;

/// Names whose points are taken into account, so that the cost stays linear in the number of names.
const NEIGHBOURS: usize = 40;

/// Distance at which nearness has fallen to a third, in kilometres.
const REACH_KM: f64 = 120.0;

/// How wide a place is, as far as its neighbours ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rank {
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
pub(super) struct Site {
    /// Number of the candidate, over all names.
    number: u32,
    pub(super) id: u32,
    pub(super) within: Vec<u32>,
    pub(super) rank: Rank,
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
pub(super) struct Sites {
    ids: Map<PlaceId, u32>,
    count: u32,
}

impl Sites {
    /// How many ids there are.
    pub(super) fn ids(&self) -> usize {
        self.ids.len()
    }

    fn number(&mut self, id: &PlaceId) -> u32 {
        let next = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
        *self.ids.entry(id.clone()).or_insert(next)
    }

    /// The place as its neighbours see it, under the next number.
    pub(super) fn add(&mut self, place: &Place) -> Site {
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
pub(super) struct Nearness(Map<(u32, u32), f64>);

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
pub(super) struct Context {
    /// Belief by id of what holds a place (itself included), over all names.
    shares: Vec<f64>,
    /// The same of each name alone, to leave a name out of its own context.
    alone: Vec<Map<u32, f64>>,
    /// Candidates of each name narrower than a division, with their points and belief; at most [`NEIGHBOURS`] names have any.
    points: Vec<Vec<Point>>,
}

impl Context {
    /// From the places of all names, each with the belief in some of them, by index; they have so many ids.
    pub(super) fn of<'n>(names: impl Iterator<Item = (&'n [Site], &'n [(usize, f64)])>, ids: usize) -> Self {
        let mut context = Self { shares: vec![0.0; ids], alone: Vec::new(), points: Vec::new() };
        let mut neighbours = 0;
        for (sites, belief) in names {
            let mut alone: Map<u32, f64> = Map::default();
            let mut met: Vec<u32> = Vec::new();
            let mut points = Vec::new();
            for (i, belief) in belief {
                let Some(site) = sites.get(*i) else { continue };
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
    pub(super) fn score(&self, name: usize, site: &Site, nearness: &mut Nearness) -> f64 {
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
