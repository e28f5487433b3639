//! Are these two parties one? Names, memberships and unclear edges of the party table.
//!
//! [`Parties::relation`] compares two named parties: the same, one a part of the other, of unclear affiliation, one a mere
//! class word ("militants"), apart, or unknown because a name is not in the table. Nothing is guessed: an unknown name is
//! only ever equal to itself.

use crate::source::key::{Folder, fold};
use rashomon_model::claim::Claim;
use rashomon_model::id::PartyId;
use rashomon_model::party::{PartyKind, PartyRef, PartyTable};
use rashomon_model::source::Source;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Class words that name no party (`data/class-words.toml`).
#[derive(Debug, Default, Deserialize)]
struct ClassWords {
    loaded: Vec<String>,
    unidentified: Vec<String>,
    civilians: Vec<String>,
    state_forces: Vec<String>,
    ranks: Vec<String>,
    bands: Vec<String>,
}

static WORDS: LazyLock<ClassWords> =
    LazyLock::new(|| toml::from_str(include_str!("../data/class-words.toml")).unwrap_or_default());

/// Whose combatants the words of a count speak of: `Some(true)` a state's ("nine soldiers"), `Some(false)` those of no state ("21
/// fighters"), `None` if they do not say, or say both.
pub(crate) fn of_a_state(words: &str) -> Option<bool> {
    let named = |list: &[String]| {
        let mut own = words.split(|c: char| !c.is_alphanumeric() && c != '-').map(str::to_lowercase);
        own.any(|word| list.contains(&word))
    };
    match (named(&WORDS.ranks), named(&WORDS.bands)) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// Whether the folded name is one by which the forces of some state are meant, said without it ("the army").
pub(crate) fn is_some_states(name: &str) -> bool {
    WORDS.state_forces.iter().any(|force| force == name)
}

/// How one named party relates to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// One and the same.
    Same,
    /// The first belongs to the second.
    Member,
    /// The second belongs to the first.
    Group,
    /// The table has an edge of unclear affiliation between them.
    Unclear,
    /// One is a class word that may or may not mean the other.
    Class,
    /// Two parties of the table without such an edge.
    Apart,
    /// A name the table does not know.
    Unknown,
}

impl Match {
    /// The relation of the second to the first.
    #[must_use]
    pub fn converse(self) -> Self {
        match self {
            Self::Member => Self::Group,
            Self::Group => Self::Member,
            other => other,
        }
    }

    /// Whether the two share an actor: the same, or one part of the other.
    #[must_use]
    pub fn shares(self) -> bool {
        matches!(self, Self::Same | Self::Member | Self::Group)
    }
}

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// A party of the table.
    Known(PartyId),
    /// A name the table does not know, folded.
    Named(String),
    /// A class word ("militants", "terrorists"), folded.
    Class(String),
    /// Said to be unidentified.
    Unidentified,
}

/// The name folded, without an article before it.
fn bare(name: &str) -> String {
    let folded = fold(name.trim());
    folded.strip_prefix("the ").map(str::to_owned).unwrap_or(folded)
}

/// The party table, ready to be asked.
#[derive(Debug)]
pub struct Parties<'a> {
    table: &'a PartyTable,
    /// Folded name → the one party that bears it; names borne by two are left out.
    names: BTreeMap<String, Option<&'a PartyId>>,
    /// Party → all it belongs to or acts for, however far up, by edges that are not unclear.
    above: BTreeMap<&'a PartyId, BTreeSet<&'a PartyId>>,
}

impl<'a> Parties<'a> {
    /// Reads the table.
    #[must_use]
    pub fn new(table: &'a PartyTable) -> Self {
        let mut names: BTreeMap<String, Option<&PartyId>> = BTreeMap::new();
        for party in table.parties.iter() {
            for name in std::iter::once(&party.name).chain(&party.aliases).chain(&party.demonyms) {
                names
                    .entry(bare(name))
                    .and_modify(|known| *known = known.filter(|id| **id == party.id))
                    .or_insert(Some(&party.id));
            }
        }
        let mut above = BTreeMap::new();
        for party in table.parties.iter() {
            let mut seen: BTreeSet<&PartyId> = BTreeSet::new();
            let mut open = vec![&party.id];
            while let Some(id) = open.pop() {
                for edge in table.get(id).map_or(&[][..], |party| &party.member_of) {
                    if edge.how != "unclear" && edge.party != party.id && seen.insert(&edge.party) {
                        open.push(&edge.party);
                    }
                }
            }
            above.insert(&party.id, seen);
        }
        Self { table, names, above }
    }

    /// The same, knowing the case: a body or the forces of a state named without it ("the army") are those of the one state of
    /// which the case names such a body.
    #[must_use]
    pub fn of_case(table: &'a PartyTable, claims: &'a [Claim], sources: &'a [Source]) -> Self {
        let mut known = Self::new(table);
        let folder = Folder::new(table);
        let mut bodies: BTreeMap<String, BTreeSet<&PartyId>> = BTreeMap::new();
        let acting = claims.iter().flat_map(|claim| claim.proposition.actor.all().chain(&claim.proposition.target));
        let acting = acting.filter_map(|party| Some((party.name.as_str(), party.party.as_ref()?)));
        let speaking = sources.iter().filter_map(|source| Some((source.name.as_str(), source.party.as_ref()?)));
        for (name, id) in acting.chain(speaking) {
            let body =
                known.table.get(id).filter(|p| matches!(p.kind, PartyKind::Military | PartyKind::GovernmentBody));
            if let Some((rest, Some(_))) = body.and_then(|_| folder.body(name)) {
                bodies.entry(rest).or_default().insert(id);
            }
        }
        for (name, ids) in bodies {
            if let (1, Some(id)) = (ids.len(), ids.first()) {
                known.names.entry(name).or_insert(Some(id));
            }
        }
        known
    }

    /// The table it reads.
    pub(crate) fn table(&self) -> &'a PartyTable {
        self.table
    }

    /// What the name stands for.
    #[must_use]
    pub fn key(&self, party: &PartyRef) -> Key {
        if let Some(id) = &party.party {
            return Key::Known(id.clone());
        }
        let folded = bare(&party.name);
        if let Some(Some(id)) = self.names.get(&folded) {
            return Key::Known((*id).clone());
        }
        let mut words = folded.split_whitespace();
        let unidentified = words.next().is_some_and(|first| WORDS.unidentified.iter().any(|word| word == first));
        if unidentified {
            return Key::Unidentified;
        }
        let last = folded.split_whitespace().next_back().unwrap_or_default();
        if WORDS.loaded.iter().any(|word| word == last || *word == folded) {
            return Key::Class(folded);
        }
        Key::Named(folded)
    }

    /// The name to show.
    #[must_use]
    pub fn name<'b>(&'b self, party: &'b PartyRef) -> &'b str {
        match self.key(party) {
            Key::Known(id) => self.table.get(&id).map_or(party.name.as_str(), |known| &known.name),
            Key::Named(_) | Key::Class(_) | Key::Unidentified => &party.name,
        }
    }

    /// How the first relates to the second.
    #[must_use]
    pub fn relation(&self, a: &Key, b: &Key) -> Match {
        match (a, b) {
            _ if a == b => Match::Same,
            (Key::Unidentified, _) => Match::Group,
            (_, Key::Unidentified) => Match::Member,
            (Key::Class(_), _) | (_, Key::Class(_)) => Match::Class,
            (Key::Named(force), Key::Known(id)) | (Key::Known(id), Key::Named(force))
                if self.is_no_states(id) && is_some_states(force) =>
            {
                Match::Apart
            }
            (Key::Named(_), _) | (_, Key::Named(_)) => Match::Unknown,
            (Key::Known(a), Key::Known(b)) => self.known(a, b),
        }
    }

    /// Whether the party is an armed group, which no state's army is, whichever state's it be.
    fn is_no_states(&self, id: &PartyId) -> bool {
        self.table.get(id).is_some_and(|party| party.kind == PartyKind::ArmedGroup)
            && !self.above.get(id).into_iter().flatten().any(|above| {
                self.table.get(above).is_some_and(|p| matches!(p.kind, PartyKind::State | PartyKind::Military))
            })
            && !self.table.get(id).is_some_and(|party| party.member_of.iter().any(|edge| edge.how == "unclear"))
    }

    /// Two parties of the table, not the same.
    fn known(&self, a: &PartyId, b: &PartyId) -> Match {
        if self.belongs(a, b) {
            Match::Member
        } else if self.belongs(b, a) {
            Match::Group
        } else if self.unclear(a, b) || self.unclear(b, a) {
            Match::Unclear
        } else {
            Match::Apart
        }
    }

    /// Whether civilians as such are named.
    #[must_use]
    pub fn names_civilians(&self, party: &PartyRef) -> bool {
        match self.key(party) {
            Key::Known(id) => self.table.get(&id).is_some_and(|party| party.kind == PartyKind::Civilians),
            Key::Named(name) => WORDS.civilians.iter().any(|word| name.split_whitespace().next_back() == Some(word)),
            Key::Class(_) | Key::Unidentified => false,
        }
    }

    /// Whether the first belongs to the second.
    #[must_use]
    pub fn belongs(&self, a: &PartyId, b: &PartyId) -> bool {
        self.above.get(a).is_some_and(|above| above.contains(b))
    }

    /// Whether the first, or something above it, has an edge of unclear affiliation to the second, or to something above or below that.
    fn unclear(&self, a: &PartyId, b: &PartyId) -> bool {
        std::iter::once(a).chain(self.above.get(a).into_iter().flatten().copied()).any(|id| {
            self.table.get(id).is_some_and(|party| {
                party
                    .member_of
                    .iter()
                    .filter(|edge| edge.how == "unclear")
                    .any(|edge| edge.party == *b || self.belongs(b, &edge.party) || self.belongs(&edge.party, b))
            })
        })
    }

    /// Whether the two speak or act for one side: the same, one part of the other, or bodies or forces of one state.
    #[must_use]
    pub fn same_side(&self, a: &PartyId, b: &PartyId) -> bool {
        a == b
            || self.belongs(a, b)
            || self.belongs(b, a)
            || self.seats(a).intersection(&self.seats(b)).next().is_some()
    }

    /// The party itself and all it is a body or the forces of, however far up.
    #[must_use]
    pub fn seats(&self, id: &PartyId) -> BTreeSet<PartyId> {
        let mut seen = BTreeSet::from([id.clone()]);
        let mut open = vec![id.clone()];
        while let Some(id) = open.pop() {
            for edge in self.table.get(&id).map_or(&[][..], |party| &party.member_of) {
                if matches!(edge.how.as_str(), "body" | "forces") && seen.insert(edge.party.clone()) {
                    open.push(edge.party.clone());
                }
            }
        }
        seen
    }
}
