//! Which of two figures does a text give? "Rose from six to eight", "revised down from 12 to nine", "raised to eight from six".
//!
//! The second is the text's, the first only what it replaces. Words: `[revision]` of `data/casualties.toml`.

use super::amount::{self, Amount};
use super::item::Item;
use super::lexicon::LEXICON;
use crate::event::is_time;
use crate::lexeme::{Lexeme, Sort};
use crate::numeral;

/// Which way a figure went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// "rises to 36": the figure is a floor as of the text (methods.md E1).
    Up,
    /// "revised down to nine", or neither way: "corrected to nine".
    Other,
}

/// Whether the clause gives the figure as an earlier state ("initially", "early reports said four", "had first spoken of five").
pub(super) fn outdated(lexemes: &[Lexeme<'_>], item: &Item) -> bool {
    let from = item.start.saturating_sub(16);
    let to = (item.end + 8).min(lexemes.len());
    let ends = |l: &Lexeme<'_>| l.any(&[";", "but", "later", "subsequently", "though", "although", "while", "until"]);
    let next = |l: &Lexeme<'_>| l.any(&["on", "in", "this", "that", "the"]) || is_time(&l.low);
    let told = |at: usize| {
        // "early on Monday", "earlier this week" say when
        let when =
            || lexemes.get(at).is_some_and(|l| l.any(&["early", "earlier"])) && lexemes.get(at + 1).is_some_and(next);
        LEXICON.outdated.at(lexemes, at).is_some() && !when()
    };
    let open = (from..item.start).rev().take_while(|at| !lexemes.get(*at).is_some_and(ends));
    // "lowered to eleven from an earlier 13": the 13 is
    let close =
        (item.end..to).take_while(|at| !lexemes.get(*at).is_some_and(|l| ends(l) || l.any(&[",", ".", "from"])));
    open.chain(close).any(told) || replaced_text(lexemes, item)
}

/// "Correcting a bulletin that had named 24", "takes the place of our notice of 3 March, which listed eleven dead": whether the figure is of
/// a text that this one says it replaces. Of somebody else's ("correcting the army's figure") nothing is replaced, but disputed.
fn replaced_text(lexemes: &[Lexeme<'_>], item: &Item) -> bool {
    let from = item.start.saturating_sub(20);
    let own = |l: &Lexeme<'_>| l.any(&["a", "an", "our", "its", "their", "my", "his", "her"]);
    (from..item.start).any(|at| {
        let Some((end, ())) = LEXICON.replacing.at(lexemes, at) else { return false };
        let Some(noun) =
            (end + 1..end + 4).find(|k| lexemes.get(*k).is_some_and(|l| LEXICON.replaced_texts.contains(&*l.low)))
        else {
            return false;
        };
        let named = lexemes.get(end..noun).unwrap_or_default();
        let said = lexemes.get(noun + 1..item.start).unwrap_or_default();
        let tells = said.iter().any(|l| l.any(&["which", "that", "where", "had"]));
        let of = matches!(said, [only] if only.any(&["of", "with"]));
        named.first().is_some_and(own)
            && !named.iter().any(|l| l.any(&["'s", "'"]))
            && (tells || of)
            && !said.iter().any(|l| l.any(&[";", "but", "now"]))
    })
}

/// "From six to eight" at `i`, behind or before words of revision: the second figure, whose phrase begins at `i`.
pub(super) fn changed(lexemes: &[Lexeme<'_>], i: usize) -> Option<Amount> {
    if !lexemes.get(i)?.is("from") {
        return None;
    }
    let way =
        |k: usize| lexemes.get(k).is_some_and(|l| l.any(&["up", "down", "upward", "downward", "upwards", "downwards"]));
    let old = earlier(lexemes, i)?;
    let to = old + usize::from(way(old));
    let told = to > old || i > 0 && way(i - 1) || LEXICON.revisions.before(lexemes, i).is_some();
    if !told || !lexemes.get(to)?.is("to") {
        return None;
    }
    let new = amount::read(lexemes, to + 1)?;
    let why = format!("{} after a revision", new.why);
    Some(Amount { start: i, why, ..new })
}

/// "Raised to eight from an earlier six": one past the figure replaced, where `i` stands behind the figure put in its place.
pub(super) fn replaced(lexemes: &[Lexeme<'_>], i: usize, found: &[Item]) -> Option<usize> {
    let new = found.last().filter(|item| item.end == i || item.number_end == i)?;
    let led = (new.start.saturating_sub(REVISED)..new.start).any(|k| LEXICON.revisions.at(lexemes, k).is_some());
    earlier(lexemes, i).filter(|_| led && lexemes.get(i).is_some_and(|l| l.is("from")))
}

/// "From six the number went up to eight": one past the figure replaced, which `i` opens.
pub(super) fn left_behind(lexemes: &[Lexeme<'_>], i: usize) -> Option<usize> {
    let end = earlier(lexemes, i).filter(|_| lexemes.get(i).is_some_and(|l| l.is("from")))?;
    let clause = lexemes.get(end..(end + CLAUSE).min(lexemes.len()))?;
    let length = clause.iter().take_while(|l| l.sort != Sort::Mark || l.is(",")).count();
    let to = |k: usize| {
        let behind = LEXICON.revisions.at(lexemes, k)?.0;
        lexemes.get(behind).filter(|l| l.is("to"))
    };
    (end..end + length).find_map(to).map(|_| end)
}

/// "Went up to eight": whether the "up" of "up to" at `i` is of the words of revision before it, so that it bounds nothing.
pub(super) fn holds_up(lexemes: &[Lexeme<'_>], i: usize) -> bool {
    i > 0 && LEXICON.revisions.at(lexemes, i - 1).is_some_and(|(end, _)| end == i + 1)
}

/// Lexemes between words of revision and the figure they lead to ("revised on Sunday to nine").
const REVISED: usize = 6;

/// Lexemes behind "from six" within which the figure is told that came after it.
const CLAUSE: usize = 9;

/// One past the figure behind "from", "from an earlier": what a revision starts from.
fn earlier(lexemes: &[Lexeme<'_>], from: usize) -> Option<usize> {
    let mut at = from + 1;
    at += usize::from(lexemes.get(at)?.any(&["a", "an", "the", "its", "their", "his", "her"]));
    at = LEXICON.outdated.at(lexemes, at).map_or(at, |(end, ())| end);
    numeral::read(lexemes, at).map(|old| old.end).or_else(|| amount::vague(lexemes, at).map(|old| old.end))
}
