//! Which time zone is in force at a place? That of its country, or of its division where a country has several.
//!
//! The list (`data/zones.tsv`, made by `tools/gazetteer/zones.py` from the zones GeoNames gives settlements) names a country only
//! if one time has been told in all of it since 2010, and a division if nearly all of it tells one. A place of which nothing
//! is known that way has no zone: a clock time there keeps its words.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rashomon_model::place::Place;

use crate::{Gazetteer, lookup};

/// Zone by GeoNames number of a country or division.
static ZONES: LazyLock<BTreeMap<u32, &'static str>> = LazyLock::new(|| {
    include_str!("../data/zones.tsv")
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(number, zone)| Some((number.parse().ok()?, zone)))
        .collect()
});

/// Zone of an id of the built-in list.
fn listed(id: &str) -> Option<&'static str> {
    ZONES.get(&id.strip_prefix("geonames:")?.parse().ok()?).copied()
}

impl Gazetteer {
    /// The zone of the place, of what holds it by id, or (for a place of a user's list) of the country or division it is said
    /// to lie in by name.
    pub(crate) fn zone_of(&self, place: &Place) -> Option<&'static str> {
        let ids = std::iter::once(&place.id).chain(&place.within_ids);
        if let Some(zone) = ids.map(rashomon_model::PlaceId::as_str).find_map(listed) {
            return Some(zone);
        }
        let layer = self.layers.iter().find(|layer| !layer.is_user())?;
        let country = place.within.iter().rev().find_map(|name| layer.country(name))?;
        let number = |index: u32| layer.table.record(index).map(|record| record.id);
        if let Some(zone) = number(country).and_then(|n| ZONES.get(&n)) {
            return Some(zone);
        }
        let divisions = place.within.iter().flat_map(|name| {
            let bearing = layer.table.bearing(&crate::fold::Key::of(name).strong);
            bearing.into_iter().map(|posting| posting.place)
        });
        divisions
            .filter(|&index| {
                layer.table.record(index).is_some_and(|r| lookup::kind(r) == "admin1" && r.country == Some(country))
            })
            .find_map(|index| ZONES.get(&number(index)?).copied())
    }
}

#[cfg(test)]
mod tests {
    use crate::Gazetteer;
    use rashomon_model::place::PlaceQuery;
    use rashomon_model::resources::Places;

    fn zone(name: &str, country: Option<&str>) -> Option<String> {
        let gazetteer = Gazetteer::builtin();
        let query =
            PlaceQuery { names: vec![name.into()], country: country.map(str::to_owned), ..PlaceQuery::default() };
        gazetteer.zone(&gazetteer.lookup(&query)[0].place)
    }

    #[test]
    fn a_place_has_the_zone_of_its_country_or_division() {
        assert_eq!(zone("Damascus", Some("SY")).as_deref(), Some("Asia/Damascus"));
        assert_eq!(zone("Chicago", Some("US")).as_deref(), Some("America/Chicago"));
        assert_eq!(zone("Russia", None), None, "a country with several");
    }

    #[test]
    fn a_listed_village_has_the_zone_of_the_country_it_is_said_to_lie_in() {
        let list = "name,latitude,longitude,country,admin1\nAbu Marun,34.5,36.5,Syria,Homs\n";
        let gazetteer = Gazetteer::builtin().with_user(list.as_bytes()).unwrap();
        let query = PlaceQuery { names: vec!["Abu Marun".into()], ..PlaceQuery::default() };
        assert_eq!(gazetteer.zone(&gazetteer.lookup(&query)[0].place).as_deref(), Some("Asia/Damascus"));
    }
}
