//! Which listed name of one word or more starts here? Names by their keys, found by their first word.
//!
//! Most words of a text begin no listed name, and one look-up of the first word tells so; only then are the words behind it
//! joined, from the longest name that begins like this down. "air", "air strike": at "air strikes hit" the list is asked for
//! "air strikes" and then for "air".

use super::token::{Gap, Token};
use crate::table::Map;

/// Names by key ([`key`](super::token::key)), each with a value.
#[derive(Debug)]
pub(crate) struct Keyed<V> {
    names: Map<String, V>,
    /// Words of the longest name, by first word.
    longest: Map<String, usize>,
}

impl<V> Default for Keyed<V> {
    fn default() -> Self {
        Self { names: Map::default(), longest: Map::default() }
    }
}

impl<V> Keyed<V> {
    /// The value of the name of this key, made with `new` if there is none yet.
    pub(crate) fn entry(&mut self, key: String, new: impl FnOnce() -> V) -> &mut V {
        let mut words = key.split([' ', '|']);
        if let Some(first) = words.next() {
            let most = self.longest.entry(first.to_owned()).or_default();
            *most = (*most).max(1 + words.count());
        }
        self.names.entry(key).or_insert_with(new)
    }

    /// The value of the name of this key.
    pub(crate) fn get(&self, key: &str) -> Option<&V> {
        self.names.get(key)
    }

    /// Whether there is a name of this key.
    pub(crate) fn contains(&self, key: &str) -> bool {
        self.names.contains_key(key)
    }

    /// Of the names of at most `most` words that start at the first of `tokens`, the longest that `accept` (given its words
    /// and value) makes something of.
    pub(crate) fn longest<'v, R>(
        &'v self,
        tokens: &[Token],
        most: usize,
        mut accept: impl FnMut(usize, &'v V) -> Option<R>,
    ) -> Option<R> {
        let first = tokens.first()?;
        let most = (*self.longest.get(&first.key)?).min(most).min(tokens.len());
        if most == 0 {
            return None;
        }
        if most > 1 {
            let mut joined = first.key.clone();
            let mut ends = Vec::with_capacity(most);
            for token in tokens.get(1..most).unwrap_or_default() {
                joined.push(if token.gap == Gap::Hard { '|' } else { ' ' });
                joined.push_str(&token.key);
                ends.push(joined.len());
            }
            for (i, &end) in ends.iter().enumerate().rev() {
                let value = joined.get(..end).and_then(|key| self.names.get(key));
                if let Some(result) = value.and_then(|value| accept(i + 2, value)) {
                    return Some(result);
                }
            }
        }
        self.names.get(&first.key).and_then(|value| accept(1, value))
    }
}

#[cfg(test)]
mod tests {
    use super::super::token::{key, phrase};
    use super::*;

    #[test]
    fn the_longest_name_that_is_accepted() {
        let mut names = Keyed::default();
        for (value, name) in ["air", "air strike", "air strike team, north", "strike"].iter().enumerate() {
            names.entry(key(&phrase(name)), || value);
        }
        *names.entry("air".to_owned(), || 9) += 10;
        let found = |text: &str, most| names.longest(&phrase(text), most, |words, value| Some((words, *value)));
        assert_eq!(found("air strike team, north of it", 9), Some((4, 2)));
        assert_eq!(found("air strike team north", 9), Some((2, 1)), "the comma is part of the name");
        assert_eq!(found("Air strike team", 1), Some((1, 10)));
        assert_eq!((found("raid", 9), found("", 9), found("air", 0)), (None, None, None));
        let short = names.longest(&phrase("air strike"), 9, |words, _| (words < 2).then_some(words));
        assert_eq!(short, Some(1), "what is not accepted is passed over");
        assert!(names.contains("strike") && names.get("raid").is_none());
    }
}
