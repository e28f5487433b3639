//! Which noun phrase ends here? The subject before a verb group, with its appositions and relative clauses.

use super::{REACH, Range, glued, governs, is_determiner, is_object, is_time};
use crate::attribution::finite::{has_finite, is_finite};
use crate::attribution::lexicon::{Form, Lexicon};
use crate::attribution::token::{Block, Kind};

/// The noun phrase that ends right before token `end`, not reaching left of `lo`; appositions and relative clauses between
/// commas, dashes or brackets included. `None` if no phrase ends there.
pub(crate) fn np_left(block: &Block, end: usize, lo: usize) -> Option<Range> {
    let lo = lo.max(end.saturating_sub(REACH));
    let mut end = strip_adjunct(block, end, lo);
    if end <= lo {
        return None;
    }
    let last = end - 1;
    match block.kind(last) {
        Kind::Comma | Kind::Dash => {
            let mark = block.kind(last);
            let open =
                (lo..last.saturating_sub(1)).rev().find(|&j| block.kind(j) == mark && outside(block, j, last))?;
            if open + 1 >= last || !is_apposition(block, open + 1, last) {
                return None;
            }
            let (start, _) = core_left(block, open, lo)?;
            if has_finite(block, start, open) {
                return None;
            }
            Some((start, last))
        }
        Kind::Close => {
            let open = (lo..last).rev().find(|&j| block.kind(j) == Kind::Open)?;
            let (start, _) = core_left(block, open, lo)?;
            Some((start, end))
        }
        Kind::Word | Kind::Quote => {
            while end > lo && matches!(block.low(end - 1), "himself" | "herself" | "itself" | "themselves") {
                end -= 1;
            }
            core_left(block, end, lo)
        }
        _ => None,
    }
}

/// Whether `j` lies in the same quotation (or none) as `i`.
fn outside(block: &Block, j: usize, i: usize) -> bool {
    block.region(j) == block.region(i)
}

/// Leaves off a time or "however" between subject and verb ("Bren on Wednesday said").
fn strip_adjunct(block: &Block, end: usize, lo: usize) -> usize {
    let words = &Lexicon::get().words;
    let mut k = end;
    while k > lo && block.is_word(k - 1) && is_time(block, k - 1) && !is_determiner(block.low(k - 1)) {
        k -= 1;
    }
    if k < end
        && k > lo
        && matches!(block.low(k - 1), "on" | "in" | "last" | "this" | "late" | "early" | "earlier" | "later")
    {
        k -= 1;
    }
    if k == end || k <= lo {
        k = end;
    }
    // ", however," and the like
    if k >= lo + 3
        && block.kind(k - 1) == Kind::Comma
        && block.kind(k - 3) == Kind::Comma
        && (words.connectors.contains(block.low(k - 2))
            || block.low(k - 2).ends_with("ly")
            || block.low(k - 2) == "too")
    {
        k -= 3;
    }
    k
}

/// Whether the words between two commas or dashes describe what stands before them.
fn is_apposition(block: &Block, a: usize, b: usize) -> bool {
    let words = &Lexicon::get().words;
    let low = block.low(a);
    if matches!(low, "who" | "which" | "whose" | "whom" | "where") {
        return true;
    }
    if words.coordinators.contains(low) || words.connectors.contains(low) {
        return false;
    }
    if has_finite(block, a, b) {
        // "a man who saw it", "the group that runs it"
        return (a..b).any(|i| matches!(block.low(i), "who" | "which" | "that" | "whose"));
    }
    block.is_word(a) && !words.pronouns.contains(low)
}

/// The phrase without appositions.
fn core_left(block: &Block, end: usize, lo: usize) -> Option<Range> {
    let words = &Lexicon::get().words;
    if end <= lo {
        return None;
    }
    let last = block.low(end - 1);
    if words.pronouns.contains(last) || matches!(last, "who" | "which") {
        if last == "there" || last == "it" && end < 2 && block.low(end) == "is" {
            return None;
        }
        let mut start = end - 1;
        while matches!(last, "others" | "none" | "one") && start > lo && is_determiner(block.low(start - 1)) {
            start -= 1;
        }
        return Some((start, end));
    }
    if words.subordinators.contains(last)
        || words.coordinators.contains(last)
        || words.prepositions.contains(last)
        || words.auxiliaries.contains(last)
    {
        return None;
    }
    let mut k = end;
    let mut conjunction = None;
    let mut verb = false;
    while k > lo {
        let j = k - 1;
        if block.kind(j) != Kind::Word {
            let Some(next) = over_mark(block, j, end, lo) else { break };
            k = next;
            continue;
        }
        let low = block.low(j);
        if low == "and" {
            conjunction = Some(j);
            k = j;
            continue;
        }
        if low == "that" || words.coordinators.contains(low) {
            break;
        }
        if is_finite(block, j) {
            verb = true;
            break;
        }
        let subordinates = words.subordinators.contains(low) && low != "since" && low != "as";
        if subordinates || is_object(block, j) || (words.pronouns.contains(low) && !is_determiner(low)) {
            verb |= matches!(low, "who" | "which" | "that");
            break;
        }
        let gerund = block.cues(j).first().is_some_and(|(form, _)| *form == Form::Gerund);
        if words.auxiliaries.contains(low) || (gerund && !(j > lo && is_determiner(block.low(j - 1)))) {
            break;
        }
        if words.weekdays.contains(low) || (words.months.contains(low) && k < end) {
            break;
        }
        if words.adverbs.contains(low) && !is_determiner(low) && !words.times.contains(low) {
            if matches!(low, "just" | "even" | "only") || k == end {
                k = j;
                continue;
            }
            break;
        }
        if words.prepositions.contains(low) && !binds(block, j, lo) {
            break;
        }
        k = j;
    }
    if verb && let Some(c) = conjunction {
        k = c + 1;
    }
    // "have expressed concern forces may …": what follows an auxiliary is no subject
    if verb && k > lo && words.auxiliaries.contains(block.low(k - 1)) {
        return None;
    }
    let start = trim_front(block, k, end)?;
    (start < end).then_some((start, end))
}

/// Where a phrase that ends at `end` goes on to the left of the mark at `j`: over a short quotation, brackets, a hyphen, the stop
/// of an abbreviation; `None` if it begins behind the mark.
fn over_mark(block: &Block, j: usize, end: usize, lo: usize) -> Option<usize> {
    match block.kind(j) {
        Kind::Quote => {
            let region = block.region(j).and_then(|r| block.regions.get(r))?;
            (region.end == j + 1 && j + 1 - region.open <= 6 && region.open > lo).then_some(region.open)
        }
        Kind::Close => (j.saturating_sub(10).max(lo)..j).rev().find(|&o| block.kind(o) == Kind::Open),
        Kind::Stop | Kind::Dash if glued(block, j) => Some(j),
        // "Mr. Vane", "Gen. Oru": a stop inside the sentence belongs to an abbreviation
        Kind::Stop => (block.region(j) == block.region(end - 1)
            && j > lo
            && block.is_word(j + 1)
            && block.tok(j).zip(block.tok(j + 1)).is_some_and(|(a, b)| a.sentence == b.sentence)
            && block.low(j) == ".")
            .then_some(j),
        Kind::Other => matches!(block.low(j), "&" | "/" | "#" | "@").then_some(j),
        _ => None,
    }
}

/// Whether the preposition at `j` keeps what follows it in the phrase ("head of", "envoy to", "seized by").
fn binds(block: &Block, j: usize, lo: usize) -> bool {
    let low = block.low(j);
    let governed = matches!(low, "to" | "on" | "by" | "against" | "over" | "into" | "under" | "between" | "about")
        && j > lo
        && governs(block, j - 1);
    let by_participle = low == "by" && j > lo && block.low(j - 1).ends_with("ed");
    Lexicon::get().words.binding.contains(low) || governed || by_participle
}

/// Skips connectors, times and opening prepositional phrases; `None` if nothing is left.
fn trim_front(block: &Block, start: usize, end: usize) -> Option<usize> {
    let words = &Lexicon::get().words;
    let mut k = start;
    while k < end {
        let low = block.low(k);
        if !block.is_word(k) && block.kind(k) != Kind::Quote {
            k += 1;
        } else if words.prepositions.contains(low) {
            // "In Moscow the ministry": to the next determiner after the phrase's own noun
            let own = k + 1 + usize::from(is_determiner(block.low(k + 1)));
            let next = (own + 1..end).find(|&i| {
                matches!(block.low(i), "the" | "a" | "an" | "one" | "some")
                    && !words.prepositions.contains(block.low(i - 1))
                    && block.low(i - 1) != "and"
            });
            k = next?;
        } else if (words.connectors.contains(low) || words.adverbs.contains(low)) && !is_determiner(low)
            || words.coordinators.contains(low)
            || (words.weekdays.contains(low) && k + 1 < end)
        {
            k += 1;
        } else {
            return Some(k);
        }
    }
    None
}
