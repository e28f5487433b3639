//! Whom or what did it hit, or who is there? Parties, groups and things named as targets.
//!
//! "Shells hit the bakery" names the bakery, "killed four villagers" civilians, "no houses were hit" what was not hit.

use super::cue::{LISTS, before, find};
use super::proposition::Reader;
use crate::cover::inside;
use crate::event::names_nobody;
use rashomon_model::analysis::{EventMention, Mention, MentionKind};
use rashomon_model::party::PartyRef;
use rashomon_model::quantity::Category;
use rashomon_model::span::Span;

impl Reader<'_> {
    /// Whom or what a target phrase names: its parties and groups, else the phrase itself unless it is a place.
    pub(super) fn hit(&self, span: Span) -> Vec<PartyRef> {
        let pieces = [span];
        let named: Vec<PartyRef> = inside(&self.analysis.mentions, &pieces, |m| m.span)
            .filter(|mention| self.is_own_group(mention) && (mention.party.is_some() || !is_vague(&mention.name)))
            .map(|mention| self.party_of(mention))
            .collect();
        let place = inside(&self.analysis.toponyms, &pieces, |t| t.span).next().is_some();
        if !named.is_empty() || place {
            return named;
        }
        let counted = self.meeting(&self.analysis.quantities, span, |q| q.span).next();
        let eventful = self.meeting(&self.analysis.events, span, |e| e.span).next().is_some();
        if counted.is_some() || find(&self.doc.text, span, &LISTS.civilians).is_some() {
            let category = counted.and_then(|quantity| quantity.category);
            let civilian = !matches!(category, Some(Category::Combatants | Category::Objects | Category::People))
                && (category.is_some() || find(&self.doc.text, span, &LISTS.civilians).is_some());
            let people = PartyRef { name: "civilians".to_owned(), party: None, span };
            return if civilian { vec![people] } else { Vec::new() };
        }
        self.thing(span).filter(|_| !eventful).into_iter().collect()
    }

    /// A phrase as the name of a thing: without its article, and only if it is short.
    fn thing(&self, span: Span) -> Option<PartyRef> {
        let words = self.doc.slice(span).trim();
        let bare = ["the ", "a ", "an ", "its ", "their ", "his "]
            .iter()
            .find_map(|article| words.get(..article.len()).filter(|head| head.eq_ignore_ascii_case(article)))
            .map_or(words, |article| words.get(article.len()..).unwrap_or(words))
            .trim();
        let short = bare.split_whitespace().count() <= 5 && !is_vague(bare);
        short.then(|| PartyRef { name: bare.to_owned(), party: None, span })
    }

    /// What was damaged: of "destroyed Lorun Front bases" the bases, not those who own them.
    pub(super) fn damaged(&self, acts: &[&EventMention], hit: Vec<PartyRef>) -> Vec<PartyRef> {
        let mut found: Vec<PartyRef> = Vec::new();
        for party in hit {
            let mut phrases = acts.iter().flat_map(|event| &event.target);
            let goes_on = |span: &&Span| span.contains(party.span) && span.end > party.span.end;
            let thing = phrases.find(goes_on).and_then(|span| self.thing(*span));
            // whose it is stays known: it tells of which attack the claim is
            let thing = thing.map_or(party.clone(), |thing| PartyRef { name: thing.name, ..party });
            if !found.iter().any(|known| known.name == thing.name) {
                found.push(thing);
            }
        }
        found
    }

    /// The items of a list sorted by span that share words with `span`; none reaches over the sentence it stands in.
    fn meeting<'a, T>(
        &'a self,
        list: &'a [T],
        span: Span,
        of: impl Fn(&T) -> Span + Copy + 'a,
    ) -> impl Iterator<Item = &'a T> {
        let sentences = &self.analysis.sentences;
        let sentence = sentences.get(sentences.partition_point(|s| s.span.end <= span.start));
        let start = sentence.map_or(0, |sentence| sentence.span.start);
        let from = list.partition_point(|item| of(item).start < start);
        let near = list.get(from..).unwrap_or_default().iter();
        near.take_while(move |item| of(item).start < span.end).filter(move |item| of(item).overlaps(span))
    }

    /// Whether the mention is a group of its own: no mere description around a party's name ("the X terrorist group" is X) or
    /// beside it ("X militants", "the militant group X"), and no part of a longer one ("groups" in "armed groups").
    fn is_own_group(&self, mention: &Mention) -> bool {
        if !is_group(mention) || mention.party.is_some() {
            return is_group(mention);
        }
        let mentions = &self.analysis.mentions;
        let named = |other: &Mention| {
            other.party.is_some() && other.span != mention.span && other.kind != MentionKind::Nationality
        };
        if inside(mentions, &[mention.span], |m| m.span).any(named) || names_nobody(self.doc.slice(mention.span)) {
            return false;
        }
        let at = mentions.partition_point(|m| m.span.start < mention.span.start);
        let near = mentions.get(at.saturating_sub(NEAR)..mentions.len().min(at + NEAR)).unwrap_or_default();
        let beside = |other: &Mention| {
            let (first, last) = if other.span.start < mention.span.start { (other, mention) } else { (mention, other) };
            let gap = Span::new(first.span.end.min(last.span.start), last.span.start);
            let against = before(&self.doc.text, first.span.start, 5).to_lowercase().ends_with("anti-");
            !against && gap.of(&self.doc.text).trim().is_empty()
        };
        let describes = |other: &Mention| named(other) && is_group(other) && beside(other);
        let longer = |other: &Mention| {
            is_group(other)
                && other.span.contains(mention.span)
                && other.span.end - other.span.start > mention.span.end - mention.span.start
        };
        !near.iter().any(|other| describes(other) || longer(other))
    }

    /// The mention as a party of a claim; "the armed group" is the one named before it in its sentence or the one before, if
    /// one and only one was.
    pub(super) fn party_of(&self, mention: &Mention) -> PartyRef {
        let named = party_ref(mention);
        if named.party.is_some() || mention.kind != MentionKind::ArmedGroup && mention.kind != MentionKind::Organisation
        {
            return named;
        }
        let words = self.doc.slice(mention.span).to_lowercase();
        let definite =
            words.starts_with("the ") || before(&self.doc.text, mention.span.start, 4).eq_ignore_ascii_case("the ");
        if !definite || !words.ends_with(" group") && words != "group" {
            return named;
        }
        let sentences = &self.analysis.sentences;
        let here = sentences.partition_point(|s| s.span.end <= mention.span.start);
        let from = sentences.get(here.saturating_sub(1)).map_or(0, |s| s.span.start);
        let groups = || {
            let to = self.analysis.mentions.partition_point(|m| m.span.start < mention.span.start);
            let all = self.analysis.mentions.get(..to).unwrap_or_default().iter().rev();
            all.take_while(move |m| m.span.start >= from)
                .filter(|m| m.kind == MentionKind::ArmedGroup && m.party.is_some())
        };
        match groups().next() {
            Some(first) if groups().all(|other| other.party == first.party) => {
                PartyRef { span: mention.span, ..party_ref(first) }
            }
            _ => named,
        }
    }

    /// "No houses were hit" denies that houses were hit, not that anything was: what stands between "no" and the event.
    pub(super) fn none_of_what(&self, pieces: &[Span], event: Span) -> Option<PartyRef> {
        let text = &self.doc.text;
        let no = pieces.iter().find_map(|piece| find(text, *piece, &LISTS.none))?;
        let between = Span::new(no.end.min(event.start), event.start).trimmed(text);
        let words: Vec<&str> = between.of(text).split_whitespace().collect();
        let kept = words.iter().take_while(|word| !LISTS.auxiliary.iter().any(|aux| aux == *word)).count();
        let name = words.get(..kept)?.join(" ");
        (1..=4).contains(&kept).then_some(PartyRef { name, party: None, span: between })
    }

    /// Parties and groups named anywhere in the clause.
    pub(super) fn groups(&self, pieces: &[Span]) -> Vec<PartyRef> {
        let mut found: Vec<PartyRef> = Vec::new();
        for mention in inside(&self.analysis.mentions, pieces, |m| m.span).filter(|mention| self.is_own_group(mention))
        {
            // "the armed groups" and the "groups" in it are one
            if !found.iter().any(|known| known.name == mention.name || known.span.contains(mention.span)) {
                found.push(self.party_of(mention));
            }
        }
        found
    }

    /// The group (no building) named nearest to `at`, and those joined to it by "or", "and" or a comma.
    pub(super) fn groups_by(&self, pieces: &[Span], at: Span) -> Vec<PartyRef> {
        let all: Vec<&Mention> = inside(&self.analysis.mentions, pieces, |m| m.span)
            .filter(|m| self.is_own_group(m) && m.kind != MentionKind::Facility)
            .collect();
        let gap = |m: &Mention| {
            if m.span.start >= at.end { m.span.start - at.end } else { at.start.saturating_sub(m.span.end) }
        };
        // "troops stormed the stronghold of …": who acts is told by another verb than who is there
        let apart = |m: &Mention| {
            let span = if m.span.start >= at.end {
                Span::new(at.end, m.span.start)
            } else {
                Span::new(m.span.end.min(at.start), at.start)
            };
            inside(&self.analysis.events, &[span], |e| e.span).next().is_some()
        };
        let near = (0..all.len()).filter(|i| !apart(all[*i]));
        let Some(nearest) = near.min_by_key(|i| (gap(all[*i]), *i)) else { return Vec::new() };
        let joined = |a: &Mention, b: &Mention| {
            let between = Span::new(a.span.end.min(b.span.start), b.span.start).of(&self.doc.text);
            between.split_whitespace().all(|word| matches!(word.trim_matches(','), "" | "or" | "and" | "nor" | "the"))
        };
        let mut first = nearest;
        while first > 0 && joined(all[first - 1], all[first]) {
            first -= 1;
        }
        let mut last = nearest;
        while last + 1 < all.len() && joined(all[last], all[last + 1]) {
            last += 1;
        }
        let mut found: Vec<PartyRef> = Vec::new();
        for mention in &all[first..=last] {
            let party = self.party_of(mention);
            if !found.iter().any(|known| known.name == party.name) {
                found.push(party);
            }
        }
        found
    }

    /// "There were no Front fighters": the words from "there" to the group that is said to be there or not.
    pub(super) fn existence(&self, pieces: &[Span]) -> Option<Span> {
        let text = &self.doc.text;
        inside(&self.analysis.mentions, pieces, |m| m.span).filter(|m| self.is_own_group(m)).find_map(|mention| {
            let piece = pieces.iter().find(|piece| piece.contains(mention.span))?;
            let words = Span::new(piece.start, mention.span.start).of(text);
            let at = words.to_lowercase().rfind("there ").filter(|at| words.is_char_boundary(*at))?;
            let between: Vec<String> = words
                .get(at + 6..)?
                .split(|c: char| !c.is_alphanumeric() && c != '\'')
                .map(str::to_lowercase)
                .filter(|w| !w.is_empty())
                .collect();
            let plain = |word: &String| {
                LISTS.copula.contains(word)
                    || LISTS.negation.contains(word)
                    || LISTS.probable.contains(word)
                    || matches!(
                        word.as_str(),
                        "any" | "also" | "still" | "many" | "the" | "only" | "have" | "has" | "had"
                    )
            };
            let copula = between.iter().any(|word| LISTS.copula.contains(word));
            (copula && between.iter().all(plain))
                .then(|| Span::new(piece.start + u32::try_from(at).unwrap_or(0), mention.span.start))
        })
    }
}

/// Mentions looked at on either side for a name that a description stands beside.
const NEAR: usize = 4;

/// "Targets", "several positions", "them": words that only say that something was aimed at.
fn is_vague(words: &str) -> bool {
    words
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .all(|word| LISTS.vague.contains(&word) || LISTS.own.contains(&word))
}

/// Whether the mention can be hit, present or blamed: a group, party or kind of people, not an outlet or a single person.
fn is_group(mention: &Mention) -> bool {
    match mention.kind {
        MentionKind::ArmedGroup | MentionKind::Government | MentionKind::Organisation | MentionKind::Facility => true,
        MentionKind::Other => mention.party.is_some(),
        _ => false,
    }
}

/// The mention as a party of a claim.
pub(super) fn party_ref(mention: &Mention) -> PartyRef {
    PartyRef { name: mention.name.clone(), party: mention.party.clone(), span: mention.span }
}
