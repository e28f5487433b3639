//! How do two times of the event relate? Half-open intervals with a slack (methods.md E4).

use super::Found;
use crate::rule;
use rashomon_model::alignment::{Cause, RelationKind};
use rashomon_model::date::{Basis, DateTime, DateValue, Precision};

/// Whether the day may be off by one: at night, or worked out rather than written (methods.md E4: slack 24 h).
fn is_loose(value: &DateValue) -> bool {
    value.loose || matches!(value.basis, Basis::Derived | Basis::Inferred)
}

/// Hours from the first moment to the second, negative if the second is the earlier; saturating.
#[must_use]
pub fn hours(from: DateTime, to: DateTime) -> i64 {
    to.duration_since(from).as_hours()
}

/// Which of two statements is the later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The first.
    FirstLater,
    /// The second.
    SecondLater,
    /// Neither: the same minute or hour.
    Together,
    /// The intervals meet: it cannot be told.
    Unknown,
}

/// Which of two statements was made later, by intervals that do not meet.
#[must_use]
pub fn order(a: Option<&DateValue>, b: Option<&DateValue>) -> Order {
    use rashomon_model::date::Precision::{Hour, Minute};
    let (Some(a), Some(b)) = (a, b) else { return Order::Unknown };
    let b = &a.offset.map_or_else(|| b.clone(), |offset| b.told_at(offset));
    if a.end <= b.start {
        Order::SecondLater
    } else if b.end <= a.start {
        Order::FirstLater
    } else if (a.start, a.end) == (b.start, b.end) && matches!(a.precision, Minute | Hour) {
        Order::Together
    } else {
        Order::Unknown
    }
}

/// Whether both give an hour of the day, and not the same one: the slack is one of the day, so that "10.15 this morning" and
/// "11.40 on 15 August" are two hours whichever day it was. Accounts round: less than an hour apart is no other hour. Where the
/// zone of only one is known, nobody can tell, unless it is known from another clock for the same moment: "10:30 local time (0730
/// GMT)" is the clock of the place, by which an hour without a zone is told.
fn other_hour(a: &DateValue, b: &DateValue) -> bool {
    let clock = |d: &DateValue| matches!(d.precision, Precision::Minute | Precision::Hour);
    let own = |d: &DateValue| d.offset.is_none() || d.local;
    let one_zone = a.offset.is_some() == b.offset.is_some() || own(a) && own(b);
    if !clock(a) || !clock(b) || !one_zone {
        return false;
    }
    let minutes = |t: DateTime| i64::from(t.hour()) * 60 + i64::from(t.minute());
    let of_day = |x: &DateValue, y: &DateValue| (minutes(y.start) - minutes(x.end)).rem_euclid(24 * 60);
    let length = |d: &DateValue| d.end.duration_since(d.start).as_mins();
    // minutes from the end of the one to the begin of the other, round the clock; they meet where it is longer than the rest
    let (forward, back) = (of_day(a, b), of_day(b, a));
    forward.min(back) >= 60 && forward + back + length(a) + length(b) == 24 * 60
}

/// The relation of two times of the event.
#[must_use]
pub fn relate(a: &DateValue, b: &DateValue) -> Found {
    let (x, y) = (a.edtf(), b.edtf());
    // two clocks of known zones are compared as one
    let b = &a.offset.map_or_else(|| b.clone(), |offset| b.told_at(offset));
    let found = |kind, because| Found::new(kind, rule::TIME, because);
    if (a.start, a.end) == (b.start, b.end) {
        let because = if x == y { format!("both say {x}") } else { format!("{x} and {y} are the same time") };
        return found(RelationKind::Equal, because);
    }
    if a.start >= b.start && a.end <= b.end {
        return found(RelationKind::Refines, format!("{x} lies within {y}"));
    }
    if b.start >= a.start && b.end <= a.end {
        return found(RelationKind::RefinedBy, format!("{y} lies within {x}"));
    }
    if a.start < b.end && b.start < a.end {
        return found(RelationKind::Overlaps, format!("{x} and {y} meet"));
    }
    let gap = if a.end <= b.start { hours(a.end, b.start) } else { hours(b.end, a.start) };
    // of two clock times the slack is a day and what accounts round; of days, less than a day lies between neighbours
    let clock = |d: &DateValue| matches!(d.precision, Precision::Minute | Precision::Hour);
    let slack = if clock(a) && clock(b) { 25 } else { 24 };
    if (is_loose(a) || is_loose(b)) && gap < slack && !other_hour(a, b) {
        return Found::new(
            RelationKind::Overlaps,
            rule::SLACK,
            format!("{x} and {y} are less than a day apart, and one is of the night or worked out from another date"),
        );
    }
    Found { cause: Some(Cause::Conflict), ..found(RelationKind::Contradicts, format!("{x} and {y} do not meet")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_model::date::Date;

    /// A clock time of an invented day, worked out from another date.
    fn clock(day: i8, hour: i8, minute: i8, offset: Option<i16>) -> DateValue {
        let start = Date::constant(2031, 3, day).at(hour, minute, 0, 0);
        let end = start.checked_add(jiff::SignedDuration::from_mins(1)).expect("a minute later");
        let day = DateValue::day(start.date(), Basis::Derived);
        DateValue { start, end, precision: Precision::Minute, loose: true, offset, ..day }
    }

    #[test]
    fn one_moment_by_two_clocks_is_one_time() {
        let (there, here) = (clock(14, 7, 30, Some(0)), clock(14, 10, 30, Some(180)));
        assert_eq!(relate(&there, &here).kind, RelationKind::Equal);
        assert_eq!(order(Some(&there), Some(&here)), Order::Together);
        assert_eq!(relate(&clock(14, 7, 30, Some(0)), &clock(14, 7, 30, Some(180))).kind, RelationKind::Contradicts);
    }

    #[test]
    fn another_hour_contradicts_whichever_day_it_was() {
        let kind = |a: &DateValue, b: &DateValue| relate(a, b).kind;
        assert_eq!(kind(&clock(14, 10, 15, None), &clock(14, 11, 40, None)), RelationKind::Contradicts);
        assert_eq!(kind(&clock(14, 10, 15, None), &clock(14, 10, 40, None)), RelationKind::Overlaps, "accounts round");
        assert_eq!(kind(&clock(14, 23, 50, None), &clock(15, 0, 10, None)), RelationKind::Overlaps, "across midnight");
        assert_eq!(kind(&clock(14, 10, 15, None), &clock(15, 10, 20, None)), RelationKind::Overlaps, "a day off");
        assert_eq!(kind(&clock(14, 7, 30, Some(0)), &clock(14, 10, 30, None)), RelationKind::Overlaps, "zone unknown");
        let local = DateValue { local: true, ..clock(14, 10, 30, Some(180)) };
        for (hour, minute, told) in [(7, 30, RelationKind::Contradicts), (10, 50, RelationKind::Overlaps)] {
            assert_eq!(kind(&local, &clock(14, hour, minute, None)), told, "the clock of the place");
            assert_eq!(kind(&clock(14, hour, minute, None), &local), told, "whichever is first");
        }
        assert_eq!(kind(&local.told_at(0), &clock(14, 10, 30, None)), RelationKind::Overlaps, "told by another clock");
    }
}
