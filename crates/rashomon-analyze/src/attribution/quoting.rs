//! Who is made to speak by another? "quoted Y as saying S", "was quoted by Z as saying", "citing Y" (P2, P3).

use super::complement::follow;
use super::frame::{Frame, Side};
use super::lexicon::{CueClass, Form, Lexicon};
use super::phrase::{Range, np_left, np_right, with_apposition};
use super::token::{Block, Kind};
use super::verb::Cue;
use super::verbal::boundary_before;

/// P2, P3: "quoted Y as saying S", "citing Y", "was quoted as saying", "Y, quoted by Z, said".
pub(super) fn quoting(block: &Block, i: usize, handled: &mut [bool]) -> Option<Vec<Frame>> {
    let lexicon = Lexicon::get();
    let reading =
        block.cues(i).iter().find(|(_, v)| lexicon.verbs.get(*v).is_some_and(|verb| verb.class == CueClass::Quote))?;
    let (Cue { start, lo, hi, .. }, passive) = Cue::at(block, i);
    let base = |cue: Vec<Range>, source: Option<Range>, side: Side, made_by: &'static str| Frame {
        at: i,
        cue,
        source,
        elided: false,
        told: None,
        side,
        begin: start,
        stops: false,
        made_by,
        confidence: 0.85,
    };
    // the words "as saying" that belong to this cue
    let saying = |from: usize| {
        (from..hi.min(from + 25))
            .find(|&k| block.low(k) == "as" && block.cues(k + 1).iter().any(|(form, _)| *form == Form::Gerund))
    };
    let complement_of = |g: usize| {
        let verb = block.cues(g).first().and_then(|(_, v)| lexicon.verbs.get(*v))?;
        follow(block, g, hi, hi, verb)
    };
    if passive || block.low(i + 1) == "by" {
        let carrier = (block.low(i + 1) == "by").then(|| np_right(block, i + 2, hi, false)).flatten();
        let from = carrier.map_or(i + 1, |c| c.1);
        if let Some(at) = saying(from).filter(|&at| at <= from + 6) {
            let complement = complement_of(at + 1)?;
            if let Some(flag) = handled.get_mut(at + 1) {
                *flag = true;
            }
            let subject = np_left(block, start, lo);
            let edge = subject.map_or(start, |s| s.0);
            let mut inner =
                base(vec![(start, i + 1), (at, at + 2)], subject, Side::After(complement.start), "P2-quoted");
            inner.begin = boundary_before(block, edge, lo);
            inner.stops = inner.begin < edge;
            let mut frames = Vec::new();
            if let Some(c) = carrier {
                let mut outer = base(vec![(i, i + 2)], Some(c), Side::After(complement.start), "carrier");
                outer.at = i;
                frames.push(outer);
            }
            frames.push(inner);
            return Some(frames);
        }
        // "rescuers, quoted by the agency, said"
        if let Some(c) = carrier {
            let end = with_apposition(block, c, c.1).max(c.1);
            return Some(vec![base(vec![(i, i + 2)], Some((c.0, end)), Side::Shared, "carrier")]);
        }
        return None;
    }
    let subject = if reading.0 == Form::Gerund && start == i { None } else { np_left(block, start, lo) };
    let gerund = reading.0 == Form::Gerund;
    let named = np_right(block, i + 1, hi, true)?;
    if let Some(at) = saying(named.1.min(i + 2)).filter(|&at| at <= named.1 + 12) {
        let complement = complement_of(at + 1)?;
        if let Some(flag) = handled.get_mut(at + 1) {
            *flag = true;
        }
        let mut outer = base(vec![(start, i + 1)], subject, Side::After(i + 1), "carrier");
        outer.elided = subject.is_none();
        outer.stops = subject.is_none() && block.kind(start.wrapping_sub(1)) == Kind::Comma;
        outer.begin = if outer.stops { start - 1 } else { start };
        let mut inner = base(vec![(at, at + 2)], Some((i + 1, at)), Side::After(complement.start), "P2-quoted");
        inner.at = at;
        inner.begin = at;
        return Some(vec![outer, inner]);
    }
    if !gerund {
        return None;
    }
    // "S, the agency reported, citing two officials"; not "citing reports about …", where things are cited
    let speaker = with_apposition(block, named, hi);
    let things = (named.0..named.1).any(|k| {
        block.noun(k).is_some()
            || matches!(
                block.low(k),
                "evidence" | "concerns" | "need" | "lack" | "threat" | "example" | "examples" | "reasons"
            )
    });
    let ends = matches!(block.kind(speaker), Kind::Stop | Kind::Comma | Kind::Semicolon) || speaker >= hi;
    if things || !ends || subject.is_some() {
        return None;
    }
    let at_comma = block.kind(start.wrapping_sub(1)) == Kind::Comma;
    let mut frame = base(vec![(i, i + 1)], Some((named.0, speaker)), Side::Shared, "P2");
    frame.begin = if at_comma { start - 1 } else { start };
    frame.stops = at_comma;
    Some(vec![frame])
}
