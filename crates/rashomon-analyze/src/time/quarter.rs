//! Which part of a business year? "The third quarter", "the first half of 2031", "fiscal 2031", "the year-earlier period".

use super::found::{Base, Found, Shift};
use super::value::Civil;
use crate::lexeme::Lexeme;
use crate::numeral;

/// "the third quarter", "third-quarter", "the fourth quarter of 1989", "the first half".
pub(super) fn quarter(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
    // "the 1988 second quarter"
    let year_at = i + usize::from(lexemes.get(i)?.is("the"));
    if let Some(year) = lexemes.get(year_at).and_then(Lexeme::plain).filter(|y| (1900..=2100).contains(y)) {
        let n = numeral::ordinal(&lexemes.get(year_at + 1)?.low).filter(|n| (1..=4).contains(n))?;
        let at = year_at + 2 + usize::from(lexemes.get(year_at + 2)?.is("-"));
        return lexemes.get(at)?.is("quarter").then(|| {
            Found::new(i, at + 1, Base::At(Civil::Quarter(year as i16, n as i8)), "a quarter or half of a year")
        });
    }
    let mut j = i + usize::from(lexemes.get(i)?.any(&["the", "its", "his", "their"]));
    let start = if lexemes.get(i)?.any(&["its", "his", "their"]) { j } else { i };
    let fiscal = lexemes.get(j)?.is("fiscal");
    j += usize::from(fiscal);
    j += usize::from(fiscal && lexemes.get(j)?.is("-"));
    let n = numeral::ordinal(&lexemes.get(j)?.low).filter(|n| (1..=4).contains(n))?;
    j += 1;
    if lexemes.get(j)?.any(&["-", "fiscal"]) {
        j += 1;
    }
    let kind = match &*lexemes.get(j)?.low {
        "quarter" | "quarters" => 'Q',
        "half" if n <= 2 && j > i + 1 => 'H',
        _ => return None,
    };
    j += 1;
    let mut shift_ = Shift::Last;
    if lexemes.get(j).is_some_and(|l| l.any(&["of", ",", "in"])) || lexemes.get(j).is_some_and(|l| l.plain().is_some())
    {
        let mut k = j + usize::from(lexemes.get(j)?.any(&["of", ",", "in"]));
        k += usize::from(lexemes.get(k).is_some_and(|l| l.is("fiscal")));
        if let Some(year) = lexemes.get(k).and_then(Lexeme::plain).filter(|y| (1900..=2100).contains(y)) {
            let civil =
                if kind == 'Q' { Civil::Quarter(year as i16, n as i8) } else { Civil::Half(year as i16, n as i8) };
            return Some(Found::new(start, k + 1, Base::At(civil), "a quarter or half of a year"));
        }
        if lexemes.get(k).is_some_and(|l| l.is("this")) && lexemes.get(k + 1).is_some_and(|l| l.is("year")) {
            shift_ = Shift::This;
            j = k + 2;
        } else if lexemes.get(k).is_some_and(|l| l.any(&["last", "next"]))
            && lexemes.get(k + 1).is_some_and(|l| l.is("year"))
        {
            shift_ = if lexemes.get(k)?.is("next") { Shift::Next } else { Shift::Tense(None) };
            j = k + 2;
        }
    }
    Some(Found::new(start, j, Base::Quarter(n as i8, kind, shift_), "a quarter or half, latest begun"))
}

/// "fiscal 1990", "fiscal year 1990".
pub(super) fn fiscal(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
    if !lexemes.get(i)?.is("fiscal") {
        return None;
    }
    let j = i + 1 + usize::from(lexemes.get(i + 1)?.is("year"));
    let year = lexemes.get(j)?.plain().filter(|y| (1900..=2100).contains(y))?;
    Some(Found::new(i, j + 1, Base::At(Civil::Year(year as i16)), "a fiscal year, read as the year"))
}

/// "the quarter", "the latest period", "the year", "the year-earlier quarter", "the year-ago period", "the weekend".
pub(super) fn running(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
    let mut j = i + usize::from(lexemes.get(i)?.is("the"));
    let the = j > i;
    let word = lexemes.get(j)?;
    j += usize::from(word.any(&["latest", "comparable", "corresponding", "full"]));
    // "year-earlier", "year-ago"
    if lexemes.get(j)?.is("year")
        && lexemes.get(j + 1).is_some_and(|l| l.is("-"))
        && lexemes.get(j + 2).is_some_and(|l| l.any(&["earlier", "ago"]))
    {
        let unit = lexemes.get(j + 3).is_some_and(|l| l.any(&["quarter", "period"]));
        return Some(Found::new(
            i,
            j + 3 + usize::from(unit),
            Base::Running('P', -1),
            "the same period of the year before",
        ));
    }
    if !the {
        return None;
    }
    let fiscal = usize::from(lexemes.get(j)?.is("fiscal"));
    let name = lexemes.get(j + fiscal)?;
    let latest = word.any(&["latest", "full", "comparable", "corresponding"]);
    let end = j + fiscal + 1;
    let next = lexemes.get(end);
    if next.is_some_and(|l| l.any(&["of", "that", "when", "before", "after", "-"]) || l.plain().is_some()) {
        return None;
    }
    match &*name.low {
        "quarter" => Some(Found::new(i, end, Base::Running('Q', 0), "the quarter told of")),
        "period" if latest => Some(Found::new(i, end, Base::Running('P', 0), "the period told of")),
        // "the year ended March 31" is twelve months up to that day, not a year of the calendar
        "year" if next.is_some_and(|l| l.any(&["ended", "ending"])) => {
            Some(Found::new(i, end, Base::Duration("P1Y".to_owned()), "twelve months up to a day named"))
        }
        "year" => Some(Found::new(i, end, Base::Running('Y', 0), "the year told of")),
        "weekend" => {
            Some(Found::new(i, end, Base::Unit("WE".to_owned(), 0), "the week-end nearest before publication"))
        }
        _ => None,
    }
}
