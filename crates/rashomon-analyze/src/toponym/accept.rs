//! Is this name a place here? Persons, organisations, streets and common words that share a place's name are told apart.

use std::collections::BTreeSet;

use rashomon_model::place::Candidate;

use super::around::Around;
use super::lists::{COMMON, CUES, DEMONYMS, GIVEN, SURNAMES};
use super::scan::{Gap, Match, Token};

/// What is known of a name before its places are weighed.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Known {
    /// Most inhabitants of a place so named.
    pub(super) population: u64,
    /// A country, continent, sea, region or first-order division is so named.
    pub(super) wide: bool,
    /// A city is the first candidate.
    pub(super) city: bool,
    /// The user's own list has it: whoever lists a place expects it to be named.
    pub(super) own: bool,
}

impl Known {
    /// From the candidates of the name.
    pub(super) fn of(candidates: &[Candidate]) -> Self {
        let wide = |kind: &str| matches!(kind, "country" | "continent" | "sea" | "region" | "admin1");
        let first = candidates.first();
        Self {
            population: candidates.iter().take(10).map(|c| c.place.population).max().unwrap_or(0),
            wide: candidates.iter().take(10).any(|c| wide(&c.place.kind) && c.score > 0.8),
            city: first.is_some_and(|c| c.place.kind == "city"),
            own: first.is_some_and(|c| c.place.is_own()),
        }
    }
}

/// A match in its surroundings.
pub(super) struct Case<'a, 'b> {
    /// Tokens of the document.
    pub(super) tokens: &'a [Token<'b>],
    /// The match.
    pub(super) m: &'a Match,
    /// Words around it.
    pub(super) around: Around,
    /// A place that may hold it follows a comma ("X, State").
    pub(super) followed: bool,
    /// Last names of persons the document names in full.
    pub(super) surnames: &'a BTreeSet<String>,
    /// What is known of the name.
    pub(super) known: Known,
}

/// Whether the match is a place here.
pub(super) fn is_place(case: &Case<'_, '_>) -> bool {
    let (tokens, m, around, known) = (case.tokens, case.m, case.around, case.known);
    let Some(first) = tokens.get(m.first) else {
        return false;
    };
    let single = m.end == m.first + 1;
    let word = first.lower();
    let abbreviation = CUES.abbreviations.contains_key(first.text);
    if abbreviation && single {
        // "OR-0309": a number of some series
        let series =
            tokens.get(m.end).is_some_and(|t| t.gap == Gap::Hyphen && t.text.starts_with(|c: char| c.is_ascii_digit()));
        return !series && acronym_is_place(first, m);
    }
    if single
        && (DEMONYMS.contains_key(&word) || CUES.is_never(&word) || CUES.title.contains(&word) || contraction(&word))
    {
        return false;
    }
    let anchored = around.locative || case.followed;
    if !single && !anchored && !around.head && !known.own && !known.wide && all_common(tokens, m) {
        return false;
    }
    let before =
        m.first.checked_sub(1).and_then(|i| tokens.get(i)).filter(|_| first.gap == Gap::Space && !first.initial);
    let after = tokens.get(m.end).filter(|t| t.gap == Gap::Space && !t.initial && !possessive_end(tokens, m));
    if after.is_some_and(|t| t.cap && CUES.street.contains(&t.lower())) {
        return false;
    }
    // "Bay 4", "Gate 12": one of several
    let numbered = after.is_some_and(|t| t.text.len() <= 3 && t.text.bytes().all(|b| b.is_ascii_digit()));
    if single && !known.own && !anchored && numbered && COMMON.contains(word.as_str()) {
        return false;
    }
    if single && !known.own && !known.wide && (has_article(tokens, m) || goes_on(tokens, m)) {
        return false;
    }
    let speaks = after.is_some_and(|t| CUES.saying.contains(&t.lower()));
    if single && !anchored && !known.wide && speaks {
        return false; // a seat of government for the state, or a person of that name
    }
    if let Some(before) = before.filter(|t| t.cap)
        && !case.followed
        && !known.wide
    {
        let lower = before.lower();
        let direction = CUES.direction.contains(&lower);
        if CUES.title.contains(&lower) || (given(&lower) && !direction) {
            return false;
        }
        let neutral = before.initial || direction || CUES.body.contains(&lower) || DEMONYMS.contains_key(&lower);
        if !neutral && single {
            return false;
        }
    }
    let mut belongs = false;
    if let Some(after) = after {
        let lower = after.lower();
        let fits = fits_behind(&lower) || leads_to_body(tokens, m);
        belongs = if after.cap { fits } else { CUES.belongs.contains(&lower) };
        let common = COMMON.contains(word.as_str()); // "Coast Guard": a division of that name is not meant
        if after.cap && single && !fits && !anchored && (given(&word) || common || !known.wide) {
            return false;
        }
    }
    if !single || known.wide || case.followed {
        return true;
    }
    if case.surnames.contains(&word) {
        return around.locative;
    }
    if COMMON.contains(word.as_str()) {
        return !first.initial && (around.locative && known.population >= 1000 || known.population >= 150_000);
    }
    if given(&word) || SURNAMES.contains(word.as_str()) {
        return around.locative || belongs || known.population >= 300_000;
    }
    around.locative
        || around.head
        || known.own
        || belongs
        || known.population >= if first.initial { 5_000 } else { 1_000 }
}

/// "The Academy in Orvel", "the Mission's report": a common noun with its article, written large. "The Orvel road" and "the city of
/// Orvel" are of a place.
fn has_article(tokens: &[Token<'_>], m: &Match) -> bool {
    let joined = tokens.get(m.first).is_some_and(|t| t.gap == Gap::Space);
    let the = m.first.checked_sub(1).and_then(|i| tokens.get(i)).is_some_and(|t| t.text == "the" || t.text == "The");
    let common = tokens.get(m.first).is_some_and(|t| COMMON.contains(t.lower().as_str()));
    let noun = tokens.get(m.end).filter(|t| t.gap == Gap::Space && !t.cap).map(Token::lower);
    let of_a_place = noun
        .is_some_and(|noun| [&CUES.settlement, &CUES.division, &CUES.belongs].iter().any(|list| list.contains(&noun)));
    joined && the && common && !of_a_place
}

/// "At Santa Brisa hospital": one word of a longer name, whatever leads to it. Behind a place a day, a title or a person may
/// stand ("in Orvel Monday", "in Orvel Mayor Tessin said").
fn goes_on(tokens: &[Token<'_>], m: &Match) -> bool {
    let Some(next) = tokens.get(m.end).filter(|t| t.gap == Gap::Space && t.cap && !t.initial) else { return false };
    let lower = next.lower();
    let small = next.text.chars().skip(1).any(char::is_lowercase);
    let behind = tokens.get(m.end + 1).filter(|t| t.gap == Gap::Space && !t.cap).map(Token::lower);
    // the longer name is told to be a house or a body by the small word behind it
    let house = behind.is_some_and(|word| CUES.body.contains(&word) || CUES.settlement.contains(&word));
    small
        && house
        && !possessive_end(tokens, m)
        && !fits_behind(&lower)
        && !leads_to_body(tokens, m)
        && !CUES.title.contains(&lower)
        && !given(&lower)
}

/// Whether a place is still one before the capitalised word: that of a body, a division or a people.
fn fits_behind(word: &str) -> bool {
    CUES.body.contains(word) || CUES.division.contains(word) || DEMONYMS.contains_key(word)
}

/// Words of a body's name behind that of its place.
const LONGEST_BODY: usize = 4;

/// "Orvel Teaching Hospital": whether words that qualify a body's noun, and then that noun, stand behind the match.
fn leads_to_body(tokens: &[Token<'_>], m: &Match) -> bool {
    let behind = tokens.get(m.end..).unwrap_or_default().iter().take(LONGEST_BODY);
    let mut name = behind.take_while(|t| t.gap == Gap::Space && t.cap && !t.initial).map(Token::lower);
    let noun = name.find(|word| !CUES.between.contains(word));
    noun.is_some_and(|noun| CUES.body.contains(&noun) || CUES.settlement.contains(&noun))
}

/// Whether one word with a capital goes on to another that makes no name of a body or division: "Ilo Marant" is no place.
pub(super) fn is_first_name(tokens: &[Token<'_>], m: &Match) -> bool {
    let one = m.end == m.first + 1 && !possessive_end(tokens, m);
    let next = tokens.get(m.end).filter(|t| t.gap == Gap::Space && t.cap && !t.initial);
    let body = |next: &str| fits_behind(next) || CUES.settlement.contains(next) || leads_to_body(tokens, m);
    one && next.map(Token::lower).is_some_and(|next| !body(&next))
}

/// Whether one common word opens its sentence, where its capital says nothing: "Ten of them were children".
pub(super) fn is_common_opening(tokens: &[Token<'_>], m: &Match) -> bool {
    let first = tokens.get(m.first).filter(|first| first.initial && m.end == m.first + 1).map(Token::lower);
    first.is_some_and(|word| COMMON.contains(word.as_str()) || CUES.is_never(&word))
}

/// Whether a word is a given name, and not a function word that the census lists as one too ("In", "An").
pub(super) fn given(word: &str) -> bool {
    GIVEN.contains(word)
        && !CUES.locative.contains(word)
        && !CUES.is_never(word)
        && !CUES.connector.contains(word)
        && !CUES.direction.contains(word)
}

/// "I've", "we'll": contractions, which folding would make names of.
fn contraction(word: &str) -> bool {
    ["ve", "ll", "re", "m", "d", "t"]
        .iter()
        .any(|end| word.strip_suffix(end).is_some_and(|head| head.ends_with(['\'', '’']) && head.chars().count() <= 6))
}

/// Whether every word of the match is a common one ("City Park", "Country Club").
fn all_common(tokens: &[Token<'_>], m: &Match) -> bool {
    tokens.get(m.first..m.end).unwrap_or(&[]).iter().all(|t| {
        let lower = t.lower();
        COMMON.contains(lower.as_str()) || CUES.body.contains(&lower) || CUES.is_never(&lower)
    })
}

/// Postal and pointed abbreviations of divisions are places only behind a comma ("Karsen, IN", "Karsen, Ky."); others
/// ("U.S.", "NSW") always, but for sums of money.
fn acronym_is_place(token: &Token<'_>, m: &Match) -> bool {
    let postal = token.text.len() == 2 && !matches!(token.text, "US" | "UK");
    let pointed = token.text.ends_with('.') && !token.text.trim_end_matches('.').contains('.');
    if postal || pointed {
        return token.gap == Gap::Comma && m.first > 0;
    }
    !token.money
}

/// Whether the last token of the match had a possessive ending.
fn possessive_end(tokens: &[Token<'_>], m: &Match) -> bool {
    m.end.checked_sub(1).and_then(|i| tokens.get(i)).is_some_and(|t| t.possessive)
}
