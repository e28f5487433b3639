//! Who did it to whom, by an event noun? Modifiers before it, "by" and "on" after it, the subject of a verb that carries it.
//!
//! "Varlandic air strikes on Dur", "a raid carried out by two jets against the depot", "the strikes were aimed at the mill".

use rashomon_model::analysis::{EventKind, MentionKind};
use rashomon_model::span::Span;

use super::beside::{antecedent, by_phrase, has_party, is_of_keeper, without_times};
use super::clause::Clause;
use super::closed::CLOSED;
use super::hit::Hit;
use super::word::{Form, words};
use crate::mention::lexicon::lexicon;
use crate::mention::token::{Case, key};
use crate::numeral;

/// Actor and target of a noun; whether its target is denied ("the target of the raid was not the mill").
pub(super) fn around_noun(clause: &Clause<'_>, hit: &Hit) -> (Vec<Span>, Vec<Span>, bool) {
    let verbal = hit.sense.verb == Some(Form::Ing)
        || !hit.sense.open
            && matches!(
                hit.sense.kind,
                EventKind::Damage | EventKind::Harm | EventKind::Shelling | EventKind::Airstrike | EventKind::Abduction
            );
    let mut actor = Vec::new();
    // modifiers before it
    let (before, start) = clause.modifiers(hit.from);
    let listed: Vec<Span> = before.into_iter().filter_map(|span| who(clause, span)).collect();
    let listed: Vec<Span> = listed.into_iter().filter(|span| acts(clause, *span, hit)).collect();
    let modified = !clause.marked(hit.from) && !listed.is_empty();
    if modified {
        actor = listed;
    }
    let mut target = Vec::new();
    // what follows: on, against, of; by; "carried out by"
    let mut at = hit.to;
    let mut steps = 0;
    while at < clause.to && steps < 10 && (at == hit.to || !hard_stop(clause, at)) {
        let of = clause.key(at) == "of" && at != hit.to;
        if !of && clause.leads_to_target(at, verbal) && target.is_empty() && !clause.time(at + 1) {
            let (pieces, end) = clause.right(at + 1);
            target = without_times(clause, pieces);
            at = end.max(at + 1);
        } else if clause.key(at) == "by" && !is_of_keeper(clause, hit.to, at) && !is_of_inquiry(clause, hit, at) {
            let (pieces, _) = clause.right(at + 1);
            if !pieces.is_empty() && !clause.key(at + 1).ends_with("ing") {
                actor = pieces;
            }
            // "carried out by the army on Wednesday against …"
            target = if target.is_empty() { against(clause, at + 1) } else { target };
            break;
        } else if let Some(to) = aimed(clause, at).filter(|_| target.is_empty()) {
            target = without_times(clause, clause.right(to).0);
            break;
        } else if clause.is_verb(at) && !carries(clause, at) {
            break;
        } else {
            at += 1;
        }
        steps += 1;
    }
    // support verbs: "X carried out a raid", "a raid (that) X carried out"
    let group_start = if modified { start } else { noun_start(clause, hit.from) };
    if let Some(subject) = supported(clause, group_start).or_else(|| supported_after(clause, hit)) {
        let own = !actor.is_empty() && group_start < hit.from && modified && has_party(clause, &actor);
        if !own {
            actor = subject;
        }
    }
    let mut denied = false;
    if let Some((told, not)) = told_target(clause, noun_start(clause, hit.from), hit.to) {
        (target, denied) = (told, not);
    }
    (actor, target, denied)
}

/// "An inquiry into the raid ordered by the ministry": whether the "by" at `at` says who opened the inquiry, not who raided.
fn is_of_inquiry(clause: &Clause<'_>, hit: &Hit, at: usize) -> bool {
    let opened = at > hit.to && words().opened.contains(clause.key(at - 1));
    let start = noun_start(clause, hit.from);
    let led = start.checked_sub(2).filter(|i| *i >= clause.from && !clause.marked(start));
    opened
        && led.is_some_and(|i| {
            matches!(clause.key(i + 1), "into" | "about" | "on" | "of" | "regarding" | "concerning")
                && words().inquiries.contains(clause.key(i))
        })
}

/// "The strikes were (directed) against the mill": the first token of what they were against, from a copula at `at`.
fn aimed(clause: &Clause<'_>, at: usize) -> Option<usize> {
    if !CLOSED.be.contains(clause.key(at)) {
        return None;
    }
    let to = (at + 1..at + 4).find(|i| !CLOSED.aimed.contains(clause.key(*i)) && !clause.key(*i).ends_with("ly"))?;
    let leads = clause.key(to) == "against" || to > at + 1 && clause.key(to) == "at";
    (leads && !clause.marked(to) && !clause.time(to + 1)).then_some(to + 1)
}

/// Tokens between the actor of a "by" phrase and the "against" that still belongs to its noun.
const AGAINST_REACH: usize = 12;

/// What follows the next "against" of the clause.
fn against(clause: &Clause<'_>, from: usize) -> Vec<Span> {
    let stop = clause.to.min(from + AGAINST_REACH);
    let at = (from..stop).take_while(|i| !hard_stop(clause, *i)).find(|i| clause.key(*i) == "against");
    at.map(|at| without_times(clause, clause.right(at + 1).0)).unwrap_or_default()
}

/// "The target of the raid was (not) the mill": what a copula says the target was, and whether it denies it.
fn told_target(clause: &Clause<'_>, start: usize, to: usize) -> Option<(Vec<Span>, bool)> {
    let of = start.checked_sub(2).filter(|i| *i >= clause.from)?;
    if !matches!(clause.key(of), "target" | "targets") || clause.key(of + 1) != "of" {
        return None;
    }
    let be =
        (to..clause.to.min(to + 4)).take_while(|i| !clause.marked(*i)).find(|i| CLOSED.be.contains(clause.key(*i)))?;
    let contracted = clause.key(be).ends_with("nt");
    let not = contracted || clause.key(be + 1) == "not";
    let (target, _) = clause.right(be + 1 + usize::from(not && !contracted));
    (!target.is_empty()).then(|| (without_times(clause, target), not))
}

/// The part of a modifier phrase that names somebody; none in "heavy" or "twenty", nor in a country's name, which says where
/// as often as who ("Orvia air strikes"; "US air strikes" and "Orvia's air strikes" say who).
fn who(clause: &Clause<'_>, span: Span) -> Option<Span> {
    let from = clause.mentions.partition_point(|m| m.span.start < span.start);
    let inside = clause.mentions.get(from..).unwrap_or_default().iter().take_while(|m| m.span.start < span.end);
    inside
        .filter(|m| span.contains(m.span) && !matches!(m.kind, MentionKind::Facility | MentionKind::Other))
        .filter(|m| {
            let acronym = || m.span.of(&clause.doc.text).chars().all(|c| c.is_uppercase() || c == '.');
            m.kind != MentionKind::Place || m.party.is_some() && acronym()
        })
        .map(|m| m.span)
        .reduce(Span::cover)
}

/// Whether a name before an event noun says who, not where: nobody makes a blast by standing before it, and in "the Orvian depot
/// attack" the depot is Orvian.
fn acts(clause: &Clause<'_>, name: Span, hit: &Hit) -> bool {
    if hit.sense.kind == EventKind::Explosion {
        return false;
    }
    let lists = lexicon();
    let between =
        (clause.from..hit.from).rev().take_while(|i| clause.token(*i).is_some_and(|t| t.span.start >= name.end));
    let mut plain = between.filter(|i| clause.token(*i).is_some_and(|t| t.case == Case::Lower));
    plain.all(|i| {
        let word = clause.key(i);
        let means = |len: usize| clause.tokens.get(i..i + len).is_some_and(|t| words().means.contains_key(&key(t)));
        means(1)
            || means(2)
            || words().ammunition.contains(word)
            || words().senses.contains(word)
            || lists.modifiers.contains(word)
            || lists.peoples.contains(word)
            || lists.groups.contains(word)
            || lists.weapon_nouns.contains(word)
            || clause.determiner(i)
            || matches!(
                word,
                "and" | "or" | "led" | "backed" | "s" | "own" | "ground" | "naval" | "night" | "first" | "second"
            )
            || word.ends_with("ed")
            || word.ends_with("ing")
    })
}

/// Whether the walk over what follows a noun must end: a new clause.
fn hard_stop(clause: &Clause<'_>, i: usize) -> bool {
    clause.marked(i) || matches!(clause.key(i), "that" | "which" | "who" | "when" | "while" | "but" | "and")
}

/// Start of the noun phrase that ends with token `i` exclusive, over determiners, numbers, adjectives and one word of no list that
/// stands between those, or the verb that carries the noun, and the noun ("a punitive raid").
pub(super) fn noun_start(clause: &Clause<'_>, i: usize) -> usize {
    let mut from = if qualifies(clause, i) { i - 1 } else { i };
    while from > clause.from && i - from < 5 && !clause.marked(from) {
        let key = clause.key(from - 1);
        let part = clause.determiner(from - 1)
            || clause.token(from - 1).is_some_and(|t| t.case == Case::None)
            || numeral::unit(key).is_some()
            || lexicon().modifiers.contains(key)
            || lexicon().peoples.contains(key);
        if !part {
            break;
        }
        from -= 1;
    }
    from
}

/// Whether the word before the event noun at `i`, of no list, says what kind of event it was: small, no verb, behind a word that opens a
/// noun phrase, a number, an adjective or a support verb.
fn qualifies(clause: &Clause<'_>, i: usize) -> bool {
    let Some(at) = i.checked_sub(1).filter(|at| *at > clause.from && !clause.marked(i) && !clause.marked(*at)) else {
        return false;
    };
    let key = clause.key(at);
    let plain = clause.token(at).is_some_and(|t| t.case == Case::Lower && !t.possessive)
        && !clause.is_verb(at)
        && !clause.preposition(at)
        && !clause.determiner(at)
        && !clause.inside_name(at)
        && !CLOSED.links.contains(key)
        && !CLOSED.pronouns.contains(key)
        && !CLOSED.adverbs.contains(key)
        && !CLOSED.times.contains(key)
        && !words().senses.contains(key)
        && !matches!(key, "and" | "or" | "nor")
        && !key.ends_with("ly");
    let opens = clause.determiner(at - 1)
        || clause.token(at - 1).is_some_and(|t| t.case == Case::None)
        || numeral::unit(clause.key(at - 1)).is_some()
        || lexicon().modifiers.contains(clause.key(at - 1))
        || support_before(clause, at).is_some();
    plain && opens
}

/// The subject of a support verb that ends right before `start`.
fn supported(clause: &Clause<'_>, start: usize) -> Option<Vec<Span>> {
    let (from, form) = support_before(clause, start)?;
    let (group, be) = clause.verb_group(from);
    if be && form == Form::Past {
        return None;
    }
    let (subject, at) = clause.left(group);
    let subject = if subject.is_empty() { antecedent(clause, at) } else { subject };
    (!subject.is_empty()).then_some(subject)
}

pub(super) fn support_before(clause: &Clause<'_>, end: usize) -> Option<(usize, Form)> {
    // determiners between the verb and the noun are stepped over
    let mut end = end;
    while end > clause.from && clause.determiner(end - 1) && !clause.marked(end) {
        end -= 1;
    }
    (1..=3).rev().find_map(|len| {
        let from = end.checked_sub(len).filter(|from| *from >= clause.from)?;
        let words_here = clause.tokens.get(from..end)?;
        words().support.get(&key(words_here)).map(|form| (from, *form))
    })
}

/// Whether a support verb starts at `i`.
fn carries(clause: &Clause<'_>, i: usize) -> bool {
    (1..=3).any(|len| clause.tokens.get(i..i + len).is_some_and(|t| words().support.contains_key(&key(t))))
}

/// "airstrikes it carried out", "a raid that X launched", "strikes were carried out by X".
fn supported_after(clause: &Clause<'_>, hit: &Hit) -> Option<Vec<Span>> {
    let to = hit.to;
    for at in to..(to + 8).min(clause.to) {
        if at > to && clause.marked(at) {
            return None;
        }
        let found = (1..=3).rev().find_map(|len| {
            let words_here = clause.tokens.get(at..at + len)?;
            words().support.get(&key(words_here)).map(|form| (at + len, *form))
        });
        if let Some((end, Form::Past)) = found {
            let (group, be) = clause.verb_group(at);
            if be || group == to {
                // "after the raid an inquiry was ordered by the ministry": another subject
                let other = (to..group).any(|i| clause.determiner(i) && (i == to || !clause.preposition(i - 1)));
                return by_phrase(clause, end)
                    .filter(|by| !other && !is_of_inquiry(clause, hit, by - 1))
                    .map(|by| clause.right(by).0);
            }
            let (subject, start) = clause.left(group);
            return (start >= to && !subject.is_empty()).then_some(subject);
        }
    }
    None
}
