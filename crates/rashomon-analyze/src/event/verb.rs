//! Who did it to whom, by an event verb? Subject and object of an active verb, "by" after a passive one.

use rashomon_model::analysis::EventKind;
use rashomon_model::span::Span;

use super::beside::{antecedent, by_phrase, has_party, without_times};
use super::clause::Clause;
use super::hit::Hit;
use super::word::{Form, words};
use crate::attribution::lexicon::Lexicon;

/// Actor and target of a verb; whether it is passive.
pub(super) fn around_verb(clause: &Clause<'_>, hit: &Hit) -> (Vec<Span>, Vec<Span>, bool) {
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
    let (mut subject, mut start) = clause.left(group);
    if clause.key(group) == "to" && abstract_noun(clause.key(group.wrapping_sub(1))) {
        // "a failure to hit the mill", "Orvia's plan to hit it": whoever the failure is of, not what stands beside it
        subject = clause.modifiers(group - 1).0.into_iter().filter(|span| possessive(clause, *span)).collect();
    } else if subject.is_empty() {
        subject = antecedent(clause, start);
    }
    if let Some(kept) = clause.kept_by(start) {
        // "a strike on a school used by the army killed nine": the school, and then what struck it
        (subject, start) = kept;
    }
    if let Some(head) = clause.head_of(start).filter(|_| !has_party(clause, &subject)) {
        // "snipers on the roof of the post office shot": who stands there, not where
        (subject, start) = head;
    }
    if let Some(who) = of_relative(clause, start) {
        subject = who;
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

/// "Men who had hidden opened fire": of whom a relative clause tells that ends right before the verb, where the phrase at `start` is what
/// its auxiliary governs, or its own object again, and so no subject of another verb.
fn of_relative(clause: &Clause<'_>, start: usize) -> Option<Vec<Span>> {
    // "who had hidden themselves": the verb before it
    let reflexive = matches!(clause.key(start), "themselves" | "itself" | "himself" | "herself");
    let verb = start.saturating_sub(usize::from(reflexive && start > clause.from));
    let (group, _) = clause.verb_group(verb);
    let who = antecedent(clause, group);
    (group < start && !who.is_empty()).then_some(who)
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
