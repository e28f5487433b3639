//! Which places does the text itself place? Names no list has, with words that say where they are.
//!
//! | words | place |
//! |---|---|
//! | "the village of X, near Y" · "X, near Y" · "X, 5 km north of Y" | at Y, radius of Y and ten kilometres (or the distance) |
//! | "the town of X in Y province" · "X, a village in Y" · "X, Y" where a type word names X a place | at Y, radius of Y |
//! | "the village of X" and no listed place in the sentence | a toponym without a place |

use rashomon_model::Document;
use rashomon_model::PlaceId;
use rashomon_model::analysis::{Mention, MentionKind};
use rashomon_model::place::{Place, Toponym};
use rashomon_model::span::Span;

use crate::cover::Cover;

use super::lists::{CUES, DEMONYMS};
use super::scan::{Gap, Token};

/// Bytes behind a name within which a listed place stands beside it (set by hand).
const BESIDE: u32 = 60;
/// Kilometres for "near", methods.md E4.
const NEAR_KM: f64 = 10.0;

/// Toponyms for names no list has; `listed` are those found already.
pub(super) fn read(doc: &Document, tokens: &[Token<'_>], listed: &[Toponym], mentions: &[Mention]) -> Vec<Toponym> {
    let mut found: Vec<Toponym> = Vec::new();
    let listed_here = Cover::new(listed.iter().map(|t| &t.span));
    let named = Cover::new(mentions.iter().filter(|m| m.kind != MentionKind::Place).map(|m| &m.span));
    let mut starts: Vec<(u32, usize)> =
        listed.iter().enumerate().filter(|(_, t)| t.place.is_some()).map(|(i, t)| (t.span.start, i)).collect();
    starts.sort_unstable();
    let mut i = 0;
    while let Some(token) = tokens.get(i) {
        let end = run_end(tokens, i);
        if !token.cap || end == i {
            i += 1;
            continue;
        }
        let span = Span::new(token.span.start, tokens.get(end - 1).map_or(token.span.end, |t| t.span.end));
        let free = !listed_here.meets(span)
            && !named.meets(span)
            && !DEMONYMS.contains_key(&token.lower())
            && !CUES.is_never(&token.lower());
        if free && let Some(how) = placed(tokens, i, end) {
            let from = starts.partition_point(|(start, _)| *start < span.end);
            let near = starts.iter().skip(from).take_while(|(start, _)| start - span.end < BESIDE);
            let beside =
                near.map(|(_, i)| *i).filter(|i| listed.get(*i).is_some_and(|t| same_sentence(tokens, end, t.span)));
            let anchor = beside.min().and_then(|i| listed.get(i));
            found.push(toponym(doc, span, how, anchor));
        }
        i = end;
    }
    found
}

/// How the words call it a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    /// "the village of X", "X village".
    Named,
    /// "X, near Y".
    Beside,
}

/// One past the capitalised run that starts at a token (connectors inside allowed), at most four tokens.
fn run_end(tokens: &[Token<'_>], start: usize) -> usize {
    let mut end = start;
    while let Some(token) = tokens.get(end) {
        let joined = end == start || matches!(token.gap, Gap::Space | Gap::Hyphen);
        let inner = end > start
            && CUES.connector.contains(&token.lower())
            && !matches!(token.lower().as_str(), "of" | "the" | "and")
            && tokens.get(end + 1).is_some_and(|t| t.cap && matches!(t.gap, Gap::Space | Gap::Hyphen));
        if end - start >= 4 || !joined || !(token.cap || inner) {
            break;
        }
        end += 1;
    }
    end
}

/// Whether the words around a run call it a place.
fn placed(tokens: &[Token<'_>], start: usize, end: usize) -> Option<How> {
    let before = |n: usize| start.checked_sub(n).and_then(|i| tokens.get(i)).map(Token::lower).unwrap_or_default();
    let after = |n: usize| tokens.get(end + n);
    let common = |t: &Token<'_>| !t.cap;
    if tokens.get(start)?.gap == Gap::Space
        && before(1) == "of"
        && start.checked_sub(2).and_then(|i| tokens.get(i)).is_some_and(common)
        && (CUES.settlement.contains(&before(2)) || before(2) == "district")
    {
        return Some(How::Named);
    }
    if after(0).is_some_and(|t| {
        t.gap == Gap::Space && common(t) && matches!(t.lower().as_str(), "village" | "town" | "hamlet")
    }) && !tokens.get(start)?.initial
    {
        return Some(How::Named);
    }
    let appositive = after(0).is_some_and(|t| {
        t.gap == Gap::Comma
            && matches!(t.lower().as_str(), "a" | "the")
            && (1..4).any(|n| {
                after(n).is_some_and(|t| common(t) && matches!(t.lower().as_str(), "village" | "town" | "hamlet"))
            })
    });
    if appositive {
        return Some(How::Named);
    }
    let locative = CUES.locative.contains(&before(1)) && !tokens.get(start)?.initial;
    let beside = after(0).is_some_and(|t| t.gap == Gap::Comma && common(t) && t.lower() == "near");
    (locative && beside).then_some(How::Beside)
}

/// The toponym of a run, at the listed place that the words after it (or else the sentence) name.
fn toponym(doc: &Document, span: Span, how: How, anchor: Option<&Toponym>) -> Toponym {
    let name = span.of(&doc.text).to_owned();
    let Some((anchor, home)) = anchor.and_then(|t| t.place.as_ref().map(|place| (t, place))) else {
        return Toponym {
            span,
            why: format!("the text calls {name} a place; no list has it and no listed place stands beside it"),
            name,
            place: None,
            radius_km: 0.0,
            candidates: Vec::new(),
        };
    };
    let between = Span::new(span.end, anchor.span.start).of(&doc.text).to_lowercase();
    let beside = how == How::Beside
        || ["near", "outside", " of ", "km ", "kilomet", "miles"].iter().any(|w| between.contains(w));
    let far = distance(&between).unwrap_or(NEAR_KM);
    let (radius, relation) = if beside {
        (home.radius_km + far, format!("near {}", home.name))
    } else {
        (home.radius_km.max(5.0), format!("in {}", home.name))
    };
    let mut within = home.within.clone();
    let mut within_ids = home.within_ids.clone();
    if !beside {
        within.insert(0, home.name.clone());
        within_ids.insert(0, home.id.clone());
    }
    let place = Place {
        id: PlaceId::new(format!("context:{}@{}", slug(&name), home.id)),
        name: name.clone(),
        names: Vec::new(),
        latitude: home.latitude,
        longitude: home.longitude,
        kind: "unlisted".to_owned(),
        population: 0,
        within,
        within_ids,
        radius_km: radius,
    };
    Toponym {
        span,
        why: format!("no list has {name}; the text puts it {relation}"),
        name,
        place: Some(place),
        radius_km: radius,
        candidates: Vec::new(),
    }
}

/// Whether no sentence starts between a token and a span.
fn same_sentence(tokens: &[Token<'_>], from: usize, span: Span) -> bool {
    tokens.iter().skip(from).take_while(|t| t.span.start <= span.start).all(|t| !t.initial)
}

/// Kilometres of "12 km north of" or "5 miles from".
fn distance(words: &str) -> Option<f64> {
    let mut parts = words.split_whitespace().peekable();
    while let Some(part) = parts.next() {
        if let Ok(number) = part.trim_matches(|c: char| !c.is_ascii_digit()).parse::<f64>()
            && let Some(unit) = parts.peek()
        {
            if unit.starts_with("km") || unit.starts_with("kilomet") {
                return Some(number.min(200.0));
            }
            if unit.starts_with("mile") {
                return Some((number * 1.609).min(200.0));
            }
        }
    }
    None
}

/// Lower-case letters and digits of a name, the rest as hyphens.
fn slug(name: &str) -> String {
    name.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}
