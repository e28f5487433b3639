//! Which week, month, season, year or stretch of years? "Last week", "in 2011", "the 1990s", "summer 2031", "recently".
//!
//! Lengths and recurrences: [`super::length`]; parts of a business year: [`super::quarter`].

use super::date::month;
use super::found::{Base, Found, Shift};
use super::grammar::shift;
use super::length::{amount_of_units, duration, length, set, unit};
use super::lexicon::LEXICON;
use super::quarter::{fiscal, quarter, running};
use super::tense::tense;
use super::value::Civil;
use crate::lexeme::Lexeme;
use crate::numeral;

/// A period, length, recurrence or fixed reference at lexeme `i`.
pub(super) fn read(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
    decade(lexemes, i)
        .or_else(|| century(lexemes, i))
        .or_else(|| quarter(lexemes, i))
        .or_else(|| set(lexemes, i))
        .or_else(|| shifted(lexemes, i))
        .or_else(|| length(lexemes, i))
        .or_else(|| season(lexemes, i))
        .or_else(|| fiscal(lexemes, i))
        .or_else(|| running(lexemes, i))
        .or_else(|| reference(lexemes, i))
        .or_else(|| year(lexemes, i))
}

/// "the 1990s", "1990s", "'90s", "the nineties", "mid-1990s" (without the prefix).
fn decade(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
    let mut j = i + usize::from(lexemes.get(i)?.is("the"));
    let apostrophe = lexemes.get(j)?.is("'");
    j += usize::from(apostrophe);
    let word = lexemes.get(j)?;
    if let Some(&from) = LEXICON.decades.get(&*word.low) {
        return (j > i).then(|| Found::new(i, j + 1, Base::At(Civil::Decade(1900 + from)), "a decade"));
    }
    let n = word.plain()?;
    let mut k = j + 1;
    k += usize::from(lexemes.get(k)?.is("'") && lexemes.get(k)?.glued);
    let s = lexemes.get(k)?;
    if !(s.glued && s.any(&["s", "'s"])) || n % 10 != 0 {
        return None;
    }
    let from = match word.low.len() {
        4 if (1000..=2090).contains(&n) => n as i16,
        2 if apostrophe => 1900 + n as i16,
        _ => return None,
    };
    Some(Found::new(i, k + 1, Base::At(Civil::Decade(from)), "a decade"))
}

/// "the 20th century", "the nineteenth century".
fn century(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
    let j = i + usize::from(lexemes.get(i)?.is("the"));
    let word = lexemes.get(j)?;
    let (n, mut end) = match word.plain() {
        Some(n) => {
            let suffix = lexemes.get(j + 1)?;
            (n, j + if suffix.glued && suffix.any(&["st", "nd", "rd", "th"]) { 2 } else { return None })
        }
        None => (numeral::ordinal(&word.low)?, j + 1),
    };
    end += usize::from(lexemes.get(end)?.is("-"));
    let n = i16::try_from(n).ok().filter(|n| (1..=30).contains(n))?;
    lexemes
        .get(end)?
        .is("century")
        .then(|| Found::new(i, end + 1, Base::At(Civil::Century((n - 1) * 100)), "a century"))
}

/// "last week", "this year", "next month", "last April", "this summer", "the past five years", "the following day".
fn shifted(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
    let (step, j) = shift(lexemes, i)?;
    // "the past five years", "the next few days"
    if let Some((value, end)) = amount_of_units(lexemes, j)
        && step != Shift::This
    {
        return Some(Found::new(i, end, Base::Duration(value), "a length counted from the text"));
    }
    if let Some(letter) = unit(lexemes, j) {
        return unit_shifted(lexemes, i, j, step, letter);
    }
    if let Some((m, end)) = month(lexemes, j) {
        // "last Oct. 23"
        if let Some(day) = super::grammar::day(lexemes, j)
            && let Base::MonthDay(m, d, second, _) = day.base
        {
            return Some(Found::new(i, day.end, Base::MonthDay(m, d, second, step), "day and month, year by its word"));
        }
        return Some(Found::new(i, end, Base::Month(m, step), "month, year by its word"));
    }
    if let Some(code) = LEXICON.seasons.get(&*lexemes.get(j)?.low) {
        return Some(Found::new(i, j + 1, Base::Season(code.clone(), step), "season told from publication"));
    }
    None
}

/// "last week", "the past years", "this year's third quarter": the unit at `j` behind the word of step.
fn unit_shifted(lexemes: &[Lexeme<'_>], i: usize, j: usize, step: Shift, letter: &str) -> Option<Found> {
    let the = lexemes.get(i)?.is("the");
    let word = lexemes.get(j - 1)?;
    let plural = lexemes.get(j)?.low.ends_with('s');
    if plural && !the && word.any(&["past", "coming", "upcoming"]) {
        let name = if word.is("past") { "PAST_REF" } else { "FUTURE_REF" };
        return Some(Found::new(i, j + 1, Base::Ref(name.to_owned()), "a stretch without bounds"));
    }
    if plural {
        return (step != Shift::This || !the)
            .then(|| Found::new(i, j + 1, Base::Duration(duration(letter, None)), "a length without figure"));
    }
    if letter.starts_with('T') {
        return (step != Shift::This)
            .then(|| Found::new(i, j + 1, Base::Duration(duration(letter, Some(1.0))), "a length"));
    }
    if letter == "N" {
        return None;
    }
    if the && word.any(&["past", "last"]) && letter != "D" && letter != "WE" && letter != "Q" || word.is("past") && the
    {
        return Some(Found::new(i, j + 1, Base::Duration(duration(letter, Some(1.0))), "a length up to the text"));
    }
    if word.any(&["following", "next", "previous", "preceding"]) && the {
        let by = if word.any(&["following", "next"]) { 1.0 } else { -1.0 };
        return Some(Found::new(i, j + 1, Base::Away(letter.to_owned(), by, true), "told from the date before it"));
    }
    if letter == "Y"
        && lexemes.get(j + 1).is_some_and(|l| l.is("'s"))
        && let Some(found) = quarter(lexemes, j + 2)
        && let Base::Quarter(n, kind, _) = found.base
    {
        let whole = match step {
            Shift::Last => Shift::Tense(None),
            other => other,
        };
        return Some(Found::new(
            i,
            found.end,
            Base::Quarter(n, kind, whole),
            "a quarter of a year told from publication",
        ));
    }
    let by = match step {
        Shift::Last => -1,
        Shift::Next => 1,
        _ => 0,
    };
    Some(Found::new(i, j + 1, Base::Unit(letter.to_owned(), by), "period told from publication"))
}

/// "summer 2031", "the summer of 2031", "in spring".
fn season(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
    let j = i + usize::from(lexemes.get(i)?.is("the"));
    let word = lexemes.get(j)?;
    let code = LEXICON.seasons.get(&*word.low)?;
    let k = j + 1 + usize::from(lexemes.get(j + 1).is_some_and(|l| l.is("of")));
    if let Some(year) = lexemes.get(k).and_then(Lexeme::plain).filter(|y| (1800..=2200).contains(y)) {
        return Some(Found::new(i, k + 1, Base::At(Civil::Season(year as i16, code.clone())), "season and year"));
    }
    // "fall" and "spring" are verbs too: they need "in the".
    let before = i.checked_sub(1).and_then(|p| lexemes.get(p));
    let led = before.is_some_and(|l| l.any(&["in", "during", "since", "by", "until", "early", "late"]));
    let plain = word.any(&["summer", "winter", "autumn"]);
    (led && (j > i || plain)).then(|| {
        Found::new(i, j + 1, Base::Season(code.clone(), Shift::Tense(tense(lexemes, i, j + 1))), "season by tense")
    })
}

/// "now", "recently", "the future".
fn reference(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
    let (end, name) = LEXICON.refs.at(lexemes, i)?;
    // "once" is a reference only when it does not open a clause; "the time" only after "at".
    let word = lexemes.get(i)?;
    let before = i.checked_sub(1).and_then(|p| lexemes.get(p));
    if word.is("once") {
        return None;
    }
    let last = lexemes.get(end.checked_sub(1)?)?;
    if last.is("time") && !word.any(&["a", "some", "at"]) && !before.is_some_and(|l| l.is("at")) {
        return None;
    }
    if word.is("the")
        && last.is("past")
        && lexemes.get(end).is_some_and(|l| {
            l.word()
                && !l.any(&[
                    "and", "but", "as", "to", "in", "it", "he", "she", "they", "when", "has", "have", "were", "was",
                ])
        })
    {
        return None;
    }
    if last.is("present")
        && lexemes.get(end).is_some_and(Lexeme::word)
        && !before.is_some_and(|l| l.is("at"))
        && !word.is("at")
    {
        return None;
    }
    Some(Found::new(i, end, Base::Ref(name.clone()), "a fixed reference"))
}

/// A year alone: "in 2011", "2011", "nineteen seventy-nine".
fn year(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
    let lexeme = lexemes.get(i)?;
    if lexeme.any(&["nineteen", "eighteen"]) {
        let rest = numeral::read(lexemes, i + 1).filter(|n| !n.digits && n.value >= 10.0 && n.value < 100.0)?;
        let century = if lexeme.is("nineteen") { 1900 } else { 1800 };
        return Some(Found::new(i, rest.end, Base::At(Civil::Year(century + rest.value as i16)), "a year in words"));
    }
    let n = lexeme.plain().filter(|n| (1900..=2100).contains(n) && lexeme.low.len() == 4)?;
    let before = i.checked_sub(1).and_then(|p| lexemes.get(p));
    let next = lexemes.get(i + 1);
    if lexeme.glued && before.is_some_and(|l| l.any(&["$", "#", "@", ".", "/", "_", "£", "€", ":"]) || l.word()) {
        return None;
    }
    if next.is_some_and(|l| l.glued && (l.word() && !l.is("'s") || l.any(&["%", "/", ":"]))) {
        return None;
    }
    // "1,950 people" is one group of digits; "2000 people" is a count.
    if next.is_some_and(|l| LEXICON.counted.contains(&*l.low)) {
        return None;
    }
    Some(Found::new(i, i + 1, Base::At(Civil::Year(n as i16)), "a year"))
}
