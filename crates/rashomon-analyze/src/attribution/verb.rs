//! Does the cue stand as a verb here, and where does its verb group begin?

use super::finite::is_finite;
use super::lexicon::{Form, Lexicon};
use super::phrase::{is_determiner, is_time};
use super::token::{Block, Kind};

/// A cue verb with its group of words and the window it is read in, in token indices.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cue {
    /// The verb.
    pub(super) at: usize,
    /// First token of its group: auxiliaries, adverbs, "went on to".
    pub(super) start: usize,
    /// First token of the window.
    pub(super) lo: usize,
    /// One past the last token of the window.
    pub(super) hi: usize,
}

impl Cue {
    /// The cue at `i`, and whether it is passive.
    pub(super) fn at(block: &Block, i: usize) -> (Self, bool) {
        let (lo, hi) = block.window(i);
        let (start, passive) = group(block, i, lo);
        (Self { at: i, start, lo, hi }, passive)
    }
}

/// Whether a word that may be noun or verb stands where a verb does: after a phrase that can be its subject.
pub(super) fn is_verb_place(block: &Block, i: usize, lo: usize) -> bool {
    let words = &Lexicon::get().words;
    let tok = block.tok(i);
    match tok.map_or("X", |t| t.pos) {
        "VERB" => return true,
        "NOUN" | "PROPN" | "ADJ" => return false,
        _ => {}
    }
    if i <= lo {
        return false;
    }
    let before = block.low(i - 1);
    if words.pronouns.contains(before)
        || words.relatives.contains(before)
        || words.auxiliaries.contains(before)
        || before == "to"
        || words.adverbs.contains(before)
        || before.ends_with("ly")
    {
        return !matches!(before, "have" | "has" | "had");
    }
    if is_determiner(before)
        || before.ends_with("'s")
        || words.prepositions.contains(before)
        || is_finite(block, i - 1)
        || block.cues(i - 1).first().is_some_and(|(form, _)| *form == Form::Gerund)
    {
        return false;
    }
    // "officials claim", "Moscow claims": number agrees
    let third = block.cues(i).iter().any(|(form, _)| *form == Form::Third);
    let plural = before.ends_with('s') && !before.ends_with("ss");
    let next = block.low(i + 1);
    let object = next == "that"
        || is_determiner(next)
        || block.capital(i + 1)
        || block.kind(i + 1) == Kind::Quote
        || words.pronouns.contains(next)
        || words.wh.contains(next)
        || block.kind(i + 1) == Kind::Colon;
    if block.kind(i - 1) == Kind::Comma || block.kind(i - 1) == Kind::Quote || words.coordinators.contains(before) {
        return object || matches!(block.kind(i + 1), Kind::Stop) && block.kind(i - 1) != Kind::Word;
    }
    if third {
        !plural || block.capital(i - 1) || object
    } else {
        plural || object || before == "people" || before == "police"
    }
}

/// Extent of the verb group that ends with the cue at `i`: auxiliaries, adverbs, "went on to". Second: whether passive.
pub(super) fn group(block: &Block, i: usize, lo: usize) -> (usize, bool) {
    let lexicon = Lexicon::get();
    let words = &lexicon.words;
    let mut a = i;
    loop {
        if a <= lo || !block.is_word(a - 1) {
            break;
        }
        let low = block.low(a - 1);
        if words.auxiliaries.contains(low) || low == "not" || low == "n't" || low == "never" {
            a -= 1;
        } else if low == "to"
            && a >= lo + 3
            && block.low(a - 2) == "on"
            && matches!(block.low(a - 3), "went" | "go" | "goes" | "going")
        {
            a -= 3;
        } else if low == "to" && a >= lo + 2 && lexicon.raising.contains(block.low(a - 2)) {
            a -= 2;
        } else if ((words.adverbs.contains(low) && !is_determiner(low))
            || (low.ends_with("ly") && low.len() > 4 && !block.capital(a - 1)))
            && !is_time(block, a - 1)
            && !matches!(
                low,
                "family"
                    | "assembly"
                    | "supply"
                    | "ally"
                    | "italy"
                    | "july"
                    | "so"
                    | "since"
                    | "long"
                    | "all"
                    | "both"
                    | "either"
            )
        {
            a -= 1;
        } else {
            break;
        }
    }
    let last = block.low(i.wrapping_sub(1));
    let past = block.cues(i).iter().any(|(form, _)| matches!(form, Form::Past | Form::Participle));
    let near_be = (a..i).rev().take(2).any(|k| words.be.contains(block.low(k)));
    (a, past && i > a && near_be && (words.be.contains(last) || last.ends_with("ly") || words.adverbs.contains(last)))
}
