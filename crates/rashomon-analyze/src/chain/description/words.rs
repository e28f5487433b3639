//! Which words open, join and end the naming of a speaker?

/// Words that open a description and say that it is definite.
pub(super) const DEFINITE: &[&str] = &["the", "this", "that", "these", "those"];

/// Words that open a description and say that it is not.
pub(super) const INDEFINITE: &[&str] = &[
    "a", "an", "one", "some", "several", "many", "two", "three", "four", "five", "six", "another", "other", "most",
    "few", "both", "any", "dozens", "hundreds", "various", "numerous", "certain", "all", "senior",
];

/// Words between what somebody is and whom he belongs to.
pub(super) const LINKS: &[&str] =
    &["of", "for", "from", "with", "at", "in", "near", "on", "to", "by", "inside", "based"];

/// Words in lower case inside a name.
pub(super) const PARTICLES: &[&str] =
    &["al", "el", "bin", "ibn", "ben", "de", "da", "di", "van", "von", "der", "den", "la", "le", "abu", "dos", "del"];

/// Words after "Secretary of", "chief of" and the like that belong to the title.
pub(super) const TITLE_WORDS: &[&str] =
    &["state", "staff", "defence", "defense", "war", "homeland", "treasury", "foreign", "government"];

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
