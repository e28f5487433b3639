//! When? Civil times with precision, and the basis each rests on.

use crate::id::DocumentId;
use crate::span::Span;
use crate::wire::named;
pub use jiff::civil::{Date, DateTime};

named! {
    /// How a date is known.
    pub enum Basis {
        /// Written in the text.
        Stated = "stated",
        /// Given by the page's or the table's metadata.
        Metadata = "metadata",
        /// A relative expression resolved against another date.
        Derived = "derived",
        /// Taken from other documents of the case.
        Inferred = "inferred",
    }
}

named! {
    /// Grain of a time value.
    pub enum Precision {
        /// A clock time.
        Minute = "minute",
        /// An hour.
        Hour = "hour",
        /// Morning, afternoon, evening, night.
        PartOfDay = "part_of_day",
        /// A calendar day.
        Day = "day",
        /// A week or week-end.
        Week = "week",
        /// A month.
        Month = "month",
        /// A quarter or season.
        Season = "season",
        /// A year.
        Year = "year",
        /// A decade, century or an open range.
        Broad = "broad",
    }
}

/// What a derived or inferred date rests on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum RestsOn {
    /// Words of the same document.
    Words(Span),
    /// Another document of the case.
    Document(DocumentId),
    /// Metadata field or file attribute, named.
    Metadata(String),
}

/// A resolved time: a half-open local interval with precision and basis.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct DateValue {
    /// First moment (local civil time).
    pub start: DateTime,
    /// First moment after it (local civil time); later than `start`.
    pub end: DateTime,
    /// Grain.
    pub precision: Precision,
    /// How it is known.
    pub basis: Basis,
    /// What it rests on, where not simply its own words.
    pub rests_on: Option<RestsOn>,
    /// Whether it falls at night or was worked out from a publication day: such days can be off by one (methods.md E4, slack 24 h).
    pub loose: bool,
    /// Minutes east of UTC of the civil times above, where a clock time's zone is known; `None` for days and coarser
    /// grains, and for clock times of which nobody can tell.
    pub offset: Option<i16>,
    /// Whether the civil times are those of the place's own clocks though the text names no place for them: their offset is told by
    /// the same moment on another clock ("10:30 local time (0730 GMT)").
    #[serde(default)]
    pub local: bool,
}

impl DateValue {
    /// A whole calendar day.
    #[must_use]
    pub fn day(date: Date, basis: Basis) -> Self {
        let end = date.tomorrow().unwrap_or(date);
        Self {
            start: date.at(0, 0, 0, 0),
            end: end.at(0, 0, 0, 0),
            precision: Precision::Day,
            basis,
            rests_on: None,
            loose: false,
            offset: None,
            local: false,
        }
    }

    /// The same time told by the clocks of another offset; unchanged where its own offset is not known or the calendar ends.
    ///
    /// ```
    /// use rashomon_model::date::{Basis, Date, DateValue, Precision};
    /// let start = Date::constant(2031, 3, 14).at(7, 30, 0, 0);
    /// let end = Date::constant(2031, 3, 14).at(7, 31, 0, 0);
    /// let day = DateValue::day(start.date(), Basis::Stated);
    /// let told = DateValue { start, end, precision: Precision::Minute, offset: Some(0), ..day };
    /// assert_eq!(told.edtf(), "2031-03-14T07:30Z");
    /// assert_eq!(told.told_at(180).edtf(), "2031-03-14T10:30+03:00");
    /// ```
    #[must_use]
    pub fn told_at(&self, offset: i16) -> Self {
        let by = |own: i16| jiff::SignedDuration::from_mins(i64::from(offset) - i64::from(own));
        let moved = self
            .offset
            .and_then(|own| Some((self.start.checked_add(by(own)).ok()?, self.end.checked_add(by(own)).ok()?)));
        match moved {
            Some((start, end)) => {
                let local = self.local && self.offset == Some(offset);
                Self { start, end, offset: Some(offset), local, ..self.clone() }
            }
            None => self.clone(),
        }
    }

    /// The offset from UTC as ISO 8601 writes it (`Z`, `+03:00`); empty where it is not known.
    #[must_use]
    pub fn zone(&self) -> String {
        match self.offset {
            None => String::new(),
            Some(0) => "Z".to_owned(),
            Some(n) => format!("{}{:02}:{:02}", if n < 0 { '-' } else { '+' }, n.abs() / 60, n.abs() % 60),
        }
    }

    /// The first calendar day of the interval.
    #[must_use]
    pub fn first_day(&self) -> Date {
        self.start.date()
    }

    /// The last calendar day of the interval.
    #[must_use]
    pub fn last_day(&self) -> Date {
        let end = self.end.date();
        if self.end.time() == jiff::civil::Time::midnight() && end > self.start.date() {
            end.yesterday().unwrap_or(end)
        } else {
            end
        }
    }

    /// EDTF / ISO 8601 form: `2015-09-30`, `2015-09`, `2015`, `2015-09-30T10:00/2015-09-30T11:00`, and with the offset
    /// where it is known `2015-09-30T10:00+03:00`.
    #[must_use]
    pub fn edtf(&self) -> String {
        let day = |d: Date| format!("{:04}-{:02}-{:02}", d.year(), d.month(), d.day());
        let minute = |t: DateTime| format!("{}T{:02}:{:02}{}", day(t.date()), t.hour(), t.minute(), self.zone());
        let (first, last) = (self.first_day(), self.last_day());
        match self.precision {
            Precision::Minute => minute(self.start),
            Precision::Hour | Precision::PartOfDay => {
                format!("{}/{}", minute(self.start), minute(self.end))
            }
            Precision::Month if first.month() == last.month() && first.year() == last.year() => {
                format!("{:04}-{:02}", first.year(), first.month())
            }
            Precision::Year if first.year() == last.year() => format!("{:04}", first.year()),
            _ if first == last => day(first),
            _ => format!("{}/{}", day(first), day(last)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_edtf() {
        let mut value = DateValue::day(Date::constant(2031, 3, 14), Basis::Stated);
        assert_eq!(value.edtf(), "2031-03-14");
        value.end = Date::constant(2031, 3, 16).at(0, 0, 0, 0);
        assert_eq!(value.edtf(), "2031-03-14/2031-03-15");
    }
}
