//! Is it an attack that the words of blame are said of? What they name, what they point to, and what stands before them.

use super::{QUALIFIERS, WORDS, ends_clause, is_in, is_one, lower};
use crate::claim::cue::{LISTS, find};
use crate::claim::proposition::Reader;
use crate::cover::inside;
use rashomon_model::span::Span;

impl Reader<'_> {
    /// "the attack in Orvel": an attack named, right from the start.
    pub(super) fn opens_with_attack(&self, pieces: &[Span]) -> bool {
        let Some(first) = pieces.first() else { return false };
        inside(&self.analysis.events, pieces, |e| e.span).next().is_some_and(|event| {
            event.kind.is_violence() && is_one(Span::new(first.start, event.span.start).of(&self.doc.text))
        })
    }

    /// Where attacks are named in a piece: events of violence, and nouns as "crime".
    pub(super) fn deeds(&self, piece: Span) -> Vec<Span> {
        let within = [piece];
        let events = inside(&self.analysis.events, &within, |e| e.span).filter(|event| event.kind.is_violence());
        let mut found: Vec<Span> = events.map(|event| event.span).collect();
        found.extend(find(&self.doc.text, piece, &WORDS.deeds));
        found.sort_unstable();
        found
    }

    /// "for the blast", "of carrying out Monday's raid", "it": whether the words from here on name an attack, or point to one.
    pub(super) fn names_attack(&self, from: u32, piece: Span) -> bool {
        let rest = Span::new(from.min(piece.end), piece.end);
        let words = rest.of(&self.doc.text);
        let pronoun = words.trim_start().split_inclusive(' ').find(|word| !matches!(word.trim(), "for" | "of"));
        if let Some(word) = pronoun.filter(|word| matches!(word.trim_end(), "it" | "this" | "that" | "these")) {
            let at = words.find(word).unwrap_or(0) + word.len();
            if ends_clause(words.get(at..).unwrap_or("")) {
                return true;
            }
        }
        self.deeds(rest).first().is_some_and(|deed| {
            let between = Span::new(rest.start, deed.start).of(&self.doc.text);
            let words = lower(between);
            let led = usize::from(words.first().is_some_and(|w| matches!(w.as_str(), "for" | "of" | "over" | "in")));
            let own = || words.iter().skip(led).filter(|word| !is_in(&WORDS.doing, word));
            let other = own().any(|word| word.ends_with("ing") || word == "that" || word == "not");
            !other && own().count() <= QUALIFIERS && !between.contains([',', ';', '.', ':'])
        })
    }

    /// Whether the words that lead to a doer are said of an attack: "the raid on Orvel, which was ordered by".
    pub(super) fn is_of_attack(&self, phrase: Span, pieces: &[Span]) -> bool {
        let text = &self.doc.text;
        let Some(piece) = pieces.iter().find(|piece| piece.contains(phrase)) else { return false };
        let head = Span::new(piece.start, phrase.start);
        let passive = |word: &String| LISTS.auxiliary.contains(word);
        let small = |word: &String| passive(word) || LISTS.negation.contains(word) || word.ends_with("ly");
        let words = lower(head.of(text));
        if let [first, rest @ ..] = words.as_slice()
            && matches!(first.as_str(), "it" | "this" | "that" | "these")
            && rest.iter().all(small)
        {
            return find(text, phrase, &WORDS.unnamed).is_some();
        }
        self.deeds(head).into_iter().any(|deed| {
            let led = lower(Span::new(head.start, deed.start).of(text));
            let behind = Span::new(deed.end, head.end);
            let words = lower(&self.without_places(behind));
            let attached = words.iter().all(|word| small(word) || is_in(&WORDS.link, word));
            // "an inquiry into the attack ordered by the army"
            let of_other = led.iter().rev().take(QUALIFIERS).any(|word| is_in(&WORDS.about, word));
            if attached {
                return !of_other || words.iter().any(passive);
            }
            let next = lower(behind.of(text));
            let goes_on = next.first().is_some_and(|word| small(word) || is_in(&WORDS.link, word));
            let subject = led.len() <= QUALIFIERS && !led.first().is_some_and(|word| is_in(&WORDS.aside, word));
            let last = next.iter().rev().take_while(|word| small(word)).any(passive);
            subject && goes_on && last && !behind.of(text).contains([';', ':'])
        })
    }

    /// "Mines laid by": whether what exploded stands right before the words.
    pub(super) fn is_of_device(&self, phrase: Span, pieces: &[Span]) -> bool {
        let Some(piece) = pieces.iter().find(|piece| piece.contains(phrase)) else { return false };
        let words = lower(&self.without_places(Span::new(piece.start, phrase.start)));
        let last = words.iter().rfind(|word| {
            !LISTS.auxiliary.contains(word) && !LISTS.negation.contains(word) && !is_in(&WORDS.link, word)
        });
        last.is_some_and(|word| is_in(&WORDS.devices, word))
    }

    /// The words of a span without its places and times.
    fn without_places(&self, span: Span) -> String {
        let within = [span];
        let toponyms = inside(&self.analysis.toponyms, &within, |toponym| toponym.span).map(|toponym| toponym.span);
        let times = inside(&self.analysis.times, &within, |time| time.span).map(|time| time.span);
        let mut known: Vec<Span> = toponyms.chain(times).collect();
        known.sort_unstable();
        let (mut left, mut from) = (String::new(), span.start);
        for one in known {
            left.push_str(Span::new(from.min(one.start), one.start).of(&self.doc.text));
            left.push(' ');
            from = from.max(one.end);
        }
        left.push_str(Span::new(from.min(span.end), span.end).of(&self.doc.text));
        left
    }
}
