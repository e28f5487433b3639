//! Which phrases beside an event word may say who and whom? The antecedent of a relative clause, what stands behind "by", and what is
//! no party.

use rashomon_model::span::Span;

use super::clause::Clause;
use super::closed::{CLOSED, is_time};
use super::word::words;

/// The noun phrase before a relative pronoun that ends at `start` ("the jets that hit").
pub(super) fn antecedent(clause: &Clause<'_>, start: usize) -> Vec<Span> {
    let at = start.wrapping_sub(1);
    if matches!(clause.key(at), "that" | "which" | "who") && at > clause.from {
        let (pieces, _) = clause.left(at);
        return pieces;
    }
    Vec::new()
}

/// First token after "by" within the clause, if a "by" phrase follows the verb ending at `to`.
pub(super) fn by_phrase(clause: &Clause<'_>, to: usize) -> Option<usize> {
    for at in to..(to + 12).min(clause.to) {
        if clause.marked(at)
            || CLOSED.be.contains(clause.key(at))
            || matches!(clause.key(at), "that" | "which" | "who" | "and" | "but" | "while" | "when" | "if")
        {
            return None;
        }
        if clause.key(at) == "by" && !is_of_keeper(clause, to, at) {
            return (!clause.key(at + 1).ends_with("ing") && !clause.time(at + 1)).then_some(at + 1);
        }
    }
    None
}

/// "Died in a hospital run by the army": whether the "by" at `at`, behind an event that ends at `to`, says whose something else is.
pub(super) fn is_of_keeper(clause: &Clause<'_>, to: usize, at: usize) -> bool {
    at > to && words().keeps.contains(clause.key(at - 1))
}

/// Words of time are never hit ("hit Wednesday", "a strike on 17 March").
pub(super) fn without_times(clause: &Clause<'_>, mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|span| {
        let words = clause.doc.slice(*span).to_lowercase();
        !words.split(' ').all(|word| {
            let word = word.trim_matches(',');
            is_time(word)
                || matches!(word, "on" | "first" | "day" | "time")
                || word.starts_with(|c: char| c.is_ascii_digit())
        })
    });
    spans
}

/// Whether some piece holds a capital: a party, most likely.
pub(super) fn has_party(clause: &Clause<'_>, spans: &[Span]) -> bool {
    spans.iter().any(|span| clause.doc.slice(*span).chars().any(char::is_uppercase))
}
