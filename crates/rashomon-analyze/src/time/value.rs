//! What does a calendar expression mean? TIMEX3 value and civil interval of a resolved point or period.

use super::lexicon::Part;
use jiff::Span;
use jiff::civil::{ISOWeekDate, Weekday};
use rashomon_model::date::{Basis, Date, DateTime, DateValue, Precision};

/// A point or period of the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Civil {
    /// A minute or hour of a day.
    Clock(Date, i8, i8, bool),
    /// A part of a day.
    Part(Date, Part),
    /// A day.
    Day(Date),
    /// Days, both included.
    Days(Date, Date),
    /// The week that holds this day.
    Week(Date),
    /// The week-end of the week that holds this day.
    Weekend(Date),
    /// A month.
    Month(i16, i8),
    /// A season: year and TIMEX3 code.
    Season(i16, String),
    /// A quarter of a year.
    Quarter(i16, i8),
    /// A half of a year.
    Half(i16, i8),
    /// A year.
    Year(i16),
    /// A decade, by its first year.
    Decade(i16),
    /// A century, by its first year.
    Century(i16),
}

impl Civil {
    /// TIMEX3 value.
    pub(super) fn value(&self) -> String {
        match self {
            Self::Clock(d, h, m, true) => format!("{d}T{h:02}:{m:02}"),
            Self::Clock(d, h, m, false) => format!("{d}T{h:02}:{m:02}"),
            Self::Part(d, part) => format!("{d}{}", part.code),
            Self::Day(d) => d.to_string(),
            Self::Days(a, b) => format!("{a}/{b}"),
            Self::Week(d) => {
                let week = d.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Self::Weekend(d) => {
                let week = d.iso_week_date();
                format!("{:04}-W{:02}-WE", week.year(), week.week())
            }
            Self::Month(y, m) => format!("{y:04}-{m:02}"),
            Self::Season(y, code) => format!("{y:04}-{code}"),
            Self::Quarter(y, n) => format!("{y:04}-Q{n}"),
            Self::Half(y, n) => format!("{y:04}-H{n}"),
            Self::Year(y) => format!("{y:04}"),
            Self::Decade(y) => format!("{:03}", y / 10),
            Self::Century(y) => format!("{:02}", y / 100),
        }
    }

    /// First moment, first moment after, and grain; `None` outside the calendar.
    pub(super) fn interval(&self) -> Option<(DateTime, DateTime, Precision)> {
        let midnight = |d: Date| d.at(0, 0, 0, 0);
        let days = |a: Date, b: Date, p| Some((midnight(a), midnight(b.tomorrow().ok()?), p));
        let months = |y: i16, m: i8, n: i32, p| {
            let first = Date::new(y, m, 1).ok()?;
            let after = first.checked_add(Span::new().try_months(n).ok()?).ok()?;
            Some((midnight(first), midnight(after), p))
        };
        match self {
            Self::Clock(d, h, m, minute) => {
                let start =
                    d.at(0, 0, 0, 0).checked_add(Span::new().hours(i64::from(*h)).minutes(i64::from(*m))).ok()?;
                let (span, p) = if *minute {
                    (Span::new().minutes(1), Precision::Minute)
                } else {
                    (Span::new().hours(1), Precision::Hour)
                };
                Some((start, start.checked_add(span).ok()?, p))
            }
            Self::Part(d, part) => {
                let at = |h: u8| midnight(*d).checked_add(Span::new().hours(i64::from(h))).ok();
                Some((at(part.from)?, at(part.to)?, Precision::PartOfDay))
            }
            Self::Day(d) => days(*d, *d, Precision::Day),
            Self::Days(a, b) => days(*a.min(b), *a.max(b), Precision::Day),
            Self::Week(d) => {
                let monday = monday(*d)?;
                days(monday, monday.checked_add(Span::new().days(6)).ok()?, Precision::Week)
            }
            Self::Weekend(d) => {
                let saturday = monday(*d)?.checked_add(Span::new().days(5)).ok()?;
                days(saturday, saturday.tomorrow().ok()?, Precision::Week)
            }
            Self::Month(y, m) => months(*y, *m, 1, Precision::Month),
            Self::Season(y, code) => {
                let first = match code.as_str() {
                    "SP" => 3,
                    "SU" => 6,
                    "FA" => 9,
                    _ => 12,
                };
                months(*y, first, 3, Precision::Season)
            }
            Self::Quarter(y, n) => months(*y, (n - 1) * 3 + 1, 3, Precision::Season),
            Self::Half(y, n) => months(*y, (n - 1) * 6 + 1, 6, Precision::Broad),
            Self::Year(y) => months(*y, 1, 12, Precision::Year),
            Self::Decade(y) => months(*y, 1, 120, Precision::Broad),
            Self::Century(y) => months(*y, 1, 1200, Precision::Broad),
        }
    }

    /// As a date value.
    pub(super) fn date(&self, basis: Basis) -> Option<DateValue> {
        let (start, end, precision) = self.interval()?;
        Some(DateValue { start, end, precision, basis, rests_on: None, loose: false, offset: None, local: false })
    }
}

/// The Monday of the week that holds a day.
pub(super) fn monday(day: Date) -> Option<Date> {
    let week = day.iso_week_date();
    ISOWeekDate::new(week.year(), week.week(), Weekday::Monday).ok().map(Date::from)
}

/// A day moved by some days.
pub(super) fn days(day: Date, by: i64) -> Option<Date> {
    day.checked_add(Span::new().try_days(by).ok()?).ok()
}

/// A day moved by some months (the last day of a shorter month is kept).
pub(super) fn months(day: Date, by: i64) -> Option<Date> {
    day.checked_add(Span::new().try_months(by).ok()?).ok()
}

/// A day moved by some years.
pub(super) fn years(day: Date, by: i64) -> Option<Date> {
    day.checked_add(Span::new().try_years(by).ok()?).ok()
}
