//! Where do a name, a description, a clause begin and end? Shallow phrases over tokens.
//!
//! No parser: closed classes, capitals and verb forms. All searches are bounded ([`REACH`]), so cost stays linear.

use super::lexicon::{Form, Lexicon};
use super::token::{Block, Kind};

/// How many tokens a search goes at most, to keep the cost linear on text without punctuation.
pub(crate) const REACH: usize = 70;
/// How long a content may be, in tokens within one sentence.
pub(crate) const LONGEST: usize = 400;

/// A token range.
pub(crate) type Range = (usize, usize);

/// Whether the word at `i` is a finite verb, as far as its form and neighbours show.
pub(crate) fn is_finite(block: &Block, i: usize) -> bool {
    let lexicon = Lexicon::get();
    let Some(tok) = block.tok(i).filter(|t| t.kind == Kind::Word) else {
        return false;
    };
    let word = tok.lower.as_str();
    if lexicon.words.finite.contains(word) {
        return word != "may" || !tok.capital || i == 0;
    }
    if tok.capital && block.sentence(i).0 != i {
        return false;
    }
    match tok.pos {
        "AUX" => return true,
        "NOUN" | "PROPN" | "ADJ" | "ADP" | "DET" | "PRON" | "ADV" | "NUM" => return false,
        _ => {}
    }
    let before = i.checked_sub(1).map_or("", |j| block.low(j));
    let after = block.low(i + 1);
    let nominal_place = is_determiner(before) || lexicon.words.prepositions.contains(before) || before.ends_with("'s");
    if nominal_place {
        return false;
    }
    if lexicon.finite.contains(word) {
        return !lexicon.words.be.contains(before) && after != "by";
    }
    for (form, _) in block.cues(i) {
        match form {
            Form::Past if after != "by" => return !lexicon.words.be.contains(before) && before != "have",
            Form::Third if !lexicon.nouns.contains_key(word) => return true,
            Form::Third => return is_determiner(after) || after == "that" || block.capital(i + 1),
            _ => {}
        }
    }
    word.ends_with("ed")
        && word.len() > 4
        && !word.contains('-')
        && after != "by"
        && i > 0
        && (block.is_word(i - 1)
            || block.kind(i - 1) == Kind::Comma && is_determiner(after)
            || block.kind(i - 1) == Kind::Quote)
        && !lexicon.words.coordinators.contains(before)
        && !lexicon.words.auxiliaries.contains(before)
        && (before.ends_with("ly")
            || is_determiner(after)
            || lexicon.words.prepositions.contains(after)
            || is_object(block, i + 1)
            || block.capital(i + 1)
            || block.capital(i - 1)
            || block.kind(i + 1) != Kind::Word
            || lexicon.words.pronouns.contains(before))
}

/// Whether a finite verb stands in `a..b` outside nested quotations.
pub(crate) fn has_finite(block: &Block, a: usize, b: usize) -> bool {
    (a..b.min(a + REACH)).any(|i| is_finite(block, i))
}

/// Articles, demonstratives, possessives, numbers as words.
pub(crate) fn is_determiner(word: &str) -> bool {
    let words = &Lexicon::get().words;
    words.determiners.contains(word) || words.possessives.contains(word)
}

/// Weekday, month or other calendar word.
pub(crate) fn is_time(block: &Block, i: usize) -> bool {
    let words = &Lexicon::get().words;
    let low = block.low(i);
    words.weekdays.contains(low)
        || words.months.contains(low)
        || (low == "may" && block.capital(i))
        || words.times.contains(low)
}

/// Whether a noun phrase can begin at `i`.
pub(crate) fn starts_phrase(block: &Block, i: usize) -> bool {
    let words = &Lexicon::get().words;
    let low = block.low(i);
    block.is_word(i)
        && (is_determiner(low)
            || words.pronouns.contains(low)
            || block.capital(i)
            || !(words.prepositions.contains(low)
                || words.coordinators.contains(low)
                || words.subordinators.contains(low)
                || words.auxiliaries.contains(low)
                || words.adverbs.contains(low)
                || low.ends_with("ly")))
}

/// Whether the mark at `i` joins the words around it ("U.K.-based"): no space on either side.
fn glued(block: &Block, i: usize) -> bool {
    let touching = |a: usize, b: usize| match (block.tok(a), block.tok(b)) {
        (Some(a), Some(b)) => a.span.end == b.span.start && a.sentence == b.sentence,
        _ => false,
    };
    // a stop before a hyphen, a hyphen before a word
    i > 0
        && touching(i - 1, i)
        && touching(i, i + 1)
        && match block.kind(i) {
            Kind::Stop => block.low(i + 1) == "-",
            _ => block.low(i) == "-" && block.is_word(i + 1),
        }
}

/// Whether the word at `i` is an object pronoun; "US" is not.
fn is_object(block: &Block, i: usize) -> bool {
    let low = block.low(i);
    Lexicon::get().words.objects.contains(low) && !(low == "us" && block.capital(i))
}

/// Nouns that take "to", "on" or "by" ("envoy to", "commission on", "statement by").
fn governs(block: &Block, i: usize) -> bool {
    matches!(
        block.low(i),
        "envoy"
            | "ambassador"
            | "adviser"
            | "advisor"
            | "aide"
            | "delegate"
            | "representative"
            | "commission"
            | "committee"
            | "council"
            | "rapporteur"
            | "secretary"
            | "deputy"
            | "witness"
            | "witnesses"
            | "expert"
            | "experts"
            | "assistant"
            | "spokesman"
            | "spokeswoman"
            | "source"
            | "sources"
            | "panel"
            | "inquiry"
            | "report"
            | "statement"
            | "people"
            | "person"
            | "list"
            | "video"
            | "post"
            | "letter"
            | "book"
            | "study"
            | "survey"
            | "poll"
            | "article"
            | "analysis"
    )
}

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
        if matches!(last, "others" | "none" | "one") {
            while start > lo && is_determiner(block.low(start - 1)) {
                start -= 1;
            }
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
        match block.kind(j) {
            Kind::Word => {}
            Kind::Quote => {
                let Some(region) = block.region(j).and_then(|r| block.regions.get(r)) else {
                    break;
                };
                if region.end == k && k - region.open <= 6 && region.open > lo {
                    k = region.open;
                    continue;
                }
                break;
            }
            Kind::Close => {
                let Some(open) = (j.saturating_sub(10).max(lo)..j).rev().find(|&o| block.kind(o) == Kind::Open) else {
                    break;
                };
                k = open;
                continue;
            }
            Kind::Stop | Kind::Dash if glued(block, j) => {
                k = j;
                continue;
            }
            Kind::Stop
                if block.region(j) == block.region(end - 1)
                    && j > lo
                    && block.is_word(k)
                    && block.tok(j).zip(block.tok(k)).is_some_and(|(a, b)| a.sentence == b.sentence)
                    && block.low(j) == "." =>
            {
                // "Mr. Vane", "Gen. Oru": a stop inside the sentence belongs to an abbreviation
                k = j;
                continue;
            }
            Kind::Other if matches!(block.low(j), "&" | "/" | "#" | "@") => {
                k = j;
                continue;
            }
            _ => break,
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
        if words.prepositions.contains(low) {
            let binds = words.binding.contains(low)
                || (matches!(low, "to" | "on" | "by" | "against" | "over" | "into" | "under" | "between" | "about")
                    && j > lo
                    && governs(block, j - 1));
            let by_participle = low == "by" && j > lo && block.low(j - 1).ends_with("ed");
            if !(binds || by_participle) {
                break;
            }
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
        match block.kind(k) {
            Kind::Word => {}
            Kind::Open => match (k + 1..hi.min(k + 10)).find(|&c| block.kind(c) == Kind::Close) {
                Some(close) if k > start => {
                    k = close + 1;
                    continue;
                }
                _ => break,
            },
            Kind::Quote if short_quote(block, k, hi) => {
                k = block.region(k).and_then(|r| block.regions.get(r)).map_or(k + 1, |r| r.end);
                continue;
            }
            Kind::Stop | Kind::Dash if k > start && k + 1 < hi && glued(block, k) => {
                k += 1;
                continue;
            }
            Kind::Stop
                if block.low(k) == "." && k + 1 < hi && k > start && block.capital(k - 1) && block.is_word(k + 1) =>
            {
                k += 1;
                continue;
            }
            Kind::Other if matches!(block.low(k), "&" | "/") => {
                k += 1;
                continue;
            }
            _ => break,
        }
        let low = block.low(k);
        if k > start {
            let before = block.low(k - 1);
            let after_link = words.prepositions.contains(before) || before == "and" || before == "or";
            if is_determiner(low) && !after_link && !(words.determiners.contains(before) && is_determiner(before)) {
                break;
            }
            if words.pronouns.contains(low) && !is_determiner(low) || is_finite(block, k) {
                break;
            }
            if low == "and" {
                let next = k + 1;
                if !(block.capital(next) || is_determiner(block.low(next)) || (long && starts_phrase(block, next)))
                    || !block.cues(next).is_empty()
                {
                    break;
                }
            } else if words.coordinators.contains(low)
                || (words.subordinators.contains(low) && !words.prepositions.contains(low))
                || words.auxiliaries.contains(low)
                || words.weekdays.contains(low) && !long
                || (words.adverbs.contains(low) && !is_determiner(low) && !words.times.contains(low))
            {
                break;
            } else if words.prepositions.contains(low) {
                let ok = match low {
                    "of" | "for" | "from" | "with" => true,
                    "in" | "at" | "on" | "near" | "by" | "to" | "about" => {
                        long || (head_low && low != "on" && low != "by" && low != "about" && low != "to")
                            || governs(block, k - 1)
                    }
                    _ => false,
                };
                if !ok {
                    break;
                }
            } else if low.ends_with("ing") && !long && !block.cues(k).is_empty() {
                break;
            }
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
