//! Which body, state or outlet speaks? A party of the table, a short form, a part of a longer name.

use super::description::{self, Description};
use super::name::{initials, key};
use super::party::{self, By};
use super::speaker::{Place, Registry, Resolved};
use rashomon_model::Span;
use rashomon_model::analysis::MentionKind;
use rashomon_model::id::PartyId;
use rashomon_model::source::SourceKind;

impl Registry<'_> {
    pub(super) fn body(&mut self, words: &Description, place: Place) -> Resolved {
        if let Some(resolved) = self.party_speaker(words, place) {
            return resolved;
        }
        let name = words.name.clone().unwrap_or_default();
        if let Some(resolved) = self.acronym(&name, place) {
            return resolved;
        }
        let key = key(&name);
        let same = self.position(|s| !s.anonymous && s.names.iter().any(|n| self::key(n) == key));
        if let Some(i) = same {
            self.enrich(i, words, &name);
            return Resolved::to(i, "");
        }
        // "the National Coalition" after "the Orvian National Coalition"; "the Orvian ministry" after "Orvia's Defence Ministry"
        let state = self.finder.state_in(&words.text);
        let candidates = self.candidates(place);
        let part = candidates.into_iter().find(|&i| {
            let Some(s) =
                self.list.get(i).filter(|s| !s.person && !s.anonymous && s.kind != Some(SourceKind::Document))
            else {
                return false;
            };
            let other = s.name.clone();
            let theirs = self.finder.state_in(&other);
            let whole = self::key(&other);
            let rest: Vec<&String> = key.iter().filter(|w| !whole.contains(*w)).collect();
            let states_agree = state.is_none() || theirs.is_none() || state == theirs;
            let heads = words.head.is_none()
                || key.iter().any(|w| Some(w) == words.head.as_ref())
                    && whole.iter().any(|w| Some(w) == words.head.as_ref());
            let stated = rest.len() == 1 && state.is_some() && state == theirs;
            states_agree && heads && (rest.is_empty() || stated) && whole.len() >= key.len()
        });
        if let Some(i) = part {
            let full = self.name(i).to_owned();
            return Resolved::to(i, format!("part of the name of {full}"));
        }
        let index = self.add(words, name);
        if let Some(s) = self.list.get_mut(index)
            && s.kind == Some(SourceKind::Unnamed)
        {
            s.kind = Some(SourceKind::Organisation);
        }
        Resolved::to(index, "")
    }

    /// "NRC": defined in brackets after its words, or the initials of a body already named.
    pub(super) fn acronym(&mut self, name: &str, place: Place) -> Option<Resolved> {
        let letters = name.chars().filter(|c| c.is_alphabetic()).count();
        let acronym =
            (2..=7).contains(&letters) && name.chars().all(|c| c.is_uppercase() || c == '.' || c.is_ascii_digit());
        if !acronym {
            return None;
        }
        let plain: String = name.chars().filter(|c| *c != '.').collect();
        let defined = self.defined(&plain, place.span.start);
        let index = self.position(|s| {
            !s.person
                && (s.names.iter().chain([&s.name]).any(|n| initials(n) == plain)
                    || defined.as_ref().is_some_and(|d| key(d) == key(&s.name)))
        });
        let because = match &defined {
            Some(full) => format!("short form of {full}, given in the text"),
            None => format!("initials of {}", index.map_or("", |i| self.name(i))),
        };
        let index = match (index, defined) {
            (Some(i), _) => i,
            (None, Some(full)) => self.add(&description::read(&full), full),
            (None, None) => return None,
        };
        if let Some(s) = self.list.get_mut(index) {
            s.names.insert(name.to_owned());
        }
        Some(Resolved::to(index, because))
    }

    /// A body, state or outlet that the table knows.
    pub(super) fn party_speaker(&mut self, words: &Description, place: Place) -> Option<Resolved> {
        let tagged = self.mention_party(place.span);
        let (id, by) = self
            .finder
            .of_phrase(&words.text)
            .or_else(|| tagged.map(|id| (id, By::Name)))
            .or_else(|| self.finder.with_state(&words.text, &words.context))?;
        if by == By::Demonym && !words.plural && words.head.is_some() {
            return None;
        }
        let party = self.finder.get(&id)?;
        let because = match by {
            By::Metonym => format!("the seat of government speaks for {}", party.name),
            _ => String::new(),
        };
        let known = self.position(|s| s.party.as_ref() == Some(&id) && !s.person && !s.plural);
        let index = known.unwrap_or_else(|| {
            let name = if by == By::Name { words.text.clone() } else { party.name.clone() };
            let body = Description { person: false, owner: None, text: party.name.clone(), ..words.clone() };
            let index = self.add(&body, name);
            if let Some(s) = self.list.get_mut(index) {
                s.names.clear();
                s.person = false;
                s.anonymous = false;
                s.kind = Some(party::kind(party));
                s.party = Some(id.clone());
                s.names.insert(words.text.clone());
            }
            index
        });
        if let Some(s) = self.list.get_mut(index)
            && by == By::Name
            && !words.text.is_empty()
            && s.name.len() < words.text.len()
            && s.names.contains(&s.name)
        {
            s.name.clone_from(&words.text);
        }
        Some(Resolved::to(index, because))
    }

    /// Party of the mention that covers the head of the phrase.
    fn mention_party(&self, span: Span) -> Option<PartyId> {
        let from = self.mentions.partition_point(|m| m.span.end <= span.start);
        self.mentions
            .iter()
            .skip(from)
            .take_while(|m| m.span.start < span.end)
            .find(|m| {
                m.span.len() + 6 >= span.len() && m.kind != MentionKind::Person && m.kind != MentionKind::Nationality
            })
            .and_then(|m| m.party.clone())
    }
}
