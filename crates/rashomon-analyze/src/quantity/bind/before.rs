//! What do the words before a count say of it? "Killing 36", "the death toll reached 36", "put the number of children killed at six".

use super::Binding;
use crate::lexeme::Lexeme;
use crate::quantity::item::{Item, casualty};
use crate::quantity::lexicon::LEXICON;
use crate::quantity::noun::{Noun, NounKind};
use rashomon_model::quantity::Category;

/// Words before the phrase that bind an outcome.
pub(super) fn before(lexemes: &[Lexeme<'_>], item: &Item) -> Option<Binding> {
    let mut end = item.start;
    let mut steps = 0;
    // "has reached 36 after …": only a noun of counting reaches over such words.
    let (mut nominal_only, mut copula) = (false, false);
    let bare = item.head.is_none() && !item.anaphor;
    while steps < 9 {
        if bare && let Some(binding) = counted(lexemes, end, item.start) {
            return Some(binding);
        }
        let word = lexemes.get(end.checked_sub(1)?)?;
        let active = LEXICON.active.before(lexemes, end);
        let noun = LEXICON.before.before(lexemes, end);
        if let Some((start, &outcome)) = noun.filter(|(s, _)| active.is_none_or(|(a, _)| *s <= a)) {
            // "remains of four explosive charges": of things too, so that the noun must be known
            let things = lexemes.get(start).is_some_and(|l| l.any(&["remains", "loss", "life", "body", "bodies"]));
            if things && item.noun.is_none() && item.head.is_some() {
                return None;
            }
            return Some(Binding { outcome, at: (start, end), how: "said right before it" });
        }
        if let Some((start, &outcome)) = active {
            let person = item.noun.is_some_and(|noun| noun.kind == NounKind::Person);
            // "held 12 meetings"
            let other = lexemes.get(start).is_some_and(|l| l.any(&["held", "holding"])) && !person;
            if nominal_only || passive(lexemes, start, end) || other {
                return None;
            }
            return Some(Binding { outcome, at: (start, end), how: "said right before it" });
        }
        // "rose by two": by how much, not to what
        if word.is("by") && end == item.start && end > 1 && LEXICON.revisions.before(lexemes, end - 1).is_some() {
            return None;
        }
        if let Some((start, _)) = LEXICON.revisions.before(lexemes, end) {
            (nominal_only, end) = (true, start);
            steps += 1;
            continue;
        }
        if LEXICON.reach.contains(&*word.low) || word.low.ends_with("ly") || word.any(&["family", "member", "members"])
        {
            if word.any(&[
                "at", "to", "as", "from", "in", "attack", "strike", "by", "reached", "reaching", "reaches", "stood",
                "stands", "passed", "exceeded", "hit",
            ]) {
                nominal_only = true;
            }
            copula |= bare && word.any(&["is", "was", "are", "were"]);
            end -= 1;
            steps += 1;
            continue;
        }
        return if nominal_only || copula { tolled(lexemes, end, item.start) } else { None };
    }
    None
}

/// "The number of people killed when shells hit the bridge on Monday has reached 17": the noun of counting that opens the
/// clause whose verb of reaching ends at `end`.
fn tolled(lexemes: &[Lexeme<'_>], end: usize, number: usize) -> Option<Binding> {
    let reaches = lexemes.get(end..(end + 3).min(number))?;
    let gives = || end.checked_sub(1).is_some_and(|at| LEXICON.gives.at(lexemes, at).is_some());
    let revised = || (end..end + reaches.len()).any(|at| LEXICON.revisions.at(lexemes, at).is_some());
    if !reaches.iter().any(|l| LEXICON.reaching.contains(&*l.low)) && !revised() && !gives() {
        return None;
    }
    let mut at = end;
    while at > end.saturating_sub(30) {
        let word = lexemes.get(at.checked_sub(1)?)?;
        if word.any(&[";", "said", "while", "but", "although", "whereas", "\""]) {
            return None;
        }
        let how = "said of the number that opens the clause";
        if let Some(binding) = number_of(lexemes, at) {
            return Some(Binding { how, ..binding });
        }
        if let Some((start, &outcome)) = LEXICON.before.before(lexemes, at)
            && lexemes.get(start).is_some_and(|l| l.any(&["number", "toll", "death"]))
        {
            return Some(Binding { outcome, at: (start, at), how });
        }
        at -= 1;
    }
    None
}

/// "put the fatalities at 9", "put the number of children killed at six": what is counted, right before the "at" or "as" of its figure.
fn counted(lexemes: &[Lexeme<'_>], end: usize, number: usize) -> Option<Binding> {
    let led = end < number && lexemes.get(end).is_some_and(|l| l.any(&["at", "as"]));
    let noun = || match LEXICON.nouns.before(lexemes, end)? {
        (start, Noun { kind: NounKind::Outcome(outcome), plural: true, .. }) if led && casualty(*outcome) => {
            Some(Binding { outcome: *outcome, at: (start, end), how: "said right before it" })
        }
        _ => None,
    };
    number_of(lexemes, end).or_else(noun)
}

/// Who is counted by the words of a noun of counting ("the number of children killed").
pub(crate) fn counted_in(lexemes: &[Lexeme<'_>], binding: &Binding) -> Option<Category> {
    let (from, to) = binding.at;
    let opens = lexemes.get(from).is_some_and(|l| LEXICON.counting.contains(&*l.low));
    (from..to).filter(|_| opens).find_map(|k| {
        let (_, noun) =
            LEXICON.nouns.at(lexemes, k).filter(|(end, noun)| *end <= to && noun.kind == NounKind::Person)?;
        noun.category.filter(|category| *category != Category::People)
    })
}

/// Lexemes of "the number of people reported killed" behind "number".
const NUMBER_OF: usize = 8;

/// "the number of children killed", "the total of arrests": what is counted by a noun of counting that ends at `end`.
fn number_of(lexemes: &[Lexeme<'_>], end: usize) -> Option<Binding> {
    let start = (end.saturating_sub(NUMBER_OF)..end).rev().find(|&s| {
        let of = || lexemes.get(s + 1).is_some_and(|l| l.is("of"));
        lexemes.get(s).is_some_and(|l| LEXICON.counting.contains(&*l.low)) && of()
    })?;
    let (mut k, mut outcome) = (start + 2, None);
    while k < end {
        if let Some((next, &of)) = LEXICON.after.at(lexemes, k).filter(|(next, o)| *next <= end && casualty(**o)) {
            outcome = Some(of);
            k = next;
        } else if let Some((next, noun)) = LEXICON.nouns.at(lexemes, k).filter(|(next, _)| *next <= end) {
            match noun.kind {
                NounKind::Outcome(of) if casualty(of) => outcome = Some(of),
                NounKind::Person => {}
                _ => return None,
            }
            k = next;
        } else {
            let word = lexemes.get(k)?;
            let passes = LEXICON.between.contains(&*word.low) || LEXICON.adjectives.contains_key(&*word.low);
            if !passes && !word.any(&["those", "these", "confirmed", "dead"]) {
                return None;
            }
            k += 1;
        }
    }
    Some(Binding { outcome: outcome?, at: (start, end), how: "said right before it" })
}

/// Whether the verb at `start` is passive ("were killed 36 …"): what follows is then not its object.
fn passive(lexemes: &[Lexeme<'_>], start: usize, end: usize) -> bool {
    let ing = lexemes.get(end - 1).is_some_and(|l| l.low.ends_with("ing"));
    if ing {
        return false;
    }
    let mut j = start;
    while let Some(word) = j.checked_sub(1).and_then(|p| lexemes.get(p)) {
        if word.any(&["was", "were", "is", "are", "been", "being", "be", "got"]) {
            return true;
        }
        if word.low.ends_with("ly") || word.any(&["also", "all", "both"]) {
            j -= 1;
            continue;
        }
        return false;
    }
    false
}
