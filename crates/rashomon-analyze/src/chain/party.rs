//! Is the speaker a party of the table, or of one? Names, adjectives, capitals and state bodies looked up.

use crate::mention::index::Index;
use rashomon_model::id::PartyId;
use rashomon_model::party::{Party, PartyKind, PartyTable};
use rashomon_model::source::SourceKind;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How a name means its party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    Name,
    /// "Moscow said": the seat of government.
    Metonym,
    /// "Russian": the adjective.
    Demonym,
}

/// Looks names up in the table, remembering what it found.
pub(super) struct Finder<'a> {
    table: &'a PartyTable,
    index: Arc<Index>,
    known: BTreeMap<String, Option<(PartyId, By)>>,
}

/// FNV-1a over the bytes, ASCII letters without case.
fn hash(name: &str) -> u64 {
    name.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3))
}

/// Hash of every name without case, how it means its party (name, seat, adjective), and the party's place in the table; sorted.
pub(crate) fn hashes(table: &PartyTable) -> Vec<(u64, u8, usize)> {
    let mut index = Vec::new();
    for (at, party) in table.parties.iter().enumerate() {
        index.push((hash(&party.name), 0, at));
        index.extend(party.aliases.iter().map(|a| (hash(a), 0, at)));
        index.extend(party.metonyms.iter().map(|m| (hash(m), 1, at)));
        index.extend(party.demonyms.iter().map(|d| (hash(d), 2, at)));
    }
    index.sort_unstable();
    index.dedup();
    index
}

impl<'a> Finder<'a> {
    pub(super) fn new(table: &'a PartyTable) -> Self {
        Self { table, index: Index::of(table), known: BTreeMap::new() }
    }

    /// The party of this id.
    pub(super) fn get(&self, id: &PartyId) -> Option<&'a Party> {
        self.table.get(id)
    }

    /// The party that bears this name, adjective or seat; names before seats before adjectives, the table's order within.
    pub(super) fn find(&mut self, name: &str) -> Option<(PartyId, By)> {
        let name = name.trim();
        if name.is_empty() || name.len() > 120 {
            return None;
        }
        if let Some(found) = self.known.get(name) {
            return found.clone();
        }
        let found = self.search(name);
        self.known.insert(name.to_owned(), found.clone());
        found
    }

    fn search(&self, name: &str) -> Option<(PartyId, By)> {
        // an alias in capitals only is matched in capitals only; others without case
        let same = |alias: &str| {
            alias == name || (!alias.chars().all(|c| !c.is_lowercase()) && alias.eq_ignore_ascii_case(name))
        };
        let wanted = hash(name);
        let hashes = &self.index.hashes;
        let from = hashes.partition_point(|(h, _, _)| *h < wanted);
        hashes.iter().skip(from).take_while(|(h, _, _)| *h == wanted).find_map(|&(_, how, at)| {
            let party = self.table.parties.get(at)?;
            let (by, fits) = match how {
                0 => (By::Name, same(&party.name) || party.aliases.iter().any(|a| same(a))),
                1 => (By::Metonym, party.metonyms.iter().any(|m| same(m))),
                _ => (By::Demonym, party.demonyms.iter().any(|d| same(d))),
            };
            fits.then(|| (party.id.clone(), by))
        })
    }

    /// The party a phrase names: whole, without article, with "X's" read as "X", or a state's body ("Orvian defence
    /// ministry").
    pub(super) fn of_phrase(&mut self, text: &str) -> Option<(PartyId, By)> {
        if let Some(found) = self.find(text) {
            return Some(found);
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        // "anti-government Orvian Free Army", "the Anvil Watch research group"
        let suffix = (1..words.len().saturating_sub(1)).find_map(|n| {
            let tail = words.get(n..)?.join(" ");
            let capital = tail.chars().next().is_some_and(char::is_uppercase);
            self.find(&tail).filter(|(_, by)| capital && *by == By::Name)
        });
        if let Some((id, by)) = suffix
            && self.get(&id).is_some_and(|p| p.kind != PartyKind::State)
            && words.first().is_some_and(|w| !w.ends_with("'s") && !w.ends_with("’s"))
        {
            return Some((id, by));
        }
        let prefix = (1..words.len().min(4)).rev().find_map(|n| {
            let (id, by) = self.find(&words.get(..n)?.join(" "))?;
            let body = self.get(&id).is_some_and(|p| {
                matches!(p.kind, PartyKind::Monitor | PartyKind::Ngo | PartyKind::Agency | PartyKind::Outlet)
            });
            (body && by == By::Name).then_some((id, by))
        });
        let last = words.last().map(|w| w.to_lowercase()).unwrap_or_default();
        let names_body =
            super::roles::Roles::get().role(&last).is_some_and(|r| !r.person && r.kind != SourceKind::Document);
        if prefix.is_some() && names_body {
            return prefix;
        }
        let (state, used) = (1..=words.len().min(4)).rev().find_map(|n| {
            let head = words.get(..n)?.join(" ");
            let head = strip(&head);
            let (id, by) = self.find(head)?;
            let party = self.get(&id)?;
            (party.kind == PartyKind::State).then_some(((id, by), n))
        })?;
        let rest = words.get(used..).unwrap_or_default().join(" ").to_lowercase();
        let (id, _) = state;
        if rest.is_empty() {
            return None;
        }
        body(&id, &rest).filter(|body| self.get(body).is_some()).map(|body| (body, By::Name))
    }

    /// A short name completed by a state named beside it: "the National Coalition, Orvia's main opposition group" → "Orvian
    /// National Coalition".
    pub(super) fn with_state(&mut self, name: &str, context: &str) -> Option<(PartyId, By)> {
        if name.split_whitespace().count() < 2 || !name.chars().next().is_some_and(char::is_uppercase) {
            return None;
        }
        let state = self.state_in(context)?;
        let demonyms = self.get(&state)?.demonyms.clone();
        demonyms.iter().find_map(|demonym| self.find(&format!("{demonym} {name}")).filter(|(_, by)| *by == By::Name))
    }

    /// The state (or other party) named at the front of a phrase: "Russian officials", "U.S. Secretary of State".
    pub(super) fn leading(&mut self, text: &str) -> Option<PartyId> {
        let words: Vec<&str> = text.split_whitespace().collect();
        (1..=words.len().min(5)).rev().find_map(|n| {
            let head = words.get(..n)?.join(" ");
            self.find(strip(&head)).map(|(id, _)| id)
        })
    }

    /// Any state named in the phrase.
    pub(super) fn state_in(&mut self, text: &str) -> Option<PartyId> {
        let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c == '-').filter(|w| !w.is_empty()).collect();
        (0..words.len().min(12)).find_map(|at| {
            (1..=3).rev().find_map(|n| {
                let head = words.get(at..at + n)?.join(" ");
                let (id, _) = self.find(strip(&head))?;
                let party = self.get(&id)?;
                (party.kind == PartyKind::State).then_some(id)
            })
        })
    }
}

/// Without a possessive ending.
fn strip(text: &str) -> &str {
    text.trim_end_matches("'s").trim_end_matches("’s").trim_end_matches(['\'', '’', ','])
}

/// A state's body by the words after the state's name.
fn body(state: &PartyId, rest: &str) -> Option<PartyId> {
    let bodies = crate::party::bodies();
    bodies
        .kind
        .iter()
        .find(|kind| kind.nouns.iter().any(|noun| noun.eq_ignore_ascii_case(rest)))
        .map(|kind| crate::party::body_id(state, &kind.key))
}

/// The source kind of a party.
pub(super) fn kind(party: &Party) -> SourceKind {
    match party.kind {
        PartyKind::State | PartyKind::GovernmentBody => SourceKind::Government,
        PartyKind::Military | PartyKind::Alliance => SourceKind::Military,
        PartyKind::ArmedGroup => SourceKind::ArmedGroup,
        PartyKind::Monitor => SourceKind::Monitor,
        PartyKind::Ngo => SourceKind::Ngo,
        PartyKind::Agency | PartyKind::Outlet => SourceKind::Media,
        PartyKind::Civilians => SourceKind::Eyewitness,
        PartyKind::Political | PartyKind::International | PartyKind::Other => SourceKind::Organisation,
    }
}
