//! Is this name a place here? Persons, organisations, streets and common words that share a place's name are told apart.

use std::collections::BTreeSet;

use rashomon_model::analysis::{Mention, MentionKind};
use rashomon_model::place::Candidate;
use rashomon_model::span::Span;

use super::lists::{COMMON, CUES, DEMONYMS, GIVEN};
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
}

/// Last names of persons the document names in full: a given name, then one or two capitalised words.
pub(super) fn surnames(tokens: &[Token<'_>]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (i, token) in tokens.iter().enumerate() {
        let person = token.cap && (GIVEN.contains(token.lower().as_str()) || titled(tokens, i));
        if !person {
            continue;
        }
        let mut last = None;
        for next in tokens.iter().skip(i + 1).take(3) {
            let initial = next.text.chars().count() == 1 || next.text.ends_with('.');
            if next.gap == Gap::Space && next.cap && !initial {
                last = Some(next);
            } else if !(next.cap && initial) {
                break;
            }
        }
        if let Some(last) = last {
            found.insert(last.lower());
        }
    }
    found
}

/// Whether the token before is a title.
fn titled(tokens: &[Token<'_>], at: usize) -> bool {
    at.checked_sub(1)
        .and_then(|before| tokens.get(before))
        .is_some_and(|before| before.cap && CUES.title.contains(&before.lower()))
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
        if CUES.beside.contains(&head) {
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
    if let Some(next) = tokens.get(m.end).filter(|t| t.gap == Gap::Space) {
        around.settlement |= CUES.settlement.contains(&next.lower()) && !next.cap;
        around.division |= CUES.division.contains(&next.lower());
        around.locative |= !next.cap && (around.settlement || around.division);
    }
    around
}

/// Whether the match is a place here; `followed` says that a place which holds it follows a comma ("X, State").
pub(super) fn is_place(
    tokens: &[Token<'_>],
    m: &Match,
    around: Around,
    followed: bool,
    surnames: &BTreeSet<String>,
    best: Option<&Candidate>,
) -> bool {
    let Some(first) = tokens.get(m.first) else {
        return false;
    };
    let single = m.end == m.first + 1;
    let word = first.lower();
    let abbreviation = CUES.abbreviations.contains_key(first.text);
    if single && !abbreviation && (DEMONYMS.contains_key(&word) || CUES.never.contains(&word)) {
        return false;
    }
    let before =
        m.first.checked_sub(1).and_then(|i| tokens.get(i)).filter(|_| first.gap != Gap::Break && !first.initial);
    let after = tokens.get(m.end).filter(|t| t.gap != Gap::Break && !t.initial);
    let population = best.map_or(0, |c| c.place.population);
    let wide =
        best.is_some_and(|c| matches!(c.place.kind.as_str(), "country" | "continent" | "sea" | "region" | "admin1"));
    if abbreviation && single {
        return acronym_is_place(tokens, m, around);
    }
    // "Karsen Street", "Karsen Avenue".
    if let Some(after) = after.filter(|t| t.cap && t.gap == Gap::Space)
        && CUES.street.contains(&after.lower())
    {
        return false;
    }
    // A seat of government that speaks.
    if single
        && !around.locative
        && best.is_some_and(|c| population > 500_000 && c.place.kind == "city")
        && after.is_some_and(|t| t.gap == Gap::Space && CUES.saying.contains(&t.lower()))
    {
        return false;
    }
    if let Some(before) = before.filter(|t| t.cap && first.gap == Gap::Space) {
        let lower = before.lower();
        if CUES.title.contains(&lower) && !wide && !followed {
            return false;
        }
        if GIVEN.contains(lower.as_str()) && !CUES.direction.contains(&lower) && !wide && !followed {
            return false;
        }
        let neutral = before.initial
            || CUES.direction.contains(&lower)
            || CUES.body.contains(&lower)
            || DEMONYMS.contains_key(&lower);
        if !neutral && !wide && !followed && single {
            return false;
        }
    }
    if let Some(after) = after.filter(|t| t.cap && t.gap == Gap::Space && !first.possessive_end(tokens, m)) {
        let lower = after.lower();
        let fits = CUES.body.contains(&lower) || CUES.division.contains(&lower) || DEMONYMS.contains_key(&lower);
        if single && GIVEN.contains(word.as_str()) && !fits && !around.locative {
            return false;
        }
        if single && !fits && !wide && !around.locative {
            return false;
        }
    }
    if single && surnames.contains(&word) && !around.locative && !followed && !wide {
        return false;
    }
    if single && COMMON.contains(word.as_str()) && !followed {
        return around.locative && !first.initial && population >= 1000 || (population >= 150_000 && !first.initial);
    }
    if single && GIVEN.contains(word.as_str()) && !followed && !wide {
        return around.locative || population >= 300_000;
    }
    if single && !wide && !around.locative && !followed {
        return population >= if first.initial { 15_000 } else { 5_000 };
    }
    true
}

/// Postal abbreviations are places only behind a comma ("Karsen, IN"); "U.S." and the like always.
fn acronym_is_place(tokens: &[Token<'_>], m: &Match, around: Around) -> bool {
    let Some(token) = tokens.get(m.first) else {
        return false;
    };
    let postal = token.text.len() == 2 && !matches!(token.text, "US" | "UK");
    let pointed = token.text.ends_with('.') && !token.text.trim_end_matches('.').contains('.');
    if postal || pointed {
        return token.gap == Gap::Comma && m.first > 0;
    }
    let _ = around;
    true
}

impl Token<'_> {
    /// Whether the last token of the match had a possessive ending.
    fn possessive_end(&self, tokens: &[Token<'_>], m: &Match) -> bool {
        m.end.checked_sub(1).and_then(|i| tokens.get(i)).is_some_and(|t| t.possessive)
    }
}

/// Whether a name already read (a person, an organisation, a weapon) covers the span with more words than it.
pub(super) fn taken(mentions: &[Mention], span: Span) -> bool {
    mentions.iter().any(|mention| {
        mention.span.overlaps(span)
            && matches!(
                mention.kind,
                MentionKind::Person | MentionKind::Media | MentionKind::ArmedGroup | MentionKind::Weapon
            )
            && mention.span.contains(span)
            && (mention.kind == MentionKind::Person || mention.span != span)
    })
}
