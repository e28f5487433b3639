//! How is the flat file made? From the table that `tools/gazetteer/build.py` gathers.
//!
//! Used by `examples/pack.rs` and by tests; the product itself only reads.

use std::collections::BTreeMap;

use crate::fold::Key;
use crate::table::{BLOCK, KINDS, MAGIC, Posting, REGION_BIT, rank};

/// One place to pack.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Entry {
    /// `geonames:N`, or `region:N` for the project's own list.
    pub id: String,
    /// A kind of the flat file; `place` is a settlement whose size decides its kind.
    pub kind: String,
    /// Name to show.
    pub name: String,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Inhabitants, 0 if not recorded.
    pub population: u64,
    /// Id of the country, or empty.
    pub country: String,
    /// Id of the division that holds it, or empty.
    pub parent: String,
    /// Radius in kilometres; 0 to derive it from kind and population.
    pub radius_km: f64,
    /// Other names.
    pub names: Vec<String>,
}

/// Kind of a settlement by its inhabitants. City and town at 100,000 and 5,000: the classes of GeoNames' own extracts
/// (cities5000) and of Eurostat's degree of urbanisation (2021), rounded to one figure.
#[must_use]
pub fn kind_by_population(population: u64) -> &'static str {
    match population {
        0 => "settlement",
        1..5_000 => "village",
        5_000..100_000 => "town",
        _ => "city",
    }
}

/// Radius of a settlement: that of a disc at 1,000 inhabitants a square kilometre, at least 1 km (2 km where the number
/// of inhabitants is not known), at most 25 km.
#[must_use]
pub fn radius_by_population(population: u64) -> f64 {
    if population == 0 {
        return 2.0;
    }
    #[allow(clippy::cast_precision_loss)]
    let inhabitants = population.min(100_000_000) as f64;
    (inhabitants / 1000.0 / std::f64::consts::PI).sqrt().clamp(1.0, 25.0)
}

/// Code of a radius, the inverse of [`crate::table::radius_of`].
fn radius_code(km: f64) -> u8 {
    let code = ((km / 0.5).max(1.0).ln() / 1.1_f64.ln()).round();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let code = code.clamp(0.0, 255.0) as u8;
    code
}

/// Number under which an id is stored.
fn number(id: &str) -> u32 {
    match id.split_once(':') {
        Some(("geonames", n)) => n.parse().unwrap_or(0),
        Some(("region", n)) => n.parse::<u32>().unwrap_or(0) | REGION_BIT,
        _ => 0,
    }
}

/// Degrees as a signed 24-bit number of 1e-4 degrees.
fn degrees(value: f64) -> [u8; 3] {
    #[allow(clippy::cast_possible_truncation)]
    let raw = (value * 1e4).round().clamp(-8_388_608.0, 8_388_607.0) as i32;
    let bytes = raw.to_le_bytes();
    [bytes[0], bytes[1], bytes[2]]
}

/// Packs the entries; their order does not matter.
///
/// # Errors
/// Says in words what is wrong: too many places, too many divisions, or a map that could not be built.
pub fn pack(mut entries: Vec<Entry>) -> Result<Vec<u8>, String> {
    let code = |entry: &Entry| {
        let kind = if entry.kind == "place" { kind_by_population(entry.population) } else { entry.kind.as_str() };
        KINDS.iter().position(|k| *k == kind).unwrap_or(KINDS.len() - 1)
    };
    entries.sort_by_key(|entry| {
        let kind = u8::try_from(code(entry)).unwrap_or(0);
        (rank(kind), number(&entry.id))
    });
    if entries.len() >= 1 << 19 {
        return Err(format!("more than 524,287 places: {}", entries.len()));
    }
    let index: BTreeMap<&str, usize> = entries.iter().enumerate().map(|(i, entry)| (entry.id.as_str(), i)).collect();
    let above = |id: &str| -> Result<[u8; 2], String> {
        match index.get(id) {
            None => Ok([0, 0]),
            Some(i) => u16::try_from(i + 1).map(u16::to_le_bytes).map_err(|_| format!("division past 65,535: {id}")),
        }
    };
    let (mut records, mut names, mut others, mut blocks) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut keys: BTreeMap<String, BTreeMap<u32, Posting>> = BTreeMap::new();
    let mut lines = String::new();
    for (i, entry) in entries.iter().enumerate() {
        let place = u32::try_from(i).unwrap_or(0);
        let kind = code(entry);
        let radius = if entry.radius_km > 0.0 { entry.radius_km } else { radius_by_population(entry.population) };
        records.extend_from_slice(&number(&entry.id).to_le_bytes());
        records.extend_from_slice(&degrees(entry.latitude));
        records.extend_from_slice(&degrees(entry.longitude));
        records.extend_from_slice(&u32::try_from(entry.population).unwrap_or(u32::MAX).to_le_bytes());
        records.extend_from_slice(&u32::try_from(names.len()).unwrap_or(0).to_le_bytes());
        records.extend_from_slice(&above(&entry.parent)?);
        records.extend_from_slice(&above(&entry.country)?);
        records.push(u8::try_from(kind).unwrap_or(0));
        records.push(radius_code(radius));
        names.extend_from_slice(entry.name.as_bytes());
        let mut plain: Vec<String> = Vec::new();
        let mut kept: Vec<&str> = Vec::new();
        for (n, name) in std::iter::once(&entry.name).chain(&entry.names).enumerate() {
            let key = Key::of(name);
            if key.strong.is_empty() || plain.contains(&key.plain) {
                continue;
            }
            if n > 0 {
                kept.push(name);
            }
            let posting = Posting { place, primary: n == 0, tag: key.plain_tag() };
            let list = keys.entry(key.strong).or_default();
            list.entry(posting.pack() & !0x1000).or_insert(posting);
            plain.push(key.plain);
        }
        lines.push_str(&kept.join("\t"));
        lines.push('\n');
        if (i + 1) % BLOCK == 0 || i + 1 == entries.len() {
            blocks.extend_from_slice(&u32::try_from(others.len()).unwrap_or(0).to_le_bytes());
            others.extend(miniz_oxide::deflate::compress_to_vec(lines.as_bytes(), 9));
            lines.clear();
        }
    }
    blocks.extend_from_slice(&u32::try_from(others.len()).unwrap_or(0).to_le_bytes());
    let (map, postings) = build_map(&keys)?;
    let sections = [records, names, map, postings, blocks, others];
    let mut file = MAGIC.to_vec();
    for section in &sections {
        file.extend_from_slice(&u32::try_from(section.len()).unwrap_or(0).to_le_bytes());
    }
    for section in &sections {
        file.extend_from_slice(section);
    }
    Ok(file)
}

/// The map from strong keys and the lists of postings it points to.
fn build_map(keys: &BTreeMap<String, BTreeMap<u32, Posting>>) -> Result<(Vec<u8>, Vec<u8>), String> {
    let mut postings: Vec<u8> = Vec::new();
    let mut builder = fst::MapBuilder::memory();
    for (key, list) in keys {
        let value = if list.len() == 1 {
            list.values().next().map_or(0, |p| u64::from(p.pack()))
        } else {
            let start = (postings.len() / 4) as u64;
            for posting in list.values() {
                postings.extend_from_slice(&posting.pack().to_le_bytes());
            }
            ((list.len() as u64) << 32) | start
        };
        builder.insert(key, value).map_err(|e| e.to_string())?;
    }
    let map = builder.into_inner().map_err(|e| e.to_string())?;
    Ok((map, postings))
}
