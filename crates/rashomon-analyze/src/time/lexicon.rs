//! Which words are words of time? The linguists' file `data/time.toml`, compiled once.

use crate::phrase::Phrases;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
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

/// All tables.
#[derive(Debug)]
pub(super) struct Lexicon {
    pub(super) months: BTreeMap<String, i8>,
    pub(super) weekdays: BTreeMap<String, i8>,
    pub(super) units: BTreeMap<String, String>,
    pub(super) parts: Phrases<Part>,
    pub(super) seasons: BTreeMap<String, String>,
    pub(super) decades: BTreeMap<String, i16>,
    pub(super) refs: Phrases<String>,
    pub(super) days: Phrases<i32>,
    pub(super) sets: BTreeMap<String, String>,
    pub(super) vague: Phrases<()>,
    pub(super) future: BTreeSet<String>,
    pub(super) past: BTreeSet<String>,
    pub(super) ahead: BTreeSet<String>,
    pub(super) behind: BTreeSet<String>,
    pub(super) holidays: Phrases<(i8, i8)>,
    pub(super) zones: BTreeSet<String>,
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
    zones: Words,
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
    let set = |words: Vec<String>| words.into_iter().collect::<BTreeSet<_>>();
    Lexicon {
        months: file.months,
        weekdays: file.weekdays,
        units: file.units,
        parts,
        seasons: file.seasons,
        decades: file.decades,
        refs,
        days,
        sets: file.sets,
        vague,
        future: set(file.future.words),
        past: set(file.future.past),
        ahead: set(file.future.ahead),
        behind: set(file.future.behind),
        holidays,
        zones: set(file.zones.words),
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
