//! From where to where does the content run? Second pass over the cues of a block.
//!
//! A clause runs to the end of its sentence or to the next cue that has a clause of its own; a quotation runs to its closing
//! mark, over sentences; words before an inserted "X said" and after it are pieces of one content.

use super::finite::{has_finite, is_finite};
use super::frame::{Frame, Side};
use super::lexicon::Lexicon;
use super::phrase::{LONGEST, Range, np_left, starts_phrase};
use super::token::{Block, Kind};
use super::verb::group;

/// Contents and explicit nesting of the frames of a block.
pub(crate) struct Measured {
    /// Per frame: pieces in order; empty where none was found.
    pub(crate) pieces: Vec<Vec<Range>>,
    /// Per frame: the frame whose content it belongs to, where the pattern says so.
    pub(crate) inside: Vec<Option<usize>>,
}

/// Measures all contents and fills elided sources in.
pub(crate) fn measure(block: &Block, frames: &mut [Frame]) -> Measured {
    let mut stops = vec![false; block.toks.len() + 1];
    for frame in frames.iter().filter(|f| f.stops) {
        if let Some(flag) = stops.get_mut(frame.begin) {
            *flag = true;
        }
    }
    let n = frames.len();
    let mut measured = Measured { pieces: vec![Vec::new(); n], inside: vec![None; n] };
    let mut post_end = 0; // end of the last inserted attribution
    for (f, frame) in frames.iter().enumerate() {
        let hi = block.window(frame.at).1;
        let pieces = match frame.side {
            Side::After(start) => after(block, start, hi, frame.at, &stops).into_iter().collect(),
            Side::Before(end, goes_on) => {
                let mut pieces: Vec<Range> = before(block, end, frame.at, post_end).into_iter().collect();
                post_end = frame.at + 1;
                if let Some(next) = goes_on {
                    pieces.extend(after(block, next, hi, frame.at, &stops));
                }
                pieces
            }
            Side::Fixed(range) => trimmed(block, range).into_iter().collect(),
            Side::Shared => Vec::new(),
        };
        if let Some(slot) = measured.pieces.get_mut(f) {
            *slot = pieces;
        }
    }
    share(block, frames, &mut measured);
    fill_elided(block, frames);
    measured
}

/// Content after the cue, from `start` on.
fn after(block: &Block, start: usize, hi: usize, cue: usize, stops: &[bool]) -> Option<Range> {
    let own = block.region(cue);
    let stop = |k: usize| stops.get(k).copied().unwrap_or(false);
    let mut k = start;
    let mut last_region = None;
    let limit = hi.min(start + LONGEST);
    while k < limit {
        if k > start && stop(k) {
            break;
        }
        let region = block.region(k).filter(|r| Some(*r) != own);
        if let Some(r) = region.and_then(|r| block.regions.get(r)).filter(|r| r.open == k) {
            k = r.end;
            last_region = Some(k);
            // direct speech ends with its marks unless the clause goes on
            let full = r.open == start && r.end - r.open > 4;
            let ends_inside =
                block.kind(r.end.saturating_sub(2)) == Kind::Stop || block.kind(r.end.saturating_sub(2)) == Kind::Comma;
            if k >= limit || full && (ends_inside || block.kind(k) != Kind::Word) {
                break;
            }
            continue;
        }
        if block.kind(k) == Kind::Semicolon && own.is_none() {
            break;
        }
        k += 1;
    }
    let end = k.max(last_region.unwrap_or(0));
    trimmed(block, (start, end))
}

/// Content before the cue, ending before token `end`.
fn before(block: &Block, end: usize, cue: usize, post_end: usize) -> Option<Range> {
    if end == 0 {
        return None;
    }
    let own = block.region(cue);
    let region = block.region(end - 1).filter(|r| Some(*r) != own).and_then(|r| block.regions.get(r));
    let mut start = match region {
        Some(r) => {
            let (sentence, _) = block.sentence(r.open);
            let colon = r.open > 0 && block.kind(r.open - 1) == Kind::Colon;
            if colon || !has_word(block, sentence, r.open) { r.open } else { sentence }
        }
        None => block.window(cue).0,
    };
    start = start.max(end.saturating_sub(LONGEST * 4));
    if post_end > start && post_end < end {
        start = post_end;
    }
    let words = &Lexicon::get().words;
    while start < end {
        let low = block.low(start);
        let skip = match block.kind(start) {
            Kind::Word => {
                words.connectors.contains(low)
                    && (block.kind(start + 1) == Kind::Comma || words.coordinators.contains(low))
            }
            Kind::Comma | Kind::Dash | Kind::Semicolon | Kind::Stop | Kind::Close => true,
            _ => false,
        };
        if !skip {
            break;
        }
        start += 1;
    }
    trimmed(block, (start, end))
}

/// Whether words other than connectors stand in the range.
fn has_word(block: &Block, a: usize, b: usize) -> bool {
    (a..b).any(|k| block.is_word(k) && !Lexicon::get().words.connectors.contains(block.low(k)))
}

/// The range without punctuation at its ends; quotation marks and brackets stay.
pub(crate) fn trimmed(block: &Block, range: Range) -> Option<Range> {
    let (mut a, mut b) = range;
    let loose =
        |k: usize| matches!(block.kind(k), Kind::Comma | Kind::Colon | Kind::Semicolon | Kind::Stop | Kind::Dash);
    while a < b && loose(a) {
        a += 1;
    }
    while b > a && loose(b - 1) {
        b -= 1;
    }
    // a closing mark whose opening stands outside, or the reverse
    while b > a && block.kind(b - 1) == Kind::Close && !(a..b).any(|k| block.kind(k) == Kind::Open) {
        b -= 1;
    }
    (a..b).any(|k| block.is_word(k)).then_some((a, b))
}

/// Gives carriers ("quoted by Z", "citing Y") the content they share.
fn share(block: &Block, frames: &[Frame], measured: &mut Measured) {
    for (f, frame) in frames.iter().enumerate().filter(|(_, f)| f.side == Side::Shared) {
        let (lo, hi) = block.sentence(frame.at);
        let near = frames.iter().enumerate().skip(f.saturating_sub(12)).take(24).collect::<Vec<_>>().into_iter();
        let here = |at: usize| lo <= at && at < hi;
        let carrier = frame.made_by == "carrier";
        let partner = if carrier {
            near.clone().find(|(g, other)| *g != f && other.source.is_some_and(|(a, b)| a <= frame.at && frame.at < b))
        } else {
            near.clone()
                .rfind(|(g, other)| *g < f && here(other.at) && matches!(other.side, Side::Before(..) | Side::After(_)))
                .or_else(|| {
                    near.clone().find(|(g, other)| *g > f && here(other.at) && matches!(other.side, Side::Before(..)))
                })
        };
        let partner = partner.map(|(g, _)| g);
        let pieces = match partner.and_then(|g| measured.pieces.get(g)) {
            Some(pieces) => pieces.clone(),
            None if !carrier => before(block, frame.begin, frame.at, 0).into_iter().collect(),
            None => Vec::new(),
        };
        if let Some(slot) = measured.pieces.get_mut(f) {
            *slot = pieces;
        }
        if let Some(g) = partner {
            let (inner, outer) = if carrier { (g, f) } else { (f, g) };
            if let Some(slot) = measured.inside.get_mut(inner) {
                *slot = Some(outer);
            }
        }
    }
    // "Y was quoted by Z as saying": the saying lies inside the quoting
    for f in 1..frames.len() {
        let (Some(outer), Some(inner)) = (frames.get(f - 1), frames.get(f)) else {
            continue;
        };
        if outer.made_by == "carrier"
            && inner.made_by == "P2-quoted"
            && let Some(slot) = measured.inside.get_mut(f)
        {
            *slot = Some(f - 1);
        }
    }
}

/// Sources of cues without a subject of their own: that of the cue before in the sentence, else the sentence's first subject.
fn fill_elided(block: &Block, frames: &mut [Frame]) {
    for f in 0..frames.len() {
        let Some(frame) = frames.get(f).filter(|f| f.elided && f.source.is_none()) else {
            continue;
        };
        let (lo, hi) = block.window(frame.at);
        let at = frame.begin.min(frame.cue.first().map_or(frame.at, |c| c.0));
        let earlier = frames
            .get(..f)
            .unwrap_or_default()
            .iter()
            .rev()
            .take(6)
            .take_while(|other| other.at >= lo)
            .find(|other| other.source.is_some() && !other.elided && !matches!(other.made_by, "P4" | "P9"))
            .and_then(|other| other.source);
        let subject = earlier.or_else(|| sentence_subject(block, lo, at)).or_else(|| {
            // "Speaking …, citing …, the minister went": the subject may follow
            (at == lo).then(|| sentence_subject(block, lo, hi)).flatten()
        });
        if let Some(frame) = frames.get_mut(f) {
            frame.source = subject;
        }
    }
}

/// The subject of the nearest finite verb before `hi` that has one of its own.
fn sentence_subject(block: &Block, lo: usize, hi: usize) -> Option<Range> {
    let from = lo.max(hi.saturating_sub(60));
    (from + 1..hi).rev().filter(|&k| is_finite(block, k) || is_base_verb(block, k)).take(6).find_map(|k| {
        let (start, _) = group(block, k, lo);
        let phrase = np_left(block, start, lo)?;
        let relative = matches!(block.low(phrase.0), "who" | "which" | "that" | "there" | "what");
        let clause = phrase.0 > lo && Lexicon::get().words.subordinators.contains(block.low(phrase.0 - 1));
        (!relative && !clause && starts_phrase(block, phrase.0) && !has_finite(block, phrase.0, phrase.1))
            .then_some(phrase)
    })
}

/// "officials see": a plain verb form after a plural.
fn is_base_verb(block: &Block, k: usize) -> bool {
    let lexicon = Lexicon::get();
    let low = block.low(k);
    (lexicon.base.contains(low) || block.cues(k).iter().any(|(f, _)| *f == super::lexicon::Form::Base))
        && k > 0
        && block.low(k - 1).ends_with('s')
        && !lexicon.words.prepositions.contains(block.low(k - 1))
}
