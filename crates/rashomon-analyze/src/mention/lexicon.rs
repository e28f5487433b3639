//! Which words tell a name? The linguists' lists of `data/roles.toml`, `data/weapons.toml` and `data/given-names.txt`, folded.

use crate::table::{Map, Set};
use std::collections::BTreeMap;
use std::sync::OnceLock;

use rashomon_model::analysis::MentionKind;
use serde::Deserialize;

use super::keyed::Keyed;
use super::token::{fold, key, phrase};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Roles {
    titles: Vec<String>,
    roles: Vec<String>,
    cues: Vec<String>,
    locatives: Vec<String>,
    metonym_acts: Vec<String>,
    organisation_of: Vec<String>,
    heads: BTreeMap<String, Vec<String>>,
    facilities: Vec<String>,
    whole_facilities: Vec<String>,
    general: Vec<String>,
    places: Vec<String>,
    groups: BTreeMap<String, Vec<String>>,
    peoples: BTreeMap<String, Vec<String>>,
    modifiers: Vec<String>,
    common: Vec<String>,
    particles: Vec<String>,
    articles: Vec<String>,
    skipped: Vec<String>,
    first_words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Weapons {
    designations: Vec<String>,
    names: Vec<String>,
    nouns: Vec<String>,
    aircraft: Vec<String>,
    modifiers: Vec<String>,
    not_after: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Weak {
    weak: Vec<String>,
}

/// The lists, as keys.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    pub(crate) titles: Set<String>,
    pub(crate) roles: Set<String>,
    pub(crate) cues: Set<String>,
    pub(crate) locatives: Set<String>,
    pub(crate) metonym_acts: Set<String>,
    pub(crate) organisation_of: Set<String>,
    pub(crate) heads: Map<String, MentionKind>,
    /// Heads of a state's armed forces, among those of its bodies.
    pub(crate) military: Set<String>,
    pub(crate) facilities: Set<String>,
    /// Heads that only buildings bear, of one word or two.
    pub(crate) whole_facilities: Set<String>,
    /// Words of a building's name that name none.
    pub(crate) general: Set<String>,
    pub(crate) places: Set<String>,
    /// Group nouns, of one word or more.
    pub(crate) groups: Keyed<MentionKind>,
    pub(crate) anaphora: Set<String>,
    pub(crate) peoples: Set<String>,
    pub(crate) modifiers: Set<String>,
    pub(crate) common: Set<String>,
    /// Small words inside names, and the articles of Arabic names inside a building's.
    pub(crate) particles: Set<String>,
    pub(crate) articles: Set<String>,
    /// Words an acronym leaves out.
    pub(crate) skipped: Set<String>,
    /// Ordinary words that begin names.
    pub(crate) first_words: Set<String>,
    pub(crate) given: Set<&'static str>,
    pub(crate) designations: Set<String>,
    pub(crate) weapon_names: Set<String>,
    /// Weapon nouns with their plurals.
    pub(crate) weapon_nouns: Keyed<()>,
    pub(crate) weapon_modifiers: Set<String>,
    pub(crate) weapon_not_after: Set<String>,
    /// Keys of names that are also ordinary words.
    pub(crate) weak: Set<String>,
}

/// The lists, read once. A file that cannot be read gives empty lists; a test reads each.
pub(crate) fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| load().unwrap_or_default())
}

fn keys(words: &[String]) -> Set<String> {
    words.iter().map(|word| key(&phrase(word))).collect()
}

fn load() -> Result<Lexicon, toml::de::Error> {
    let roles: Roles = toml::from_str(include_str!("../../data/roles.toml"))?;
    let weapons: Weapons = toml::from_str(include_str!("../../data/weapons.toml"))?;
    let weak: Weak = toml::from_str(include_str!("../../data/parties/weak.toml"))?;
    let mut heads = Map::default();
    for (name, words) in &roles.heads {
        let kind = match name.as_str() {
            "government" | "military" => MentionKind::Government,
            "armed_group" => MentionKind::ArmedGroup,
            "media" => MentionKind::Media,
            _ => MentionKind::Organisation,
        };
        for word in words {
            heads.entry(key(&phrase(word))).or_insert(kind);
        }
    }
    let mut groups = Keyed::default();
    let mut anaphora = Set::default();
    for (name, words) in &roles.groups {
        if name == "anaphora" {
            anaphora = keys(words);
            continue;
        }
        let kind = MentionKind::from_name(name).unwrap_or(MentionKind::Other);
        for word in words {
            groups.entry(key(&phrase(word)), || kind);
        }
    }
    let mut weapon_nouns = Keyed::default();
    for noun in weapons.nouns.iter().chain(&weapons.aircraft) {
        for noun in [noun.clone(), plural(noun)] {
            weapon_nouns.entry(key(&phrase(&noun)), || ());
        }
    }
    Ok(Lexicon {
        titles: keys(&roles.titles),
        roles: keys(&roles.roles),
        cues: keys(&roles.cues),
        locatives: keys(&roles.locatives),
        metonym_acts: keys(&roles.metonym_acts),
        organisation_of: keys(&roles.organisation_of),
        heads,
        military: roles.heads.get("military").map(|words| keys(words)).unwrap_or_default(),
        facilities: keys(&roles.facilities),
        whole_facilities: keys(&roles.whole_facilities),
        general: keys(&roles.general),
        places: keys(&roles.places),
        groups,
        anaphora,
        peoples: roles.peoples.values().flat_map(|words| keys(words)).collect(),
        modifiers: keys(&roles.modifiers),
        common: roles.common.iter().map(|word| fold(word)).collect(),
        particles: keys(&roles.particles),
        articles: keys(&roles.articles),
        skipped: keys(&roles.skipped),
        first_words: keys(&roles.first_words),
        given: include_str!("../../data/given-names.txt").lines().filter(|line| !line.starts_with('#')).collect(),
        designations: weapons.designations.into_iter().collect(),
        weapon_names: weapons.names.into_iter().collect(),
        weapon_nouns,
        weapon_modifiers: keys(&weapons.modifiers),
        weapon_not_after: keys(&weapons.not_after),
        weak: weak.weak.iter().map(|name| key(&phrase(name))).collect(),
    })
}

/// Regular English plural of a noun's last word.
pub(crate) fn plural(noun: &str) -> String {
    let vowel = |c: Option<char>| c.is_some_and(|c| "aeiou".contains(c));
    if noun.ends_with("aircraft") || noun.ends_with('s') && !noun.ends_with("ss") {
        noun.to_owned()
    } else if noun.ends_with('y') && !vowel(noun.chars().rev().nth(1)) {
        format!("{}ies", noun.strip_suffix('y').unwrap_or(noun))
    } else if ["s", "x", "z", "ch", "sh"].iter().any(|end| noun.ends_with(end)) {
        format!("{noun}es")
    } else if let Some(stem) = noun.strip_suffix("knife") {
        format!("{stem}knives")
    } else {
        format!("{noun}s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_can_be_read() {
        let lists = load().unwrap();
        assert!(lists.titles.contains("president"));
        assert!(lists.weapon_nouns.contains("barrel bombs"));
        assert!(lists.given.len() > 1000);
        assert_eq!(lists.groups.get("opposition activists"), Some(&MentionKind::Organisation));
    }
}
