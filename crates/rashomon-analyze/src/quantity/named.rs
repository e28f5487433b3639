//! Who is counted by name? "Ana Velar (36 years old)" is one person killed; "his wife, Ana Velar" is one, not two.

use super::amount::Amount;
use super::item::Item;
use super::lexicon::LEXICON;
use super::noun::{Noun, NounKind};
use crate::lexeme::Lexeme;
use rashomon_model::quantity::{Category, Count};

/// A person named: two or more capitalised words, with nickname and age ("Ana Velar (36 years old)", "Ana Velar, 36,").
pub(super) fn named(lexemes: &[Lexeme<'_>], i: usize) -> Option<Item> {
    let mut j = i;
    let mut capitals = 0;
    let common = |l: &Lexeme<'_>| {
        LEXICON.stops.contains(&*l.low)
            || LEXICON.breaks.contains(&*l.low)
            || LEXICON.between.contains(&*l.low)
            || l.low.ends_with("ly")
    };
    let before = i.checked_sub(1).and_then(|p| lexemes.get(p));
    // "the Velar Brigade"; inside a longer name.
    if before.is_some_and(|l| l.any(&["the", "-", "@", "this", "a", "an"]) || l.capital && l.word()) {
        return None;
    }
    // "killed at Dorn Mill": where, not who
    if before.is_some_and(|l| l.is("at")) {
        return None;
    }
    while j < i + 14 {
        let Some(lexeme) = lexemes.get(j) else { break };
        let particle = LEXICON.particles.contains(&*lexeme.low)
            && lexemes.get(j + 1).is_some_and(|n| n.is("-") && n.glued || n.capital);
        if lexeme.capital && lexeme.word() {
            if common(lexeme) || LEXICON.nouns.at(lexemes, j).is_some() && capitals == 0 {
                return None;
            }
            capitals += 1;
        } else if !(particle && (capitals > 0 || !lexeme.is("an") && !lexeme.is("as") && !lexeme.is("at"))
            || lexeme.any(&["-", "'"]) && lexeme.glued && lexemes.get(j + 1).is_some_and(|n| n.glued))
        {
            break;
        }
        j += 1;
    }
    if capitals < 2 || lexemes.get(j).is_some_and(|l| l.is("'s") || l.is("'") && l.glued) {
        return None;
    }
    // "Velar News", "the Velar family": no person.
    let next = lexemes.get(j);
    if LEXICON.nouns.at(lexemes, j).is_some() || next.is_some_and(|l| LEXICON.not_persons.contains(&*l.low)) {
        return None;
    }
    let name_end = j;
    // Age or nickname.
    if lexemes.get(j).is_some_and(|l| l.is("(")) {
        if let Some(close) = (j..j + 12).find(|&k| lexemes.get(k).is_some_and(|l| l.is(")"))) {
            j = close + 1;
        }
    } else if lexemes.get(j).is_some_and(|l| l.is(","))
        && lexemes.get(j + 1).and_then(Lexeme::plain).is_some_and(|n| n < 120)
        && lexemes.get(j + 2).is_some_and(|l| l.is(","))
    {
        j += 3;
    }
    let why = "one person named".to_owned();
    let amount = Amount { start: i, end: name_end, count: Count::exact(1), zero: false, weak: false, why };
    Some(Item {
        end: j,
        head: Some((i, name_end)),
        noun: Some(Noun { kind: NounKind::Person, category: None, plural: false, kin: false }),
        category: Some(Category::People),
        bare: true,
        named: true,
        ..Item::of(amount)
    })
}

/// Whether a name only says who the item before is: "his wife, Ana Velar", "three children Ana Velar, Ivo Velar and …".
/// `merged` is how many names it has taken already.
pub(super) fn apposed(lexemes: &[Lexeme<'_>], before: &Item, name: &Item, merged: u64) -> bool {
    let most = before.amount.count.max.unwrap_or(u64::MAX);
    if before.named || !before.person() || before.head.is_none() || before.noun.is_none() || merged >= most {
        return false;
    }
    let Some(between) = lexemes.get(before.end..name.start) else {
        return false;
    };
    match between {
        [] => true,
        [mark] => mark.any(&[",", ":", "-"]) || merged > 0 && mark.is("and"),
        [a, b] => merged > 0 && a.is(",") && b.is("and") || a.is("named") || a.any(&["identified"]) && b.is("as"),
        _ => false,
    }
}
