//! Which words tell a place from something else? The lists of `data/toponym/`, read once.

use crate::table::{Map, Set};
use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// `cues.toml` as read; each list is explained there.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cues {
    pub(super) locative: Set<String>,
    pub(super) near: Set<String>,
    pub(super) beside: Set<String>,
    pub(super) direction: Set<String>,
    pub(super) settlement: Set<String>,
    pub(super) division: Set<String>,
    pub(super) street: Set<String>,
    pub(super) body: Set<String>,
    pub(super) between: Set<String>,
    pub(super) title: Set<String>,
    pub(super) belongs: Set<String>,
    pub(super) city_body: Set<String>,
    pub(super) saying: Set<String>,
    pub(super) connector: Set<String>,
    pub(super) spaced: Vec<String>,
    never: Set<String>,
    pub(super) abbreviations: Map<String, String>,
}

impl Cues {
    /// Whether a capitalised word, in lower case, is no place where it stands alone: one of `never`, or the name of a number.
    pub(super) fn is_never(&self, word: &str) -> bool {
        self.never.contains(word) || crate::numeral::unit(word).is_some()
    }
}

/// The cue lists; empty if the embedded file were broken (a test reads it, so it is not).
pub(super) static CUES: LazyLock<Cues> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/toponym/cues.toml")).unwrap_or_default());

/// Country (or continent) by lower-case demonym.
pub(super) static DEMONYMS: LazyLock<Map<String, String>> = LazyLock::new(|| {
    let table: BTreeMap<String, Vec<String>> =
        toml::from_str(include_str!("../../data/toponym/demonyms.toml")).unwrap_or_default();
    table
        .into_iter()
        .flat_map(|(country, words)| words.into_iter().map(move |word| (word.to_lowercase(), country.clone())))
        .collect()
});

/// Common English words that are also place names.
pub(super) static COMMON: LazyLock<Set<&'static str>> =
    LazyLock::new(|| words(include_str!("../../data/toponym/common-words.txt")));

/// Given names.
pub(super) static GIVEN: LazyLock<Set<&'static str>> =
    LazyLock::new(|| words(include_str!("../../data/toponym/given-names.txt")));

/// Frequent surnames that are also place names.
pub(super) static SURNAMES: LazyLock<Set<&'static str>> =
    LazyLock::new(|| words(include_str!("../../data/toponym/surnames.txt")));

/// Lines that are not comments.
fn words(text: &'static str) -> Set<&'static str> {
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read() {
        assert!(CUES.locative.contains("in"));
        assert_eq!(CUES.abbreviations.get("Ky.").map(String::as_str), Some("Kentucky"));
        assert_eq!(DEMONYMS.get("syrians").map(String::as_str), Some("Syria"));
        assert!(COMMON.contains("reading"));
        assert!(GIVEN.contains("howard"));
        assert!(
            CUES.is_never("april") && CUES.is_never("eleven") && CUES.is_never("dozens") && !CUES.is_never("lorun")
        );
    }
}
