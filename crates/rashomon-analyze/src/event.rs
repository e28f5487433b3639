//! What happened, says the text? Event words, with who did what to whom as far as the clause says.
//!
//! Verbs and nouns of `data/events.toml` ([`word`]); actor and target from the noun phrases beside them ([`phrase`]): subject
//! and object of an active verb, "by" after a passive one, modifiers, "by" and "on" of a noun ("Varlandic air strikes on
//! Dur"), and the subject of a verb that carries the noun ("carried out a raid"). What the clause does not say stays empty.
//! [`actors`] reads an event's actor words as parties: alternatives of joint actors (methods.md E4).

mod actor;
mod armed;
mod beside;
mod clause;
mod closed;
mod hit;
mod noun;
mod phrase;
mod real;
mod verb;
mod word;

pub use actor::actors;
pub(crate) use actor::names_nobody;

pub(crate) use closed::is_time;
use rashomon_model::Document;
use rashomon_model::analysis::{EventKind, EventMention, Mention, Sentence, Word};
use rashomon_model::span::Span;

use crate::mention::token::{Token, by_sentence, key, tokens};
use clause::Clause;
use hit::{Hit, hits};
use noun::around_noun;
use real::{negated, unreal};
use verb::around_verb;
pub(crate) use word::inflections;
use word::words;

/// Events of the document, sorted by span.
#[must_use]
pub fn read(doc: &Document, sentences: &[Sentence], _words: &[Word], mentions: &[Mention]) -> Vec<EventMention> {
    read_tokens(doc, &tokens(doc, sentences), mentions)
}

/// [`read`] over tokens made before.
pub(crate) fn read_tokens(doc: &Document, tokens: &[Token], mentions: &[Mention]) -> Vec<EventMention> {
    let mut events = Vec::new();
    for (from, to) in by_sentence(tokens) {
        let clause = Clause { doc, mentions, tokens, from, to };
        read_sentence(&clause, mentions, &mut events);
    }
    events
}

fn read_sentence(clause: &Clause<'_>, mentions: &[Mention], events: &mut Vec<EventMention>) {
    let hits = hits(clause, mentions);
    let first = events.len();
    for hit in &hits {
        let (mut actor, mut target, other) = if hit.noun { around_noun(clause, hit) } else { around_verb(clause, hit) };
        let kind = kind(clause, hit, &actor);
        if hit.sense.armed {
            (actor, target) = armed::roles(clause, hit.to, actor, target);
        }
        events.push(EventMention {
            span: clause.span(hit.from, hit.to),
            kind,
            negated: negated(clause, hit) || hit.noun && other,
            unreal: unreal(clause, hit),
            actor,
            target,
        });
    }
    // "strikes targeted a depot": what the noun's event did is the verb's, who did it the noun's
    let read = events.get(first..).unwrap_or_default().to_vec();
    for (event, hit) in events.iter_mut().skip(first).zip(&hits) {
        let carrier = read.iter().find(|other| {
            other.span != event.span
                && event.actor.iter().any(|span| span.end == other.span.end && span.contains(other.span))
        });
        if let Some(noun) = carrier {
            event.actor.clone_from(&noun.actor);
            if event.kind == EventKind::Attack {
                event.kind = noun.kind;
            }
        }
        // one thing is not done to itself ("strikes were carried out")
        if hit.noun {
            continue;
        }
        event.target.retain(|span| !read.iter().any(|other| other.span == *span));
    }
    share(clause, &hits, events.get_mut(first..).unwrap_or_default());
    // and back: the noun's target is the object of the verb it is the subject of
    for i in first..events.len() {
        let Some(noun) = events.get(i).filter(|e| e.target.is_empty()).map(|e| e.span) else { continue };
        let verb = read.iter().find(|other| {
            other.span != noun
                && other.kind != EventKind::Harm
                && other.actor.iter().any(|span| span.end == noun.end && span.contains(noun))
        });
        if let Some(target) = verb.map(|verb| verb.target.clone())
            && let Some(event) = events.get_mut(i)
        {
            event.target = target;
        }
    }
}

/// "damaged or destroyed 12 depots": verbs joined by a conjunction share subject and object.
fn share(clause: &Clause<'_>, hits: &[Hit], events: &mut [EventMention]) {
    for i in 1..hits.len() {
        let (Some(a), Some(b)) = (hits.get(i - 1), hits.get(i)) else { continue };
        let joined = !a.noun && !b.noun && b.from == a.to + 1 && matches!(clause.key(a.to), "and" | "or");
        let [Some(first), Some(second)] = [events.get(i - 1).cloned(), events.get(i).cloned()] else { continue };
        if !joined {
            continue;
        }
        if let Some(event) = events.get_mut(i) {
            if event.actor.is_empty() {
                event.actor.clone_from(&first.actor);
            }
            if event.target.is_empty() {
                event.target.clone_from(&first.target);
            }
        }
        if let Some(event) = events.get_mut(i - 1).filter(|event| event.target.is_empty()) {
            event.target.clone_from(&second.target);
        }
    }
}

/// The word's kind, made finer by the means its clause names.
fn kind(clause: &Clause<'_>, hit: &Hit, actor: &[Span]) -> EventKind {
    if !hit.sense.open {
        return hit.sense.kind;
    }
    let lists = words();
    let near = |i: usize| (1..=2).rev().find_map(|len| lists.means.get(&key(clause.tokens.get(i..i + len)?))).copied();
    let acting = |i: &usize| clause.token(*i).is_some_and(|t| actor.iter().any(|span| span.contains(t.span)));
    let by_actor = (clause.from..clause.to).filter(acting).find_map(near);
    let modifier = hit.from.checked_sub(1).filter(|i| *i >= clause.from && !clause.marked(hit.from)).and_then(near);
    let window = clause.from.max(hit.from.saturating_sub(12))..clause.to.min(hit.to + 12);
    by_actor.or(modifier).or_else(|| window.clone().find_map(near)).unwrap_or(hit.sense.kind)
}

#[cfg(test)]
mod tests;
