//! Where does a temporal expression stand, and what does it say before any calendar is consulted?
//!
//! A grammar over lexemes; nothing here knows the publication date. Resolution: [`super::resolve`].

use super::clock;
use super::date::{date_found, day_month, month, month_day, numeric, year_after};
use super::found::{Base, Found, Shift};
use super::lexicon::{LEXICON, Part};
use super::period;
use super::tense::{tense, told};
use super::value::Civil;
use crate::lexeme::{Lexeme, Sort};

/// The expression that begins at lexeme `i`.
pub(super) fn read(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
    let mut found = overnight(lexemes, i)
        .or_else(|| clock::read(lexemes, i))
        .or_else(|| day(lexemes, i))
        .or_else(|| clock::part(lexemes, i))
        .or_else(|| period::read(lexemes, i))
        .or_else(|| modified(lexemes, i))?;
    if found.base.is_day() && found.clock.is_none() && found.part.is_none() {
        // "Wednesday night", "yesterday morning"
        let mut at = found.end;
        if lexemes.get(at).is_some_and(|l| l.any(&["early", "late"])) {
            at += 1;
        }
        if let Some((end, part)) = LEXICON.parts.at(lexemes, at) {
            let plural = lexemes.get(end - 1).is_some_and(|l| l.low.ends_with('s'));
            if let (true, Base::Weekday(day, _)) = (plural, &found.base) {
                found.base = Base::Set(format!("XXXX-WXX-{day}{}", part.code));
            } else {
                found.part = Some(part.clone());
            }
            found.end = end;
        }
    }
    Some(found)
}

/// "early 1997", "late September", "the end of 1990", "earlier this month", "mid-1990s": the value is that of the period.
fn modified(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
    let mut j = i;
    if lexemes.get(j)?.is("the") {
        j += 1;
    }
    let word = lexemes.get(j)?;
    if word.any(&["end", "beginning", "start", "middle", "close", "rest", "remainder", "dawn", "eve"])
        && lexemes.get(j + 1)?.is("of")
    {
        j += 2;
    } else if word.any(&["early", "late", "earlier", "later", "mid", "middle", "sometime", "around"]) {
        j += 1;
        if lexemes.get(j)?.is("-") {
            j += 1;
        }
        if lexemes.get(j)?.any(&["in", "on"]) && word.any(&["earlier", "later"]) {
            return None;
        }
    } else {
        return None;
    }
    let mut found = day(lexemes, j).or_else(|| period::read(lexemes, j)).or_else(|| clock::part(lexemes, j))?;
    if matches!(found.base, Base::Duration(_) | Base::Set(_) | Base::Ref(_) | Base::Away(..)) {
        return None;
    }
    if word.any(&["dawn", "eve"]) && !matches!(found.base, Base::Weekday(..) | Base::MonthDay(..)) {
        return None;
    }
    found.start = i;
    Some(found)
}

/// "overnight to Thursday", "overnight", "the night of 30 September", "the early hours of Thursday", "the morning of …".
fn overnight(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
    let first = lexemes.get(i)?;
    if first.is("overnight") {
        let mut j = i + 1;
        let joined = lexemes.get(j).is_some_and(|l| l.any(&["to", "into", "on", "-"]));
        j += usize::from(joined);
        if let Some(mut found) = day(lexemes, j).filter(|f| f.base.is_day()) {
            found.start = i;
            let into = lexemes.get(i + 1).is_some_and(|l| l.any(&["to", "into", "-"]));
            found.night_to = into;
            found.part = Some(Part::night());
            found.why = if into { "the night that ends on that day" } else { "the night of that day" };
            return Some(found);
        }
        let mut found = Found::new(i, i + 1, Base::Day(0), "the night before publication");
        found.night_to = true;
        found.part = Some(Part::night());
        return Some(found);
    }
    // "the night of Friday", "early hours of Thursday"
    let mut j = i + usize::from(first.is("the"));
    let early = lexemes.get(j).is_some_and(|l| l.any(&["early", "small"]));
    j += usize::from(early);
    let part = if early && lexemes.get(j)?.is("hours") {
        j += 1;
        Part { code: "TMO".into(), from: 0, to: 6 }
    } else {
        let (end, part) = LEXICON.parts.at(lexemes, j)?;
        j = end;
        part.clone()
    };
    // "in the night to 9 March", "the night before the 9th": the one that ends on that day
    let into = part.code == "TNI" && lexemes.get(j)?.any(&["to", "into", "before"]);
    let night = part.code == "TNI" && lexemes.get(j)?.any(&["from", "between"]);
    if !(into || night || lexemes.get(j)?.any(&["of", "on"])) {
        return None;
    }
    let mut found = day(lexemes, j + 1).filter(|f| f.base.is_day())?;
    found.start = i;
    found.part = Some(part);
    found.night_to = into;
    Some(found)
}

/// A calendar day, or a month or year written as a date.
pub(super) fn day(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
    numeric(lexemes, i)
        .or_else(|| weekday(lexemes, i))
        .or_else(|| day_month(lexemes, i))
        .or_else(|| month_day(lexemes, i))
        .or_else(|| relative_day(lexemes, i))
        .or_else(|| holiday(lexemes, i))
}

/// "Wednesday", "last Wednesday", "Wednesday, 30 September".
fn weekday(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
    let (shift, mut j) = shift(lexemes, i).map_or((None, i), |(s, j)| (Some(s), j));
    let lexeme = lexemes.get(j)?;
    let plural = lexeme.low.strip_suffix('s').filter(|w| w.ends_with("day"));
    let weekday = *LEXICON.weekdays.get(plural.unwrap_or(&lexeme.low))?;
    if !lexeme.capital
        || lexeme.any(&["sun", "sat", "mon", "wed"])
            && !lexemes.get(j + 1).is_some_and(|l| {
                l.is(".") && l.glued
                    || l.is(",")
                        && lexemes.get(j + 2).is_some_and(|n| n.sort == Sort::Digits || month(lexemes, j + 2).is_some())
            })
    {
        return None;
    }
    j += 1;
    if lexeme.low.len() <= 5 && lexemes.get(j).is_some_and(|l| l.is(".") && l.glued) {
        j += 1;
    }
    if plural.is_some() {
        return Some(Found::new(i, j, Base::Set(format!("XXXX-WXX-{weekday}")), "a recurring weekday"));
    }
    if shift.is_none() || shift == Some(Shift::Last) {
        // "Wednesday, 30 September"
        let mut k = j + usize::from(lexemes.get(j).is_some_and(|l| l.any(&[",", "("])));
        k += usize::from(lexemes.get(k).is_some_and(|l| l.is("the")));
        let full = day_month(lexemes, k).or_else(|| month_day(lexemes, k)).or_else(|| numeric(lexemes, k));
        if let Some(mut found) =
            full.filter(|f| matches!(f.base, Base::MonthDay(_, _, None, _) | Base::At(Civil::Day(_))))
        {
            found.start = i;
            if lexemes.get(j).is_some_and(|l| l.is("(")) && lexemes.get(found.end).is_some_and(|l| l.is(")")) {
                found.end += 1;
            }
            return Some(found);
        }
    }
    let before = lexemes.get(i..j).unwrap_or_default().iter().any(|l| l.any(&["previous", "preceding"]));
    let shift = if before { Shift::Before } else { shift.unwrap_or_else(|| Shift::Tense(tense(lexemes, i, j))) };
    Some(Found::new(i, j, Base::Weekday(weekday, shift), "weekday by tense and publication day"))
}

/// "last", "next", "this" and their synonyms before a name of time.
pub(super) fn shift(lexemes: &[Lexeme<'_>], i: usize) -> Option<(Shift, usize)> {
    let mut j = i;
    let first = lexemes.get(j)?;
    j += usize::from(first.is("the"));
    let word = lexemes.get(j)?;
    if word.is("this") && lexemes.get(j + 1).is_some_and(|l| l.any(&["past", "last"])) {
        return Some((Shift::Last, j + 2));
    }
    if word.is("this") && lexemes.get(j + 1).is_some_and(|l| l.any(&["coming", "next"])) {
        return Some((Shift::Next, j + 2));
    }
    let shift = match &*word.low {
        "last" | "past" | "previous" | "preceding" => Shift::Last,
        "next" | "coming" | "following" | "upcoming" => Shift::Next,
        "this" | "current" => Shift::This,
        _ => return None,
    };
    Some((shift, j + 1))
}

/// "today", "yesterday", "the day before yesterday".
fn relative_day(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
    if let Some(end) = that_day(lexemes, i) {
        return Some(Found::new(i, end, Base::ThatDay, "the day named before"));
    }
    let (end, &offset) = LEXICON.days.at(lexemes, i)?;
    let mut found = Found::new(i, end, Base::Day(offset), "day told from publication");
    if lexemes.get(i)?.is("tonight") {
        found.part = Some(Part::night());
    }
    Some(found)
}

/// "the same day", "that same day", "that day": index one past it.
fn that_day(lexemes: &[Lexeme<'_>], i: usize) -> Option<usize> {
    let first = lexemes.get(i).filter(|l| l.any(&["the", "that"]))?;
    let same = lexemes.get(i + 1)?.is("same");
    let end = i + 2 + usize::from(same);
    // "the same day that parliament voted": a day known by what else happened on it
    if same && lexemes.get(end).is_some_and(|l| l.any(&["that", "as", "when"])) {
        return None;
    }
    // "that day" alone may be a day of any kind: only at the end of its phrase
    (lexemes.get(end - 1)?.is("day") && (same || first.is("that")) && !lexemes.get(end).is_some_and(|l| l.is("-")))
        .then_some(end)
}

/// "Christmas Day".
fn holiday(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
    if !lexemes.get(i)?.capital {
        return None;
    }
    if let Some((end, &(month, day))) = LEXICON.holidays.at(lexemes, i) {
        return date_found(lexemes, i, end, month, day, None).map(|mut f| {
            f.why = "a fixed holiday, nearest year";
            f
        });
    }
    let (end, feast) = LEXICON.feasts.at(lexemes, i)?;
    if lexemes.get(end).is_some_and(|l| l.any(&["week", "weekend", "island", "rising", "holiday", "holidays"])) {
        return None;
    }
    let why = "a movable holiday";
    if let Some((year, to)) = year_after(lexemes, end) {
        let day = feast.in_year(year)?;
        return Some(Found::new(i, to, Base::At(Civil::Day(day)), why));
    }
    Some(Found::new(i, end, Base::Feast(*feast, told(lexemes, i, end)), why))
}
