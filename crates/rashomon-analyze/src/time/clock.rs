//! Clock times and parts of the day: "10 a.m.", "09:28 BST", "10.15 this morning", "2 o'clock", "noon", "at dawn".

use super::found::{Base, Clock, Found};
use super::grammar::{self, day};
use super::lexicon::{LEXICON, Part, Zone};
use super::spoken::{part_before, spoken};
use crate::lexeme::{Lexeme, Sort};
use crate::numeral;

/// A clock time at lexeme `i`, with its zone and the day or part of day that directly follow ("10 a.m. GMT Wednesday").
pub(super) fn read(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
    let Timed { clock, end, sure } = time(lexemes, i).or_else(|| hour_of_part(lexemes, i))?;
    let (zone, end) = zone_of(lexemes, end);
    let mut twin = None;
    let mut found = Found::new(i, end, Base::SameDay, "a clock time");
    found.zone = zone;
    let mut j = end + usize::from(lexemes.get(end).is_some_and(|l| l.any(&["on", ","])));
    if lexemes.get(j).is_some_and(|l| l.is("local")) {
        j += 2;
    }
    // "10:35 a.m. (0735 GMT) Friday"
    if lexemes.get(j).is_some_and(|l| l.is("("))
        && let Some(close) = (j..j + 7).find(|&k| lexemes.get(k).is_some_and(|l| l.is(")")))
    {
        // the same moment by another clock tells the zone of this one
        let inner = time(lexemes, j + 1).and_then(|t| Some((t.clock, zone_of(lexemes, t.end).0?)));
        if let (Some((other, Zone::Fixed(known))), None) = (inner, &found.zone) {
            twin = super::zone::between(known, clock.minutes() - other.minutes()).map(Zone::Fixed);
        }
        j = close + 1;
        j += usize::from(lexemes.get(j).is_some_and(|l| l.is("on")));
    }
    found.clock = Some(clock);
    let day = day(lexemes, j).filter(|d| d.base.is_day());
    if let Some(with) = day {
        found.base = with.base;
        found.end = with.end;
        found.twin = twin.is_some();
        found.zone = found.zone.or(twin);
        // "at 7.30 on Friday evening"
        if let Some((end, part)) = LEXICON.parts.at(lexemes, with.end) {
            found.clock = Some(if sure { clock } else { of_part(clock, part) });
            found.end = end;
        }
        return Some(found);
    }
    // "10.15 this morning", "ten in the morning"
    let within = end + usize::from(lexemes.get(end).is_some_and(|l| l.any(&["in", "at"])));
    if let Some(with) = part(lexemes, within) {
        if let (Some(part), false) = (&with.part, sure) {
            found.clock = Some(of_part(clock, part));
        }
        found.base = with.base;
        found.end = with.end;
        // "ten in the morning on Wednesday"
        let on = found.end + usize::from(lexemes.get(found.end).is_some_and(|l| l.is("on")));
        if found.base == Base::SameDay
            && let Some(with) = grammar::day(lexemes, on).filter(|d| d.base.is_day())
        {
            found.base = with.base;
            found.end = with.end;
        }
    } else if let Some(part) = part_before(lexemes, i).filter(|_| !sure) {
        // "on Friday evening at ten past eight"
        found.clock = Some(of_part(clock, part));
    }
    Some(found)
}

/// The zone written behind a clock time, and the index one past it: "GMT", "UTC+3", "local time" (which says no more).
fn zone_of(lexemes: &[Lexeme<'_>], at: usize) -> (Option<Zone>, usize) {
    let Some(word) = lexemes.get(at) else { return (None, at) };
    if word.is("local") && lexemes.get(at + 1).is_some_and(|l| l.is("time")) {
        return (None, at + 2);
    }
    let Some(zone) = LEXICON.zones.get(&*word.low).filter(|_| word.capital) else { return (None, at) };
    // "UTC+3"
    if let Some(sign) = lexemes.get(at + 1).filter(|l| l.glued && l.any(&["+", "-"]))
        && word.any(&["gmt", "utc"])
        && lexemes.get(at + 2).is_some_and(|l| l.glued)
        && let Some((minutes, end)) = offset(lexemes, at + 2)
    {
        return (Some(Zone::Fixed(if sign.is("-") { -minutes } else { minutes })), end);
    }
    (zone.clone(), at + 1)
}

/// The minutes of "3" or "5:30" behind "UTC+", at most fourteen hours, and the index one past.
fn offset(lexemes: &[Lexeme<'_>], at: usize) -> Option<(i16, usize)> {
    let exact = figures(lexemes, at).map(|(clock, end)| (clock.minutes(), end));
    let hours = || lexemes.get(at).and_then(Lexeme::plain).filter(|h| *h <= 14).map(|h| (h as i32 * 60, at + 1));
    let (minutes, end) = exact.or_else(hours).filter(|(minutes, _)| *minutes <= 14 * 60)?;
    Some((i16::try_from(minutes).ok()?, end))
}

/// An hour of twelve in its part of the day: "8 in the evening" is 20.
fn of_part(clock: Clock, part: &Part) -> Clock {
    let late = clock.hour < 12 && part.from >= 12 && !(part.to > 24 && clock.hour < 6);
    Clock { hour: if late { clock.hour + 12 } else { clock.hour }, ..clock }
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
struct Timed {
    clock: Clock,
    /// Index one past it.
    end: usize,
    /// Half of the day said, or hours of twenty-four.
    sure: bool,
}

/// A clock time without its day.
fn time(lexemes: &[Lexeme<'_>], i: usize) -> Option<Timed> {
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
        return Some(Timed { clock: Clock { hour, minute: 0, exact: true }, end: i + 1, sure: true });
    }
    let written = || figures(lexemes, i).or_else(|| pointed(lexemes, i));
    let (mut clock, mut end) = spoken(lexemes, i).or_else(written).or_else(|| {
        let n = numeral::read(lexemes, i)?;
        let hour = n.whole().filter(|&h| (1..=24).contains(&h))?;
        Some((Clock { hour: hour as i8, minute: 0, exact: false }, n.end))
    })?;
    let marker = lexemes.get(end);
    let half = marker.and_then(half);
    let mut marked = false;
    if half.is_some() {
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
        return Some(Timed { clock, end, sure: true });
    }
    let sure = clock.hour > 12 || first.low.len() >= 4 && first.low.starts_with('0');
    (marked || clock.exact).then_some(Timed { clock, end, sure })
}

/// The half of the day a lexeme says: whether "p.m." rather than "a.m.".
pub(super) fn half(l: &Lexeme<'_>) -> Option<bool> {
    let late = l.any(&["p.m.", "pm", "p.m"]);
    (late || l.any(&["a.m.", "am", "a.m"])).then_some(late)
}

/// "10.30 p.m.", "1530 GMT", "0928 hours", "10.15 this morning".
fn pointed(lexemes: &[Lexeme<'_>], i: usize) -> Option<(Clock, usize)> {
    let first = lexemes.get(i)?;
    let next = lexemes.get(i + 1);
    if let Some((h, m)) = first.low.split_once('.')
        && first.sort == Sort::Digits
        && m.len() == 2
        && h.len() <= 2
        && (next.is_some_and(|l| half(l).is_some() || zoned(l)) || told_as_time(lexemes, i))
    {
        return clock(h.parse().ok()?, m.parse().ok()?).map(|c| (c, i + 1));
    }
    if first.plain().is_some()
        && first.low.len() == 4
        && next.is_some_and(|l| l.any(&["gmt", "utc", "hours", "hrs", "bst", "z", "local"]))
    {
        let (h, m) = (first.low.get(..2)?, first.low.get(2..)?);
        return clock(h.parse().ok()?, m.parse().ok()?).map(|c| (c, i + 1));
    }
    None
}

/// Whether a lexeme is the name of a time zone, or "local".
fn zoned(l: &Lexeme<'_>) -> bool {
    l.is("local") || l.capital && LEXICON.zones.contains_key(&*l.low)
}

/// Whether figures with a point are an hour here, not a number: "at 10.15 this morning", "between 10.15 and 10.40", "at
/// 11.40, witnesses said". Behind a preposition of time, with nothing counted after it, and, where nothing after it speaks of
/// the day, in no sentence about prices or measures ("the index closed at 10.15").
fn told_as_time(lexemes: &[Lexeme<'_>], i: usize) -> bool {
    let before = |n: usize| i.checked_sub(n).and_then(|p| lexemes.get(p));
    let hour = |l: &Lexeme<'_>| {
        l.sort == Sort::Digits && l.low.split_once('.').is_some_and(|(h, m)| h.len() <= 2 && m.len() == 2)
    };
    let led = |l: &Lexeme<'_>| LEXICON.pointed.before.contains(&*l.low);
    let ranged = before(1).is_some_and(|l| l.any(&["and", "to", "-", "or"]))
        && before(2).is_some_and(hour)
        && before(3).is_some_and(|l| led(l) || l.any(&["between", "from"]));
    let opens = before(1).is_some_and(|l| l.any(&["between", "from"]))
        && lexemes.get(i + 1).is_some_and(|l| l.any(&["and", "to", "-"]))
        && lexemes.get(i + 2).is_some_and(hour);
    if !ranged && !opens && !before(1).is_some_and(led) {
        return false;
    }
    let opened = opens_clause(lexemes, i);
    let measured = || {
        let unit = |l: &Lexeme<'_>| !opened && LEXICON.pointed.lengths.contains(&*l.low);
        lexemes.iter().any(|l| LEXICON.pointed.measures.contains(&*l.low) || unit(l))
    };
    match lexemes.get(i + 1) {
        Some(next) if next.word() || next.sort == Sort::Digits => {
            day(lexemes, i + 1).is_some()
                || part(lexemes, i + 1).is_some()
                || next.any(&["on", "in"]) && (day(lexemes, i + 2).is_some() || part(lexemes, i + 2).is_some())
                || LEXICON.pointed.after.contains(&*next.low) && !measured()
        }
        Some(next) if next.any(&["%", "$", "£", "€", "/", "°", "×"]) => false,
        _ => !measured(),
    }
}

/// "At 9.40 a shell fell", "at 9.40, when they woke": whether the figures at `i` stand behind "at" and a clause or its subject behind
/// them, so that they measure nothing, whatever is measured later. Behind a comma only where the "at" opens a clause, too: "the tide
/// stood at 4.10, a metre above" is a height.
fn opens_clause(lexemes: &[Lexeme<'_>], i: usize) -> bool {
    let opens = |at: usize| lexemes.get(at).is_some_and(|l| LEXICON.pointed.opens.contains(&*l.low));
    let first = i.checked_sub(2).is_none_or(|p| lexemes.get(p).is_some_and(|l| l.sort == Sort::Mark));
    let at = i.checked_sub(1).and_then(|p| lexemes.get(p)).is_some_and(|l| l.is("at"));
    let comma = lexemes.get(i + 1).is_some_and(|l| l.is(","));
    at && (opens(i + 1) || first && comma && opens(i + 2))
}

/// An hour in words or figures that only its part of the day tells from a count: "ten in the morning", "about 8 at night".
fn hour_of_part(lexemes: &[Lexeme<'_>], i: usize) -> Option<Timed> {
    let led = i.checked_sub(1).and_then(|p| lexemes.get(p)).is_some_and(|l| LEXICON.pointed.before.contains(&*l.low));
    let n = numeral::read(lexemes, i).filter(|_| led)?;
    let hour = n.whole().filter(|&h| (1..=12).contains(&h))?;
    let at = lexemes.get(n.end)?;
    let within = at.is("in") && lexemes.get(n.end + 1).is_some_and(|l| l.is("the")) || at.is("at");
    let (end, _) = LEXICON.parts.at(lexemes, n.end + if at.is("in") { 2 } else { 1 }).filter(|_| within)?;
    // "after three in the morning raid": a count
    let free = !lexemes.get(end).is_some_and(|l| l.word() && !function_word(l));
    free.then_some(Timed { clock: Clock { hour: hour as i8, minute: 0, exact: false }, end: n.end, sure: false })
}

/// A checked clock time.
pub(super) fn clock(hour: i8, minute: i8) -> Option<Clock> {
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
            "same" => Base::ThatDay,
            "previous" => Base::Away("D".to_owned(), -1.0, true),
            _ => Base::Away("D".to_owned(), 1.0, true),
        };
        let mut found = Found::new(i, end, base, "a part of a day told from the one before");
        found.part = Some(part.clone());
        return Some(found);
    }
    // "in the night before": the one that ends on the day named before
    if first.is("the")
        && let Some((end, part)) = LEXICON.parts.at(lexemes, i + 1).filter(|(_, part)| part.code == "TNI")
        && lexemes.get(end).is_some_and(|l| l.is("before"))
    {
        let mut found = Found::new(i, end + 1, Base::ThatDay, "the night before the day named before");
        found.part = Some(part.clone());
        found.night_to = true;
        return Some(found);
    }
    // "that same evening"
    let that = first.is("that") && lexemes.get(i + 1).is_some_and(|l| l.is("same"));
    let shifted = first.any(&["this", "last", "yesterday", "that"]);
    let the = first.any(&["the"]);
    let at = i + usize::from(shifted || the) + usize::from(that);
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
        "that" => Base::ThatDay,
        _ => Base::SameDay,
    };
    let mut found = Found::new(i, end, base, "a part of the day");
    found.part = Some(part.clone());
    Some(found)
}

/// Function words that may follow a free-standing part of day.
fn function_word(l: &Lexeme<'_>) -> bool {
    LEXICON.behind_part.contains(&*l.low)
}
