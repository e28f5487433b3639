//! What do the words of a count say of its number, and of whom it counts?

use rashomon_model::Document;
use rashomon_model::span::Span;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Words that make a count a figure, and a figure a rough one (`data/number-words.toml`).
#[derive(Default, Deserialize)]
struct NumberWords {
    numbers: BTreeSet<String>,
    about: BTreeSet<String>,
    vague: Vec<String>,
}

static WORDS: LazyLock<NumberWords> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/number-words.toml")).unwrap_or_default());

/// Nouns for some of the people at a place, and for people in general (`data/populations.toml`).
#[derive(Default, Deserialize)]
struct Populations {
    some: BTreeSet<String>,
    anybody: BTreeSet<String>,
}

static POPULATIONS: LazyLock<Populations> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/populations.toml")).unwrap_or_default());

/// Whom the words of a count count, where that is only some of the people there: "eleven passengers of its bus".
pub(super) fn population(words: &str) -> Option<&'static str> {
    let lower = words.to_lowercase();
    let mut own = lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let noun = own.find_map(|word| {
        let plural = || POPULATIONS.some.get(word).or_else(|| POPULATIONS.some.get(&format!("{word}s")));
        if POPULATIONS.anybody.contains(word) { Some(None) } else { plural().map(|noun| Some(noun.as_str())) }
    });
    noun.flatten()
}

/// Whether the number is a vague word: "several", "a few", "a number of".
pub(super) fn is_vague(words: &str) -> bool {
    let lower = format!(" {} ", words.to_lowercase());
    WORDS.vague.iter().any(|phrase| lower.contains(&format!(" {phrase} ")))
}

/// Whether the count's words, or the one before them, say that its number is rough.
pub(super) fn is_about(doc: &Document, span: Span) -> bool {
    let first = doc.slice(span).split_whitespace().next().unwrap_or("");
    let before =
        doc.slice(Span::new(0, span.start)).rsplit(char::is_whitespace).find(|word| !word.is_empty()).unwrap_or("");
    [first, before].iter().any(|word| WORDS.about.contains(&word.to_lowercase()))
}

/// Whether the words give a number at all.
pub(super) fn has_number(words: &str) -> bool {
    words.chars().any(char::is_numeric)
        || words.to_lowercase().split(|c: char| !c.is_alphabetic()).any(|word| WORDS.numbers.contains(word))
}
