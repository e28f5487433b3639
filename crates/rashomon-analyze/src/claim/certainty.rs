//! How sure is the clause of what it tells? Hedges, and claims named only to be called untrue.
//!
//! "Four may have died" is possible, "up to 40 were hurt" plain: there the words bound a number.

use super::cue::{LISTS, before, find_any};
use super::proposition::Reader;
use crate::cover::inside;
use rashomon_model::span::Span;

impl Reader<'_> {
    /// Whether the clause names a claim of others only to call it untrue.
    pub(super) fn refuted(&self, pieces: &[Span]) -> bool {
        let text = &self.doc.text;
        // "the lie according to which …", "the fabrication that …"
        let led = before(text, pieces.first().map_or(0, |piece| piece.start), 48).trim_end().to_lowercase();
        let led = [" which", " that", " according to"].iter().fold(led.as_str(), |led, end| led.trim_end_matches(end));
        if led
            .rsplit(|c: char| !c.is_alphanumeric())
            .next()
            .is_some_and(|last| LISTS.untruths.iter().any(|w| w == last))
        {
            return true;
        }
        let Some(verdict) = find_any(text, pieces, &LISTS.refuting) else { return false };
        // the noun may be the cue right before ("rumours | that … are groundless")
        let start = pieces.first().map_or(0, |piece| piece.start);
        let cue = before(text, start, 24).trim_end().trim_end_matches(" that").to_lowercase();
        let cue = cue.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        LISTS.reported.iter().any(|word| word == cue)
            || find_any(text, pieces, &LISTS.reported).is_some_and(|what| what.start < verdict.start)
    }

    /// Possible or probable, by the words of the clause.
    pub(super) fn hedge(&self, pieces: &[Span]) -> Option<bool> {
        let text = &self.doc.text;
        // "up to 40" bounds a number; it hedges nothing else
        let numbers: Vec<Span> = inside(&self.analysis.quantities, pieces, |q| q.span).map(|q| q.number).collect();
        let first = inside(&self.analysis.quantities, pieces, |q| q.span)
            .filter(|q| q.of.is_some())
            .map(|q| q.span)
            .chain(inside(&self.analysis.events, pieces, |e| e.span).filter(|e| e.kind.is_violence()).map(|e| e.span))
            .min();
        // "40 were wounded, some so badly that the toll may rise": what may be is not what is claimed first
        let elsewhere = |at: &Span| {
            first.filter(|told| told.end <= at.start).is_some_and(|told| {
                let between = Span::new(told.end, at.start).of(text).to_lowercase();
                between.split(|c: char| !c.is_alphanumeric()).any(|word| LISTS.turns.iter().any(|turn| turn == word))
            })
        };
        let outside = |at: &Span| !numbers.iter().any(|number| number.overlaps(*at)) && !elsewhere(at);
        let weighs = |at: &Span| outside(at) && !is_attributive(text, *at);
        if find_any(text, pieces, &LISTS.possible).filter(weighs).is_some() {
            return Some(true);
        }
        find_any(text, pieces, &LISTS.probable).filter(outside).map(|_| false)
    }
}

/// "a map of possible attacks": the adjective belongs to its noun, not to the clause.
fn is_attributive(text: &str, at: Span) -> bool {
    if at.of(text).to_lowercase() != "possible" {
        return false;
    }
    let before = text.get(..at.start as usize).unwrap_or("").trim_end();
    let last = before.rsplit(char::is_whitespace).next().unwrap_or("").to_lowercase();
    let rest = text.get(at.end as usize..).unwrap_or("");
    let next = rest.trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap_or("").to_lowercase();
    let predicate = LISTS.copula.contains(&last) || matches!(last.as_str(), "still" | "also" | "as" | "not");
    !predicate && rest.starts_with(' ') && !matches!(next.as_str(), "" | "that" | "to" | "and" | "but" | "for" | "if")
}
