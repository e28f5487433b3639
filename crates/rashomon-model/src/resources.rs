//! What does the reading need from outside? Our one door to gazetteers and tables.

use crate::id::PlaceId;
use crate::party::PartyTable;
use crate::place::{Candidate, Place, PlaceQuery};

/// Looks places up; implemented by the gazetteer crate and by small in-memory tables in tests.
pub trait Places: Sync {
    /// Candidates for a name, best first; empty if the name is not known.
    fn lookup(&self, query: &PlaceQuery) -> Vec<Candidate>;

    /// The place of this id.
    fn place(&self, id: &PlaceId) -> Option<Place>;

    /// The time zone in force at a place, by its name in the IANA database ("Asia/Damascus"); `None` where it is not known, or
    /// where the place (a large country) has several.
    fn zone(&self, _place: &Place) -> Option<String> {
        None
    }

    /// Whether some place bears exactly this (folded) name: a cheap test for scanning text.
    fn knows(&self, name: &str) -> bool {
        !self.lookup(&PlaceQuery { names: vec![name.to_owned()], ..PlaceQuery::default() }).is_empty()
    }
}

/// Everything the pure stages ask of the world, as data.
pub trait Resources: Sync {
    /// The gazetteer.
    fn places(&self) -> &dyn Places;

    /// The party table in force.
    fn parties(&self) -> &PartyTable;
}
