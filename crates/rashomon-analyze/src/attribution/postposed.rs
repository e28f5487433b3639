//! Do the words said stand before the one who says them? "A," X said; A, said X, B.

use super::complement::Complement;
use super::finite::{has_finite, is_finite};
use super::frame::{Frame, Side, continuation};
use super::lexicon::{CueVerb, Lexicon};
use super::phrase::{Range, np_right, with_apposition};
use super::token::{Block, Kind};
use super::verb::Cue;

/// "A," X said. / A, X said, B. / "A," said X.
pub(super) fn post(
    block: &Block,
    cue: &Cue,
    subject: Option<Range>,
    complement: Option<&Complement>,
    verb: &CueVerb,
) -> Option<Frame> {
    let Cue { at: i, start, lo, hi } = *cue;
    let mut told = None;
    if subject.is_some_and(|s| matches!(block.low(s.0), "who" | "which")) {
        return None;
    }
    let (source, begin, after) = match subject {
        Some(s) if is_left_edge(block, s.0, lo) => (s, s.0, i + 1),
        Some(_) => return None,
        None => {
            // inverted: "…, said X"
            if start != i || !is_left_edge(block, start, lo) {
                return None;
            }
            let phrase = np_right(block, i + 1, hi, false)?;
            if is_finite(block, phrase.1) {
                return None;
            }
            let end = with_apposition(block, phrase, hi);
            ((phrase.0, end), start, end)
        }
    };
    let mut after = after;
    if subject.is_some() && verb.takes("told") {
        told = np_right(block, after, hi, false);
        after = told.map_or(after, |t| t.1);
    }
    if let Some(c) = complement {
        told = told.or(c.told);
    }
    // what precedes must be a quotation or a clause
    let mut p = begin;
    while p > lo && matches!(block.kind(p - 1), Kind::Comma | Kind::Dash) {
        p -= 1;
    }
    let quoted = p > 0 && block.region(p - 1).is_some() && block.region(p - 1) != block.region(i);
    if !quoted {
        if p <= lo + 1 || block.kind(begin - 1) != Kind::Comma && block.kind(begin - 1) != Kind::Dash {
            return None;
        }
        let opener = block.low(lo);
        let adverbial = Lexicon::get().words.prepositions.contains(opener)
            || Lexicon::get().words.subordinators.contains(opener)
            || opener.ends_with("ing");
        let finite = has_finite(block, lo, p);
        if adverbial && complement.is_some() || !finite && p - lo < 3 {
            return None;
        }
        if !finite && complement.is_some() {
            return None;
        }
    }
    // times and places between the cue and the next mark
    let mut k = after;
    while k < hi && k < after + 25 && block.is_word(k) && !is_finite(block, k) {
        k += 1;
    }
    let goes_on = continuation(block, k, hi);
    Some(Frame {
        at: i,
        cue: vec![(start, i + 1)],
        source: Some(source),
        elided: false,
        told,
        side: Side::Before(p, goes_on),
        begin,
        stops: true,
        made_by: if told.is_some() {
            "P3"
        } else if quoted {
            "P1-quote"
        } else {
            "P1-after"
        },
        confidence: if quoted { 0.95 } else { 0.85 },
    })
}

/// Whether a comma, dash or closed quotation stands right before token `k`.
pub(super) fn is_left_edge(block: &Block, k: usize, lo: usize) -> bool {
    if k == 0 {
        return false;
    }
    let closes = block.kind(k - 1) == Kind::Quote
        && block.region(k - 1).and_then(|r| block.regions.get(r)).is_some_and(|r| r.end == k);
    closes || (k > lo && matches!(block.kind(k - 1), Kind::Comma | Kind::Dash))
}
