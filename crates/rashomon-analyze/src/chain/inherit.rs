//! Whose is a headline that names nobody? Headline, standfirst and first paragraph take the body's chain where the body gives
//! the same value in the same words to a speaker (P12).

use rashomon_model::attribution::Attribution;
use rashomon_model::document::BlockKind;
use rashomon_model::{Document, Span};
use std::collections::BTreeSet;

/// Share of the headline's content words the body's content must hold (chosen by us: half, and the same numbers).
const SHARE: f32 = 0.5;

/// Per attribution made for an uncued sentence (`made_by` "P12"): the attribution of the body whose chain it takes over.
pub(super) fn origins(doc: &Document, attributions: &[Attribution]) -> Vec<Option<usize>> {
    attributions
        .iter()
        .map(|a| {
            if a.made_by == "P12" { a.content.first().and_then(|span| origin(doc, attributions, *span)) } else { None }
        })
        .collect()
}

/// The attribution of the body that says what the sentence at `span` says: same numbers, most of its words; the first best.
pub(crate) fn origin(doc: &Document, attributions: &[Attribution], span: Span) -> Option<usize> {
    let (words, numbers) = features(doc.slice(span));
    if words.len() < 2 {
        return None;
    }
    let mut best: Option<(f32, usize)> = None;
    for (i, a) in attributions.iter().enumerate().take(200) {
        let in_body =
            a.content.first().and_then(|s| doc.block_at(s.start)).is_some_and(|b| b.kind == BlockKind::Paragraph);
        if a.made_by == "P12" || !in_body || a.source.is_empty() || a.content.iter().any(|s| s.overlaps(span)) {
            continue;
        }
        let text: Vec<&str> = a.content.iter().map(|s| doc.slice(*s)).collect();
        let (theirs, counted) = features(&text.join(" "));
        if numbers.is_empty() || !numbers.iter().all(|n| counted.contains(n)) {
            continue;
        }
        let shared = words.intersection(&theirs).count();
        let share = shared as f32 / words.len() as f32;
        if share >= SHARE && best.is_none_or(|(s, _)| share > s) {
            best = Some((share, i));
        }
    }
    best.map(|(_, i)| i)
}

/// Content words by their first five letters, and numbers.
fn features(text: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let lexicon = crate::attribution::lexicon::Lexicon::get();
    let mut words = BTreeSet::new();
    let mut numbers = BTreeSet::new();
    for word in text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’'))).filter(|w| !w.is_empty()) {
        let low = word.to_lowercase();
        let low = low.trim_end_matches("'s").trim_end_matches("’s");
        if low.chars().any(|c| c.is_ascii_digit()) || is_number(low) {
            numbers.insert(number(low));
        } else if !lexicon.function.contains(low) && low.chars().count() > 2 {
            words.insert(low.chars().take(5).collect());
        }
    }
    (words, numbers)
}

/// The value of a number word.
fn value(word: &str) -> Option<u64> {
    crate::numeral::unit(word)
}

fn is_number(word: &str) -> bool {
    value(word).is_some() && word != "one" || matches!(word, "dozens" | "scores" | "hundreds" | "thousands" | "tens")
}

/// "eight" and "8" are one number.
fn number(word: &str) -> String {
    value(word).map_or_else(|| word.to_owned(), |n| n.to_string())
}
