//! What follows a cue verb? Hearer, time and medium skipped, then the content: clause, quotation, object, infinitive.

use super::finite::{has_finite, is_finite};
use super::lexicon::{CueClass, CueVerb, Form, Lexicon};
use super::phrase::{Range, is_determiner, is_time, np_right, starts_phrase};
use super::token::{Block, Kind};

/// What follows a cue.
pub(super) struct Complement {
    pub(super) start: usize,
    pub(super) cue_end: usize,
    pub(super) told: Option<Range>,
    /// Begins with a comma, as a continuation may.
    pub(super) comma: bool,
    pub(super) quote: bool,
}

/// What follows the cue at `i`; a clause without "that" must show its finite verb before token `finite_before`.
pub(super) fn follow(block: &Block, i: usize, finite_before: usize, hi: usize, verb: &CueVerb) -> Option<Complement> {
    let lexicon = Lexicon::get();
    let words = &lexicon.words;
    let mut k = i + 1;
    let mut told = None;
    let make = |start: usize, cue_end: usize, told, comma, quote| Complement { start, cue_end, told, comma, quote };
    for particle in ["for", "on", "about", "against", "with"] {
        if verb.takes(particle) && block.low(k) == particle && starts_phrase(block, k + 1) {
            return Some(make(k + 1, k + 1, None, false, false));
        }
    }
    if block.low(i).starts_with("point") {
        if block.low(k) != "out" {
            return None;
        }
        k += 1;
    }
    let cue_end = k;
    if verb.takes("told") && block.is_word(k) && block.low(k) != "that" {
        let phrase = np_right(block, k, hi, false)?;
        told = Some(split_hearer(block, phrase, hi));
        k = told?.1;
    } else if block.low(k) == "to"
        && verb.takes("quote")
        && starts_phrase(block, k + 1)
        && !verb.takes("inf")
        && !is_infinitive(block, k + 1)
    {
        let phrase = np_right(block, k + 1, hi, false)?;
        told = Some(phrase);
        k = phrase.1;
    }
    let mut comma = false;
    for _ in 0..4 {
        if block.kind(k) == Kind::Comma
            && block.kind(k + 2) == Kind::Comma
            && (words.connectors.contains(block.low(k + 1))
                || block.low(k + 1) == "though"
                || block.low(k + 1).ends_with("ly"))
        {
            k += 3;
        } else if let Some(next) = skip_adjunct(block, k, hi) {
            k = next;
        } else {
            break;
        }
    }
    if k >= hi {
        return None;
    }
    let speech = verb.takes("quote") || verb.takes("clause") || verb.takes("np");
    if block.kind(k) == Kind::Colon && speech {
        let quote = block.kind(k + 1) == Kind::Quote;
        return (k + 1 < hi).then(|| make(k + 1, cue_end, told, false, quote));
    }
    if block.kind(k) == Kind::Comma {
        comma = true;
        k += 1;
    }
    if block.kind(k) == Kind::Quote && speech {
        let opens = block.region(k).and_then(|r| block.regions.get(r)).is_some_and(|r| r.open == k);
        return opens.then(|| make(k, cue_end, told, comma, true));
    }
    if comma {
        // "said, that", "said, there is": rare; only as a continuation
        let clause = verb.takes("clause") && starts_phrase(block, k) && has_finite(block, k, hi);
        return clause.then(|| make(k, cue_end, told, true, false));
    }
    let low = block.low(k);
    if low == "that" && (verb.takes("clause") || verb.takes("that")) && k + 1 < hi {
        return Some(make(k, cue_end, told, false, false));
    }
    if words.wh.contains(low) && low != "which" && low != "who" && (verb.takes("wh") || verb.takes("clause")) {
        return Some(make(k, cue_end, told, false, false));
    }
    if low == "to" && verb.takes("inf") && block.is_word(k + 1) && !is_determiner(block.low(k + 1)) {
        return Some(make(k, cue_end, told, false, false));
    }
    // subject relative: "what X said were Y"
    if verb.takes("clause") && words.finite.contains(low) && words.be.contains(low) {
        return Some(make(k, cue_end, told, false, false));
    }
    if verb.takes("told") && told.is_some() && verb.takes("clause") && low == "to" {
        return None;
    }
    let begins = starts_phrase(block, k)
        || matches!(
            low,
            "about"
                | "around"
                | "over"
                | "at"
                | "in"
                | "more"
                | "nearly"
                | "up"
                | "as"
                | "under"
                | "like"
                | "after"
                | "during"
                | "if"
                | "so"
        );
    if verb.takes("clause") && begins && has_finite(block, k, finite_before.min(k + 40)) {
        return Some(make(k, cue_end, told, false, false));
    }
    if verb.takes("np") && starts_phrase(block, k) && !words.pronouns.contains(low) {
        return Some(make(k, cue_end, told, false, false));
    }
    if verb.takes("np") && words.objects.contains(low) && matches!(verb.class, CueClass::Judge | CueClass::Distance) {
        return Some(make(k, cue_end, told, false, false));
    }
    None
}

/// "continue to push": a verb after "to", not a hearer.
fn is_infinitive(block: &Block, k: usize) -> bool {
    let lexicon = Lexicon::get();
    let low = block.low(k);
    match block.tok(k).map_or("X", |t| t.pos) {
        "VERB" | "AUX" => true,
        "X" => {
            !block.capital(k)
                && (lexicon.base.contains(low) || block.cues(k).iter().any(|(form, _)| *form == Form::Base))
        }
        _ => false,
    }
}

/// The hearer when the clause that follows has no subject of its own: "told the Daily Post Orvia is …" — the last name
/// belongs to the clause.
pub(super) fn split_hearer(block: &Block, phrase: Range, hi: usize) -> Range {
    let (a, b) = phrase;
    if b < hi && is_finite(block, b) && b - a >= 2 {
        let mut k = b - 1;
        while k > a + 1 && block.kind(k - 1) != Kind::Word {
            k -= 1;
        }
        // a title keeps its name: "Mr Vane"
        if matches!(block.low(k - 1), "mr" | "mrs" | "ms" | "president" | "minister" | "general" | "dr") && k - 1 > a {
            k -= 1;
        }
        if k > a {
            return (a, k);
        }
    }
    phrase
}

/// Skips one time, manner or medium between cue and content; `None` if there is none.
pub(super) fn skip_adjunct(block: &Block, k: usize, hi: usize) -> Option<usize> {
    let words = &Lexicon::get().words;
    if !block.is_word(k) || k >= hi {
        return None;
    }
    let low = block.low(k);
    if is_time(block, k) && (!matches!(low, "this" | "last" | "next" | "late" | "early") || is_time(block, k + 1)) {
        let mut e = k + 1;
        while e < hi && (is_time(block, e) || block.low(e).chars().all(|c| c.is_ascii_digit()) && block.is_word(e)) {
            e += 1;
        }
        return Some(e);
    }
    if matches!(
        low,
        "later"
            | "again"
            | "earlier"
            | "separately"
            | "simply"
            | "bluntly"
            | "flatly"
            | "publicly"
            | "repeatedly"
            | "recently"
            | "afterwards"
    ) {
        return Some(k + 1);
    }
    if !matches!(
        low,
        "in" | "at"
            | "on"
            | "during"
            | "via"
            | "through"
            | "before"
            | "after"
            | "from"
            | "by"
            | "over"
            | "late"
            | "early"
            | "of"
    ) {
        return None;
    }
    // up to "that", a colon or a quotation, without crossing a verb or comma
    for e in k + 1..hi.min(k + 22) {
        match block.kind(e) {
            Kind::Colon => return Some(e),
            Kind::Quote
                if block
                    .region(e)
                    .and_then(|r| block.regions.get(r))
                    .is_some_and(|r| r.open == e && r.end - r.open > 6) =>
            {
                return Some(e);
            }
            Kind::Quote => {}
            Kind::Comma => {
                return (block.kind(e + 1) == Kind::Quote).then_some(e);
            }
            Kind::Stop | Kind::Semicolon => return None,
            Kind::Word => {
                let w = block.low(e);
                if w == "that" && e > k + 1 {
                    return Some(e);
                }
                if is_time(block, e) && e == k + 1 && !matches!(w, "this" | "last" | "late" | "early" | "day" | "week")
                {
                    return Some(e + 1);
                }
                if is_medium(w) && e > k {
                    // "in a statement the army …"
                    let next = e + 1;
                    if is_determiner(block.low(next))
                        || words.pronouns.contains(block.low(next))
                        || block.capital(next) && has_finite(block, next, hi.min(next + 12))
                        || is_time(block, next)
                        || block.low(next) == "on"
                    {
                        return Some(next);
                    }
                }
                if is_finite(block, e) {
                    return None;
                }
            }
            _ => {}
        }
    }
    None
}

/// Nouns for the way a statement is made.
pub(super) fn is_medium(word: &str) -> bool {
    Lexicon::get().media.contains(word)
}
