//! Which words tell of an event, and are they nouns or verbs here?

use rashomon_model::analysis::{Mention, MentionKind};
use rashomon_model::span::Span;

use super::armed;
use super::clause::Clause;
use super::closed::CLOSED;
use super::word::{Form, LONGEST, Sense, words};
use crate::mention::lexicon::lexicon;
use crate::mention::token::{Case, Gap, Token};

/// An event word found: tokens `from..to`, read as noun or verb.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) sense: Sense,
    pub(super) noun: bool,
}

/// The event words of a sentence, longest first, none inside the name of a mention ("Operation Northern Storm").
pub(super) fn hits(clause: &Clause<'_>, mentions: &[Mention]) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut i = clause.from;
    while i < clause.to {
        match hit(clause, i) {
            Some(hit) if !named(clause.span(hit.from, hit.to), mentions) => {
                i = hit.to;
                hits.push(hit);
            }
            _ => i += 1,
        }
    }
    hits
}

/// Whether the words stand inside the name of a mention.
fn named(span: Span, mentions: &[Mention]) -> bool {
    let to = mentions.partition_point(|m| m.span.start <= span.start);
    mentions
        .get(to.saturating_sub(4)..to)
        .unwrap_or_default()
        .iter()
        .any(|m| m.span.contains(span) && m.span != span && !matches!(m.kind, MentionKind::Other))
}

/// The event word at token `i`.
fn hit(clause: &Clause<'_>, i: usize) -> Option<Hit> {
    let lists = words();
    let most = LONGEST.min(clause.to - i);
    let rest = clause.tokens.get(i..)?;
    let (len, sense) = lists.senses.longest(rest, most, |len, sense| {
        let whole = rest.get(1..len)?.iter().all(|t| matches!(t.gap, Gap::Space | Gap::Hyphen));
        // "fired at 10.07", "fired on Monday": when, not at whom
        let when = len > 1 && clause.preposition(i + len - 1) && clause.moment(i + len);
        // "two shells were fired first": the shells make the attack; "the gunner was fired first" tells of none
        let adverb = len > 1 && CLOSED.adverbs.contains(clause.key(i + len - 1));
        let other = || armed::read(clause, i, i + 1) || clause.verb_group(i).1;
        (whole && !when && !(adverb && other())).then_some((len, *sense))
    })?;
    let to = i + len;
    if sense.armed && !armed::read(clause, i, to) {
        return None;
    }
    let token = clause.token(i)?;
    // a capital inside a sentence belongs to a name
    if token.capital() && !token.opens && len == 1 {
        return None;
    }
    // "bomb-making", "air-strike-hit": a word glued to the next is no event by itself
    if clause.token(to).is_some_and(|t| t.gap == Gap::Hyphen) {
        return None;
    }
    let noun = match (sense.verb, sense.noun) {
        (None, _) => {
            // "combat aviation", "air strike targets": a noun that qualifies the next
            let next = clause
                .token(to)
                .filter(|t| t.gap == Gap::Space && t.case == Case::Lower)
                .map_or("", |t| t.key.as_str());
            let verb = next.ends_with("ed")
                || clause.is_verb(to)
                || lists.senses.contains(next)
                || lists.support.contains_key(next);
            let function = clause.preposition(to) || clause.determiner(to) || lexicon().common.contains(next);
            let singular = !clause.key(to - 1).ends_with('s');
            if singular && !next.is_empty() && !verb && !function && !next.ends_with("ly") && !next.ends_with("ing") {
                return None;
            }
            true
        }
        (Some(form), noun) => is_noun(clause, i, to, form, noun)?,
    };
    Some(Hit { from: i, to, sense, noun })
}

/// What stands right before an event word.
#[derive(Debug, Clone, Copy)]
struct Before {
    determined: bool,
    adjective: bool,
    preposition: bool,
    /// An auxiliary, a pronoun or "to": a verb follows.
    auxiliary: bool,
}

impl Before {
    fn of(clause: &Clause<'_>, from: usize) -> Self {
        let lists = lexicon();
        let before = from.checked_sub(1).map_or("", |i| clause.key(i));
        let joined = !clause.marked(from);
        let adjective = |t: &Token| {
            t.possessive
                || t.case == Case::None
                || lists.modifiers.contains(&t.key)
                || lists.peoples.contains(&t.key)
                || t.key == "led"
        };
        Self {
            determined: joined && clause.determiner(from - 1) && before != "that",
            adjective: joined && clause.token(from - 1).is_some_and(adjective),
            preposition: joined && clause.preposition(from - 1) && before != "to",
            auxiliary: joined && (CLOSED.be.contains(before) || CLOSED.before_verb.contains(before)),
        }
    }
}

/// Noun or verb? `None` if neither (an adjective: "armed attack helicopter", "targeted sanctions").
fn is_noun(clause: &Clause<'_>, from: usize, to: usize, form: Form, may_be_noun: bool) -> Option<bool> {
    let before = Before::of(clause, from);
    match form {
        Form::Past if may_be_noun && (before.determined || before.adjective || before.preposition) => Some(true),
        // "the destroyed house", "targeted sanctions": adjective before a noun
        Form::Past => (!is_attributive(clause, from, to, before)).then_some(false),
        Form::Ing => Some(is_gerund(clause, from, to, before)),
        Form::Base | Form::Third if may_be_noun => Some(is_noun_by_place(clause, from, to, form, before)),
        Form::Base | Form::Third => {
            // "kills", "destroys" are verbs, but not after an article ("the kill")
            let after = clause.key(to);
            let object = !clause.marked(to)
                && !after.is_empty()
                && !clause.preposition(to)
                && !clause.is_verb(to)
                && !matches!(after, "that" | "which" | "and" | "or" | "being" | "also");
            let led = from.checked_sub(1).is_some_and(|i| clause.key(i) == "to");
            let target = !led && matches!(clause.key(from), "target" | "targets") && !object;
            let neither = before.determined || target || before.adjective && !before.auxiliary;
            (!neither).then_some(false)
        }
    }
}

/// Whether a past form qualifies the noun after it.
fn is_attributive(clause: &Clause<'_>, from: usize, to: usize, before: Before) -> bool {
    let lists = lexicon();
    let (led, after) = (from.checked_sub(1).map_or("", |i| clause.key(i)), clause.key(to));
    let noun = !clause.marked(to)
        && !after.is_empty()
        && !clause.preposition(to)
        && !clause.determiner(to)
        && !lists.cues.contains(after)
        && !lists.common.contains(after);
    (before.determined || before.preposition && !matches!(led, "after" | "before" | "by")) && noun
}

/// Whether an -ing form is a noun ("the shelling of"), and no verb with its object ("bombing the port").
fn is_gerund(clause: &Clause<'_>, from: usize, to: usize, before: Before) -> bool {
    let be = from.checked_sub(1).is_some_and(|i| CLOSED.be.contains(clause.key(i)));
    if before.auxiliary && be {
        return false;
    }
    let object = !clause.marked(to) && (clause.determiner(to) || clause.token(to).is_some_and(Token::capital));
    before.determined || before.adjective || !object
}

/// Whether a word that is both ("strike", "raids") is a noun where it stands.
fn is_noun_by_place(clause: &Clause<'_>, from: usize, to: usize, form: Form, before: Before) -> bool {
    if before.auxiliary {
        return false;
    }
    if before.determined || before.adjective || before.preposition || from == clause.from && form == Form::Base {
        return true;
    }
    let next = clause.token(to);
    if form == Form::Third {
        // "Varland strikes the port" / "Varlandic strikes"; "jets raid" / "jets raids"
        let object = !clause.marked(to)
            && (clause.determiner(to)
                || next.is_some_and(|t| t.capital() && !t.opens)
                || next.is_some_and(|t| t.case == Case::None));
        return !object;
    }
    // base form: a verb after a plural noun and before an object
    let plural = from.checked_sub(1).is_some_and(|i| clause.key(i).ends_with('s'));
    !(plural && (clause.determiner(to) || next.is_some_and(Token::capital)))
}
