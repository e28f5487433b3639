//! Which places does the user know that we do not? Lists in CSV and GeoJSON.
//!
//! CSV: a head line names the columns, in any order and case; separator comma, semicolon or tab. GeoJSON: a
//! FeatureCollection of points (or of anything with a bounding centre), the columns as properties.
//!
//! | column (any of) | meaning |
//! |---|---|
//! | `name`, `name_en`, `featureName`, `ADM4_EN`, `admin4Name_en`, … | name to show; columns `name_*`, `*_AR`, `*_RU`, `alt*`, `names`, `aliases` are other names (`;` or `\|` between several) |
//! | `latitude`, `lat`, `y` and `longitude`, `lon`, `lng`, `x` | degrees |
//! | `id`, `pcode`, `*_PCODE` (the narrowest) | id; shown as `user:ID` |
//! | `kind`, `type` | a kind of the model; `settlement` if absent |
//! | `admin`, `admin1`, `governorate`, `district`, `ADM1_EN`, `ADM2_EN`, … and `country` | what holds it |
//! | `population` | inhabitants |
//! | `radius_km` | precision |
//!
//! Columns are those of the OCHA common operational datasets (p-code lists). Objects of plain JSON (a list, or `items`) are read like
//! GeoJSON, names of nested fields joined by `_` (`name: {en, ar}`, `centroid: {latitude, longitude}`). The country files of
//! GeoNames (`SY.txt`: no head line, 19 fields parted by tabs) are read as they are, settlements only.

mod row;

use crate::pack::Entry;
use crate::pack::radius_by_population;

/// Why a user's list cannot be used at all.
#[derive(Debug, thiserror::Error)]
pub enum UserError {
    /// Not text.
    #[error("the list is not UTF-8 text")]
    NotText,
    /// Not CSV.
    #[error("the list is not CSV with a head line: {0}")]
    Csv(#[from] csv::Error),
    /// Not GeoJSON.
    #[error("the list is not GeoJSON: {0}")]
    Json(#[from] serde_json::Error),
    /// A needed column is missing.
    #[error("the list has no column for {0}")]
    Column(&'static str),
    /// It could not be indexed.
    #[error("the list could not be indexed: {0}")]
    Pack(String),
}

/// One place of a user's list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// `user:…`.
    pub id: String,
    /// Name to show.
    pub name: String,
    /// Other names.
    pub names: Vec<String>,
    /// Kind as given, or empty.
    pub kind: String,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Inhabitants, 0 if not given.
    pub population: u64,
    /// What holds it, narrowest first.
    pub within: Vec<String>,
    /// Radius in kilometres, 0 if not given.
    pub radius_km: f64,
}

/// A list as read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UserList {
    /// The rows that could be read.
    pub rows: Vec<Row>,
    /// The rows that could not, each with its number and the reason.
    pub left_out: Vec<String>,
}

/// Reads a list; CSV or GeoJSON is told by its first character.
///
/// # Errors
/// [`UserError`] if nothing of it can be read.
pub fn read(bytes: &[u8]) -> Result<UserList, UserError> {
    let text = std::str::from_utf8(bytes).map_err(|_| UserError::NotText)?;
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with(['{', '[']) {
        read_geojson(text)
    } else if is_dump(text) {
        Ok(read_dump(text))
    } else {
        read_csv(text)
    }
}

/// Fields of a row of the GeoNames dump, and which of them are read.
const DUMP_FIELDS: usize = 19;

/// Whether the first line is a row of the GeoNames dump rather than a head line.
fn is_dump(text: &str) -> bool {
    let fields: Vec<&str> = text.lines().next().unwrap_or("").split('\t').collect();
    fields.len() == DUMP_FIELDS && fields.first().is_some_and(|id| id.parse::<u32>().is_ok())
}

/// Reads rows of the GeoNames dump (`geonameid, name, asciiname, alternatenames, latitude, longitude, class, code, country, …,
/// population at 14`): places of class P but quarters (PPLX) and those that are gone (PPLH, PPLQ, PPLW).
fn read_dump(text: &str) -> UserList {
    let mut list = UserList::default();
    for (i, line) in text.lines().enumerate() {
        let f: Vec<&str> = line.split('\t').collect();
        let [id, name, _, others, latitude, longitude, class, code, country, ..] = f.as_slice() else {
            list.left_out.push(format!("line {}: not a row of GeoNames", i + 1));
            continue;
        };
        if *class != "P" || matches!(*code, "PPLX" | "PPLH" | "PPLQ" | "PPLW") {
            continue;
        }
        let names = others.replace(',', "|");
        let fields = [
            ("id", *id),
            ("name", *name),
            ("names", names.as_str()),
            ("latitude", *latitude),
            ("longitude", *longitude),
            ("country", *country),
            ("population", f.get(14).copied().unwrap_or("")),
        ];
        add(&mut list, i + 1, fields.into_iter(), None);
    }
    list
}

/// Reads CSV.
fn read_csv(text: &str) -> Result<UserList, UserError> {
    let head = text.lines().next().unwrap_or("");
    let count = |c: char| head.matches(c).count();
    let separator = [(b',', count(',')), (b';', count(';')), (b'\t', count('\t'))]
        .into_iter()
        .rev()
        .max_by_key(|(_, n)| *n)
        .map_or(b',', |(separator, _)| separator);
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(text.as_bytes());
    let columns: Vec<String> = reader.headers()?.iter().map(|c| c.trim().to_lowercase()).collect();
    let mut list = UserList::default();
    for (i, record) in reader.records().enumerate() {
        match record {
            Ok(record) => {
                let fields = columns.iter().map(String::as_str).zip(record.iter().map(str::trim));
                add(&mut list, i + 2, fields, None);
            }
            Err(error) => list.left_out.push(format!("line {}: {error}", i + 2)),
        }
    }
    if list.rows.is_empty() && !columns.iter().any(|c| matches!(c.as_str(), "lat" | "latitude" | "y")) {
        return Err(UserError::Column("latitude"));
    }
    Ok(list)
}

/// Reads GeoJSON.
fn read_geojson(text: &str) -> Result<UserList, UserError> {
    let value: serde_json::Value = serde_json::from_str(text)?;
    let features = value
        .get("features")
        .or_else(|| value.get("items"))
        .and_then(serde_json::Value::as_array)
        .or_else(|| value.as_array())
        .cloned()
        .unwrap_or_else(|| vec![value.clone()]);
    let mut list = UserList::default();
    for (i, feature) in features.iter().enumerate() {
        let Some(properties) = feature.get("properties").unwrap_or(feature).as_object() else {
            list.left_out.push(format!("feature {}: no properties", i + 1));
            continue;
        };
        let mut fields = Vec::new();
        flatten("", properties, &mut fields);
        let point = feature.get("geometry").and_then(|g| g.get("coordinates")).and_then(centre);
        add(&mut list, i + 1, fields.iter().map(|(k, v)| (k.as_str(), v.as_str())), point);
    }
    Ok(list)
}

/// Fields by lower-case name; those of an object inside have its name before theirs (`name_en`).
fn flatten(above: &str, object: &serde_json::Map<String, serde_json::Value>, fields: &mut Vec<(String, String)>) {
    for (key, value) in object {
        let key = if above.is_empty() { key.to_lowercase() } else { format!("{above}_{}", key.to_lowercase()) };
        let text = match value {
            serde_json::Value::Object(inner) if above.is_empty() => {
                flatten(&key, inner, fields);
                continue;
            }
            serde_json::Value::String(text) => text.trim().to_owned(),
            serde_json::Value::Null => String::new(),
            serde_json::Value::Array(items) => {
                items.iter().filter_map(serde_json::Value::as_str).collect::<Vec<_>>().join("|")
            }
            other => other.to_string(),
        };
        fields.push((key, text));
    }
}

/// Centre of the bounding box of any GeoJSON coordinates, as (latitude, longitude).
fn centre(coordinates: &serde_json::Value) -> Option<(f64, f64)> {
    let mut bounds: Option<[f64; 4]> = None;
    let mut stack = vec![coordinates];
    while let Some(value) = stack.pop() {
        let items = value.as_array()?;
        match (items.first().and_then(serde_json::Value::as_f64), items.get(1).and_then(serde_json::Value::as_f64)) {
            (Some(x), Some(y)) => {
                let b = bounds.get_or_insert([x, y, x, y]);
                *b = [b[0].min(x), b[1].min(y), b[2].max(x), b[3].max(y)];
            }
            _ => stack.extend(items),
        }
    }
    bounds.map(|b| (f64::midpoint(b[1], b[3]), f64::midpoint(b[0], b[2])))
}

/// Adds one row from its fields.
fn add<'a>(
    list: &mut UserList,
    number: usize,
    fields: impl Iterator<Item = (&'a str, &'a str)>,
    point: Option<(f64, f64)>,
) {
    match row::row(number, fields, point) {
        Ok(row) => list.rows.push(row),
        Err(reason) => list.left_out.push(reason),
    }
}

/// The rows as entries to pack; the number of each is its place in the list.
pub(crate) fn entries(rows: &[Row]) -> Vec<Entry> {
    rows.iter()
        .enumerate()
        .map(|(i, row)| Entry {
            id: format!("region:{i}"),
            kind: "settlement".to_owned(),
            name: row.name.clone(),
            latitude: row.latitude,
            longitude: row.longitude,
            population: row.population,
            country: String::new(),
            parent: String::new(),
            radius_km: if row.radius_km > 0.0 { row.radius_km } else { radius_by_population(row.population) },
            names: row.names.clone(),
        })
        .collect()
}
