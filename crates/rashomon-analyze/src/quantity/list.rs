//! Which counts belong together? Counts of one list, and counts that are parts of another.
//!
//! "A woman and two children" is one list; in "36 people, five of them children" and "twelve people died: seven women, three men and two
//! children" the latter are parts of the former.

use super::item::Item;
use super::lexicon::LEXICON;
use crate::lexeme::{Lexeme, Sort};

/// Whether item `b` follows item `a` as the next of one list ("a woman and two children").
pub(super) fn joined(lexemes: &[Lexeme<'_>], items: &[Item], a: usize, b: usize) -> bool {
    let (Some(first), Some(second)) = (items.get(a), items.get(b)) else {
        return false;
    };
    if second.start <= first.end || second.start - first.end > 9 || first.person() != second.person() {
        return false;
    }
    let between = lexemes.get(first.end..second.start).unwrap_or_default();
    // "14 militants killed, villagers say": a plural behind a mere comma goes on with a list only if the list goes on
    let goes_on = || lexemes.get(second.end).is_none_or(|l| LEXICON.joins.contains(&*l.low) || l.sort == Sort::Mark);
    if second.bare && !second.named && matches!(between, [mark] if mark.is(",")) && !goes_on() {
        return false;
    }
    // "killed 12 soldiers and officials said …"
    if second.bare
        && lexemes.get(second.end).is_some_and(|l| l.any(&["said", "say", "says", "told", "reported", "added"]))
    {
        return false;
    }
    if between.iter().all(|l| LEXICON.joins.contains(&*l.low)) {
        return true;
    }
    // "was wounded together with her two sons"
    let Some(with) = between.iter().position(|l| l.any(&["with", "alongside"])) else {
        return false;
    };
    let (verb, rest) = between.split_at(with);
    rest.iter().all(|l| LEXICON.joins.contains(&*l.low))
        && verb.iter().enumerate().all(|(k, l)| {
            LEXICON.auxiliaries.contains(&*l.low)
                || LEXICON.between.contains(&*l.low)
                || LEXICON.joins.contains(&*l.low)
                || l.low.ends_with("ly")
                || LEXICON.after.at(lexemes, first.end + k).is_some()
        })
}

/// The item that item `i` is a part of: "36, including 5 children", "five of them children".
pub(super) fn part_of(lexemes: &[Lexeme<'_>], items: &[Item], parts: &[Option<usize>], i: usize) -> Option<usize> {
    let item = items.get(i)?;
    if !may_be_people(item) {
        return None;
    }
    let whole = |from: usize| {
        (0..from).rev().take(6).find(|&p| {
            parts.get(p).is_some_and(Option::is_none)
                && items.get(p).is_some_and(|w| w.person() && !w.named && !w.amount.zero && !w.anaphor)
        })
    };
    if item.anaphor {
        return whole(i);
    }
    // Directly after "including" and the like, adverbs and "at least" apart.
    let mut end = item.start;
    for _ in 0..4 {
        if LEXICON.parts.before(lexemes, end).is_some() {
            return whole(i).filter(|at| item.person() || at + 1 == i);
        }
        let word = lexemes.get(end.checked_sub(1)?)?;
        if word.low.ends_with("ly") || word.any(&["also", "were", "was", "are"]) {
            end -= 1;
            continue;
        }
        break;
    }
    let previous = i.checked_sub(1)?;
    if let Some(whole) = behind_a_colon(lexemes, items, parts, i) {
        return Some(whole);
    }
    // "three officers of the teaching staff and eight porters": the staff only says which officers
    let of = |at: usize| {
        let item = items.get(at).filter(|item| item.bare)?;
        lexemes.get(item.start.saturating_sub(3)..item.start)?.iter().any(|l| l.is("of")).then_some(at)
    };
    let previous = if of(previous).is_some() { previous.checked_sub(1)? } else { previous };
    let inherited = parts.get(previous).copied().flatten()?;
    // The list of parts goes on, unless this one has words of its own: "including 5 children, and 9 were injured".
    ((joined(lexemes, items, previous, i) || listed(lexemes, items, previous, i))
        && LEXICON.after.at(lexemes, item.end).is_none()
        && !lexemes.get(item.end).is_some_and(|l| LEXICON.auxiliaries.contains(&*l.low)))
    .then_some(inherited)
}

/// "Twelve people died: seven women, three men and two children": the whole before the colon, where what follows adds up to no more.
fn behind_a_colon(lexemes: &[Lexeme<'_>], items: &[Item], parts: &[Option<usize>], i: usize) -> Option<usize> {
    let opens = lexemes.get(items.get(i)?.start.checked_sub(1)?)?.is(":");
    // "five died: four in Velim and one in Dorn" shares them out among places
    if !opens || items.get(i)?.head.is_none() {
        return None;
    }
    // a name, of whom or what it is, is not what the list is of ("nine people died at Dorn Mill: seven women and two guards")
    let at = (0..i).rev().find(|at| items.get(*at).is_some_and(|before| !before.named))?;
    let whole = items.get(at).filter(|w| w.person() && !w.amount.zero && !w.anaphor && parts.get(at) == Some(&None))?;
    let (mut sum, mut last, mut person) = (items.get(i)?.amount.count.min, i, items.get(i)?.person());
    while joined(lexemes, items, last, last + 1) || listed(lexemes, items, last, last + 1) {
        last += 1;
        sum = sum.saturating_add(items.get(last)?.amount.count.min);
        person |= items.get(last)?.person();
    }
    (last > i && person && whole.amount.count.max.is_none_or(|max| sum <= max)).then_some(at)
}

/// Whether people are counted, or by an unknown noun what may be people ("24 cadets").
fn may_be_people(item: &Item) -> bool {
    item.person() || item.noun.is_none() && !item.bare
}

/// Whether item `b` goes on with the list of item `a`, whose noun has more words behind it ("three officers of the school and eight
/// passengers").
pub(super) fn listed(lexemes: &[Lexeme<'_>], items: &[Item], a: usize, b: usize) -> bool {
    let (Some(first), Some(second)) = (items.get(a), items.get(b)) else { return false };
    let Some(between) = lexemes.get(first.end..second.start) else { return false };
    let closes = between.last().is_some_and(|l| l.any(&["and", ","]));
    let clause = |(k, l): (usize, &Lexeme<'_>)| {
        LEXICON.breaks.contains(&*l.low)
            || LEXICON.auxiliaries.contains(&*l.low)
            || LEXICON.after.at(lexemes, first.end + k).is_some()
            || LEXICON.active.at(lexemes, first.end + k).is_some()
    };
    let person = may_be_people(first) && may_be_people(second) && !second.bare && !second.amount.zero;
    closes && person && between.len() <= 8 && !between.iter().enumerate().any(clause)
}
