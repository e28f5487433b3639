//! Which places may a name of the document mean? Each name is looked up once.

use std::collections::BTreeMap;

use rashomon_model::place::{Candidate, PlaceQuery};
use rashomon_model::resources::Places;

use super::lists::{CUES, DEMONYMS};

/// Look-ups of a document's names, each done once.
pub(super) struct LookUps<'p> {
    places: &'p dyn Places,
    known: BTreeMap<String, Vec<Candidate>>,
}

impl<'p> LookUps<'p> {
    pub(super) fn new(places: &'p dyn Places) -> Self {
        Self { places, known: BTreeMap::new() }
    }

    /// Candidates of a name ([`candidates`]).
    pub(super) fn candidates(&mut self, name: &str) -> &[Candidate] {
        if !self.known.contains_key(name) {
            self.known.insert(name.to_owned(), candidates(name, self.places));
        }
        self.known.get(name).map_or(&[], Vec::as_slice)
    }

    /// The same, given away.
    pub(super) fn take(&mut self, name: &str) -> Vec<Candidate> {
        self.known.remove(name).unwrap_or_else(|| candidates(name, self.places))
    }
}

/// Candidates of a name: as it is, without the article, by demonym, by abbreviation.
fn candidates(name: &str, places: &dyn Places) -> Vec<Candidate> {
    let bare = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
    let full = CUES.abbreviations.get(bare).map_or(bare, String::as_str);
    let country = DEMONYMS.get(&full.to_lowercase());
    let name = country.map_or(full, String::as_str);
    let found = places.lookup(&PlaceQuery { names: vec![name.to_owned()], ..PlaceQuery::default() });
    // who gives a list for a case says which places are meant; a namesake elsewhere is then no candidate
    let user = |candidate: &Candidate| candidate.place.id.as_str().starts_with("user:");
    if found.iter().any(user) { found.into_iter().filter(user).collect() } else { found }
}
