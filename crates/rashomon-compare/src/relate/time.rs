//! How do two times of the event relate? Half-open intervals with a slack (methods.md E4).

use super::Found;
use crate::rule;
use rashomon_model::alignment::{Cause, RelationKind};
use rashomon_model::date::{Basis, DateTime, DateValue};

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
    if (is_loose(a) || is_loose(b)) && gap < 24 {
        return Found::new(
            RelationKind::Overlaps,
            rule::SLACK,
            format!("{x} and {y} are less than a day apart, and one is of the night or worked out from another date"),
        );
    }
    Found { cause: Some(Cause::Conflict), ..found(RelationKind::Contradicts, format!("{x} and {y} do not meet")) }
}
