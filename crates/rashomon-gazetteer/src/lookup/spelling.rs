//! Which spellings of a name are worth trying, and what do its words ask for?

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A spelling to try, with the factor for what was cut off it.
pub(super) struct Variant {
    /// The spelling.
    pub(super) text: String,
    /// Factor of the score.
    pub(super) factor: f64,
    /// Names behind it that may hold it.
    pub(super) hints: Vec<String>,
}

/// What a word says of the place it stands beside (`data/kind-words.tsv`).
struct Kind {
    /// What it asks for: a division, a settlement, or something else.
    of: &'static str,
    /// Whether it is often left out of listed names.
    left_out: bool,
}

static KINDS: LazyLock<BTreeMap<&'static str, Kind>> = LazyLock::new(|| {
    let rows = include_str!("../../data/kind-words.tsv").lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|row| {
        let mut fields = row.split('\t');
        let (word, of) = (fields.next()?, fields.next()?);
        Some((word, Kind { of, left_out: fields.next() != Some("kept") }))
    })
    .collect()
});

/// What a word, in any case, says of the place.
fn kind(word: &str) -> Option<&'static Kind> {
    KINDS.get(word.to_lowercase().as_str())
}

/// The name as given, before a comma or bracket (the rest then hints at what holds it), and without generic words.
pub(super) fn variants(name: &str) -> Vec<Variant> {
    let mut found = vec![Variant { text: name.trim().to_owned(), factor: 1.0, hints: Vec::new() }];
    let cut = name.find([',', '(', '/', '،']).unwrap_or(name.len());
    let (head, rest) = name.split_at(cut);
    let head = head.trim();
    let hints: Vec<String> = rest
        .split([',', '(', ')', '/', '،'])
        .map(str::trim)
        .filter(|hint| !hint.is_empty())
        .map(str::to_owned)
        .collect();
    if !hints.is_empty() && !head.is_empty() {
        found.push(Variant { text: head.to_owned(), factor: 0.97, hints: hints.clone() });
    }
    let bare: Vec<&str> = head.split_whitespace().filter(|word| kind(word).is_none_or(|kind| !kind.left_out)).collect();
    let bare = bare.join(" ");
    if !bare.is_empty() && bare.len() < head.len() {
        found.push(Variant { text: bare, factor: 0.96, hints });
    }
    found
}

/// Whether the words ask for a division.
pub(super) fn names_division(asked: &str) -> bool {
    asks(asked, "division")
}

/// Whether the words ask for a settlement.
pub(super) fn names_settlement(asked: &str) -> bool {
    asks(asked, "settlement")
}

/// Whether one of the words asks for a place of this kind.
fn asks(words: &str, of: &str) -> bool {
    words.split_whitespace().any(|word| kind(word).is_some_and(|kind| kind.of == of))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_read() {
        assert!(KINDS.values().all(|kind| matches!(kind.of, "division" | "settlement" | "other")));
        assert!(names_division("Orvel Province") && names_division("state") && !names_division("Orvel"));
        assert!(names_settlement("town of Orvel") && !names_settlement("camp"));
        let bare = |name: &str| variants(name).last().map(|variant| variant.text.clone());
        assert_eq!(bare("Orvel province").as_deref(), Some("Orvel"));
        assert_eq!(bare("Orvel state").as_deref(), Some("Orvel state"));
    }
}
