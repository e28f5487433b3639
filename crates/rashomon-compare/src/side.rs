//! Who is accused, and whose side does a speaker stand on? Interest in the answer (methods.md A3.4, E4, H).

use crate::origin::{Origin, Origins};
use crate::party::{Key, Parties};
use crate::question::{Answer, Value};
use crate::relate::commits;
use rashomon_model::attribution::Flag;
use rashomon_model::id::PartyId;
use rashomon_model::party::Actors;
use std::collections::BTreeSet;

/// The parties said (or saying themselves) to have acted in the incident.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Accused {
    /// Sorted, unique.
    pub parties: BTreeSet<PartyId>,
}

/// Known parties of the actors.
fn known<'a>(actors: &'a Actors, parties: &'a Parties<'_>) -> impl Iterator<Item = PartyId> + 'a {
    actors.all().filter_map(|party| match parties.key(party) {
        Key::Known(id) => Some(id),
        _ => None,
    })
}

impl Accused {
    /// Everyone named as actor by a committed, affirmative answer.
    #[must_use]
    pub fn of(answers: &[Answer<'_>], parties: &Parties<'_>) -> Self {
        let mut found = BTreeSet::new();
        for answer in answers.iter().filter(|answer| !answer.negative && commits(answer.claim)) {
            if let Value::Actors(actors) = &answer.value {
                found.extend(known(actors, parties));
            }
        }
        Self { parties: found }
    }

    /// Whether the origin is the accused party or speaks for it.
    #[must_use]
    pub fn is(&self, origin: Option<&Origin>, parties: &Parties<'_>) -> bool {
        let party = origin.and_then(|origin| origin.party.as_ref());
        party.is_some_and(|party| self.parties.iter().any(|accused| parties.same_side(party, accused)))
    }

    /// Whether the answer is one of the accused about its own conduct: it speaks for the accused party (or is marked so) and
    /// its claim does not lay the act on others alone.
    #[must_use]
    pub fn speaks(&self, answer: &Answer<'_>, origins: &Origins, parties: &Parties<'_>) -> bool {
        let origin = origins.get(answer.origin);
        let marked = answer.claim.flags.contains(&Flag::Accused);
        let actor = &answer.claim.proposition.actor;
        let on_others = !actor.is_empty() && !acts_itself(actor, origin, parties);
        (marked || self.is(origin, parties)) && !on_others
    }
}

/// Whether the origin's own side is among the actors.
#[must_use]
pub fn acts_itself(actors: &Actors, origin: Option<&Origin>, parties: &Parties<'_>) -> bool {
    let own = origin.and_then(|origin| origin.party.as_ref());
    own.is_some_and(|own| known(actors, parties).any(|actor| parties.same_side(own, &actor)))
}
