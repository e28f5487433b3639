//! Which words attribute here, to whom, and on which side does the content stand?
//!
//! First pass: every cue of a block with its subject and the side of its content ([`Frame`]); contents are measured in the
//! second pass (`content.rs`), when it is known where the next cue begins. Cue verbs are read in `verbal.rs`, "quoted Y as
//! saying" in `quoting.rs`, cues that name nobody and cue nouns in `nominal.rs`.

use super::figure::figure;
use super::finite::has_finite;
use super::lexicon::Lexicon;
use super::nominal::{general, hearsay, nominal};
use super::phrase::{LONGEST, Range, np_left, np_right, with_apposition};
use super::quoting::quoting;
use super::token::{Block, Kind};
use super::verbal::verbal;

/// Where the content stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// After the cue, from this token on.
    After(usize),
    /// Before the cue: ends before this token; goes on after it from the second token where the sentence does.
    Before(usize, Option<usize>),
    /// These tokens, measured already.
    Fixed(Range),
    /// The content of the frame whose subject or sentence holds this one.
    Shared,
}

/// A cue with its surroundings, in token indices.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    /// The cue verb, noun or first word of the phrase.
    pub(crate) at: usize,
    pub(crate) cue: Vec<Range>,
    pub(crate) source: Option<Range>,
    /// No subject of its own: that of the cue before it in the sentence.
    pub(crate) elided: bool,
    pub(crate) told: Option<Range>,
    pub(crate) side: Side,
    /// First token of the whole attributing phrase: contents before it end there.
    pub(crate) begin: usize,
    /// Whether contents of cues before it end at `begin`.
    pub(crate) stops: bool,
    pub(crate) made_by: &'static str,
    pub(crate) confidence: f32,
}

/// All frames of a block, by position.
pub(crate) fn frames(block: &Block, headline: bool) -> Vec<Frame> {
    let mut found: Vec<Frame> = Vec::new();
    let mut handled = vec![false; block.toks.len()];
    for i in 0..block.toks.len() {
        if handled.get(i).copied().unwrap_or(true) {
            continue;
        }
        if block.kind(i) == Kind::Colon && headline {
            found.extend(headline_colon(block, i));
            continue;
        }
        if block.kind(i) == Kind::Dash {
            found.extend(signature(block, i));
            continue;
        }
        if !block.is_word(i) || is_excluded(block, i) {
            continue;
        }
        if let Some(frame) = according(block, i)
            .or_else(|| general(block, i))
            .or_else(|| hearsay(block, i))
            .or_else(|| nominal(block, i))
        {
            found.push(frame);
            continue;
        }
        if let Some(frame) = figure(block, i) {
            found.push(frame);
            continue;
        }
        if block.cues(i).is_empty() {
            continue;
        }
        if let Some(frames) = quoting(block, i, &mut handled) {
            found.extend(frames);
        } else if let Some(frame) = verbal(block, i) {
            found.push(frame);
        }
    }
    found
}

/// Whether the word stands in a phrase that is a name or description ("also known as").
pub(super) fn is_excluded(block: &Block, i: usize) -> bool {
    Lexicon::get().not.get(block.low(i)).is_some_and(|phrases| {
        phrases.iter().any(|phrase| {
            (0..phrase.len()).any(|offset| {
                i >= offset && phrase.iter().enumerate().all(|(k, word)| block.low(i - offset + k) == word)
            })
        })
    })
}

/// "Ministry: two posts hit" as a headline.
pub(super) fn headline_colon(block: &Block, i: usize) -> Option<Frame> {
    let (lo, hi) = block.sentence(i);
    let source = np_left(block, i, lo)?;
    (source.0 == lo && source.1 - source.0 <= 6 && hi > i + 3 && !has_finite(block, lo, i)).then_some(Frame {
        at: i,
        cue: vec![(i, i + 1)],
        source: Some(source),
        elided: false,
        told: None,
        side: Side::After(i + 1),
        begin: lo,
        stops: false,
        made_by: "P1-headline",
        confidence: 0.6,
    })
}

/// A quotation signed with a dash and a name: "We stay." — Ada Bren, baker
fn signature(block: &Block, i: usize) -> Option<Frame> {
    let quoted = i > 0 && block.kind(i - 1) == Kind::Quote && block.region(i).is_none();
    let region = block.region(i.checked_sub(1)?).and_then(|r| block.regions.get(r))?;
    let end = block.toks.len();
    if !quoted || region.end != i || !block.capital(i + 1) || end > i + 25 || has_finite(block, i + 1, end) {
        return None;
    }
    let source = np_right(block, i + 1, end, true)?;
    Some(Frame {
        at: i,
        cue: vec![(i, i + 1)],
        source: Some(source),
        elided: false,
        told: None,
        side: Side::Fixed((region.open, region.end)),
        begin: i,
        stops: false,
        made_by: "signature",
        confidence: 0.8,
    })
}

/// P2: "according to NP".
pub(super) fn according(block: &Block, i: usize) -> Option<Frame> {
    if block.low(i) != "according" || block.low(i + 1) != "to" {
        return None;
    }
    let (lo, hi) = block.window(i);
    let phrase = np_right(block, i + 2, hi, true)?;
    let end = with_apposition(block, phrase, hi);
    let opening = (lo..i).all(|k| !block.is_word(k) || Lexicon::get().words.connectors.contains(block.low(k)));
    let side = if opening {
        let start = if block.kind(end) == Kind::Comma { end + 1 } else { end };
        Side::After(start)
    } else {
        Side::Before(i, continuation(block, end, hi))
    };
    Some(Frame {
        at: i,
        cue: vec![(i, i + 2)],
        source: Some((phrase.0, end)),
        elided: false,
        told: None,
        side,
        begin: i,
        stops: !opening,
        made_by: "P2",
        confidence: 0.9,
    })
}

/// Where a content goes on after an inserted attribution ("A, X said, B"): the token after the comma, unless a new cue or
/// an adverbial follows.
pub(super) fn continuation(block: &Block, end: usize, hi: usize) -> Option<usize> {
    let words = &Lexicon::get().words;
    if block.kind(end) != Kind::Comma || end + 2 >= hi {
        return None;
    }
    let next = end + 1;
    if block.kind(next) == Kind::Quote {
        return Some(next);
    }
    let low = block.low(next);
    let participle = low.ends_with("ing") && low != "including" && low != "during";
    let new_clause = words.coordinators.contains(low)
        || matches!(
            low,
            "while"
                | "although"
                | "though"
                | "as"
                | "citing"
                | "who"
                | "which"
                | "whose"
                | "after"
                | "during"
                | "in"
                | "on"
                | "at"
        );
    (!participle && !new_clause && has_finite(block, next, hi) || low == "and" && block.kind(next + 1) == Kind::Quote)
        .then_some(next)
}

/// End of the clause that begins at `a`: next comma, semicolon, dash, or conjunction before a new finite clause.
pub(crate) fn clause_edge(block: &Block, a: usize, hi: usize) -> usize {
    let words = &Lexicon::get().words;
    let hi = hi.min(a + LONGEST);
    let mut k = a;
    while k < hi {
        match block.kind(k) {
            Kind::Semicolon | Kind::Colon | Kind::Dash => break,
            Kind::Comma if k > a => {
                let next = block.low(k + 1);
                let list = !words.coordinators.contains(next)
                    && !words.subordinators.contains(next)
                    && !words.pronouns.contains(next)
                    && !next.ends_with("ing")
                    && next != "according"
                    && !has_finite(block, k + 1, hi.min(k + 12));
                let including = matches!(next, "including" | "among");
                if !(list || including) {
                    break;
                }
            }
            _ => {}
        }
        let low = block.low(k);
        if k > a + 1 && matches!(low, "although" | "though" | "while" | "whereas" | "but") {
            break;
        }
        k += 1;
    }
    k
}
