//! Which words open, join and end the naming of a speaker? The lists are those of `data/speakers.toml`.

use crate::chain::roles::{Naming, Roles};

/// The lists.
pub(super) fn naming() -> &'static Naming {
    &Roles::get().naming
}

/// Whether the first letter is a capital, or a figure.
pub(super) fn is_capital(word: &str) -> bool {
    word.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
}

/// The word without the marks around it.
fn bare_word(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '.')
}

/// The bare word in lower case, apostrophes straightened.
pub(super) fn lower(word: &str) -> String {
    bare_word(word).to_lowercase().replace('’', "'")
}

/// Whether all words are written in capitals.
pub(super) fn all_capitals(words: &[&str]) -> bool {
    words.iter().all(|w| {
        let letters: Vec<char> = w.chars().filter(|c| c.is_alphabetic()).collect();
        letters.len() > 1 && letters.iter().all(|c| c.is_uppercase())
    })
}
