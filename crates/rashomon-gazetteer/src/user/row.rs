//! Which place does a row of a user's list describe?

use super::Row;

/// Whether a column holds the narrowest name of a row; a higher number is narrower.
fn name_rank(column: &str) -> Option<u8> {
    match column {
        "name" | "name_en" | "featurename" | "featurename_en" | "featurerefname" | "place" => Some(9),
        _ => {
            let level = column
                .strip_prefix("adm")
                .map(|rest| rest.trim_start_matches("in"))
                .and_then(|rest| rest.chars().next())
                .and_then(|c| c.to_digit(10))?;
            let english = column.ends_with("_en") || column.ends_with("name");
            english.then(|| u8::try_from(level).unwrap_or(0))
        }
    }
}

/// Rank of the one name that is a place's own, narrower than any division's.
const OWN: u8 = 9;
/// Rank of a column that is called the id and nothing else.
const ID: u8 = 10;

/// A row on its way, field by field.
#[derive(Default)]
struct Draft {
    row: Row,
    latitude: Option<f64>,
    longitude: Option<f64>,
    /// Rank of the name the row has so far.
    named: u8,
    /// Names of divisions, each with its level; a higher one is narrower.
    levels: Vec<(u8, String)>,
    country: String,
    within: Vec<String>,
    /// The id, and the rank of its column.
    code: (u8, String),
}

/// The row of these fields; the reason where it is none. `point`: (latitude, longitude) given beside the fields.
pub(super) fn row<'a>(
    number: usize,
    fields: impl Iterator<Item = (&'a str, &'a str)>,
    point: Option<(f64, f64)>,
) -> Result<Row, String> {
    let (latitude, longitude) = point.unzip();
    let mut draft = Draft { latitude, longitude, ..Draft::default() };
    for (column, value) in fields.filter(|(_, value)| !value.is_empty()) {
        draft.field(column, value);
    }
    draft.done(number)
}

impl Draft {
    /// Takes one field in.
    fn field(&mut self, column: &str, value: &str) {
        let split = || value.split(['|', ';']).map(|n| n.trim().to_owned()).filter(|n| !n.is_empty());
        let degrees = || value.replace(',', ".").parse().ok();
        let row = &mut self.row;
        match column {
            "latitude" | "lat" | "y" | "point_y" | "centroid_latitude" => self.latitude = degrees(),
            "longitude" | "lon" | "lng" | "long" | "x" | "point_x" | "centroid_longitude" => {
                self.longitude = degrees();
            }
            "id" | "pcode" => self.code = (ID, value.to_owned()),
            "kind" | "type" => row.kind = value.to_lowercase(),
            "population" | "pop" => row.population = value.replace([',', ' '], "").parse().unwrap_or(0),
            "radius_km" => row.radius_km = value.parse().unwrap_or(0.0),
            "country" | "adm0_en" | "admin0name_en" => value.clone_into(&mut self.country),
            "admin" | "admin1" | "governorate" | "province" | "state" | "oblast" => {
                self.levels.push((1, value.to_owned()));
            }
            "admin2" | "district" | "raion" => self.levels.push((2, value.to_owned())),
            "names" | "aliases" | "alternatenames" => row.names.extend(split()),
            "within" => self.within.extend(split()),
            _ if column.contains("pcode") => {
                let level = column.chars().find_map(|c| c.to_digit(10)).and_then(|l| u8::try_from(l).ok());
                if level.unwrap_or(0) >= self.code.0 {
                    self.code = (level.unwrap_or(0), value.to_owned());
                }
            }
            _ => match name_rank(column) {
                Some(rank) if rank >= self.named => self.name(rank, value),
                Some(rank) => self.levels.push((rank, value.to_owned())),
                None if ["name", "alt", "featurename"].iter().any(|begin| column.starts_with(begin)) => {
                    row.names.extend(split());
                }
                None => {}
            },
        }
    }

    /// Takes a narrower name, or another of the same rank; the name so far is what holds it, or another name.
    fn name(&mut self, rank: u8, value: &str) {
        let before = std::mem::replace(&mut self.row.name, value.to_owned());
        match self.named {
            0 => {}
            OWN => self.row.names.push(before),
            level => self.levels.push((level, before)),
        }
        self.named = rank;
    }

    fn done(self, number: usize) -> Result<Row, String> {
        let Self { mut row, latitude, longitude, named, mut levels, country, within, code } = self;
        let (Some(latitude), Some(longitude)) = (latitude, longitude) else {
            return Err(format!("row {number}: no coordinates"));
        };
        if !(-90.0..=90.0).contains(&latitude) || !(-180.0..=180.0).contains(&longitude) {
            return Err(format!("row {number}: impossible coordinates {latitude}, {longitude}"));
        }
        if row.name.is_empty() {
            row.name = row.names.first().cloned().unwrap_or_default();
        }
        if row.name.is_empty() {
            return Err(format!("row {number}: no name"));
        }
        levels.retain(|(level, _)| *level < OWN && (*level < named || named == OWN || named == 0));
        levels.sort_by_key(|(level, _)| std::cmp::Reverse(*level));
        row.within = within;
        for name in levels.into_iter().map(|(_, name)| name).chain((!country.is_empty()).then_some(country)) {
            if !row.within.contains(&name) && name != row.name {
                row.within.push(name);
            }
        }
        row.id = if code.1.is_empty() { format!("user:{number}") } else { format!("user:{}", code.1) };
        (row.latitude, row.longitude) = (latitude, longitude);
        Ok(row)
    }
}
