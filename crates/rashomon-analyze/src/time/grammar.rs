//! Where does a temporal expression stand, and what does it say before any calendar is consulted?
//!
//! A grammar over lexemes; nothing here knows the publication date. Resolution: [`super::resolve`].

use super::clock;
use super::lexicon::{Feast, LEXICON, Part, Zone};
use super::period;
use super::tense::{tense, told};
use super::value::Civil;
use crate::lexeme::{Lexeme, Sort};
use crate::numeral;
use rashomon_model::date::Date;

/// Which of several days or months of a name is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shift {
    /// By the tense of its clause: true points forward, false back, none is not said.
    Tense(Option<bool>),
    /// "last", "past".
    Last,
    /// "previous", "preceding": told from the day named before.
    Before,
    /// "next", "coming".
    Next,
    /// "this".
    This,
}

/// What is said.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Base {
    /// Stated in full.
    At(Civil),
    /// Month and day without year; last day of a range, if one.
    MonthDay(i8, i8, Option<(i8, i8)>, Shift),
    /// Month without year.
    Month(i8, Shift),
    /// Month of a year told from publication.
    MonthOf(i8, i16),
    /// Movable holiday without year.
    Feast(Feast, Shift),
    /// Weekday.
    Weekday(i8, Shift),
    /// Days from publication.
    Day(i32),
    /// "this year", "last week": unit and step.
    Unit(String, i64),
    /// Amount of a unit before (negative) or after; true if from another date of the text ("two years later").
    Away(String, f64, bool),
    /// Season.
    Season(String, Shift),
    /// Quarter of a year, unit Q or H.
    Quarter(i8, char, Shift),
    /// PRESENT_REF and the like.
    Ref(String),
    /// Length, as TIMEX3 value.
    Duration(String),
    /// Recurrence, as TIMEX3 value.
    Set(String),
    /// "the quarter", "the year-earlier period": the last quarter or year told of, some years off.
    Running(char, i16),
    /// No day of its own: a clock time or part of day.
    SameDay,
    /// "the same day", "that afternoon": the day named before.
    ThatDay,
}

/// A clock time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    /// 0 to 24.
    pub(super) hour: i8,
    /// 0 to 59.
    pub(super) minute: i8,
    /// Whether minutes were written.
    pub(super) exact: bool,
}

impl Clock {
    /// Minutes since midnight.
    pub(super) fn minutes(self) -> i32 {
        i32::from(self.hour) * 60 + i32::from(self.minute)
    }
}

/// An expression found. Indices are lexemes of the sentence.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    /// First lexeme.
    pub(super) start: usize,
    /// One past the last.
    pub(super) end: usize,
    /// What is said.
    pub(super) base: Base,
    /// Part of day.
    pub(super) part: Option<Part>,
    /// Clock time.
    pub(super) clock: Option<Clock>,
    /// Zone written behind the clock time.
    pub(super) zone: Option<Zone>,
    /// "overnight to Thursday": the night that ends on that day.
    pub(super) night_to: bool,
    /// Which rule.
    pub(super) why: &'static str,
}

impl Found {
    /// A plain expression.
    pub(super) fn new(start: usize, end: usize, base: Base, why: &'static str) -> Self {
        Self { start, end, base, part: None, clock: None, zone: None, night_to: false, why }
    }
}

/// The expression that begins at lexeme `i`.
pub(super) fn read(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
    let mut found = overnight(lexemes, i)
        .or_else(|| clock::read(lexemes, i))
        .or_else(|| day(lexemes, i))
        .or_else(|| clock::part(lexemes, i))
        .or_else(|| period::read(lexemes, i))
        .or_else(|| modified(lexemes, i))?;
    if matches!(found.base, Base::Weekday(..) | Base::Day(_) | Base::MonthDay(..) | Base::At(Civil::Day(_)))
        && found.clock.is_none()
        && found.part.is_none()
    {
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
        if let Some(mut found) = day(lexemes, j).filter(|f| {
            matches!(f.base, Base::Weekday(..) | Base::MonthDay(..) | Base::At(Civil::Day(_)) | Base::Day(_))
        }) {
            found.start = i;
            let into = lexemes.get(i + 1).is_some_and(|l| l.any(&["to", "into", "-"]));
            found.night_to = into;
            found.part = Some(Part { code: "TNI".into(), from: 20, to: 30 });
            found.why = if into { "the night that ends on that day" } else { "the night of that day" };
            return Some(found);
        }
        let mut found = Found::new(i, i + 1, Base::Day(0), "the night before publication");
        found.night_to = true;
        found.part = Some(Part { code: "TNI".into(), from: 20, to: 30 });
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
    let mut found = day(lexemes, j + 1).filter(|f| {
        matches!(f.base, Base::Weekday(..) | Base::MonthDay(..) | Base::At(Civil::Day(_)) | Base::Day(_))
    })?;
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

/// Number of a lexeme of digits.
fn digits(lexemes: &[Lexeme<'_>], i: usize) -> Option<u64> {
    lexemes.get(i).and_then(Lexeme::plain)
}

/// "2031-09-30", "30/09/2031", "30.9.2031", "9/30/31".
fn numeric(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
    let first = lexemes.get(i)?;
    if first.sort != Sort::Digits
        || first.glued && i.checked_sub(1).and_then(|p| lexemes.get(p)).is_some_and(|l| l.any(&["/", "-", "$"]))
    {
        return None;
    }
    // "30.9.2031" is one group of digits with points.
    let dotted: Vec<&str> = first.low.split('.').collect();
    if let [d, m, y] = dotted.as_slice() {
        let date = civil(y.parse().ok()?, m.parse().ok()?, d.parse().ok()?)?;
        return (y.len() == 4).then(|| Found::new(i, i + 1, Base::At(Civil::Day(date)), "a date in figures"));
    }
    let a = first.plain()?;
    let sep = lexemes.get(i + 1).filter(|l| l.glued && l.any(&["-", "/"]))?;
    let b = digits(lexemes, i + 2).filter(|_| lexemes.get(i + 2).is_some_and(|l| l.glued))?;
    let third = lexemes
        .get(i + 3)
        .filter(|l| l.glued && l.low == sep.low)
        .and_then(|_| lexemes.get(i + 4))
        .filter(|l| l.glued)
        .and_then(Lexeme::plain);
    let Some(c) = third else {
        // "2031-09"
        if first.low.len() == 4
            && sep.is("-")
            && (1..=12).contains(&b)
            && lexemes.get(i + 2)?.low.len() == 2
            && (1900..=2100).contains(&a)
        {
            return Some(Found::new(i, i + 3, Base::At(Civil::Month(a as i16, b as i8)), "a month in figures"));
        }
        return None;
    };
    let (year, month, date) = if first.low.len() == 4 {
        (a, b, c)
    } else {
        let year = if c < 100 { if c < 50 { 2000 + c } else { 1900 + c } } else { c };
        // Day before month unless only the other order is a date; agencies outside the United States write it so.
        if b > 12 { (year, a, b) } else { (year, b, a) }
    };
    let date = civil(i64::try_from(year).ok()?, i64::try_from(month).ok()?, i64::try_from(date).ok()?)?;
    let mut end = i + 5;
    let mut found = Found::new(i, end, Base::At(Civil::Day(date)), "a date in figures");
    // "2031-09-30T10:00"
    if lexemes.get(end).is_some_and(|l| l.glued && l.is("t")) {
        end += 1;
        if let Some((clock, to)) = clock::figures(lexemes, end) {
            found.clock = Some(clock);
            found.end = to;
        }
    }
    Some(found)
}

/// A date if it is one.
fn civil(year: i64, month: i64, day: i64) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
        .ok()
        .filter(|_| (1000..=2999).contains(&year))
}

/// A day of the month in figures or words ("30", "30th", "thirtieth", "twenty-first"), index one past it.
fn month_days(lexemes: &[Lexeme<'_>], i: usize) -> Option<(i8, usize)> {
    let lexeme = lexemes.get(i)?;
    if let Some(n) = lexeme.plain() {
        let suffix = lexemes.get(i + 1).is_some_and(|l| l.glued && l.any(&["st", "nd", "rd", "th"]));
        return (1..=31).contains(&n).then_some((n as i8, i + 1 + usize::from(suffix)));
    }
    if lexeme.any(&["twenty", "thirty"]) && lexemes.get(i + 1)?.is("-") {
        let ones = numeral::ordinal(&lexemes.get(i + 2)?.low).filter(|&n| n < 10)?;
        let tens = if lexeme.is("twenty") { 20 } else { 30 };
        return Some(((tens + ones) as i8, i + 3));
    }
    numeral::ordinal(&lexeme.low).map(|n| (n as i8, i + 1))
}

/// A month name; "may" and "march" and short forms only with a capital, and not where a verb or noun.
pub(super) fn month(lexemes: &[Lexeme<'_>], i: usize) -> Option<(i8, usize)> {
    let lexeme = lexemes.get(i)?;
    let month = *LEXICON.months.get(&*lexeme.low)?;
    if !lexeme.capital {
        return None;
    }
    let dot = lexemes.get(i + 1).is_some_and(|l| l.is(".") && l.glued) && lexeme.low.len() <= 4 && !lexeme.is("may");
    Some((month, i + 1 + usize::from(dot)))
}

/// A year after a date: ", 2031", "2031", "of 2031".
fn year_after(lexemes: &[Lexeme<'_>], i: usize) -> Option<(i16, usize)> {
    let mut j = i;
    if lexemes.get(j)?.any(&[",", "of", "in"]) {
        j += 1;
    }
    let lexeme = lexemes.get(j)?;
    let year = lexeme.plain().filter(|n| (1000..=2999).contains(n) && lexeme.low.len() == 4)?;
    let next = lexemes.get(j + 1);
    if next.is_some_and(|l| l.glued && (l.word() && !l.is("'s") || l.any(&[":"]))) {
        return None;
    }
    Some((year as i16, j + 1))
}

/// "30 September 2031", "the 30th of September", "3-5 May", "between 3 and 5 May", "3 and 5 May".
fn day_month(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
    let first = lexemes.get(i)?;
    let mut j = i;
    let between = first.any(&["between", "from"]);
    j += usize::from(between);
    j += usize::from(lexemes.get(j)?.is("the"));
    if lexemes.get(j)?.glued && j > 0 && lexemes.get(j - 1).is_some_and(|l| l.any(&["-", "/", ":", "$", "."])) {
        return None;
    }
    let (first_day, mut k) = month_days(lexemes, j)?;
    let mut second = None;
    if lexemes.get(k).is_some_and(|l| l.any(&["-", "and", "to", "or"]))
        && let Some((other, end)) = month_days(lexemes, k + 1).filter(|(d, _)| *d > first_day)
    {
        second = Some(other);
        k = end;
    }
    if between && second.is_none() {
        return None;
    }
    let of = lexemes.get(k)?.is("of");
    k += usize::from(of);
    let (month, end) = month(lexemes, k)?;
    // "30 May" is a date, "12 May be" hardly ever; "in 5 March" neither.
    let start = if between {
        i
    } else if lexemes.get(i)?.is("the") && !of {
        return None;
    } else {
        i
    };
    date_found(lexemes, start, end, month, first_day, second.map(|d| (month, d)))
}

/// "September 30, 2031", "Sept. 30", "May 3-5", "September 2031", "September".
fn month_day(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
    let (month, j) = month(lexemes, i)?;
    let mut k = j;
    if lexemes.get(k).is_some_and(|l| l.is("the")) {
        k += 1;
    }
    if let Some((first_day, mut end)) = month_days(lexemes, k).filter(|_| {
        lexemes.get(k).is_some_and(|l| !(l.low.len() == 1 && l.sort == Sort::Mark))
            && !(lexemes.get(k + 1).is_some_and(|l| l.glued && l.is(":"))
                && lexemes.get(k + 2).is_some_and(|l| l.glued && l.sort == Sort::Digits))
    }) {
        let mut second = None;
        if lexemes.get(end).is_some_and(|l| l.any(&["-", "to", "and"])) {
            let (other_month, at) = month_of(lexemes, end + 1).unwrap_or((month, end + 1));
            if let Some((other, to)) = month_days(lexemes, at).filter(|(d, _)| other_month != month || *d > first_day) {
                // "May 3 and 5 people": a count follows, not a day.
                let counts = lexemes.get(end).is_some_and(|l| l.is("and"))
                    && lexemes.get(to).is_some_and(|l| l.word() && !l.glued)
                    && other_month == month;
                if !counts {
                    second = Some((other_month, other));
                    end = to;
                }
            }
        }
        return date_found(lexemes, i, end, month, first_day, second);
    }
    if let Some((year, end)) = year_after(lexemes, j) {
        return Some(Found::new(i, end, Base::At(Civil::Month(year, month)), "month and year"));
    }
    // "February to April 2031": the year of the later month is the earlier one's
    if lexemes.get(j).is_some_and(|l| l.any(&["to", "-", "and", "until", "through"]))
        && let Some((later, at)) = self::month(lexemes, j + 1)
        && let Some((year, _)) = year_after(lexemes, at)
    {
        let year = year - i16::from(later < month);
        return Some(Found::new(i, j, Base::At(Civil::Month(year, month)), "month, year of the later one"));
    }
    // "July last year", "July of this year"
    let k = j + usize::from(lexemes.get(j).is_some_and(|l| l.is("of")));
    if lexemes.get(k + 1).is_some_and(|l| l.is("year"))
        && let Some((by, _)) = shift(lexemes, k)
    {
        let by = match by {
            Shift::Last => -1,
            Shift::Next => 1,
            _ => 0,
        };
        return Some(Found::new(i, k + 2, Base::MonthOf(month, by), "month of a year told from publication"));
    }
    // Alone: "may" and "march" need a preposition or a modifier before them; short forms their point.
    let word = lexemes.get(i)?;
    let before = i.checked_sub(1).and_then(|p| lexemes.get(p));
    let led = before.is_some_and(|l| {
        l.any(&[
            "in", "since", "last", "next", "this", "early", "late", "by", "until", "from", "of", "through", "during",
            "mid", "-", "to", "and", "past", "until",
        ])
    });
    if word.any(&["may", "march", "mar", "dec", "sat", "jan", "jun"]) && !led
        || word.low.len() <= 3 && j == i + 1 && !word.is("may")
    {
        return None;
    }
    Some(Found::new(i, j, Base::Month(month, told(lexemes, i, j)), "month, year by tense"))
}

/// A month name at `i`, for the second half of a range.
fn month_of(lexemes: &[Lexeme<'_>], i: usize) -> Option<(i8, usize)> {
    month(lexemes, i)
}

/// A day and month, with the year if it follows.
fn date_found(
    lexemes: &[Lexeme<'_>],
    start: usize,
    end: usize,
    month: i8,
    day: i8,
    second: Option<(i8, i8)>,
) -> Option<Found> {
    if let Some((year, to)) = year_after(lexemes, end) {
        let date = Date::new(year, month, day).ok()?;
        let civil = match second {
            Some((m, d)) => Civil::Days(date, Date::new(year, m, d).ok()?),
            None => Civil::Day(date),
        };
        return Some(Found::new(start, to, Base::At(civil), "a date in full"));
    }
    Date::new(2000, month, day).ok()?;
    let shift = told(lexemes, start, end);
    Some(Found::new(start, end, Base::MonthDay(month, day, second, shift), "day and month, nearest year"))
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
        found.part = Some(Part { code: "TNI".into(), from: 20, to: 30 });
    }
    Some(found)
}

/// "the same day", "that same day", "that day": index one past it.
fn that_day(lexemes: &[Lexeme<'_>], i: usize) -> Option<usize> {
    let first = lexemes.get(i).filter(|l| l.any(&["the", "that"]))?;
    let same = lexemes.get(i + 1)?.is("same");
    let end = i + 2 + usize::from(same);
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
