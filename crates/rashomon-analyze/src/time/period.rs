//! Periods, lengths and recurrences: "last week", "in 2011", "the 1990s", "the third quarter", "four days", "every day",
//! "two years later", "recently".

use super::grammar::{Base, Found, Shift, month, shift};
use super::lexicon::LEXICON;
use super::tense::tense;
use super::value::Civil;
use crate::lexeme::{Lexeme, Sort};
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

/// The unit a word names.
fn unit(lexemes: &[Lexeme<'_>], i: usize) -> Option<&'static str> {
    let lexeme = lexemes.get(i)?;
    // "min." and "yr." aside, a capitalised unit is part of a name ("Day of the Land"), except at the start of a sentence.
    LEXICON.units.get(&*lexeme.low).map(String::as_str)
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

/// "the third quarter", "third-quarter", "the fourth quarter of 1989", "the first half".
fn quarter(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
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

/// "daily", "every day", "each week", "every two years", "every Friday", "twice a day".
fn set(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
    let first = lexemes.get(i)?;
    if let Some(value) = LEXICON.sets.get(&*first.low) {
        return Some(Found::new(i, i + 1, Base::Set(value.clone()), "a recurrence"));
    }
    if first.any(&["every", "each", "per"]) {
        let mut j = i + 1;
        let mut other = 1.0;
        if lexemes.get(j)?.is("other") {
            other = 2.0;
            j += 1;
        }
        if let Some(n) = numeral::read(lexemes, j) {
            other = n.value;
            j = n.end;
        }
        if let Some(letter) = unit(lexemes, j) {
            return Some(Found::new(i, j + 1, Base::Set(duration(letter, Some(other))), "a recurrence"));
        }
        if first.is("per") {
            return None;
        }
        if let Some(&day) = LEXICON.weekdays.get(&*lexemes.get(j)?.low) {
            return Some(Found::new(i, j + 1, Base::Set(format!("XXXX-WXX-{day}")), "a recurring weekday"));
        }
        if let Some((end, part)) = LEXICON.parts.at(lexemes, j) {
            return Some(Found::new(i, end, Base::Set(format!("XXXX-XX-XX{}", part.code)), "a recurring part of day"));
        }
        if let Some((m, end)) = month(lexemes, j) {
            return Some(Found::new(i, end, Base::Set(format!("XXXX-{m:02}")), "a recurring month"));
        }
    }
    // "twice a day", "$5 a share a year": a unit after an article after a frequency or a sum.
    if first.any(&["a", "an"]) {
        let before = i.checked_sub(1).and_then(|p| lexemes.get(p))?;
        let frequency =
            before.any(&["once", "twice", "times", "percent", "million", "billion", "dollars", "hours", "barrels"]);
        let letter = unit(lexemes, i + 1).filter(|_| frequency)?;
        let ago = lexemes.get(i + 2).is_some_and(|l| l.any(&["ago", "earlier", "later", "before"]));
        return (!ago).then(|| Found::new(i, i + 2, Base::Set(duration(letter, Some(1.0))), "a recurrence"));
    }
    None
}

/// "last week", "this year", "next month", "last April", "this summer", "the past five years", "the following day".
fn shifted(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
    let (step, j) = shift(lexemes, i)?;
    let the = lexemes.get(i)?.is("the");
    let word = lexemes.get(j - 1)?;
    // "the past five years", "the next few days"
    if let Some((value, end)) = amount_of_units(lexemes, j)
        && step != Shift::This
    {
        return Some(Found::new(i, end, Base::Duration(value), "a length counted from the text"));
    }
    if let Some(letter) = unit(lexemes, j) {
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
        if the && word.any(&["past", "last"]) && letter != "D" && letter != "WE" && letter != "Q"
            || word.is("past") && the
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
        return Some(Found::new(i, j + 1, Base::Unit(letter.to_owned(), by), "period told from publication"));
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

/// A number or vague word and a unit: TIMEX3 value, index one past.
fn amount_of_units(lexemes: &[Lexeme<'_>], i: usize) -> Option<(String, usize)> {
    let (n, letter, end) = amount_and_unit(lexemes, i)?;
    Some((duration(letter, n), end))
}

/// A number (`None` if vague) and a unit.
fn amount_and_unit(lexemes: &[Lexeme<'_>], i: usize) -> Option<(Option<f64>, &'static str, usize)> {
    let (n, mut j) = if let Some((end, ())) = LEXICON.vague.at(lexemes, i) {
        (None, end)
    } else if let Some(numeral) = numeral::read(lexemes, i) {
        (Some(numeral.value), numeral.end)
    } else if lexemes.get(i)?.any(&["a", "an"]) {
        let half = lexemes.get(i + 1)?.is("half");
        (Some(if half { 0.5 } else { 1.0 }), i + 1 + usize::from(half))
    } else if lexemes.get(i)?.is("half") {
        (Some(0.5), i + 1 + usize::from(lexemes.get(i + 1)?.any(&["a", "an"])))
    } else {
        return None;
    };
    // "16-hour", "two-and-a-half-year", "five more days", "four full years"
    j += usize::from(lexemes.get(j)?.is("-"));
    j += usize::from(lexemes.get(j)?.any(&[
        "more",
        "full",
        "consecutive",
        "straight",
        "other",
        "long",
        "additional",
        "whole",
        "successive",
        "calendar",
    ]));
    let letter = unit(lexemes, j)?;
    // "three-quarters of the food" is a fraction
    if letter == "Q" && n == Some(3.0) && (lexemes.get(j + 1)?.is("of") || lexemes.get(j.checked_sub(1)?)?.is("-")) {
        return None;
    }
    Some((n, letter, j + 1))
}

/// "four days", "16-hour", "several years", "two years later", "a year ago", "for decades".
fn length(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
    let first = lexemes.get(i)?;
    if first.glued
        && i.checked_sub(1)
            .and_then(|p| lexemes.get(p))
            .is_some_and(|l| l.any(&["$", "-", "/"]) || l.sort == Sort::Digits)
    {
        return None;
    }
    let mut start_of_amount = i;
    let lead = first.any(&[
        "more",
        "less",
        "at",
        "about",
        "nearly",
        "almost",
        "over",
        "up",
        "some",
        "around",
        "roughly",
        "approximately",
        "only",
        "just",
    ]);
    if lead {
        start_of_amount += if lexemes.get(i + 1)?.any(&["than", "least", "to", "most"]) { 2 } else { 1 };
        if first.any(&["at", "up", "more", "less"]) && start_of_amount == i + 1 {
            return None;
        }
    }
    let plural_alone = || -> Option<(Option<f64>, &'static str, usize)> {
        let letter = unit(lexemes, i)
            .filter(|_| first.low.ends_with('s') && first.low.len() > 4 && !first.low.starts_with("week-"))?;
        if letter == "Q" || letter == "WE" || letter == "N" || letter == "TS" {
            return None;
        }
        let before = i.checked_sub(1).and_then(|p| lexemes.get(p));
        let led = before.is_none_or(|l| {
            l.any(&[
                "for", "in", "after", "within", "and", "over", "took", "taken", "take", "of", "through", "spent",
                "lasted", "last", ",", "\"", "last",
            ]) || l.low.ends_with("ly")
        });
        let ago = lexemes.get(i + 1).is_some_and(|l| l.any(&["ago", "later", "earlier", "before", "after", "of", "-"]));
        (led || ago).then_some((None, letter, i + 1))
    };
    // "in recent years" has no length either.
    if first.is("recent") && unit(lexemes, i + 1).is_some() {
        return Some(Found::new(i, i + 2, Base::Ref("PAST_REF".to_owned()), "a stretch without bounds"));
    }
    // "the 1988 second quarter" begins with a year.
    if first.plain().is_some_and(|n| (1900..=2100).contains(&n))
        && lexemes.get(i + 1).is_some_and(|l| l.any(&["second", "quarter"]))
    {
        return None;
    }
    let (n, letter, mut end) = amount_and_unit(lexemes, start_of_amount).or_else(plural_alone)?;
    // "19-year-old", "19 years old", "aged": an age is not a temporal expression of the event.
    let next = lexemes.get(end);
    if next.is_some_and(|l| l.is("-")) && lexemes.get(end + 1).is_some_and(|l| l.any(&["old", "olds"])) {
        // A war has an age too, and that is its length.
        let lasting = lexemes.get(end + 2..(end + 5).min(lexemes.len())).unwrap_or_default();
        if !lasting.iter().any(|l| {
            l.any(&["war", "conflict", "uprising", "siege", "crisis", "blockade", "truce", "ceasefire", "insurgency"])
        }) {
            return None;
        }
        return Some(Found::new(i, end + 2, Base::Duration(duration(letter, n)), "the age of a war, its length"));
    }
    if next.is_some_and(|l| l.any(&["old", "-old", "jail", "olds"])) {
        return None;
    }
    if n == Some(1.0)
        && first.any(&["a", "an"])
        && !next.is_some_and(|l| l.any(&["ago", "earlier", "later", "before", "after", "from"]))
        && !lexemes.get(i.wrapping_sub(1)).is_some_and(|l| {
            l.any(&["for", "in", "within", "about", "than", "over", "after", "nearly", "almost", "least", "half"])
        })
    {
        return None;
    }
    let away = |by: f64, previous: bool, end: usize, why| {
        let base = match n {
            Some(n) => Base::Away(letter.to_owned(), by * n, previous),
            None => Base::Ref(if by < 0.0 { "PAST_REF" } else { "FUTURE_REF" }.to_owned()),
        };
        Some(Found::new(i, end, base, why))
    };
    if let Some(next) = next {
        match &*next.low {
            "ago" => return away(-1.0, false, end + 1, "told back from publication"),
            "earlier" | "before" if next.is("earlier") => {
                return away(-1.0, true, end + 1, "told back from the date before it");
            }
            "later" => return away(1.0, true, end + 1, "told on from the date before it"),
            "from" if lexemes.get(end + 1).is_some_and(|l| l.any(&["now", "today"])) => {
                return away(1.0, false, end + 2, "told on from publication");
            }
            _ => {}
        }
    }
    let mut value = duration(letter, n);
    // "one hour and 30 minutes"
    if letter == "TH"
        && lexemes.get(end).is_some_and(|l| l.is("and"))
        && let Some((Some(m), "TM", to)) = amount_and_unit(lexemes, end + 1)
        && let Some(h) = n
    {
        value = format!("PT{h}H{m}M");
        end = to;
    }
    Some(Found::new(i, end, Base::Duration(value), "a length"))
}

/// TIMEX3 value of a length; `None` is X.
pub(super) fn duration(letter: &str, n: Option<f64>) -> String {
    let figure = |n: f64| {
        if n.fract() == 0.0 { format!("{}", n as u64) } else { format!("{n}") }
    };
    let n_text = n.map_or_else(|| "X".to_owned(), figure);
    match letter {
        "TH" => match n {
            Some(n) if (n.fract() - 0.5).abs() < 1e-9 && n > 1.0 => {
                format!("PT{}H30M", n.trunc() as u64)
            }
            _ => format!("PT{n_text}H"),
        },
        "TM" => format!("PT{n_text}M"),
        "TS" => format!("PT{n_text}S"),
        "F" => format!("P{}W", n.map_or_else(|| "X".to_owned(), |n| figure(n * 2.0))),
        "DE" => format!("P{}Y", n.map_or_else(|| "X0".to_owned(), |n| figure(n * 10.0))),
        "WE" => format!("P{n_text}WE"),
        "N" => format!("P{n_text}TNI"),
        "Y" if n.is_some_and(|n| n > 1.0 && (n.fract() - 0.5).abs() < 1e-9) => {
            format!("P{}Y6M", n.unwrap_or(0.0).trunc() as u64)
        }
        _ => format!("P{n_text}{letter}"),
    }
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

/// "fiscal 1990", "fiscal year 1990".
fn fiscal(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
    if !lexemes.get(i)?.is("fiscal") {
        return None;
    }
    let j = i + 1 + usize::from(lexemes.get(i + 1)?.is("year"));
    let year = lexemes.get(j)?.plain().filter(|y| (1900..=2100).contains(y))?;
    Some(Found::new(i, j + 1, Base::At(Civil::Year(year as i16)), "a fiscal year, read as the year"))
}

/// "the quarter", "the latest period", "the year", "the year-earlier quarter", "the year-ago period", "the weekend".
fn running(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
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
    if next.is_some_and(|l| {
        l.any(&[
            "people",
            "civilians",
            "soldiers",
            "troops",
            "tons",
            "tonnes",
            "km",
            "metres",
            "meters",
            "miles",
            "dollars",
            "pounds",
            "houses",
            "homes",
            "fighters",
            "refugees",
            "percent",
            "men",
            "women",
            "children",
            "families",
            "points",
            "feet",
            "hours",
            "shares",
            "employees",
            "workers",
            "gmt",
            "utc",
            "hrs",
        ])
    }) {
        return None;
    }
    Some(Found::new(i, i + 1, Base::At(Civil::Year(n as i16)), "a year"))
}
