//! Who takes part? Belligerents, governments, groups, monitors, outlets: the party table.

use std::sync::Arc;

use crate::id::PartyId;
use crate::span::Span;
use crate::wire::named;

named! {
    /// What kind of actor a party is.
    pub enum PartyKind {
        /// A state and its government.
        State = "state",
        /// A ministry, presidency, parliament or other body of a state.
        GovernmentBody = "government",
        /// Armed forces of a state or alliance.
        Military = "military",
        /// Armed group that is no state's force.
        ArmedGroup = "armed_group",
        /// Alliance or coalition of states.
        Alliance = "alliance",
        /// Political opposition, party or movement.
        Political = "political",
        /// Monitor or casualty recorder.
        Monitor = "monitor",
        /// Aid, rights or research organisation.
        Ngo = "ngo",
        /// International body.
        International = "international",
        /// News agency.
        Agency = "agency",
        /// Newspaper, broadcaster, website.
        Outlet = "outlet",
        /// Civilians, residents, victims as such.
        Civilians = "civilians",
        /// Anything else.
        Other = "other",
    }
}

/// One party as the table or the case knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// `state:RU`, `group:…`, `agency:…`, `case:…`.
    pub id: PartyId,
    /// Name to show.
    pub name: String,
    /// Kind.
    pub kind: PartyKind,
    /// Other names, acronyms, spellings in any script; matched without case.
    pub aliases: Vec<String>,
    /// Adjectives that mean it ("Russian").
    pub demonyms: Vec<String>,
    /// Seats of government that speak for it ("Moscow" in "Moscow said").
    pub metonyms: Vec<String>,
    /// Web domains it publishes under, without `www.` (outlets, agencies, monitors).
    pub domains: Vec<String>,
    /// Parties it belongs to or acts for.
    pub member_of: Vec<Membership>,
}

/// An edge of the party table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// The wider party.
    pub party: PartyId,
    /// `member`, `body` (a ministry of a state), `forces`, or `unclear` (E4: unclear affiliation, never decides a contradiction).
    pub how: String,
    /// Since when and by which public reference, as text.
    pub cited: String,
}

/// A party as named at one place of a text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct PartyRef {
    /// Canonical name (that of the table or, failing that, the longest name in the document).
    pub name: String,
    /// The table's id, if known.
    pub party: Option<PartyId>,
    /// Where it is named.
    pub span: Span,
}

/// Who acted: alternatives ("Russian or Syrian jets"), each a set of joint actors ("Russian and Syrian jets") (methods.md E4).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Actors {
    /// Each inner list is one alternative: the parties said to have acted together. Empty outer list: nobody named.
    pub alternatives: Vec<Vec<PartyRef>>,
}

impl Actors {
    /// One actor, certain.
    #[must_use]
    pub fn one(party: PartyRef) -> Self {
        Self { alternatives: vec![vec![party]] }
    }

    /// Everyone named, in order, over all alternatives.
    pub fn all(&self) -> impl Iterator<Item = &PartyRef> {
        self.alternatives.iter().flatten()
    }

    /// Whether nobody is named.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.alternatives.iter().all(Vec::is_empty)
    }
}

/// The party table in force: shipped data, the user's additions, in a fixed order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PartyTable {
    /// Sorted by id, unique; shared, so that a copy costs nothing and is known to be equal at once.
    pub parties: Arc<Vec<Party>>,
}

impl PartyTable {
    /// The party of this id.
    #[must_use]
    pub fn get(&self, id: &PartyId) -> Option<&Party> {
        self.parties.binary_search_by(|party| party.id.cmp(id)).ok().and_then(|i| self.parties.get(i))
    }
}
