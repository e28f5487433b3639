//! Does the clause around a date tell of what was or of what is planned? "Jets struck on Monday", "talks will resume on Monday".
//!
//! [`tense`] looks for the nearest sign of tense, [`told`] adds the words that point by themselves ("since December").

use super::found::Shift;
use super::lexicon::LEXICON;
use crate::lexeme::Lexeme;

/// Which month or day of a name is meant where no word of its own says so: "since December" lies back, else by tense.
pub(super) fn told(lexemes: &[Lexeme<'_>], start: usize, end: usize) -> Shift {
    let mut at = start;
    while let Some(before) = at.checked_sub(1).and_then(|p| lexemes.get(p)) {
        if before.any(&["early", "late", "mid", "-", "the"]) {
            at -= 1;
            continue;
        }
        if LEXICON.behind.contains(&*before.low) {
            return Shift::Last;
        }
        break;
    }
    Shift::Tense(tense(lexemes, start, end))
}

/// Whether the clause of lexemes `start..end` points forward or back: the nearest sign of tense, before it first.
pub(super) fn tense(lexemes: &[Lexeme<'_>], start: usize, end: usize) -> Option<bool> {
    // "until mid-May": the modifier belongs to the date
    let mut start = start;
    while start > 0 && lexemes.get(start - 1).is_some_and(|l| l.any(&["early", "late", "mid", "-", "around"])) {
        start -= 1;
    }
    let behind = lexemes.get(start.saturating_sub(14)..start).unwrap_or_default();
    let before = behind.last();
    // "as early as Tuesday", "as soon as June"
    if let [.., a, b, c] = behind
        && a.is("as")
        && b.any(&["early", "soon", "late"])
        && c.is("as")
        && !b.is("late")
    {
        return Some(true);
    }
    if before.is_some_and(|l| LEXICON.ahead.contains(&*l.low)) {
        let perfect = behind.iter().rev().take(10).any(|l| l.any(&["had", "were", "was"]))
            || lexemes.get(end..(end + 8).min(lexemes.len())).unwrap_or_default().iter().any(|l| l.is("had"));
        return Some(!perfect);
    }
    // "is to resume on Monday"
    let forward = |l: &Lexeme<'_>| LEXICON.future.contains(&*l.low);
    let back = |l: &Lexeme<'_>| LEXICON.past.contains(&*l.low) || l.low.len() > 4 && l.low.ends_with("ed");
    let sign = |l: &Lexeme<'_>| {
        if forward(l) {
            Some(true)
        } else if back(l) {
            Some(false)
        } else {
            None
        }
    };
    let mut found: Option<(usize, bool)> = None;
    for (d, l) in behind.iter().rev().enumerate() {
        if l.any(&[";", "."]) {
            break;
        }
        if LEXICON.planned.contains(&*l.low) {
            found = Some((d, true));
            break;
        }
        if let Some(s) = sign(l) {
            // "to be published", "will be held": the participle of a plan.
            let be = behind.len().checked_sub(d + 2).and_then(|p| behind.get(p)).is_some_and(|p| p.is("be"));
            if be && !s {
                found = Some((d, true));
                break;
            }
            // "was scheduled", "had been due": a plan told of in the past still points forward; "was expected" too.
            found = Some((d, s));
            break;
        }
        let to_be = l.is("to")
            && behind.len().checked_sub(d + 2).and_then(|p| behind.get(p)).is_some_and(|p| p.any(&["is", "are", "be"]));
        if to_be {
            found = Some((d, true));
            break;
        }
    }
    let ahead = lexemes
        .get(end..(end + 8).min(lexemes.len()))
        .unwrap_or_default()
        .iter()
        .take_while(|l| !l.any(&[";", ".", "that", "\""]))
        .enumerate()
        .find_map(|(d, l)| Some((d, sign(l)?)));
    match (found, ahead) {
        (Some((near, a)), Some((far, b))) => Some(if far + 2 < near { b } else { a }),
        (Some((_, a)), None) => Some(a),
        (None, Some((_, b))) => Some(b),
        (None, None) => None,
    }
}
