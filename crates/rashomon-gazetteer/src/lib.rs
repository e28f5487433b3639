//! Here is a place name: which places on earth bear it?
//!
//! [`Gazetteer`] answers [`PlaceQuery`]s with scored, reasoned [`Candidate`]s. The built-in data (sources, licences and
//! dates in `data/SOURCES.md`) is embedded and used where it lies; users add their own lists of villages in front of it.
//! [`fold`] says which spellings are one name, [`lookup`] how candidates are scored, [`basemap`] draws coast and borders.
//!
//! ```
//! use rashomon_gazetteer::Gazetteer;
//! use rashomon_model::place::PlaceQuery;
//! use rashomon_model::resources::Places;
//!
//! let gazetteer = Gazetteer::builtin();
//! let query = PlaceQuery { names: vec!["Damascus".into()], ..PlaceQuery::default() };
//! assert_eq!(gazetteer.lookup(&query)[0].place.within.last().map(String::as_str), Some("Syria"));
//! ```

pub mod basemap;
pub mod fold;
pub mod lookup;
pub mod pack;
mod table;
pub mod user;
mod weak;
mod zones;

use std::collections::BTreeMap;

use rashomon_model::PlaceId;
use rashomon_model::place::{Candidate, Place, PlaceQuery};
use rashomon_model::resources::Places;

use crate::fold::Key;
use crate::table::{Bytes, REGION_BIT, Table};
use crate::user::UserError;

/// The embedded places.
static PLACES: &[u8] = include_bytes!("../data/places.bin");
/// ISO 3166-1 alpha-2 code and GeoNames number of each country.
static COUNTRIES: &str = include_str!("../data/countries.tsv");

/// Places on earth and their names: the built-in data, and users' lists before it.
pub struct Gazetteer {
    layers: Vec<Layer>,
}

/// One list of places.
pub(crate) struct Layer {
    pub(crate) table: Table,
    /// For a user's list: id, kind and containment of each place, by number.
    user: Option<Vec<user::Row>>,
}

impl Gazetteer {
    /// The built-in gazetteer. Opening it reads nothing but its head.
    #[must_use]
    pub fn builtin() -> Self {
        let layers =
            Table::open(&Bytes::Embedded(PLACES)).map(|table| Layer { table, user: None }).into_iter().collect();
        Self { layers }
    }

    /// The same with a user's list (CSV with a head line, or GeoJSON) searched first; see [`user`] for its columns.
    ///
    /// # Errors
    /// [`UserError`] names the line or feature; rows that are wrong are left out and reported by [`user::read`], only a
    /// file that cannot be read at all is an error.
    pub fn with_user(mut self, bytes: &[u8]) -> Result<Self, UserError> {
        let mut rows = user::read(bytes)?.rows;
        self.name_countries(&mut rows);
        let file = pack::pack(user::entries(&rows)).map_err(UserError::Pack)?;
        let made = Bytes::Made(file.into());
        if let Some(table) = Table::open(&made) {
            self.layers.insert(0, Layer { table, user: Some(rows) });
        }
        Ok(self)
    }

    /// Writes countries given by their code ("SY") by their name.
    fn name_countries(&self, rows: &mut [user::Row]) {
        let Some(layer) = self.layers.iter().find(|layer| !layer.is_user()) else { return };
        let mut names: BTreeMap<String, Option<String>> = BTreeMap::new();
        for row in rows {
            let code = |name: &&mut String| name.len() == 2 && name.bytes().all(|b| b.is_ascii_uppercase());
            let Some(country) = row.within.last_mut().filter(code) else { continue };
            let named = names
                .entry(country.clone())
                .or_insert_with_key(|code| layer.country(code).map(|index| layer.table.name(index).to_owned()));
            if let Some(name) = named {
                country.clone_from(name);
            }
        }
    }

    /// Number of places in all lists.
    #[must_use]
    pub fn len(&self) -> usize {
        self.layers.iter().map(|layer| layer.table.len()).sum()
    }

    /// Whether it holds no place.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Places for Gazetteer {
    fn lookup(&self, query: &PlaceQuery) -> Vec<Candidate> {
        self.candidates(query)
    }

    fn place(&self, id: &PlaceId) -> Option<Place> {
        self.layers.iter().find_map(|layer| {
            let index = layer.find(id.as_str())?;
            let mut place = layer.place(index)?;
            place.names = layer.table.others(index);
            Some(place)
        })
    }

    fn zone(&self, place: &Place) -> Option<String> {
        self.zone_of(place).map(str::to_owned)
    }

    fn knows(&self, name: &str) -> bool {
        let key = Key::of(name);
        !key.strong.is_empty()
            && self.layers.iter().any(|layer| layer.table.bears_plainly(&key.strong, key.plain_tag()))
    }
}

impl Layer {
    /// Whether it is a user's list.
    pub(crate) fn is_user(&self) -> bool {
        self.user.is_some()
    }

    /// The row of a user's list.
    pub(crate) fn row(&self, number: u32) -> Option<&user::Row> {
        self.user.as_ref()?.get((number & !REGION_BIT) as usize)
    }

    /// The country of a code or name, by index.
    pub(crate) fn country(&self, name: &str) -> Option<u32> {
        let code = name.trim().to_ascii_uppercase();
        if code.len() == 2
            && let Some(number) = COUNTRIES
                .lines()
                .filter_map(|line| line.split_once('\t'))
                .find_map(|(iso, number)| (iso == code).then(|| number.parse().ok()).flatten())
        {
            return self.table.find(number);
        }
        let key = Key::of(name);
        let is_country = |place: u32| self.table.record(place).is_some_and(|record| lookup::kind(record) == "country");
        let mut bearing = self.table.bearing(&key.strong);
        bearing.sort_by_key(|posting| posting.tag != key.plain_tag());
        bearing.into_iter().map(|posting| posting.place).find(|&place| is_country(place))
    }

    /// Indices of what holds the place, narrowest first, country last.
    pub(crate) fn chain(&self, index: u32) -> Vec<u32> {
        let mut chain = Vec::new();
        let Some(record) = self.table.record(index) else {
            return chain;
        };
        let mut above = record.parent;
        while let Some(parent) = above
            && chain.len() < 6
            && !chain.contains(&parent)
            && parent != index
        {
            chain.push(parent);
            above = self.table.record(parent).and_then(|r| r.parent);
        }
        if let Some(country) = record.country.filter(|c| !chain.contains(c) && *c != index) {
            chain.push(country);
        }
        chain
    }

    /// Index of the place with an id.
    fn find(&self, id: &str) -> Option<u32> {
        match (id.split_once(':')?, &self.user) {
            (("geonames", number), None) => self.table.find(number.parse().ok()?),
            (("region", number), None) => self.table.find(number.parse::<u32>().ok()? | REGION_BIT),
            (_, Some(rows)) => {
                let number = rows.iter().position(|row| row.id == id)?;
                self.table.find(u32::try_from(number).ok()? | REGION_BIT)
            }
            _ => None,
        }
    }

    /// The place at an index, without its other names (which lie compressed; [`Gazetteer::place`] adds them).
    pub(crate) fn place(&self, index: u32) -> Option<Place> {
        let record = self.table.record(index)?;
        let user = self.row(record.id);
        let chain = self.chain(index);
        let id = match user {
            Some(row) => row.id.clone(),
            None => id_of(record.id),
        };
        Some(Place {
            id: PlaceId::new(id),
            name: self.table.name(index).to_owned(),
            names: user.map_or_else(Vec::new, |row| row.names.clone()),
            latitude: record.latitude,
            longitude: record.longitude,
            kind: user
                .map(|row| row.kind.clone())
                .filter(|kind| !kind.is_empty())
                .unwrap_or_else(|| lookup::kind(record).to_owned()),
            population: u64::from(record.population),
            within: match user {
                Some(row) => row.within.clone(),
                None => chain.iter().map(|&above| self.table.name(above).to_owned()).collect(),
            },
            within_ids: chain
                .iter()
                .filter_map(|&above| self.table.record(above))
                .map(|above| PlaceId::new(id_of(above.id)))
                .collect(),
            radius_km: record.radius_km,
        })
    }
}

/// Id of a number of the built-in list.
fn id_of(number: u32) -> String {
    if number & REGION_BIT == 0 { format!("geonames:{number}") } else { format!("region:{}", number & !REGION_BIT) }
}
