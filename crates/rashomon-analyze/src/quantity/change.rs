//! How does a word beside a number change it, and which words are numbers themselves? `data/numbers.toml`.

use crate::phrase::Phrases;
use crate::table::Map;
use serde::Deserialize;
use std::collections::BTreeMap;

/// How a word beside a number changes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// [n, ∞)
    AtLeast,
    /// [n+1, ∞)
    MoreThan,
    /// [0, n-1]
    LessThan,
    /// [0, n]
    UpTo,
    /// n ± 10 %
    About,
    /// [n - 10 %, n]
    Nearly,
    /// n
    Plain,
}

/// A number word that is not exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Vague {
    /// Least.
    pub(super) min: u64,
    /// Greatest, `None` if open.
    pub(super) max: Option<u64>,
    /// "no", "none".
    pub(super) zero: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct File {
    modifiers: BTreeMap<String, Vec<String>>,
    followers: BTreeMap<String, Vec<String>>,
    vague: Vec<VagueRow>,
    multiples: BTreeMap<String, u64>,
    refused: Refused,
}

/// Words by which a number counts nothing.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Refused {
    pub(super) before: Vec<String>,
    pub(super) papers: Vec<String>,
    pub(super) parents: Vec<String>,
    pub(super) beneath: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct VagueRow {
    words: Vec<String>,
    min: u64,
    max: u64,
    #[serde(default)]
    zero: bool,
}

/// The words of the data file, compiled.
pub(super) struct Numbers {
    /// Words before a number that change it.
    pub(super) modifiers: Phrases<Change>,
    /// Words behind one that do.
    pub(super) followers: Phrases<Change>,
    /// Words that are numbers, but no exact ones.
    pub(super) vague: Phrases<Vague>,
    /// Words that multiply ("dozen").
    pub(super) multiples: Map<String, u64>,
    /// Words by which a number counts nothing.
    pub(super) refused: Refused,
}

impl Numbers {
    /// From `data/numbers.toml`.
    pub(super) fn load() -> Self {
        let file: File = toml::from_str(include_str!("../../data/numbers.toml")).unwrap_or_default();
        let mut vague = Phrases::new();
        for row in &file.vague {
            let max = (row.max > 0 || row.zero).then_some(row.max);
            vague.extend(&row.words, &Vague { min: row.min, max, zero: row.zero });
        }
        Self {
            modifiers: changes(&file.modifiers),
            followers: changes(&file.followers),
            vague,
            multiples: file.multiples.into_iter().collect(),
            refused: file.refused,
        }
    }
}

/// The table of words that change a number.
fn changes(rows: &BTreeMap<String, Vec<String>>) -> Phrases<Change> {
    let mut table = Phrases::new();
    for (name, words) in rows {
        let change = match name.as_str() {
            "at_least" => Change::AtLeast,
            "more_than" => Change::MoreThan,
            "less_than" => Change::LessThan,
            "up_to" => Change::UpTo,
            "about" => Change::About,
            "nearly" => Change::Nearly,
            _ => Change::Plain,
        };
        table.extend(words, &change);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_file_parses() {
        assert!(toml::from_str::<File>(include_str!("../../data/numbers.toml")).is_ok());
    }
}
