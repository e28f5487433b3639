//! Which words are words of time? The linguists' file `data/time.toml`, compiled once.

use crate::phrase::Phrases;
use crate::table::{Map, Set};
use rashomon_model::date::Date;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A part of the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// TIMEX3 ending ("TMO").
    pub(super) code: String,
    /// First hour.
    pub(super) from: u8,
    /// One past the last hour; above 24 runs into the next day.
    pub(super) to: u8,
}

impl Part {
    /// The night of a day, from 20:00 to 06:00.
    pub(super) fn night() -> Self {
        Self { code: "TNI".into(), from: 20, to: 30 }
    }
}

/// A holiday that moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Feast {
    /// Days from Easter Sunday (of the Western reckoning).
    Easter(i32),
    /// The n-th such weekday of a month; the last if n is negative.
    Nth(i8, i8, i8),
}

impl Feast {
    /// Its day in a year.
    pub(super) fn in_year(self, year: i16) -> Option<Date> {
        match self {
            Self::Easter(days) => super::value::days(easter(year)?, i64::from(days)),
            Self::Nth(n, weekday, month) => {
                let weekday = jiff::civil::Weekday::from_monday_one_offset(weekday).ok()?;
                Date::new(year, month, 1).ok()?.nth_weekday_of_month(n, weekday).ok()
            }
        }
    }

    /// As written in the data file: "easter -2", "4 4 11".
    fn of(words: &str) -> Option<Self> {
        let mut parts = words.split_whitespace();
        let first = parts.next()?;
        if first == "easter" {
            return Some(Self::Easter(parts.next().map_or(Ok(0), str::parse).ok()?));
        }
        Some(Self::Nth(first.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
    }
}

/// Easter Sunday of a year in the Gregorian calendar (the anonymous algorithm of Nature, 1876).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}

/// A time zone as a text names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Zone {
    /// Minutes east of UTC.
    Fixed(i16),
    /// Name of the IANA time zone database.
    Named(String),
}

impl Zone {
    /// As written in the data file: "+03:00", "America/New_York"; nothing where the abbreviation has several meanings.
    fn of(words: &str) -> Option<Self> {
        let Some((hours, minutes)) = words.split_once(':') else {
            return (!words.is_empty()).then(|| Self::Named(words.to_owned()));
        };
        let (sign, hours) = (if hours.starts_with('-') { -1 } else { 1 }, hours.trim_start_matches(['+', '-']));
        Some(Self::Fixed(sign * (hours.parse::<i16>().ok()? * 60 + minutes.parse::<i16>().ok()?)))
    }
}

/// What tells hours written with a point ("10.15") from numbers.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Pointed {
    /// Words before an hour.
    pub(super) before: Set<String>,
    /// Words that may follow one.
    pub(super) after: Set<String>,
    /// Words of sentences in which figures with a point are measures.
    pub(super) measures: Set<String>,
    /// Units of length, which a sentence may have beside an hour that opens a clause.
    pub(super) lengths: Set<String>,
    /// Words that open a clause behind an hour.
    pub(super) opens: Set<String>,
}

/// All tables.
#[derive(Debug)]
pub(super) struct Lexicon {
    pub(super) months: Map<String, i8>,
    pub(super) weekdays: Map<String, i8>,
    pub(super) units: Map<String, String>,
    pub(super) parts: Phrases<Part>,
    pub(super) seasons: Map<String, String>,
    pub(super) decades: Map<String, i16>,
    pub(super) refs: Phrases<String>,
    pub(super) days: Phrases<i32>,
    pub(super) sets: Map<String, String>,
    pub(super) vague: Phrases<()>,
    pub(super) future: Set<String>,
    pub(super) planned: Set<String>,
    pub(super) past: Set<String>,
    pub(super) ahead: Set<String>,
    pub(super) behind: Set<String>,
    pub(super) holidays: Phrases<(i8, i8)>,
    pub(super) feasts: Phrases<Feast>,
    pub(super) zones: Map<String, Option<Zone>>,
    pub(super) pointed: Pointed,
    pub(super) saying: Set<String>,
    /// What is behind figures that are no year.
    pub(super) counted: Set<String>,
    /// Function words behind a part of the day that stands by itself.
    pub(super) behind_part: Set<String>,
    /// Words before a month that stands by itself.
    pub(super) before_month: Set<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct File {
    months: BTreeMap<String, i8>,
    weekdays: BTreeMap<String, i8>,
    units: BTreeMap<String, String>,
    parts: Vec<PartRow>,
    seasons: BTreeMap<String, String>,
    decades: BTreeMap<String, i16>,
    refs: BTreeMap<String, Vec<String>>,
    days: BTreeMap<String, i32>,
    sets: BTreeMap<String, String>,
    vague: Words,
    future: Tense,
    holidays: BTreeMap<String, String>,
    feasts: BTreeMap<String, String>,
    zones: BTreeMap<String, String>,
    pointed: Pointed,
    saying: Words,
    counted: Words,
    behind_part: Words,
    before_month: Words,
}

#[derive(Debug, Deserialize)]
struct PartRow {
    words: Vec<String>,
    code: String,
    from: u8,
    to: u8,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Words {
    words: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Tense {
    words: Vec<String>,
    planned: Vec<String>,
    past: Vec<String>,
    ahead: Vec<String>,
    behind: Vec<String>,
}

/// The tables, built at first use.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../data/time.toml")).unwrap_or_default();
    let mut parts = Phrases::new();
    for row in &file.parts {
        parts.extend(&row.words, &Part { code: row.code.clone(), from: row.from, to: row.to });
    }
    let mut refs = Phrases::new();
    for (name, words) in &file.refs {
        refs.extend(words, name);
    }
    let mut days = Phrases::new();
    for (words, offset) in &file.days {
        days.add(words, offset);
    }
    let mut vague = Phrases::new();
    vague.extend(&file.vague.words, &());
    let mut holidays = Phrases::new();
    for (words, day) in &file.holidays {
        if let Some((month, day)) = day.split_once('-')
            && let (Ok(month), Ok(day)) = (month.parse(), day.parse())
        {
            holidays.add(words, &(month, day));
        }
    }
    let mut feasts = Phrases::new();
    for (words, rule) in &file.feasts {
        if let Some(feast) = Feast::of(rule) {
            feasts.add(words, &feast);
        }
    }
    let set = |words: Vec<String>| words.into_iter().collect::<Set<_>>();
    Lexicon {
        months: file.months.into_iter().collect(),
        weekdays: file.weekdays.into_iter().collect(),
        units: file.units.into_iter().collect(),
        parts,
        seasons: file.seasons.into_iter().collect(),
        decades: file.decades.into_iter().collect(),
        refs,
        days,
        sets: file.sets.into_iter().collect(),
        vague,
        future: set(file.future.words),
        planned: set(file.future.planned),
        past: set(file.future.past),
        ahead: set(file.future.ahead),
        behind: set(file.future.behind),
        holidays,
        feasts,
        zones: file.zones.iter().map(|(name, zone)| (name.clone(), Zone::of(zone))).collect(),
        pointed: file.pointed,
        saying: set(file.saying.words),
        counted: set(file.counted.words),
        behind_part: set(file.behind_part.words),
        before_month: set(file.before_month.words),
    }
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_file_parses() {
        assert!(toml::from_str::<File>(include_str!("../../data/time.toml")).is_ok());
    }
}
