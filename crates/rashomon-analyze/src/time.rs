//! When does the text say? Temporal expressions, their TIMEX3 values and the civil interval each means.
//!
//! [`read`] finds and resolves them against the publication date; [`resolve`] does so again once a publication date has
//! been inferred. "Wednesday night" in a text published on Thursday 2 October 2031 has the value `2031-10-01TNI`, the
//! interval from 20:00 to 06:00, the basis *derived* and is *loose*. Rules in prose: `docs/values.md`; words:
//! `data/time.toml`.

mod clock;
mod date;
mod found;
mod grammar;
mod infer;
mod length;
mod lexicon;
mod period;
mod quarter;
mod resolve;
mod spoken;
mod tense;
mod value;
mod zone;

use crate::lexeme::{Lexeme, lexemes};
use rashomon_model::Document;
use rashomon_model::analysis::{Sentence, TimeExpression};
use rashomon_model::date::{DateValue, Precision, RestsOn};
use rashomon_model::document::BlockKind;
use rashomon_model::span::Span;
use resolve::Context;

pub use infer::infer_published;
pub use zone::place;

/// Temporal expressions of the document, sorted, not overlapping, resolved against its publication date.
#[must_use]
pub fn read(doc: &Document, sentences: &[Sentence]) -> Vec<TimeExpression> {
    let rests_on =
        doc.published_anchor.map_or_else(|| RestsOn::Metadata("publication date".to_owned()), RestsOn::Words);
    let published = doc.published.as_ref();
    expressions(doc, sentences, published, rests_on)
}

/// Reads the expressions again with a publication date found elsewhere; the derived dates rest on what it rests on.
pub fn resolve(times: &mut Vec<TimeExpression>, doc: &Document, published: &DateValue) {
    let rests_on = published.rests_on.clone().unwrap_or_else(|| RestsOn::Metadata("publication date".to_owned()));
    let sentences = crate::segment::sentences(doc);
    *times = expressions(doc, &sentences, Some(published), rests_on);
}

/// All expressions, sentence by sentence.
fn expressions(
    doc: &Document,
    sentences: &[Sentence],
    published: Option<&DateValue>,
    rests_on: RestsOn,
) -> Vec<TimeExpression> {
    let mut context =
        Context { published: published.map(DateValue::first_day), rests_on: Some(rests_on), ..Context::default() };
    let mut times = Vec::new();
    let mut paragraph = usize::MAX;
    for sentence in sentences {
        if sentence.paragraph != paragraph {
            paragraph = sentence.paragraph;
            context.day = None;
        }
        let lexemes = lexemes(&doc.text, sentence.span);
        let mut i = 0;
        while i < lexemes.len() {
            let Some(found) = grammar::read(&lexemes, i).filter(|f| f.end > i) else {
                i += 1;
                continue;
            };
            let ends = (lexemes.get(found.start), lexemes.get(found.end - 1));
            i = found.end;
            let (Some(first), Some(last)) = ends else {
                continue;
            };
            let resolved = resolve::resolve(&found, said(&lexemes, found.start), &mut context);
            let span = Span::new(first.span.start, last.span.end);
            if context.head.is_none() && heads(doc, sentence, span) {
                let day = resolved.date.as_ref().filter(|date| date.precision == Precision::Day);
                context.head = day.map(DateValue::first_day);
            }
            times.push(TimeExpression {
                span,
                kind: resolved.kind,
                value: resolved.value,
                date: resolved.date,
                why: found.why.to_owned(),
            });
        }
    }
    zone::pair(&mut times, &doc.text);
    times
}

/// Whether a moment of the calendar or the clock is told at byte `at` of the sentence, be it behind "about" or the like.
pub(crate) fn starts(text: &str, sentence: Span, at: u32) -> bool {
    use found::Base;
    let lexemes = lexemes(text, sentence);
    let first = lexemes.partition_point(|l| l.span.start < at);
    let lead = |l: &&Lexeme<'_>| lexicon::LEXICON.pointed.before.contains(&*l.low);
    let from = first + lexemes.get(first..).unwrap_or_default().iter().take_while(lead).count();
    let moment = |f: &found::Found| f.end > from && !matches!(f.base, Base::Duration(_) | Base::Set(_) | Base::Ref(_));
    (first..=from).any(|i| grammar::read(&lexemes, i).is_some_and(|found| moment(&found)))
}

/// Whether the expression stands where a text says which day it is about: in its headline or the lines below it, or in a line of
/// its own; the day of publication does not.
fn heads(doc: &Document, sentence: &Sentence, span: Span) -> bool {
    let alone = || {
        let trimmed = |c: char| !c.is_alphanumeric();
        doc.slice(sentence.span).trim_matches(trimmed) == doc.slice(span).trim_matches(trimmed)
    };
    let published = doc.published_anchor.is_some_and(|anchor| anchor.overlaps(span));
    !published && (matches!(sentence.block, BlockKind::Headline | BlockKind::Standfirst) || alone())
}

/// Whether a verb of saying leads to the expression ("the ministry said (late) (on) Friday"), or a word by which it only bounds what
/// is told ("since 28 September"): no day on which something happened.
fn said(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    lexemes
        .get(at.saturating_sub(3)..at)
        .unwrap_or_default()
        .iter()
        .rev()
        .find(|l| !l.any(&["on", "late", "early", "in", ",", "the"]))
        .is_some_and(|l| lexicon::LEXICON.saying.contains(&*l.low) || l.any(&["since", "until", "till"]))
}
