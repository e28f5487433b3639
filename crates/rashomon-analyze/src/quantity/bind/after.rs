//! What do the words after a count say of it? "36 people were killed", across apposition, lists and relative clauses.

use super::{Binding, REACH, fits};
use crate::lexeme::{Lexeme, Sort};
use crate::quantity::item::Item;
use crate::quantity::lexicon::LEXICON;
use crate::quantity::noun::NounKind;
use rashomon_model::quantity::Outcome;
use std::collections::BTreeMap;

/// Words after the phrase that bind an outcome, and whether nothing but auxiliaries and adverbs stands between.
pub(super) fn after(
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
        if tells_otherwise(lexemes, starts, item, j, aux) {
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

/// Whether the word at `j` turns the clause away from the count: a negation, a verb of telling whose subject the count is, or a "that"
/// which opens another clause; `aux` says whether an auxiliary stands before it.
fn tells_otherwise(lexemes: &[Lexeme<'_>], starts: &BTreeMap<usize, usize>, item: &Item, j: usize, aux: bool) -> bool {
    let Some(lexeme) = lexemes.get(j) else { return false };
    let before = || j.checked_sub(1).and_then(|at| lexemes.get(at));
    // "was not killed"
    if lexeme.any(&["not", "never", "n't"]) && !(lexeme.is("not") && before().is_some_and(|l| l.is("if"))) {
        return true;
    }
    // "the agency reported five …"
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
        return true;
    }
    // "sources reported that …" opens another clause; "people that were killed" does not.
    lexeme.is("that") && j > item.end && before().is_some_and(|l| l.word() && !l.is("and"))
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
            "$",
            "€",
            "£",
        ]) && (!l.is("at") || lexemes.get(at + 1).is_some_and(|n| n.is("least")))
    })
}
