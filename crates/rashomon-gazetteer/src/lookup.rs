//! Here is a name and what is known around it: which places may it mean, and why?
//!
//! A candidate's score is the likeness of the name (below) times what country, division, nearness and size say. Nothing
//! is returned below [`MIN_SCORE`]: a place that is not listed is not found, rather than taken for another.
//!
//! | likeness | score |
//! |---|---|
//! | same name (plain key), the one shown / another | 1.00 / 0.98 |
//! | same but for article, doubled letters, long vowels, endings (strong key) | 0.92 |
//! | same consonants (weak comparison), only if nothing better and the country is known | 0.75 × similarity |
//!
//! The factors and thresholds were set by hand and checked on the developers' half of the place look-up set of the
//! project's bench (docs/places.md gives the figures); none is fitted.

mod score;
mod spelling;
mod why;

use std::collections::{BTreeMap, BTreeSet};

use fst::{IntoStreamer, Streamer};
use rashomon_model::place::{Candidate, PlaceQuery};

use crate::fold::Key;
use crate::table::{KINDS, Record, Table};
use crate::weak::{Skeleton, similarity};
use crate::{Gazetteer, Layer};
use score::{Asked, Scored, score};
use spelling::{Variant, variants};
use why::why;

/// Lowest score returned.
pub const MIN_SCORE: f64 = 0.45;
/// Most candidates returned.
pub const MAX_CANDIDATES: usize = 60;
/// Likeness below which a weak match is dropped (similarity of strong keys).
const MIN_SIMILARITY: f64 = 0.82;

/// How a name was matched.
#[derive(Debug, Clone, PartialEq)]
struct Likeness {
    score: f64,
    asked: String,
    how: How,
}

/// Degree of the match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Same,
    Folded,
    Consonants,
}

impl Gazetteer {
    /// Candidates for a query, best first.
    pub(crate) fn candidates(&self, query: &PlaceQuery) -> Vec<Candidate> {
        let mut found: Vec<(Scored, usize)> = Vec::new();
        for (i, layer) in self.layers.iter().enumerate() {
            found.extend(search(layer, query, i).into_iter().map(|s| (s, i)));
        }
        found.sort_by(|(a, i), (b, j)| b.score.total_cmp(&a.score).then(i.cmp(j)).then(a.place.cmp(&b.place)));
        found.truncate(MAX_CANDIDATES);
        found
            .into_iter()
            .filter_map(|(scored, i)| {
                let layer = self.layers.get(i)?;
                let place = layer.place(scored.place)?;
                let why = why(&scored, &place);
                Some(Candidate { place, score: scored.score, why })
            })
            .collect()
    }
}

/// Searches one layer.
fn search(layer: &Layer, query: &PlaceQuery, rank: usize) -> Vec<Scored> {
    let table = &layer.table;
    let country = query.country.as_deref().map(|name| layer.country(name));
    if rank > 0 && matches!(country, Some(None)) {
        return Vec::new();
    }
    let country = country.flatten();
    let variants: Vec<Variant> = query.names.iter().take(16).flat_map(|name| variants(name)).collect();
    let mut likeness: BTreeMap<u32, Likeness> = BTreeMap::new();
    let divisions = query.admin.as_deref().map(|admin| divisions(table, admin, country));
    let mut asked = Asked { query, country, divisions, hints: Vec::new(), agreeing: BTreeMap::new() };
    for variant in &variants {
        let key = Key::of(&variant.text);
        if key.strong.is_empty() {
            continue;
        }
        asked.hints.extend(variant.hints.iter().map(String::as_str));
        for posting in table.bearing(&key.strong) {
            let same = posting.tag == key.plain_tag();
            let (score, how) = match (same, posting.primary) {
                (true, true) => (1.0, How::Same),
                (true, false) => (0.98, How::Same),
                (false, _) => (0.92, How::Folded),
            };
            asked.agreeing.entry(posting.place).or_default().insert(key.strong.clone());
            keep(&mut likeness, posting.place, score * variant.factor, &variant.text, how);
        }
    }
    let mut scored = score(layer, &asked, &likeness);
    if country.is_some() && scored.is_empty() {
        for variant in &variants {
            weakly(table, &variant.text, country, variant.factor, &mut likeness);
        }
        scored = score(layer, &asked, &likeness);
    }
    scored
}

/// Keeps the better of two ways a place was matched.
fn keep(likeness: &mut BTreeMap<u32, Likeness>, place: u32, score: f64, asked: &str, how: How) {
    let better = likeness.get(&place).is_none_or(|old| old.score < score);
    if better {
        likeness.insert(place, Likeness { score, asked: asked.to_owned(), how });
    }
}

/// Adds places of the country whose key has the same consonants.
fn weakly(table: &Table, name: &str, country: Option<u32>, factor: f64, likeness: &mut BTreeMap<u32, Likeness>) {
    let strong = Key::of(name).strong;
    let Some(walk) = Skeleton::of(&strong) else {
        return;
    };
    let mut stream = table.keys().search(&walk).into_stream();
    while let Some((key, value)) = stream.next() {
        let Ok(key) = std::str::from_utf8(key) else {
            continue;
        };
        let alike = similarity(&strong, key);
        if alike < MIN_SIMILARITY {
            continue;
        }
        for posting in table.expand(value) {
            let fits = |r: Record| r.country == country && !matches!(kind(r), "admin1" | "admin2");
            if table.record(posting.place).is_some_and(fits) {
                keep(likeness, posting.place, 0.75 * alike * factor, name, How::Consonants);
            }
        }
    }
}

/// Divisions a name may mean: "Damascus and Rif Dimashq" are two.
fn divisions(table: &Table, admin: &str, country: Option<u32>) -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    for part in admin.split(" and ").chain([admin]) {
        for variant in variants(part) {
            let key = Key::of(&variant.text).strong;
            for posting in table.bearing(&key) {
                let holds = table.record(posting.place).is_some_and(|r| {
                    matches!(kind(r), "admin1" | "admin2") && (country.is_none() || r.country == country)
                });
                if holds {
                    found.insert(posting.place);
                }
            }
        }
    }
    found
}

/// Kind of a record.
pub(crate) fn kind(record: Record) -> &'static str {
    KINDS.get(usize::from(record.kind)).copied().unwrap_or("settlement")
}
