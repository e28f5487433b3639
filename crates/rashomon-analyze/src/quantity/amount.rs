//! What interval do these number words mean? (methods.md E1)
//!
//! "at least 36" is [36, ∞), "nearly 40" [36, 40], "dozens" [12, 199], "between 30 and 40" [30, 40]. Numbers that count
//! nothing are told in [`super::refuse`].

use super::change::Change;
use super::lexicon::LEXICON;
use super::refuse::{refused, refused_after};
use super::revision;
use crate::lexeme::{Lexeme, Sort};
use crate::numeral;
use rashomon_model::quantity::Count;

/// Number words and the interval they mean.
#[derive(Debug, Clone)]
pub(super) struct Amount {
    /// Index of the first lexeme, modifiers included.
    pub(super) start: usize,
    /// Index one past the last.
    pub(super) end: usize,
    /// The interval.
    pub(super) count: Count,
    /// "no", "none".
    pub(super) zero: bool,
    /// "one" alone, which is as often a pronoun.
    pub(super) weak: bool,
    /// Why this interval.
    pub(super) why: String,
}

/// The amount that begins at lexeme `i`.
pub(super) fn read(lexemes: &[Lexeme<'_>], i: usize) -> Option<Amount> {
    let mut changes = Vec::new();
    let mut at = i;
    if let Some(amount) = revision::changed(lexemes, i).or_else(|| between(lexemes, i)) {
        return Some(amount);
    }
    while changes.len() < 4 {
        let Some((end, &change)) = LEXICON.modifiers.at(lexemes, at) else {
            break;
        };
        if change == Change::UpTo && revision::holds_up(lexemes, at) {
            return None;
        }
        changes.push(change);
        at = end;
        // "between 30 and 40" after a modifier
        if let Some(mut amount) = between(lexemes, at) {
            amount.start = i;
            return Some(amount);
        }
    }
    let core = number(lexemes, at).or_else(|| vague(lexemes, at));
    let mut amount = match core {
        Some(amount) => amount,
        None if at > i => {
            changes.clear();
            vague(lexemes, i)?
        }
        None => return None,
    };
    amount.start = i;
    while let Some((end, &change)) = LEXICON.followers.at(lexemes, amount.end) {
        // "36 plus 5 others" adds, "36 plus" is a floor.
        if lexemes.get(amount.end).is_some_and(|l| l.is("plus"))
            && lexemes.get(end).is_some_and(|l| !matches!(l.sort, Sort::Mark))
        {
            break;
        }
        changes.push(change);
        amount.end = end;
    }
    for change in changes {
        apply(&mut amount, change);
    }
    if amount.count.max.is_none()
        && let Some(top) = ceiling(lexemes, &amount)
    {
        return Some(top);
    }
    Some(amount)
}

/// "at least 15 and up to 25": a floor followed by its ceiling.
fn ceiling(lexemes: &[Lexeme<'_>], floor: &Amount) -> Option<Amount> {
    let mut at = floor.end;
    if !lexemes.get(at)?.any(&["and", "but", "to", "or"]) {
        return None;
    }
    at += 1;
    at += usize::from(lexemes.get(at)?.any(&["possibly", "perhaps", "maybe"]));
    let (end, change) = LEXICON.modifiers.at(lexemes, at)?;
    if *change != Change::UpTo {
        return None;
    }
    let top = number(lexemes, end)?;
    let max = top.count.max.filter(|m| *m >= floor.count.min)?;
    Some(Amount {
        start: floor.start,
        end: top.end,
        count: Count::between(floor.count.min, max),
        zero: false,
        weak: false,
        why: format!("at least {} and up to {max}", floor.count.min),
    })
}

/// "between 30 and 40", "from 30 to 40".
fn between(lexemes: &[Lexeme<'_>], i: usize) -> Option<Amount> {
    let first = lexemes.get(i)?;
    let joins: &[&str] = if first.is("between") {
        &["and", "to", "-"]
    } else if first.is("from") {
        &["to"]
    } else {
        return None;
    };
    let low = numeral::read(lexemes, i + 1)?;
    if !lexemes.get(low.end)?.any(joins) {
        return None;
    }
    let high = numeral::read(lexemes, low.end + 1)?;
    if refused(lexemes, low.end + 1, high.end) || refused(lexemes, i + 1, low.end) {
        return None;
    }
    let (a, b) = (low.whole()?, high.whole()?);
    Some(Amount {
        start: i,
        end: high.end,
        count: Count::between(a, b),
        zero: false,
        weak: false,
        why: format!("between {a} and {b}"),
    })
}

/// A number, or a range of two ("30-40", "three or four").
fn number(lexemes: &[Lexeme<'_>], i: usize) -> Option<Amount> {
    let low = numeral::read(lexemes, i)?;
    let mut value = low.whole()?;
    let mut end = low.end;
    if let Some(by) = lexemes.get(end).and_then(|l| LEXICON.multiples.get(&*l.low)) {
        value = value.saturating_mul(*by);
        end += 1;
    }
    let mut count = Count::exact(value);
    let mut why = format!("the number {value}");
    if let Some(join) = lexemes.get(end) {
        let dash = join.is("-") && (join.glued || lexemes.get(end + 1).is_some_and(|l| l.sort == Sort::Digits));
        // "(either 5 or 7)", "3 to 5 km": the first counts no more than the second
        if join.any(&["to", "or"])
            && let Some(high) = numeral::read(lexemes, end + 1)
            && high.whole().is_some_and(|n| n > value)
            && refused_after(lexemes, end + 1, high.end)
        {
            return None;
        }
        if (dash || join.any(&["to", "or"]))
            && let Some(high) = numeral::read(lexemes, end + 1)
            && let Some(top) = high.whole().filter(|&n| n > value && n <= value.saturating_mul(20).max(20))
            && !refused_after(lexemes, end + 1, high.end)
            && (!dash || high.digits == low.digits)
        {
            count = Count::between(value, top);
            why = format!("{value} to {top}");
            end = high.end;
        }
    }
    if refused(lexemes, i, end) {
        return None;
    }
    Some(Amount { start: i, end, count, zero: value == 0, weak: !low.digits && value == 1, why })
}

/// "dozens", "a few", "none".
pub(super) fn vague(lexemes: &[Lexeme<'_>], i: usize) -> Option<Amount> {
    let (end, vague) = LEXICON.vague.at(lexemes, i)?;
    // "a couple and their children": two who are one
    let pair = lexemes.get(end - 1).is_some_and(|l| l.is("couple"));
    if pair && !lexemes.get(end).is_some_and(|l| l.any(&["of", "more", "dozen", "hundred", "thousand"])) {
        return None;
    }
    // "it is unclear how many" counts nothing.
    if i.checked_sub(1).and_then(|p| lexemes.get(p)).is_some_and(|l| l.any(&["how", "so", "as", "too"])) {
        return None;
    }
    // "a few 60,000 lives": an estimate, not a few.
    if !vague.zero
        && let Some(mut amount) = number(lexemes, end).filter(|a| a.count.min > 20)
    {
        amount.start = i;
        apply(&mut amount, Change::About);
        return Some(amount);
    }
    let said: Vec<&str> = lexemes.get(i..end)?.iter().map(|l| &*l.low).collect();
    Some(Amount {
        start: i,
        end,
        count: Count { min: vague.min, max: vague.max },
        zero: vague.zero,
        weak: false,
        why: format!("“{}” by table E1", said.join(" ")),
    })
}

/// Changes the interval by a word beside it.
fn apply(amount: &mut Amount, change: Change) {
    let Count { min, max } = amount.count;
    let ten = |n: u64| (n / 10).max(1);
    let (count, words) = match change {
        Change::Plain => return,
        Change::AtLeast => (Count::at_least(min), "at least"),
        Change::MoreThan if amount.count.is_exact() => (Count::at_least(min.saturating_add(1)), "more than"),
        Change::MoreThan => (Count::at_least(min), "more than"),
        Change::LessThan => (Count::between(0, max.unwrap_or(min).saturating_sub(1)), "fewer than"),
        Change::UpTo => (Count::between(0, max.unwrap_or(min)), "up to"),
        Change::About if amount.count.is_exact() => (
            Count::between(min.saturating_sub(ten(min)), min.saturating_add(ten(min))),
            "about, ten per cent either way",
        ),
        Change::Nearly if amount.count.is_exact() => {
            (Count::between(min.saturating_sub(ten(min)), min), "nearly, down to ten per cent less")
        }
        Change::About | Change::Nearly => return,
    };
    amount.count = count;
    amount.weak = false;
    amount.why = format!("{}; {words}", amount.why);
}
