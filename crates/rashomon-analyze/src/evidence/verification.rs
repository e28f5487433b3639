//! What is said of its verification? Phrases of the sentence, given to the item they speak of.

use rashomon_model::evidence::Verification;

use super::Reader;
use super::word::{Pattern, words};
use crate::mention::token::Token;

impl Reader<'_> {
    /// Phrases on verification in the sentence, given to the item they speak of.
    pub(super) fn verification(&mut self, from: usize, to: usize, first: usize) {
        let lists = words();
        let mut i = from;
        while i < to {
            let said = lists.said.get(self.key(i)).and_then(|patterns| {
                patterns.iter().find_map(|(status, pattern)| self.matches(pattern, i, to).map(|end| (*status, end)))
            });
            let Some((status, end)) = said else {
                i += 1;
                continue;
            };
            let negated = status != Verification::Unverified
                && (from.max(i.saturating_sub(3))..i)
                    .any(|at| matches!(self.key(at), "not" | "never" | "no" | "denied" | "cannot" | "yet"));
            let status = match (negated, status) {
                (true, Verification::Verified) => Verification::Unverified,
                (true, _) => {
                    i = end;
                    continue;
                }
                (false, status) => status,
            };
            if let Some(item) = self.spoken_of(i, end, from, first) {
                let span = self.span(i, end);
                if let Some(found) = self.found.get_mut(item).filter(|found| found.verification.is_none()) {
                    found.verification = Some((status, span));
                }
            }
            i = end;
        }
    }

    /// End of a pattern that starts at `i`.
    fn matches(&self, pattern: &Pattern, i: usize, to: usize) -> Option<usize> {
        let mut at = i;
        let mut parts = pattern.iter().peekable();
        while let Some(part) = parts.next() {
            match part {
                Some(word) => {
                    if at >= to || self.key(at) != word || at > i && self.marked(at) {
                        return None;
                    }
                    at += 1;
                }
                None => {
                    let next = parts.peek()?.as_ref()?;
                    let skip = (0..=3).find(|n| at + n < to && self.key(at + n) == next)?;
                    at += skip;
                }
            }
        }
        Some(at)
    }

    /// The item a phrase at token `i` speaks of: one before it in the sentence, else the next one, else the last of the sentence
    /// before if this one speaks of "it" or "its authenticity".
    fn spoken_of(&self, i: usize, end: usize, from: usize, first: usize) -> Option<usize> {
        let lists = words();
        let object = (end..end + 3).take_while(|at| !self.marked(*at)).any(|at| lists.not_items.contains(self.key(at)));
        if object {
            return None;
        }
        let other = (from..i).any(|at| lists.not_items.contains(self.key(at)));
        let here = first..self.found.len();
        let before = here.clone().rev().find(|item| self.heads.get(*item).is_some_and(|head| *head < i));
        if before.is_some() {
            return before;
        }
        if here.start < here.end && !other {
            return Some(here.start);
        }
        let refers = (from..i.min(from + 8)).any(|at| lists.about.contains(self.key(at)));
        let last = first.checked_sub(1)?;
        let near = self.heads.get(last).and_then(|head| self.tokens.get(*head)).zip(self.tokens.get(from)).is_some_and(
            |(a, b)| {
                let paragraph = |t: &Token| self.sentences.get(t.sentence).map(|s| s.paragraph);
                a.sentence + 1 == b.sentence && paragraph(a) == paragraph(b)
            },
        );
        (refers && near && !other).then_some(last)
    }
}
