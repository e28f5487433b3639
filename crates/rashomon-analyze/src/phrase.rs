//! Does one of these fixed phrases stand here?
//!
//! A table of phrases over lexemes, looked up by first (or last) word, longest first; the data files name the phrases.

use crate::lexeme::{Lexeme, lexemes};
use crate::table::Map;
use rashomon_model::span::Span;

/// A phrase in lexemes, and its value.
type Entry<T> = (Vec<String>, T);

/// Phrases with a value each.
#[derive(Debug)]
pub(crate) struct Phrases<T> {
    /// By first word, longest first.
    first: Map<String, Vec<Entry<T>>>,
    /// By last word, longest first.
    last: Map<String, Vec<Entry<T>>>,
}

impl<T: Clone> Phrases<T> {
    /// An empty table.
    pub(crate) fn new() -> Self {
        Self { first: Map::default(), last: Map::default() }
    }

    /// Adds a phrase; of two equal ones the first stays.
    pub(crate) fn add(&mut self, phrase: &str, value: &T) {
        let words: Vec<String> =
            lexemes(phrase, Span::from_usize(0, phrase.len())).into_iter().map(|l| l.low.into_owned()).collect();
        let (Some(head), Some(tail)) = (words.first().cloned(), words.last().cloned()) else {
            return;
        };
        for (map, key) in [(&mut self.first, head), (&mut self.last, tail)] {
            let list = map.entry(key).or_default();
            if list.iter().any(|(known, _)| *known == words) {
                continue;
            }
            let place = list.partition_point(|(known, _)| known.len() >= words.len());
            list.insert(place, (words.clone(), value.clone()));
        }
    }

    /// Adds several with one value.
    pub(crate) fn extend(&mut self, phrases: &[String], value: &T) {
        for phrase in phrases {
            self.add(phrase, value);
        }
    }

    /// The longest phrase that begins at lexeme `i`: index one past its end, and its value.
    pub(crate) fn at(&self, lexemes: &[Lexeme<'_>], i: usize) -> Option<(usize, &T)> {
        let list = self.first.get(&*lexemes.get(i)?.low)?;
        list.iter().find_map(|(words, value)| {
            let end = i + words.len();
            let slice = lexemes.get(i..end)?;
            slice.iter().zip(words).all(|(lexeme, word)| lexeme.low == *word).then_some((end, value))
        })
    }

    /// The longest phrase that ends just before lexeme `end`: index of its start, and its value.
    pub(crate) fn before(&self, lexemes: &[Lexeme<'_>], end: usize) -> Option<(usize, &T)> {
        let list = self.last.get(&*lexemes.get(end.checked_sub(1)?)?.low)?;
        list.iter().find_map(|(words, value)| {
            let start = end.checked_sub(words.len())?;
            let slice = lexemes.get(start..end)?;
            slice.iter().zip(words).all(|(lexeme, word)| lexeme.low == *word).then_some((start, value))
        })
    }
}

impl<T: Clone> Phrases<T> {
    /// Changes the value of a phrase already in the table.
    pub(crate) fn update(&mut self, phrase: &str, change: impl Fn(&mut T)) {
        let words: Vec<String> =
            lexemes(phrase, Span::from_usize(0, phrase.len())).into_iter().map(|l| l.low.into_owned()).collect();
        let (Some(head), Some(tail)) = (words.first(), words.last()) else {
            return;
        };
        for list in [self.first.get_mut(head), self.last.get_mut(tail)].into_iter().flatten() {
            list.iter_mut().filter(|(known, _)| *known == words).for_each(|(_, value)| change(value));
        }
    }
}
