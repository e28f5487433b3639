//! Which person speaks? A name met before, the full name of a surname, or a name for whoever was only described so far.

use super::description::Description;
use super::name::same_person;
use super::speaker::{Place, Registry, Resolved};
use rashomon_model::source::SourceKind;

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
            return Resolved::to(i, because);
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
            return Resolved::to(
                i,
                format!("full name given without description right after \"{described}\", who is not named otherwise"),
            );
        }
        Resolved::to(self.add(words, name), because)
    }

    /// A nameless role that spoke in this block or right before it, in the last sentence that has a speaker.
    fn nameless_before(&self, place: Place) -> Option<usize> {
        let i = *self.candidates(place).first()?;
        let s = self.list.get(i)?;
        (s.nameless && s.person && !s.plural && place.block.saturating_sub(self.block_before(s, place)) <= 1)
            .then_some(i)
    }
}
