//! What is noted of a speaker, and whom does it speak for?

use super::description::{self, Description};
use super::name::{key, same_person};
use super::party;
use super::roles::Roles;
use super::speaker::{Registry, Speaker};
use rashomon_model::id::PartyId;
use rashomon_model::source::SourceKind;
use std::collections::BTreeSet;

/// Latest speakers among whom an owner is looked for, as many as [`Registry::scan`] compares.
const LATEST: usize = 400;

impl Registry<'_> {
    /// A new speaker, with whom it speaks for.
    pub(super) fn add(&mut self, words: &Description, name: String) -> usize {
        let party = if words.person { None } else { self.finder.of_phrase(&words.text).map(|(id, _)| id) };
        let affiliation = self.speaks_for(words, party.as_ref());
        let index = self.list.len();
        self.list.push(Speaker {
            name,
            names: BTreeSet::from([words.text.clone()]),
            kind: Some(words.kind),
            person: words.person,
            plural: words.plural,
            gender: words.gender,
            roles: words.roles.clone(),
            owner: words.owner.clone(),
            party,
            affiliation: affiliation.filter(|&a| a != index),
            described_as: words.described_as.clone(),
            anonymous: words.anonymous,
            ..Speaker::default()
        });
        index
    }

    /// What a further mention adds to a known speaker.
    pub(super) fn enrich(&mut self, index: usize, words: &Description, name: &str) {
        let affiliation =
            words.owner.clone().and_then(|owner| self.affiliate(&owner, &words.context)).filter(|&a| a != index);
        let Some(s) = self.list.get_mut(index) else { return };
        s.roles.extend(words.roles.iter().cloned());
        s.gender = s.gender.or(words.gender);
        s.owner = s.owner.take().or_else(|| words.owner.clone());
        s.described_as = s.described_as.take().or_else(|| words.described_as.clone());
        s.affiliation = s.affiliation.or(affiliation);
        if s.person && name.split(' ').count() > s.name.split(' ').count() && same_person(name, &s.name) {
            s.name = name.to_owned();
        }
    }

    /// Whom a new speaker of this party speaks for, as a speaker.
    fn speaks_for(&mut self, words: &Description, party: Option<&PartyId>) -> Option<usize> {
        let private = words.kind == SourceKind::Eyewitness;
        let official = Roles::get().for_state(words);
        let owner = words.owner.clone().filter(|_| !private).and_then(|owner| self.affiliate(&owner, &words.context));
        // "Russian officials" speak for the state though no owner is written apart
        let affiliation = owner.or_else(|| {
            if !official {
                return None;
            }
            let leading = self.finder.leading(&words.text)?;
            (party != Some(&leading)).then(|| self.party_index(&leading)).flatten()
        })?;
        // "Orvian opposition sources" do not speak for Orvia
        let state = |s: &Speaker| s.party.as_ref().is_some_and(|id| id.as_str().starts_with("state:"));
        (official || !self.list.get(affiliation).is_some_and(state)).then_some(affiliation)
    }

    /// The speaker that stands for this owner, made if it is new: a body or state, not a person.
    fn affiliate(&mut self, owner: &str, context: &str) -> Option<usize> {
        let role = Roles::get().role(&owner.to_lowercase());
        if role.is_some_and(|r| r.person) {
            return None;
        }
        if let Some((id, _)) = self.finder.of_phrase(owner).or_else(|| self.finder.with_state(owner, context)) {
            return self.party_index(&id);
        }
        if role.is_some() && owner.chars().next().is_some_and(char::is_uppercase) {
            return None; // "opposition militants": a common noun names no body
        }
        if !owner.chars().next().is_some_and(char::is_uppercase)
            && !owner.split(' ').any(|w| w.chars().next().is_some_and(char::is_uppercase))
        {
            let words = description::read(&format!("the {owner}"));
            let from = self.list.len().saturating_sub(LATEST);
            let latest = self.list.get(from..).unwrap_or_default();
            return latest
                .iter()
                .rposition(|s| {
                    !s.person
                        && (s.name.eq_ignore_ascii_case(owner)
                            || words.head.as_ref().is_some_and(|h| s.name.to_lowercase().split(' ').any(|w| w == h)))
                })
                .map(|i| from + i);
        }
        let words = description::read(owner);
        if words.person {
            let name = words.name?;
            return self.position(|s| s.person && same_person(&s.name, &name));
        }
        let name = words.name.clone().unwrap_or_else(|| owner.to_owned());
        let wanted = key(&name);
        if let Some(i) = self.position(|s| !s.person && s.names.iter().any(|n| key(n) == wanted)) {
            return Some(i);
        }
        if !matches!(
            words.kind,
            SourceKind::Government
                | SourceKind::Military
                | SourceKind::Organisation
                | SourceKind::ArmedGroup
                | SourceKind::Ngo
                | SourceKind::Monitor
                | SourceKind::Media
        ) || words.head.is_none() && !words.text.contains(' ')
        {
            return None;
        }
        let index = self.add(&words, name);
        if let Some(s) = self.list.get_mut(index) {
            s.silent = true;
            s.anonymous = false;
        }
        Some(index)
    }

    /// The speaker of this party, made if it is new.
    fn party_index(&mut self, id: &PartyId) -> Option<usize> {
        if let Some(i) = self.position(|s| s.party.as_ref() == Some(id) && !s.person && !s.plural) {
            return Some(i);
        }
        let party = self.finder.get(id)?;
        let index = self.list.len();
        self.list.push(Speaker {
            name: party.name.clone(),
            names: BTreeSet::from([party.name.clone()]),
            kind: Some(party::kind(party)),
            party: Some(id.clone()),
            silent: true,
            ..Speaker::default()
        });
        Some(index)
    }
}
