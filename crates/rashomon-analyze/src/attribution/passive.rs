//! Who is accused, or by whom is it confirmed? Cue verbs in the passive, whose subject does not speak.

use super::frame::{Frame, Side, clause_edge};
use super::lexicon::{CueClass, Lexicon};
use super::phrase::{np_left, np_right, with_apposition};
use super::token::Block;
use super::verb::Cue;

/// Passive cues: "was quoted as saying" is read elsewhere; here "X was accused of", "X was told that", "as confirmed by X".
pub(super) fn passive_frame(block: &Block, cue: &Cue) -> Option<Frame> {
    let Cue { at: i, start, lo, hi } = *cue;
    let lexicon = Lexicon::get();
    let (_, v) = block.cues(i).first()?;
    let verb = lexicon.verbs.get(*v)?;
    let mut k = i + 1;
    if matches!(block.low(i), "accused" | "blamed" | "charged")
        && matches!(block.low(k), "of" | "for" | "on" | "with" | "by")
    {
        let mut source = None;
        if block.low(k) == "by" {
            source = np_right(block, k + 1, hi, false);
            k = source?.1;
        }
        let subject = np_left(block, start, lo);
        let end = clause_edge(block, k, hi);
        return Some(Frame {
            at: i,
            cue: vec![(start, i + 1)],
            source,
            elided: false,
            told: None,
            side: Side::Fixed((k, end)),
            begin: subject.map_or(start, |s| s.0),
            stops: false,
            made_by: "P6-passive",
            confidence: 0.6,
        });
    }
    if block.low(i + 1) == "by"
        && matches!(
            verb.class,
            CueClass::Report | CueClass::Basis | CueClass::Deny | CueClass::Distance | CueClass::Judge
        )
    {
        // "the strike was confirmed by the ministry": the subject is what is said
        let source = np_right(block, i + 2, hi, false)?;
        let content = np_left(block, start, lo)?;
        return Some(Frame {
            at: i,
            cue: vec![(start, i + 1)],
            source: Some((source.0, with_apposition(block, source, hi))),
            elided: false,
            told: None,
            side: Side::Fixed(content),
            begin: content.0,
            stops: false,
            made_by: "P4-passive",
            confidence: 0.6,
        });
    }
    None
}
