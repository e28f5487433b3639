//! Clock times and parts of the day: "10 a.m.", "09:28 BST", "2 o'clock", "noon", "at dawn", "this morning".

use super::grammar::{Base, Clock, Found, day};
use super::lexicon::LEXICON;
use super::value::Civil;
use crate::lexeme::{Lexeme, Sort};
use crate::numeral;

/// A clock time at lexeme `i`, with the day where it directly follows ("10 a.m. Wednesday").
pub(super) fn read(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
    let (clock, mut end) = time(lexemes, i)?;
    // A zone is noted by staying in the extent; the value is local civil time.
    if lexemes.get(end).is_some_and(|l| l.capital && LEXICON.zones.contains(&*l.low)) {
        end += 1;
    } else if lexemes.get(end).is_some_and(|l| l.is("local")) && lexemes.get(end + 1).is_some_and(|l| l.is("time")) {
        end += 2;
    }
    let mut found = Found::new(i, end, Base::SameDay, "a clock time");
    found.clock = Some(clock);
    let mut j = end + usize::from(lexemes.get(end).is_some_and(|l| l.any(&["on", ","])));
    if lexemes.get(j).is_some_and(|l| l.is("local")) {
        j += 2;
    }
    // "10:35 a.m. (0735 GMT) Friday"
    if lexemes.get(j).is_some_and(|l| l.is("("))
        && let Some(close) = (j..j + 7).find(|&k| lexemes.get(k).is_some_and(|l| l.is(")")))
    {
        j = close + 1;
    }
    if let Some(with) = day(lexemes, j)
        .filter(|d| matches!(d.base, Base::Weekday(..) | Base::Day(_) | Base::MonthDay(..) | Base::At(Civil::Day(_))))
    {
        found.base = with.base;
        found.end = with.end;
    }
    Some(found)
}

/// "10:30", "10:30:15": hours, minutes, index one past.
pub(super) fn figures(lexemes: &[Lexeme<'_>], i: usize) -> Option<(Clock, usize)> {
    let first = lexemes.get(i)?;
    let hour = first.plain().filter(|&h| h < 25 && first.low.len() <= 2)?;
    let colon = lexemes.get(i + 1).filter(|l| l.glued && l.is(":"))?;
    let minute = lexemes
        .get(i + 2)
        .filter(|l| l.glued && colon.glued && l.low.len() == 2)
        .and_then(Lexeme::plain)
        .filter(|&m| m < 60)?;
    let mut end = i + 3;
    if lexemes.get(end).is_some_and(|l| l.glued && l.is(":"))
        && lexemes.get(end + 1).is_some_and(|l| l.glued && l.low.len() == 2 && l.plain().is_some())
    {
        end += 2;
    }
    Some((Clock { hour: hour as i8, minute: minute as i8, exact: true }, end))
}

/// A clock time without its day.
fn time(lexemes: &[Lexeme<'_>], i: usize) -> Option<(Clock, usize)> {
    let first = lexemes.get(i)?;
    if first.glued
        && i.checked_sub(1)
            .and_then(|p| lexemes.get(p))
            .is_some_and(|l| l.any(&[":", "/", "$", "-"]) || l.sort == Sort::Digits)
    {
        return None;
    }
    if first.any(&["noon", "midnight"]) {
        let hour = if first.is("noon") { 12 } else { 0 };
        return Some((Clock { hour, minute: 0, exact: true }, i + 1));
    }
    let (mut clock, mut end) = figures(lexemes, i).or_else(|| pointed(lexemes, i)).or_else(|| {
        let n = numeral::read(lexemes, i)?;
        let hour = n.whole().filter(|&h| (1..=24).contains(&h))?;
        Some((Clock { hour: hour as i8, minute: 0, exact: false }, n.end))
    })?;
    let marker = lexemes.get(end);
    let (mut half, mut marked) = (None, false);
    if marker.is_some_and(|l| l.any(&["a.m.", "am", "a.m"])) {
        half = Some(false);
        end += 1;
    } else if marker.is_some_and(|l| l.any(&["p.m.", "pm", "p.m"])) {
        half = Some(true);
        end += 1;
    } else if marker.is_some_and(|l| l.is("o"))
        && lexemes.get(end + 1).is_some_and(|l| l.is("'"))
        && lexemes.get(end + 2).is_some_and(|l| l.is("clock"))
    {
        marked = true;
        end += 3;
    } else if marker.is_some_and(|l| l.any(&["hours", "hrs"])) && first.low.len() == 4 && clock.exact {
        marked = true;
        end += 1;
    }
    if let Some(afternoon) = half {
        if clock.hour > 12 && !afternoon || clock.hour > 23 {
            return None;
        }
        if afternoon && clock.hour < 12 {
            clock.hour += 12;
        } else if !afternoon && clock.hour == 12 {
            clock.hour = 0;
        }
        clock.exact = true;
        return Some((clock, end));
    }
    (marked || clock.exact).then_some((clock, end))
}

/// "10.30 p.m.", "1530 GMT", "0928 hours".
fn pointed(lexemes: &[Lexeme<'_>], i: usize) -> Option<(Clock, usize)> {
    let first = lexemes.get(i)?;
    let next = lexemes.get(i + 1)?;
    if let Some((h, m)) = first.low.split_once('.')
        && next.any(&["a.m.", "am", "pm", "p.m."])
        && m.len() == 2
    {
        return clock(h.parse().ok()?, m.parse().ok()?).map(|c| (c, i + 1));
    }
    if first.plain().is_some()
        && first.low.len() == 4
        && (next.any(&["gmt", "utc", "hours", "hrs", "bst", "z", "local"]))
    {
        let (h, m) = (first.low.get(..2)?, first.low.get(2..)?);
        return clock(h.parse().ok()?, m.parse().ok()?).map(|c| (c, i + 1));
    }
    None
}

/// A checked clock time.
fn clock(hour: i8, minute: i8) -> Option<Clock> {
    ((0..=24).contains(&hour) && (0..60).contains(&minute)).then_some(Clock { hour, minute, exact: true })
}

/// A part of the day without a day, or with "this", "last": "this morning", "last night", "at dawn", "in the evening".
pub(super) fn part(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
    let first = lexemes.get(i)?;
    // "the next morning", "the same night": told from the day named before
    if first.is("the")
        && let Some(word) = lexemes.get(i + 1).filter(|l| l.any(&["next", "following", "same", "previous"]))
        && let Some((end, part)) = LEXICON.parts.at(lexemes, i + 2)
    {
        let base = match &*word.low {
            "same" => Base::SameDay,
            "previous" => Base::Away("D".to_owned(), -1.0, true),
            _ => Base::Away("D".to_owned(), 1.0, true),
        };
        let mut found = Found::new(i, end, base, "a part of a day told from the one before");
        found.part = Some(part.clone());
        return Some(found);
    }
    let shifted = first.any(&["this", "last", "yesterday", "that"]);
    let the = first.any(&["the"]);
    let at = i + usize::from(shifted || the);
    let early = lexemes.get(at)?.any(&["early", "late"]);
    let (end, part) = LEXICON.parts.at(lexemes, at + usize::from(early))?;
    if !shifted {
        // Only after a preposition: "at dawn", "in the evening", "by nightfall".
        let before = i.checked_sub(1).and_then(|p| lexemes.get(p));
        if !before.is_some_and(|l| {
            l.any(&[
                "at",
                "in",
                "by",
                "during",
                "before",
                "since",
                "until",
                "after",
                "around",
                "throughout",
                "mid",
                "early",
                "late",
            ]) || l.is("-") && i.checked_sub(2).and_then(|p| lexemes.get(p)).is_some_and(|p| p.is("mid"))
        }) {
            return None;
        }
        // "night" as an adjective, a set of nights, "in the dawn raid".
        if lexemes.get(end.checked_sub(1)?)?.low.ends_with('s')
            || lexemes.get(end).is_some_and(|l| l.word() && !function_word(l))
        {
            return None;
        }
    }
    let base = match &*first.low {
        "this" => Base::Day(0),
        "last" => Base::Day(-1),
        "yesterday" => Base::Day(-1),
        _ => Base::SameDay,
    };
    let mut found = Found::new(i, end, base, "a part of the day");
    found.part = Some(part.clone());
    Some(found)
}

/// Function words that may follow a free-standing part of day.
fn function_word(l: &Lexeme<'_>) -> bool {
    l.any(&[
        "on", "of", "in", "at", "when", "and", "by", "to", "as", "after", "before", "with", "for", "from", "while",
        "but", "the", "was", "were", "that", "local", "or", "a", "an", "he", "she", "they", "it",
    ])
}
