//! Did it happen, says the text, or is it denied, planned, feared?

use super::clause::Clause;
use super::hit::Hit;
use super::noun::{noun_start, support_before};
use super::word::words;

/// Negated in its clause: "not", "never" in the verb group, "no" before the noun or the subject.
pub(super) fn negated(clause: &Clause<'_>, hit: &Hit) -> bool {
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
            // "no aircraft carried out an attack"
            let (_, subject) = clause.left(start);
            if (start..from).any(|i| negators.contains(clause.key(i))) || is_none(clause, subject, start) {
                return true;
            }
            before = start;
            continue;
        }
        break;
    }
    // "no civilians were killed"
    let (_, subject) = clause.left(group);
    inside || !hit.noun && is_none(clause, subject, group)
}

/// Whether the tokens `from..to`, a subject, say that nobody did it.
fn is_none(clause: &Clause<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|i| matches!(clause.key(i), "no" | "none" | "nobody" | "neither"))
}

/// "Attacks will take place": whether the words behind an event's noun say that it is still to come.
fn ahead(clause: &Clause<'_>, at: usize) -> bool {
    let says = |words: &Vec<String>| words.iter().enumerate().all(|(n, word)| clause.key(at + 1 + n) == word);
    words().ahead.contains(clause.key(at)) && words().befall.iter().any(says)
}

/// Possible, planned, feared, conditional: modals and plan words before it in the clause.
pub(super) fn unreal(clause: &Clause<'_>, hit: &Hit) -> bool {
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
        return planned || modal || ahead(clause, hit.to);
    }
    // "may have struck" is possible, not planned: its claim is hedged instead
    (modal || infinitive) && !perfect
}
