//! Where does a clause say it happened? Its toponyms, but not those that stand for a government or tell whence and whither.

use super::cue::LISTS;
use super::proposition::{Reader, inside};
use rashomon_model::analysis::MentionKind;
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
        let text = &self.doc.text;
        let from = (span.start.saturating_sub(48)..=span.start).find(|at| text.is_char_boundary(*at as usize));
        let before = from.map_or("", |from| Span::new(from, span.start).of(text)).to_lowercase();
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
        let acting = self
            .analysis
            .events
            .iter()
            .skip(self.analysis.events.partition_point(|e| e.span.end <= toponym.span.start));
        let acting = acting.take(3).any(|event| event.actor.iter().any(|span| span.contains(toponym.span)));
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
        let from = toponym.span.start.saturating_sub(24);
        let before =
            (from..=toponym.span.start).find_map(|at| self.doc.text.get(at as usize..toponym.span.start as usize));
        let words: Vec<&str> = before.unwrap_or("").split_whitespace().collect();
        let behind =
            words.iter().rev().take(2).any(|word| LISTS.locative.iter().any(|place| place == &word.to_lowercase()));
        behind || before.is_some_and(|text| text.trim_end().ends_with(',')) && !actor
    }
}
