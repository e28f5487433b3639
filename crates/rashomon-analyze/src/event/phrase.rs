//! Which noun phrase of a clause ends, or begins, at a word?
//!
//! A phrase is given as its pieces, cut at "and" and "or", without their articles.

use rashomon_model::span::Span;

use super::clause::Clause;
use super::closed::CLOSED;
use super::word::{Form, words};
use crate::mention::lexicon::lexicon;

/// Longest noun phrase read, in tokens.
const LONGEST: usize = 14;

impl Clause<'_> {
    /// The noun phrase that ends before token `end`: its pieces (split at "and", "or"), first to last, and where it starts.
    pub(super) fn left(&self, end: usize) -> (Vec<Span>, usize) {
        self.phrase_before(end, true)
    }

    /// The noun phrase that the phrase starting at `start` says the place of, and where it starts: "snipers" of "on the roof".
    pub(super) fn head_of(&self, start: usize) -> Option<(Vec<Span>, usize)> {
        let at = start.checked_sub(1).filter(|at| *at > self.from && !self.marked(start))?;
        if !CLOSED.places.contains(self.key(at)) || self.marked(at) {
            return None;
        }
        let (head, from) = self.left(at);
        (!head.is_empty()).then_some((head, from))
    }

    /// The noun phrase kept by whom the phrase at `start` names: "a school" of "a school used by the army", and where it starts.
    pub(super) fn kept_by(&self, start: usize) -> Option<(Vec<Span>, usize)> {
        let by = start.checked_sub(1).filter(|by| !self.marked(start) && self.key(*by) == "by")?;
        let participle = by.checked_sub(1).filter(|at| words().keeps.contains(self.key(*at)))?;
        let (kept, from) = self.left(participle);
        (!kept.is_empty()).then_some((kept, from))
    }

    /// The words that modify a noun at `end` (no "X of Y"), as [`left`](Self::left).
    pub(super) fn modifiers(&self, end: usize) -> (Vec<Span>, usize) {
        self.phrase_before(end, false)
    }

    fn phrase_before(&self, end: usize, owners: bool) -> (Vec<Span>, usize) {
        let mut from = end;
        while from > self.from && end - from < LONGEST {
            let at = from - 1;
            if self.marked(from) {
                // "A, B and C": go on over a comma only if a conjunction follows later in the phrase
                let listed = from < end && self.comma(from) && (from..end).any(|i| matches!(self.key(i), "and" | "or"));
                if !listed {
                    break;
                }
            }
            let key = self.key(at);
            let conjunction = matches!(key, "and" | "or" | "nor");
            // "from", "of" and "belonging to" keep the owner inside
            let owner = key == "of" && from < end && owners;
            let name = self.inside_name(at) || from < end && self.inside_name(from);
            if name && !self.marked(from) {
                from = at;
                continue;
            }
            if CLOSED.pronouns.contains(key) {
                from = if from == end { at } else { from };
                break;
            }
            if conjunction && (from == end || at == self.from || self.is_verb(at - 1)) {
                break;
            }
            if !conjunction
                && !owner
                && (CLOSED.prepositions.contains(key)
                    || CLOSED.links.contains(key)
                    || self.is_verb(at)
                    || CLOSED.times.contains(key))
            {
                break;
            }
            if words().senses.get(key).is_some_and(|s| s.verb == Some(Form::Past)) && !self.premodifier(at) {
                break;
            }
            from = at;
            // "after the raid an inquiry": a phrase begins with its article
            let joined = matches!(self.key(at.wrapping_sub(1)), "of" | "and" | "or" | "nor");
            if matches!(key, "the" | "a" | "an") && !joined && !self.marked(at) {
                break;
            }
        }
        // a leading conjunction is no part of it
        while from < end && matches!(self.key(from), "and" | "or" | "nor" | "of") {
            from += 1;
        }
        (self.pieces(from, end), from)
    }

    /// The noun phrase that starts at `start`: its pieces and where it ends.
    pub(super) fn right(&self, start: usize) -> (Vec<Span>, usize) {
        let mut to = start;
        while to < self.to && to - start < LONGEST {
            let key = self.key(to);
            if to > start && self.marked(to) {
                let listed = self.comma(to) && self.conjoined(to);
                if !listed {
                    break;
                }
            }
            if to > start && self.inside_name(to) {
                to += 1;
                continue;
            }
            // "the mill an inquiry", "the mill the day before": another phrase
            let joined = matches!(self.key(to.wrapping_sub(1)), "of" | "and" | "or" | "nor" | "all" | "both" | "half");
            if to > start && matches!(key, "the" | "a" | "an") && !joined && !self.marked(to) {
                break;
            }
            // "a school used by the army": who keeps it is no part of its name
            if to > start && words().keeps.contains(key) && self.key(to + 1) == "by" {
                break;
            }
            let owner = matches!(key, "of") && to > start;
            let conjunction = matches!(key, "and" | "or" | "nor") && to > start;
            let clause = conjunction
                && (to + 1..(to + 6).min(self.to))
                    .take_while(|i| !self.marked(*i))
                    .any(|i| self.is_verb(i) && !self.premodifier(i))
                && (self.determiner(to + 1) || CLOSED.pronouns.contains(self.key(to + 1)));
            if clause {
                break;
            }
            // "Varlandic or allied jets": an adjective, though it ends like a verb
            let adjective = lexicon().modifiers.contains(self.key(to + 1)) && !self.preposition(to + 2);
            if conjunction
                && !adjective
                && (self.key(to + 1).ends_with("ed") || self.is_verb(to + 1) || self.event_verb(to + 1))
            {
                break;
            }
            let stop = CLOSED.prepositions.contains(key) && !(to == start && key == "at")
                || CLOSED.links.contains(key) && !(to == start && key == "that")
                || self.is_verb(to) && !(to == start && key.ends_with("ed"))
                || CLOSED.times.contains(key) && to > start
                || to > start && matches!(key, "he" | "she" | "they" | "we" | "i" | "it");
            if stop && !owner && !conjunction {
                break;
            }
            to += 1;
        }
        while to > start && matches!(self.key(to - 1), "and" | "or" | "nor" | "of" | "the" | "a") {
            to -= 1;
        }
        (self.pieces(start, to), to)
    }

    fn event_verb(&self, i: usize) -> bool {
        words().senses.get(self.key(i)).is_some_and(|s| matches!(s.verb, Some(Form::Past | Form::Third)) && !s.noun)
    }

    /// Whether a list goes on after the comma before `i`: a conjunction within the next few words, no verb in between.
    fn conjoined(&self, i: usize) -> bool {
        for at in i..(i + 6).min(self.to) {
            if at > i && self.marked(at) && !self.comma(at) || self.is_verb(at) || CLOSED.links.contains(self.key(at)) {
                return false;
            }
            if matches!(self.key(at), "and" | "or") {
                return at > i || !self.is_verb(at + 1);
            }
        }
        false
    }

    /// The phrase `from..to` cut at conjunctions and commas, without articles.
    fn pieces(&self, from: usize, to: usize) -> Vec<Span> {
        let mut pieces = Vec::new();
        let mut start = from;
        for i in from..to {
            if self.inside_name(i) {
                continue;
            }
            let cut = matches!(self.key(i), "and" | "or" | "nor");
            let comma = i > start && self.marked(i);
            if cut || comma {
                let begin = self.trim(start, i);
                if begin < i {
                    pieces.push(self.span(begin, i));
                }
                start = if cut { i + 1 } else { i };
            }
        }
        let begin = self.trim(start, to);
        if begin < to {
            pieces.push(self.span(begin, to));
        }
        pieces
    }

    /// Skips determiners and numbers before a noun phrase proper? Only the article; the rest is part of what is named.
    fn trim(&self, mut from: usize, to: usize) -> usize {
        while from < to
            && matches!(
                self.key(from),
                "the" | "a" | "an" | "its" | "their" | "his" | "both" | "either" | "some" | "other" | "at" | "least"
            )
            && to - from > 1
        {
            from += 1;
        }
        from
    }
}
