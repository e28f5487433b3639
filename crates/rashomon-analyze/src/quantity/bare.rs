//! Who is counted without a number? "A child", "civilians", "his wife", "an eighth person".

use super::amount::Amount;
use super::head::{closed, head};
use super::item::{Item, casualty};
use super::lexicon::LEXICON;
use super::noun::NounKind;
use crate::lexeme::Lexeme;
use rashomon_model::quantity::{Count, Outcome};

/// An item without a number word: "a child", "civilians", "his wife", "another" in "one was killed and another wounded".
pub(super) fn bare(lexemes: &[Lexeme<'_>], i: usize) -> Option<Item> {
    noun(lexemes, i).or_else(|| another(lexemes, i))
}

/// "One was killed and another wounded": one more, whose noun is not said again.
fn another(lexemes: &[Lexeme<'_>], i: usize) -> Option<Item> {
    lexemes.get(i).filter(|l| l.is("another"))?;
    let at = (i + 1..i + 4).find(|&at| !lexemes.get(at).is_some_and(|l| LEXICON.auxiliaries.contains(&*l.low)))?;
    let (end, outcome) = LEXICON.after.at(lexemes, at)?;
    // "another wounded 30": one missile more
    let noun = !closed(lexemes, end);
    let count = Count::exact(1);
    let amount = Amount { start: i, end: i + 1, count, zero: false, weak: false, why: "another: one".to_owned() };
    (casualty(*outcome) && !noun).then(|| Item { beside: true, ..Item::of(amount) })
}

/// One named by a noun.
fn noun(lexemes: &[Lexeme<'_>], i: usize) -> Option<Item> {
    let first = lexemes.get(i)?;
    let article = first.any(&["a", "an", "another", "one"]);
    let possessive = first.any(&["his", "her", "their"]);
    // "unclear how many people"
    let unasked = |back: usize| i.checked_sub(back).and_then(|p| lexemes.get(p));
    if unasked(1).is_some_and(|l| l.any(&["many", "how", "which", "what"]))
        && (unasked(2).is_some_and(|l| l.is("how")) || !unasked(1).is_some_and(|l| l.is("many")))
    {
        return None;
    }
    // "the number of people killed … has reached 17": the number comes later
    if unasked(1).is_some_and(|l| l.is("of")) && unasked(2).is_some_and(|l| LEXICON.counting.contains(&*l.low)) {
        return None;
    }
    let amount = |count, why: &str| Amount { start: i, end: i, count, zero: false, weak: false, why: why.to_owned() };
    let mut item = Item { bare: true, ..Item::of(amount(Count::exact(1), "one named by its noun")) };
    let from = if article || possessive { i + 1 } else { i };
    head(lexemes, from, &mut item);
    let noun = item.noun?;
    let (head_start, _) = item.head?;
    // "her father's recovery", "Defence for Children": no victim.
    let owner = lexemes.get(item.end).is_some_and(|l| l.is("'s") || l.is("'") && l.glued);
    let name = !article && !possessive && i > 0 && lexemes.get(head_start).is_some_and(|l| l.capital);
    if item.end <= from || owner || name {
        return None;
    }
    // "Dead: 12": a label of the number behind it
    let label = matches!(noun.kind, NounKind::Outcome(_)) && lexemes.get(item.end).is_some_and(|l| l.is(":"));
    if label && crate::numeral::read(lexemes, item.end + 1).is_some() {
        return None;
    }
    item.beside =
        first.is("another") || lexemes.get(from..item.end)?.iter().any(|l| l.any(&["other", "additional", "further"]));
    let follows_of = lexemes.get(item.end).is_some_and(|l| l.is("of"));
    match noun.kind {
        NounKind::Group => {
            // "a family of six" is counted by the six.
            if follows_of && super::amount::read(lexemes, item.end + 1).is_some_and(|a| !a.zero) {
                return None;
            }
            item.amount = amount(Count::at_least(2), "a family: two or more");
            (article || possessive || first.any(&["entire", "whole", "families"])).then_some(item)
        }
        NounKind::Person if noun.plural => {
            item.amount = amount(Count::at_least(2), "a plural without number: two or more");
            (!article).then_some(item)
        }
        NounKind::Person => {
            if possessive && !noun.kin {
                return None;
            }
            // "an eighth person died": with those before
            if let Some(nth) = lexemes.get(from).and_then(ordinal) {
                item.amount = amount(Count::at_least(nth), "an ordinal: that many at least");
            }
            // "a passenger boat", "a refugee camp": the thing is meant
            if lexemes.get(item.end).is_some_and(|l| LEXICON.things.contains(&*l.low)) {
                return None;
            }
            if lexemes.get(head_start).is_some_and(|l| l.is("couple")) {
                item.amount = amount(Count::exact(2), "a couple: two");
            }
            (article || possessive).then_some(item)
        }
        // "died of their wounds" counts no wounded
        NounKind::Outcome(Outcome::Killed | Outcome::Injured | Outcome::Casualties)
            if noun.plural && !article && !possessive =>
        {
            let before = i.checked_sub(1).and_then(|p| lexemes.get(p));
            let told = before.is_none_or(|l| LEXICON.causes.contains(&*l.low) || l.any(&["\"", ","]));
            let stays = lexemes.get(head_start).is_some_and(|l| l.any(&["lives", "bodies", "corpses", "slain"]));
            if !told || stays {
                return None;
            }
            let floor = if noun.kind == NounKind::Outcome(Outcome::Casualties) { 1 } else { 2 };
            item.amount = amount(Count::at_least(floor), "a plural without number");
            Some(item)
        }
        _ => None,
    }
}

/// The number an ordinal says: "an eighth person" is the eighth of at least eight; none for "first" and "second", which tell of order.
fn ordinal(lexeme: &Lexeme<'_>) -> Option<u64> {
    crate::numeral::ordinal(&lexeme.low).filter(|n| *n > 2)
}
