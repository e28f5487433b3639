//! Was it fired or dropped? Verbs that tell of an attack only with ammunition beside them ("fired seven shells", "the bombs
//! fell on the market").
//!
//! Shells neither act nor are they what is hit: who fired is the subject or stands behind "by", what was hit behind "on", "at",
//! "into" ([`roles`]).

use rashomon_model::span::Span;

use super::beside::without_times;
use super::clause::Clause;
use super::word::words;
use crate::mention::token::key;

/// Whether a verb of firing or falling has ammunition beside it ("fired seven shells", "the bombs fell").
pub(super) fn read(clause: &Clause<'_>, from: usize, to: usize) -> bool {
    let right = (to..(to + 7).min(clause.to)).take_while(|i| !clause.marked(*i) && !clause.is_verb(*i));
    let (group, _) = clause.verb_group(from);
    let left = (clause.from..group).rev().take(7).take_while(|i| !clause.marked(*i + 1) || *i + 1 == group);
    right.chain(left).any(|i| ammunition(clause, i))
}

/// Whether a word of ammunition starts at token `i`.
fn ammunition(clause: &Clause<'_>, i: usize) -> bool {
    (1..=2).any(|len| clause.tokens.get(i..i + len).is_some_and(|t| words().ammunition.contains(&key(t))))
}

/// Actor and target of such a verb that ends at token `to`, from what stands left and right of it.
pub(super) fn roles(
    clause: &Clause<'_>,
    to: usize,
    mut actor: Vec<Span>,
    mut target: Vec<Span>,
) -> (Vec<Span>, Vec<Span>) {
    let shells = |span: &Span| {
        let inside = |i: &usize| clause.token(*i).is_some_and(|t| span.contains(t.span));
        (clause.from..clause.to).filter(inside).any(|i| ammunition(clause, i))
    };
    let named = |span: &Span| {
        let from = clause.mentions.partition_point(|m| m.span.start < span.start);
        let here = clause.mentions.get(from..).unwrap_or_default().iter().take_while(|m| m.span.start < span.end);
        here.filter(|m| span.contains(m.span)).any(|m| m.party.is_some())
    };
    let thrown = target.iter().any(shells) || actor.iter().any(shells);
    actor.retain(|span| !shells(span) || named(span));
    target.retain(|span| !shells(span));
    if target.is_empty() && thrown {
        target = aimed_at(clause, to);
    }
    (actor, target)
}

/// What stands behind the "on", "at" or "into" that follows a verb of firing within its clause.
fn aimed_at(clause: &Clause<'_>, to: usize) -> Vec<Span> {
    let end = (to..(to + 8).min(clause.to)).take_while(|i| *i == to || !clause.marked(*i));
    for at in end {
        if matches!(clause.key(at), "on" | "at" | "into" | "onto" | "against" | "towards" | "toward")
            && !clause.time(at + 1)
        {
            return without_times(clause, clause.right(at + 1).0);
        }
        if matches!(clause.key(at), "that" | "which" | "and" | "but" | "while" | "by") {
            break;
        }
    }
    Vec::new()
}
