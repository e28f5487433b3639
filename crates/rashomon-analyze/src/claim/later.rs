//! Is it told of a death that came later? It has a place and a day of its own, which are not those of the event.

use super::cue::{LISTS, find_any};
use super::proposition::Reader;
use crate::cover::inside;
use rashomon_model::analysis::{EventKind, EventMention};
use rashomon_model::span::Span;

impl Reader<'_> {
    /// "Two men died at the district hospital on 17 June": where and when they died, not where and when they were hit.
    pub(super) fn died_later(&self, harms: &[&EventMention], pieces: &[Span]) -> bool {
        self.has_died(harms) && find_any(&self.doc.text, pieces, &LISTS.hospital).is_some()
    }

    /// "A sixth person died on Sunday", "one died of her wounds on 3 May": the day of a death that came after the event.
    pub(super) fn told_of_later(&self, harms: &[&EventMention], pieces: &[Span]) -> bool {
        self.has_died(harms) && find_any(&self.doc.text, pieces, &LISTS.later_death).is_some()
    }

    /// "By early afternoon 33 wounded had reached the hospital": when they came to be treated.
    pub(super) fn in_care_later(&self, pieces: &[Span]) -> bool {
        find_any(&self.doc.text, pieces, &LISTS.reached).is_some()
            && find_any(&self.doc.text, pieces, &LISTS.clinics).is_some()
    }

    /// Whether a word of dying, rather than of killing, tells of the harm.
    fn has_died(&self, harms: &[&EventMention]) -> bool {
        harms.iter().any(|event| {
            let word = self.doc.slice(event.span).to_lowercase();
            ["die", "dying", "succumb", "perish"].iter().any(|stem| word.starts_with(stem))
        })
    }

    /// "35 people had been killed, after four of the wounded had died over the weekend": where the later deaths are told, behind
    /// which a time says when the toll rose.
    pub(super) fn later_deaths(&self, pieces: &[Span]) -> Option<u32> {
        let harms = inside(&self.analysis.events, pieces, |e| e.span).filter(|event| event.kind == EventKind::Harm);
        let harms: Vec<Span> = harms.map(|event| event.span).collect();
        let (first, last) = (harms.first()?.end, harms.last()?.start);
        let after = Span::new(first.min(last), last).of(&self.doc.text).find(" after ")?;
        harms.iter().find(|harm| harm.start as usize > first as usize + after).map(|harm| harm.end)
    }
}
