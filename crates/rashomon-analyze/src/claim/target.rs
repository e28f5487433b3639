//! Whom or what did it hit, or who is there? Parties, groups and things named as targets.
//!
//! "Shells hit the bakery" names the bakery, "killed four villagers" civilians, "no houses were hit" what was not hit.

use super::cue::{LISTS, find};
use super::proposition::{Reader, inside};
use rashomon_model::analysis::{Mention, MentionKind};
use rashomon_model::party::PartyRef;
use rashomon_model::quantity::Category;
use rashomon_model::span::Span;

impl Reader<'_> {
    /// Whom or what a target phrase names: its parties and groups, else the phrase itself unless it is a place.
    pub(super) fn hit(&self, span: Span) -> Vec<PartyRef> {
        let pieces = [span];
        let named: Vec<PartyRef> = inside(&self.analysis.mentions, &pieces, |m| m.span)
            .filter(|mention| self.is_own_group(mention))
            .map(party_ref)
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
        let words = self.doc.slice(span).trim();
        let bare = ["the ", "a ", "an ", "its ", "their ", "his "]
            .iter()
            .find_map(|article| words.get(..article.len()).filter(|head| head.eq_ignore_ascii_case(article)))
            .map_or(words, |article| words.get(article.len()..).unwrap_or(words))
            .trim();
        let n = bare.split_whitespace().count();
        let pronoun = n == 1 && bare.len() <= 5;
        if n <= 5 && !pronoun && !eventful && bare.chars().any(char::is_alphabetic) {
            vec![PartyRef { name: bare.to_owned(), party: None, span }]
        } else {
            Vec::new()
        }
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

    /// Whether the mention is a group and no mere description around a party's name ("the X terrorist group" is X).
    fn is_own_group(&self, mention: &Mention) -> bool {
        let around = |inner: &Mention| {
            inner.party.is_some() && inner.span != mention.span && inner.kind != MentionKind::Nationality
        };
        is_group(mention)
            && (mention.party.is_some() || !inside(&self.analysis.mentions, &[mention.span], |m| m.span).any(around))
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
                found.push(party_ref(mention));
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
        let Some(nearest) = (0..all.len()).min_by_key(|i| (gap(all[*i]), *i)) else { return Vec::new() };
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
            if !found.iter().any(|known| known.name == mention.name) {
                found.push(party_ref(mention));
            }
        }
        found
    }
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
