//! Which places bear this name? `rashomon places`.

use super::{USAGE, print};
use crate::cli::PlacesArgs;
use crate::resources::Table;
use anyhow::Context as _;
use rashomon_model::place::{Candidate, PlaceQuery};
use rashomon_model::resources::Places as _;
use serde_json::{Value, json};
use std::io::Read as _;

/// `rashomon places`: looks each name up; one result a name, in input order.
///
/// # Errors
/// If a gazetteer cannot be used, standard input cannot be read or output cannot be written.
pub fn run(args: &PlacesArgs) -> anyhow::Result<u8> {
    let near = match args.near.as_deref().map(point) {
        Some(None) => {
            eprintln!("error: --near wants LAT,LON in degrees, for example 34.8,36.7");
            return Ok(USAGE);
        }
        Some(Some(point)) => Some(point),
        None => None,
    };
    let gazetteer = crate::resources::gazetteer(&Table::read("gazetteer", &args.gazetteer)?)?;
    let mut queries = Vec::new();
    for name in &args.names {
        if name == "-" {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).context("cannot read names from standard input")?;
            queries.extend(text.lines().filter(|line| !line.trim().is_empty()).map(query_of_line));
        } else {
            queries.push((name.clone(), PlaceQuery { names: vec![name.clone()], ..PlaceQuery::default() }));
        }
    }
    let mut results = Vec::new();
    let mut text = String::new();
    for (name, mut query) in queries {
        query.near = query.near.or(near);
        query.country = query.country.or_else(|| args.country.clone());
        query.admin = query.admin.or_else(|| args.admin.clone());
        let candidates = gazetteer.lookup(&query);
        if !args.json {
            text.push_str(&format!("{name}\n"));
            if candidates.is_empty() {
                text.push_str("  not found\n");
            }
        }
        for candidate in candidates.iter().take(if args.json { 20 } else { 5 }) {
            let place = &candidate.place;
            text.push_str(&format!(
                "  {:.2}  {} ({:.4}, {:.4})  {}\n",
                candidate.score, place.name, place.latitude, place.longitude, candidate.why
            ));
        }
        results.push(json!({ "query": name, "candidates": candidates.iter().take(20).map(wire).collect::<Vec<_>>() }));
    }
    if args.json {
        text = serde_json::to_string_pretty(&Value::Array(results))?;
    }
    print(&text)
}

/// A line of standard input: a JSON object as the contract has it, or a plain name.
fn query_of_line(line: &str) -> (String, PlaceQuery) {
    let plain = |name: &str| (name.to_owned(), PlaceQuery { names: vec![name.to_owned()], ..PlaceQuery::default() });
    let Ok(Value::Object(row)) = serde_json::from_str::<Value>(line) else { return plain(line.trim()) };
    let text = |key: &str| row.get(key).and_then(Value::as_str).map(str::to_owned);
    let name = text("name").unwrap_or_default();
    let mut names: Vec<String> = if name.is_empty() { Vec::new() } else { vec![name.clone()] };
    if let Some(Value::Array(more)) = row.get("names") {
        names.extend(more.iter().filter_map(Value::as_str).map(str::to_owned));
    }
    let shown = if name.is_empty() { names.first().cloned().unwrap_or_default() } else { name };
    (shown, PlaceQuery { names, country: text("country"), admin: text("admin"), near: None })
}

/// "LAT,LON" in degrees.
fn point(text: &str) -> Option<(f64, f64)> {
    let (lat, lon) = text.split_once(',')?;
    let (lat, lon) = (lat.trim().parse().ok()?, lon.trim().parse().ok()?);
    ((-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon)).then_some((lat, lon))
}

/// A candidate as the contract has it.
fn wire(candidate: &Candidate) -> Value {
    let round = |x: f64, by: f64| (x * by).round() / by;
    json!({
        "place": candidate.place.id.as_str(),
        "name": candidate.place.name,
        "latitude": round(candidate.place.latitude, 1e5),
        "longitude": round(candidate.place.longitude, 1e5),
        "kind": candidate.place.kind,
        "within": candidate.place.within,
        "score": round(candidate.score, 1e4),
        "why": candidate.why,
    })
}
