//! Whose is it? The possessive before a role or body, and the body named beside a role.

use super::words::{is_capital, lower, naming};
use crate::chain::roles::Roles;

/// Where the possessive ends that opens the words ("Orvia's defence ministry"), as the index of its last word.
pub(super) fn possessive(words: &[&str]) -> Option<usize> {
    words
        .iter()
        .rposition(|w| w.ends_with("'s") || w.ends_with("’s") || w.ends_with("s'") || w.ends_with("s’"))
        .filter(|&at| !words.iter().take(at).any(|w| naming().links.contains(&lower(w))))
}

/// The owner that a possessive of these words names.
pub(super) fn of_possessive(words: &[&str]) -> String {
    let joined = words.join(" ");
    let plain = joined.trim_end_matches(['s', '\'', '’']);
    let fallback = if plain.ends_with(char::is_alphanumeric) { plain.to_owned() } else { joined };
    strip_possessive(words, fallback)
}

/// The owner without its possessive ending.
fn strip_possessive(words: &[&str], fallback: String) -> String {
    let joined = words.join(" ");
    for end in ["'s", "’s"] {
        if let Some(stem) = joined.strip_suffix(end) {
            return stem.to_owned();
        }
    }
    for end in ["'", "’"] {
        if let Some(stem) = joined.strip_suffix(end) {
            return stem.to_owned();
        }
    }
    fallback
}

/// The words joined, an opening article left out.
pub(super) fn without_article(words: &[&str]) -> String {
    let from = usize::from(
        words.first().is_some_and(|w| naming().definite.contains(&lower(w)) || naming().indefinite.contains(&lower(w))),
    );
    words.get(from..).unwrap_or_default().join(" ")
}

/// The body or state named before a role: "Kremlin chief of staff", "U.S. State Department spokesman".
pub(super) fn owner_of(described: &[&str]) -> Option<String> {
    let roles = Roles::get();
    let link = described.iter().position(|w| matches!(lower(w).as_str(), "of" | "for" | "from" | "with" | "at"));
    if let Some(at) = link
        && described.get(at + 1).is_some_and(|w| !naming().title_words.contains(&lower(w)))
    {
        return Some(without_article(described.get(at + 1..).unwrap_or_default())).filter(|o| !o.is_empty());
    }
    let capitals: Vec<&str> = described
        .iter()
        .copied()
        .take_while(|w| is_capital(w) && roles.role(&lower(w)).is_none_or(|r| !r.person))
        .collect();
    (!capitals.is_empty()).then(|| capitals.join(" "))
}
