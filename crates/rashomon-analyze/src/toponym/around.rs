//! What do the words around a name say of it? That something is in it or near it, that it is a town or a division, that it heads a section.

use super::lists::CUES;
use super::scan::{Gap, Match, Token};

/// What the words around a name say.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Around {
    /// "in X", "near X", "X, State".
    pub(super) locative: bool,
    /// Kilometres to add to the radius ("near X": 10, methods.md E4).
    pub(super) near_km: f64,
    /// "town of X", "X city".
    pub(super) settlement: bool,
    /// "province of X", "X province".
    pub(super) division: bool,
    /// The head of a section: "X.", "X (north of the line).", "2. X, 7 June."
    pub(super) head: bool,
}

/// The words around a match.
pub(super) fn around(tokens: &[Token<'_>], m: &Match) -> Around {
    let mut around = Around::default();
    let before = |n: usize| m.first.checked_sub(n).and_then(|i| tokens.get(i));
    let lower = |n: usize| before(n).map(Token::lower).unwrap_or_default();
    let joined = tokens.get(m.first).is_some_and(|t| t.gap == Gap::Space);
    let mut n = 1;
    // Skip "the", "northern", "downtown": what stands before them counts.
    while n <= 3 && joined && (CUES.direction.contains(&lower(n)) || lower(n) == "the") {
        n += 1;
    }
    let word = if joined { lower(n) } else { String::new() };
    around.locative = CUES.locative.contains(&word);
    if CUES.near.contains(&word) && n == 1 {
        around.near_km = 10.0;
        around.locative = true;
    }
    if word == "of" {
        let head = lower(n + 1);
        around.settlement = CUES.settlement.contains(&head);
        around.division = CUES.division.contains(&head);
        // "in the north of X" lies in it, "to the north of X" and "north of X" beside it
        let part = CUES.direction.contains(&head) && lower(n + 2) == "the" && lower(n + 3) != "to";
        if CUES.beside.contains(&head) && !part {
            around.near_km = 10.0;
            around.locative = true;
        }
        around.locative |= around.settlement || around.division || CUES.direction.contains(&head);
    }
    if joined
        && (CUES.settlement.contains(&lower(1)) || CUES.division.contains(&lower(1)))
        && !before(1).is_some_and(|t| t.cap)
    {
        around.settlement |= CUES.settlement.contains(&lower(1));
        around.locative = true;
    }
    around.head = is_head(tokens, m);
    if let Some(next) = tokens.get(m.end).filter(|t| t.gap == Gap::Space) {
        around.settlement |= CUES.settlement.contains(&next.lower()) && !next.cap;
        around.division |= CUES.division.contains(&next.lower());
        around.locative |= !next.cap && (around.settlement || around.division);
    }
    around
}

/// Whether the match opens its sentence, behind no more than a number, and ends it or goes on with a bracket or a day.
fn is_head(tokens: &[Token<'_>], m: &Match) -> bool {
    let number = |t: &Token<'_>| {
        let mark = t.text.trim_end_matches('.');
        mark.bytes().all(|b| b.is_ascii_digit()) || mark.len() == 1 || mark.bytes().all(|b| b"IVXivx".contains(&b))
    };
    let opens = tokens.get(m.first).is_some_and(|first| first.initial)
        || m.first.checked_sub(1).and_then(|i| tokens.get(i)).is_some_and(|before| before.initial && number(before));
    let ends = tokens.get(m.end).is_none_or(|next| match next.gap {
        Gap::Break => true,
        Gap::Comma => next.text.starts_with(|c: char| c.is_ascii_digit()),
        Gap::Space | Gap::Hyphen => false,
    });
    opens && ends
}
