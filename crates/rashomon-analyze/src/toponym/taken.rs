//! Whose name is it already? Persons that the document names in full, and names that others read: outlets, armed groups, weapons.

use std::collections::BTreeSet;

use rashomon_model::analysis::{Mention, MentionKind};
use rashomon_model::span::Span;

use crate::cover::Cover;

use super::accept::{Case, given};
use super::lists::CUES;
use super::scan::{Gap, Token};

/// Last names of persons the document names in full: a given name, then one or two capitalised words.
pub(super) fn surnames(tokens: &[Token<'_>]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (i, token) in tokens.iter().enumerate() {
        let person = token.cap && (given(&token.lower()) || titled(tokens, i));
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

/// Last words of the persons that others found in the document ("Hanne Lorun" makes "Lorun" a person's name).
pub(super) fn persons(mentions: &[Mention], text: &str) -> impl Iterator<Item = String> {
    mentions.iter().filter(|m| m.kind == MentionKind::Person && m.confidence >= 0.5).filter_map(|m| {
        let mut words = m.span.of(text).split_whitespace().rev();
        let last = words.next()?;
        let two = words.next().is_some_and(|first| first.starts_with(char::is_uppercase));
        (two && last.starts_with(char::is_uppercase))
            .then(|| last.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
    })
}

/// Whether the token before is a title.
fn titled(tokens: &[Token<'_>], at: usize) -> bool {
    at.checked_sub(1)
        .and_then(|before| tokens.get(before))
        .is_some_and(|before| before.cap && CUES.title.contains(&before.lower()))
}

/// Confidence from which a mention found by others decides whether its words are a place: below it are names found by
/// their capitals and by word lists alone, which know less than the gazetteer and the words around (mention.rs).
pub(super) const SURE: f32 = 0.75;

/// Names already read that are no places: persons, outlets, armed groups, weapons.
pub(super) struct Taken {
    persons: Cover,
    others: Cover,
}

impl Taken {
    pub(super) fn new(mentions: &[Mention]) -> Self {
        use MentionKind::{ArmedGroup, Media, Person, Weapon};
        let spans = |kinds: &'static [MentionKind]| {
            mentions.iter().filter(move |m| kinds.contains(&m.kind) && m.confidence >= SURE).map(|m| &m.span)
        };
        Self { persons: Cover::new(spans(&[Person])), others: Cover::new(spans(&[Media, ArmedGroup, Weapon])) }
    }

    /// Whether a person's name covers the match, or another name with more words than it. A tagger's person of one word is
    /// none where the words say place: the name heads a section, or the user listed it.
    pub(super) fn covers(&self, span: Span, case: &Case<'_, '_>) -> bool {
        let wider = [Span::new(span.start.saturating_sub(1), span.end), Span::new(span.start, span.end + 1)];
        let wide = |held: &Cover| wider.into_iter().any(|wide| wide.len() > span.len() && held.holds(wide));
        let sure = case.m.end == case.m.first + 1 && (case.around.head || case.known.own);
        wide(&self.others) || if sure { wide(&self.persons) } else { self.persons.holds(span) }
    }
}
