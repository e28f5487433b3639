//! Does a line date the paper it heads or ends? Bulletins, reports and resolutions of offices.

use std::ops::Range;

use super::word::{Part, Token, part, tokens};
use super::{Stamp, read};

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

#[cfg(test)]
mod tests {
    use super::*;

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
}
