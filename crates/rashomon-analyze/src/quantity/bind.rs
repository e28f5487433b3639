//! What happened to those counted? Binds an outcome to each count of a sentence.
//!
//! In order: the outcome named inside the phrase ("36 deaths"), words right after it ("36 people were killed"), words
//! right before it ("killing 36", "the death toll reached 36"), words after it across apposition and coordination, the
//! outcome of the count it is coordinated with or part of, that of the count before it whose verb is not said again. Nothing found: the outcome stays unknown.

mod after;
mod before;
mod both;
mod gapped;

use super::head::closed;
use super::item::{Item, casualty};
use super::lexicon::LEXICON;
use super::list::{joined, listed, part_of};
use super::noun::{Noun, NounKind};
use crate::event::is_time;
use crate::lexeme::{Lexeme, Sort};
use after::after;
use before::before;
pub(super) use before::counted_in;
use both::both;
use gapped::gapped;
pub(super) use gapped::{GAPPED, subject};
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
            let from = part.or_else(|| {
                let told = |p: &usize| matches!(bound.get(*p), Some(Some(_)));
                let near =
                    i.checked_sub(1).filter(|&p| joined(lexemes, items, p, i) || object(lexemes, items, &bound, p, i));
                // "11 members of the security forces and three civilians": the forces only say whose
                let whose = || {
                    i.checked_sub(2).filter(|&p| {
                        items.get(p + 1).is_some_and(|item| item.bare) && object(lexemes, items, &bound, p, i)
                    })
                };
                near.filter(told).or_else(whose)
            })?;
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
        } else if let Some(labelled) = labelled(lexemes, item) {
            Some(labelled)
        } else {
            adjacent
                .or_else(|| before(lexemes, item))
                .or_else(|| far.filter(|b| inherit().is_none_or(|known| known.outcome == b.outcome || part.is_none())))
                .or_else(inherit)
                .or(inner)
        };
        let found =
            found.or_else(|| shared_out(lexemes, items, &bound, i)).or_else(|| gapped(lexemes, items, &bound, i));
        let found = found.and_then(|b| both(lexemes, &starts, item, b));
        let alive = |b: &Binding| b.outcome == Outcome::Killed && survives(lexemes, item);
        // "three soldiers fell", in the words of armies; others only fall
        let fell = |b: &Binding| LEXICON.falls.at(lexemes, b.at.0).is_some();
        let in_battle = |b: &Binding| {
            let open = lexemes.get(b.at.1).is_none_or(|l| {
                l.sort == Sort::Mark
                    || LEXICON.fallen_where.contains(&*l.low)
                    || LEXICON.breaks.contains(&*l.low)
                    || is_time(&l.low)
            });
            item.category == Some(Category::Combatants) && (open || b.at.1 <= item.start)
        };
        let meant = |b: &Binding| !other_ailment(lexemes, b) && (!fell(b) || in_battle(b));
        // "nine hangars were razed", but not "12 points were hit"
        let named = |b: &Binding| {
            let words = lexemes.get(b.at.0..b.at.1).unwrap_or_default();
            b.outcome != Outcome::Destroyed
                || item.noun.is_some()
                || !words.last().is_some_and(|l| LEXICON.touched.contains(&*l.low))
        };
        // "the scandal wrecked two careers", "two people were carried away by the flood"
        let real = |b: &Binding| match b.outcome {
            Outcome::Destroyed => {
                item.noun.is_some()
                    || !item
                        .head
                        .and_then(|(_, end)| lexemes.get(end.checked_sub(1)?))
                        .is_some_and(|l| LEXICON.unreal.contains(&*l.low))
            }
            Outcome::Abducted => !by_nature(lexemes, b.at.1.max(item.end)),
            _ => true,
        };
        bound.push(found.filter(|b| fits(item, b.outcome) && !alive(b) && meant(b) && named(b) && real(b)));
    }
    (bound, parts)
}

/// "Dead: 12, injured: 30": the label of a bare number, at the start of the sentence or behind a mark.
fn labelled(lexemes: &[Lexeme<'_>], item: &Item) -> Option<Binding> {
    let colon =
        item.start.checked_sub(1).filter(|at| item.head.is_none() && lexemes.get(*at).is_some_and(|l| l.is(":")))?;
    let (start, outcome) =
        LEXICON.after.before(lexemes, colon).map(|(start, outcome)| (start, *outcome)).or_else(|| {
            match LEXICON.nouns.before(lexemes, colon)? {
                (start, Noun { kind: NounKind::Outcome(outcome), .. }) => Some((start, *outcome)),
                _ => None,
            }
        })?;
    // "casualties: 4 killed", "casualties: 4 were killed"
    let told = |at: &usize| lexemes.get(*at).is_some_and(|l| LEXICON.between.contains(&*l.low));
    let behind = (item.end..item.end + REACH).find(|at| !told(at)).unwrap_or(item.end);
    if LEXICON.after.at(lexemes, behind).is_some() {
        return None;
    }
    let opens = start.checked_sub(1).is_none_or(|at| lexemes.get(at).is_some_and(|l| l.sort == Sort::Mark));
    (opens && casualty(outcome)).then_some(Binding { outcome, at: (start, colon), how: "said by its label" })
}

/// "Killed 12 people in the market and three children in a school": whether item `b` is the second object of the verb before item `a`.
fn object(lexemes: &[Lexeme<'_>], items: &[Item], bound: &[Option<Binding>], a: usize, b: usize) -> bool {
    let (Some(first), Some(second)) = (items.get(a), items.get(b)) else { return false };
    let led = bound
        .get(a)
        .and_then(Option::as_ref)
        .is_some_and(|binding| binding.at.1 <= first.start && LEXICON.active.at(lexemes, binding.at.0).is_some());
    // "and 30 soldiers rushed to the scene"
    led && closed(lexemes, second.end) && second.head.is_some() && listed(lexemes, items, a, b)
}

/// Lexemes behind "by" among which what carried people away is named.
const AGENT: usize = 4;

/// "By the flood", from `at` on: what abducts nobody.
fn by_nature(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    let behind = lexemes.get(at..(at + 1 + AGENT).min(lexemes.len())).unwrap_or_default();
    behind.first().is_some_and(|l| l.any(&["by", "in"])) && behind.iter().any(|l| LEXICON.nature.contains(&*l.low))
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
