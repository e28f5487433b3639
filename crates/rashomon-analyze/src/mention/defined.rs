//! Which short forms does the text itself define? "The Northern Relief Council (NRC)".

use std::collections::BTreeMap;

use rashomon_model::analysis::MentionKind;
use rashomon_model::party::Party;

use super::lexicon::{Lexicon, lexicon};
use super::named::kind_of;
use super::token::{Case, Gap, Token};
use super::{Found, Reading, sure};

/// Acronyms the text defines ("the Northern Relief Council (NRC)"), with the tokens of the long form.
pub(super) type Definitions = BTreeMap<String, (usize, usize)>;

/// "Long Name (LN)": an acronym in brackets whose letters are the initials of the words before it.
pub(super) fn definitions(reading: &Reading<'_>) -> Definitions {
    let mut found = Definitions::new();
    for (i, token) in reading.tokens.iter().enumerate() {
        let letters = token.key.chars().count();
        if token.case != Case::Upper || !(2..=8).contains(&letters) || !bracketed(reading, token) {
            continue;
        }
        if let Some(from) = initials(reading, i, &token.key) {
            found.entry(reading.doc.slice(token.span).to_owned()).or_insert((from, i));
        }
    }
    found
}

/// Whether the token stands alone in brackets, or first of what does.
fn bracketed(reading: &Reading<'_>, token: &Token) -> bool {
    let before = reading.doc.text.get(..token.span.start as usize).unwrap_or("");
    let after = reading.doc.text.get(token.span.end as usize..).unwrap_or("");
    before.ends_with(['(', '[']) && after.starts_with([')', ']', ',', ';'])
}

/// First token of the words before `i` whose initials spell `letters`.
fn initials(reading: &Reading<'_>, i: usize, letters: &str) -> Option<usize> {
    let sentence = reading.token(i)?.sentence;
    let wanted: Vec<char> = letters.chars().collect();
    let mut left = wanted.len();
    let mut from = i;
    let mut steps = 0;
    while left > 0 && from > 0 && steps < 3 * wanted.len() + 2 {
        steps += 1;
        from -= 1;
        let token = reading.token(from).filter(|t| t.sentence == sentence)?;
        let link = lexicon().skipped.contains(&token.key);
        let first = token.key.chars().next()?;
        if wanted.get(left - 1) == Some(&first) && (token.capital() || link) {
            left -= 1;
        } else if !link {
            return None;
        }
        if token.gap == Gap::Hard && left > 0 {
            return None;
        }
    }
    (left == 0 && reading.token(from).is_some_and(Token::capital)).then_some(from)
}

/// The tokens of the long form, if the token is a short form defined before it.
pub(super) fn acronym<'d>(reading: &Reading<'_>, defined: &'d Definitions, i: usize) -> Option<&'d (usize, usize)> {
    let token = reading.token(i)?;
    defined.get(reading.doc.slice(token.span)).filter(|(_, to)| *to <= i)
}

/// A long form the text defines, as a mention.
pub(super) fn push_defined(
    reading: &mut Reading<'_>,
    lexicon: &Lexicon,
    from: usize,
    to: usize,
    party: Option<&Party>,
) {
    let last = to.checked_sub(1).and_then(|i| reading.token(i)).map(|t| t.key.clone()).unwrap_or_default();
    let head = lexicon.heads.get(&last).copied().unwrap_or(MentionKind::Organisation);
    let kind = party.map_or(head, |party| kind_of(party.kind));
    reading.push(Found::exact(from, to, kind, party, sure::TABLE));
}
