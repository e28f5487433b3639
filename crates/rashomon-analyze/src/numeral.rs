//! What number do these words or digits write?
//!
//! "two hundred and fifty-three", "1.5 million", "12,500", "4½", "5 1/2", "two and a half", "half a million",
//! "a hundred". Knows nothing of what is counted. Names of numbers: `data/numbers.toml`.

use crate::lexeme::{Lexeme, Sort};
use crate::table::Map;
use serde::Deserialize;
use std::sync::LazyLock;

/// The names of numbers (`data/numbers.toml`).
#[derive(Debug, Deserialize)]
struct Names {
    /// 0 to 19 and the tens.
    units: Map<String, u64>,
    /// Hundred, thousand, million, billion.
    scales: Map<String, u64>,
    /// Ordinals first to thirty-first.
    ordinals: Map<String, u64>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    toml::from_str(include_str!("../data/numbers.toml")).unwrap_or(Names {
        units: Map::default(),
        scales: Map::default(),
        ordinals: Map::default(),
    })
});

/// A number read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Numeral {
    /// Value; halves are kept ("4½").
    pub(crate) value: f64,
    /// Index one past its last lexeme.
    pub(crate) end: usize,
    /// Whether written in digits.
    pub(crate) digits: bool,
    /// Whether a scale word took part ("2 million"): such figures are round.
    pub(crate) scaled: bool,
}

impl Numeral {
    /// The value as a whole number, if it is one.
    pub(crate) fn whole(self) -> Option<u64> {
        (self.value.fract() == 0.0 && self.value >= 0.0 && self.value < 1e15).then_some(self.value as u64)
    }
}

/// The ordinal a word names ("third" is 3).
pub(crate) fn ordinal(word: &str) -> Option<u64> {
    NAMES.ordinals.get(word).copied()
}

/// The number a single word names ("seven").
pub(crate) fn unit(word: &str) -> Option<u64> {
    NAMES.units.get(word).copied()
}

/// The scale a word names ("thousand").
fn scale(word: &str) -> Option<u64> {
    NAMES.scales.get(word).copied()
}

/// The number beginning at lexeme `i`, the longest reading.
pub(crate) fn read(lexemes: &[Lexeme<'_>], i: usize) -> Option<Numeral> {
    let first = lexemes.get(i)?;
    let mut numeral = match first.sort {
        Sort::Digits => digits(lexemes, i)?,
        Sort::Word => words(lexemes, i)?,
        Sort::Mark => {
            fraction_mark(&first.low).map(|value| Numeral { value, end: i + 1, digits: true, scaled: false })?
        }
    };
    // "3 000", "250 000": thousands set off by a space, as much of the world writes them
    if first.plain().is_some() && first.low.len() <= 3 && numeral.end == i + 1 {
        while lexemes.get(numeral.end).is_some_and(|l| l.low == "000" && !l.glued && l.plain().is_some()) {
            numeral.value *= 1000.0;
            numeral.end += 1;
        }
    }
    // "1.5 million", "12 thousand"
    if numeral.digits {
        while let Some(by) = lexemes.get(numeral.end).and_then(|l| scale(&l.low)) {
            numeral.value *= by as f64;
            numeral.scaled = true;
            numeral.end += 1;
        }
        // "2m", "40k" glued
        if let Some(by) = lexemes.get(numeral.end).filter(|l| l.glued).and_then(|l| match &*l.low {
            "k" => Some(1e3),
            "bn" => Some(1e9),
            _ => None,
        }) {
            numeral.value *= by;
            numeral.scaled = true;
            numeral.end += 1;
        }
    }
    // "two and a half", "2-and-a-half"
    let mut at = numeral.end;
    let skip = |at: &mut usize, word: &str| -> bool {
        let mut j = *at;
        if lexemes.get(j).is_some_and(|l| l.is("-")) {
            j += 1;
        }
        if lexemes.get(j).is_some_and(|l| l.is(word)) {
            *at = j + 1;
            return true;
        }
        false
    };
    if skip(&mut at, "and") && skip(&mut at, "a") && skip(&mut at, "half") {
        numeral.value += 0.5;
        numeral.end = at;
    }
    Some(numeral)
}

/// Value of a vulgar fraction mark.
fn fraction_mark(mark: &str) -> Option<f64> {
    match mark {
        "½" => Some(0.5),
        "¼" => Some(0.25),
        "¾" => Some(0.75),
        _ => None,
    }
}

/// Digits, with a following fraction ("4½", "5 1/2").
fn digits(lexemes: &[Lexeme<'_>], i: usize) -> Option<Numeral> {
    let first = lexemes.get(i)?;
    let bare: String = first.low.chars().filter(|&c| c != ',').collect();
    // "1.2.3" is no number.
    if bare.len() > 18 || bare.matches('.').count() > 1 {
        return None;
    }
    let mut value: f64 = bare.parse().ok()?;
    let mut end = i + 1;
    if let Some(part) = lexemes.get(end).filter(|l| l.glued).and_then(|l| fraction_mark(&l.low)) {
        value += part;
        end += 1;
    } else if let (Some(over), Some(slash), Some(under)) =
        (lexemes.get(end), lexemes.get(end + 1), lexemes.get(end + 2))
        && slash.is("/")
        && slash.glued
        && under.glued
        && !over.glued
        && let (Some(a), Some(b)) = (over.plain(), under.plain())
        && a < b
        && b <= 16
    {
        value += a as f64 / b as f64;
        end += 3;
    }
    Some(Numeral { value, end, digits: true, scaled: false })
}

/// A number in words.
fn words(lexemes: &[Lexeme<'_>], i: usize) -> Option<Numeral> {
    let mut at = i;
    let first = lexemes.get(i)?;
    let (mut total, mut group, mut any, mut scaled) = (0u64, 0u64, false, false);
    // "a hundred", "half a million"
    if first.any(&["a", "half"]) {
        let mut j = i + 1;
        let half = first.is("half");
        if half {
            j += usize::from(lexemes.get(j).is_some_and(|l| l.is("a")));
        }
        let by = scale(&lexemes.get(j)?.low)?;
        if half {
            return Some(Numeral { value: by as f64 / 2.0, end: j + 1, digits: false, scaled: true });
        }
        group = 1;
        at = j;
        any = true;
    }
    let mut last = u64::MAX;
    while let Some(lexeme) = lexemes.get(at) {
        if let Some(n) = unit(&lexeme.low) {
            // "twenty three" goes on, "three twenty" does not.
            if any && !(n < 10 && (20..100).contains(&last) || last == u64::MAX || last >= 100) {
                break;
            }
            group = group.saturating_add(n);
            last = n;
            any = true;
            at += 1;
        } else if let Some(by) = scale(&lexeme.low).filter(|_| any) {
            scaled = true;
            if by == 100 {
                group = group.saturating_mul(100);
                last = 100;
            } else {
                total = total.saturating_add(group.saturating_mul(by));
                group = 0;
                last = by;
            }
            at += 1;
        } else if any && (hyphen(lexemes, at, last) || scaled && and(lexemes, at, last)) {
            at += 1;
        } else {
            break;
        }
    }
    let value = total.saturating_add(group);
    any.then_some(Numeral { value: value as f64, end: at, digits: false, scaled })
}

/// The hyphen of "twenty-two".
fn hyphen(lexemes: &[Lexeme<'_>], at: usize, last: u64) -> bool {
    lexemes.get(at).is_some_and(|l| l.is("-") && l.glued)
        && (20..100).contains(&last)
        && lexemes.get(at + 1).is_some_and(|l| l.glued && unit(&l.low).is_some_and(|n| (1..10).contains(&n)))
}

/// The "and" of "two hundred and six".
fn and(lexemes: &[Lexeme<'_>], at: usize, last: u64) -> bool {
    last == 100
        && lexemes.get(at).is_some_and(|l| l.is("and"))
        && lexemes.get(at + 1).is_some_and(|l| unit(&l.low).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexeme::lexemes;
    use rashomon_model::span::Span;

    fn check(text: &str, expected: Option<(f64, usize)>) {
        let all = lexemes(text, Span::from_usize(0, text.len()));
        assert_eq!(read(&all, 0).map(|n| (n.value, n.end)), expected, "{text}");
    }

    #[test]
    fn reads_numbers() {
        check("36 people", Some((36.0, 1)));
        check("12,500 people", Some((12500.0, 1)));
        check("two hundred and fifty-three men", Some((253.0, 6)));
        check("twenty-two", Some((22.0, 3)));
        check("1.5 million", Some((1_500_000.0, 2)));
        check("half a million", Some((500_000.0, 3)));
        check("a hundred", Some((100.0, 2)));
        check("4½-year", Some((4.5, 2)));
        check("5 1/2 hours", Some((5.5, 4)));
        check("two and a half years", Some((2.5, 4)));
        check("three four", Some((3.0, 1)));
        check("three and four", Some((3.0, 1)));
        check("a man", None);
    }
}
