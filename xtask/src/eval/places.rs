//! How well are places looked up, found in text, and resolved?
//!
//! Plain functions over the developers' files of `bench/places` (its README gives fields and metric); each returns
//! [`Figure`]s, nothing is printed here.

use std::path::Path;

use rashomon_model::place::{PlaceQuery, distance_km};
use rashomon_model::resources::Places;
use serde_json::Value;

/// A named measurement.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Name, as in `eval/floors.toml`: `places.lookup.settlements.arabic.acc5`.
    pub name: String,
    /// Value; shares are 0..=1, distances kilometres.
    pub value: f64,
    /// Number of items it rests on.
    pub n: usize,
}

/// A share as a figure.
fn share(name: String, part: usize, n: usize) -> Figure {
    #[allow(clippy::cast_precision_loss)]
    let value = if n == 0 { 0.0 } else { part as f64 / n as f64 };
    Figure { name, value, n }
}

/// Lines of a JSONL file.
///
/// # Errors
/// Names the file that cannot be read or the line that is not JSON.
pub fn lines(path: &Path) -> Result<Vec<Value>, String> {
    std::fs::read_to_string(path)
        .map_err(|e| format!("{}: {e}", path.display()))?
        .lines()
        .map(|line| serde_json::from_str(line).map_err(|e| format!("{}: {e}", path.display())))
        .collect()
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
pub fn lookup(path: &Path, places: &dyn Places) -> Result<Vec<Figure>, String> {
    let items = lines(path)?;
    let mut figures = Vec::new();
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
            figures.push(share(name("found"), found, n));
            figures.push(share(name("acc5"), near, n));
            figures.push(share(name("acc25"), fair, n));
            figures.push(share(name("precision5"), near, found));
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
