//! Who is said to be behind it, where no act names its doer? "The Army of Ilvane claimed the bombing", "the attack was ordered by
//! the Lorun Front", and what stands in the cue: "the ministry blames | the Lorun Front for the blast".
//!
//! The words are those of `data/blame.toml`. Only named parties, armed groups and bodies are blamed so; persons, places and outlets
//! are not; and only where the clause names an attack where the words want one: in "an inquiry into the raid ordered by the army" and
//! "accused the army of lying about the raid" nobody is said to be behind the raid ([`attack`]).

mod attack;

use super::cue::{LISTS, before, find, find_any};
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
    did: Vec<String>,
    owning: Vec<String>,
    before: Vec<String>,
    unnamed: Vec<String>,
    laid: Vec<String>,
    devices: Vec<String>,
    deeds: Vec<String>,
    link: Vec<String>,
    aside: Vec<String>,
    about: Vec<String>,
    doing: Vec<String>,
    claims: Vec<String>,
    was: Vec<String>,
    cues: Vec<String>,
    holding: Vec<String>,
    answerable: Vec<String>,
    onto: Vec<String>,
    towards: Vec<String>,
}

/// The shipped words with their negated forms; none if the embedded file were broken (a test reads it, so it is not).
static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words: Words = toml::from_str(include_str!("../../data/blame.toml")).unwrap_or_default();
    let negated = |phrase: &String| {
        let (auxiliary, rest) = phrase.split_once(' ').filter(|(first, _)| is_in(&LISTS.auxiliary, first))?;
        Some([" not", " never", " neither", "n't", "n’t"].map(|not| format!("{auxiliary}{not} {rest}")))
    };
    let more: Vec<String> = words.behind.iter().filter_map(negated).flatten().collect();
    words.behind.extend(more);
    words
});

/// Bytes between the words and the party within which it is the one they speak of.
const REACH: u32 = 60;

/// Words that may qualify one thing: a determiner, and adjectives.
const QUALIFIERS: usize = 3;

/// Whether the list has the word.
fn is_in(list: &[String], word: &str) -> bool {
    list.iter().any(|other| other == word)
}

/// The words of a text in lower case, without the marks around them.
fn lower(text: &str) -> Vec<String> {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    text.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect()
}

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
    if whole(cue, &LISTS.negation) {
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
        let negated = find_any(&self.doc.text, pieces, &LISTS.negation);
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
        [&WORDS.behind, &WORDS.owning, &WORDS.before, &WORDS.claims].into_iter().any(|list| {
            let at = find_any(&self.doc.text, pieces, list);
            at.is_some_and(|at| {
                not.end <= at.start && Span::new(not.end, at.start).of(&self.doc.text).split_whitespace().count() <= 1
                    || at.contains(not)
            })
        })
    }

    /// By the words of the clause; "it was behind the attack" is the speaker.
    fn behind_it(&self, pieces: &[Span], speaker: Option<&PartyRef>) -> Option<PartyRef> {
        let text = &self.doc.text;
        if let Some(at) = self.owned(pieces) {
            let near = |m: &&Mention| m.span.end <= at.start && at.start - m.span.end <= REACH && is_party(m);
            if let Some(found) = inside(&self.analysis.mentions, pieces, |m| m.span).filter(near).last() {
                return Some(party_ref(found));
            }
            let words = before(text, at.start, 12).to_lowercase();
            let own = words.split(|c: char| !c.is_alphanumeric()).rfind(|word| !word.is_empty());
            return speaker.filter(|_| own.is_some_and(|own| is_in(&LISTS.own, own))).cloned();
        }
        let by = find_any(text, pieces, &WORDS.before).filter(|at| self.is_of_attack(*at, pieces));
        let by = by.or_else(|| find_any(text, pieces, &WORDS.laid).filter(|at| self.is_of_device(*at, pieces)));
        if let Some(at) = by {
            let party = self.first_from(pieces, at.end)?;
            // "by unknown men near an army post"
            let between = lower(Span::new(at.end, party.span.start.max(at.end)).of(text));
            let aside = between.iter().any(|word| LISTS.locative.contains(word) || word == "against");
            return (!aside && between.len() <= QUALIFIERS + 1).then_some(party);
        }
        let opening = pieces.first()?;
        let at =
            find(text, Span::new(opening.start, opening.end.min(opening.start.saturating_add(REACH))), &WORDS.was)?;
        let party = self.first_from(pieces, at.end)?;
        let first = before(text, at.start, 4).trim().is_empty() || at.start == opening.start;
        let between = Span::new(at.end, party.span.start.max(at.end)).of(text);
        // "it was given access by the army"
        let one = first && is_one(between) && !between.split_whitespace().any(|word| word == "by");
        let rest = Span::new(party.span.end, opening.end.max(party.span.end));
        let told = match rest.of(text).split_whitespace().next() {
            // "it was the Northern Front that carried out the raid", not "… that first counted the dead"
            Some("that" | "who" | "which") => self.deeds(rest).first().is_some_and(|deed| {
                let words = lower(Span::new(rest.start, deed.start).of(text));
                words.iter().skip(1).all(|word| {
                    is_in(&WORDS.doing, word)
                        || LISTS.auxiliary.contains(word)
                        || matches!(word.as_str(), "the" | "a" | "an")
                })
            }),
            _ => ends_clause(rest.of(text)),
        };
        (one && told).then_some(party)
    }

    /// Words behind a party by which it is behind an attack, which they name or leave to what was told before.
    fn owned(&self, pieces: &[Span]) -> Option<Span> {
        let text = &self.doc.text;
        let attack = |at: &Span| {
            let piece = pieces.iter().find(|piece| piece.contains(*at)).copied().unwrap_or(*at);
            self.names_attack(at.end, piece)
        };
        let rest = |at: &Span| {
            let piece = pieces.iter().find(|piece| piece.contains(*at));
            piece.map_or("", |piece| Span::new(at.end, piece.end).of(text))
        };
        let unsaid = |at: &Span| lower(rest(at)).first().is_none_or(|word| word != "for");
        find_any(text, pieces, &WORDS.behind)
            .filter(|at| ends_clause(rest(at)) || attack(at))
            .or_else(|| find_any(text, pieces, &WORDS.owning).filter(|at| unsaid(at) || attack(at)))
            .or_else(|| find_any(text, pieces, &WORDS.did).filter(|at| ends_clause(rest(at))))
            .or_else(|| find_any(text, pieces, &WORDS.claims).filter(|at| attack(at)))
    }

    /// Where the clause says who is behind it: words of blame, but not those said of something else ("has responsibility for
    /// roads", "stood behind the wall").
    pub(super) fn responsibility(&self, pieces: &[Span]) -> Option<Span> {
        let text = &self.doc.text;
        let at = find_any(text, pieces, &LISTS.responsibility)?;
        let piece = pieces.iter().find(|piece| piece.contains(at)).copied().unwrap_or(at);
        let open = is_in(&WORDS.towards, at.of(text).split_whitespace().last().unwrap_or(""));
        (!open || ends_clause(Span::new(at.end, piece.end).of(text)) || self.names_attack(at.end, piece)).then_some(at)
    }

    /// By a cue that blames: the party the content opens with, or the one behind "on".
    fn blamed(&self, pieces: &[Span]) -> Option<PartyRef> {
        let text = &self.doc.text;
        let first = pieces.first()?;
        let found = self.first_from(pieces, first.start)?;
        let between = Span::new(first.start, found.span.start.max(first.start));
        let last = between
            .of(text)
            .split_whitespace()
            .rfind(|word| !matches!(word.to_lowercase().as_str(), "the" | "a" | "an"));
        let Some(last) = last else {
            let rest = Span::new(found.span.end, first.end.max(found.span.end));
            // "holds the Lorun Front responsible for the blast"
            let at = find(text, rest, &WORDS.answerable)
                .filter(|at| Span::new(rest.start, at.start).of(text).trim().is_empty())
                .map_or(rest.start, |at| at.end);
            let for_attack = ends_clause(Span::new(at, rest.end).of(text)) || self.names_attack(at, *first);
            return for_attack.then_some(found);
        };
        (is_in(&WORDS.onto, last) && !self.deeds(between).is_empty()).then_some(found)
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
    !words.contains([',', ';', '.', ':']) && words.split_whitespace().count() <= QUALIFIERS && !words.contains(" that ")
}

/// Whether nothing follows, or what does goes on with something else.
fn ends_clause(rest: &str) -> bool {
    let rest = rest.trim_start();
    let word = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    !rest.starts_with(char::is_alphanumeric) || is_in(&LISTS.turns, word)
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
