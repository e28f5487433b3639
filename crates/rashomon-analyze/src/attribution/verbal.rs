//! Who says it with a verb? Subject, verb group and content of a cue verb (P1, P3, P5 to P8).
//!
//! Content before its cue is read in `postposed.rs`, passive cues in `passive.rs`.

use super::complement::{Complement, follow};
use super::finite::has_finite;
use super::frame::{Frame, Side, clause_edge};
use super::lexicon::{CueClass, CueVerb, Form, Lexicon};
use super::passive::passive_frame;
use super::phrase::{Range, np_left};
use super::postposed::{is_left_edge, post};
use super::token::{Block, Kind};
use super::verb::{Cue, is_verb_place};

/// P3, P1: a cue verb with its subject and content.
pub(super) fn verbal(block: &Block, i: usize) -> Option<Frame> {
    let lexicon = Lexicon::get();
    let readings = block.cues(i);
    let (form, first) = *readings.first()?;
    let (cue, passive) = Cue::at(block, i);
    if !stands_as_verb(block, &cue, form) {
        return None;
    }
    if passive {
        return passive_frame(block, &cue);
    }
    let be = &lexicon.words.be;
    let gerund = form == Form::Gerund && !(cue.start..i).any(|k| be.contains(block.low(k)));
    let subject = if gerund { None } else { np_left(block, cue.start, cue.lo) };
    let mut complement = None;
    let mut verb = lexicon.verbs.get(first)?;
    for (_, v) in readings {
        let candidate = lexicon.verbs.get(*v)?;
        if candidate.class == CueClass::Quote {
            continue;
        }
        if let Some(c) = follow(block, i, zero_that_limit(block, &cue, subject), cue.hi, candidate) {
            complement = Some(c);
            verb = candidate;
            break;
        }
    }
    let speaks =
        readings.iter().filter_map(|(_, v)| lexicon.verbs.get(*v)).find(|v| v.takes("quote") || v.takes("clause"));
    // Post-position: the content stands before.
    if let Some(speaker) = speaks
        && (form != Form::Base || subject.is_some())
        && !gerund
        && complement.as_ref().is_none_or(|c| c.comma)
        && !(subject.is_some_and(|s| s.0 == cue.lo)
            && (complement.is_some() || (i + 1..cue.hi).any(|k| block.kind(k) == Kind::Quote)))
        && let Some(frame) = post(block, &cue, subject, complement.as_ref(), speaker)
    {
        return Some(frame);
    }
    let complement = complement?;
    let (source, elided) = match subject {
        Some(s) => (Some(s), false),
        None => speaker_elsewhere(block, &cue, gerund, verb, &complement)?,
    };
    // "I think", "you know" inside a quotation: the speaker's own words go on, nobody else speaks
    let own = source.is_some_and(|s| matches!(block.low(s.0), "i" | "we" | "you") && s.1 == s.0 + 1);
    if own && block.region(i).is_some() && complement.told.is_none() && verb.class != CueClass::Deny {
        return None;
    }
    // "the report's claims", "video shows": shown things need a document or study as subject; persons "show" rarely
    if verb.class == CueClass::Show && source.is_none_or(|s| !is_document(block, s)) {
        return None;
    }
    let what = source.is_some_and(|s| s.0 > cue.lo && matches!(block.low(s.0 - 1), "what" | "which"));
    let edge = source.map_or(cue.start, |s| s.0);
    let begin = boundary_before(block, edge, cue.lo);
    let participle = elided && gerund && block.kind(cue.start.wrapping_sub(1)) == Kind::Comma;
    let coordinate = elided && lexicon.words.coordinators.contains(block.low(cue.start.wrapping_sub(1)));
    Some(Frame {
        at: i,
        cue: vec![(cue.start, complement.cue_end)],
        source,
        elided,
        told: complement.told,
        side: side(block, &cue, source, what, complement.start),
        begin: if participle || coordinate { cue.start - 1 } else { begin },
        stops: participle || coordinate || (begin < edge && !what),
        made_by: made_by(verb, complement.told.is_some()),
        confidence: if source.is_some() { 0.8 } else { 0.6 },
    })
}

/// Whether the cue is a verb here, and no name or noun.
fn stands_as_verb(block: &Block, cue: &Cue, form: Form) -> bool {
    let lexicon = Lexicon::get();
    let words = &lexicon.words;
    let (i, low) = (cue.at, block.low(cue.at));
    // "the United States": a name, unless every word of the line has a capital
    if block.capital(i) && i > cue.lo && !title_case(block, cue.lo, cue.hi) {
        return false;
    }
    let noun = lexicon.nouns.contains_key(low)
        || lexicon.nouns.contains_key(low.trim_end_matches('s'))
        || lexicon.ambiguous.contains(low);
    if cue.start != i || !(noun || form == Form::Base) || is_verb_place(block, i, cue.lo) {
        return true;
    }
    // "Residents say": a plain form needs a plural or pronoun before it
    let before = block.low(i.wrapping_sub(1));
    !noun
        && (before.ends_with('s')
            || words.pronouns.contains(before)
            || block.kind(i.wrapping_sub(1)) != Kind::Word
            || matches!(before, "and" | "who" | "to"))
}

/// Who speaks where the cue has no subject of its own, and whether that is the subject of the cue before it; `None` if the words
/// around show that nobody does.
fn speaker_elsewhere(
    block: &Block,
    cue: &Cue,
    gerund: bool,
    verb: &CueVerb,
    complement: &Complement,
) -> Option<(Option<Range>, bool)> {
    let start = cue.start;
    if start == cue.lo && !gerund {
        return None;
    }
    // "A statement saying that": the noun before is the source; else the subject of the cue before.
    let before = block.low(start.wrapping_sub(1));
    let doc = gerund
        && start > cue.lo
        && block.kind(start - 1) == Kind::Word
        && (block.noun(start - 1).is_some() || Lexicon::get().written.contains(before));
    let own = if doc { np_left(block, start, cue.lo) } else { None };
    let coordinated = Lexicon::get().words.coordinators.contains(before)
        || matches!(block.kind(start.wrapping_sub(1)), Kind::Comma | Kind::Dash);
    if own.is_none() && !coordinated && !gerund && before != "to" {
        return None;
    }
    if before == "to" && !(verb.takes("quote") && complement.quote || block.low(complement.start) == "that") {
        return None;
    }
    if gerund && verb.class == CueClass::Judge && !coordinated && !matches!(before, "by" | "while" | "of") {
        return None;
    }
    Some((own, own.is_none()))
}

/// On which side the content stands: up to the mark that closes what the cue was inserted in ("X, who said A, left"), in its
/// clause ("what X said"), or simply behind.
fn side(block: &Block, cue: &Cue, source: Option<Range>, what: bool, from: usize) -> Side {
    let inserted =
        source.filter(|s| s.0 > cue.lo && matches!(block.low(s.0), "who" | "which")).map(|s| block.kind(s.0 - 1));
    let close = inserted
        .filter(|mark| matches!(mark, Kind::Comma | Kind::Dash | Kind::Open))
        .map(|mark| if mark == Kind::Open { Kind::Close } else { mark })
        .and_then(|mark| (from..cue.hi).find(|&k| block.kind(k) == mark));
    match close {
        Some(close) => Side::Fixed((from, close)),
        None if what => Side::Fixed((from, clause_edge(block, from, cue.hi))),
        None => Side::After(from),
    }
}

/// How far a clause without "that" may be recognised by its verb: to the next mark where the words before the cue may be the
/// content and those after it the speaker ("…," said X, "…").
fn zero_that_limit(block: &Block, cue: &Cue, subject: Option<Range>) -> usize {
    if subject.is_some() || !is_left_edge(block, cue.start, cue.lo) {
        return cue.hi;
    }
    (cue.at + 1..cue.hi).find(|&k| matches!(block.kind(k), Kind::Comma | Kind::Quote | Kind::Dash)).unwrap_or(cue.hi)
}

/// Whether most words of the window have capitals, as in a headline.
fn title_case(block: &Block, lo: usize, hi: usize) -> bool {
    let hi = hi.min(lo + 40);
    let words = (lo..hi).filter(|&k| block.is_word(k)).count();
    let capitals = (lo..hi).filter(|&k| block.is_word(k) && block.capital(k)).count();
    capitals * 10 > words * 6
}

/// The pattern of methods.md B a verb belongs to.
fn made_by(verb: &CueVerb, told: bool) -> &'static str {
    match verb.class {
        _ if told => "P3",
        CueClass::Basis => "P5",
        CueClass::Distance => "P6",
        CueClass::Deny => "P7",
        CueClass::Probable | CueClass::Possible | CueClass::Doubt => "P8",
        CueClass::Show => "shows",
        CueClass::Ask => "asks",
        CueClass::Want => "wants",
        CueClass::Judge => "calls",
        CueClass::Report | CueClass::Quote => "P1",
    }
}

/// Whether the phrase names a document, recording, study or poll.
fn is_document(block: &Block, phrase: Range) -> bool {
    let documents = &Lexicon::get().documents;
    (phrase.0..phrase.1).any(|k| documents.contains(block.low(k).trim_end_matches('s')))
}

/// Where a new main clause with its own speaker begins: the comma or semicolon before ", and Y said"; else `edge`.
pub(super) fn boundary_before(block: &Block, edge: usize, lo: usize) -> usize {
    let mut k = edge;
    if k > lo && matches!(block.low(k - 1), "and" | "but" | "while" | "although" | "though" | "whereas" | "as" | "yet")
    {
        k -= 1;
        if k > lo && block.kind(k - 1) == Kind::Comma {
            return k - 1;
        }
        let clause = matches!(block.low(k), "while" | "but" | "although" | "whereas")
            || block.low(k) == "and" && has_finite(block, lo, k);
        return if clause { k } else { edge };
    }
    if k > lo && matches!(block.kind(k - 1), Kind::Semicolon | Kind::Dash) {
        return k - 1;
    }
    edge
}
