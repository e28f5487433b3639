//! What does the text offer for it? Videos, lists, recordings, imagery, and what is said of their verification.
//!
//! Nouns of `data/evidence.toml` ([`word`]) with their article and what they are "of"; who released or made them (subject of a
//! verb of giving out, "by", possessive, "from"); phrases on verification in the same sentence, or in the next one that
//! speaks of "it" or "its authenticity". A definite mention ("the footage") of a kind met before is the same item.

mod giver;
mod item;
mod verification;
mod word;

use rashomon_model::Document;
use rashomon_model::analysis::{Mention, Sentence};
use rashomon_model::evidence::{EvidenceKind, EvidenceMention};
use rashomon_model::span::Span;

use crate::mention::token::{Gap, Token, by_sentence, extent, tokens};
use word::words;

/// Evidence mentioned in the document, in text order.
#[must_use]
pub fn read(doc: &Document, sentences: &[Sentence], mentions: &[Mention]) -> Vec<EvidenceMention> {
    read_tokens(doc, sentences, &tokens(doc, sentences), mentions)
}

/// [`read`] over tokens made before.
pub(crate) fn read_tokens(
    doc: &Document,
    sentences: &[Sentence],
    tokens: &[Token],
    mentions: &[Mention],
) -> Vec<EvidenceMention> {
    let mut reader = Reader { doc, sentences, tokens, mentions, found: Vec::new(), heads: Vec::new() };
    for (from, to) in by_sentence(tokens) {
        reader.sentence(from, to);
    }
    reader.found
}

struct Reader<'a> {
    doc: &'a Document,
    sentences: &'a [Sentence],
    tokens: &'a [Token],
    mentions: &'a [Mention],
    found: Vec<EvidenceMention>,
    /// Token of each found mention's noun.
    heads: Vec<usize>,
}

impl Reader<'_> {
    fn key(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |t| t.key.as_str())
    }

    fn marked(&self, i: usize) -> bool {
        self.tokens.get(i).is_none_or(|t| matches!(t.gap, Gap::Hard | Gap::Start))
    }

    fn sentence(&mut self, from: usize, to: usize) {
        let first = self.found.len();
        let mut i = from;
        while i < to {
            if let Some((end, kind)) = self.item(i, to) {
                self.push(i, end, kind, from, to);
                i = end;
            } else {
                i += 1;
            }
        }
        self.verification(from, to, first);
    }

    fn push(&mut self, at: usize, end: usize, kind: EvidenceKind, from: usize, to: usize) {
        let mut start = at;
        let mut steps = 0;
        // modifiers back to the article, over nothing that is a verb or preposition
        while start > from && steps < 5 && !self.marked(start) && self.qualifies(start - 1) {
            start -= 1;
            steps += 1;
            if words().new.contains(self.key(start)) && !matches!(self.key(start), "new" | "other")
                || words().same.contains(self.key(start))
            {
                break;
            }
        }
        let mut stop = end;
        if self.key(end) == "of" && !self.marked(end) {
            stop = (end + 1..(end + 8).min(to))
                .find(|i| self.marked(*i) || self.ends_phrase(*i))
                .unwrap_or((end + 8).min(to));
        }
        let span = self.span(start, stop);
        let by = self.released_by(start, stop, from, to);
        let same_as = self.same(kind, start, at, by);
        self.found.push(EvidenceMention { span, kind, by, verification: None, same_as });
        self.heads.push(at);
    }

    fn span(&self, from: usize, to: usize) -> Span {
        extent(self.tokens, from, to)
    }

    /// The earlier mention of the same item: a definite one takes up the last of its kind; an indefinite one nothing.
    fn same(&self, kind: EvidenceKind, start: usize, at: usize, by: Option<Span>) -> Option<usize> {
        let lists = words();
        let head = self.key(start);
        let definite = lists.same.contains(head)
            || matches!(self.key(start.wrapping_sub(1)), "the" | "its" | "this" | "that" | "these" | "those");
        let some_of = self.key(start.wrapping_sub(2)) == "some" || self.key(start.wrapping_sub(3)) == "some";
        let bare = start == at && by.is_some();
        if lists.new.contains(head) && !definite || !(definite || some_of || bare) {
            return None;
        }
        let words_of = |span: Option<Span>| span.map(|s| self.doc.slice(s).to_lowercase());
        let earlier = self.found.iter().rposition(|e| {
            let visual = |k| matches!(k, EvidenceKind::Video | EvidenceKind::Imagery | EvidenceKind::Photo);
            let alike = e.kind == kind || visual(e.kind) && visual(kind) && definite && self.key(at) == "images";
            let makers = by.is_none() || e.by.is_none() || words_of(by) == words_of(e.by) || self.one_party(by, e.by);
            alike && makers
        })?;
        // the first mention stands for the item
        Some(self.found.get(earlier).and_then(|e| e.same_as).unwrap_or(earlier))
    }

    fn one_party(&self, a: Option<Span>, b: Option<Span>) -> bool {
        let name = |span: Option<Span>| self.mentions.iter().find(|m| Some(m.span) == span).map(|m| m.name.as_str());
        name(a).is_some() && name(a) == name(b)
    }
}

#[cfg(test)]
mod tests;
