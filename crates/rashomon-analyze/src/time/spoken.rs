//! Which hour is told in words? "A quarter to six in the evening", "on Friday evening at about twenty past eight".
//!
//! Read only with the half of the day, which may stand behind the hour or, as a part of the day, right before it.

use super::clock::{clock, half, part};
use super::found::Clock;
use super::grammar::day;
use super::lexicon::{LEXICON, Part};
use crate::lexeme::Lexeme;
use crate::numeral;

/// "Twenty past five this morning", "a quarter to three at night", "ten minutes to seven p.m.", "on Friday evening at five to eight", with
/// the half of the day said, without which nobody knows which of two hours is meant. "To" only behind a word of time ("at ten to
/// seven"): "five to seven" is a number.
pub(super) fn spoken(lexemes: &[Lexeme<'_>], i: usize) -> Option<(Clock, usize)> {
    let (clock, end) = face(lexemes, i)?;
    let within = end + usize::from(lexemes.get(end).is_some_and(|l| l.any(&["in", "at", "on"])));
    let parts = |at: usize| LEXICON.parts.at(lexemes, at).is_some();
    let said = lexemes.get(end).and_then(half).is_some()
        || part(lexemes, within).is_some()
        || parts(within + usize::from(lexemes.get(within).is_some_and(|l| l.is("the"))))
        || day(lexemes, within).is_some_and(|day| parts(day.end))
        || part_before(lexemes, i).is_some();
    said.then_some((clock, end))
}

/// What a clock's face shows in words ("a quarter to six", "twenty past five"), whether or not the half of the day is said.
pub(super) fn face(lexemes: &[Lexeme<'_>], i: usize) -> Option<(Clock, usize)> {
    let article = usize::from(lexemes.get(i)?.is("a"));
    let (minutes, mut j) = match lexemes.get(i + article)? {
        l if l.is("quarter") => (15, i + article + 1),
        l if l.is("half") && article == 0 => (30, i + 1),
        _ if article == 1 => return None,
        _ => {
            let n = numeral::read(lexemes, i)?;
            (n.whole().filter(|n| (1..30).contains(n))?, n.end)
        }
    };
    j += usize::from(lexemes.get(j).is_some_and(|l| l.any(&["minutes", "minute"])));
    let joint = lexemes.get(j)?;
    let hour = numeral::read(lexemes, j + 1)?;
    let twelve = hour.whole().filter(|h| (1..=12).contains(h))?;
    let led = || {
        let before = lexemes.get(i.saturating_sub(2)..i).unwrap_or_default();
        before.iter().any(|l| LEXICON.pointed.before.contains(&*l.low))
    };
    let (hour_of, minute) = match &*joint.low {
        "past" => (twelve, minutes),
        "to" if minutes != 30 && led() => (if twelve == 1 { 12 } else { twelve - 1 }, 60 - minutes),
        _ => return None,
    };
    clock(hour_of as i8, minute as i8).map(|clock| (clock, hour.end))
}

/// Most words of time between a part of the day and the hour told behind it: "on Friday evening, at about ten".
const LEAD: usize = 3;

/// The part of the day told right before the hour at `i`: "on Friday evening at about", "on the evening of 3 May, at".
pub(super) fn part_before<'p>(lexemes: &[Lexeme<'_>], i: usize) -> Option<&'p Part> {
    let leads = |l: &Lexeme<'_>| l.is(",") || LEXICON.pointed.before.contains(&*l.low);
    let back = lexemes.get(i.saturating_sub(LEAD)..i)?.iter().rev().take_while(|l| leads(l)).count();
    let at = i.checked_sub(back).filter(|_| back > 0)?;
    let ends = |end: usize| LEXICON.parts.before(lexemes, end).map(|(_, part)| part);
    ends(at).or_else(|| {
        // "the evening of 3 May", "the afternoon of Friday"
        let starts = |of: usize| day(lexemes, of + 1).is_some_and(|day| day.end == at && day.base.is_day());
        let of = (at.saturating_sub(4)..at).find(|&of| lexemes.get(of).is_some_and(|l| l.is("of")) && starts(of))?;
        ends(of)
    })
}
