//! What is each word of a date line? Weekday, month, number, time, zone, or a word that such lines have around them.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::LazyLock;

use rashomon_model::date::Date;
use serde::Deserialize;

use super::figures::{iso, numeric};

/// One token of a line.
pub(super) struct Token<'a> {
    /// Lower case, without marks around it.
    pub(super) lower: String,
    /// Its place in the line.
    pub(super) at: Range<usize>,
    /// As written.
    pub(super) raw: &'a str,
}

/// What a token can be in a date line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Weekday,
    Month(i8),
    Day(i8),
    Year(i16),
    Full(Date),
    Clock,
    Zone,
    Filler,
    Updated,
    Other,
}

/// Words of English date lines; months and weekdays in full, in their order.
#[derive(Deserialize, Default)]
struct English {
    months: Vec<String>,
    weekdays: Vec<String>,
    zones: BTreeSet<String>,
    fillers: BTreeSet<String>,
    changed: BTreeSet<String>,
}

#[derive(Deserialize, Default)]
struct Raw {
    months: Vec<Vec<String>>,
    weekdays: Vec<String>,
    fillers: Vec<String>,
    changed: Vec<String>,
    english: English,
}

/// Words of date lines: English, and those of other languages.
struct Words {
    english: English,
    others: HashMap<String, Part>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let raw: Raw = toml::from_str(include_str!("../../data/dates.toml")).unwrap_or_default();
    let months =
        raw.months.into_iter().zip(1..).flat_map(|(words, n)| words.into_iter().map(move |w| (w, Part::Month(n))));
    let weekdays = raw.weekdays.into_iter().map(|word| (word, Part::Weekday));
    let fillers = raw.fillers.into_iter().map(|word| (word, Part::Filler));
    let changed = raw.changed.into_iter().map(|word| (word, Part::Updated));
    Words { english: raw.english, others: fillers.chain(weekdays).chain(changed).chain(months).collect() }
});

/// Splits a line into tokens with their place; separators are white space, commas, bars, bullets and brackets.
pub(super) fn tokens(line: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut start = None;
    let separator = |c: char| {
        c.is_whitespace() || matches!(c, ',' | '|' | '•' | '·' | '(' | ')' | '–' | '—' | '@' | ';' | '[' | ']')
    };
    for (at, c) in line.char_indices().chain([(line.len(), ' ')]) {
        match (separator(c), start) {
            (false, None) => start = Some(at),
            (true, Some(from)) => {
                let raw = line.get(from..at).unwrap_or("");
                let lower = raw.trim_matches(|c: char| matches!(c, '.' | ':' | '-' | '/')).to_lowercase();
                if !lower.is_empty() {
                    found.push(Token { lower, at: from..at, raw });
                }
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// What one token is.
pub(super) fn part(token: &Token<'_>) -> Part {
    let word = token.lower.as_str();
    let english = &WORDS.english;
    if let Some(month) = month(word) {
        return Part::Month(month);
    }
    if english.weekdays.iter().any(|day| *day == word || (word.len() >= 3 && word.len() <= 5 && day.starts_with(word)))
    {
        return Part::Weekday;
    }
    if english.changed.contains(word) {
        return Part::Updated;
    }
    if english.fillers.contains(word) {
        return Part::Filler;
    }
    if english.zones.contains(word) || zone_offset(token.raw) {
        return Part::Zone;
    }
    if let Some(date) = iso(token.raw).or_else(|| numeric(word)) {
        return Part::Full(date);
    }
    if clock(word) {
        return Part::Clock;
    }
    if let Some(known) = WORDS.others.get(word) {
        return *known;
    }
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = word.get(digits.len()..).unwrap_or("");
    if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) {
        match (digits.len(), suffix, digits.parse::<i16>()) {
            (1 | 2, "" | "st" | "nd" | "rd" | "th" | "er", Ok(n)) if (1..=31).contains(&n) => {
                return Part::Day(i8::try_from(n).unwrap_or(1));
            }
            (4, "", Ok(n)) if (1900..2200).contains(&n) => return Part::Year(n),
            (4, "", Ok(n)) if n < 2400 && n % 100 < 60 => return Part::Clock,
            _ => {}
        }
    }
    Part::Other
}

/// Month by English name or its abbreviation of three letters or more.
pub(super) fn month(word: &str) -> Option<i8> {
    if word.len() < 3 {
        return None;
    }
    let n =
        WORDS.english.months.iter().position(|name| *name == word || (word.len() <= 4 && name.starts_with(word)))?;
    i8::try_from(n + 1).ok()
}

/// `09:28`, `9.28am`, `0928gmt`, `16h30`.
fn clock(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.');
    let suffix = word.get(digits.len()..).unwrap_or("").replace('.', "");
    let known = suffix.is_empty()
        || matches!(suffix.as_str(), "am" | "pm" | "h" | "hrs" | "hours")
        || WORDS.english.zones.contains(&suffix);
    let parts: Vec<&str> = digits.split([':', '.', 'h']).collect();
    let numbers = parts.iter().all(|p| (1..=2).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()));
    let joined =
        parts.len() == 1 && digits.len() == 4 && !suffix.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let hour = parts.len() == 1 && numbers && matches!(suffix.as_str(), "am" | "pm");
    known && ((numbers && (2..=3).contains(&parts.len())) || joined || hour)
}

/// `+0300`, `GMT+3`, `UTC+03:00`.
fn zone_offset(raw: &str) -> bool {
    let rest = raw.trim_start_matches(|c: char| c.is_ascii_uppercase());
    (raw.len() - rest.len() <= 3)
        && rest.starts_with(['+', '-'])
        && (2..=6).contains(&rest.len())
        && rest.chars().skip(1).all(|c| c.is_ascii_digit() || c == ':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_file_is_read() {
        assert!(toml::from_str::<Raw>(include_str!("../../data/dates.toml")).is_ok_and(|raw| {
            raw.months.len() == 12 && raw.english.months.len() == 12 && raw.english.weekdays.len() == 7
        }));
    }
}
