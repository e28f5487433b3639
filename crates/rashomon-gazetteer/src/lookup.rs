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

use std::collections::{BTreeMap, BTreeSet};

use fst::{IntoStreamer, Streamer};
use rashomon_model::place::{Candidate, PlaceQuery, distance_km};

use crate::fold::Key;
use crate::table::{KINDS, Record, Table};
use crate::weak::{Skeleton, similarity};
use crate::{Gazetteer, Layer};

/// Factor for seas, regions and continents, which have no population to speak for them.
const WIDE_NAME: f64 = 1.05;
/// Lowest score returned.
pub const MIN_SCORE: f64 = 0.45;
/// Most candidates returned.
pub const MAX_CANDIDATES: usize = 60;
/// Likeness below which a weak match is dropped (similarity of strong keys).
const MIN_SIMILARITY: f64 = 0.82;
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

/// A spelling to try, with the factor for what was cut off it.
struct Variant {
    text: String,
    factor: f64,
    hints: Vec<String>,
}

/// Words that say what a place is and are often left out of its listed name.
const GENERIC: &[&str] = &[
    "city",
    "town",
    "village",
    "municipality",
    "governorate",
    "province",
    "district",
    "subdistrict",
    "region",
    "oblast",
    "raion",
    "county",
    "camp",
    "area",
    "countryside",
    "neighborhood",
    "neighbourhood",
    "suburb",
    "quarter",
    "farm",
    "farms",
    "mountain",
    "mount",
    "hawi",
    "the",
    "of",
    "مدينة",
    "بلدة",
    "قرية",
    "محافظة",
    "ناحية",
    "منطقة",
    "مخيم",
    "مزرعة",
    "مزارع",
    "جبل",
    "حاوي",
    "حي",
];

/// The name as given, before a comma or bracket (the rest then hints at what holds it), and without generic words.
fn variants(name: &str) -> Vec<Variant> {
    let mut found = vec![Variant { text: name.trim().to_owned(), factor: 1.0, hints: Vec::new() }];
    let cut = name.find([',', '(', '/', '،']).unwrap_or(name.len());
    let (head, rest) = name.split_at(cut);
    let head = head.trim();
    let hints: Vec<String> = rest
        .split([',', '(', ')', '/', '،'])
        .map(str::trim)
        .filter(|hint| !hint.is_empty())
        .map(str::to_owned)
        .collect();
    if !hints.is_empty() && !head.is_empty() {
        found.push(Variant { text: head.to_owned(), factor: 0.97, hints: hints.clone() });
    }
    let bare: Vec<&str> =
        head.split_whitespace().filter(|word| !GENERIC.contains(&word.to_lowercase().as_str())).collect();
    let bare = bare.join(" ");
    if !bare.is_empty() && bare.len() < head.len() {
        found.push(Variant { text: bare, factor: 0.96, hints });
    }
    found
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

/// A place with its score and what made it.
struct Scored {
    place: u32,
    score: f64,
    likeness: Likeness,
    notes: Vec<String>,
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
    let mut agreeing: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    let mut hints: Vec<&str> = Vec::new();
    for variant in &variants {
        let key = Key::of(&variant.text);
        if key.strong.is_empty() {
            continue;
        }
        hints.extend(variant.hints.iter().map(String::as_str));
        for posting in table.bearing(&key.strong) {
            let same = posting.tag == key.plain_tag();
            let (score, how) = match (same, posting.primary) {
                (true, true) => (1.0, How::Same),
                (true, false) => (0.98, How::Same),
                (false, _) => (0.92, How::Folded),
            };
            agreeing.entry(posting.place).or_default().insert(key.strong.clone());
            keep(&mut likeness, posting.place, score * variant.factor, &variant.text, how);
        }
    }
    let divisions = query.admin.as_deref().map(|admin| divisions(table, admin, country));
    let mut scored = score_all(layer, query, country, divisions.as_ref(), &hints, &likeness, &agreeing);
    if country.is_some() && scored.is_empty() {
        for variant in &variants {
            weakly(table, &variant.text, country, variant.factor, &mut likeness);
        }
        scored = score_all(layer, query, country, divisions.as_ref(), &hints, &likeness, &agreeing);
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

/// Scores every place whose name matched; best first.
fn score_all(
    layer: &Layer,
    query: &PlaceQuery,
    country: Option<u32>,
    divisions: Option<&BTreeSet<u32>>,
    hints: &[&str],
    likeness: &BTreeMap<u32, Likeness>,
    agreeing: &BTreeMap<u32, BTreeSet<String>>,
) -> Vec<Scored> {
    let table = &layer.table;
    let asks_settlement = query.names.iter().any(|name| names_settlement(name));
    let asks_division = query.names.iter().any(|name| names_division(name));
    let mut scored: Vec<Scored> = Vec::new();
    for (&place, like) in likeness {
        let Some(record) = table.record(place) else {
            continue;
        };
        let mut score = like.score;
        let mut notes = Vec::new();
        if country.is_some() && record.country != country && !layer.is_user() {
            continue;
        }
        let chain = layer.chain(place);
        if let Some(divisions) = divisions.filter(|set| !set.is_empty()) {
            if divisions.contains(&place) || chain.iter().any(|above| divisions.contains(above)) {
                notes.push("division agrees".to_owned());
            } else if chain.iter().any(|&above| table.record(above).is_some_and(|r| kind(r) == "admin1")) {
                score *= OTHER_DIVISION;
                notes.push("other division".to_owned());
            } else {
                score *= UNKNOWN_DIVISION;
            }
        }
        if let Some(row) = layer.row(record.id) {
            let within: Vec<String> = row.within.iter().map(|name| Key::of(name).strong).collect();
            for asked in [&query.country, &query.admin].into_iter().flatten().filter(|name| name.len() > 2) {
                if within.is_empty() {
                    score *= UNKNOWN_DIVISION;
                } else if within.contains(&Key::of(asked).strong) {
                    notes.push(format!("in {asked}"));
                } else {
                    score *= OTHER_LISTED;
                }
            }
        }
        if agreeing.get(&place).is_some_and(|keys| keys.len() > 1) {
            score *= 1.05;
            notes.push("several spellings agree".to_owned());
        }
        let agrees = |hint: &&&str| {
            let key = Key::of(hint).strong;
            chain.iter().any(|&above| Key::of(table.name(above)).strong == key)
        };
        if let Some(hint) = hints.iter().find(agrees) {
            score *= 1.04;
            notes.push(format!("in {hint}"));
        }
        if let Some(near) = query.near {
            let km = distance_km(near, (record.latitude, record.longitude));
            score *= 0.4 + 0.6 * (-km / 200.0).exp();
            notes.push(format!("{km:.0} km from the point given"));
        }
        let division = matches!(kind(record), "admin1" | "admin2");
        let stripped = like.asked != query.names.first().map_or("", |n| n.trim());
        if division && !asks_division {
            score *= BARE_DIVISION;
        }
        let settled = !matches!(kind(record), "admin1" | "admin2" | "country" | "region" | "continent" | "sea");
        if stripped && ((asks_division && settled) || (asks_settlement && !settled)) {
            score *= OTHER_KIND;
        }
        if matches!(kind(record), "region" | "sea" | "continent") {
            score *= WIDE_NAME; // a part of the world is meant before a village that took its name
        } else {
            score *= 0.92 + 0.08 * size(record);
        }
        if score >= MIN_SCORE {
            scored.push(Scored { place, score: score.min(1.0), likeness: like.clone(), notes });
        }
    }
    scored.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.place.cmp(&b.place)));
    scored
}

/// Whether the words ask for a division.
fn names_division(asked: &str) -> bool {
    asked.split_whitespace().any(|word| {
        matches!(
            word.to_lowercase().as_str(),
            "governorate"
                | "province"
                | "district"
                | "subdistrict"
                | "county"
                | "oblast"
                | "raion"
                | "region"
                | "state"
                | "محافظة"
                | "منطقة"
        )
    })
}

/// Whether the words ask for a settlement.
fn names_settlement(asked: &str) -> bool {
    asked
        .split_whitespace()
        .any(|word| matches!(word.to_lowercase().as_str(), "city" | "town" | "village" | "مدينة" | "بلدة" | "قرية"))
}

/// Size of a place on a scale of 0..=1: the logarithm of its inhabitants over that of ten million.
fn size(record: Record) -> f64 {
    (f64::from(record.population.max(1)).log10() / 7.0).min(1.0)
}

/// The reason in words: what matched, what it is, where it lies.
fn why(scored: &Scored, place: &rashomon_model::place::Place) -> String {
    let asked = &scored.likeness.asked;
    let how = match scored.likeness.how {
        How::Same if place.name == *asked || Key::of(&place.name).plain == Key::of(asked).plain => {
            "same name".to_owned()
        }
        How::Same => format!("“{asked}” is another name of it"),
        How::Folded => format!("same folded name as “{asked}”"),
        How::Consonants => format!("same consonants as “{asked}”, spelling alike"),
    };
    let mut parts = vec![how];
    parts.push(if place.population > 0 {
        format!("{}, pop {}", place.kind, thousands(place.population))
    } else {
        place.kind.clone()
    });
    if !place.within.is_empty() {
        parts.push(format!("in {}", place.within.join(", ")));
    }
    parts.extend(scored.notes.iter().cloned());
    parts.join("; ")
}

/// A number with commas.
fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
