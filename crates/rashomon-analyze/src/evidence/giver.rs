//! Who gave it out or made it? The owner before the item, "released by", "from", the subject of a verb of giving out.

use rashomon_model::analysis::{Mention, MentionKind};
use rashomon_model::span::Span;

use super::Reader;
use super::word::words;
use crate::mention::token::Gap;

/// Most words between an item and the verb of giving it out.
const REACH: usize = 10;

impl Reader<'_> {
    /// Who gave it out or made it.
    pub(super) fn released_by(&self, start: usize, stop: usize, from: usize, to: usize) -> Option<Span> {
        let lists = words();
        // "X's video", "the X video": a name inside or right before the noun phrase
        if let Some(owner) = self.mention_before(start) {
            return Some(owner);
        }
        // "released by X", "posted on Friday by X", "from X"
        let end = (stop + REACH).min(to);
        let mut released = false;
        for i in stop..end {
            if self.marked(i) && i > stop
                || matches!(self.key(i), "that" | "which" | "showing" | "shows" | "show" | "purports" | "and")
            {
                break;
            }
            released |= lists.release.contains_key(self.key(i));
            if self.key(i) == "by" && released || self.key(i) == "from" && i == stop {
                if let Some(mention) = self.mention_at(i + 1) {
                    return Some(mention);
                }
                break;
            }
        }
        // "X released (a) video"
        let begin = from.max(start.saturating_sub(REACH));
        let verb = (begin..start)
            .rev()
            .take_while(|i| !self.marked(i + 1))
            .find(|i| lists.release.contains_key(self.key(*i)) && self.key(*i) != "showing")?;
        self.subject(verb)
    }

    /// The actor mention right before the verb at `i`, over auxiliaries.
    pub(super) fn subject(&self, i: usize) -> Option<Span> {
        let mut at = i;
        while at > 0
            && !self.marked(at)
            && matches!(self.key(at - 1), "has" | "have" | "had" | "also" | "later" | "then" | "who" | "and" | "which")
        {
            at -= 1;
        }
        let end = self.tokens.get(at.checked_sub(1)?)?.span.end;
        let sentence = self.tokens.get(i)?.sentence;
        self.actor(|m| m.span.end <= end && m.span.end + 40 >= end, sentence, Some(end))
    }

    fn mention_before(&self, start: usize) -> Option<Span> {
        let before = self.tokens.get(start.checked_sub(1)?)?;
        let here = self.tokens.get(start)?;
        if before.sentence != here.sentence || matches!(here.gap, Gap::Hard) {
            return None;
        }
        let end = before.span.end;
        self.actor(|m| m.span.end == end, here.sentence, None)
    }

    fn mention_at(&self, i: usize) -> Option<Span> {
        let here = self.tokens.get(i)?;
        let next = self.tokens.get(i + 1).filter(|_| matches!(here.key.as_str(), "the" | "a" | "an"));
        let start = next.map_or(here.span.start, |t| t.span.start);
        self.actor(|m| m.span.start == start || m.span.start == here.span.start, here.sentence, None)
    }

    /// The last mention of someone who can give things out that fits; with `end`, one with at most a few words after it.
    fn actor(&self, fits: impl Fn(&Mention) -> bool, sentence: usize, end: Option<u32>) -> Option<Span> {
        let within = self.sentences.get(sentence)?.span;
        let from = self.mentions.partition_point(|m| m.span.start < within.start);
        let here = self.mentions.get(from..)?.iter().take_while(|m| m.span.start < within.end);
        let mut best: Option<&Mention> = None;
        for mention in here.filter(|m| fits(m)) {
            let actor = matches!(
                mention.kind,
                MentionKind::Person
                    | MentionKind::Organisation
                    | MentionKind::ArmedGroup
                    | MentionKind::Government
                    | MentionKind::Media
            );
            let near = end.is_none_or(|end| {
                let words = Span::new(mention.span.end.min(end), end).of(&self.doc.text);
                words.split_whitespace().count() <= 2 && !words.contains([',', ';', '.'])
            });
            if actor && near && best.is_none_or(|b| !b.span.contains(mention.span)) {
                best = Some(mention);
            }
        }
        best.map(|m| m.span)
    }
}
