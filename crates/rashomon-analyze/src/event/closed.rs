//! Which words hold a clause together? The lists of `data/clause-words.toml`: auxiliaries, prepositions, determiners, words of time.

use crate::attribution::lexicon::Lexicon;
use crate::table::Set;
use serde::Deserialize;
use std::sync::LazyLock;

/// The file as read; each list is explained there.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Closed {
    pub(super) be: Set<String>,
    pub(super) auxiliaries: Set<String>,
    pub(super) adverbs: Set<String>,
    pub(super) verbs: Set<String>,
    pub(super) pronouns: Set<String>,
    pub(super) prepositions: Set<String>,
    pub(super) places: Set<String>,
    pub(super) links: Set<String>,
    pub(super) determiners: Set<String>,
    pub(super) times: Set<String>,
    pub(super) before_verb: Set<String>,
    pub(super) hedged: Set<String>,
    pub(super) aimed: Set<String>,
}

/// The lists; empty if the embedded file were broken (a test reads it, so it is not).
pub(super) static CLOSED: LazyLock<Closed> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/clause-words.toml")).unwrap_or_default());

/// Whether the word, in lower case, is the name of a month.
pub(super) fn is_month(word: &str) -> bool {
    word == "may" || Lexicon::get().words.months.contains(word)
}

/// Whether the word, in lower case, names a time by itself: a weekday, month or part of a day.
pub(crate) fn is_time(word: &str) -> bool {
    CLOSED.times.contains(word) || is_month(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_can_be_read() {
        assert!(CLOSED.be.contains("wasnt") && CLOSED.prepositions.contains("in") && CLOSED.hedged.contains("likely"));
        assert!(is_time("monday") && is_time("may") && !is_time("market"));
    }
}
