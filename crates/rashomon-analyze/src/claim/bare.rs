//! Do the words say something, or only name somebody?

use super::cue;
use rashomon_model::Document;
use rashomon_model::analysis::Analysis;
use rashomon_model::attribution::Attribution;
use rashomon_model::span::Span;

/// "Council posts footage of a raid": the thing is named, by the author if anybody, and nothing is said of it.
pub(super) fn only_names(doc: &Document, analysis: &Analysis, attribution: &Attribution) -> bool {
    let Some(cue) = attribution.cue.last() else { return false };
    let last = doc.slice(*cue).rsplit(char::is_whitespace).next().unwrap_or("").to_lowercase();
    cue::LISTS.naming.contains(&last) && is_phrase(doc, analysis, attribution)
}

/// Whether the words left to a speaker, what others say in them taken off, are a name and nothing else ("The Conflict Monitor | spoke of
/// nine dead, an agency reported").
pub(super) fn is_name(doc: &Document, analysis: &Analysis, pieces: &[Span]) -> bool {
    let [piece] = pieces else { return false };
    let from = analysis.mentions.partition_point(|mention| mention.span.start < piece.start);
    let words = doc.slice(*piece).trim_end_matches(|c: char| !c.is_alphanumeric());
    let end = piece.start + u32::try_from(words.len()).unwrap_or(u32::MAX);
    analysis.mentions.get(from).filter(|mention| mention.span.start < piece.end).is_some_and(|mention| {
        let before = doc.slice(Span::new(piece.start, mention.span.start));
        mention.span.end >= end && matches!(before.trim().to_lowercase().as_str(), "" | "the")
    })
}

/// Whether the content is one phrase: without a verb or a count.
pub(super) fn is_phrase(doc: &Document, analysis: &Analysis, attribution: &Attribution) -> bool {
    let [content] = attribution.content.as_slice() else { return false };
    // longer ones say something; and the words looked at stay few
    if content.len() > 160 {
        return false;
    }
    let counted = |q: &rashomon_model::quantity::Quantity| q.of.is_some() && content.contains(q.span);
    let from = analysis.quantities.partition_point(|q| q.span.start < content.start);
    let first = analysis.words.partition_point(|w| w.span.start < content.start);
    let words = || analysis.words.get(first..).unwrap_or_default().iter().take_while(|w| w.span.start < content.end);
    let lexicon = crate::attribution::lexicon::Lexicon::get();
    let verb = words().any(|word| {
        let lower = doc.slice(word.span).to_lowercase();
        match word.pos {
            "X" => {
                lexicon.finite.contains(&lower)
                    || lexicon.words.finite.contains(&lower)
                    || lexicon.words.auxiliaries.contains(&lower)
                    || lexicon.forms.contains_key(&lower)
            }
            pos => matches!(pos, "VERB" | "AUX"),
        }
    });
    !verb && !analysis.quantities.get(from..).unwrap_or_default().iter().take(8).any(counted)
}
