//! Who puts a figure at how much? "The monitor put the toll at 27", "Y's own count stood at" left aside.
//!
//! Counting is speaking: who puts, sets or estimates a toll at a number answers for it as who says so does (P1).

use super::frame::{Frame, Side};
use super::lexicon::Lexicon;
use super::phrase::{is_determiner, np_left};
use super::token::{Block, Kind};
use super::verb::group;

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
        side: Side::Fixed((first, end(block, at + 1, hi))),
        begin: subject.0,
        stops: true,
        made_by: "figure",
        confidence: 0.8,
    })
}

/// Where the figure ends: at the next mark, or behind the parts that follow it ("at 27, eight of them children").
fn end(block: &Block, from: usize, hi: usize) -> usize {
    let mut k = from;
    while k < hi {
        let part = || {
            let next = block.low(k + 1);
            let more =
                matches!(next, "including" | "among" | "most" | "some" | "many" | "all" | "half" | "mostly" | "almost");
            more || next.starts_with(|c: char| c.is_ascii_digit())
                || matches!(block.low(k + 2), "of") && matches!(block.low(k + 3), "them" | "whom")
        };
        if !(block.is_word(k) || block.kind(k) == Kind::Comma && part()) {
            break;
        }
        k += 1;
    }
    k
}
