//! Which words of the text may be place names? Tokens, and the longest names the gazetteer knows.

use rashomon_model::analysis::Sentence;
use rashomon_model::resources::Places;
use rashomon_model::span::Span;

use super::lists::CUES;
use crate::mention::lexicon::lexicon;

/// A word as the scan sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'a> {
    /// Extent, without a possessive ending; with the points of an abbreviation.
    pub(super) span: Span,
    /// The words.
    pub(super) text: &'a str,
    /// Starts with a capital.
    pub(super) cap: bool,
    /// First of its sentence.
    pub(super) initial: bool,
    /// What stands between it and the token before in the same sentence.
    pub(super) gap: Gap,
    /// Had a possessive ending.
    pub(super) possessive: bool,
    /// A currency sign follows at once ("US$").
    pub(super) money: bool,
}

/// What separates two tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// White space.
    Space,
    /// A hyphen or slash.
    Hyphen,
    /// A comma and white space.
    Comma,
    /// Anything else, or a sentence boundary.
    Break,
}

impl Token<'_> {
    /// Lower-case text without a final point.
    pub(super) fn lower(&self) -> String {
        self.text.trim_end_matches('.').to_lowercase()
    }
}

/// Tokens of all sentences in text order.
pub(super) fn tokens<'a>(text: &'a str, sentences: &[Sentence]) -> Vec<Token<'a>> {
    let mut found: Vec<Token<'a>> = Vec::new();
    for sentence in sentences {
        let words = sentence.span.of(text);
        let base = sentence.span.start as usize;
        let mut at = 0;
        let mut first = true;
        let mut gap_start = 0;
        while let Some(rest) = words.get(at..) {
            let Some(c) = rest.chars().next() else { break };
            if !c.is_alphanumeric() {
                at += c.len_utf8();
                continue;
            }
            let length = token_length(rest);
            let raw = rest.get(..length).unwrap_or("");
            let bare = strip_possessive(raw);
            let gap = if first { Gap::Break } else { gap_of(words.get(gap_start..at).unwrap_or("")) };
            found.push(Token {
                span: Span::from_usize(base + at, base + at + bare.len()),
                text: bare,
                cap: c.is_uppercase(),
                initial: first,
                gap,
                possessive: bare.len() < raw.len(),
                money: rest.get(length..).is_some_and(|next| next.starts_with(['$', '€', '£'])),
            });
            at += length;
            gap_start = at;
            first = false;
        }
    }
    found
}

/// Bytes of the token that `text` starts with: letters, digits and marks, inner apostrophes, and the points of
/// abbreviations ("U.S.", "W.Va.", and a listed one such as "Ky.").
fn token_length(text: &str) -> usize {
    if let Some(spaced) = CUES.spaced.iter().find(|spaced| text.starts_with(spaced.as_str())) {
        return spaced.len();
    }
    let mut end = 0;
    let mut points = false;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next_letter = chars.peek().is_some_and(|&(_, next)| next.is_alphanumeric());
        let word =
            c.is_alphanumeric() || ('\u{0300}'..='\u{036f}').contains(&c) || ('\u{064b}'..='\u{065f}').contains(&c);
        let inner = matches!(c, '\'' | '’' | 'ʼ' | '‘' | '`' | 'ʿ' | 'ʾ') && next_letter;
        let short =
            at <= 4 && text.get(..at).is_some_and(|head| head.chars().all(|c| c.is_ascii_alphabetic() || c == '.'));
        let point = c == '.' && short && (next_letter || points);
        if !(word || inner || point) {
            break;
        }
        points |= point;
        end = at + c.len_utf8();
    }
    if !points
        && let Some(pointed) = text.get(..end + 1)
        && pointed.ends_with('.')
        && CUES.abbreviations.contains_key(pointed)
    {
        end += 1;
    }
    end
}

/// The token without "'s".
fn strip_possessive(token: &str) -> &str {
    ["'s", "’s", "'S", "’S"]
        .iter()
        .find_map(|ending| token.strip_suffix(ending))
        .filter(|bare| !bare.is_empty())
        .unwrap_or(token)
}

/// Kind of the gap.
fn gap_of(between: &str) -> Gap {
    match between {
        "-" | "‑" | "–" | "/" => Gap::Hyphen,
        _ if between.is_empty() => Gap::Break,
        _ if between.chars().all(char::is_whitespace) => Gap::Space,
        _ if between.trim() == "," => Gap::Comma,
        ". " | ".\u{a0}" => Gap::Break,
        _ => Gap::Break,
    }
}

/// Longest name considered, in tokens.
const MAX_TOKENS: usize = 6;

/// A run of tokens whose words the gazetteer (or the list of abbreviations) knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Match {
    /// First token.
    pub(super) first: usize,
    /// One past the last token.
    pub(super) end: usize,
    /// The name to look up.
    pub(super) name: String,
}

/// Letters of the longest article that is joined to names by a hyphen ("ash-").
const LONGEST_ARTICLE: usize = 3;

/// Longest known names from left to right, without overlap. Names are capitalised in scripts that have capitals.
pub(super) fn matches(text: &str, tokens: &[Token<'_>], places: &dyn Places) -> Vec<Match> {
    let mut found = Vec::new();
    let mut i = 0;
    while let Some(token) = tokens.get(i) {
        let known = if token.cap { longest(text, tokens, i, places) } else { None };
        i = known.as_ref().map_or(i + 1, |known| known.end);
        found.extend(known);
    }
    found
}

/// The longest known name that starts at token `first`.
fn longest(text: &str, tokens: &[Token<'_>], first: usize, places: &dyn Places) -> Option<Match> {
    let mut best = None;
    let start = tokens.get(first)?.span.start;
    for end in first + 1..=first + MAX_TOKENS {
        let Some(last) = tokens.get(end - 1) else { break };
        let pointed = end > first + 1 && last.gap == Gap::Break && abbreviated(text, tokens, end - 1);
        if end > first + 1 && !matches!(last.gap, Gap::Space | Gap::Hyphen) && !pointed {
            break;
        }
        if !last.cap {
            if CUES.connector.contains(&last.lower()) && !last.possessive {
                continue;
            }
            break;
        }
        let words = Span::new(start, last.span.end).of(text);
        if let Some(name) = CUES.abbreviations.get(words) {
            best = Some(Match { first, end, name: name.clone() });
        } else if words.chars().nth(1).is_some() && places.knows(words) && !shouted(words) {
            best = Some(Match { first, end, name: words.to_owned() });
        }
        if last.possessive {
            break;
        }
    }
    // "Al-…": an article joined to a name that is not listed is no place by itself
    let cut = |found: &Match| {
        let joined = tokens.get(found.end).is_some_and(|next| next.gap == Gap::Hyphen && next.cap);
        joined && found.name.chars().count() <= LONGEST_ARTICLE
    };
    // "Abu al-Duhur", "Khan as-Sira": the name goes on behind an article, and the whole of it is not listed
    let goes_on = |found: &Match| {
        let article =
            tokens.get(found.end).filter(|t| t.gap == Gap::Space && !t.cap && !last_possessive(tokens, found));
        article.is_some_and(|t| lexicon().articles.contains(t.text))
            && tokens.get(found.end + 1).is_some_and(|t| t.cap && t.gap == Gap::Hyphen)
    };
    best.filter(|found| !cut(found) && !goes_on(found)).map(|found| without_city(text, tokens, found, places))
}

/// Whether the last token of a match has a possessive ending.
fn last_possessive(tokens: &[Token<'_>], found: &Match) -> bool {
    found.end.checked_sub(1).and_then(|i| tokens.get(i)).is_some_and(|t| t.possessive)
}

/// "City of X" is X, and "X City" before a body of the city ("X City Council") is X, where X is known.
fn without_city(text: &str, tokens: &[Token<'_>], found: Match, places: &dyn Places) -> Match {
    let is = |i: usize, word: &str| tokens.get(i).is_some_and(|t| t.text.eq_ignore_ascii_case(word));
    let (mut first, mut end) = (found.first, found.end);
    if end - first > 2 && is(first + 1, "of") && tokens.get(first).is_some_and(|t| CUES.settlement.contains(&t.lower()))
    {
        first += 2;
    }
    let body = tokens.get(end).is_some_and(|t| t.gap == Gap::Space && t.cap && CUES.city_body.contains(&t.lower()));
    if end - first > 1 && is(end - 1, "city") && body {
        end -= 1;
    }
    let (Some(a), Some(b)) = (tokens.get(first), end.checked_sub(1).and_then(|i| tokens.get(i))) else {
        return found;
    };
    let name = Span::new(a.span.start, b.span.end).of(text);
    if (first, end) != (found.first, found.end) && places.knows(name) {
        Match { first, end, name: name.to_owned() }
    } else {
        found
    }
}

/// Whether the token before `at` is "St", "Mt" or "Ft" with its point.
fn abbreviated(text: &str, tokens: &[Token<'_>], at: usize) -> bool {
    let (Some(before), Some(this)) = (at.checked_sub(1).and_then(|b| tokens.get(b)), tokens.get(at)) else {
        return false;
    };
    matches!(before.text, "St" | "Mt" | "Ft" | "Ste") && Span::new(before.span.end, this.span.start).of(text) == ". "
}

/// Short words in capitals only are acronyms; the gazetteer's airport codes are not meant.
fn shouted(words: &str) -> bool {
    words.chars().count() <= 4 && words.chars().all(char::is_uppercase)
}
