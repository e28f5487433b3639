//! Where does a clause say it happened? Its toponyms, but not those that stand for a government or tell whence and whither.

use super::cue::LISTS;
use super::proposition::{Reader, before, inside};
use rashomon_model::analysis::{EventMention, MentionKind};
use rashomon_model::claim::PlaceRef;
use rashomon_model::place::Toponym;
use rashomon_model::span::Span;

impl Reader<'_> {
    /// Places of the clause.
    pub(super) fn places(&self, pieces: &[Span]) -> Vec<PlaceRef> {
        inside(&self.analysis.toponyms, pieces, |t| t.span)
            .filter(|toponym| self.is_location(toponym))
            .map(|toponym| PlaceRef {
                name: toponym.name.clone(),
                place: toponym.place.as_ref().map(|place| place.id.clone()),
                span: toponym.span,
                near: toponym.place.as_ref().is_some_and(|place| toponym.radius_km >= place.radius_km + 9.0),
            })
            .collect()
    }

    /// "fired from the ridge", "taken to the town": where something comes from or goes to, not where it happened.
    fn is_way(&self, span: Span) -> bool {
        let before = before(&self.doc.text, span.start, 48).to_lowercase();
        let words: Vec<&str> = before.split_whitespace().collect();
        let Some((last, head)) = words.split_last() else { return false };
        let article = matches!(*last, "the" | "nearby" | "neighbouring" | "neighboring");
        let (last, head) = if article {
            (head.last().copied().unwrap_or(""), head.split_last().map_or(head, |(_, h)| h))
        } else {
            (*last, head)
        };
        let verb = head.iter().rev().take(3).any(|word| LISTS.moves.iter().any(|m| m == word.trim_matches(',')));
        last == "from" || last == "to" && verb
    }

    /// Whether the place name says where, rather than standing for a government or qualifying a noun: a country or a
    /// capital counts only behind a preposition of place (or in a row of places behind one).
    fn is_location(&self, toponym: &Toponym) -> bool {
        // "the guns on the ridge had fired": where they stand who did it
        let events = &self.analysis.events;
        let next = events.partition_point(|event| event.span.end <= toponym.span.start);
        let acts = |event: &EventMention| event.actor.iter().any(|span| span.contains(toponym.span));
        let acting = events.iter().skip(next).take(3).any(acts);
        if self.is_way(toponym.span) || acting {
            return false;
        }
        let broad = toponym.place.as_ref().is_some_and(|place| place.kind == "country");
        let actor = inside(&self.analysis.mentions, &[toponym.span], |m| m.span).next().is_some_and(|mention| {
            matches!(mention.kind, MentionKind::Government | MentionKind::Nationality | MentionKind::Organisation)
        });
        if !broad && !actor {
            return true;
        }
        let before = before(&self.doc.text, toponym.span.start, 24);
        let locative = |word: &str| LISTS.locative.iter().any(|place| *place == word.to_lowercase());
        let behind = before.split_whitespace().rev().take(2).any(locative);
        behind || before.trim_end().ends_with(',') && !actor || self.joined_to_place(toponym, 0)
    }

    /// "over Orvia and Varda": behind "and", "or" or a comma after a place that says where.
    fn joined_to_place(&self, toponym: &Toponym, depth: usize) -> bool {
        let toponyms = &self.analysis.toponyms;
        let at = toponyms.partition_point(|t| t.span.start < toponym.span.start);
        let Some(last) = at.checked_sub(1).and_then(|i| toponyms.get(i)) else { return false };
        let between = Span::new(last.span.end.min(toponym.span.start), toponym.span.start).of(&self.doc.text);
        let joined = between.len() <= 8
            && !between.is_empty()
            && between.split_whitespace().all(|word| matches!(word, "," | "and" | "or" | ",and" | "and/or"));
        if !joined || depth > 8 {
            return false;
        }
        let before = before(&self.doc.text, last.span.start, 24);
        let locative = |word: &str| LISTS.locative.iter().any(|place| *place == word.to_lowercase());
        before.split_whitespace().rev().take(2).any(locative) || self.joined_to_place(last, depth + 1)
    }
}
