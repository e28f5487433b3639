//! What is each word of a clause? A verb, a preposition, a time, without a parser: by closed-class words, cue verbs and marks, as far
//! as those tell. Noun phrases: [`super::phrase`].

use rashomon_model::Document;
use rashomon_model::analysis::Mention;
use rashomon_model::span::Span;

use crate::mention::lexicon::lexicon;
use crate::mention::token::{Case, Gap, Token, extent};

use super::closed::{CLOSED, is_month};

/// Tokens of one sentence as `from..to` of the document's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clause<'a> {
    pub(super) doc: &'a Document,
    pub(super) mentions: &'a [Mention],
    pub(super) tokens: &'a [Token],
    pub(super) from: usize,
    pub(super) to: usize,
}

impl Clause<'_> {
    pub(super) fn key(&self, i: usize) -> &str {
        if i < self.from || i >= self.to { "" } else { self.tokens.get(i).map_or("", |t| t.key.as_str()) }
    }

    pub(super) fn token(&self, i: usize) -> Option<&Token> {
        if i < self.from || i >= self.to { None } else { self.tokens.get(i) }
    }

    /// Whether a mark other than a hyphen, an apostrophe or a mere quotation mark stands before token `i`.
    pub(super) fn marked(&self, i: usize) -> bool {
        let Some(token) = self.token(i) else { return true };
        match token.gap {
            Gap::Start => true,
            Gap::Hard => {
                let Some(before) = i.checked_sub(1).and_then(|b| self.tokens.get(b)) else { return true };
                let between = Span::new(before.span.end, token.span.start.max(before.span.end)).of(&self.doc.text);
                // "10.07", "1,200": a point or comma inside figures
                let figures = |t: &Token| t.key.chars().all(|c| c.is_ascii_digit());
                if matches!(between, "." | ":" | ",") && figures(before) && figures(token) {
                    return false;
                }
                !between.chars().all(|c| {
                    c.is_whitespace() || matches!(c, '"' | '“' | '”' | '‘' | '’' | '\'' | '«' | '»' | '[' | ']')
                })
            }
            _ => false,
        }
    }

    /// Whether the token lies inside the name of a mention, not at its start.
    pub(super) fn inside_name(&self, i: usize) -> bool {
        let Some(token) = self.token(i) else { return false };
        let to = self.mentions.partition_point(|m| m.span.start < token.span.start);
        let near = self.mentions.get(to.saturating_sub(6)..to).unwrap_or_default();
        near.iter().any(|m| m.span.contains(token.span) && m.confidence > 0.62)
    }

    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        extent(self.tokens, from, to)
    }

    /// The mark right before token `i` is a comma.
    pub(super) fn comma(&self, i: usize) -> bool {
        let Some(token) = self.token(i) else { return false };
        self.doc.text.get(..token.span.start as usize).is_some_and(|before| before.trim_end().ends_with(','))
    }

    /// Whether the token is most likely a verb: an auxiliary, a cue, a common verb, or a past form.
    pub(super) fn is_verb(&self, i: usize) -> bool {
        let key = self.key(i);
        let token = self.token(i);
        // "rebel-held areas": the second half of a compound is no verb
        let lower = token.is_some_and(|t| (t.case == Case::Lower || t.opens) && t.gap != Gap::Hyphen);
        let past = lower && key.len() > 4 && key.ends_with("ed") && !self.premodifier(i);
        lower
            && (CLOSED.be.contains(key)
                || CLOSED.auxiliaries.contains(key)
                || CLOSED.verbs.contains(key) && !self.is_noun_here(i)
                || lexicon().cues.contains(key) && !self.is_noun_here(i)
                || past)
    }

    /// "armed groups", "besieged towns": a participle between a determiner or adjective and a noun.
    pub(super) fn premodifier(&self, i: usize) -> bool {
        let next = self.key(i + 1);
        let plain = !next.is_empty()
            && !self.marked(i + 1)
            && !CLOSED.prepositions.contains(next)
            && !CLOSED.determiners.contains(next)
            && !CLOSED.links.contains(next);
        plain
            && (self.marked(i)
                || CLOSED.determiners.contains(self.key(i.wrapping_sub(1)))
                || lexicon().modifiers.contains(self.key(i))
                || CLOSED.prepositions.contains(self.key(i.wrapping_sub(1))))
    }

    /// "claims", "reports", "calls" after a determiner or adjective are nouns.
    fn is_noun_here(&self, i: usize) -> bool {
        i > self.from && !self.marked(i) && CLOSED.determiners.contains(self.key(i - 1)) && self.key(i - 1) != "that"
    }

    /// Start of the verb group that ends at verb `i`: left over adverbs, auxiliaries, "be". Also whether a passive "be" is in it.
    pub(super) fn verb_group(&self, i: usize) -> (usize, bool) {
        let mut from = i;
        let mut passive = false;
        while from > self.from && i - from < 6 && !self.marked(from) {
            let key = self.key(from - 1);
            let adverb =
                CLOSED.adverbs.contains(key) || key.len() > 4 && key.ends_with("ly") && !lexicon().common.contains(key);
            if CLOSED.be.contains(key) {
                passive = true;
            } else if !(adverb || CLOSED.auxiliaries.contains(key)) {
                break;
            }
            from -= 1;
        }
        (from, passive)
    }

    /// A preposition at `i` that leads to what an event noun is done to.
    pub(super) fn leads_to_target(&self, i: usize, verbal: bool) -> bool {
        matches!(self.key(i), "on" | "against" | "at" | "targeting" | "hitting" | "upon")
            || verbal && self.key(i) == "of"
    }

    /// Whether the token is a word a noun phrase may begin with before an event noun ("the", "Russian", "20").
    pub(super) fn determiner(&self, i: usize) -> bool {
        CLOSED.determiners.contains(self.key(i))
    }

    /// Whether the token is a preposition.
    pub(super) fn preposition(&self, i: usize) -> bool {
        CLOSED.prepositions.contains(self.key(i))
    }

    /// Whether a time of the calendar or the clock starts at the token, as the reader of times tells ("10.07", "about ten to six in
    /// the evening"): when something was done, not to whom.
    pub(super) fn moment(&self, i: usize) -> bool {
        let sentence = self.span(self.from, self.to);
        self.time(i) || self.token(i).is_some_and(|t| crate::time::starts(&self.doc.text, sentence, t.span.start))
    }

    /// Whether a time starts at the token ("Wednesday", "17 March", "March 17"), which is never hit.
    pub(super) fn time(&self, i: usize) -> bool {
        let number = |i: usize| self.key(i).starts_with(|c: char| c.is_ascii_digit());
        // "may" is a month only with its capital
        let month = |i: usize| is_month(self.key(i)) && self.token(i).is_some_and(|t| t.case != Case::Lower);
        CLOSED.times.contains(self.key(i)) || number(i) && month(i + 1) || month(i)
    }
}
