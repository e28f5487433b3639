//! Which words tell a place from something else? The lists of `data/toponym/`, read once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

/// `cues.toml` as read; each list is explained there.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cues {
    pub(super) locative: BTreeSet<String>,
    pub(super) near: BTreeSet<String>,
    pub(super) beside: BTreeSet<String>,
    pub(super) direction: BTreeSet<String>,
    pub(super) settlement: BTreeSet<String>,
    pub(super) division: BTreeSet<String>,
    pub(super) street: BTreeSet<String>,
    pub(super) body: BTreeSet<String>,
    pub(super) title: BTreeSet<String>,
    pub(super) belongs: BTreeSet<String>,
    pub(super) city_body: BTreeSet<String>,
    pub(super) saying: BTreeSet<String>,
    pub(super) connector: BTreeSet<String>,
    pub(super) never: BTreeSet<String>,
    pub(super) abbreviations: BTreeMap<String, String>,
}

/// The cue lists; empty if the embedded file were broken (a test reads it, so it is not).
pub(super) static CUES: LazyLock<Cues> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/toponym/cues.toml")).unwrap_or_default());

/// Country (or continent) by lower-case demonym.
pub(super) static DEMONYMS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let table: BTreeMap<String, Vec<String>> =
        toml::from_str(include_str!("../../data/toponym/demonyms.toml")).unwrap_or_default();
    table
        .into_iter()
        .flat_map(|(country, words)| words.into_iter().map(move |word| (word.to_lowercase(), country.clone())))
        .collect()
});

/// Common English words that are also place names.
pub(super) static COMMON: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| words(include_str!("../../data/toponym/common-words.txt")));

/// Given names.
pub(super) static GIVEN: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| words(include_str!("../../data/toponym/given-names.txt")));

/// Frequent surnames that are also place names.
pub(super) static SURNAMES: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| words(include_str!("../../data/toponym/surnames.txt")));

/// Lines that are not comments.
fn words(text: &'static str) -> BTreeSet<&'static str> {
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
    }
}
