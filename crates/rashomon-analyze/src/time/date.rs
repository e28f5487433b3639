//! Which date is written: in figures, by day and month, by a month alone?
//!
//! "2031-09-30", "30 September 2031", "Sept. 30", "May 3-5", "July last year". Days told by weekday or from publication:
//! [`super::grammar`].

use super::clock;
use super::found::{Base, Found, Shift};
use super::grammar::shift;
use super::lexicon::LEXICON;
use super::tense::told;
use super::value::Civil;
use crate::lexeme::{Lexeme, Sort};
use crate::numeral;
use rashomon_model::date::Date;

/// Number of a lexeme of digits.
fn digits(lexemes: &[Lexeme<'_>], i: usize) -> Option<u64> {
    lexemes.get(i).and_then(Lexeme::plain)
}

/// "2031-09-30", "30/09/2031", "30.9.2031", "9/30/31".
pub(super) fn numeric(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
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
pub(super) fn year_after(lexemes: &[Lexeme<'_>], i: usize) -> Option<(i16, usize)> {
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
pub(super) fn day_month(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
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
pub(super) fn month_day(lexemes: &[Lexeme<'_>], i: usize) -> Option<Found> {
    let (month, j) = month(lexemes, i)?;
    let mut k = j;
    if lexemes.get(k).is_some_and(|l| l.is("the")) {
        k += 1;
    }
    if let Some((first_day, end)) = month_days(lexemes, k).filter(|_| {
        lexemes.get(k).is_some_and(|l| !(l.low.len() == 1 && l.sort == Sort::Mark))
            && !(lexemes.get(k + 1).is_some_and(|l| l.glued && l.is(":"))
                && lexemes.get(k + 2).is_some_and(|l| l.glued && l.sort == Sort::Digits))
    }) {
        let later = later_day(lexemes, end, (month, first_day));
        let (second, end) = later.map_or((None, end), |(second, to)| (Some(second), to));
        return date_found(lexemes, i, end, month, first_day, second);
    }
    whole_month(lexemes, i, j, month)
}

/// The last month and day of a range that goes on behind its first day ("May 3-5", "May 30 to June 2"), index one past it.
fn later_day(lexemes: &[Lexeme<'_>], end: usize, first: (i8, i8)) -> Option<((i8, i8), usize)> {
    let joint = lexemes.get(end).filter(|l| l.any(&["-", "to", "and"]))?;
    let (month, at) = month(lexemes, end + 1).unwrap_or((first.0, end + 1));
    let (day, to) = month_days(lexemes, at).filter(|(day, _)| month != first.0 || *day > first.1)?;
    // "May 3 and 5 people": a count follows, not a day.
    let counts = joint.is("and") && lexemes.get(to).is_some_and(|l| l.word() && !l.glued) && month == first.0;
    (!counts).then_some(((month, day), to))
}

/// A month without a day: `i` is its first lexeme, `j` one past its name.
fn whole_month(lexemes: &[Lexeme<'_>], i: usize, j: usize, month: i8) -> Option<Found> {
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
    let led = before.is_some_and(|l| LEXICON.before_month.contains(&*l.low));
    if word.any(&["may", "march", "mar", "dec", "sat", "jan", "jun"]) && !led
        || word.low.len() <= 3 && j == i + 1 && !word.is("may")
    {
        return None;
    }
    Some(Found::new(i, j, Base::Month(month, told(lexemes, i, j)), "month, year by tense"))
}

/// A day and month, with the year if it follows.
pub(super) fn date_found(
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
