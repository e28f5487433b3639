//! Where do a name and a description begin and end? Shallow phrases over tokens.
//!
//! No parser: closed classes, capitals and verb forms. All searches are bounded ([`REACH`]), so cost stays linear. The phrase
//! that ends at a word is read in [`left`], the one that begins there in [`right`]; what both ask of a word stands here.

mod left;
mod right;

use super::lexicon::Lexicon;
use super::token::{Block, Kind};

pub(crate) use left::np_left;
pub(crate) use right::{np_right, with_apposition};

/// How many tokens a search goes at most, to keep the cost linear on text without punctuation.
pub(crate) const REACH: usize = 70;
/// How long a content may be, in tokens within one sentence.
pub(crate) const LONGEST: usize = 400;

/// A token range.
pub(crate) type Range = (usize, usize);

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
pub(super) fn is_object(block: &Block, i: usize) -> bool {
    let low = block.low(i);
    Lexicon::get().words.objects.contains(low) && !(low == "us" && block.capital(i))
}

/// Nouns behind which a phrase with a preposition belongs to the name ("envoy to", "commission on", "statement by").
fn governs(block: &Block, i: usize) -> bool {
    Lexicon::get().governing.contains(block.low(i))
}
