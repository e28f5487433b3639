//! Is it told of a death that came later? It has a place and a day of its own, which are not those of the event.

use super::cue::{LISTS, before, find, find_any};
use super::proposition::Reader;
use crate::cover::inside;
use rashomon_model::analysis::{EventKind, EventMention};
use rashomon_model::span::Span;

/// Words of "a sixth person" before the word of dying.
const SUBJECT: usize = 3;

impl Reader<'_> {
    /// "Two men died at the district hospital on 17 June": where and when they died, not where and when they were hit.
    pub(super) fn died_later(&self, harms: &[&EventMention], pieces: &[Span]) -> bool {
        self.has_died(harms) && find_any(&self.doc.text, pieces, &LISTS.hospital).is_some()
    }

    /// "A sixth person died on Sunday", "one died of her wounds on 3 May": the day of a death that came after the event.
    pub(super) fn told_of_later(&self, harms: &[&EventMention], pieces: &[Span]) -> bool {
        self.has_died(harms)
            && (find_any(&self.doc.text, pieces, &LISTS.later_death).is_some()
                || harms.first().is_some_and(|first| self.is_one_more(first, pieces)))
    }

    /// "A sixth person", "four more people", "another": whether the subject of the death is one more than was told.
    fn is_one_more(&self, death: &EventMention, pieces: &[Span]) -> bool {
        let Some(piece) = pieces.iter().find(|piece| piece.contains(death.span)) else { return false };
        let before = Span::new(piece.start, death.span.start).of(&self.doc.text).to_lowercase();
        let small =
            |word: &&str| LISTS.auxiliary.iter().any(|a| a == word) || matches!(*word, "also" | "later" | "since");
        let more =
            |word: &str| matches!(word, "another" | "more") || crate::numeral::ordinal(word).is_some_and(|nth| nth > 1);
        before.split_whitespace().rev().skip_while(small).take(SUBJECT).any(more)
    }

    /// "By early afternoon 33 wounded had reached the hospital": when they came to be treated. But "eleven people were hurt on Monday
    /// and were taken to hospital" says when they were hurt. Likewise when bodies lay there.
    pub(super) fn in_care_later(&self, harms: &[&EventMention], pieces: &[Span]) -> bool {
        let text = &self.doc.text;
        let told = |harm: &&EventMention| {
            let last = before(text, harm.span.start, 12).split_whitespace().next_back().unwrap_or("").to_lowercase();
            let noun = matches!(
                &*self.doc.slice(harm.span).to_lowercase(),
                "wounded" | "injured" | "hurt" | "dead" | "wounds" | "injuries" | "burns" | "casualties"
            );
            !noun || LISTS.auxiliary.contains(&last)
        };
        let came = find_any(text, pieces, &LISTS.reached).or_else(|| self.bodies_lie(pieces));
        came.is_some_and(|came| !harms.iter().any(|harm| harm.span.end <= came.start && told(harm)))
            && find_any(text, pieces, &LISTS.clinics).is_some()
    }

    /// "Six bodies, all of them men, lay in the morgue": the verb of lying of which bodies are the subject.
    fn bodies_lie(&self, pieces: &[Span]) -> Option<Span> {
        let text = &self.doc.text;
        pieces.iter().find_map(|piece| {
            let bodies = find(text, *piece, &LISTS.remains)?;
            find(text, Span::new(bodies.end, piece.end), &LISTS.lying)
        })
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
