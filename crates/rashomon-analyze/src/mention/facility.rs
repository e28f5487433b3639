//! Which names of buildings are whole? "Karsen International Airport" is one name, also where a reader saw it in pieces.
//!
//! A run of capitalised words (with the article inside: "Abu al-Duhur Military Airport") that ends in a head no person or body
//! bears (`whole_facilities` of `data/roles.toml`) is one facility; pieces of it give way. A nationality or a party before
//! it, a possessive and an ordinary word end the run, and a run of general words alone ("Military Hospital") is no name.

use rashomon_model::analysis::{Mention, MentionKind};

use super::Reading;
use super::lexicon::lexicon;
use super::sure;
use super::token::{Case, Gap, Token};

/// Most words of a name before its head.
const LONGEST: usize = 7;

/// Puts whole facilities in the place of their pieces; `mentions` stay sorted by span.
pub(super) fn whole(reading: &Reading<'_>, mentions: &mut Vec<Mention>) {
    let mut added: Vec<Mention> = Vec::new();
    for head in 0..reading.tokens.len() {
        let Some((from, to)) = run(reading, mentions, head) else { continue };
        let span = reading.span(from, to);
        let first = mentions.partition_point(|m| m.span.end <= span.start);
        let mut near = mentions.get(first..).unwrap_or_default().iter().take_while(|m| m.span.start < span.end);
        if near.all(|m| span.contains(m.span) && (m.span != span || m.kind != MentionKind::Facility)) {
            let name = reading.doc.slice(span).to_owned();
            added.push(Mention { span, kind: MentionKind::Facility, name, party: None, confidence: sure::SIGNED });
        }
    }
    if added.is_empty() {
        return;
    }
    let inside = |m: &Mention| {
        let at = added.partition_point(|whole| whole.span.end <= m.span.start);
        added.get(at).is_some_and(|whole| whole.span.contains(m.span))
    };
    mentions.retain(|m| !inside(m));
    mentions.extend(added);
    mentions.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
}

/// The run of tokens whose last is a head of facilities: (first, one past the last).
fn run(reading: &Reading<'_>, mentions: &[Mention], head: usize) -> Option<(usize, usize)> {
    let lists = lexicon();
    let last = reading.token(head).filter(|t| t.case == Case::Title)?;
    let before = reading.before(head)?;
    let pair = format!("{} {}", before.key, last.key);
    let words = if lists.whole_facilities.contains(&last.key) {
        1
    } else if before.capital() && lists.whole_facilities.contains(&pair) {
        2
    } else {
        return None;
    };
    // "Karsen Airport Authority": a body
    if reading.after(head + 1).is_some_and(|t| t.capital() && lists.heads.contains_key(&t.key)) {
        return None;
    }
    let first = head + 1 - words;
    let mut from = first;
    while first - from < LONGEST {
        let Some(prev) = reading.before(from) else { break };
        let at = from - 1;
        let ordinary = lists.common.contains(&prev.key) && !lists.general.contains(&prev.key);
        if prev.capital() && !prev.possessive && !ordinary && !party_at(mentions, prev) {
            from = at;
        } else if article(prev) && reading.token(from).is_some_and(|t| t.gap == Gap::Hyphen) {
            from = at; // "al-Shifa"; what stands before it is looked at next
        } else {
            break;
        }
    }
    let named = |i: usize| {
        reading
            .token(i)
            .is_some_and(|t| !lists.general.contains(&t.key) && !article(t) && !lists.titles.contains(&t.key))
    };
    (from..first).any(named).then_some((from, head + 1))
}

/// Whether a token is an article of Arabic names.
fn article(token: &Token) -> bool {
    token.case == Case::Lower && lexicon().articles.contains(&token.key)
}

/// Whether a nationality or a named party covers a token: it owns the building, it is no part of its name.
fn party_at(mentions: &[Mention], token: &Token) -> bool {
    let at = mentions.partition_point(|m| m.span.end <= token.span.start);
    mentions.get(at).is_some_and(|m| {
        m.span.contains(token.span)
            && (m.kind == MentionKind::Nationality || m.party.is_some() && m.kind != MentionKind::Place)
    })
}
