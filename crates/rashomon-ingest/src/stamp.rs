//! When does the page say it was published? Date lines, metadata dates, dates in addresses.
//!
//! Only full dates count: a day, a month and a year. Times and zones are read over, so that a date line is known as one; the
//! civil day is the one written. Numeric dates are read only where day and month cannot be mistaken (13/02/2031, 2031-02-13),
//! are the same (02/02/2031), or stand between full stops (04.03.2031), where the day is first in all countries that write so.
//! Months and the words around them are known in English, and in the other languages of `data/dates.toml`.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use rashomon_model::date::Date;
use serde::Deserialize;

/// A publication day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// The civil day as written.
    pub(crate) date: Date,
    /// Whether the line says that the page was changed ("Updated …").
    pub(crate) updated: bool,
}

/// One token of a line.
struct Token<'a> {
    lower: String,
    at: Range<usize>,
    raw: &'a str,
}

/// What a token can be in a date line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
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

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const ZONES: &[&str] = &[
    "gmt", "utc", "bst", "cet", "cest", "eet", "eest", "msk", "est", "edt", "et", "cst", "cdt", "ct", "mst", "mdt",
    "mt", "pst", "pdt", "pt", "ist", "aest", "aedt", "jst", "kst", "hkt", "sgt", "pkt", "wib", "eat", "cat", "sast",
    "wat", "irst", "trt", "z", "local", "time",
];
const FILLERS: &[&str] = &[
    "published",
    "posted",
    "publish",
    "created",
    "issued",
    "released",
    "first",
    "on",
    "at",
    "date",
    "the",
    "of",
    "am",
    "pm",
    "a.m",
    "p.m",
    "hrs",
    "h",
    "o'clock",
    "dated",
    "online",
    "print",
    "submitted",
    "added",
    "time",
];
const CHANGED: &[&str] = &["updated", "modified", "edited", "revised", "last", "update", "amended", "corrected"];

#[derive(Deserialize, Default)]
struct Raw {
    months: Vec<Vec<String>>,
    weekdays: Vec<String>,
    fillers: Vec<String>,
    changed: Vec<String>,
}

/// Words of date lines in other languages.
static WORDS: LazyLock<HashMap<String, Part>> = LazyLock::new(|| {
    let raw: Raw = toml::from_str(include_str!("../data/dates.toml")).unwrap_or_default();
    let months =
        raw.months.into_iter().zip(1..).flat_map(|(words, n)| words.into_iter().map(move |w| (w, Part::Month(n))));
    let weekdays = raw.weekdays.into_iter().map(|word| (word, Part::Weekday));
    let fillers = raw.fillers.into_iter().map(|word| (word, Part::Filler));
    let changed = raw.changed.into_iter().map(|word| (word, Part::Updated));
    fillers.chain(weekdays).chain(changed).chain(months).collect()
});

/// Splits a line into tokens with their place; separators are white space, commas, bars, bullets and brackets.
fn tokens(line: &str) -> Vec<Token<'_>> {
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
fn part(token: &Token<'_>) -> Part {
    let word = token.lower.as_str();
    if let Some(month) = month(word) {
        return Part::Month(month);
    }
    if WEEKDAYS.iter().any(|day| *day == word || (word.len() >= 3 && word.len() <= 5 && day.starts_with(word))) {
        return Part::Weekday;
    }
    if CHANGED.contains(&word) {
        return Part::Updated;
    }
    if FILLERS.contains(&word) {
        return Part::Filler;
    }
    if ZONES.contains(&word) || zone_offset(token.raw) {
        return Part::Zone;
    }
    if let Some(date) = iso(token.raw).or_else(|| numeric(word)) {
        return Part::Full(date);
    }
    if clock(word) {
        return Part::Clock;
    }
    if let Some(known) = WORDS.get(word) {
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
fn month(word: &str) -> Option<i8> {
    if word.len() < 3 {
        return None;
    }
    let n = MONTHS.iter().position(|name| {
        *name == word || (word.len() <= 4 && name.starts_with(word)) || (*name == "september" && word == "sept")
    })?;
    i8::try_from(n + 1).ok()
}

/// `09:28`, `9.28am`, `0928gmt`, `16h30`.
fn clock(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.');
    let suffix = word.get(digits.len()..).unwrap_or("").replace('.', "");
    let known = suffix.is_empty()
        || matches!(suffix.as_str(), "am" | "pm" | "h" | "hrs" | "hours")
        || ZONES.contains(&suffix.as_str());
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

/// A day of the calendar within the years pages are published in.
fn day(year: i16, month: i8, day: i8) -> Option<Date> {
    (1900..2200).contains(&year).then(|| Date::new(year, month, day).ok()).flatten()
}

/// `2031-02-13`, `2031-02-13T09:28:00Z`, `2031/02/13`, `2031.02.13`, `20310213`, at the start of the text.
pub(crate) fn iso(text: &str) -> Option<Date> {
    let text = text.trim();
    let digits = |range: Range<usize>| text.get(range).filter(|s| s.bytes().all(|b| b.is_ascii_digit()));
    let year: i16 = digits(0..4)?.parse().ok()?;
    let separated = text.get(4..5).is_some_and(|c| "-/.".contains(c)) && text.get(4..5) == text.get(7..8);
    if separated {
        let after = text.as_bytes().get(10);
        if after.is_some_and(u8::is_ascii_digit) {
            return None;
        }
        return day(year, digits(5..7)?.parse().ok()?, digits(8..10)?.parse().ok()?);
    }
    let rest = text.get(8..)?;
    if digits(4..8).is_some()
        && (rest.is_empty() || rest.starts_with('T') || (rest.len() == 6 && rest.bytes().all(|b| b.is_ascii_digit())))
    {
        return day(year, digits(4..6)?.parse().ok()?, digits(6..8)?.parse().ok()?);
    }
    None
}

/// `13/02/2031` or `02.13.2031` where only one reading is a date, or both are the same day; `04.03.2031` is the fourth of March.
fn numeric(word: &str) -> Option<Date> {
    let parts: Vec<&str> = word.split(['/', '.', '-']).collect();
    let [a, b, year] = parts.as_slice() else {
        return None;
    };
    if year.len() != 4 || a.len() > 2 || b.len() > 2 {
        return None;
    }
    let (a, b, year): (i8, i8, i16) = (a.parse().ok()?, b.parse().ok()?, year.parse().ok()?);
    let stops = !word.contains(['/', '-']);
    match (day(year, b, a), day(year, a, b)) {
        (Some(x), Some(y)) if x != y => stops.then_some(x),
        (x, y) => x.or(y),
    }
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

/// Words before the kind of paper in a line that dates it ("Evening press bulletin, 3 May 2031").
const BEFORE_KIND: usize = 3;

/// A line that dates the paper it heads: its kind, then the day, and nothing else ("Morning summary, 8 June 2039, 07:00",
/// "Thematic report, issued on 24 June 2039", "Communiqué No. 14 of 20 November 2036"). What a report is *on* has words between.
pub(crate) fn issued(text: &str, kinds: &[String]) -> Option<(Stamp, Range<usize>)> {
    let (stamp, range, _) = read(text)?;
    let (before, after) = (tokens(text.get(..range.start)?), tokens(text.get(range.end..)?));
    let kind = before.iter().position(|token| kinds.contains(&token.lower)).filter(|at| *at <= BEFORE_KIND)?;
    let number = |token: &Token<'_>| {
        matches!(token.lower.as_str(), "no" | "nr" | "number") || token.lower.starts_with(|c: char| c.is_ascii_digit())
    };
    let dated = |token: &Token<'_>| part(token) != Part::Other;
    let bare = before.get(kind + 1..)?.iter().all(|token| number(token) || dated(token));
    (bare && after.iter().all(dated)).then_some((stamp, range))
}

/// Words of a place before the day of a dateline.
const PLACE: usize = 3;

/// A line of the head that dates its paper by place and day ("Talen, 2 November 2037, 16:30 local time"), or by what was done with the
/// paper on the day ("Adopted on 19 March 2038 by eleven votes to six").
pub(crate) fn signed(text: &str, done: &[String]) -> Option<(Stamp, Range<usize>)> {
    let (stamp, range, _) = read(text)?;
    let before = text.get(..range.start)?;
    let words = tokens(before);
    let capital = |token: &Token<'_>| token.raw.chars().next().is_some_and(char::is_uppercase);
    let dated = |token: &Token<'_>| part(token) != Part::Other || matches!(token.lower.as_str(), "hours" | "hour");
    let place = before.trim_end().ends_with(',')
        && (1..=PLACE).contains(&words.len())
        && words.iter().all(|token| capital(token) && part(token) == Part::Other)
        && tokens(text.get(range.end..)?).iter().all(dated);
    let opens = words.first().is_some_and(|token| done.contains(&token.lower));
    let led = words
        .iter()
        .skip(1)
        .all(|token| capital(token) || matches!(token.lower.as_str(), "on" | "at" | "in" | "the" | "this" | "of"));
    let bare = words.is_empty() && tokens(text.get(range.end..)?).iter().all(dated);
    (place || bare || opens && led && words.len() <= 2 + PLACE).then_some((stamp, range))
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

/// `/2031/02/13/`, `/2031-02-13-`, `/2031/feb/13/`, `-20310213` in an address.
pub(crate) fn address(url: &str) -> Option<Date> {
    let path = url.split(['?', '#']).next().unwrap_or("");
    let pieces: Vec<&str> = path.split(['/', '-', '_', '.']).collect();
    let number = |s: &str, n: usize| {
        (s.len() == n && s.bytes().all(|b| b.is_ascii_digit())).then(|| s.parse::<i16>().ok()).flatten()
    };
    for (i, piece) in pieces.iter().enumerate() {
        if let Some(year) = number(piece, 4) {
            let next = |k: usize| pieces.get(i + k).copied().unwrap_or("");
            let m = number(next(1), 2)
                .or_else(|| number(next(1), 1))
                .and_then(|n| i8::try_from(n).ok())
                .or_else(|| month(&next(1).to_lowercase()));
            let d = number(next(2), 2).or_else(|| number(next(2), 1)).and_then(|n| i8::try_from(n).ok());
            if let Some(date) = m.zip(d).and_then(|(m, d)| day(year, m, d)) {
                return Some(date);
            }
        }
        if piece.len() == 8
            && let Some(date) = iso(piece)
        {
            return Some(date);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<String> {
        line(text).map(|(stamp, range)| format!("{} {:?} {}", stamp.date, text.get(range).unwrap(), stamp.updated))
    }

    #[test]
    fn a_line_that_dates_its_paper() {
        let kinds: Vec<String> = ["report", "summary", "communiqué"].map(str::to_owned).into();
        let of = |text: &str| issued(text, &kinds).map(|(stamp, _)| stamp.date.to_string());
        assert_eq!(of("Morning summary, 8 June 2039, 07:00").as_deref(), Some("2039-06-08"));
        assert_eq!(of("Thematic report, issued on 24 June 2039").as_deref(), Some("2039-06-24"));
        assert_eq!(of("Communiqué No. 14 of 20 November 2036").as_deref(), Some("2036-11-20"));
        assert_eq!(of("Report on the attack of 4 February 2043"), None, "what it is on");
        assert_eq!(of("Report, 4 February 2043, of the commission"), None);
        assert_eq!(of("Shells fell on 4 February 2043"), None);
    }

    #[test]
    fn a_line_signed_with_place_and_day() {
        let done: Vec<String> = ["adopted", "done"].map(str::to_owned).into();
        let of = |text: &str| signed(text, &done).map(|(stamp, _)| stamp.date.to_string());
        assert_eq!(of("Talen, 2 November 2037, 16:30 local time").as_deref(), Some("2037-11-02"));
        assert_eq!(of("New Velim, 10 February 2044").as_deref(), Some("2044-02-10"));
        assert_eq!(of("9 March 2033, 11.00 hours").as_deref(), Some("2033-03-09"));
        assert_eq!(of("Adopted on 19 March 2038 by eleven votes to six").as_deref(), Some("2038-03-19"));
        assert_eq!(of("Done at Talen on 3 May 2031").as_deref(), Some("2031-05-03"));
        assert_eq!(of("THE USE OF FIREARMS IN TALEN ON 15 OCTOBER 2043"), None, "what it is on");
        assert_eq!(of("Shelling of Talen, 11 August 2043"), None);
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
        assert!(toml::from_str::<Raw>(include_str!("../data/dates.toml")).is_ok_and(|raw| raw.months.len() == 12));
        for line in [
            "Mittwoch, 4. März 2032, 09:28 Uhr",
            "Publicado el 4 de marzo de 2032 a las 9:28",
            "le 4 mars 2032",
            "4 marca 2032 r.",
            "4 марта 2032, 13:43",
        ] {
            assert!(of(line).is_some_and(|read| read.starts_with("2032-03-04")), "{line}");
        }
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
        assert_eq!(metadata("1443600000").unwrap().to_string(), "2015-09-30");
    }
}
