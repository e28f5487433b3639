//! What does the text offer for it? Videos, lists, recordings, imagery, and what is said of their verification.
//!
//! Nouns of `data/evidence.toml` ([`word`]) with their article and what they are "of"; who released or made them (subject of a
//! verb of giving out, "by", possessive, "from"); phrases on verification in the same sentence, or in the next one that
//! speaks of "it" or "its authenticity". A definite mention ("the footage") of a kind met before is the same item.

mod word;

use rashomon_model::Document;
use rashomon_model::analysis::{Mention, MentionKind, Sentence};
use rashomon_model::evidence::{EvidenceKind, EvidenceMention, Verification};
use rashomon_model::span::Span;

use crate::mention::token::{Case, Gap, Token, tokens};
use word::{Pattern, words};

/// Longest item noun in words ("social media post").
const LONGEST: usize = 3;
/// Most words between an item and the verb of giving it out.
const REACH: usize = 10;

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
    let mut from = 0;
    while from < tokens.len() {
        let sentence = tokens.get(from).map(|t| t.sentence);
        let to =
            from + tokens.get(from..).unwrap_or_default().iter().take_while(|t| Some(t.sentence) == sentence).count();
        reader.sentence(from, to);
        from = to;
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

    /// An item noun at `i`: its end and kind.
    fn item(&self, i: usize, to: usize) -> Option<(usize, EvidenceKind)> {
        let lists = words();
        let first = self.tokens.get(i)?;
        if first.capital() && !first.opens {
            return None;
        }
        // "list of 22 names"
        if lists.of.contains(&first.key) && self.key(i + 1) == "of" {
            let listed = (i + 2..(i + 8).min(to))
                .take_while(|at| !self.marked(*at))
                .any(|at| lists.listed.contains(self.key(at)));
            if listed {
                return Some((i + 1, EvidenceKind::List));
            }
        }
        let listed = matches!(first.key.as_str(), "list" | "lists") && self.key(i.wrapping_sub(1)) == "the";
        if listed && self.found.iter().any(|e| e.kind == EvidenceKind::List) {
            return Some((i + 1, EvidenceKind::List));
        }
        if let Some(kind) = lists.documented.get(&first.key)
            && self.subject(i).is_some()
            && self.key(i + 1) == "the"
        {
            return Some((i + 1, *kind));
        }
        let most = LONGEST.min(to - i);
        let rest = self.tokens.get(i..)?;
        lists.items.longest(rest, most, |len, kind| {
            let whole = rest.get(1..len)?.iter().all(|t| matches!(t.gap, Gap::Space | Gap::Hyphen));
            let verb = len == 1 && self.used_otherwise(i);
            (whole && !verb).then_some((i + len, *kind))
        })
    }

    /// "to film", "posted", "command post", "in the picture", "self-image": not an item.
    fn used_otherwise(&self, i: usize) -> bool {
        let before = i.checked_sub(1).filter(|_| !self.marked(i)).map_or("", |b| self.key(b));
        let key = self.key(i);
        let glued = self.tokens.get(i).is_some_and(|t| t.gap == Gap::Hyphen)
            || self.tokens.get(i + 1).is_some_and(|t| t.gap == Gap::Hyphen);
        let auxiliary = matches!(
            before,
            "to" | "will"
                | "would"
                | "could"
                | "can"
                | "may"
                | "might"
                | "must"
                | "should"
                | "they"
                | "we"
                | "you"
                | "i"
        );
        // "a post", "a post on Telegram" is an item; any other noun before it makes it a place ("command post") or an office
        let post = matches!(key, "post" | "posts") && !words().post_before.contains(before) && !self.online(i + 1);
        let subject_verb =
            matches!(key, "posts" | "pictures" | "documents" | "records" | "films" | "images") && self.verb_like(i);
        let record = matches!(key, "recording" | "filming")
            && !self.marked(i + 1)
            && matches!(self.key(i + 1), "the" | "a" | "an");
        glued || auxiliary || post || subject_verb || record
    }

    /// "on Telegram", "to the platform": what follows says that it was put online.
    fn online(&self, i: usize) -> bool {
        matches!(self.key(i), "on" | "to" | "from")
            && !self.marked(i)
            && (i + 1..i + 4).take_while(|at| !self.marked(*at)).any(|at| words().platforms.contains(self.key(at)))
    }

    /// "activists posts videos": a name before and an object after.
    fn verb_like(&self, i: usize) -> bool {
        let name = i.checked_sub(1).and_then(|b| self.tokens.get(b)).is_some_and(Token::capital);
        name && !self.marked(i + 1) && words().items.contains(self.key(i + 1))
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
        match (self.tokens.get(from), self.tokens.get(to.saturating_sub(1))) {
            (Some(a), Some(b)) => a.span.cover(b.span),
            _ => Span::default(),
        }
    }

    /// Whether the token may stand between the article and the noun.
    fn qualifies(&self, i: usize) -> bool {
        let Some(token) = self.tokens.get(i) else { return false };
        let lists = words();
        if self.in_name(i) {
            return false;
        }
        let article = lists.new.contains(&token.key) || lists.same.contains(&token.key);
        let adjective = token.case == Case::Lower
            && (["ed", "al", "ic", "y", "ive", "ous", "ary", "ile", "raphic", "eur", "ing"]
                .iter()
                .any(|end| token.key.ends_with(end) && token.key.len() > 4)
                || matches!(
                    token.key.as_str(),
                    "blog"
                        | "mobile"
                        | "phone"
                        | "drone"
                        | "short"
                        | "graphic"
                        | "first"
                        | "long"
                        | "raw"
                        | "grainy"
                        | "scratchy"
                        | "online"
                        | "news"
                        | "media"
                        | "social"
                        | "public"
                ));
        let release = lists.release.get(&token.key).copied().unwrap_or(false)
            && i > 0
            && !self.marked(i)
            && !self.key(i - 1).ends_with("ly");
        article || token.case == Case::None || adjective && !release
    }

    /// Whether the token is part of a named actor ("the defence ministry video").
    fn in_name(&self, i: usize) -> bool {
        let Some(span) = self.tokens.get(i).map(|t| t.span) else { return false };
        let to = self.mentions.partition_point(|m| m.span.start <= span.start);
        self.mentions.get(to.saturating_sub(4)..to).unwrap_or_default().iter().any(|m| {
            m.span.contains(span) && !matches!(m.kind, MentionKind::Weapon | MentionKind::Other | MentionKind::Place)
        })
    }

    fn ends_phrase(&self, i: usize) -> bool {
        matches!(
            self.key(i),
            "in" | "on"
                | "at"
                | "near"
                | "from"
                | "to"
                | "that"
                | "which"
                | "who"
                | "was"
                | "were"
                | "is"
                | "are"
                | "and"
                | "but"
                | "as"
                | "by"
                | "has"
                | "had"
                | "have"
                | "said"
                | "with"
                | "after"
                | "before"
                | "during"
                | "appeared"
                | "appears"
                | "show"
                | "shows"
                | "showed"
                | "for"
                | "when"
        ) || words().release.get(self.key(i)).copied().unwrap_or(false)
    }

    /// Who gave it out or made it.
    fn released_by(&self, start: usize, stop: usize, from: usize, to: usize) -> Option<Span> {
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
    fn subject(&self, i: usize) -> Option<Span> {
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

    /// Phrases on verification in the sentence, given to the item they speak of.
    fn verification(&mut self, from: usize, to: usize, first: usize) {
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

#[cfg(test)]
mod tests;
