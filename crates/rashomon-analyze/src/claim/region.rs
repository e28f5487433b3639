//! Which words are whose? The text cut into regions, each in one voice: an attribution's own content without what it
//! passes on from others, and the author's own words without anybody's content.

use super::cue::{LISTS, find};
use super::spoken::{spoken, without_day};
use rashomon_model::analysis::Analysis;
use rashomon_model::attribution::Attribution;
use rashomon_model::span::Span;
use std::collections::BTreeMap;

/// Words in one voice.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Region {
    /// Index of the attribution; `None` for the author's own voice.
    pub(super) attribution: Option<usize>,
    /// The words, one list of sorted pieces a sentence; never empty.
    pub(super) sentences: Vec<Vec<Span>>,
}

/// All regions in text order: per attribution its own content sentence by sentence, and per sentence the author's rest.
pub(super) fn regions(text: &str, analysis: &Analysis) -> Vec<Region> {
    let modifier: Vec<bool> = analysis.attributions.iter().map(|attribution| is_modifier(text, attribution)).collect();
    let whole = || analysis.attributions.iter().zip(&modifier).filter(|(_, modifier)| !**modifier).map(|(a, _)| a);
    let mut inner: Vec<Vec<Span>> = vec![Vec::new(); analysis.attributions.len()];
    for attribution in whole() {
        if let Some(list) = attribution.inside.and_then(|outer| inner.get_mut(outer)) {
            list.extend(all_spans(attribution));
        }
    }
    let mut found = Vec::new();
    for (index, (attribution, nested)) in analysis.attributions.iter().zip(inner).enumerate() {
        if modifier.get(index).copied().unwrap_or(false) {
            continue;
        }
        let nested = nested.into_iter().chain(asides(text, analysis, attribution)).collect();
        let own = subtract(&attribution.content, nested);
        let sentences = by_sentence(analysis, &own);
        if !sentences.is_empty() {
            found.push(Region { attribution: Some(index), sentences });
        }
    }
    let said: Vec<Span> = whole()
        .flat_map(|attribution| {
            subtract(&all_spans(attribution).collect::<Vec<_>>(), asides(text, analysis, attribution))
        })
        .collect();
    let taken = coalesced(said);
    let sources = analysis.attributions.iter().flat_map(|attribution| &attribution.source);
    let speakers: BTreeMap<u32, u32> = sources.map(|source| (source.end, source.start)).collect();
    let spoken = spoken(analysis, text);
    for sentence in &analysis.sentences {
        let rest: Vec<Span> = without(sentence.span, &taken)
            .into_iter()
            .map(|piece| without_day(text, analysis, &spoken, piece))
            .filter_map(|piece| Some(with_subject(text, &speakers, piece, told(text, sentence.span, piece)?)))
            .collect();
        if !rest.is_empty() {
            found.push(Region { attribution: None, sentences: vec![rest] });
        }
    }
    found.sort_by_key(|region| (region.sentences.first().and_then(|s| s.first().copied()), region.attribution));
    found
}

/// "A video shows jets, though it is unclear whose": a thing shows, but doubts nothing; the doubt inside what
/// it is said to show is the author's.
fn asides(text: &str, analysis: &Analysis, attribution: &Attribution) -> Vec<Span> {
    let Some(source) = attribution.source.first() else { return Vec::new() };
    let from = analysis.evidence.partition_point(|item| item.span.start < source.start);
    if analysis.evidence.get(from).is_none_or(|item| !source.contains(item.span)) {
        return Vec::new();
    }
    let by_sentence = by_sentence(analysis, &attribution.content);
    let pieces = by_sentence.into_iter().flatten();
    pieces
        .filter_map(|piece| {
            let doubt = find(text, piece, &LISTS.undetermined)?;
            let joint = find(text, Span::new(piece.start, doubt.start), &LISTS.split)?;
            Some(Span::new(joint.start, piece.end))
        })
        .collect()
}

/// What the author tells in words left over between attributions: without the words that led to them ("…, and that"), and
/// nothing where only an aside about a speaker is left ("who was not authorised to speak").
fn told(text: &str, sentence: Span, piece: Span) -> Option<Span> {
    let edge = |c: char| !c.is_alphanumeric() && !matches!(c, '(' | ')' | '"' | '”' | '“' | '%');
    let mut kept = piece.trimmed(text);
    if piece == sentence {
        return Some(kept);
    }
    let first = kept.of(text).split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty())?.to_lowercase();
    if LISTS.aside.contains(&first) {
        return None;
    }
    loop {
        let words = kept.of(text).trim_end_matches(edge);
        let last = words.rsplit(char::is_whitespace).next().unwrap_or("");
        if words.is_empty() || !LISTS.leading.iter().any(|word| *word == last.to_lowercase()) {
            break;
        }
        kept = Span::from_usize(kept.start as usize, kept.start as usize + words.len() - last.len());
    }
    kept.of(text).chars().any(char::is_alphanumeric).then_some(kept)
}

/// "The Front admitted the shelling and said …": who says the latter is the subject of what is left before it, `kept` of `piece`.
/// `speakers` gives where a source begins by where it ends.
fn with_subject(text: &str, speakers: &BTreeMap<u32, u32>, piece: Span, kept: Span) -> Span {
    let words = piece.of(text);
    let joined = words.trim_end().ends_with(" and") || words.trim_end().ends_with(" but");
    let before = if words.starts_with(' ') { Some(piece.start) } else { piece.start.checked_sub(1) };
    let subject = before.filter(|_| joined).and_then(|end| speakers.get(&end));
    subject.map_or(kept, |start| Span::new(*start, kept.end))
}

/// "seven purported victims", "also known as": a doubt cast by an adjective or a name given, which leaves the phrase in the
/// mouth it is in.
fn is_modifier(text: &str, attribution: &Attribution) -> bool {
    if crate::attribution::is_naming(text, attribution) {
        return true; // what a thing is called is nobody's claim
    }
    let [cue] = attribution.cue.as_slice() else { return false };
    attribution.source.is_empty() && LISTS.modifier.iter().any(|word| cue.of(text).trim().eq_ignore_ascii_case(word))
}

/// Every span of an attribution.
fn all_spans(attribution: &Attribution) -> impl Iterator<Item = Span> + '_ {
    attribution.source.iter().chain(&attribution.cue).chain(&attribution.content).copied()
}

/// `from` without `taken`; result sorted, without empty spans.
fn subtract(from: &[Span], taken: Vec<Span>) -> Vec<Span> {
    let taken = coalesced(taken);
    let mut left: Vec<Span> = from.iter().flat_map(|&span| without(span, &taken)).collect();
    left.sort_unstable();
    left
}

/// Sorted, disjoint spans that cover the same bytes.
fn coalesced(mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|span| !span.is_empty());
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => *last = last.cover(span),
            _ => merged.push(span),
        }
    }
    merged
}

/// What is left of `span` outside the sorted, disjoint `taken`.
fn without(span: Span, taken: &[Span]) -> Vec<Span> {
    let mut left = Vec::new();
    let mut start = span.start;
    let first = taken.partition_point(|hole| hole.end <= span.start);
    for hole in taken.iter().skip(first).take_while(|hole| hole.start < span.end) {
        if hole.start > start {
            left.push(Span::new(start, hole.start));
        }
        start = start.max(hole.end);
    }
    if start < span.end {
        left.push(Span::new(start, span.end));
    }
    left
}

/// The pieces of `spans` grouped by the sentence they lie in.
fn by_sentence(analysis: &Analysis, spans: &[Span]) -> Vec<Vec<Span>> {
    let mut groups: Vec<(usize, Vec<Span>)> = Vec::new();
    for &span in spans {
        let first = analysis.sentences.partition_point(|sentence| sentence.span.end <= span.start);
        for (index, sentence) in analysis.sentences.iter().enumerate().skip(first) {
            if sentence.span.start >= span.end {
                break;
            }
            if let Some(piece) = sentence.span.intersection(span) {
                match groups.iter_mut().find(|(at, _)| *at == index) {
                    Some((_, pieces)) => pieces.push(piece),
                    None => groups.push((index, vec![piece])),
                }
            }
        }
    }
    groups.into_iter().map(|(_, pieces)| pieces).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subtracts_in_order() {
        let left = subtract(&[Span::new(0, 20)], vec![Span::new(5, 7), Span::new(0, 2), Span::new(18, 30)]);
        assert_eq!(left, [Span::new(2, 5), Span::new(7, 18)]);
        assert_eq!(subtract(&[Span::new(0, 4)], vec![Span::new(0, 9)]), []);
    }
}
