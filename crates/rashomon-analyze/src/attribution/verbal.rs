//! Who says it with a verb? Subject, verb group and content of a cue verb (P1, P3, P5 to P8), before or after its content.

use super::complement::{Complement, follow};
use super::frame::{Frame, Side, clause_edge, continuation};
use super::lexicon::{CueClass, CueVerb, Form, Lexicon};
use super::phrase::{Range, has_finite, is_determiner, is_finite, is_time, np_left, np_right, with_apposition};
use super::token::{Block, Kind};

/// Whether a word that may be noun or verb stands where a verb does: after a phrase that can be its subject.
pub(super) fn is_verb_place(block: &Block, i: usize, lo: usize) -> bool {
    let words = &Lexicon::get().words;
    let tok = block.tok(i);
    match tok.map_or("X", |t| t.pos) {
        "VERB" => return true,
        "NOUN" | "PROPN" | "ADJ" => return false,
        _ => {}
    }
    if i <= lo {
        return false;
    }
    let before = block.low(i - 1);
    if words.pronouns.contains(before)
        || words.relatives.contains(before)
        || words.auxiliaries.contains(before)
        || before == "to"
        || words.adverbs.contains(before)
        || before.ends_with("ly")
    {
        return !matches!(before, "have" | "has" | "had");
    }
    if is_determiner(before)
        || before.ends_with("'s")
        || words.prepositions.contains(before)
        || is_finite(block, i - 1)
        || block.cues(i - 1).first().is_some_and(|(form, _)| *form == Form::Gerund)
    {
        return false;
    }
    // "officials claim", "Moscow claims": number agrees
    let third = block.cues(i).iter().any(|(form, _)| *form == Form::Third);
    let plural = before.ends_with('s') && !before.ends_with("ss");
    let next = block.low(i + 1);
    let object = next == "that"
        || is_determiner(next)
        || block.capital(i + 1)
        || block.kind(i + 1) == Kind::Quote
        || words.pronouns.contains(next)
        || words.wh.contains(next)
        || block.kind(i + 1) == Kind::Colon;
    if block.kind(i - 1) == Kind::Comma || block.kind(i - 1) == Kind::Quote || words.coordinators.contains(before) {
        return object || matches!(block.kind(i + 1), Kind::Stop) && block.kind(i - 1) != Kind::Word;
    }
    if third {
        !plural || block.capital(i - 1) || object
    } else {
        plural || object || before == "people" || before == "police"
    }
}

/// Extent of the verb group that ends with the cue at `i`: auxiliaries, adverbs, "went on to". Second: whether passive.
/// Third: whether the cue itself is negated.
pub(super) fn group(block: &Block, i: usize, lo: usize) -> (usize, bool) {
    let lexicon = Lexicon::get();
    let words = &lexicon.words;
    let mut a = i;
    loop {
        if a <= lo || !block.is_word(a - 1) {
            break;
        }
        let low = block.low(a - 1);
        if words.auxiliaries.contains(low) || low == "not" || low == "n't" || low == "never" {
            a -= 1;
        } else if low == "to"
            && a >= lo + 3
            && block.low(a - 2) == "on"
            && matches!(block.low(a - 3), "went" | "go" | "goes" | "going")
        {
            a -= 3;
        } else if low == "to" && a >= lo + 2 && lexicon.raising.contains(block.low(a - 2)) {
            a -= 2;
        } else if ((words.adverbs.contains(low) && !is_determiner(low))
            || (low.ends_with("ly") && low.len() > 4 && !block.capital(a - 1)))
            && !is_time(block, a - 1)
            && !matches!(
                low,
                "family"
                    | "assembly"
                    | "supply"
                    | "ally"
                    | "italy"
                    | "july"
                    | "so"
                    | "since"
                    | "long"
                    | "all"
                    | "both"
                    | "either"
            )
        {
            a -= 1;
        } else {
            break;
        }
    }
    let last = block.low(i.wrapping_sub(1));
    let past = block.cues(i).iter().any(|(form, _)| matches!(form, Form::Past | Form::Participle));
    let near_be = (a..i).rev().take(2).any(|k| words.be.contains(block.low(k)));
    (a, past && i > a && near_be && (words.be.contains(last) || last.ends_with("ly") || words.adverbs.contains(last)))
}

/// P3, P1: a cue verb with its subject and content.
pub(super) fn verbal(block: &Block, i: usize) -> Option<Frame> {
    let lexicon = Lexicon::get();
    let words = &lexicon.words;
    let (lo, hi) = block.window(i);
    let readings = block.cues(i);
    let low = block.low(i);
    let noun = lexicon.nouns.contains_key(low)
        || lexicon.nouns.contains_key(low.trim_end_matches('s'))
        || lexicon.ambiguous.contains(low);
    let (start, passive) = group(block, i, lo);
    let form = readings.first()?.0;
    // "the United States": a name, unless every word of the line has a capital
    if block.capital(i) && i > lo && !title_case(block, lo, hi) {
        return None;
    }
    let gerund = form == Form::Gerund && !(start..i).any(|k| words.be.contains(block.low(k)));
    if noun && start == i && !is_verb_place(block, i, lo) {
        return None;
    }
    if form == Form::Base && start == i && !is_verb_place(block, i, lo) && !noun {
        // "Residents say": a plain form needs a plural or pronoun before it
        let before = block.low(i.wrapping_sub(1));
        let plural = before.ends_with('s')
            || words.pronouns.contains(before)
            || block.kind(i.wrapping_sub(1)) != Kind::Word
            || before == "and"
            || before == "who"
            || before == "to";
        if !plural {
            return None;
        }
    }
    if passive {
        return passive_frame(block, i, start, lo, hi);
    }
    let subject = if gerund { None } else { np_left(block, start, lo) };
    let mut complement = None;
    let mut verb = lexicon.verbs.get(readings.first()?.1)?;
    for (_, v) in readings {
        let candidate = lexicon.verbs.get(*v)?;
        if candidate.class == CueClass::Quote {
            continue;
        }
        if let Some(c) = follow(block, i, zero_that_limit(block, i, start, lo, hi, subject), hi, candidate) {
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
        && !(subject.is_some_and(|s| s.0 == lo)
            && (complement.is_some() || (i + 1..hi).any(|k| block.kind(k) == Kind::Quote)))
        && let Some(frame) = post(block, i, start, subject, complement.as_ref(), speaker, lo, hi)
    {
        return Some(frame);
    }
    let complement = complement?;
    let before = block.low(start.wrapping_sub(1));
    let (source, elided) = match subject {
        Some(s) => (Some(s), false),
        None if start == lo && !gerund => return None,
        None => {
            // "A statement saying that": the noun before is the source; else the subject of the cue before.
            let doc = gerund
                && start > lo
                && block.is_word(start - 1)
                && block.kind(start - 1) == Kind::Word
                && (block.noun(start - 1).is_some()
                    || matches!(
                        before,
                        "video"
                            | "footage"
                            | "list"
                            | "document"
                            | "image"
                            | "images"
                            | "poll"
                            | "letter"
                            | "post"
                            | "tweet"
                            | "email"
                            | "photo"
                            | "photos"
                    ));
            let own = if doc { np_left(block, start, lo) } else { None };
            let coordinated = words.coordinators.contains(before)
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
            (own, own.is_none())
        }
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
    let what = source.is_some_and(|s| s.0 > lo && matches!(block.low(s.0 - 1), "what" | "which"));
    let edge = source.map_or(start, |s| s.0);
    let begin = boundary_before(block, edge, lo);
    let participle = elided && gerund && block.kind(start.wrapping_sub(1)) == Kind::Comma;
    let coordinate = elided && words.coordinators.contains(before);
    let stops = participle || coordinate || (begin < edge && !what);
    let inserted =
        source.filter(|s| s.0 > lo && matches!(block.low(s.0), "who" | "which")).map(|s| block.kind(s.0 - 1));
    let close = inserted
        .filter(|mark| matches!(mark, Kind::Comma | Kind::Dash | Kind::Open))
        .map(|mark| if mark == Kind::Open { Kind::Close } else { mark })
        .and_then(|mark| (complement.start..hi).find(|&k| block.kind(k) == mark));
    let side = if let Some(close) = close {
        Side::Fixed((complement.start, close))
    } else if what {
        Side::Fixed((complement.start, clause_edge(block, complement.start, hi)))
    } else {
        Side::After(complement.start)
    };
    Some(Frame {
        at: i,
        cue: vec![(start, complement.cue_end)],
        source,
        elided,
        told: complement.told,
        side,
        begin: if participle || coordinate { start - 1 } else { begin },
        stops,
        made_by: made_by(verb, complement.told.is_some()),
        confidence: if source.is_some() { 0.8 } else { 0.6 },
    })
}

/// How far a clause without "that" may be recognised by its verb: to the next mark where the words before the cue may be the
/// content and those after it the speaker ("…," said X, "…").
fn zero_that_limit(block: &Block, i: usize, start: usize, lo: usize, hi: usize, subject: Option<Range>) -> usize {
    if subject.is_some() || !is_left_edge(block, start, lo) {
        return hi;
    }
    (i + 1..hi).find(|&k| matches!(block.kind(k), Kind::Comma | Kind::Quote | Kind::Dash)).unwrap_or(hi)
}

/// Whether most words of the window have capitals, as in a headline.
fn title_case(block: &Block, lo: usize, hi: usize) -> bool {
    let hi = hi.min(lo + 40);
    let words = (lo..hi).filter(|&k| block.is_word(k)).count();
    let capitals = (lo..hi).filter(|&k| block.is_word(k) && block.capital(k)).count();
    capitals * 10 > words * 6
}

/// The pattern of methods.md B a verb belongs to.
pub(super) fn made_by(verb: &CueVerb, told: bool) -> &'static str {
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
pub(super) fn is_document(block: &Block, phrase: Range) -> bool {
    (phrase.0..phrase.1).any(|k| {
        matches!(
            block.low(k).trim_end_matches('s'),
            "video"
                | "footage"
                | "image"
                | "photo"
                | "photograph"
                | "picture"
                | "document"
                | "report"
                | "poll"
                | "survey"
                | "study"
                | "data"
                | "figure"
                | "list"
                | "recording"
                | "record"
                | "imagery"
                | "map"
                | "statistic"
                | "statistic'"
                | "email"
                | "e-mail"
                | "letter"
                | "analysi"
                | "evidence"
                | "research"
                | "clip"
                | "tape"
                | "transcript"
                | "filing"
                | "number"
                | "result"
                | "investigation"
                | "memo"
                | "article"
                | "note"
                | "test"
                | "grab"
                | "statement"
        )
    })
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

/// Passive cues: "was quoted as saying" is read elsewhere; here "X was accused of", "X was told that", "as confirmed by X".
pub(super) fn passive_frame(block: &Block, i: usize, start: usize, lo: usize, hi: usize) -> Option<Frame> {
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

/// "A," X said. / A, X said, B. / "A," said X.
#[allow(clippy::too_many_arguments)]
pub(super) fn post(
    block: &Block,
    i: usize,
    start: usize,
    subject: Option<Range>,
    complement: Option<&Complement>,
    verb: &CueVerb,
    lo: usize,
    hi: usize,
) -> Option<Frame> {
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
