//! Where does the text say? Place names and the places they mean.
//!
//! [`read`] finds the names (longest known names in the text, [`scan`]; without persons, streets, nationalities, common
//! words and governments that speak, [`accept`]), and [`resolve`] chooses among the places that bear them, all names of the
//! document together. [`resolve_spans`] does the second half for names found by someone else. A name that no list has but
//! that the text places ("the village of X, near Y") is a toponym too: at Y, with the radius that the words give.

mod accept;
mod around;
mod context;
mod lists;
mod lookup;
mod resolve;
mod scan;
mod taken;
mod unlisted;

use std::collections::{BTreeMap, BTreeSet};

use rashomon_model::analysis::{Mention, MentionKind, Sentence};
use rashomon_model::place::Toponym;
use rashomon_model::resources::{Places, Resources};
use rashomon_model::span::Span;
use rashomon_model::{Document, PlaceId};

use crate::cover::Cover;

use self::accept::{Case, Known};
use self::around::Around;
use self::lookup::LookUps;
use self::resolve::{Choice, Spot};
use self::scan::{Gap, Match, Token};

/// Toponyms of the document, sorted; `mentions` holds names already read (parties, persons), which are not places, and
/// names a tagger took for places, which are.
#[must_use]
pub fn read(doc: &Document, sentences: &[Sentence], mentions: &[Mention], resources: &dyn Resources) -> Vec<Toponym> {
    let places = resources.places();
    let tokens = scan::tokens(&doc.text, sentences);
    let known = scan::matches(&doc.text, &tokens, places);
    let mut looked_up = LookUps::new(places);
    let kept = keep(&doc.text, &tokens, known, mentions, &mut looked_up);
    let mut spots = spots(&doc.text, &tokens, &kept);
    add_tagged(doc, mentions, &tokens, &mut spots);
    let choices = resolve::resolve(&spots, looked_up);
    let mut toponyms: Vec<Toponym> = spots.iter().zip(choices).map(|(spot, choice)| toponym(spot, choice)).collect();
    toponyms.extend(unlisted::read(doc, &tokens, &toponyms, mentions));
    toponyms.sort_by_key(|t| (t.span.start, t.span.end));
    add_names(&mut toponyms, places);
    toponyms
}

/// Gives each chosen place its other names, which a look-up leaves out; every place is asked for once.
fn add_names(toponyms: &mut [Toponym], places: &dyn Places) {
    let mut names: BTreeMap<PlaceId, Vec<String>> = BTreeMap::new();
    for place in toponyms.iter_mut().filter_map(|t| t.place.as_mut()) {
        let known = names
            .entry(place.id.clone())
            .or_insert_with(|| places.place(&place.id).map_or_else(Vec::new, |whole| whole.names));
        place.names.clone_from(known);
    }
}

/// Resolves names whose spans are given, all together; the answer is in the order of the spans.
#[must_use]
pub fn resolve_spans(doc: &Document, sentences: &[Sentence], spans: &[Span], places: &dyn Places) -> Vec<Toponym> {
    let tokens = scan::tokens(&doc.text, sentences);
    let matches: Vec<Match> = spans.iter().map(|span| as_match(&doc.text, &tokens, *span)).collect();
    let mut spots = spots(&doc.text, &tokens, &matches);
    for (spot, span) in spots.iter_mut().zip(spans) {
        spot.span = *span;
    }
    let choices = resolve::resolve(&spots, LookUps::new(places));
    spots.iter().zip(choices).map(|(spot, choice)| toponym(spot, choice)).collect()
}

/// The tokens of a span, and its words as the name.
fn as_match(text: &str, tokens: &[Token<'_>], span: Span) -> Match {
    let first = tokens.partition_point(|t| t.span.end <= span.start);
    let end = tokens.partition_point(|t| t.span.start < span.end).max(first);
    Match { first, end, name: span.of(text).to_owned() }
}

/// The matches that are places here. A name that is one somewhere in the document is one at its other occurrences too,
/// unless a person bears it there.
fn keep(
    text: &str,
    tokens: &[Token<'_>],
    known: Vec<Match>,
    mentions: &[Mention],
    looked_up: &mut LookUps<'_>,
) -> Vec<Match> {
    let taken = taken::Taken::new(mentions);
    let mut surnames = taken::surnames(tokens);
    surnames.extend(taken::persons(mentions, text));
    let mut names: BTreeMap<&str, Known> = BTreeMap::new();
    let mut verdicts: Vec<bool> = Vec::with_capacity(known.len());
    let mut sure: BTreeSet<&str> = BTreeSet::new();
    for pass in 0..2 {
        for (i, m) in known.iter().enumerate() {
            let around = around::around(tokens, m);
            let followed = known
                .get(i + 1)
                .is_some_and(|next| next.first == m.end && tokens.get(m.end).is_some_and(|t| t.gap == Gap::Comma));
            let mut case = Case {
                tokens,
                m,
                around,
                followed,
                surnames: &surnames,
                known: *names.entry(m.name.as_str()).or_insert_with(|| Known::of(looked_up.candidates(&m.name))),
            };
            if pass == 0 {
                let verdict = !taken.covers(extent(tokens, m), &case) && accept::is_place(&case);
                if verdict && (around.locative || followed) && !surnames.contains(&m.name.to_lowercase()) {
                    sure.insert(m.name.as_str());
                }
                verdicts.push(verdict);
            } else if verdicts.get(i) == Some(&false) && sure.contains(m.name.as_str()) {
                case.known.population = case.known.population.max(1_000_000);
                let again = !taken.covers(extent(tokens, m), &case) && accept::is_place(&case);
                if let Some(verdict) = verdicts.get_mut(i) {
                    *verdict = again;
                }
            }
        }
    }
    known.iter().zip(&verdicts).filter(|(_, verdict)| **verdict).map(|(m, _)| m.clone()).collect()
}

/// Extent of a match.
fn extent(tokens: &[Token<'_>], m: &Match) -> Span {
    match (tokens.get(m.first), m.end.checked_sub(1).and_then(|last| tokens.get(last))) {
        (Some(first), Some(last)) if m.first < m.end => Span::new(first.span.start, last.span.end),
        _ => Span::default(),
    }
}

/// Spots of the matches, each with the one that follows after a comma or "in".
fn spots(text: &str, tokens: &[Token<'_>], matches: &[Match]) -> Vec<Spot> {
    let mut spots: Vec<Spot> = Vec::with_capacity(matches.len());
    for (i, m) in matches.iter().enumerate() {
        let container = matches.get(i + 1).filter(|next| holds(text, tokens, m, next)).map(|_| i + 1);
        spots.push(Spot {
            span: extent(tokens, m),
            name: m.name.clone(),
            around: around::around(tokens, m),
            container,
        });
    }
    spots
}

/// Whether the second match follows the first after a comma, a bracket, or "in" / "of" and the like.
fn holds(text: &str, tokens: &[Token<'_>], m: &Match, next: &Match) -> bool {
    if next.first < m.end || next.first > m.end + 4 {
        return false;
    }
    let (a, b) = (extent(tokens, m), extent(tokens, next));
    let between = Span::new(a.end, b.start).of(text);
    let words: Vec<String> = tokens.get(m.end..next.first).unwrap_or(&[]).iter().map(Token::lower).collect();
    let plain = between.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | ',' | '(' | '-' | '\'' | '’'));
    let filler = |w: &String| {
        matches!(w.as_str(), "in" | "the" | "of")
            || lists::CUES.direction.contains(w)
            || lists::CUES.settlement.contains(w)
            || lists::CUES.division.contains(w)
    };
    plain
        && words.iter().all(filler)
        && (words.iter().any(|w| w == "in") || between.trim_start().starts_with(',') || between.contains('('))
}

/// Adds names a tagger took for places and the scan has not.
fn add_tagged(doc: &Document, mentions: &[Mention], tokens: &[Token<'_>], spots: &mut Vec<Spot>) {
    let known: Vec<Span> = spots.iter().map(|spot| spot.span).collect();
    let known = Cover::new(known.iter());
    // mentions are sorted, so that one added before can only meet them with its end
    let mut reach = 0;
    for mention in mentions.iter().filter(|m| m.kind == MentionKind::Place && m.confidence >= taken::SURE) {
        // "the village", "the port": a kind of place, not the name of one
        let words = mention.span.of(&doc.text);
        let named = words.chars().any(|c| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()));
        if !named || mention.span.start < reach || known.meets(mention.span) {
            continue;
        }
        reach = mention.span.end;
        let m = as_match(&doc.text, tokens, mention.span);
        if accept::is_first_name(tokens, &m) || accept::is_common_opening(tokens, &m) {
            continue;
        }
        spots.push(Spot {
            span: mention.span,
            name: mention.span.of(&doc.text).to_owned(),
            around: around::around(tokens, &m),
            container: None,
        });
    }
}

/// The toponym of a spot.
fn toponym(spot: &Spot, choice: Choice) -> Toponym {
    let place = choice.candidates.first().map(|candidate| candidate.place.clone());
    let own = place.as_ref().map_or(0.0, |place| place.radius_km);
    Toponym {
        span: spot.span,
        name: spot.name.clone(),
        radius_km: own + spot.around.near_km,
        place,
        why: near_note(choice.why, spot.around),
        candidates: choice.candidates,
    }
}

/// Adds to a reason that the text says "near".
fn near_note(why: String, around: Around) -> String {
    if around.near_km > 0.0 { format!("{why}; written as near it, so {} km wider", around.near_km) } else { why }
}
