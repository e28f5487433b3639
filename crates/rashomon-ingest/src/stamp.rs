//! When does the page say it was published? Date lines, metadata dates, dates in addresses.
//!
//! Only full dates count: a day, a month and a year. Times and zones are read over, so that a date line is known as one; the
//! civil day is the one written. Numeric dates are read only where day and month cannot be mistaken (13/02/2031, 2031-02-13),
//! are the same (02/02/2031), or stand between full stops (04.03.2031), where the day is first in all countries that write so.
//! Months and the words around them are known in English, and in the other languages of `data/dates.toml`.

mod figures;
mod paper;
mod word;

use std::ops::Range;

use rashomon_model::date::Date;

use figures::day;
pub(crate) use figures::{address, iso, moment};
pub(crate) use paper::{issued, signed};
use word::{Part, part, tokens};

/// A publication day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// The civil day as written.
    pub(crate) date: Date,
    /// Whether the line says that the page was changed ("Updated …").
    pub(crate) updated: bool,
}

/// The first full date in a line, its place, and whether every token of the line belongs to a date line.
fn read(line: &str) -> Option<(Stamp, Range<usize>, bool)> {
    // every full date has a year of four digits
    if line.len() > 400 || !line.as_bytes().windows(4).any(|four| four.iter().all(u8::is_ascii_digit)) {
        return None;
    }
    let tokens = tokens(line);
    if tokens.len() > 30 {
        return None;
    }
    let parts: Vec<Part> = tokens.iter().map(part).collect();
    let whole = parts.iter().all(|p| *p != Part::Other);
    let mut found = None;
    for i in 0..parts.len() {
        // "4th of March", "4 de marzo de 2032": one small word may stand between.
        let next = |at: usize| if parts.get(at) == Some(&Part::Filler) { at + 1 } else { at };
        let second = next(i + 1);
        let third = next(second + 1);
        let at = |k: usize| parts.get(k).copied();
        let hit = match (at(i), at(second), at(third)) {
            (Some(Part::Full(date)), ..) => Some((date, 1)),
            (Some(Part::Day(d)), Some(Part::Month(m)), Some(Part::Year(y)))
            | (Some(Part::Month(m)), Some(Part::Day(d)), Some(Part::Year(y)))
            | (Some(Part::Year(y)), Some(Part::Month(m)), Some(Part::Day(d))) => {
                day(y, m, d).map(|date| (date, third + 1 - i))
            }
            _ => None,
        };
        if let Some((date, n)) = hit {
            let first = if i > 0 && parts.get(i - 1) == Some(&Part::Weekday) { i - 1 } else { i };
            let range = tokens.get(first)?.at.start..tokens.get(i + n - 1)?.at.end;
            found = Some((date, range));
            break;
        }
    }
    let (date, range) = found?;
    let updated = parts.contains(&Part::Updated);
    Some((Stamp { date, updated }, range, whole))
}

/// A line that is nothing but a date (with time, zone, "Published", "Updated"): the day and the words it stands in.
pub(crate) fn line(text: &str) -> Option<(Stamp, Range<usize>)> {
    read(text).and_then(|(stamp, range, whole)| whole.then_some((stamp, range)))
}

/// The first full date inside a short line.
pub(crate) fn within(text: &str) -> Option<(Stamp, Range<usize>)> {
    read(text).map(|(stamp, range, _)| (stamp, range))
}

/// A date of metadata: ISO, RFC 2822, or any full date in it.
pub(crate) fn metadata(text: &str) -> Option<Date> {
    iso(text).or_else(|| within(text).map(|(stamp, _)| stamp.date)).or_else(|| {
        let seconds = text.trim().parse::<i64>().ok()?;
        let seconds = if seconds > 100_000_000_000 { seconds / 1000 } else { seconds };
        (seconds > 600_000_000 && seconds < 7_000_000_000)
            .then(|| {
                Date::constant(1970, 1, 1)
                    .checked_add(std::time::Duration::from_secs(seconds.unsigned_abs() / 86_400 * 86_400))
                    .ok()
            })
            .flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<String> {
        line(text).map(|(stamp, range)| format!("{} {:?} {}", stamp.date, text.get(range).unwrap(), stamp.updated))
    }

    #[test]
    fn date_lines() {
        assert_eq!(
            of("Thursday 04 March 2032 09:28 BST").as_deref(),
            Some("2032-03-04 \"Thursday 04 March 2032\" false")
        );
        assert_eq!(
            of("Published: Mar 4, 2032 | Last updated 6:10 p.m. EST").as_deref(),
            Some("2032-03-04 \"Mar 4, 2032\" true")
        );
        assert_eq!(of("4th of March 2032").as_deref(), Some("2032-03-04 \"4th of March 2032\" false"));
        assert_eq!(of("2032-03-04T09:28:00Z").as_deref(), Some("2032-03-04 \"2032-03-04T09:28:00Z\" false"));
        assert_eq!(of("25.03.2032 1430 GMT").as_deref(), Some("2032-03-25 \"25.03.2032\" false"));
        assert_eq!(of("04/03/2032"), None);
        assert_eq!(of("04.03.2032").as_deref(), Some("2032-03-04 \"04.03.2032\" false"));
        for line in [
            "Mittwoch, 4. März 2032, 09:28 Uhr",
            "Publicado el 4 de marzo de 2032 a las 9:28",
            "le 4 mars 2032",
            "4 marca 2032 r.",
            "4 марта 2032, 13:43",
        ] {
            assert!(of(line).is_some_and(|read| read.starts_with("2032-03-04")), "{line}");
        }
        assert_eq!(of("4. listopada 2032."), None, "October in one language, November in another");
        assert_eq!(of("4 March"), None);
        assert_eq!(of("Shells hit Talen on 4 March 2032"), None);
        assert!(within("By A. Writer, Talen, 4 March 2032").is_some());
    }

    #[test]
    fn addresses_and_metadata() {
        let date = |s: &str| address(s).map(|d| d.to_string());
        assert_eq!(date("https://n.example/world/2032/03/04/talen-market").as_deref(), Some("2032-03-04"));
        assert_eq!(date("https://n.example/2032/mar/04/talen").as_deref(), Some("2032-03-04"));
        assert_eq!(date("https://n.example/story-20320304.html").as_deref(), Some("2032-03-04"));
        assert_eq!(date("https://n.example/story-12345678"), None);
        assert_eq!(metadata("Thu, 04 Mar 2032 09:28:00 +0000").unwrap().to_string(), "2032-03-04");
        let clock = |s: &str| moment(s).map(|(at, offset)| format!("{at} {offset:?}"));
        assert_eq!(clock("2032-03-04T21:40:00Z").as_deref(), Some("2032-03-04T21:40:00 Some(0)"));
        assert_eq!(clock("2032-03-04T21:40:09.120-0330").as_deref(), Some("2032-03-04T21:40:00 Some(-210)"));
        assert_eq!(clock("2032-03-04 21:40+03").as_deref(), Some("2032-03-04T21:40:00 Some(180)"));
        assert_eq!(clock("2032-03-04T21:40").as_deref(), Some("2032-03-04T21:40:00 None"));
        for other in ["2032-03-04", "2032-03-04T25:40Z", "2032-03-04T", "4 March 2032, 21:40", "2032-03-04T21h40"] {
            assert_eq!(clock(other), None, "{other}");
        }
        assert_eq!(metadata("1443600000").unwrap().to_string(), "2015-09-30");
    }
}
