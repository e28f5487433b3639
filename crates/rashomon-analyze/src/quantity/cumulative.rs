//! Is this figure a total over more than the incident at hand?
//!
//! "has killed 70,000 since the war began", "in the 6½-year war", "bringing the total to 41", "over the past week": the
//! words are kept, and the window where a date is resolved. Such a figure never enters the range of one incident (A3).

use super::lexicon::LEXICON;
use super::noun::NounKind;
use crate::lexeme::Lexeme;
use rashomon_model::analysis::{TimeExpression, TimeType};
use rashomon_model::date::{DateValue, Precision};
use rashomon_model::quantity::{Cumulative, Outcome};
use rashomon_model::span::Span;

/// The window words of one sentence: lexeme range they stand in, and whether they only bind what follows.
#[derive(Debug, Clone)]
pub(super) struct Window {
    /// Words, as lexemes.
    at: (usize, usize),
    /// Binds counts before and after, or only those that follow ("bringing the total to 41").
    follows: bool,
    /// The record.
    record: Cumulative,
}

/// Windows said in a sentence.
pub(super) fn windows(lexemes: &[Lexeme<'_>], times: &[TimeExpression], published: Option<&DateValue>) -> Vec<Window> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < lexemes.len() {
        let window = since(lexemes, i, times, published)
            .or_else(|| spans(lexemes, i, times))
            .or_else(|| war(lexemes, i, times))
            .or_else(|| days(lexemes, i, times))
            .or_else(|| brings(lexemes, i))
            .or_else(|| attacks(lexemes, i))
            .or_else(|| perfect(lexemes, i));
        if let Some(window) = window {
            i = window.at.1.max(i + 1);
            found.push(window);
        } else {
            i += 1;
        }
    }
    found.extend((0..lexemes.len()).filter_map(|i| costs(lexemes, i)));
    found.sort_by_key(|window| (window.at.1, window.at.0));
    found
}

/// The record for a count at lexemes `start..end`, if a window binds it.
pub(super) fn bound(windows: &[Window], lexemes: &[Lexeme<'_>], start: usize, end: usize) -> Option<Cumulative> {
    // Only windows within reach of a clause.
    let near = windows.partition_point(|w| w.at.1 + 48 < start);
    windows
        .get(near..)
        .unwrap_or_default()
        .iter()
        .take_while(|w| w.at.0 <= end + 48)
        .find(|w| {
            let (from, to) = w.at;
            if w.follows {
                return start >= to && start - to <= 8;
            }
            if start >= to { clause(lexemes, to, start) } else { from >= end && clause(lexemes, end, from) }
        })
        .map(|w| w.record.clone())
}

/// Whether no clause boundary stands between two places, at most 40 lexemes apart.
fn clause(lexemes: &[Lexeme<'_>], from: usize, to: usize) -> bool {
    to - from <= 40
        && lexemes
            .get(from..to)
            .unwrap_or_default()
            .iter()
            .all(|l| !l.any(&[";", "while", "whereas", "but", "which", "when"]))
}

/// The extent of lexemes `from..to`.
fn extent(lexemes: &[Lexeme<'_>], from: usize, to: usize) -> Option<Span> {
    Some(lexemes.get(from)?.span.cover(lexemes.get(to.checked_sub(1)?)?.span))
}

/// "the conflict … has claimed 90,000 lives": what a war as such has cost.
fn costs(lexemes: &[Lexeme<'_>], i: usize) -> Option<Window> {
    if !LEXICON.wars.contains(&*lexemes.get(i)?.low) {
        return None;
    }
    let to = (i + 1..(i + 17).min(lexemes.len())).find(|&k| {
        let perfect = k > 0 && lexemes.get(k - 1).is_some_and(|l| l.any(&["has", "have", "had"]));
        perfect && lexemes.get(k).is_some_and(|l| l.any(&["claimed", "cost", "killed", "taken", "left", "seen"]))
    })?;
    let span = extent(lexemes, i, to + 1)?;
    Some(Window { at: (i, to + 1), follows: true, record: Cumulative { span, window: None } })
}

/// "since Monday", "since the war began in 2011", "since the start of the siege".
fn since(lexemes: &[Lexeme<'_>], i: usize, times: &[TimeExpression], published: Option<&DateValue>) -> Option<Window> {
    let (next, ()) = LEXICON.since.at(lexemes, i)?;
    let open = lexemes.get(next)?;
    let time = times.iter().find(|t| {
        t.span.overlaps(open.span)
            || (open.any(&["the", "last", "early"]) && lexemes.get(next + 1).is_some_and(|l| t.span.overlaps(l.span)))
    });
    let war = lexemes.get(next..(next + 8).min(lexemes.len()))?.iter().position(|l| {
        LEXICON.wars.contains(&*l.low) || l.any(&["beginning", "start", "outbreak", "onset", "began", "begun", "year"])
    });
    let to = match (time, war) {
        (Some(time), _) => {
            lexemes.iter().skip(next).take(12).take_while(|l| l.span.start < time.span.end).count() + next
        }
        (None, Some(offset)) => next + offset + 1,
        (None, None) => return None,
    };
    let window = time.and_then(|t| t.date.clone()).map(|start| {
        let mut value = start.clone();
        value.end = published.map_or(start.end, |p| p.end).max(start.end);
        value.precision = Precision::Broad;
        value
    });
    Some(Window { at: (i, to), follows: false, record: Cumulative { span: extent(lexemes, i, to)?, window } })
}

/// "on Tuesday and Wednesday", "in two days of shelling": several days together are no one occurrence.
fn days(lexemes: &[Lexeme<'_>], i: usize, times: &[TimeExpression]) -> Option<Window> {
    let first = lexemes.get(i)?;
    let window = |to: usize| {
        let span = extent(lexemes, i, to)?;
        Some(Window { at: (i, to), follows: false, record: Cumulative { span, window: None } })
    };
    let several = || lexemes.get(i + 2).is_some_and(|l| l.any(&["days", "nights"]));
    if first.any(&["in", "over", "during"]) || first.is("on") && several() {
        let mut j = i + 1;
        while lexemes.get(j).is_some_and(|l| l.any(&["the", "those", "these", "about", "some", "past", "last"])) {
            j += 1;
        }
        let several = lexemes.get(j).is_some_and(|l| l.any(&["several", "many"]));
        let number = crate::numeral::read(lexemes, j).filter(|n| n.value > 1.0).map(|n| n.end);
        let unit = if several { Some(j + 1) } else { number }?;
        let spell = lexemes.get(unit).is_some_and(|l| l.any(&["days", "nights", "weeks", "months", "years"]));
        // "died in the two days that followed" and "in three days of shelling", not "within two days of being hurt"
        return if spell { window(unit + 1) } else { None };
    }
    if !first.any(&["on", "between"]) {
        return None;
    }
    let at = lexemes.get(i + 1)?.span;
    let k = times.partition_point(|t| t.span.end <= at.start);
    let [a, b] = times.get(k..k + 2)? else { return None };
    let joint = lexemes.iter().position(|l| l.span.start >= a.span.end)?;
    let apart = a.date.as_ref().zip(b.date.as_ref()).is_none_or(|(x, y)| x.start != y.start);
    let next = lexemes.get(joint + 1)?.span;
    if a.span.start > at.start || !lexemes.get(joint)?.is("and") || !b.span.overlaps(next) || !apart {
        return None;
    }
    window(lexemes.iter().position(|l| l.span.start >= b.span.end).unwrap_or(lexemes.len()))
}

/// "This is the 74th strike that we have recorded": whether the sentence counts attacks of which the incident is one.
pub(super) fn counts_attacks(lexemes: &[Lexeme<'_>]) -> bool {
    let several = |i: usize| {
        let number = crate::numeral::read(lexemes, i).filter(|n| n.value > 1.0).map(|n| n.end);
        let nth = || {
            let split = lexemes.get(i + 1).is_some_and(|l| l.glued && l.any(&["st", "nd", "rd", "th"]));
            let word = lexemes.get(i).and_then(|l| crate::numeral::ordinal(&l.low)).filter(|n| *n > 1);
            if split { Some(i + 2) } else { word.map(|_| i + 1) }
        };
        nth().or(number)
    };
    let attack = |k: usize| {
        LEXICON.nouns.at(lexemes, k).is_some_and(|(_, noun)| noun.kind == NounKind::Outcome(Outcome::Strikes))
            || lexemes
                .get(k)
                .is_some_and(|l| LEXICON.attacks.contains(&*l.low) || l.any(&["attack", "incident", "assault"]))
    };
    (0..lexemes.len()).any(|i| several(i).is_some_and(|end| attack(end) || attack(end + 1)))
}

/// "In these strikes 212 people have died": the words by which a figure is a total of the attacks just counted.
pub(super) fn of_these(lexemes: &[Lexeme<'_>]) -> Option<Cumulative> {
    let i = (0..lexemes.len()).find(|&i| {
        let led = lexemes.get(i).is_some_and(|l| l.any(&["in", "during", "across", "by", "of"]));
        let these = lexemes.get(i + 1).is_some_and(|l| l.any(&["these", "those", "all"]));
        let attacks = lexemes
            .get(i + 2)
            .is_some_and(|l| l.low.ends_with('s') && (LEXICON.attacks.contains(&*l.low) || l.is("cases")))
            || LEXICON
                .nouns
                .at(lexemes, i + 2)
                .is_some_and(|(_, noun)| noun.plural && noun.kind == NounKind::Outcome(Outcome::Strikes));
        led && these && attacks
    })?;
    Some(Cumulative { span: extent(lexemes, i, i + 3)?, window: None })
}

/// Lexemes behind a number of attacks within which what came of them all is said.
const OF_ALL: usize = 14;

/// "recorded four attacks in the north, in which 19 people died": what several recorded attacks cost together.
fn attacks(lexemes: &[Lexeme<'_>], i: usize) -> Option<Window> {
    let number = crate::numeral::read(lexemes, i).filter(|n| n.value > 1.0)?;
    if !lexemes.get(i.saturating_sub(3)..i)?.iter().any(|l| LEXICON.recording.contains(&*l.low)) {
        return None;
    }
    let strikes = LEXICON.nouns.at(lexemes, number.end).filter(|(_, n)| n.kind == NounKind::Outcome(Outcome::Strikes));
    let attacks = || LEXICON.attacks.contains(&*lexemes.get(number.end)?.low).then_some(number.end + 1);
    let end = strikes.map(|(end, _)| end).or_else(attacks)?;
    let behind = end..(number.end + OF_ALL).min(lexemes.len());
    let at = behind.into_iter().find(|&k| lexemes.get(k).is_some_and(|l| LEXICON.leads.contains(&*l.low)))?;
    let span = extent(lexemes, i, end)?;
    Some(Window { at: (i, at + 1), follows: true, record: Cumulative { span, window: None } })
}

/// "over the past week", "to date", "so far this year".
fn spans(lexemes: &[Lexeme<'_>], i: usize, times: &[TimeExpression]) -> Option<Window> {
    let (end, ()) = LEXICON.windows.at(lexemes, i)?;
    // "died in the course of the following weeks": of what happened on one day
    let later = |l: &Lexeme<'_>| l.any(&["following", "next", "subsequent", "ensuing", "operation", "attack", "raid"]);
    if lexemes.get(end..(end + 3).min(lexemes.len()))?.iter().any(later) {
        return None;
    }
    let span = extent(lexemes, i, end)?;
    let time = near(times, span).find(|t| t.span.overlaps(span) && t.kind != TimeType::Set);
    let to =
        time.map_or(end, |t| lexemes.iter().skip(end).take(8).take_while(|l| l.span.start < t.span.end).count() + end);
    Some(Window {
        at: (i, to),
        follows: false,
        record: Cumulative { span: extent(lexemes, i, to)?, window: time.and_then(|t| t.date.clone()) },
    })
}

/// "in the 4½-year war", "throughout the conflict", "the war, which has claimed": a war named as the frame of the figure.
fn war(lexemes: &[Lexeme<'_>], i: usize, times: &[TimeExpression]) -> Option<Window> {
    let first = lexemes.get(i)?;
    let opens = first.any(&["in", "during", "throughout", "of"]);
    let subject = first.any(&["the", "a", "syria", "yemen"]) || first.capital;
    if !opens && !subject {
        return None;
    }
    let to = i
        + 1
        + lexemes.get(i + 1..(i + 9).min(lexemes.len()))?.iter().position(|l| LEXICON.wars.contains(&*l.low))?
        + 1;
    let words = lexemes.get(i + 1..to)?;
    if words.iter().any(|l| l.any(&[",", ".", "of", "by"])) {
        return None;
    }
    // "in an attack during the offensive" is a background; the frame of a figure says how long, or is its subject.
    let span = extent(lexemes, i, to)?;
    let lasting = near(times, span).any(|t| t.kind == TimeType::Duration && t.span.overlaps(span));
    let has_claimed = {
        let tail = lexemes.get(to..(to + 8).min(lexemes.len()))?;
        let perfect = tail.iter().position(|l| l.any(&["has", "have", "had"]));
        perfect.is_some_and(|p| {
            tail.get(p + 1..)
                .unwrap_or_default()
                .iter()
                .take(2)
                .any(|l| l.any(&["claimed", "killed", "left", "cost", "displaced", "taken"]))
        })
    };
    let throughout = first.any(&["throughout", "during"]) && !words.first().is_some_and(|l| l.any(&["an", "a"]));
    // "in the war", "in the war so far"
    let framed = opens
        && !first.is("of")
        && words.len() <= 3
        && words.first().is_some_and(|l| l.any(&["the", "this"]))
        && words.last().is_some_and(|l| LEXICON.frames.contains(&*l.low));
    (lasting && opens || has_claimed || throughout || framed).then_some(())?;
    Some(Window { at: (i, to), follows: false, record: Cumulative { span, window: None } })
}

/// "mines that have killed hundreds": what has been done so often that nobody counts is no one occurrence.
fn perfect(lexemes: &[Lexeme<'_>], i: usize) -> Option<Window> {
    if !lexemes.get(i)?.any(&["has", "have"]) {
        return None;
    }
    let end = (i + 11).min(lexemes.len());
    let many = (i + 2..end).find(|&k| lexemes.get(k).is_some_and(|l| l.any(&["hundreds", "thousands", "millions"])))?;
    let between = lexemes.get(i + 1..many)?;
    let harmed = (i + 1..many).any(|k| LEXICON.active.at(lexemes, k).is_some());
    let broken =
        between.iter().any(|l| l.any(&[",", ";", "been", "that", "which"]) || LEXICON.breaks.contains(&*l.low));
    (harmed && !broken).then_some(())?;
    Some(Window { at: (i, i + 1), follows: true, record: Cumulative { span: extent(lexemes, i, many)?, window: None } })
}

/// "bringing the total to 41".
fn brings(lexemes: &[Lexeme<'_>], i: usize) -> Option<Window> {
    let (end, ()) = LEXICON.brings.at(lexemes, i)?;
    Some(Window { at: (i, end), follows: true, record: Cumulative { span: extent(lexemes, i, end)?, window: None } })
}

/// The expressions around a place: times are sorted and do not overlap.
fn near(times: &[TimeExpression], span: Span) -> impl Iterator<Item = &TimeExpression> {
    let from = times.partition_point(|t| t.span.end <= span.start);
    times.get(from..).unwrap_or_default().iter().take(4)
}
