//! Which noun phrase begins here? Whoever is named after a cue, with what describes him.

use super::{REACH, Range, glued, governs, is_determiner, is_object, is_time, starts_phrase};
use crate::attribution::finite::{has_finite, is_finite};
use crate::attribution::lexicon::Lexicon;
use crate::attribution::token::{Block, Kind};

/// The noun phrase that begins at `start`, up to `hi`. `long` lets it run on through "in", "at", "on" and participles, as
/// after "according to".
pub(crate) fn np_right(block: &Block, start: usize, hi: usize, long: bool) -> Option<Range> {
    let words = &Lexicon::get().words;
    let hi = hi.min(start + REACH);
    if start >= hi || !(block.is_word(start) || short_quote(block, start, hi)) {
        return None;
    }
    let first = block.low(start);
    if is_object(block, start) || (words.pronouns.contains(first) && !is_determiner(first)) {
        return Some((start, start + 1));
    }
    if !starts_phrase(block, start) && block.kind(start) != Kind::Quote {
        return None;
    }
    let mut k = start;
    let mut head_low = false;
    while k < hi {
        if block.kind(k) != Kind::Word {
            let Some(next) = over_mark(block, k, start, hi) else { break };
            k = next;
            continue;
        }
        if k > start && ends(block, k, long, head_low) {
            break;
        }
        head_low = !block.capital(k);
        k += 1;
    }
    while k > start
        && (words.prepositions.contains(block.low(k - 1))
            || block.low(k - 1) == "and"
            || words.determiners.contains(block.low(k - 1)) && k - 1 > start)
    {
        k -= 1;
    }
    (k > start).then_some((start, k))
}

/// Where a phrase from `start` goes on behind the mark at `k`: behind brackets, a short quotation, a hyphen, the stop of an
/// abbreviation; `None` if it ends before the mark.
fn over_mark(block: &Block, k: usize, start: usize, hi: usize) -> Option<usize> {
    match block.kind(k) {
        Kind::Open if k > start => {
            (k + 1..hi.min(k + 10)).find(|&c| block.kind(c) == Kind::Close).map(|close| close + 1)
        }
        Kind::Quote if short_quote(block, k, hi) => {
            Some(block.region(k).and_then(|r| block.regions.get(r)).map_or(k + 1, |r| r.end))
        }
        Kind::Stop | Kind::Dash if k > start && k + 1 < hi && glued(block, k) => Some(k + 1),
        Kind::Stop => (block.low(k) == "." && k + 1 < hi && k > start && block.capital(k - 1) && block.is_word(k + 1))
            .then_some(k + 1),
        Kind::Other => matches!(block.low(k), "&" | "/").then_some(k + 1),
        _ => None,
    }
}

/// Whether the phrase ends before the word at `k`; `head_low` says whether the word before it had no capital.
fn ends(block: &Block, k: usize, long: bool, head_low: bool) -> bool {
    let words = &Lexicon::get().words;
    let (low, before) = (block.low(k), block.low(k - 1));
    let after_link = words.prepositions.contains(before) || before == "and" || before == "or";
    if is_determiner(low) && !after_link && !(words.determiners.contains(before) && is_determiner(before))
        || words.pronouns.contains(low) && !is_determiner(low)
        || is_finite(block, k)
    {
        return true;
    }
    if low == "and" {
        let next = k + 1;
        let phrase = block.capital(next) || is_determiner(block.low(next)) || (long && starts_phrase(block, next));
        return !phrase || !block.cues(next).is_empty();
    }
    if words.coordinators.contains(low)
        || (words.subordinators.contains(low) && !words.prepositions.contains(low))
        || words.auxiliaries.contains(low)
        || words.weekdays.contains(low) && !long
        || (words.adverbs.contains(low) && !is_determiner(low) && !words.times.contains(low))
    {
        return true;
    }
    if words.prepositions.contains(low) {
        return match low {
            "of" | "for" | "from" | "with" => false,
            "in" | "at" | "near" => !(long || head_low || governs(block, k - 1)),
            "on" | "by" | "to" | "about" => !(long || governs(block, k - 1)),
            _ => true,
        };
    }
    low.ends_with("ing") && !long && !block.cues(k).is_empty()
}

/// Whether a short quotation opens at `i`.
fn short_quote(block: &Block, i: usize, hi: usize) -> bool {
    block.kind(i) == Kind::Quote
        && block
            .region(i)
            .and_then(|r| block.regions.get(r))
            .is_some_and(|r| r.open == i && r.end <= hi && r.end - r.open <= 6)
}

/// Extends a phrase over a following apposition or relative clause ("X, head of Y, …"); returns the new end, closing mark left out.
pub(crate) fn with_apposition(block: &Block, phrase: Range, hi: usize) -> usize {
    let words = &Lexicon::get().words;
    let (_, end) = phrase;
    if matches!(block.low(end), "who" | "whose") {
        let stop = (end..hi.min(end + REACH))
            .find(|&i| matches!(block.kind(i), Kind::Comma | Kind::Stop | Kind::Semicolon | Kind::Dash | Kind::Quote))
            .unwrap_or(hi.min(end + REACH));
        return stop;
    }
    if block.kind(end) != Kind::Comma || end + 1 >= hi {
        return end;
    }
    let a = end + 1;
    let low = block.low(a);
    let close = (a..hi.min(a + 30))
        .find(|&i| matches!(block.kind(i), Kind::Comma | Kind::Stop | Kind::Semicolon | Kind::Dash | Kind::Quote));
    let close = close.unwrap_or(hi.min(a + 30));
    if close <= a {
        return end;
    }
    if matches!(low, "who" | "whose" | "which") {
        return close;
    }
    let plain = !words.coordinators.contains(low)
        && !words.connectors.contains(low)
        && !words.prepositions.contains(low)
        && !words.subordinators.contains(low)
        && !words.pronouns.contains(low)
        && !words.auxiliaries.contains(low)
        && !low.ends_with("ing")
        && !low.ends_with("ly")
        && !is_time(block, a)
        && block.is_word(a);
    let number = block.low(a).chars().all(|c| c.is_ascii_digit());
    let inner = np_right(block, a, close, true).map_or(a, |(_, e)| e);
    if number || (plain && !has_finite(block, a, close)) {
        // the phrase itself may end before the comma: "president of the council in the capital"
        return if inner > a { if block.kind(close) == Kind::Comma { close } else { inner } } else { close };
    }
    if plain && (a..close).any(|i| matches!(block.low(i), "who" | "which" | "that")) {
        return close;
    }
    end
}
