//! Where do the parts of a clause lie? Noun phrases left and right of a word, without a parser: by closed-class words, cue
//! verbs and marks, as far as those tell.

use rashomon_model::Document;
use rashomon_model::analysis::Mention;
use rashomon_model::span::Span;

use crate::attribution::lexicon::Lexicon;
use crate::mention::lexicon::lexicon;
use crate::mention::token::{Case, Gap, Token};

use super::word::words;

/// Tokens of one sentence as `from..to` of the document's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clause<'a> {
    pub(super) doc: &'a Document,
    pub(super) mentions: &'a [Mention],
    pub(super) tokens: &'a [Token],
    pub(super) from: usize,
    pub(super) to: usize,
}

/// Forms of "be" and "get" that make a passive.
pub(super) const BE: &[&str] =
    &["is", "are", "was", "were", "be", "been", "being", "got", "get", "gets", "wasnt", "werent", "isnt", "arent"];
/// Auxiliaries and modals.
const AUXILIARIES: &[&str] = &[
    "has", "have", "had", "having", "will", "would", "may", "might", "could", "can", "should", "must", "shall", "did",
    "does", "do", "hasnt", "havent", "hadnt", "wont", "wouldnt", "couldnt", "cant", "cannot", "didnt", "doesnt",
    "dont", "to",
];
/// Adverbs and the like inside a verb group.
const ADVERBS: &[&str] = &[
    "not",
    "never",
    "also",
    "now",
    "then",
    "already",
    "just",
    "again",
    "only",
    "even",
    "still",
    "twice",
    "once",
    "since",
    "both",
    "all",
    "actually",
    "later",
    "earlier",
    "first",
    "ever",
    "yet",
    "soon",
    "often",
    "itself",
    "themselves",
];
/// Common verbs that are neither cues nor events.
const VERBS: &[&str] = &[
    "show",
    "shows",
    "showed",
    "shown",
    "showing",
    "appear",
    "appears",
    "appeared",
    "join",
    "joins",
    "help",
    "helps",
    "helped",
    "hold",
    "holds",
    "held",
    "defeat",
    "discuss",
    "include",
    "includes",
    "including",
    "contain",
    "contains",
    "see",
    "sees",
    "saw",
    "seen",
    "go",
    "goes",
    "went",
    "give",
    "gives",
    "gave",
    "take",
    "takes",
    "took",
    "make",
    "makes",
    "made",
    "receive",
    "bring",
    "brings",
    "brought",
    "draw",
    "drew",
    "leave",
    "leaves",
    "left",
    "cause",
    "causes",
    "causing",
    "destroying",
    "killing",
    "wounding",
    "injuring",
    "damaging",
    "came",
    "come",
    "comes",
    "get",
    "gets",
    "got",
    "know",
    "knows",
    "knew",
    "found",
    "find",
    "finds",
    "kept",
    "keep",
    "keeps",
    "lost",
    "lose",
    "meet",
    "met",
    "put",
    "ran",
    "run",
    "runs",
    "set",
    "stand",
    "stood",
];
const PRONOUNS: &[&str] = &["it", "he", "she", "they", "we", "i", "you", "them", "him", "us"];
const PREPOSITIONS: &[&str] = &[
    "in",
    "on",
    "at",
    "near",
    "from",
    "to",
    "into",
    "across",
    "around",
    "outside",
    "inside",
    "over",
    "with",
    "by",
    "for",
    "of",
    "against",
    "during",
    "after",
    "before",
    "since",
    "under",
    "through",
    "between",
    "among",
    "within",
    "without",
    "towards",
    "toward",
    "along",
    "behind",
    "beyond",
    "upon",
    "via",
    "about",
    "as",
    "amid",
    "despite",
    "including",
    "like",
    "until",
    "till",
    "than",
    "per",
    "following",
    "because",
    "alongside",
    "beside",
    "off",
    "onto",
    "out",
    "up",
    "down",
    "according",
];
const LINKS: &[&str] = &[
    "that", "which", "who", "whom", "whose", "when", "while", "where", "if", "but", "although", "though", "because",
    "so", "whether", "unless", "however", "what", "how", "why", "whereas", "yet", "saying", "claiming", "adding",
    "rather", "instead", "there",
];
const DETERMINERS: &[&str] = &[
    "the", "a", "an", "this", "that", "these", "those", "its", "their", "his", "her", "our", "my", "your", "any",
    "some", "several", "many", "few", "all", "both", "each", "every", "no", "such", "more", "other", "another", "new",
    "least", "at",
];
const TIMES: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "today",
    "yesterday",
    "overnight",
    "tonight",
    "tomorrow",
    "last",
    "earlier",
    "later",
    "early",
    "late",
    "ago",
    "midday",
    "midnight",
    "dawn",
    "again",
];
/// Longest noun phrase read, in tokens.
const LONGEST: usize = 14;

/// Whether the word, in lower case, is the name of a month.
fn is_month(word: &str) -> bool {
    word == "may" || Lexicon::get().words.months.contains(word)
}

/// Whether the word, in lower case, names a time by itself: a weekday, month or part of a day.
pub(crate) fn is_time(word: &str) -> bool {
    TIMES.contains(&word) || is_month(word)
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
        match (self.tokens.get(from), self.tokens.get(to.saturating_sub(1))) {
            (Some(first), Some(last)) if from < to => first.span.cover(last.span),
            _ => Span::default(),
        }
    }

    /// The mark right before token `i` is a comma.
    fn comma(&self, i: usize) -> bool {
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
            && (BE.contains(&key)
                || AUXILIARIES.contains(&key)
                || VERBS.contains(&key) && !self.is_noun_here(i)
                || lexicon().cues.contains(key) && !self.is_noun_here(i)
                || past)
    }

    /// "armed groups", "besieged towns": a participle between a determiner or adjective and a noun.
    fn premodifier(&self, i: usize) -> bool {
        let next = self.key(i + 1);
        let plain = !next.is_empty()
            && !self.marked(i + 1)
            && !PREPOSITIONS.contains(&next)
            && !DETERMINERS.contains(&next)
            && !LINKS.contains(&next);
        plain
            && (self.marked(i)
                || DETERMINERS.contains(&self.key(i.wrapping_sub(1)))
                || lexicon().modifiers.contains(self.key(i))
                || PREPOSITIONS.contains(&self.key(i.wrapping_sub(1))))
    }

    /// "claims", "reports", "calls" after a determiner or adjective are nouns.
    fn is_noun_here(&self, i: usize) -> bool {
        i > self.from && !self.marked(i) && DETERMINERS.contains(&self.key(i - 1)) && self.key(i - 1) != "that"
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

    /// The noun phrase that ends before token `end`: its pieces (split at "and", "or"), first to last, and where it starts.
    pub(super) fn left(&self, end: usize) -> (Vec<Span>, usize) {
        self.phrase_before(end, true)
    }

    /// The noun phrase that the phrase starting at `start` says the place of: "snipers" of "on the roof".
    pub(super) fn head_of(&self, start: usize) -> Option<Vec<Span>> {
        let at = start.checked_sub(1).filter(|at| *at > self.from && !self.marked(start))?;
        let places =
            ["on", "in", "at", "near", "over", "above", "behind", "inside", "outside", "along", "around", "under"];
        if !places.contains(&self.key(at)) || self.marked(at) {
            return None;
        }
        let (head, _) = self.left(at);
        (!head.is_empty()).then_some(head)
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
            if PRONOUNS.contains(&key) {
                from = if from == end { at } else { from };
                break;
            }
            if conjunction && (from == end || at == self.from || self.is_verb(at - 1)) {
                break;
            }
            if !conjunction
                && !owner
                && (PREPOSITIONS.contains(&key) || LINKS.contains(&key) || self.is_verb(at) || TIMES.contains(&key))
            {
                break;
            }
            if words().senses.get(key).is_some_and(|s| s.verb == Some(super::word::Form::Past)) && !self.premodifier(at)
            {
                break;
            }
            from = at;
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
            let owner = matches!(key, "of") && to > start;
            let conjunction = matches!(key, "and" | "or" | "nor") && to > start;
            let clause = conjunction
                && (to + 1..(to + 6).min(self.to))
                    .take_while(|i| !self.marked(*i))
                    .any(|i| self.is_verb(i) && !self.premodifier(i))
                && (self.determiner(to + 1) || PRONOUNS.contains(&self.key(to + 1)));
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
            let stop = PREPOSITIONS.contains(&key) && !(to == start && key == "at")
                || LINKS.contains(&key) && !(to == start && key == "that")
                || self.is_verb(to) && !(to == start && key.ends_with("ed"))
                || TIMES.contains(&key) && to > start
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
        words()
            .senses
            .get(self.key(i))
            .is_some_and(|s| matches!(s.verb, Some(super::word::Form::Past | super::word::Form::Third)) && !s.noun)
    }

    /// Whether a list goes on after the comma before `i`: a conjunction within the next few words, no verb in between.
    fn conjoined(&self, i: usize) -> bool {
        for at in i..(i + 6).min(self.to) {
            if at > i && self.marked(at) && !self.comma(at) || self.is_verb(at) || LINKS.contains(&self.key(at)) {
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

    /// Start of the verb group that ends at verb `i`: left over adverbs, auxiliaries, "be". Also whether a passive "be" is in it.
    pub(super) fn verb_group(&self, i: usize) -> (usize, bool) {
        let mut from = i;
        let mut passive = false;
        while from > self.from && i - from < 6 && !self.marked(from) {
            let key = self.key(from - 1);
            let adverb =
                ADVERBS.contains(&key) || key.len() > 4 && key.ends_with("ly") && !lexicon().common.contains(key);
            if BE.contains(&key) {
                passive = true;
            } else if !(adverb || AUXILIARIES.contains(&key)) {
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
        DETERMINERS.contains(&self.key(i))
    }

    /// Whether the token is a preposition.
    pub(super) fn preposition(&self, i: usize) -> bool {
        PREPOSITIONS.contains(&self.key(i))
    }

    /// Whether a time starts at the token ("Wednesday", "17 March", "March 17"), which is never hit.
    pub(super) fn time(&self, i: usize) -> bool {
        let number = |i: usize| self.key(i).starts_with(|c: char| c.is_ascii_digit());
        // "may" is a month only with its capital
        let month = |i: usize| is_month(self.key(i)) && self.token(i).is_some_and(|t| t.case != Case::Lower);
        TIMES.contains(&self.key(i)) || number(i) && month(i + 1) || month(i)
    }
}
