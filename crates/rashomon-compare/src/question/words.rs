//! What do the words of a count say of its number, and of whom it counts?

use rashomon_model::Document;
use rashomon_model::span::Span;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Words that make a count a figure, and a figure a rough one (`data/number-words.toml`).
#[derive(Default, Deserialize)]
struct NumberWords {
    numbers: BTreeSet<String>,
    about: BTreeSet<String>,
    vague: Vec<String>,
    written: BTreeMap<String, u64>,
}

static WORDS: LazyLock<NumberWords> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/number-words.toml")).unwrap_or_default());

/// Nouns for some of the people at a place and for people in general, and words behind which a name says not whose they are
/// (`data/populations.toml`).
#[derive(Default, Deserialize)]
struct Populations {
    some: BTreeSet<String>,
    anybody: BTreeSet<String>,
    beyond: BTreeSet<String>,
}

static POPULATIONS: LazyLock<Populations> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/populations.toml")).unwrap_or_default());

/// Whom the words of a count count, where that is only some of the people there: "eleven passengers of its bus", "seven Varlandic
/// soldiers", "the loss of two". Of combatants it is whose they are that tells them apart, not what they do.
pub(super) fn population(words: &str, combatants: bool) -> Option<&str> {
    let (noun, name) = (population_by_noun(words), of_a_name(words));
    let said = if combatants { name.or(noun) } else { noun.or(name) };
    said.or_else(|| own_losses(words))
}

/// "Seven Varlandic border guards", "nine soldiers of Varland": the first word written large behind the first, which says whose
/// they are; not in "thirty people in Orvel".
fn of_a_name(words: &str) -> Option<&str> {
    let own = words.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty());
    let capital =
        |word: &&str| word.len() > 3 && word.starts_with(char::is_uppercase) && word.chars().any(char::is_lowercase);
    own.skip(1)
        .take_while(|word| !POPULATIONS.beyond.contains(*word))
        .find(|word| capital(word) && !is_number(&word.to_lowercase()))
}

/// "The loss of two", "lost nine men": of one side's own.
fn own_losses(words: &str) -> Option<&str> {
    let lower = words.to_lowercase();
    ["loss of", "losses of", "lost "].iter().any(|phrase| lower.starts_with(phrase)).then_some("losses of one side")
}

/// Whether the words give one person without a number: "a man", "his son", "another".
pub(super) fn is_bare_one(words: &str) -> bool {
    let lower = words.to_lowercase();
    let mut own = lower.split(|c: char| !c.is_alphanumeric());
    !own.any(|word| matches!(word, "one" | "1" | "single" | "only" | "sole"))
}

/// By the nouns of `data/populations.toml`.
fn population_by_noun(words: &str) -> Option<&'static str> {
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
    words.chars().any(char::is_numeric) || words.to_lowercase().split(|c: char| !c.is_alphabetic()).any(is_number)
}

/// Whether a word in lower case gives a count a number.
fn is_number(word: &str) -> bool {
    WORDS.numbers.contains(word) || WORDS.written.contains_key(word)
}

/// The number a word names, from two to fifty; its case does not matter.
pub(crate) fn written(word: &str) -> Option<u64> {
    WORDS.written.get(&word.to_ascii_lowercase()).copied()
}
