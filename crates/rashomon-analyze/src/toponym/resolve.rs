//! Which of the places that bear the name is meant? The places of the document decide together.
//!
//! Each name has candidates; the score of a candidate is a sum of what speaks for it, in this order of weight: a place
//! named right after it that holds it ("Karsen, Kentucky"), the country and first-order division that most other names of
//! the document lie in, nearness to other places of the document, its kind and its inhabitants. No name is decided before
//! the others: each carries its belief in its candidates into the next round (a mean-field approximation, [`ROUNDS`]
//! rounds), so that several ambiguous names of one area find it together. All occurrences of a name mean one place. The weights are set by hand and were checked on the developers' half of the bench (docs/places.md).

use std::collections::BTreeMap;

use rashomon_model::place::{Candidate, Place};
use rashomon_model::span::Span;

use super::around::Around;
use super::context::{Context, Nearness, Rank, Site, Sites};
use super::lists::CUES;
use super::lookup::LookUps;

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
/// Holds the name written right before.
const HOLDING: f64 = 1.5;
/// Meant by a fuller name that the document uses too ("Karsen City" beside "Karsen", if Karsen is also a country).
const NAMED_APART: f64 = -4.0;
/// Temperature of the belief in candidates: differences of score below it leave a name open.
const TEMPERATURE: f64 = 0.5;
/// Candidates of a name that others take into account.
const BELIEVED: usize = 8;

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
        let believed = names.iter().map(|name| (name.sites.as_slice(), name.belief.as_slice()));
        let context = Context::of(believed, sites.ids());
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
