//! How well are places looked up, found in text, and resolved?
//!
//! Plain functions over the developers' files of `bench/places` (its README gives fields and metric); each returns
//! figures (shares from 0 to 1, distances in kilometres), nothing is printed here.

use std::path::Path;

use rashomon_analyze::{mention, segment, toponym};
use rashomon_model::document::{Block, BlockKind};
use rashomon_model::party::PartyTable;
use rashomon_model::place::{PlaceQuery, distance_km};
use rashomon_model::resources::{Places, Resources};
use rashomon_model::{Document, Span};
use serde_json::Value;

use super::Figures;
use super::sets::{bare, lines};

/// A share as a figure, 0 where there is nothing.
fn share(name: String, part: usize, n: usize) -> (String, f64) {
    (name, if n == 0 { 0.0 } else { part as f64 / n as f64 })
}

/// Text of a field.
fn text<'a>(item: &'a Value, field: &str) -> &'a str {
    item.get(field).and_then(Value::as_str).unwrap_or("")
}

/// Coordinates of an item.
fn point(item: &Value) -> Option<(f64, f64)> {
    Some((item.get("latitude")?.as_f64()?, item.get("longitude")?.as_f64()?))
}

/// Whether the item is of the main figure: a settlement with a simple name.
fn settlement(item: &Value) -> bool {
    matches!(text(item, "precision"), "village" | "town" | "city")
        && item.get("compound").and_then(Value::as_bool) == Some(false)
}

/// Looks up every line of `lookup.jsonl`: all lines and settlements, by English name, with the Arabic names, and with
/// the Arabic names but without the governorate. Per variant: found, within 5 and 25 km over all, and within 5 km of
/// what was found (precision).
///
/// # Errors
/// As [`lines`].
pub fn lookup(path: &Path, places: &dyn Places) -> Result<Figures, String> {
    let items = lines(path)?;
    let mut figures = Figures::new();
    for (group, keep) in [("all", (|_| true) as fn(&Value) -> bool), ("settlements", settlement)] {
        for (variant, arabic, admin) in
            [("english", false, true), ("arabic", true, true), ("arabic_no_admin", true, false)]
        {
            let (mut n, mut found, mut near, mut fair) = (0, 0, 0, 0);
            for item in items.iter().filter(|item| keep(item)) {
                n += 1;
                let best = places.lookup(&query(item, arabic, admin)).into_iter().next();
                let (Some(best), Some(gold)) = (best, point(item)) else {
                    continue;
                };
                let km = distance_km(gold, (best.place.latitude, best.place.longitude));
                found += 1;
                near += usize::from(km <= 5.0);
                fair += usize::from(km <= 25.0);
            }
            let name = |what: &str| format!("places.lookup.{group}.{variant}.{what}");
            figures.extend([
                share(name("found"), found, n),
                share(name("acc5"), near, n),
                share(name("acc25"), fair, n),
                share(name("precision5"), near, found),
            ]);
        }
    }
    Ok(figures)
}

/// The query of a line.
pub fn query(item: &Value, arabic: bool, admin: bool) -> PlaceQuery {
    let mut names = vec![text(item, "name").to_owned()];
    if arabic && let Some(others) = item.get("names").and_then(Value::as_array) {
        names.extend(others.iter().filter_map(Value::as_str).map(str::to_owned));
    }
    let optional = |field: &str| item.get(field).and_then(Value::as_str).map(str::to_owned);
    PlaceQuery { names, country: optional("country"), admin: if admin { optional("admin") } else { None }, near: None }
}

/// The world with a gazetteer and no parties: what the corpora are read with.
struct World<'a> {
    places: &'a dyn Places,
    parties: PartyTable,
}

impl Resources for World<'_> {
    fn places(&self) -> &dyn Places {
        self.places
    }

    fn parties(&self) -> &PartyTable {
        &self.parties
    }
}

/// A gold toponym of a corpus, its span in bytes.
struct Gold {
    span: Span,
    point: Option<(f64, f64)>,
    geonames: Option<u64>,
}

/// One paragraph holds the whole text: the corpora keep no blocks.
fn document(item: &Value) -> Document {
    let words = text(item, "text");
    let blocks = vec![Block { kind: BlockKind::Paragraph, span: Span::from_usize(0, words.len()) }];
    Document { blocks, ..bare(text(item, "id"), words) }
}

/// Gold toponyms, offsets turned from code points to bytes.
fn gold(item: &Value) -> Vec<Gold> {
    let words = text(item, "text");
    let mut bytes: Vec<usize> = words.char_indices().map(|(at, _)| at).collect();
    bytes.push(words.len());
    let offset = |value: &Value, field: &str| {
        let at = value.get(field).and_then(Value::as_u64).unwrap_or(0);
        usize::try_from(at).ok().and_then(|at| bytes.get(at)).copied().unwrap_or(words.len())
    };
    item.get("toponyms")
        .and_then(Value::as_array)
        .map_or(&[][..], Vec::as_slice)
        .iter()
        .map(|t| Gold {
            span: Span::from_usize(offset(t, "start"), offset(t, "end")),
            point: point(t),
            geonames: t.get("geonameid").and_then(Value::as_u64),
        })
        .collect()
}

/// Reads a corpus: detection (exact span: precision, recall, F1), resolution given the gold spans (within 161, 25 and
/// 5 km, exact id, median error in km over what was resolved), and both together (F1 within 161 km).
///
/// # Errors
/// As [`lines`].
pub fn corpus(path: &Path, set: &str, places: &dyn Places) -> Result<Figures, String> {
    let world = World { places, parties: PartyTable::default() };
    let (mut n_gold, mut n_found, mut right, mut right_near) = (0, 0, 0, 0);
    let (mut n, mut at161, mut at25, mut at5, mut n_ids, mut ids) = (0, 0, 0, 0, 0, 0);
    let mut errors: Vec<f64> = Vec::new();
    for item in lines(path)? {
        let doc = document(&item);
        let gold = gold(&item);
        let sentences = segment::sentences(&doc);
        let words = segment::words(&doc, &sentences);
        let mentions = mention::read(&doc, &sentences, &words, &[], &world);
        let found = toponym::read(&doc, &sentences, &mentions, &world);
        n_gold += gold.len();
        n_found += found.len();
        for toponym in &found {
            let Some(same) = gold.iter().find(|g| g.span == toponym.span) else {
                continue;
            };
            right += 1;
            if let (Some(point), Some(place)) = (same.point, &toponym.place) {
                right_near += usize::from(distance_km(point, (place.latitude, place.longitude)) <= 161.0);
            }
        }
        let spans: Vec<Span> = gold.iter().map(|g| g.span).collect();
        let resolved = toponym::resolve_spans(&doc, &sentences, &spans, places);
        for (g, toponym) in gold.iter().zip(&resolved) {
            let Some(point) = g.point else { continue };
            n += 1;
            n_ids += usize::from(g.geonames.is_some());
            let Some(place) = &toponym.place else { continue };
            let km = distance_km(point, (place.latitude, place.longitude));
            errors.push(km);
            at161 += usize::from(km <= 161.0);
            at25 += usize::from(km <= 25.0);
            at5 += usize::from(km <= 5.0);
            ids += usize::from(g.geonames.is_some_and(|id| place.id.as_str() == format!("geonames:{id}")));
        }
    }
    errors.sort_by(f64::total_cmp);
    let name = |what: &str| format!("places.{set}.{what}");
    let f1 = |measure: &str, hit: usize| share(name(measure), 2 * hit, n_gold + n_found);
    Ok(Figures::from([
        share(name("detect.precision"), right, n_found),
        share(name("detect.recall"), right, n_gold),
        f1("detect.f1", right),
        share(name("acc161"), at161, n),
        share(name("acc25"), at25, n),
        share(name("acc5"), at5, n),
        share(name("exact_id"), ids, n_ids),
        (name("median_km"), errors.get(errors.len() / 2).copied().unwrap_or(f64::INFINITY)),
        f1("end_to_end.f1", right_near),
    ]))
}
