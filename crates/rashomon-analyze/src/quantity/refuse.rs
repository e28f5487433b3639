//! Which numbers count nothing? Ages, clock times, dates, calibres, designations, money, percentages, numbers of papers and streets.
//!
//! Words: `[refused]` of `data/numbers.toml`.

use super::lexicon::LEXICON;
use super::noun::NounKind;
use crate::lexeme::{Lexeme, Sort};
use crate::numeral;

/// Most lexemes of "aged 30, 34 and 41" before a number.
const AGES: usize = 12;

/// "Aged 30 and 34", "ages 5 to 12": whether the number at `i` is one of several ages.
fn is_among_ages(lexemes: &[Lexeme<'_>], i: usize, end: usize) -> bool {
    // "aged 30 and 12 soldiers"
    let counted = lexemes.get(end).is_some_and(|l| {
        l.word()
            && !l.any(&["and", "or", "to"])
            && !LEXICON.between.contains(&*l.low)
            && LEXICON.after.at(lexemes, end).is_none()
    });
    if counted {
        return false;
    }
    let mut at = i;
    while at > i.saturating_sub(AGES) {
        let Some(word) = at.checked_sub(1).and_then(|before| lexemes.get(before)) else { return false };
        if word.any(&["aged", "ages", "aging"]) {
            return at < i;
        }
        if !word.any(&[",", "and", "or", "to", "-", "between", "either"]) && numeral::read(lexemes, at - 1).is_none() {
            return false;
        }
        at -= 1;
    }
    false
}

/// "A mother of four": whether the number at `i` is of somebody's children.
fn of_a_parent(lexemes: &[Lexeme<'_>], i: usize) -> bool {
    let word = |back: usize| i.checked_sub(back).and_then(|at| lexemes.get(at));
    word(1).is_some_and(|l| l.is("of")) && word(2).is_some_and(|l| LEXICON.parents.contains(&*l.low))
}

/// Whether the number at `i..end` counts nothing: part of a name, date, clock time, measure, age, sum of money.
pub(super) fn refused(lexemes: &[Lexeme<'_>], i: usize, end: usize) -> bool {
    let get = |at: usize| lexemes.get(at);
    let Some(first) = get(i) else { return true };
    let before = i.checked_sub(1).and_then(get);
    let before2 = i.checked_sub(2).and_then(get);
    let next = get(end);
    if is_among_ages(lexemes, i, end) || of_a_parent(lexemes, i) {
        return true;
    }
    // "in note 15, seven people were killed"
    let paper = |l: &Lexeme<'_>| LEXICON.papers.contains(&*l.low);
    if first.sort == Sort::Digits && before.is_some_and(paper) && next.is_none_or(|l| l.sort == Sort::Mark) {
        return true;
    }
    if let Some(before) = before {
        let mark = before.sort == Sort::Mark;
        if first.glued && (before.word() || before.sort == Sort::Digits) {
            return true; // "T72"
        }
        if first.glued
            && mark
            && before.any(&["-", ".", "/", ":", "_", "@", "#", "+"])
            && before.glued
            && before2.is_some_and(|l| l.sort != Sort::Mark)
        {
            return true; // "T-72", "12:30", "1/2"
        }
        if before.any(&["$", "€", "£", "#", "@", "no", "nr", "usd", "us$"]) && (mark || first.sort == Sort::Digits) {
            return true;
        }
        if first.sort == Sort::Digits && LEXICON.numbered.contains(&*before.low) {
            return true;
        }
        // "a man of 18"
        if first.sort == Sort::Digits
            && before.is("of")
            && i.checked_sub(2).is_some_and(|p| {
                LEXICON.nouns.at(lexemes, p).is_some_and(|(_, n)| n.kind == NounKind::Person && !n.plural)
            })
        {
            return true;
        }
        // "Ana Velar, 21 were killed": the comma after the age is lost
        if first.sort == Sort::Digits && before.is(",") && next.is_some_and(|l| l.any(&["was", "were"])) {
            let names = lexemes.get(i.saturating_sub(5)..i - 1).unwrap_or_default();
            let capitals = names.iter().rev().take_while(|l| l.capital).count();
            let led =
                names.iter().rev().nth(capitals).is_some_and(|l| l.any(&["in", "at", "near", "on", "of", "from"]));
            if capitals >= 2 && !led {
                return true;
            }
        }
        // "(19)", "(19 years old)", ", 42,": ages
        if first.sort == Sort::Digits && mark && before.any(&["(", ","]) {
            let closes = next.is_some_and(|l| l.any(&[")", ","]));
            let capital = before2.is_some_and(|l| l.capital);
            if closes && (before.is("(") || capital) {
                return true;
            }
        }
    }
    refused_after(lexemes, i, end)
}

/// Whether what follows the number at `i..end` makes it count nothing.
pub(super) fn refused_after(lexemes: &[Lexeme<'_>], i: usize, end: usize) -> bool {
    let get = |at: usize| lexemes.get(at);
    let (Some(first), Some(next)) = (get(i), get(end)) else {
        return false;
    };
    // "(aged either 5 or 7)"
    let opened = || {
        lexemes
            .get(i.saturating_sub(12)..i)
            .unwrap_or_default()
            .iter()
            .rev()
            .find(|l| l.any(&["(", ")"]))
            .is_some_and(|l| l.is("("))
    };
    // "(aged 5)", and the mark of a list's item: "2) Twelve people died"
    if next.is(")") && first.sort == Sort::Digits && (opened() || i == 0) {
        return true;
    }
    if next.any(&["%", "°", "percent"]) {
        return true;
    }
    if next.glued {
        if next.word() && !next.is("'s") {
            return true; // "1990s", "5th", "40mm"
        }
        let after = get(end + 1);
        if next.any(&[":", "/", "."]) && after.is_some_and(|l| l.glued && l.sort == Sort::Digits) {
            return true; // clock, date
        }
        if next.is("-") && after.is_some_and(|l| l.glued && l.sort != Sort::Mark) {
            // "19-year-old", "500-pound"; "36-strong" is a count.
            return !after.is_some_and(|l| l.any(&["strong", "member", "person"]));
        }
    }
    if first.sort == Sort::Digits && end == i + 1 && first.plain().is_some_and(|n| (1900..=2100).contains(&n)) {
        // A year, unless a noun that can be counted follows.
        let counted = LEXICON.nouns.at(lexemes, end).is_some_and(|(_, n)| n.kind != NounKind::Measure);
        return !counted;
    }
    LEXICON.nouns.at(lexemes, end).is_some_and(|(_, noun)| noun.kind == NounKind::Measure)
}
