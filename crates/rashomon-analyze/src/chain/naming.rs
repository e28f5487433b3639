//! When do two ways of naming mean one speaker? Surnames, parties of the table, short forms, parts of names, roles.

use super::description::{self, Description};
use super::party::{self, By};
use super::speaker::{Place, Registry, Resolved, Speaker};
use rashomon_model::Span;
use rashomon_model::analysis::MentionKind;
use rashomon_model::id::PartyId;
use rashomon_model::source::SourceKind;
use std::collections::BTreeSet;

/// Bytes of text either side in which a name is looked for (several times a long article, set by hand).
const AROUND: u32 = 1 << 15;
/// Latest speakers among whom an owner is looked for, as many as [`Registry::scan`] compares.
const LATEST: usize = 400;

impl Registry<'_> {
    pub(super) fn person(&mut self, words: &Description, place: Place) -> Resolved {
        let mut name = words.name.clone().unwrap_or_default();
        if words.head.is_none() && words.described_as.is_none() && words.gender.is_none() && words.owner.is_none() {
            // a seat of government, an outlet, an acronym, or a name
            if let Some(resolved) = self.party_speaker(words, place) {
                return resolved;
            }
            if let Some(resolved) = self.acronym(&name, place) {
                return resolved;
            }
        }
        let mut because = String::new();
        let surname = name.rsplit(' ').next().unwrap_or("").to_owned();
        let known = self
            .candidates(Place { ahead: false, ..place })
            .into_iter()
            .chain(self.candidates(Place { ahead: true, ..place }))
            .find(|&i| {
                self.list.get(i).is_some_and(|s| {
                    s.person && !s.plural && !s.anonymous && !s.nameless && same_person(&s.name, &name)
                })
            });
        if let Some(i) = known {
            let full = self.name(i).to_owned();
            if full.split(' ').count() > name.split(' ').count() {
                because = format!("surname of {full}");
            }
            self.enrich(i, words, &name);
            return Resolved { speaker: Some(i), because, unresolved: false };
        }
        if !name.contains(' ') {
            if let Some(full) = self.full_name(&surname, place.span.start) {
                because = format!("surname of {full}, named in the text");
                name = full;
            }
        } else if words.described_as.is_none()
            && words.owner.is_none()
            && let Some(i) = self.nameless_before(place)
        {
            // "the head of the council said …" then, bare, a full name for the first time: the convention of news writing
            let described = self.name(i).to_owned();
            if let Some(s) = self.list.get_mut(i) {
                s.names.insert(described.clone());
                s.name.clone_from(&name);
                s.nameless = false;
                s.kind = Some(SourceKind::Person);
                s.described_as = Some(described.clone());
            }
            return Resolved {
                speaker: Some(i),
                because: format!(
                    "full name given without description right after \"{described}\", who is not named otherwise"
                ),
                unresolved: false,
            };
        }
        let index = self.add(words, name);
        Resolved { speaker: Some(index), because, unresolved: false }
    }

    /// A nameless role that spoke in this block or right before it, in the last sentence that has a speaker.
    fn nameless_before(&self, place: Place) -> Option<usize> {
        let i = *self.candidates(place).first()?;
        let s = self.list.get(i)?;
        (s.nameless && s.person && !s.plural && place.block.saturating_sub(self.block_before(s, place)) <= 1)
            .then_some(i)
    }

    /// The text around a place in which a name is looked for: all of an article, and in longer texts as much as one has, so that
    /// the cost stays linear.
    fn near(&self, at: u32) -> Span {
        let text = &self.doc.text;
        let whole = |from: u32| (from..).find(|at| text.is_char_boundary(*at as usize)).unwrap_or(from);
        let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
        Span::new(whole(at.saturating_sub(AROUND)), whole(at.saturating_add(AROUND).min(end)))
    }

    /// The one full name of the text that ends in this surname.
    fn full_name(&self, surname: &str, at: u32) -> Option<String> {
        let near = self.near(at);
        let text = near.of(&self.doc.text);
        let first = self.mentions.partition_point(|m| m.span.start < near.start);

        let named: BTreeSet<&str> = self
            .mentions
            .iter()
            .skip(first)
            .take_while(|m| m.span.start < near.end)
            .filter(|m| {
                m.kind == MentionKind::Person && m.name.contains(' ') && m.name.rsplit(' ').next() == Some(surname)
            })
            .map(|m| m.name.as_str())
            .collect();
        if named.len() == 1 {
            return named.first().map(|n| (*n).to_owned());
        }
        let roles = super::roles::Roles::get();
        let mut found: BTreeSet<String> = BTreeSet::new();
        for (at, _) in text.match_indices(surname).take(50) {
            let before = text.get(..at)?.strip_suffix(' ')?.rsplit([' ', '\n', '"', '“']).next()?;
            let low = before.to_lowercase();
            let plain = before.chars().count() > 1
                && before.chars().next().is_some_and(char::is_uppercase)
                && before.chars().all(|c| c.is_alphabetic() || c == '-')
                && roles.role(&low).is_none()
                && roles.honorific(&low).is_none()
                && !crate::attribution::lexicon::Lexicon::get().function.contains(&low);
            if plain {
                found.insert(format!("{before} {surname}"));
            }
        }
        if found.len() == 1 { found.pop_first() } else { None }
    }

    /// A body, state or outlet that the table knows.
    fn party_speaker(&mut self, words: &Description, place: Place) -> Option<Resolved> {
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
        Some(Resolved { speaker: Some(index), because, unresolved: false })
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
            return Resolved { speaker: Some(i), because: String::new(), unresolved: false };
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
            return Resolved { speaker: Some(i), because: format!("part of the name of {full}"), unresolved: false };
        }
        let index = self.add(words, name);
        if let Some(s) = self.list.get_mut(index)
            && s.kind == Some(SourceKind::Unnamed)
        {
            s.kind = Some(SourceKind::Organisation);
        }
        Resolved { speaker: Some(index), because: String::new(), unresolved: false }
    }

    /// "NRC": defined in brackets after its words, or the initials of a body already named.
    fn acronym(&mut self, name: &str, place: Place) -> Option<Resolved> {
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
            (None, Some(full)) => {
                let words = description::read(&full);
                let index = self.add(&words, full);
                let _ = place;
                index
            }
            (None, None) => return None,
        };
        if let Some(s) = self.list.get_mut(index) {
            s.names.insert(name.to_owned());
        }
        Some(Resolved { speaker: Some(index), because, unresolved: false })
    }

    /// The words before "(NRC)" whose initials it is.
    fn defined(&self, acronym: &str, at: u32) -> Option<String> {
        let text = self.near(at).of(&self.doc.text);
        let mark = format!("({acronym}");
        let at = text.find(&mark)?;
        let before = text.get(..at)?.trim_end();
        let words: Vec<&str> = before.rsplit(' ').take(acronym.len() + 3).collect();
        (1..=words.len()).find_map(|n| {
            let phrase: Vec<&str> = words.get(..n)?.iter().rev().copied().collect();
            let text = phrase.join(" ");
            (phrase.first()?.chars().next()?.is_uppercase() && initials(&text) == acronym).then_some(text)
        })
    }

    /// Roles, descriptions, nobody named.
    pub(super) fn described(&mut self, words: &Description, place: Place) -> Resolved {
        let text = words.text.to_lowercase();
        if words.kind == SourceKind::Document {
            let known = self.position(|s| {
                s.kind == Some(SourceKind::Document)
                    && (s.name.to_lowercase() == text
                        || words.bare && words.definite && s.roles.iter().any(|r| Some(r) == words.head.as_ref()))
            });
            let index = known.unwrap_or_else(|| self.add(words, words.text.clone()));
            return Resolved { speaker: Some(index), because: String::new(), unresolved: false };
        }
        if !words.anonymous || words.definite {
            let state = self.finder.state_in(&words.text);
            let specific: Vec<String> = key(&words.text);
            let candidates = self.candidates(place);
            let known = candidates.into_iter().find(|&i| {
                let Some(s) = self.list.get(i) else { return false };
                let Some(head) = words.head.as_ref() else { return s.name.to_lowercase() == text };
                if s.plural != words.plural || s.kind == Some(SourceKind::Document) {
                    return false;
                }
                let named = s.name.to_lowercase();
                let described = s.described_as.as_deref().unwrap_or("").to_lowercase();
                let head_fits = s.roles.contains(head)
                    || named.split(' ').any(|w| w == head)
                    || (!words.person && !s.person && generic(head, s.kind));
                if !head_fits || s.person != words.person {
                    return false;
                }
                let theirs = s.party.as_ref().map(crate::party::whole).or_else(|| {
                    self.finder.state_in(&format!("{} {described} {named}", s.owner.as_deref().unwrap_or("")))
                });
                let states_agree = state.is_none() || theirs.is_none() || state == theirs;
                let all = format!("{named} {described} {}", s.owner.as_deref().unwrap_or("").to_lowercase());
                let all = key(&all);
                let rest_known = specific.iter().filter(|w| *w != head).all(|w| all.contains(w))
                    || state.is_some() && state == theirs && specific.len() <= 2;
                states_agree && (words.bare || rest_known)
            });
            if let Some(i) = known {
                let name = self.name(i).to_owned();
                if name.to_lowercase() == text {
                    return Resolved { speaker: Some(i), because: String::new(), unresolved: false };
                }
                return Resolved {
                    speaker: Some(i),
                    because: format!("nearest speaker before it described so: {name}"),
                    unresolved: false,
                };
            }
        }
        // the same unnamed speakers again
        let again = self.position(|s| {
            s.name.to_lowercase() == text && s.person == words.person && (s.plural || !words.anonymous || s.anonymous)
        });
        if let Some(i) = again {
            return Resolved { speaker: Some(i), because: String::new(), unresolved: words.bare && words.definite };
        }
        let index = self.add(words, words.text.clone());
        let single_role = words.person && words.definite && !words.plural;
        if let Some(s) = self.list.get_mut(index) {
            s.nameless = single_role;
            if words.bare && words.definite {
                s.unknown = true; // whoever it is, no other document's
            }
        }
        Resolved {
            speaker: Some(index),
            because: String::new(),
            unresolved: words.definite && (words.bare || single_role),
        }
    }

    /// A new speaker, with whom it speaks for.
    fn add(&mut self, words: &Description, name: String) -> usize {
        let private = words.kind == SourceKind::Eyewitness;
        let affiliation =
            words.owner.clone().filter(|_| !private).and_then(|owner| self.affiliate(&owner, &words.context));
        let party = if words.person { None } else { self.finder.of_phrase(&words.text).map(|(id, _)| id) };
        // "Russian officials" speak for the state though no owner is written apart
        let affiliation = affiliation.or_else(|| {
            if !super::roles::Roles::get().for_state(words) {
                return None;
            }
            let leading = self.finder.leading(&words.text)?;
            (party.as_ref() != Some(&leading)).then(|| self.party_index(&leading)).flatten()
        });
        // "Orvian opposition sources" do not speak for Orvia
        let official = super::roles::Roles::get().for_state(words);
        let affiliation = affiliation.filter(|&a| {
            official
                || !self.list.get(a).and_then(|s| s.party.as_ref()).is_some_and(|id| id.as_str().starts_with("state:"))
        });
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

    /// The speaker that stands for this owner, made if it is new: a body or state, not a person.
    fn affiliate(&mut self, owner: &str, context: &str) -> Option<usize> {
        let role = super::roles::Roles::get().role(&owner.to_lowercase());
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

    /// What a further mention adds to a known speaker.
    fn enrich(&mut self, index: usize, words: &Description, name: &str) {
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
}

/// Whether two names can be one person: equal, or one is the surname of the other.
fn same_person(a: &str, b: &str) -> bool {
    if a.eq_ignore_ascii_case(b) {
        return true;
    }
    let (x, y): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let (short, long) = if x.len() <= y.len() { (&x, &y) } else { (&y, &x) };
    match (short.as_slice(), long.last()) {
        ([only], Some(last)) => only.eq_ignore_ascii_case(last),
        // "Ed Varo" and "Edwin Varo"
        ([first, .., surname], Some(last)) => {
            surname.eq_ignore_ascii_case(last)
                && long.first().is_some_and(|f| {
                    f.to_lowercase().starts_with(&first.to_lowercase())
                        || first.to_lowercase().starts_with(&f.to_lowercase())
                })
        }
        _ => false,
    }
}

/// Whether a general word ("group", "monitor", "agency") can mean a body of this kind.
fn generic(head: &str, kind: Option<SourceKind>) -> bool {
    use SourceKind::{ArmedGroup, Media, Monitor, Ngo, Organisation};
    matches!(
        (head, kind),
        ("group" | "organisation" | "organization", Some(Ngo | Monitor | Organisation | ArmedGroup))
            | ("monitor" | "watchdog" | "observatory" | "network", Some(Monitor))
            | (
                "agency" | "newspaper" | "broadcaster" | "channel" | "outlet" | "website" | "paper" | "station",
                Some(Media)
            )
            | ("charity" | "ngo", Some(Ngo))
            | ("militia" | "faction", Some(ArmedGroup))
    )
}

/// Words of a name that tell it apart, folded, sorted, unique.
fn key(name: &str) -> Vec<String> {
    let mut words: Vec<String> = name
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '.')))
        .map(|w| {
            w.trim_end_matches("'s")
                .trim_end_matches("’s")
                .trim_end_matches('.')
                .to_lowercase()
                .replace("defense", "defence")
                .replace("center", "centre")
                .replace("organiz", "organis")
        })
        .filter(|w| !w.is_empty() && !matches!(w.as_str(), "the" | "of" | "for" | "a" | "an" | "in" | "and" | "s"))
        .collect();
    words.sort();
    words.dedup();
    words
}

/// First letters of the capitalised words.
fn initials(name: &str) -> String {
    let words: Vec<&str> =
        name.split([' ', '-']).filter(|w| w.chars().next().is_some_and(char::is_uppercase)).collect();
    if words.len() < 2 {
        return String::new();
    }
    words.iter().filter_map(|w| w.chars().next()).collect()
}
