//! Whom did the other one harm? "The first strike killed 20 and the second six": the verb is not said again.
//!
//! A clause joined to another may leave out the verb they share (gapping, Huddleston and Pullum 2002, ch. 15). Read so where what is
//! left is one of a series ("the second", "the other", "the second strike") and a number, right behind a clause in which a verb of harm
//! stands before its count.

use super::{Binding, REACH};
use crate::lexeme::{Lexeme, Sort};
use crate::numeral;
use crate::quantity::item::{Item, casualty};
use crate::quantity::lexicon::LEXICON;
use crate::quantity::noun::NounKind;
use rashomon_model::quantity::Outcome;

/// How a figure whose verb is not said again is bound.
pub(in crate::quantity) const GAPPED: &str = "as the count before it, of another attack";

/// The outcome of the count before item `i`, where the verb of `i` is left out.
pub(super) fn gapped(lexemes: &[Lexeme<'_>], items: &[Item], bound: &[Option<Binding>], i: usize) -> Option<Binding> {
    let (item, previous) = (items.get(i)?, i.checked_sub(1)?);
    let (before, binding) = (items.get(previous)?, bound.get(previous)?.as_ref()?);
    let counts = !(item.bare || item.anaphor || item.named || item.beside || item.inner.is_some());
    let led = binding.at.1 <= before.start && LEXICON.active.at(lexemes, binding.at.0).is_some();
    let from = subject(lexemes, item.start).filter(|from| *from > before.end && counts && led)?;
    let between = lexemes.get(before.end..from).filter(|between| between.len() <= REACH)?;
    let clause = |l: &Lexeme<'_>| LEXICON.breaks.contains(&*l.low) || l.any(&["who", "which", "that", "whose"]);
    let joint = |l: &Lexeme<'_>| l.any(&["and", ",", ";", "while", "but"]);
    let marks = between.iter().rev().take_while(|l| joint(l)).count();
    let inner = between.get(..between.len() - marks)?;
    let ends = lexemes.get(item.end).is_none_or(|l| l.sort == Sort::Mark || l.any(&["and", "in", "on", "at"]));
    let people = item.noun.is_none_or(|noun| noun.kind == NounKind::Person);
    let open = item.head.is_some() == item.noun.is_some() && people && ends;
    (marks > 0 && open && casualty(binding.outcome) && !inner.iter().any(clause))
        .then(|| Binding { how: GAPPED, ..binding.clone() })
}

/// Where "the second", "the latter", "the other one", "the third strike" starts that ends right before lexeme `end`. "The other three" are
/// three others.
pub(in crate::quantity) fn subject(lexemes: &[Lexeme<'_>], end: usize) -> Option<usize> {
    let word = |at: usize| lexemes.get(at);
    // "the second, six"
    let close = end - usize::from(end > 0 && word(end - 1).is_some_and(|l| l.is(",")));
    let noun = named(lexemes, close);
    let rank = noun.unwrap_or(close).checked_sub(1)?;
    let ranks = |l: &Lexeme<'_>| {
        l.is("latter") || numeral::ordinal(&l.low).is_some() || noun.is_some() && l.any(&["other", "next", "last"])
    };
    word(rank).filter(|l| ranks(l))?;
    rank.checked_sub(1).filter(|the| word(*the).is_some_and(|l| l.is("the")))
}

/// Where the noun starts that ends right before lexeme `end`: one for an attack or what is fired in it, "one", or a word the sentence has
/// said before ("the first blast …, and the second blast").
fn named(lexemes: &[Lexeme<'_>], end: usize) -> Option<usize> {
    let attack = |outcome: &Outcome| matches!(outcome, Outcome::Strikes | Outcome::Munitions | Outcome::Sorties);
    if let Some((start, noun)) = LEXICON.nouns.before(lexemes, end)
        && matches!(&noun.kind, NounKind::Outcome(outcome) if attack(outcome))
    {
        return Some(start);
    }
    let at = end.checked_sub(1)?;
    let last = lexemes.get(at).filter(|l| l.word() && numeral::ordinal(&l.low).is_none() && !l.is("latter"))?;
    let said = lexemes.get(..at.checked_sub(1)?)?.iter().any(|l| l.low == last.low);
    (last.is("one") || said).then_some(at)
}
