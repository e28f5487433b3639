//! What does a noun say of what is counted? Persons, families, outcomes, things, units: `data/categories.toml`.

use super::lexicon::Words;
use crate::phrase::Phrases;
use crate::table::{Map, Set};
use rashomon_model::quantity::{Category, Outcome};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Sort of noun after a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NounKind {
    /// A person noun.
    Person,
    /// A family or household.
    Group,
    /// A noun that names the outcome ("deaths").
    Outcome(Outcome),
    /// A thing that can be destroyed.
    Object,
    /// A unit: no count at all.
    Measure,
}

/// A noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Noun {
    /// Sort.
    pub(super) kind: NounKind,
    /// Category it settles.
    pub(super) category: Option<Category>,
    /// Whether plural.
    pub(super) plural: bool,
    /// Whether a kin noun, which may stand with a possessive for one person.
    pub(super) kin: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Categories {
    people: BTreeMap<String, Vec<String>>,
    singular: BTreeMap<String, String>,
    adjectives: BTreeMap<String, String>,
    groups: Words,
    kin: BTreeMap<String, Vec<String>>,
    outcomes: BTreeMap<String, Vec<String>>,
    objects: Words,
    animals: Words,
    measures: Words,
    plural_only: Words,
    predicates: Words,
    membership: Words,
    names: Names,
}

/// What tells a person counted by name.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Names {
    particles: Vec<String>,
    others: Vec<String>,
}

/// The nouns of the data file, compiled.
pub(super) struct Nouns {
    pub(super) nouns: Phrases<Noun>,
    /// Things, one or several.
    pub(super) things: Set<String>,
    pub(super) adjectives: Map<String, Category>,
    /// Words between a number and the noun that says what those counted are.
    pub(super) predicates: Set<String>,
    /// Nouns for those who are of a body.
    pub(super) membership: Set<String>,
    /// Small words inside a person's name.
    pub(super) particles: Set<String>,
    /// Nouns behind a run of capitals that names nobody.
    pub(super) not_persons: Set<String>,
}

impl Nouns {
    /// From `data/categories.toml`.
    pub(super) fn load() -> Self {
        let categories: Categories = toml::from_str(include_str!("../../data/categories.toml")).unwrap_or_default();
        let adjective = |(word, name): (&String, &String)| Some((word.clone(), Category::from_name(name)?));
        Self {
            nouns: nouns(&categories),
            things: things(&categories),
            adjectives: categories.adjectives.iter().filter_map(adjective).collect(),
            predicates: categories.predicates.words.into_iter().collect(),
            membership: categories.membership.words.into_iter().collect(),
            particles: categories.names.particles.into_iter().collect(),
            not_persons: categories.names.others.into_iter().collect(),
        }
    }
}

/// The table of nouns: plurals as listed, singulars by rule.
fn nouns(categories: &Categories) -> Phrases<Noun> {
    let mut table = Phrases::new();
    let irregular: BTreeSet<&str> = categories.singular.values().map(String::as_str).collect();
    let mut both = |plural: &str, noun: Noun| {
        table.add(plural, &Noun { plural: true, ..noun });
        for (singular, of) in &categories.singular {
            if of == plural {
                table.add(singular, &Noun { plural: false, ..noun });
            }
        }
        if !irregular.contains(plural)
            && !categories.plural_only.words.iter().any(|w| w == plural)
            && let Some(singular) = singular(plural)
        {
            table.add(&singular, &Noun { plural: false, ..noun });
        }
    };
    let plain = |kind, category| Noun { kind, category, plural: true, kin: false };
    for (name, words) in &categories.people {
        let category = Category::from_name(name);
        for word in words {
            both(word, plain(NounKind::Person, category));
        }
    }
    for word in &categories.groups.words {
        both(word, plain(NounKind::Group, Some(Category::People)));
    }
    for (name, words) in &categories.outcomes {
        let Some(outcome) = Outcome::from_name(name) else {
            continue;
        };
        let category = match outcome {
            Outcome::Targets | Outcome::Strikes | Outcome::Sorties | Outcome::Aircraft | Outcome::Munitions => {
                Some(Category::Objects)
            }
            _ => None,
        };
        for word in words {
            let noun = plain(NounKind::Outcome(outcome), category);
            table.add(word, &Noun { plural: word.ends_with('s') || word == "dead" || word == "bodies", ..noun });
        }
    }
    for word in categories.objects.words.iter().chain(&categories.animals.words) {
        table.add(word, &Noun { plural: word.ends_with('s'), ..plain(NounKind::Object, Some(Category::Objects)) });
    }
    for word in &categories.measures.words {
        table.add(word, &plain(NounKind::Measure, None));
    }
    for (name, words) in &categories.kin {
        let noun = Noun { kind: NounKind::Person, category: Category::from_name(name), plural: false, kin: true };
        for word in words {
            table.replace_kin(word, &noun);
        }
    }
    table
}

/// Things as listed, and their singulars, by rule or irregular.
fn things(categories: &Categories) -> Set<String> {
    let listed = || categories.objects.words.iter().chain(categories.outcomes.get("aircraft").into_iter().flatten());
    let regular = listed().filter_map(|word| singular(word));
    let irregular = categories.singular.iter().filter(|(_, of)| listed().any(|word| word == *of));
    listed().cloned().chain(regular).chain(irregular.map(|(word, _)| word.clone())).collect()
}

impl Phrases<Noun> {
    /// Marks a noun as kin; one already listed keeps its category.
    fn replace_kin(&mut self, word: &str, noun: &Noun) {
        self.add(word, noun);
        self.update(word, |known| known.kin = true);
    }
}

/// The regular singular of a plural ("ladies" is irregular enough to be listed).
fn singular(plural: &str) -> Option<String> {
    if let Some(stem) = plural.strip_suffix("ies") {
        return Some(format!("{stem}y"));
    }
    if plural.ends_with("ss") || plural.ends_with("staff") {
        return None;
    }
    plural.strip_suffix('s').map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_file_parses() {
        assert!(toml::from_str::<Categories>(include_str!("../../data/categories.toml")).is_ok());
    }

    #[test]
    fn singulars() {
        assert_eq!(singular("soldiers").as_deref(), Some("soldier"));
        assert_eq!(singular("families").as_deref(), Some("family"));
        assert_eq!(singular("staff"), None);
    }
}
