//! How long, or how often? "Four days", "16-hour", "two years later", "a year ago", "for decades", "every Friday".

use super::date::month;
use super::found::{Base, Found};
use super::lexicon::LEXICON;
use super::spoken::face;
use crate::lexeme::{Lexeme, Sort};
use crate::numeral;

/// The unit a word names.
pub(super) fn unit(lexemes: &[Lexeme<'_>], i: usize) -> Option<&'static str> {
    let lexeme = lexemes.get(i)?;
    // "min." and "yr." aside, a capitalised unit is part of a name ("Day of the Land"), except at the start of a sentence.
    LEXICON.units.get(&*lexeme.low).map(String::as_str)
}

/// A number or vague word and a unit: TIMEX3 value, index one past.
pub(super) fn amount_of_units(lexemes: &[Lexeme<'_>], i: usize) -> Option<(String, usize)> {
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
pub(super) fn length(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
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
    // "about a quarter to six" is an hour, said or not of which half of the day
    if face(lexemes, start_of_amount).is_some() {
        return None;
    }
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
    let (n, letter, mut end) = amount_and_unit(lexemes, start_of_amount).or_else(|| plural_alone(lexemes, i))?;
    let next = lexemes.get(end);
    if next.is_some_and(|l| l.is("-")) && lexemes.get(end + 1).is_some_and(|l| l.any(&["old", "olds"])) {
        return age_of_war(lexemes, end)
            .then(|| Found::new(i, end + 2, Base::Duration(duration(letter, n)), "the age of a war, its length"));
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
            "earlier" => return away(-1.0, true, end + 1, "told back from the date before it"),
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

/// A unit in the plural without a number: "for decades", "weeks later".
fn plural_alone(lexemes: &[Lexeme<'_>], i: usize) -> Option<(Option<f64>, &'static str, usize)> {
    let first = lexemes.get(i)?;
    let letter = unit(lexemes, i)
        .filter(|_| first.low.ends_with('s') && first.low.len() > 4 && !first.low.starts_with("week-"))?;
    if letter == "Q" || letter == "WE" || letter == "N" || letter == "TS" {
        return None;
    }
    let before = i.checked_sub(1).and_then(|p| lexemes.get(p));
    let led = before.is_none_or(|l| {
        l.any(&[
            "for", "in", "after", "within", "and", "over", "took", "taken", "take", "of", "through", "spent", "lasted",
            "last", ",", "\"",
        ]) || l.low.ends_with("ly")
    });
    let ago = lexemes.get(i + 1).is_some_and(|l| l.any(&["ago", "later", "earlier", "before", "after", "of", "-"]));
    (led || ago).then_some((None, letter, i + 1))
}

/// Whether the "-old" at `end` tells the age of a war, which is its length; any other age ("19-year-old") is no time of the event.
fn age_of_war(lexemes: &[Lexeme<'_>], end: usize) -> bool {
    let behind = lexemes.get(end + 2..(end + 5).min(lexemes.len())).unwrap_or_default();
    behind.iter().any(|l| {
        l.any(&["war", "conflict", "uprising", "siege", "crisis", "blockade", "truce", "ceasefire", "insurgency"])
    })
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

/// "daily", "every day", "each week", "every two years", "every Friday", "twice a day".
pub(super) fn set(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
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
