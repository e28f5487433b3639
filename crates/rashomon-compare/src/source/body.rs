//! Which body of the case is meant by a part of its name? Rules S6 and S7.
//!
//! ```text
//! the Health Ministry     the one health ministry of which the case names the state    S6
//! the Mission             the one body of the case whose name is that of a mission     S7
//! ```

use super::Speaker;
use super::key::{Folder, head_word, only_word};
use crate::party::is_some_states;
use rashomon_model::source::{LocalSource, SourceKind};
use std::collections::BTreeMap;

/// Bodies among the speakers of a case.
pub(super) struct Bodies {
    /// Rest of a state's body's name → state → the key of its group.
    of_states: BTreeMap<String, BTreeMap<String, String>>,
    /// Head word of a name of several words → key of each group so named → its least name.
    headed: BTreeMap<String, BTreeMap<String, String>>,
}

/// A speaker's name as that of a state's body.
fn states_body(speaker: &Speaker<'_>, folder: &Folder) -> Option<(String, Option<String>)> {
    let local = speaker.local;
    let body = !local.anonymous
        && matches!(local.kind, SourceKind::Government | SourceKind::Military | SourceKind::Organisation);
    folder.body(&local.name).filter(|_| body)
}

/// Whether the speaker is a body with a name, rather than a person, a page or somebody unnamed.
fn is_body(local: &LocalSource) -> bool {
    use SourceKind::{ArmedGroup, Government, Media, Military, Ngo, Organisation};
    !local.anonymous && matches!(local.kind, ArmedGroup | Government | Media | Military | Ngo | Organisation)
}

impl Bodies {
    /// Those of all speakers. The order of speakers does not matter.
    pub(super) fn of(speakers: &[Speaker<'_>], folder: &Folder) -> Self {
        let mut found = Self { of_states: BTreeMap::new(), headed: BTreeMap::new() };
        for speaker in speakers {
            let Some((rest, Some(state))) = states_body(speaker, folder) else { continue };
            let known = found.of_states.entry(rest).or_default().entry(state).or_insert_with(|| speaker.key.clone());
            // the group of the party table before a group by name
            let rank = |key: &str| (!key.starts_with("party|"), key.to_owned());
            if rank(&speaker.key) < rank(known) {
                known.clone_from(&speaker.key);
            }
        }
        let mut headed: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for speaker in speakers.iter().filter(|speaker| is_body(speaker.local)) {
            let Some(head) = head_word(&speaker.local.name) else { continue };
            // a body that is another's by its state is that other
            let key = found.without_state(speaker, folder).unwrap_or(&speaker.key).clone();
            let name = headed.entry(head).or_default().entry(key).or_insert_with(|| speaker.local.name.clone());
            if speaker.local.name < *name {
                name.clone_from(&speaker.local.name);
            }
        }
        found.headed = headed;
        found
    }

    /// The group a speaker belongs to other than by its own name, and why.
    pub(super) fn meant(&self, speaker: &Speaker<'_>, folder: &Folder) -> Option<(String, String)> {
        let name = &speaker.local.name;
        let other = |key: &&String| **key != speaker.key;
        if let Some(key) = self.without_state(speaker, folder).filter(other) {
            return Some((key.clone(), format!("S6: \"{name}\": the case knows one state's body of that name")));
        }
        let (key, full) = self.short(speaker).filter(|(key, _)| other(key))?;
        Some((key.clone(), format!("S7: \"{name}\" is short for {full}")))
    }

    /// S6: the group a state's body belongs to: that of its state, or, where it names none, of the one state whose body of that
    /// name (or, for a bare "ministry", whose one ministry) the case knows.
    fn without_state(&self, speaker: &Speaker<'_>, folder: &Folder) -> Option<&String> {
        let (rest, state) = states_body(speaker, folder)?;
        if let Some(state) = state {
            return self.of_states.get(&rest).and_then(|states| states.get(&state));
        }
        let named =
            |key: &str| if rest == "ministry" { key.split(' ').any(|word| word == "ministry") } else { key == rest };
        let mut all = self.of_states.iter().filter(|(key, _)| named(key)).flat_map(|(_, states)| states.values());
        all.next().filter(|_| all.next().is_none())
    }

    /// S7: the one group named by the speaker's one word and more, and its name; of a speaker known to be a party, that party's
    /// alone. "The army" is short for no band that calls itself one.
    fn short(&self, speaker: &Speaker<'_>) -> Option<(&String, &String)> {
        let word = only_word(&speaker.local.name)?;
        if !is_body(speaker.local) || speaker.key.starts_with("party|") || is_some_states(&word) {
            return None;
        }
        let named = self.headed.get(&word)?;
        if named.len() == 1 {
            return named.first_key_value();
        }
        named.get_key_value(&format!("party|{}", speaker.local.party.as_ref()?))
    }
}
