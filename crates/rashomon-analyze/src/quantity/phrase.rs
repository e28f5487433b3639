//! What is counted? The noun phrase a number opens.
//!
//! "36 unarmed Palestinian civilians" has the head "civilians" ([`super::head`]); "dozens of the wounded" and "five of them
//! children" are partitive; "36 killed" has none.

use super::amount::Amount;
use super::change::Change;
use super::head::{ends, head, joint};
use super::item::{Item, casualty};
use super::lexicon::LEXICON;
use super::noun::NounKind;
use crate::lexeme::Lexeme;
use rashomon_model::quantity::{Category, Count};

/// The item opened by an amount.
pub(super) fn counted(lexemes: &[Lexeme<'_>], amount: Amount) -> Option<Item> {
    let mut item = Item::of(amount);
    let mut j = item.number_end;
    // "36-strong group", "five-member family"
    if lexemes.get(j).is_some_and(|l| l.is("-") && l.glued) {
        j += 2;
    }
    if lexemes.get(j).is_some_and(|l| l.is("of")) || lexemes.get(j - 1).is_some_and(|l| l.is("of")) {
        j += usize::from(lexemes.get(j).is_some_and(|l| l.is("of")));
        if lexemes.get(j).is_some_and(|l| l.any(&["them", "whom", "those", "which"])) {
            // "asleep beneath one of them": where somebody was
            let led = item.start.checked_sub(1).and_then(|before| lexemes.get(before));
            if item.amount.weak && led.is_some_and(|l| LEXICON.beneath.contains(&*l.low)) {
                return None;
            }
            of_them(lexemes, j, &mut item);
            return Some(item);
        }
        while lexemes.get(j).is_some_and(|l| l.any(&["the", "those", "these", "his", "her", "their", "its", "other"])) {
            j += 1;
        }
        // "four of seven vehicles": the four are counted
        let named = |end: usize| lexemes.get(end).is_some_and(|l| l.word() && !ends(lexemes, end));
        if let Some(all) =
            crate::numeral::read(lexemes, j).filter(|n| n.whole() > item.amount.count.max && named(n.end))
        {
            j = all.end;
        }
    }
    head(lexemes, j, &mut item);
    joint(lexemes, &mut item);
    of_the_harmed(lexemes, &mut item);
    among(lexemes, &mut item);
    predicate(lexemes, &mut item);
    or_more(lexemes, &mut item);
    item.beside = beside(lexemes.get(item.start..item.end.max(item.number_end)).unwrap_or_default());
    match item.noun.map(|n| n.kind) {
        Some(NounKind::Measure) => None,
        Some(NounKind::Group) => {
            // Families count at least two people each.
            item.amount.count = Count::at_least(item.amount.count.min.saturating_mul(2));
            item.amount.why.push_str("; families of two or more");
            Some(item)
        }
        _ => Some(item),
    }
}

/// "five of them children", "three of those killed were women": what the pronoun at `j` stands for was counted before.
fn of_them(lexemes: &[Lexeme<'_>], mut j: usize, item: &mut Item) {
    item.anaphor = true;
    item.end = j + 1;
    let those = lexemes.get(j).is_some_and(|l| l.is("those"));
    j += 1;
    // "five of those killed were children"; "five of them died" says what became of them
    if let Some((end, &outcome)) = LEXICON.after.at(lexemes, j).filter(|_| those) {
        item.inner = Some((outcome, j, end));
        item.end = end;
        j = end;
    }
    while lexemes.get(j).is_some_and(|l| l.any(&["were", "are", "was", "is", "being", "a"])) {
        j += 1;
    }
    if let Some((end, noun)) = LEXICON.nouns.at(lexemes, j)
        && noun.kind == NounKind::Person
    {
        item.head = Some((j, end));
        item.noun = Some(*noun);
        item.category = noun.category;
        item.end = end;
    }
}

/// Whether the words of the phrase count further people beside those counted before: "another", "three other", "others".
fn beside(words: &[Lexeme<'_>]) -> bool {
    // "the other 40": all the rest
    let rest =
        words.first().is_some_and(|l| l.is("the")) && words.get(1).is_some_and(|l| l.any(&["other", "remaining"]));
    let compared = words.first().is_some_and(|l| l.is("more"))
        || words.iter().any(|l| l.is("than")) && !words.iter().any(|l| l.any(&["another", "other", "others"]));
    // "a second man died": one more than was told before
    let ordinal = matches!(words, [a, rank, ..] if a.any(&["a", "an"]) && further(rank));
    !rest
        && !compared
        && (ordinal || words.iter().any(|l| l.any(&["another", "other", "others", "additional", "further", "more"])))
}

/// "a second man", to the tenth: one more.
fn further(rank: &Lexeme<'_>) -> bool {
    crate::numeral::ordinal(&rank.low).is_some_and(|n| (2..=10).contains(&n))
}

/// "six people or more were killed": what changes a number may stand behind what it counts, unless it counts something else.
fn or_more(lexemes: &[Lexeme<'_>], item: &mut Item) {
    let joint = lexemes.get(item.end).is_some_and(|l| l.any(&["or", "at"]));
    let Some((end, Change::AtLeast)) = LEXICON.followers.at(lexemes, item.end).filter(|_| joint) else { return };
    let other = LEXICON.nouns.at(lexemes, end).is_some()
        || crate::numeral::read(lexemes, end).is_some()
        || lexemes.get(end).is_some_and(|l| l.is("than"));
    if !other && item.end > item.number_end && !item.amount.zero {
        item.amount.count = Count::at_least(item.amount.count.min);
        item.amount.why.push_str("; or more");
        item.end = end;
    }
}

/// "six of the dead", "two of the wounded": a part of those harmed, of whom the sentence may say more.
fn of_the_harmed(lexemes: &[Lexeme<'_>], item: &mut Item) {
    let word = |i: usize| lexemes.get(i);
    let of = item.number_end;
    if item.amount.zero
        || !word(of).is_some_and(|l| l.is("of"))
        || !word(of + 1).is_some_and(|l| l.any(&["the", "those"]))
    {
        return;
    }
    // "three of the victims were children": of the toll told before
    if word(of + 2).is_some_and(|l| l.is("victims")) {
        item.head = None;
        item.noun = None;
        item.anaphor = true;
        item.end = of + 3;
        return;
    }
    if let Some((end, &outcome)) = LEXICON.after.at(lexemes, of + 2).filter(|(_, o)| casualty(**o)) {
        item.inner = Some((outcome, of + 2, end));
        item.head = None;
        item.noun = None;
        item.anaphor = true;
        item.end = end;
    }
}

/// "no casualties among civilians", "nine deaths among the staff": whose the harm is.
fn among(lexemes: &[Lexeme<'_>], item: &mut Item) {
    let harm = item.noun.is_some_and(|noun| matches!(noun.kind, NounKind::Outcome(outcome) if casualty(outcome)));
    if !harm || !lexemes.get(item.end).is_some_and(|l| l.is("among")) {
        return;
    }
    let from =
        item.end + 1 + usize::from(lexemes.get(item.end + 1).is_some_and(|l| l.any(&["the", "our", "its", "their"])));
    if let Some((end, noun)) = LEXICON.nouns.at(lexemes, from)
        && noun.kind == NounKind::Person
    {
        item.category = noun.category;
        item.end = end;
    }
}

/// "The youngest of the wounded is four": a predicate number is an age where the subject is one by age.
pub(super) fn is_age(lexemes: &[Lexeme<'_>], item: &Item) -> bool {
    let copula =
        item.start.checked_sub(1).and_then(|i| lexemes.get(i)).is_some_and(|l| l.any(&["is", "was", "just", "only"]));
    let from = item.start.saturating_sub(10);
    copula
        && item.head.is_none()
        && lexemes
            .get(from..item.start)
            .unwrap_or_default()
            .iter()
            .any(|l| l.any(&["youngest", "oldest", "eldest", "aged"]))
}

/// "six of the dead are children", "two were women": what those counted are, said after a copula.
fn predicate(lexemes: &[Lexeme<'_>], item: &mut Item) {
    if item.head.is_some() || item.amount.zero {
        return;
    }
    let mut j = item.end;
    if !lexemes.get(j).is_some_and(|l| l.any(&["was", "were", "is", "are", "being"])) {
        return;
    }
    // "seven are believed to have been fighters" says what they were, as somebody sees it
    while lexemes.get(j).is_some_and(|l| LEXICON.predicates.contains(&*l.low)) {
        j += 1;
    }
    let Some((end, noun)) = LEXICON.nouns.at(lexemes, j) else { return };
    if noun.kind == NounKind::Person && noun.category.is_some_and(|c| c != Category::People) {
        item.head = Some((j, end));
        item.noun = Some(*noun);
        item.category = noun.category;
        item.end = end;
        item.anaphor = true;
    }
}
