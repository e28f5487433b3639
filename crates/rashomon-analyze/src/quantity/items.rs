//! Which phrases of a sentence count, and which statements speak of a whole toll? From left to right, none inside another.

use super::item::Item;
use super::lexicon::LEXICON;
use super::record::extent;
use super::{amount, bare, keep, named, phrase, revision, whole};
use crate::lexeme::Lexeme;
use rashomon_model::analysis::TimeExpression;
use rashomon_model::quantity::Outcome;

/// Counted phrases of a sentence, in order and not overlapping, and statements about the whole.
pub(super) fn items(
    lexemes: &[Lexeme<'_>],
    times: &[TimeExpression],
    told: Option<Outcome>,
) -> (Vec<Item>, Vec<whole::Status>) {
    let mut found: Vec<Item> = Vec::new();
    let mut statuses = Vec::new();
    let (mut i, mut time, mut merged) = (0, 0, 0);
    while let Some(lexeme) = lexemes.get(i) {
        while times.get(time).is_some_and(|t| t.span.end <= lexeme.span.start) {
            time += 1;
        }
        if times.get(time).is_some_and(|t| t.span.overlaps(lexeme.span)) {
            i += 1;
            continue;
        }
        // "eight deaths, all of them civilians"
        if let Some((end, category)) = whole::apposed(lexemes, i)
            && let Some(before) = found.last_mut().filter(|item| item.person() && !item.bare && i <= item.end + 2)
        {
            before.category = Some(category);
            before.whole = true;
            before.end = end;
            i = end;
            continue;
        }
        // "from six": what a figure of the sentence replaces
        if let Some(end) = revision::replaced(lexemes, i, &found).or_else(|| revision::left_behind(lexemes, i)) {
            i = end.max(i + 1);
            continue;
        }
        if let Some(status) = whole::status(lexemes, i, told) {
            i = status.end.max(i + 1);
            statuses.push(status);
            continue;
        }
        let item = amount::read(lexemes, i)
            .filter(|a| !in_time(lexemes, times, time, a.start, a.end))
            .and_then(|a| phrase::counted(lexemes, a))
            .filter(|item| !phrase::is_age(lexemes, item))
            .or_else(|| bare::bare(lexemes, i))
            .or_else(|| named::named(lexemes, i));
        match item {
            // "11 people, not 13, were killed": the figure turned down belongs to the one put in its place
            Some(item) if !item.bare && keep::corrected(lexemes, &found, &item) => {
                i = item.number_end.max(i + 1);
                let adjacent =
                    |before: &&mut Item| lexemes.get(before.end).is_some_and(|l| l.any(&[",", "not", "rather"]));
                if let Some(before) = found.last_mut().filter(adjacent) {
                    before.end = i + usize::from(lexemes.get(i).is_some_and(|l| l.is(",")));
                }
            }
            Some(item) => {
                i = item.end.max(i + 1);
                // "ten of them civilians, Anvil Watch said": who says so is none of those counted
                let speaks = lexemes.get(item.end).is_some_and(|l| LEXICON.breaks.contains(&*l.low) && l.word());
                if item.named && speaks && item.start > 0 && lexemes.get(item.start - 1).is_some_and(|l| l.is(",")) {
                    continue;
                }
                if item.named
                    && let Some(before) = found.last_mut()
                    && named::apposed(lexemes, before, &item, merged)
                {
                    before.end = item.end;
                    before.listed = !before.bare;
                    merged += 1;
                    continue;
                }
                merged = 0;
                found.push(item);
            }
            None => i += 1,
        }
    }
    (found, statuses)
}

/// Whether lexemes `from..to` touch a temporal expression (the `k`-th or a later one).
fn in_time(lexemes: &[Lexeme<'_>], times: &[TimeExpression], k: usize, from: usize, to: usize) -> bool {
    let Some(span) = extent(lexemes, from, to) else {
        return false;
    };
    times.get(k..).unwrap_or_default().iter().take_while(|t| t.span.start < span.end).any(|t| t.span.overlaps(span))
}
