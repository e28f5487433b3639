//! Who is said to be behind it, where no act names its doer? "The Army of Ilvane claimed the bombing", "the attack was ordered by
//! the Lorun Front", and what stands in the cue: "the ministry blames | the Lorun Front for the blast".
//!
//! The words are those of `data/blame.toml`. Only named parties, armed groups and bodies are blamed so; persons, places and outlets
//! are not.

use super::cue::{before, find, find_any};
use super::proposition::{Read, Reader};
use super::target::party_ref;
use crate::cover::inside;
use rashomon_model::analysis::{EventKind, Mention, MentionKind};
use rashomon_model::claim::{Polarity, PropositionKind};
use rashomon_model::party::{Actors, PartyRef};
use rashomon_model::span::Span;
use serde::Deserialize;
use std::sync::LazyLock;

/// The data file, as read.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    behind: Vec<String>,
    before: Vec<String>,
    claims: Vec<String>,
    was: Vec<String>,
    cues: Vec<String>,
    holding: Vec<String>,
    answerable: Vec<String>,
    onto: Vec<String>,
}

/// The shipped words; none if the embedded file were broken (a test reads it, so it is not).
static WORDS: LazyLock<Words> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/blame.toml")).unwrap_or_default());

/// Bytes between the words and the party within which it is the one they speak of.
const REACH: u32 = 60;

/// Whom a cue makes answerable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    /// Whom the content names: "blames", "holds … responsible".
    Named,
    /// Its speaker: "the Army of Ilvane claims | the attack in Orvel".
    Speaker,
}

/// What a cue says of who is behind it. `phrase`: the content is one phrase without a verb.
pub(super) fn of_cue(cue: &str, content: &str, phrase: bool) -> Option<Cue> {
    let whole = |words: &str, list: &[String]| find(words, Span::from_usize(0, words.len()), list).is_some();
    if whole(cue, &super::cue::LISTS.negation) {
        None
    } else if whole(cue, &WORDS.cues) || whole(cue, &WORDS.holding) && whole(content, &WORDS.answerable) {
        Some(Cue::Named)
    } else {
        (phrase && whole(cue, &WORDS.claims)).then_some(Cue::Speaker)
    }
}

impl Reader<'_> {
    /// Gives what was read its doer, if only the words of blame name one. `cue`: whom the cue around the clause blames; `speaker`: who
    /// speaks, as far as he can have done it.
    pub(super) fn blame(&self, read: &mut Read, pieces: &[Span], cue: Option<Cue>, speaker: Option<&PartyRef>) {
        let what = &mut read.proposition;
        let open = matches!(
            what.kind,
            PropositionKind::Strike
                | PropositionKind::Casualties
                | PropositionKind::Responsibility
                | PropositionKind::Statement
        );
        if !open || !what.actor.is_empty() {
            return;
        }
        // "was not the work of the Lorun Front" denies; another "not" of the clause leaves open what it is of
        let negated = find_any(&self.doc.text, pieces, &super::cue::LISTS.negation);
        let denied = negated.is_some_and(|not| self.is_of_blame(not, pieces));
        let other = negated.is_some() && !denied && what.polarity != Polarity::Negative;
        // of those harmed nothing is denied
        if other || denied && what.kind == PropositionKind::Casualties {
            return;
        }
        let by_cue = || match cue? {
            Cue::Named => self.blamed(pieces),
            Cue::Speaker => speaker.filter(|_| self.opens_with_attack(pieces)).cloned(),
        };
        let Some(party) = self.behind_it(pieces, speaker).or_else(by_cue) else { return };
        if denied {
            what.polarity = Polarity::Negative;
        }
        what.target.retain(|hit| hit.name != party.name);
        if what.kind != PropositionKind::Casualties {
            what.kind = PropositionKind::Responsibility;
        }
        what.event = what.event.or(Some(EventKind::Attack));
        read.why.push_str("; who is behind it is said in other words than an act's");
        what.actor = Actors::one(party);
    }

    /// Whether the negation stands right before the words of blame.
    fn is_of_blame(&self, not: Span, pieces: &[Span]) -> bool {
        [&WORDS.behind, &WORDS.before, &WORDS.claims].into_iter().any(|list| {
            let at = find_any(&self.doc.text, pieces, list);
            at.is_some_and(|at| {
                not.end <= at.start && Span::new(not.end, at.start).of(&self.doc.text).split_whitespace().count() <= 1
                    || at.contains(not)
            })
        })
    }

    /// "the attack in Orvel": an attack named, right from the start.
    fn opens_with_attack(&self, pieces: &[Span]) -> bool {
        let Some(first) = pieces.first() else { return false };
        inside(&self.analysis.events, pieces, |e| e.span).next().is_some_and(|event| {
            event.kind.is_violence() && is_one(Span::new(first.start, event.span.start).of(&self.doc.text))
        })
    }

    /// By the words of the clause; "it was behind the attack" is the speaker.
    fn behind_it(&self, pieces: &[Span], speaker: Option<&PartyRef>) -> Option<PartyRef> {
        let text = &self.doc.text;
        let behind = find_any(text, pieces, &WORDS.behind).or_else(|| {
            let at = find_any(text, pieces, &WORDS.claims)?;
            let rest = Span::new(at.end, at.end.saturating_add(REACH));
            let attack = |event: &&rashomon_model::analysis::EventMention| {
                event.kind.is_violence()
                    && rest.holds(event.span.start)
                    && is_one(Span::new(at.end, event.span.start).of(text))
            };
            inside(&self.analysis.events, pieces, |e| e.span).find(attack).map(|_| at)
        });
        if let Some(at) = behind {
            let near = |m: &&Mention| m.span.end <= at.start && at.start - m.span.end <= REACH && is_party(m);
            if let Some(found) = inside(&self.analysis.mentions, pieces, |m| m.span).filter(near).last() {
                return Some(party_ref(found));
            }
            let words = before(text, at.start, 12).to_lowercase();
            let own = words.split(|c: char| !c.is_alphanumeric()).rfind(|word| !word.is_empty());
            return speaker
                .filter(|_| own.is_some_and(|own| super::cue::LISTS.own.iter().any(|word| word == own)))
                .cloned();
        }
        if let Some(at) = find_any(text, pieces, &WORDS.before) {
            return self.first_from(pieces, at.end);
        }
        let opening = pieces.first()?;
        let at =
            find(text, Span::new(opening.start, opening.end.min(opening.start.saturating_add(REACH))), &WORDS.was)?;
        let party = self.first_from(pieces, at.end)?;
        let first = before(text, at.start, 4).trim().is_empty() || at.start == opening.start;
        (first && is_one(Span::new(at.end, party.span.start.max(at.end)).of(text))).then_some(party)
    }

    /// By a cue that blames: the party the content opens with, or the one behind "on".
    fn blamed(&self, pieces: &[Span]) -> Option<PartyRef> {
        let first = pieces.first()?;
        let found = self.first_from(pieces, first.start)?;
        let between = Span::new(first.start, found.span.start.max(first.start)).of(&self.doc.text);
        let last = between.split_whitespace().rfind(|word| !matches!(word.to_lowercase().as_str(), "the" | "a" | "an"));
        let opens = last.is_none();
        (opens || last.is_some_and(|word| WORDS.onto.iter().any(|onto| onto == word))).then_some(found)
    }

    /// The first party named within reach.
    fn first_from(&self, pieces: &[Span], from: u32) -> Option<PartyRef> {
        let near = |m: &&Mention| m.span.start >= from && m.span.start - from <= REACH && is_party(m);
        let found = inside(&self.analysis.mentions, pieces, |m| m.span).find(near)?;
        // "the army's turn" is not the army
        let owner = self
            .doc
            .text
            .get(found.span.end as usize..)
            .is_some_and(|rest| rest.starts_with("'s") || rest.starts_with("’s"));
        (!owner).then(|| party_ref(found))
    }
}

/// Whether the words are at most a determiner and what qualifies one thing ("the", "Monday's deadly").
fn is_one(words: &str) -> bool {
    !words.contains([',', ';', '.', ':']) && words.split_whitespace().count() <= 3 && !words.contains(" that ")
}

/// Whether who is named can have done it.
fn is_party(mention: &Mention) -> bool {
    use MentionKind::{ArmedGroup, Facility, Government, Media, Organisation, Place, Weapon};
    match mention.kind {
        Media | Facility | Weapon => false,
        ArmedGroup | Government | Organisation => true,
        Place => mention.party.as_ref().is_some_and(|party| party.as_str().starts_with("state:")),
        _ => mention.party.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_file_reads() {
        assert!(!WORDS.behind.is_empty() && !WORDS.answerable.is_empty());
        assert_eq!(of_cue("blames", "the Lorun Front for the blast", true), Some(Cue::Named));
        assert_eq!(of_cue("holds", "the Lorun Front responsible", true), Some(Cue::Named));
        assert_eq!(of_cue("holds", "the bridge", true), None);
        assert_eq!(of_cue("claims", "the attack", true), Some(Cue::Speaker));
        assert_eq!(of_cue("claims", "that the attack failed", false), None);
    }
}
