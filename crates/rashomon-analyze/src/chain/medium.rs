//! Through what, and when, was it said? Medium and time from the words around an attribution, outside its content.

use super::roles::Roles;
use rashomon_model::analysis::{Sentence, TimeExpression};
use rashomon_model::attribution::Attribution;
use rashomon_model::date::DateValue;
use rashomon_model::{Document, Span};

/// The words of the cue's sentence that are neither content nor source; for an attribution inside another, within that
/// one's content only.
pub(super) fn around(
    doc: &Document,
    sentences: &[Sentence],
    attribution: &Attribution,
    outer: Option<&Attribution>,
) -> Vec<Span> {
    let Some(cue) = attribution.cue.first().or(attribution.source.first()).copied() else {
        return Vec::new();
    };
    let at = sentences.partition_point(|s| s.span.end <= cue.start);
    let Some(sentence) = sentences.get(at).filter(|s| s.span.holds(cue.start)) else {
        return Vec::new();
    };
    // at most so many bytes either side of the cue, to keep long lines linear
    let from = sentence.span.start.max(cue.start.saturating_sub(400));
    let to = sentence.span.end.min(cue.end.saturating_add(400));
    let within = outer.and_then(Attribution::content_cover).unwrap_or(sentence.span);
    let (from, to) = (from.max(within.start), to.min(within.end.max(from)));
    let mut taken: Vec<Span> = attribution.content.iter().chain(&attribution.source).copied().collect();
    taken.sort_unstable();
    let mut left = Vec::new();
    let mut start = from;
    for piece in taken.iter().filter(|p| p.start < to && p.end > from) {
        if piece.start > start {
            left.push(Span::new(start, piece.start));
        }
        start = start.max(piece.end);
    }
    if start < to {
        left.push(Span::new(start, to));
    }
    left.retain(|span| !doc.slice(*span).trim().is_empty());
    left
}

/// The medium these words name, by the first entry of the data file that fits.
pub(super) fn medium(doc: &Document, around: &[Span]) -> Option<String> {
    let text: String =
        around.iter().map(|span| doc.slice(*span)).collect::<Vec<_>>().join(" … ").to_lowercase().replace('’', "'");
    let padded = format!(" {text} ");
    let starts_word =
        |at: usize| padded.get(..at).and_then(|t| t.chars().next_back()).is_none_or(|c| !c.is_alphanumeric());
    let ends_word =
        |at: usize| padded.get(at..).and_then(|t| t.chars().next()).is_none_or(|c| !c.is_alphanumeric() || c == 's');
    Roles::get()
        .media
        .iter()
        .find(|medium| {
            medium.phrases.iter().any(|phrase| {
                padded.match_indices(phrase.as_str()).any(|(at, _)| starts_word(at) && ends_word(at + phrase.len()))
            })
        })
        .map(|medium| medium.name.clone())
}

/// The time these words name that is nearest to the cue.
pub(super) fn time(times: &[TimeExpression], around: &[Span], cue: Option<Span>) -> Option<DateValue> {
    let cue = cue?;
    around
        .iter()
        .flat_map(|span| {
            let from = times.partition_point(|t| t.span.end <= span.start);
            times.iter().skip(from).take_while(|t| t.span.start < span.end).filter(|t| span.contains(t.span))
        })
        .filter(|t| t.date.is_some())
        .min_by_key(
            |t| if t.span.start >= cue.end { t.span.start - cue.end } else { cue.start.saturating_sub(t.span.end) },
        )
        .and_then(|t| t.date.clone())
}
