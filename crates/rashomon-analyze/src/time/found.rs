//! What can an expression say before any calendar is consulted?
//!
//! [`Found`] is what the grammar hands to the resolution: where the expression stands, what it names ([`Base`]), and the part of
//! day, clock time and zone said with it.

use super::lexicon::{Feast, Part, Zone};
use super::value::Civil;

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

impl Base {
    /// Whether one day of the calendar is named, in full or not.
    pub(super) fn is_day(&self) -> bool {
        matches!(self, Self::Weekday(..) | Self::Day(_) | Self::MonthDay(..) | Self::At(Civil::Day(_)))
    }
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
    /// Whether the zone is told by the same moment on another clock ("10:35 (0735 GMT) Friday").
    pub(super) twin: bool,
    /// "overnight to Thursday": the night that ends on that day.
    pub(super) night_to: bool,
    /// Which rule.
    pub(super) why: &'static str,
}

impl Found {
    /// A plain expression.
    pub(super) fn new(start: usize, end: usize, base: Base, why: &'static str) -> Self {
        Self { start, end, base, part: None, clock: None, zone: None, twin: false, night_to: false, why }
    }
}
