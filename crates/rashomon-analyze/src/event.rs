//! What happened, says the text? Event words, with who did what to whom as far as the clause says.
//!
//! Verbs and nouns of `data/events.toml` ([`word`]); actor and target from the noun phrases beside them ([`clause`]): subject
//! and object of an active verb, "by" after a passive one, modifiers, "by" and "on" of a noun ("Varlandic air strikes on
//! Dur"), and the subject of a verb that carries the noun ("carried out a raid"). What the clause does not say stays empty.
//! [`actors`] reads an event's actor words as parties: alternatives of joint actors (methods.md E4).

mod actor;
mod armed;
mod clause;
mod noun;
mod word;

pub use actor::actors;
pub(crate) use actor::names_nobody;

pub(crate) use clause::is_time;
use rashomon_model::Document;
use rashomon_model::analysis::{EventKind, EventMention, Mention, MentionKind, Sentence, Word};
use rashomon_model::span::Span;

use crate::attribution::lexicon::Lexicon;
use crate::mention::lexicon::lexicon;
use crate::mention::token::{Case, Gap, Token, key, tokens};
use clause::Clause;
use noun::{around_noun, noun_start, support_before};
pub(crate) use word::inflections;
use word::{Form, LONGEST, Sense, words};

/// An event word found: tokens `from..to`, read as noun or verb.
#[derive(Debug, Clone, Copy)]
struct Hit {
    from: usize,
    to: usize,
    sense: Sense,
    noun: bool,
}

/// Events of the document, sorted by span.
#[must_use]
pub fn read(doc: &Document, sentences: &[Sentence], _words: &[Word], mentions: &[Mention]) -> Vec<EventMention> {
    read_tokens(doc, &tokens(doc, sentences), mentions)
}

/// [`read`] over tokens made before.
pub(crate) fn read_tokens(doc: &Document, tokens: &[Token], mentions: &[Mention]) -> Vec<EventMention> {
    let mut events = Vec::new();
    let mut from = 0;
    while from < tokens.len() {
        let sentence = tokens.get(from).map(|t| t.sentence);
        let to =
            from + tokens.get(from..).unwrap_or_default().iter().take_while(|t| Some(t.sentence) == sentence).count();
        let clause = Clause { doc, mentions, tokens, from, to };
        read_sentence(&clause, mentions, &mut events);
        from = to;
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

/// The event words of a sentence, longest first, none inside the name of a mention ("Operation Northern Storm").
fn hits(clause: &Clause<'_>, mentions: &[Mention]) -> Vec<Hit> {
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

fn named(span: Span, mentions: &[Mention]) -> bool {
    let to = mentions.partition_point(|m| m.span.start <= span.start);
    mentions
        .get(to.saturating_sub(4)..to)
        .unwrap_or_default()
        .iter()
        .any(|m| m.span.contains(span) && m.span != span && !matches!(m.kind, MentionKind::Other))
}

fn hit(clause: &Clause<'_>, i: usize) -> Option<Hit> {
    let lists = words();
    let most = LONGEST.min(clause.to - i);
    let rest = clause.tokens.get(i..)?;
    let (len, sense) = lists.senses.longest(rest, most, |len, sense| {
        let whole = rest.get(1..len)?.iter().all(|t| matches!(t.gap, Gap::Space | Gap::Hyphen));
        whole.then_some((len, *sense))
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

/// Noun or verb? `None` if neither (an adjective: "armed attack helicopter", "targeted sanctions").
fn is_noun(clause: &Clause<'_>, from: usize, to: usize, form: Form, may_be_noun: bool) -> Option<bool> {
    let lists = lexicon();
    let before = from.checked_sub(1).map_or("", |i| clause.key(i));
    let joined = !clause.marked(from);
    let after = clause.key(to);
    let determined = joined && clause.determiner(from - 1) && before != "that";
    let adjective = joined
        && clause.token(from - 1).is_some_and(|t| {
            t.possessive
                || t.case == Case::None
                || lists.modifiers.contains(&t.key)
                || lists.peoples.contains(&t.key)
                || t.key == "led"
        });
    let preposition = joined && clause.preposition(from - 1) && before != "to";
    let auxiliary = joined
        && (clause::BE.contains(&before)
            || matches!(
                before,
                "to" | "has"
                    | "have"
                    | "had"
                    | "will"
                    | "would"
                    | "may"
                    | "might"
                    | "could"
                    | "can"
                    | "should"
                    | "must"
                    | "did"
                    | "not"
                    | "didnt"
                    | "they"
                    | "we"
                    | "it"
                    | "he"
                    | "she"
                    | "i"
                    | "who"
                    | "which"
            ));
    let next_noun = !clause.marked(to)
        && !after.is_empty()
        && !clause.preposition(to)
        && !clause.determiner(to)
        && !lists.cues.contains(after)
        && !lists.common.contains(after);
    match form {
        Form::Past => {
            if may_be_noun && (determined || adjective || preposition) {
                return Some(true);
            }
            // "the destroyed house", "targeted sanctions": adjective before a noun
            let attributive = (determined || preposition && !matches!(before, "after" | "before" | "by")) && next_noun;
            if attributive { None } else { Some(false) }
        }
        Form::Ing => {
            if auxiliary && clause::BE.contains(&before) {
                return Some(false);
            }
            let object = !clause.marked(to)
                && (clause.determiner(to) || clause.token(to).is_some_and(Token::capital))
                && !determined
                && !adjective;
            Some(!object || determined || adjective)
        }
        Form::Base | Form::Third => {
            if !may_be_noun {
                // "kills", "destroys" are verbs, but not after an article ("the kill")
                let object = !clause.marked(to)
                    && !after.is_empty()
                    && !clause.preposition(to)
                    && !clause.is_verb(to)
                    && !matches!(after, "that" | "which" | "and" | "or" | "being" | "also");
                let target = before != "to" && matches!(clause.key(from), "target" | "targets") && !object;
                return if determined || target || adjective && !auxiliary { None } else { Some(false) };
            }
            if auxiliary {
                return Some(false);
            }
            if determined || adjective || preposition || from == clause.from && form == Form::Base {
                return Some(true);
            }
            if form == Form::Third {
                // "Varland strikes the port" / "Varlandic strikes"; "jets raid" / "jets raids"
                let object = !clause.marked(to)
                    && (clause.determiner(to)
                        || clause.token(to).is_some_and(|t| t.capital() && !t.opens)
                        || clause.token(to).is_some_and(|t| t.case == Case::None));
                return Some(!object);
            }
            // base form: a verb after a plural noun and before an object
            let plural = before.ends_with('s') && !adjective;
            Some(!(plural && (clause.determiner(to) || clause.token(to).is_some_and(Token::capital))))
        }
    }
}

/// Actor and target of a verb; whether it is passive.
fn around_verb(clause: &Clause<'_>, hit: &Hit) -> (Vec<Span>, Vec<Span>, bool) {
    let (group, be) = clause.verb_group(hit.from);
    let past = hit.sense.verb == Some(Form::Past);
    let by = by_phrase(clause, hit.to);
    let bare = group == hit.from;
    let object_next = !clause.marked(hit.to) && !clause.preposition(hit.to) && !clause.key(hit.to).is_empty();
    // "36 people killed in strikes": a participle without "be" and without an object
    let reduced = past
        && bare
        && (by.is_some()
            || !object_next && matches!(clause.key(hit.to), "in" | "when" | "during" | "by" | "after" | ""))
        && hit.sense.kind == EventKind::Harm
        || past && bare && by.is_some();
    let passive = past && (be || reduced);
    // "two are thought to have died": the subject is that of the thinking
    let said = group.wrapping_sub(1);
    let raised = clause.key(group) == "to" && Lexicon::get().passive.contains(clause.key(said));
    let group = if raised { clause.verb_group(said).0 } else { group };
    let (mut subject, start) = clause.left(group);
    if clause.key(group) == "to" && abstract_noun(clause.key(group.wrapping_sub(1))) {
        // "a failure to hit the mill", "Orvia's plan to hit it": whoever the failure is of, not what stands beside it
        subject = clause.modifiers(group - 1).0.into_iter().filter(|span| possessive(clause, *span)).collect();
    } else if subject.is_empty() {
        subject = antecedent(clause, start);
    }
    if let Some(head) = clause.head_of(start).filter(|_| !has_party(clause, &subject)) {
        // "snipers on the roof of the post office shot": who stands there, not where
        subject = head;
    }
    let died = matches!(clause.key(hit.from), "die" | "died" | "dies" | "dying" | "perish" | "perished" | "perishes");
    if passive || died {
        let actor = by.map(|at| clause.right(at).0).unwrap_or_default();
        return (actor, subject, passive);
    }
    let intransitive = matches!(hit.sense.kind, EventKind::Clash | EventKind::Accident | EventKind::Protest)
        && clause.preposition(hit.to);
    let against = intransitive && matches!(clause.key(hit.to), "with" | "against");
    let target = if object_next && !clause.time(hit.to) {
        clause.right(hit.to).0
    } else if against || clause.leads_to_target(hit.to, false) && !clause.marked(hit.to) {
        clause.right(hit.to + 1).0
    } else {
        Vec::new()
    };
    // "after bombing the port": an -ing form has no subject of its own
    let free = hit.sense.verb == Some(Form::Ing) && bare && clause.preposition(hit.from.wrapping_sub(1));
    (if free { Vec::new() } else { subject }, without_times(clause, target), false)
}

/// Whether the word is a noun for an act not done or not yet done, which an infinitive explains.
fn abstract_noun(key: &str) -> bool {
    words().negators.contains(key) || words().plans.contains(key)
}

/// Whether the phrase ends with "'s" or "s'".
fn possessive(clause: &Clause<'_>, span: Span) -> bool {
    let behind = clause.doc.text.get(span.end as usize..).unwrap_or("");
    let words = span.of(&clause.doc.text);
    [words, behind].iter().zip([true, false]).any(|(text, end)| {
        ["'s", "’s", "s'", "s’"].iter().any(|mark| if end { text.ends_with(mark) } else { text.starts_with(mark) })
    })
}

/// The noun phrase before a relative pronoun that ends at `start` ("the jets that hit").
fn antecedent(clause: &Clause<'_>, start: usize) -> Vec<Span> {
    let at = start.wrapping_sub(1);
    if matches!(clause.key(at), "that" | "which" | "who") && at > clause.from {
        let (pieces, _) = clause.left(at);
        return pieces;
    }
    Vec::new()
}

/// First token after "by" within the clause, if a "by" phrase follows the verb ending at `to`.
fn by_phrase(clause: &Clause<'_>, to: usize) -> Option<usize> {
    for at in to..(to + 12).min(clause.to) {
        if clause.marked(at)
            || clause::BE.contains(&clause.key(at))
            || matches!(clause.key(at), "that" | "which" | "who" | "and" | "but" | "while" | "when" | "if")
        {
            return None;
        }
        if clause.key(at) == "by" {
            return (!clause.key(at + 1).ends_with("ing") && !clause.time(at + 1)).then_some(at + 1);
        }
    }
    None
}

/// Words of time are never hit ("hit Wednesday", "a strike on 17 March").
fn without_times(clause: &Clause<'_>, mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|span| {
        let words = clause.doc.slice(*span).to_lowercase();
        !words.split(' ').all(|word| {
            let word = word.trim_matches(',');
            clause::is_time(word)
                || matches!(word, "on" | "first" | "day" | "time")
                || word.starts_with(|c: char| c.is_ascii_digit())
        })
    });
    spans
}

/// Whether some piece holds a capital: a party, most likely.
fn has_party(clause: &Clause<'_>, spans: &[Span]) -> bool {
    spans.iter().any(|span| clause.doc.slice(*span).chars().any(char::is_uppercase))
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

/// Negated in its clause: "not", "never" in the verb group, "no" before the noun or the subject.
fn negated(clause: &Clause<'_>, hit: &Hit) -> bool {
    let negators = &words().negators;
    let (group, _) = if hit.noun { (noun_start(clause, hit.from), false) } else { clause.verb_group(hit.from) };
    let inside = (group..hit.from).any(|i| negators.contains(clause.key(i)));
    let mut before = group;
    for _ in 0..2 {
        if before > clause.from && !clause.marked(before) && negators.contains(clause.key(before - 1)) {
            return true;
        }
        // "did not carry out the raid": over the support verb
        if hit.noun
            && let Some((from, _)) = support_before(clause, before)
        {
            let (start, _) = clause.verb_group(from);
            if (start..from).any(|i| negators.contains(clause.key(i))) {
                return true;
            }
            before = start;
            continue;
        }
        break;
    }
    // "no civilians were killed"
    let (_, subject) = clause.left(group);
    let none = !hit.noun && (subject..group).any(|i| matches!(clause.key(i), "no" | "none" | "nobody" | "neither"));
    inside || none
}

/// Possible, planned, feared, conditional: modals and plan words before it in the clause.
fn unreal(clause: &Clause<'_>, hit: &Hit) -> bool {
    let plans = &words().plans;
    let (group, _) = if hit.noun { (noun_start(clause, hit.from), false) } else { clause.verb_group(hit.from) };
    let modal = (group..hit.from).any(|i| plans.contains(clause.key(i)));
    let perfect = (group..hit.from).any(|i| clause.key(i) == "have");
    let infinitive = !hit.noun && (group..hit.from).any(|i| clause.key(i) == "to");
    if hit.noun {
        let start = group.saturating_sub(4).max(clause.from);
        let planned = (start..hit.from).rev().take_while(|i| !clause.marked(*i + 1) || *i + 1 == hit.from).any(|i| {
            let key = clause.key(i);
            plans.contains(key) && !matches!(key, "about" | "order" | "help" | "right")
        });
        return planned || modal;
    }
    // "may have struck" is possible, not planned: its claim is hedged instead
    (modal || infinitive) && !perfect
}

#[cfg(test)]
mod tests;
