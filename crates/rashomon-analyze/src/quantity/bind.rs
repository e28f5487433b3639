//! What happened to those counted? Binds an outcome to each count of a sentence.
//!
//! In order: the outcome named inside the phrase ("36 deaths"), words right after it ("36 people were killed"), words
//! right before it ("killing 36", "the death toll reached 36"), words after it across apposition and coordination, the
//! outcome of the count it is coordinated with or part of. Nothing found: the outcome stays unknown.

use super::lexicon::{LEXICON, Noun, NounKind};
use super::list::{joined, part_of};
use super::phrase::{Item, casualty};
use crate::event::is_time;
use crate::lexeme::{Lexeme, Sort};
use rashomon_model::quantity::{Category, Outcome};
use std::collections::BTreeMap;

/// An outcome bound to a count.
#[derive(Debug, Clone)]
pub(super) struct Binding {
    /// The outcome.
    pub(super) outcome: Outcome,
    /// The words, as lexemes.
    pub(super) at: (usize, usize),
    /// Which rule.
    pub(super) how: &'static str,
}

/// How far a search goes, in lexemes: longer clauses are hardly ever bound rightly, and the bound keeps the cost linear.
const REACH: usize = 45;

/// Bindings of all items of one sentence, in order; `parts[i]` is the item that item `i` is part of.
pub(super) fn bind(lexemes: &[Lexeme<'_>], items: &[Item]) -> (Vec<Option<Binding>>, Vec<Option<usize>>) {
    let starts: BTreeMap<usize, usize> = items.iter().enumerate().map(|(i, item)| (item.start, i)).collect();
    let mut bound: Vec<Option<Binding>> = Vec::with_capacity(items.len());
    let mut parts: Vec<Option<usize>> = Vec::with_capacity(items.len());
    for (i, item) in items.iter().enumerate() {
        let part = part_of(lexemes, items, &parts, i);
        parts.push(part);
        let inherit = || {
            let from = part.or_else(|| i.checked_sub(1).filter(|&p| joined(lexemes, items, p, i)))?;
            let binding: &Binding = bound.get(from)?.as_ref()?;
            Some(Binding {
                how: if part.is_some() { "as the count it is part of" } else { "as the count it is joined to" },
                ..binding.clone()
            })
        };
        let inner = item.inner.map(|(outcome, from, to)| Binding { outcome, at: (from, to), how: "named by its noun" });
        // "a list of 14 presumed casualties": named on a list, which need not be whole
        let inner = inner.map(|b| {
            let listed = b.outcome == Outcome::Casualties && on_a_list(lexemes, item.start);
            if listed { Binding { outcome: Outcome::Victims, how: "named on a list", ..b } } else { b }
        });
        let right = after(lexemes, items, &starts, item);
        let adjacent = right.clone().filter(|(_, adjacent)| *adjacent).map(|(b, _)| b);
        let far = right.map(|(b, _)| b);
        // "four wounded people have died": what was said first is not all
        let died = inner.as_ref().is_some_and(|b| b.outcome == Outcome::Injured)
            && adjacent.as_ref().is_some_and(|b| b.outcome == Outcome::Killed);
        let settled = !died && inner.as_ref().is_some_and(|b| !matches!(b.outcome, Outcome::Victims));
        let found = if settled {
            inner
        } else {
            adjacent
                .or_else(|| before(lexemes, item))
                .or_else(|| far.filter(|b| inherit().is_none_or(|known| known.outcome == b.outcome || part.is_none())))
                .or_else(inherit)
                .or(inner)
        };
        let found = found.or_else(|| shared_out(lexemes, items, &bound, i));
        let alive = |b: &Binding| b.outcome == Outcome::Killed && survives(lexemes, item);
        // "three soldiers fell", in the words of armies; others only fall
        let fell = |b: &Binding| LEXICON.falls.at(lexemes, b.at.0).is_some();
        let meant =
            |b: &Binding| !other_ailment(lexemes, b) && (item.category == Some(Category::Combatants) || !fell(b));
        // "nine hangars were razed", but not "12 points were hit"
        let named = |b: &Binding| {
            let words = lexemes.get(b.at.0..b.at.1).unwrap_or_default();
            b.outcome != Outcome::Destroyed
                || item.noun.is_some()
                || !words.last().is_some_and(|l| LEXICON.touched.contains(&*l.low))
        };
        bound.push(found.filter(|b| fits(item, b.outcome) && !alive(b) && meant(b) && named(b)));
    }
    (bound, parts)
}

/// Whether the outcome can befall what is counted: people are not demolished, houses not killed.
fn fits(item: &Item, outcome: Outcome) -> bool {
    match item.noun.map(|n| n.kind) {
        Some(NounKind::Object) => outcome == Outcome::Destroyed,
        Some(NounKind::Outcome(own)) => {
            own == outcome || own == Outcome::Victims && casualty(outcome) || casualty(own) && casualty(outcome)
        }
        Some(NounKind::Person | NounKind::Group) => casualty(outcome),
        Some(NounKind::Measure) => false,
        None => {
            let thing = item.head.is_some() && !item.anaphor && outcome == Outcome::Destroyed;
            thing || casualty(outcome) && (item.head.is_none() || item.anaphor || item.noun.is_none())
        }
    }
}

/// How a figure told of another place is bound to what happened to those counted before it.
pub(super) const SHARED_OUT: &str = "as the count before it, of another place";

/// "Thirteen people were killed in Orvel and six in Kesta", "five have died: four in Orvel and one in Kesta": a bare number with a
/// place of its own shares the outcome of the count before it in the sentence.
fn shared_out(lexemes: &[Lexeme<'_>], items: &[Item], bound: &[Option<Binding>], i: usize) -> Option<Binding> {
    let (item, previous) = (items.get(i)?, i.checked_sub(1)?);
    let (before, binding) = (items.get(previous)?, bound.get(previous)?.as_ref()?);
    let bare = item.head.is_none() || item.beside && item.category == Some(Category::People);
    if item.bare || item.anaphor || item.inner.is_some() || !bare || item.amount.zero || !casualty(binding.outcome) {
        return None;
    }
    let place = |at: usize| {
        lexemes.get(at).is_some_and(|l| l.any(&["in", "at", "near"]))
            && lexemes.get(at + 1).is_some_and(|l| l.capital && l.word() && !is_time(&l.low))
    };
    let between = lexemes.get(before.end.max(binding.at.1).min(item.start)..item.start)?;
    let breaks = |l: &Lexeme<'_>| LEXICON.breaks.contains(&*l.low) && !l.any(&[":", ";"]);
    let marked = between.last().is_some_and(|l| l.any(&["and", ",", ":", ";", "another", "plus"]));
    (place(item.end) && marked && !between.iter().any(breaks)).then(|| Binding { how: SHARED_OUT, ..binding.clone() })
}

/// "were being treated for hypothermia": ill, not wounded.
fn other_ailment(lexemes: &[Lexeme<'_>], binding: &Binding) -> bool {
    let (from, to) = binding.at;
    let words = lexemes.get(from..to).unwrap_or_default();
    let treated = words.iter().any(|l| l.any(&["treated", "treating"]));
    // "for" is the last of the words or stands right behind them
    let at = if words.last().is_some_and(|l| l.is("for")) { to } else { to + 1 };
    let Some([led, of @ ..]) = lexemes.get(at - 1..(at + 3).min(lexemes.len())) else { return false };
    let wounds = || of.iter().any(|l| LEXICON.wounds.contains(&*l.low));
    binding.outcome == Outcome::Injured && treated && led.is("for") && !of.is_empty() && !wounds()
}

/// Whether "list of" or the like stands right before.
fn on_a_list(lexemes: &[Lexeme<'_>], start: usize) -> bool {
    let word = |back: usize| start.checked_sub(back).and_then(|i| lexemes.get(i));
    word(1).is_some_and(|l| l.is("of"))
        && word(2).is_some_and(|l| l.any(&["list", "lists", "register", "registers", "roll", "rolls"]))
}

/// Whether those counted are the ones who lived: "seven survivors".
fn survives(lexemes: &[Lexeme<'_>], item: &Item) -> bool {
    let (from, to) = item.head.unwrap_or((item.end, item.end));
    lexemes.get(from..to).unwrap_or_default().iter().any(|l| LEXICON.unharmed.contains(&*l.low))
}

/// Words after the phrase that bind an outcome, and whether nothing but auxiliaries and adverbs stands between.
fn after(
    lexemes: &[Lexeme<'_>],
    items: &[Item],
    starts: &BTreeMap<usize, usize>,
    item: &Item,
) -> Option<(Binding, bool)> {
    let (mut j, mut aux, mut adjacent, mut open) = (item.end, false, true, false);
    // Nothing but other counts of the list crossed.
    let mut listed = true;
    // An unknown noun is bound only by what stands right after it.
    let known = item.noun.is_some() || item.head.is_none() || item.anaphor;
    let limit = item.end + REACH;
    let mut unknown = 0;
    // Where the count crossed last ends.
    let mut crossed = None;
    // A verb of its own ("41 had been saved and 27 were missing"), unless in a relative clause.
    let (mut relative, mut verbed) = (false, false);
    let object = item.noun.is_some_and(|noun| noun.kind == NounKind::Object);
    while j < limit {
        let lexeme = lexemes.get(j)?;
        // "five cars burned": things are destroyed by what hurts people
        let ruined = || LEXICON.ruined.at(lexemes, j).filter(|_| object).map(|(end, ())| (end, &Outcome::Destroyed));
        if let Some((end, &outcome)) = ruined().or_else(|| LEXICON.after.at(lexemes, j)) {
            // "spoke to 23 people and got the names of all 12 dead": the dead are the twelve
            if !listed && crossed == Some(j) {
                return None;
            }
            let verb = LEXICON.active.at(lexemes, j).is_some_and(|(e, _)| e >= end);
            if verb && !aux && takes_object(lexemes, starts, end) {
                return None;
            }
            if verb && !adjacent && !aux && !listed && outcome != Outcome::Destroyed {
                // "five people in the strike killed": nothing to go by.
                return None;
            }
            let binding = Binding {
                outcome,
                at: (j, end),
                how: if adjacent {
                    "said right after it"
                } else if listed {
                    "said after its list"
                } else {
                    "said after it in the clause"
                },
            };
            if !fits(item, outcome) || !known && !adjacent || item.named && !aux {
                return None;
            }
            return Some((binding, adjacent));
        }
        if LEXICON.active.at(lexemes, j).is_some() && !lexeme.is("lost") {
            return None;
        }
        if LEXICON.auxiliaries.contains(&*lexeme.low) {
            aux = true;
            j += 1;
            continue;
        }
        // "was not killed"; "the agency reported five …"
        if lexeme.any(&["not", "never", "n't"]) && !(lexeme.is("not") && lexemes.get(j - 1).is_some_and(|l| l.is("if")))
        {
            return None;
        }
        let tells = lexeme.any(&[
            "reported",
            "said",
            "confirmed",
            "stated",
            "claimed",
            "announced",
            "listed",
            "identified",
            "documented",
            "recorded",
            "found",
        ]);
        if tells
            && !aux
            && (item.named
                || item.bare && !item.amount.why.contains("plural")
                || starts.contains_key(&(j + 1))
                || lexemes.get(j + 1).is_some_and(|l| l.is("that")))
        {
            return None;
        }
        // "sources reported that …" opens another clause; "people that were killed" does not.
        if lexeme.is("that") && j > item.end && lexemes.get(j - 1).is_some_and(|l| l.word() && !l.is("and")) {
            return None;
        }
        // "all 12 dead" is a count of its own, though it opens with a word that may stand between
        let counts = starts.contains_key(&j);
        if !counts && (LEXICON.between.contains(&*lexeme.low) || lexeme.low.ends_with("ly")) {
            j += 1;
            continue;
        }
        // "two drivers, who had slept beneath a lorry, were killed"
        if let Some(next) = clause_closed(lexemes, j) {
            adjacent = false;
            j = next;
            continue;
        }
        if lexeme.is("(") {
            let close = (j..(j + REACH).min(lexemes.len())).find(|&k| lexemes.get(k).is_some_and(|l| l.is(")")));
            // "36 (including 5 children) were killed"
            j = close? + 1;
            continue;
        }
        if let Some((end, ())) = LEXICON.parts.at(lexemes, j) {
            adjacent = false;
            open = true;
            j = end;
            continue;
        }
        if let Some(&other) = starts.get(&j) {
            if verbed && !relative {
                return None;
            }
            adjacent = false;
            let next = items.get(other)?;
            j = next.end.max(j + 1);
            crossed = next.head.is_none().then_some(j);
            open = true;
            continue;
        }
        if lexeme.is("-") || LEXICON.joins.contains(&*lexeme.low) && !lexeme.any(&["(", ")"]) {
            adjacent = false;
            j += 1;
            continue;
        }
        if LEXICON.breaks.contains(&*lexeme.low) || lexeme.sort == Sort::Mark && !lexeme.any(&["\"", "'", ")"]) {
            return None;
        }
        relative |= lexeme.any(&["who", "which", "whom", "whose", "that", ","]);
        verbed |= aux;
        adjacent = false;
        listed = false;
        unknown += 1;
        if unknown > if open { 22 } else { 18 } {
            return None;
        }
        j += 1;
    }
    None
}

/// Where the sentence goes on behind a relative clause that a comma opens at `j` and another closes before an auxiliary.
fn clause_closed(lexemes: &[Lexeme<'_>], j: usize) -> Option<usize> {
    let opens = lexemes.get(j)?.is(",") && lexemes.get(j + 1)?.any(&["who", "which", "whose"]);
    let close = (j + 2..(j + REACH).min(lexemes.len())).find(|&k| lexemes.get(k).is_some_and(|l| l.is(",")));
    let next = close.filter(|_| opens)? + 1;
    lexemes.get(next).is_some_and(|l| LEXICON.auxiliaries.contains(&*l.low)).then_some(next)
}

/// Whether a verb ending before lexeme `at` has its own object: "killed five", "killed the man", "wounding him".
fn takes_object(lexemes: &[Lexeme<'_>], starts: &BTreeMap<usize, usize>, at: usize) -> bool {
    if starts.contains_key(&at) {
        return true;
    }
    lexemes.get(at).is_some_and(|l| {
        l.any(&[
            "the",
            "a",
            "an",
            "his",
            "her",
            "their",
            "its",
            "him",
            "them",
            "her",
            "at",
            "some",
            "several",
            "civilians",
            "people",
        ]) && (!l.is("at") || lexemes.get(at + 1).is_some_and(|n| n.is("least")))
    })
}

/// Words before the phrase that bind an outcome.
fn before(lexemes: &[Lexeme<'_>], item: &Item) -> Option<Binding> {
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
        if LEXICON.reach.contains(&*word.low) || word.low.ends_with("ly") || word.any(&["family", "member", "members"])
        {
            if word.any(&[
                "at", "to", "as", "from", "in", "attack", "strike", "by", "reached", "reaching", "reaches", "stood",
                "stands", "passed", "exceeded", "hit",
            ]) || LEXICON.rising.contains(&*word.low)
            {
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
    if !reaches.iter().any(|l| LEXICON.reaching.contains(&*l.low)) && !gives() {
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
pub(super) fn counted_in(lexemes: &[Lexeme<'_>], binding: &Binding) -> Option<Category> {
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
