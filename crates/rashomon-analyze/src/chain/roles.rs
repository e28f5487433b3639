//! What is a speaker called when not by name? The roles, bodies, documents and media of `data/speakers.toml`.

use crate::attribution::lexicon::plural;
use crate::table::{Map, Set};
use rashomon_model::source::SourceKind;
use serde::Deserialize;
use std::sync::LazyLock;

/// Grammatical gender as far as words show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    Male,
    Female,
}

/// A word for a speaker.
#[derive(Debug, Clone)]
pub(super) struct Role {
    pub(super) kind: SourceKind,
    pub(super) person: bool,
    pub(super) gender: Option<Gender>,
    pub(super) plural: bool,
    /// The singular.
    pub(super) base: String,
}

#[derive(Deserialize)]
struct RoleGroup {
    kind: String,
    person: bool,
    gender: Option<String>,
    nouns: Vec<String>,
}

/// Words that say through what something was said.
#[derive(Deserialize)]
pub(super) struct Medium {
    pub(super) name: String,
    pub(super) phrases: Vec<String>,
}

#[derive(Deserialize, Default)]
struct Honorifics {
    m: Set<String>,
    f: Set<String>,
    n: Set<String>,
}

#[derive(Deserialize, Default)]
struct Words {
    unnamed: Set<String>,
    honorifics: Honorifics,
    hearers: Set<String>,
    state_roles: Set<String>,
    not_state: Set<String>,
}

/// Words that open, join and end the naming of a speaker; each list is explained in the file.
#[derive(Deserialize, Default)]
pub(super) struct Naming {
    pub(super) definite: Set<String>,
    pub(super) indefinite: Set<String>,
    pub(super) pronouns: Set<String>,
    pub(super) links: Set<String>,
    pub(super) particles: Set<String>,
    pub(super) title_words: Set<String>,
    pub(super) cuts: Vec<String>,
}

#[derive(Deserialize, Default)]
struct File {
    role: Vec<RoleGroup>,
    medium: Vec<Medium>,
    words: Words,
    naming: Naming,
}

/// The file with plurals worked out.
pub(super) struct Roles {
    nouns: Map<String, Role>,
    pub(super) media: Vec<Medium>,
    pub(super) naming: Naming,
    words: Words,
}

static ROLES: LazyLock<Roles> = LazyLock::new(Roles::load);

impl Roles {
    /// The shipped roles.
    pub(super) fn get() -> &'static Roles {
        &ROLES
    }

    fn load() -> Roles {
        let file: File = toml::from_str(include_str!("../../data/speakers.toml")).unwrap_or_default();
        let mut nouns = Map::default();
        for group in &file.role {
            let gender = match group.gender.as_deref() {
                Some("m") => Some(Gender::Male),
                Some("f") => Some(Gender::Female),
                _ => None,
            };
            let kind = SourceKind::from_name(&group.kind).unwrap_or(SourceKind::Unnamed);
            for noun in &group.nouns {
                let role = |plural| Role { kind, person: group.person, gender, plural, base: noun.clone() };
                let many = noun.strip_suffix("man").map_or_else(|| plural(noun), |stem| format!("{stem}men"));
                nouns.entry(noun.clone()).or_insert_with(|| role(false));
                nouns.entry(many).or_insert_with(|| role(true));
            }
        }
        Roles { nouns, media: file.medium, naming: file.naming, words: file.words }
    }

    /// The role this lower-case word names.
    pub(super) fn role(&self, word: &str) -> Option<&Role> {
        self.nouns.get(word).or_else(|| self.nouns.get(word.strip_suffix("'s")?))
    }

    /// Gender of an honorific: `Some(None)` for one that shows none.
    pub(super) fn honorific(&self, word: &str) -> Option<Option<Gender>> {
        let word = word.trim_end_matches('.');
        let honorifics = &self.words.honorifics;
        if honorifics.m.contains(word) {
            Some(Some(Gender::Male))
        } else if honorifics.f.contains(word) {
            Some(Some(Gender::Female))
        } else {
            honorifics.n.contains(word).then_some(None)
        }
    }

    /// Whether the word says that a speaker is not named.
    pub(super) fn unnamed(&self, word: &str) -> bool {
        self.words.unnamed.contains(word)
    }

    /// Whether who is described so speaks for the state named first ("Orvian officials", not "Orvian opposition activists").
    pub(super) fn for_state(&self, words: &super::description::Description) -> bool {
        let official = matches!(words.kind, SourceKind::Government | SourceKind::Military)
            || words.roles.iter().any(|role| self.words.state_roles.contains(role));
        let text = words.text.to_lowercase();
        let against = text.split(|c: char| !c.is_alphanumeric()).any(|w| self.words.not_state.contains(w));
        official && !against
    }

    /// Whether the word means the press at large.
    pub(super) fn hearer(&self, word: &str) -> bool {
        self.words.hearers.contains(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_parses() {
        let roles = Roles::get();
        assert_eq!(roles.role("officials").map(|r| (r.kind, r.plural)), Some((SourceKind::Government, true)));
        assert_eq!(roles.role("spokeswoman").and_then(|r| r.gender), Some(Gender::Female));
        assert_eq!(roles.role("ministries").map(|r| r.plural), Some(true));
        assert!(!roles.media.is_empty());
        assert_eq!(roles.honorific("mr"), Some(Some(Gender::Male)));
        assert!(roles.hearer("reporters"));
        assert!(roles.naming.definite.contains("the") && !roles.naming.cuts.is_empty());
    }
}
