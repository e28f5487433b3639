//! Which day do figures write? Days of the calendar in numbers, in lines and in addresses.

use std::ops::Range;

use rashomon_model::date::{Date, DateTime};

use super::word::month;

/// A day of the calendar within the years pages are published in.
pub(super) fn day(year: i16, month: i8, day: i8) -> Option<Date> {
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

/// `2031-02-13T09:28:00Z`, `2031-02-13 09:28+0300`: the minute by the clocks it names, and minutes these are east of UTC; none
/// without a clock time, and without zone no offset. Seconds are left out.
pub(crate) fn moment(text: &str) -> Option<(DateTime, Option<i16>)> {
    let text = text.trim();
    let date = iso(text)?;
    let clock = text.get(10..).filter(|clock| clock.starts_with(['T', 't', ' ']))?.get(1..)?;
    let number = |digits: Option<&str>| digits.filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?.parse::<i8>().ok();
    let (hour, minute) = (number(clock.get(0..2))?, number(clock.get(3..5))?);
    if clock.get(2..3) != Some(":") || !(0..24).contains(&hour) || !(0..60).contains(&minute) {
        return None;
    }
    let rest =
        clock.get(5..)?.trim_start_matches(|c: char| c == ':' || c == '.' || c == ',' || c.is_ascii_digit()).trim();
    let offset = match rest.as_bytes().first() {
        Some(b'Z' | b'z') if rest.len() == 1 => Some(0),
        Some(sign @ (b'+' | b'-')) => {
            let far = rest.get(1..)?;
            let hours = i16::from(number(far.get(0..2))?);
            let minutes =
                far.get(2..).filter(|m| !m.is_empty()).map_or(Some(0), |m| number(Some(m.trim_start_matches(':'))))?;
            let east = hours * 60 + i16::from(minutes);
            (hours < 15 && minutes < 60).then_some(if *sign == b'-' { -east } else { east })
        }
        _ => None,
    };
    Some((date.at(hour, minute, 0, 0), offset))
}

/// `13/02/2031` or `02.13.2031` where only one reading is a date, or both are the same day; `04.03.2031` is the fourth of March.
pub(super) fn numeric(word: &str) -> Option<Date> {
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
