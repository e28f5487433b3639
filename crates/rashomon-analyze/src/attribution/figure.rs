//! Who puts a figure at how much? "The monitor put the toll at 27", "Y's own count stood at" left aside.
//!
//! Counting is speaking: who puts, sets or estimates a toll at a number answers for it as who says so does (P1).

use super::frame::{Frame, Side};
use super::lexicon::Lexicon;
use super::phrase::{is_determiner, np_left};
use super::token::Block;
use super::verbal::group;

/// Tokens between the verb and its "at": "the number of people killed in the raid at".
const REACH: usize = 14;

/// "X put(s) the toll at 27": source, verb, and the figure with its noun.
pub(super) fn figure(block: &Block, i: usize) -> Option<Frame> {
    let words = &Lexicon::get().figure;
    if !words.verbs.contains(block.low(i)) || block.capital(i) {
        return None;
    }
    let (lo, hi) = block.window(i);
    let first = i + 1;
    if !is_determiner(block.low(first)) && !words.nouns.contains(block.low(first)) {
        return None;
    }
    let noun = (first..hi.min(first + 4)).find(|&k| words.nouns.contains(block.low(k)))?;
    let at = (noun + 1..hi.min(noun + REACH)).take_while(|&k| block.is_word(k)).find(|&k| block.low(k) == "at")?;
    let (start, passive) = group(block, i, lo);
    if passive || at + 1 >= hi {
        return None;
    }
    let subject = np_left(block, start, lo)?;
    Some(Frame {
        at: i,
        cue: vec![(start, i + 1)],
        source: Some(subject),
        elided: false,
        told: None,
        side: Side::After(first),
        begin: subject.0,
        stops: true,
        made_by: "figure",
        confidence: 0.8,
    })
}
