//! Whose is a quotation without a cue of its own? Split quotations joined, floating ones given to the last speaker.
//!
//! Method B: a floating quotation takes the last speaker of the paragraph, at most five sentences back; one that fills its
//! own paragraph takes the speaker of the paragraph before; one whose opening mark was never closed goes on in the next.

use super::phrase::Range;
use super::token::{Block, Kind};

/// Sentences a floating quotation may be away from its speaker (methods.md B).
pub(crate) const FLOATS: usize = 5;

/// What to do with a quotation nobody claims.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Stray {
    /// One more piece of this frame's content.
    Joins(usize, Range),
    /// Goes on from the quotation left open at the end of the paragraph before.
    GoesOn(Range),
    /// Speech of the last speaker.
    Floats(Range),
}

/// Quotations of the block that are speech and no frame holds, in order. `pieces` are the frames' contents, `at` their cues.
pub(crate) fn strays(block: &Block, at: &[usize], pieces: &[Vec<Range>], open_before: bool) -> Vec<Stray> {
    let mut found = Vec::new();
    // contents sorted by start, for a sweep
    let mut all: Vec<(usize, usize, usize)> =
        pieces.iter().enumerate().flat_map(|(f, list)| list.iter().map(move |&(a, b)| (a, b, f))).collect();
    all.sort_unstable();
    let mut next = 0;
    let mut covered_to = 0;
    let mut last: Option<usize> = None; // frame whose content or cue was seen last
    let mut cue_order: Vec<(usize, usize)> = at.iter().copied().enumerate().map(|(f, a)| (a, f)).collect();
    cue_order.sort_unstable();
    let mut cue_next = 0;
    let mut joined: Option<(usize, usize)> = None; // frame and sentence of the last joined piece
    for region in &block.regions {
        while let Some(&(a, b, _)) = all.get(next).filter(|p| p.0 <= region.open) {
            let _ = a;
            covered_to = covered_to.max(b);
            next += 1;
        }
        while let Some(&(_, f)) = cue_order.get(cue_next).filter(|c| c.0 < region.open) {
            last = Some(f);
            cue_next += 1;
        }
        if covered_to > region.open || region.end < region.open + 4 {
            continue;
        }
        let (lo, hi) = block.sentence(region.open);
        let range = (region.open, region.end);
        let whole = region.open == lo || !(lo..region.open).any(|k| block.is_word(k));
        if !whole {
            continue;
        }
        // speech in a sentence with further words is not standing alone ("'A' was the answer")
        let (_, last_hi) = block.sentence(region.end - 1);
        if (region.end..last_hi).filter(|&k| block.is_word(k)).count() > 0 {
            continue;
        }
        let sentence = block.tok(lo).map_or(0, |t| t.sentence);
        let _ = hi;
        match last {
            Some(f) => {
                let cue = at.get(f).copied().unwrap_or(0);
                let cue_sentence = block.tok(cue).map_or(0, |t| t.sentence);
                let quoted = pieces
                    .get(f)
                    .is_some_and(|list| list.iter().any(|&(a, b)| (a..b).any(|k| block.kind(k) == Kind::Quote)));
                let near = sentence.saturating_sub(cue_sentence) == 1
                    || joined.is_some_and(|(g, s)| g == f && sentence.saturating_sub(s) <= 1);
                if quoted && near {
                    found.push(Stray::Joins(f, range));
                    let end_sentence = block.tok(region.end - 1).map_or(sentence, |t| t.sentence);
                    joined = Some((f, end_sentence));
                } else if sentence.saturating_sub(cue_sentence) <= FLOATS {
                    found.push(Stray::Floats(range));
                }
            }
            None if open_before && region.open == 0 => found.push(Stray::GoesOn(range)),
            None if region.open == 0 => found.push(Stray::Floats(range)),
            None => {}
        }
    }
    found
}

/// Whether the block ends in a quotation whose closing mark is missing.
pub(crate) fn left_open(block: &Block) -> bool {
    block.regions.last().is_some_and(|r| !r.closed && r.end == block.toks.len())
}
