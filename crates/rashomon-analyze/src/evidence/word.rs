//! Which words name evidence and speak of its verification? The lists of `data/evidence.toml`, by folded key.

use crate::mention::keyed::Keyed;
use crate::table::{Map, Set};
use std::collections::BTreeMap;
use std::sync::OnceLock;

use rashomon_model::evidence::{EvidenceKind, Verification};
use serde::Deserialize;

use crate::event::inflections;
use crate::mention::lexicon::plural;
use crate::mention::token::{fold, key, phrase};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    of: Vec<String>,
    listed: Vec<String>,
    release: Vec<String>,
    made: Vec<String>,
    documented: BTreeMap<String, Vec<String>>,
    post_before: Vec<String>,
    platforms: Vec<String>,
    about: Vec<String>,
    not_items: Vec<String>,
    qualifiers: Vec<String>,
    ends: Vec<String>,
    opens: Opens,
    items: BTreeMap<String, Vec<String>>,
    said: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Opens {
    new: Vec<String>,
    same: Vec<String>,
}

/// A phrase on verification: words, `None` for up to three words of any kind.
pub(super) type Pattern = Vec<Option<String>>;

/// The lists, as keys.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) items: Keyed<EvidenceKind>,
    pub(super) of: Set<String>,
    pub(super) listed: Set<String>,
    /// Verbs of giving out and making, in every form; `true` for past forms.
    pub(super) release: Map<String, bool>,
    /// Verbs of recording something oneself, with what they make.
    pub(super) documented: Map<String, EvidenceKind>,
    /// Words before a bare "post" that leave it an item.
    pub(super) post_before: Set<String>,
    /// Where posts are put.
    pub(super) platforms: Set<String>,
    pub(super) about: Set<String>,
    pub(super) not_items: Set<String>,
    /// Words that may stand between the article and an item, and words that end a phrase about it.
    pub(super) qualifiers: Set<String>,
    pub(super) ends: Set<String>,
    pub(super) new: Set<String>,
    pub(super) same: Set<String>,
    /// By first word.
    pub(super) said: Map<String, Vec<(Verification, Pattern)>>,
}

/// The lists, read once; empty if the file cannot be read (a test reads it).
pub(super) fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| load().unwrap_or_default())
}

fn load() -> Result<Words, toml::de::Error> {
    let file: File = toml::from_str(include_str!("../../data/evidence.toml"))?;
    let folded = |words: &[String]| words.iter().map(|word| fold(word)).collect::<Set<String>>();
    let mut words = Words {
        of: folded(&file.of),
        listed: folded(&file.listed),
        post_before: folded(&file.post_before),
        platforms: folded(&file.platforms),
        about: folded(&file.about),
        not_items: folded(&file.not_items),
        qualifiers: folded(&file.qualifiers),
        ends: folded(&file.ends),
        new: folded(&file.opens.new),
        same: folded(&file.opens.same),
        ..Words::default()
    };
    for (name, nouns) in &file.items {
        let kind = EvidenceKind::from_name(name).unwrap_or(EvidenceKind::Document);
        for noun in nouns.iter().flat_map(|noun| [noun.clone(), plural(noun)]) {
            *words.items.entry(key(&phrase(&noun)), || kind) = kind;
        }
    }
    for (name, verbs) in &file.documented {
        let kind = EvidenceKind::from_name(name).unwrap_or(EvidenceKind::Document);
        words.documented.extend(verbs.iter().map(|verb| (fold(verb), kind)));
    }
    for verb in file.release.iter().chain(&file.made) {
        for (i, (_, word)) in inflections(verb).into_iter().enumerate() {
            let past = matches!(i, 2 | 3);
            *words.release.entry(fold(&word)).or_default() |= past;
        }
    }
    let mut said: BTreeMap<String, Vec<(Verification, Pattern)>> = BTreeMap::new();
    for (name, phrases) in &file.said {
        let status = Verification::from_name(name).unwrap_or(Verification::Unverified);
        for text in phrases {
            let pattern: Pattern = text.split(' ').map(|word| (word != "*").then(|| fold(word))).collect();
            if let Some(Some(first)) = pattern.first().cloned() {
                said.entry(first).or_default().push((status, pattern));
            }
        }
    }
    // the longest phrase first
    for patterns in said.values_mut() {
        patterns.sort_by_key(|(_, pattern)| std::cmp::Reverse(pattern.len()));
    }
    words.said = said.into_iter().collect();
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_can_be_read() {
        let words = load().unwrap();
        assert_eq!(words.items.get("satellite images"), Some(&EvidenceKind::Imagery));
        assert_eq!(words.release.get("published"), Some(&true));
        assert!(words.said.contains_key("cannot"));
    }
}
