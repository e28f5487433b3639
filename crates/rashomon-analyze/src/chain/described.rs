//! Who is meant by a role or description? The nearest speaker it fits, the same unnamed ones again, or somebody new.

use super::description::Description;
use super::name::{generic, key};
use super::speaker::{Place, Registry, Resolved};
use rashomon_model::source::SourceKind;

impl Registry<'_> {
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
            return Resolved::to(index, "");
        }
        if (!words.anonymous || words.definite)
            && let Some(i) = self.fitting(words, &text, place)
        {
            let name = self.name(i);
            let same = name.to_lowercase() == text;
            let because = if same { String::new() } else { format!("nearest speaker before it described so: {name}") };
            return Resolved::to(i, because);
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
    /// The nearest speaker whom the description fits: of its role, of no other state, and with nothing said that is not known of
    /// him; `text` is the description in lower case.
    fn fitting(&mut self, words: &Description, text: &str, place: Place) -> Option<usize> {
        let state = self.finder.state_in(&words.text);
        let specific: Vec<String> = key(&words.text);
        self.candidates(place).into_iter().find(|&i| {
            let Some(s) = self.list.get(i) else { return false };
            let Some(head) = words.head.as_ref() else { return s.name.to_lowercase() == text };
            if s.plural != words.plural || s.kind == Some(SourceKind::Document) {
                return false;
            }
            let named = s.name.to_lowercase();
            let described = s.described_as.as_deref().unwrap_or("").to_lowercase();
            let owner = s.owner.as_deref().unwrap_or("");
            let head_fits = s.roles.contains(head)
                || named.split(' ').any(|w| w == head)
                || (!words.person && !s.person && generic(head, s.kind));
            if !head_fits || s.person != words.person {
                return false;
            }
            let theirs = s
                .party
                .as_ref()
                .map(crate::party::whole)
                .or_else(|| self.finder.state_in(&format!("{owner} {described} {named}")));
            let states_agree = state.is_none() || theirs.is_none() || state == theirs;
            let all = key(&format!("{named} {described} {}", owner.to_lowercase()));
            let rest_known = specific.iter().filter(|w| *w != head).all(|w| all.contains(w))
                || state.is_some() && state == theirs && specific.len() <= 2;
            states_agree && (words.bare || rest_known)
        })
    }
}
