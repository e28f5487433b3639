//! How alike are two stretches of words? Folded content words, weighed by how rare they are; shared by the tasks on texts that
//! are not about incidents.

use std::collections::{BTreeMap, BTreeSet};

use rashomon_compare::source::key::fold;
use rashomon_model::document::{Block, BlockKind};
use rashomon_model::span::Span;
use rashomon_model::{Document, DocumentId};
use serde_json::Value;

use super::sets;

/// Words that say nothing of what a sentence is about.
const EMPTY: &[&str] = &[
    "a", "about", "after", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "being", "but", "by",
    "can", "could", "did", "do", "does", "for", "from", "had", "has", "have", "he", "her", "him", "his", "how", "i",
    "if", "in", "into", "is", "it", "its", "just", "may", "more", "most", "my", "no", "not", "of", "on", "one", "or",
    "other", "our", "out", "over", "said", "say", "says", "she", "so", "some", "than", "that", "the", "their", "them",
    "then", "there", "these", "they", "this", "to", "up", "was", "we", "were", "what", "when", "where", "which",
    "while", "who", "will", "with", "would", "you", "your",
];

/// The stem of a word: folded, without the commonest endings.
pub(super) fn stem(word: &str) -> String {
    let folded = fold(word);
    for (ending, left) in
        [("ations", 4), ("ation", 4), ("ings", 3), ("ing", 3), ("ied", 2), ("ies", 2), ("ed", 3), ("es", 3), ("s", 3)]
    {
        if let Some(rest) = folded.strip_suffix(ending).filter(|rest| rest.chars().count() >= left) {
            let mut rest = rest.trim_end_matches('e').to_owned();
            // "stopped" and "stop"
            let doubled = rest.chars().rev().take(2).collect::<Vec<_>>();
            if let [a, b] = doubled[..]
                && a == b
                && !matches!(a, 'l' | 's' | 'e' | 'o')
            {
                rest.pop();
            }
            return rest;
        }
    }
    folded.trim_end_matches('e').to_owned()
}

/// Stems of the content words, in order.
pub(super) fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(fold)
        .filter(|word| !EMPTY.contains(&word.as_str()))
        .map(|word| stem(&word))
        .filter(|word| !word.is_empty())
        .collect()
}

/// How rare each word is over a set of texts.
#[derive(Debug, Default)]
pub(super) struct Rarity {
    texts: f64,
    seen: BTreeMap<String, f64>,
}

impl Rarity {
    /// Counts the words of a text once.
    pub(super) fn add(&mut self, text: &str) {
        self.texts += 1.0;
        for word in words(text).into_iter().collect::<BTreeSet<_>>() {
            *self.seen.entry(word).or_default() += 1.0;
        }
    }

    /// Weight of a word.
    pub(super) fn weight(&self, word: &str) -> f64 {
        ((self.texts + 1.0) / (self.seen.get(word).copied().unwrap_or(0.0) + 0.5)).ln().max(0.1)
    }

    /// Share of the weight of `of` whose words stand in `inside`; 0 of nothing.
    pub(super) fn share(&self, of: &[String], inside: &BTreeSet<String>) -> f64 {
        let unique: BTreeSet<&String> = of.iter().collect();
        let all: f64 = unique.iter().map(|word| self.weight(word)).sum();
        let both: f64 = unique.iter().filter(|word| inside.contains(**word)).map(|word| self.weight(word)).sum();
        if all == 0.0 { 0.0 } else { both / all }
    }
}

/// A document of one paragraph a line.
pub(super) fn document(id: &str, text: &str) -> Document {
    let mut doc = sets::bare(id, text);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let kept = line.trim_end();
        if !kept.trim().is_empty() {
            doc.blocks.push(Block { kind: BlockKind::Paragraph, span: Span::from_usize(at, at + kept.len()) });
        }
        at += line.len();
    }
    doc.id = DocumentId::new(id);
    doc
}

/// A text field of a row.
pub(super) fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// A list field of a row.
pub(super) fn list<'a>(row: &'a Value, key: &str) -> &'a [Value] {
    row.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_meet() {
        assert_eq!(stem("killing"), stem("killed"));
        assert_eq!(stem("stopped"), stem("stop"));
        assert_eq!(words("The towns were hit"), ["town", "hit"]);
    }
}
